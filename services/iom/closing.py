"""The end of a route: the closing questions, the reason where steps are left, and the close itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.iom.ending import silence
from services.iom.model import Event, Happening, Route, RouteState, Step
from services.work import UnitOfWork

REASON = "reason"
"""Where a route's reflection keeps why it was closed with steps left."""


@dataclass(frozen=True, slots=True)
class Question:
    """One closing question: its code, how it is asked, and what its answer is called afterwards."""

    code: str
    asked: str
    title: str


QUESTIONS = (
    Question(
        "worked",
        "Что получилось? Что в этом маршруте радует, когда оглядываешься назад?",
        "Что получилось",
    ),
    Question(
        "hard",
        "Что далось трудно? Что мешало или потребовало больше сил, чем казалось?",
        "Что было трудно",
    ),
    Question(
        "changed",
        "Что изменилось на ваших уроках? Хорошо, если вспомнится пример.",
        "Что изменилось на уроках",
    ),
    Question(
        "next",
        "Что дальше? Чему ещё хочется научиться и что попробовать?",
        "Что дальше",
    ),
)


def first_open(route: Route) -> int | None:
    """Index of the first closing question that was neither answered nor passed over; None when all were."""
    asked = route.reflection or {}
    return next((index for index, question in enumerate(QUESTIONS) if question.code not in asked), None)


def left(steps: Sequence[Step]) -> list[Step]:
    """Steps about which something is still to be done."""
    return [step for step in steps if not step.finished]


def lacks_reason(route: Route, steps: Sequence[Step]) -> bool:
    """Whether it must be said first why the route is closed with steps left."""
    return bool(left(steps)) and not (route.reflection or {}).get(REASON)


async def keep(work: UnitOfWork, route: Route, code: str, words: str) -> Route | None:
    """The route with these words kept in its reflection, empty for a question passed over.

    None when it is not walked any more.
    """
    present: Route | None = route
    while present is not None and present.state is RouteState.ACTIVE:
        kept = await work.iom.save(replace(present, reflection={**(present.reflection or {}), code: words}))
        if kept is not None:
            return kept
        present = await work.iom.get(route.id)
    return None


async def close(work: UnitOfWork, route: Route, today: date, now: datetime) -> Route | None:
    """Close a route that is walked. Its steps are not reminded of any more; a pause ends and moves nothing.

    None when it is not walked, or somebody has changed it since it was read. Raises ValueError while a question is
    open or the reason is not told.
    """
    if route.state is not RouteState.ACTIVE:
        return None
    steps = await work.iom.steps(route.id)
    if first_open(route) is not None or lacks_reason(route, steps):
        raise ValueError(f"route {route.id} is not ready to be closed")
    reflection = dict(route.reflection or {})
    if not left(steps):
        reflection.pop(REASON, None)
    closed = await work.iom.save(
        replace(route, state=RouteState.CLOSED, closed_at=now, reflection=reflection, comment="")
    )
    if closed is None:
        return None
    await silence(work, route.id, steps, today)
    words = reflection.get(REASON, "")
    await work.iom.note(Event(route.id, now, route.person_id, Happening.CLOSED, words))
    return closed
