"""A progress bar of text."""

CELLS = 12


def bar(done: int, total: int) -> str:
    """«▰▰▰▱▱▱»: full only when everything is done, never empty once something is."""
    filled = done * CELLS // total if total else 0
    if done and not filled:
        filled = 1
    return "▰" * filled + "▱" * (CELLS - filled)
