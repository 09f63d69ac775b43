"""Files that appear all together and whole, or not at all."""

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self


class StagedFiles:
    """A context: files are written under passing names beside their places, and renamed at its good end."""

    def __init__(self) -> None:
        self._staged: list[tuple[Path, Path]] = []
        self._dropped: set[Path] = set()

    def __enter__(self) -> Self:
        return self

    def stage(self, target: Path) -> Path:
        """Where to write what is to become `target`; makes its folder. Raises OSError when it cannot."""
        target.parent.mkdir(parents=True, exist_ok=True)
        passing = target.with_name(f".{target.name}.{os.getpid()}.part")
        self._staged.append((passing, target))
        return passing

    def drop(self, target: Path) -> None:
        """At the good end `target` does not appear, and one of an earlier run is removed."""
        self._dropped.add(target)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                for passing, target in self._staged:
                    if target in self._dropped:
                        target.unlink(missing_ok=True)
                    else:
                        os.replace(passing, target)
        finally:
            for passing, _ in self._staged:
                with suppress(OSError):
                    passing.unlink(missing_ok=True)
