"""How far a route has come: its steps by what they wait for."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.iom.model import Route, RouteState, Step, StepState


@dataclass(frozen=True, slots=True)
class Progress:
    """Steps as a reader sees them, in each part by their terms.

    `ahead` wait to be done, `handed_in` to be confirmed, `proposed` to be agreed to; `finished` wait for nothing.
    """

    ahead: tuple[Step, ...]
    handed_in: tuple[Step, ...]
    proposed: tuple[Step, ...]
    finished: tuple[Step, ...]

    @property
    def confirmed(self) -> int:
        """Steps that are done and confirmed."""
        return sum(step.state is StepState.CONFIRMED for step in self.finished)

    @property
    def cancelled(self) -> int:
        """Steps that will not be done."""
        return len(self.finished) - self.confirmed

    @property
    def total(self) -> int:
        """All steps but those cancelled."""
        return len(self.ahead) + len(self.handed_in) + len(self.proposed) + self.confirmed

    @property
    def complete(self) -> bool:
        """Whether every step is finished, and there is one at all."""
        return bool(self.finished) and len(self.finished) == self.total + self.cancelled


def progress(route: Route, steps: Sequence[Step], *, own: bool) -> Progress:
    """The steps for the teacher, or for others, who are shown fewer (`is_shown`)."""
    shown = [step for step in steps if is_shown(route, step, own=own)]
    planned = [step for step in shown if step.state is StepState.PLANNED]
    return Progress(
        tuple(step for step in planned if step.agreed),
        tuple(step for step in shown if step.state is StepState.DONE),
        tuple(step for step in planned if not step.agreed),
        tuple(step for step in shown if step.finished),
    )


def is_shown(route: Route, step: Step, *, own: bool) -> bool:
    """Whether the step is for the reader: what was not agreed to in a draft is its teacher's alone, also after
    the route is cancelled, since a draft may have ended so.
    """
    return own or step.agreed or route.state not in (RouteState.DRAFT, RouteState.CANCELLED)
