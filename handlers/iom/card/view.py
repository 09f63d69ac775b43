"""What the card of a route tells, gathered for whoever opens it."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.visit import Visit
from services.iom import rights
from services.iom.agreeing import may_set_mentor
from services.iom.model import Pause, Route
from services.iom.progress import Progress, progress
from services.people.model import Role


@dataclass(frozen=True, slots=True)
class View:
    """A route as somebody sees it. `own`: its teacher does, otherwise somebody who decides about it.

    `mine`: it waits for the reader's decision first of all. `oversees`: they say who is its mentor.

    Names are as they are told, with markup to be escaped; `mentor` is empty where the school's curators look
    after the route.
    """

    route: Route
    progress: Progress
    pause: Pause | None
    own: bool
    mine: bool
    oversees: bool
    teacher: str
    school: str
    mentor: str
    today: date
    zone: ZoneInfo

    def day(self, moment: datetime) -> date:
        """The day of a moment where the reader lives."""
        return moment.astimezone(self.zone).date()


async def view_of(visit: Visit, route: Route) -> View:
    """The route as the visitor sees it, who may see it."""
    people = [route.person_id] + ([route.mentor_id] if route.mentor_id else [])
    names = await visit.work.audit.names(people)
    school = await visit.work.organisations.get(route.school_id)
    own = school is not None and rights.is_own(visit.member, route, school)
    mentor = route.mentor_id
    is_mentor = mentor is not None and await visit.work.people.holds(mentor, Role.MENTOR, route.school_id)
    return View(
        route,
        progress(route, await visit.work.iom.steps(route.id), own=own),
        await visit.work.iom.pause(route.id),
        own,
        not own and (mentor == visit.member.id or not is_mentor),
        school is not None and may_set_mentor(visit.member, route, school),
        names.get(route.person_id, ""),
        school.name if school else "",
        names.get(mentor or 0, "") if is_mentor else "",
        visit.today,
        visit.zone,
    )
