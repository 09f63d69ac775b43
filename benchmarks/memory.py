"""Memory of processes, in MB. What needs Linux gives None elsewhere."""

from pathlib import Path

PROC = Path("/proc")


def resident_mb(process: int) -> float | None:
    """What a process has in memory now."""
    try:
        lines = (PROC / str(process) / "status").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), None)


def children(process: int) -> list[int]:
    """Processes started by a process, in the order of their numbers."""
    found = []
    for folder in PROC.glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        if parent == process:
            found.append(int(folder.name))
    return sorted(found)
