"""What all pushed messages have in common: they fit into one message and end with the same way out."""

from collections.abc import Callable, Sequence

from handlers.menu.screens import to_menu
from handlers.pushes.taps import PushesTap
from handlers.ui.screen import Row, Screen, button

MOST = 3900
"""Characters: a little less than a message holds."""
SHOWN = (8, 5, 3, 2, 1)
"""How many items of each list are tried, until everything fits."""


def pushed(lines: Callable[[int], Sequence[str]], rows: Sequence[Row]) -> Screen:
    """The message with as many items of each list as fit; `lines` is given how many."""
    text = next(
        (text for text in ("\n".join(lines(shown)) for shown in SHOWN) if len(text) <= MOST),
        "\n".join(lines(SHOWN[-1])),
    )
    return Screen(text, (*rows, (button("Как часто присылать", PushesTap(fresh=True)), to_menu())))


def rest(left_out: int) -> list[str]:
    """«и ещё 3»; nothing where nothing was left out."""
    return [f"и ещё {left_out}"] if left_out > 0 else []
