"""A pair as the visitor may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.iom.words import near_date
from handlers.mentoring.around import list_of
from handlers.visit import Visit
from services.iom import rights as route_rights
from services.iom.model import Route
from services.mentoring import rights
from services.mentoring.life.unanswered import unanswered
from services.mentoring.meetings.meeting import MeetingState
from services.mentoring.meetings.waiting import agreed_next
from services.mentoring.pair import Pair, PairEvent
from services.mentoring.programs.program import Program, Stage
from services.mentoring.programs.wording import stage_line
from services.people.model import Kind, Organisation, Person, Profile, Role
from services.people.zones import zone_at
from services.privacy.ports import Action
from services.work import UnitOfWork

NAMELESS = "Коллега"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: profile, and the schools they work in; `profile` has an empty name where none is told."""

    profile: Profile
    schools: tuple[str, ...]

    @property
    def name(self) -> str:
        """With markup to be escaped."""
        return self.profile.full_name or NAMELESS


@dataclass(frozen=True, slots=True)
class View:
    """A pair, who looks at it, and what belongs to it. `school` is the mentee's.

    `listed_in` is the id of the place whose lists an overseer goes back to.

    `oversees`: decides about the pair, which its mentor may do too; `hears_both`: looks after it from outside.
    `askings` are the requests to end it that wait for an answer, for the latter; one's own for the two: neither is
    told that the other has asked. `route_id`: the mentee's route, for whoever may see
    it. `stage` is empty without a program. `meetings` and `confirmed` are numbers.
    """

    pair: Pair
    school: Organisation
    listed_in: int
    mentor: Side
    mentee: Side
    leads: bool
    led: bool
    oversees: bool
    hears_both: bool
    today: date
    zone: ZoneInfo
    stage: str
    meetings: int
    confirmed: int
    next_on: date | None
    next_at: str | None
    route_id: int | None
    askings: tuple[PairEvent, ...]

    @property
    def name(self) -> str:
        """The other one of the two, or both, in short."""
        if self.leads or self.led:
            return (self.mentee if self.leads else self.mentor).name
        return f"{self.mentor.name} и {self.mentee.name}"

    def day(self, moment: datetime) -> date:
        """The school's day of a moment."""
        return moment.astimezone(self.zone).date()


async def view_of(visit: Visit, pair: Pair) -> View:
    """The pair for the visitor, who may see it. Raises LookupError when its school is gone."""
    work, person = visit.work, visit.member
    school = await work.organisations.get(pair.school_id)
    if school is None:
        raise LookupError("the school of the pair is gone")
    zone = zone_at(school, visit.desk.zone)
    today = visit.now.astimezone(zone).date()
    meetings = await work.meetings.of_pair(pair.id)
    following = agreed_next(meetings, today)
    hears_both = rights.hears_both(person, pair, school)
    askings = unanswered(await work.pairs.history(pair.id))
    program = await work.programs.get(pair.id)
    stages = await work.programs.stages(pair.id) if program is not None else ()
    route = await work.iom.open_of(pair.mentee_id)
    return View(
        pair=pair,
        school=school,
        listed_in=list_of(person, school),
        mentor=await side(work, pair.mentor_id, school),
        mentee=await side(work, pair.mentee_id, school),
        leads=rights.leads(person, pair, school),
        led=rights.is_led(person, pair, school),
        oversees=rights.looks_after(person, pair, school),
        hears_both=hears_both,
        today=today,
        zone=zone,
        stage=_stage(program, stages, today) if program is not None else "",
        meetings=len(meetings),
        confirmed=sum(meeting.state is MeetingState.CONFIRMED for meeting in meetings),
        next_on=following.told.next_on if following is not None else None,
        next_at=following.told.next_at if following is not None else None,
        route_id=route.id if route is not None and await _is_seen(work, person, route) else None,
        askings=tuple(asking for asking in askings if hears_both or asking.actor_id == person.id),
    )


async def note_seen(visit: Visit, view: View) -> None:
    """Note once a day that somebody who looks after the pair, and is not of it, has opened it."""
    if view.leads or view.led:
        return
    midnight = datetime.combine(view.today, datetime.min.time(), view.zone)
    person_id = view.pair.mentee_id
    if not await visit.work.audit.noted_since(visit.member.id, Action.PAIR_SEEN, midnight, person_id=person_id):
        await note(visit, Action.PAIR_SEEN, view.pair)


async def note(visit: Visit, action: Action, pair: Pair) -> None:
    """Note what an overseer does about a pair."""
    await visit.work.audit.note(visit.now, visit.member.id, action, pair.mentee_id, pair.school_id, pair=pair.id)


async def side(work: UnitOfWork, person_id: int, school: Organisation) -> Side:
    """One of the two of a pair, with the schools they teach in, else those they have a role in."""
    grants = [grant for grant in await work.directory.grants(person_id) if grant.organisation.kind is Kind.SCHOOL]
    taught = [grant for grant in grants if grant.role is Role.TEACHER] or grants
    places = {grant.organisation.id: grant.organisation for grant in taught}
    for place in (*places.values(), school):
        member = await work.directory.member(place.id, person_id)
        if member is not None:
            return Side(member.profile, tuple(each.name for each in places.values()))
    name = (await work.audit.names([person_id])).get(person_id, "")
    return Side(Profile(name, ""), ())


def _stage(program: Program, stages: Sequence[Stage], today: date) -> str:
    return stage_line(program, stages, today, lambda day: near_date(day, today))


async def _is_seen(work: UnitOfWork, person: Person, route: Route) -> bool:
    school = await work.organisations.get(route.school_id)
    return school is not None and route_rights.may_see(person, route, school)
