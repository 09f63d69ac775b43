"""Facts: what is counted of schools in a period, by codes. Indicators are computed from nothing else.

A code that is absent says that there is no data; 0 says that it was looked for and there is none.

    schools, schools.curated                       as they are on the last day
    teachers, teachers.joined, teachers.early, mentors
    <test>.invited, <test>.finished                in the newest taking that belongs to the period
    <test>.counted, <test>.<factor>, <test>.<factor>.<band>
                                                   published: whole portions only (services.reporting.groups)
    deficits.found                                 published: those with a deficit at all
    courses.asked, courses.need                    published: those who said which training they need; of them some
    boyko.schools, boyko.high                      schools with published results; of them those above HIGH_LEVEL
    iom.people, iom.people.deficits, iom.people.growth, iom.developed, iom.took_part
    iom.early, iom.early.finished
    iom.drafted, iom.agreed, iom.finished, iom.cancelled
    iom.in_progress, iom.waiting, iom.overdue, steps.planned, steps.overdue, steps.handed_in
                                                   as they are on the last day, or today
    steps.confirmed
    courses.recommended, courses.done              people with a course among agreed steps; with one confirmed
    early.mentored                                 early-career teachers with a pair at work in the period
    pairs.worked, pairs.met                        at work at some time of the period; of them with a meeting in it
    pairs.open, pairs.formed, pairs.completed, pairs.closed_early, pairs.silent
    pairs.form.<form>, pairs.stage.<1|2|3|none>    of pairs at work at some time; the stage as of the last day
    pairs.other.forms, pairs.other.<form>          schools that told of other forms of mentoring; what they told
    meetings.held, meetings.minutes, meetings.timed, meetings.confirmed
    funnel.requests, funnel.proposed, funnel.approved, funnel.met, funnel.completed
    requests.waiting
    schools.model                                  schools with a pair at work at some time of the period
    staffing.forms, staffing.posts, staffing.need, staffing.headcount, staffing.under_35, staffing.vacancies,
    staffing.age_sum, staffing.age_people          the newest card of each school up to the period's end
    documents.forms, documents.<code>, documents.complete
    network.forms, network.teachers, network.headcount, network.schools
    events.planned, events.held, events.cancelled, events.signed_up, events.attended, events.rated,
    events.rating                                  the sum of the marks, of groups large enough alone
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.diagnostics.library import Library
from services.mentoring.policy import MentoringPolicy
from services.reporting.groups.model import GroupResults

STATE = frozenset(
    """
    schools schools.curated teachers teachers.joined teachers.early mentors
    iom.in_progress iom.waiting iom.overdue steps.planned steps.overdue steps.handed_in
    pairs.open pairs.silent requests.waiting
    """.split()
)
"""Facts that only their own day can tell: they are kept every day, for periods that are over."""

HIGH_LEVEL = 30
"""Per cent of people with a formed phase from which on a school's level of burnout is called high (our norm)."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What counts rest on: the consent in force, the smallest group, the zone, the instruments, the terms."""

    consent: str
    min_group: int
    zone: ZoneInfo
    library: Library
    mentoring: MentoringPolicy
    now: datetime

    @property
    def today(self) -> date:
        """The calendar day where the users live."""
        return self.now.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Taking:
    """The taking of an instrument that a period's figures are from, with its published results.

    `results` None: too few; `withheld` people have finished and are not counted.
    """

    instrument: str
    title: str
    version: str
    wave: str
    wave_title: str
    began_on: date
    results: GroupResults | None
    withheld: int
    schools: Mapping[int, GroupResults] = field(default_factory=dict)
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of one place in one period: of the `whole`, a person of two schools counted once, and by school.

    `kept_on` is the day that facts of STATE are from: the period's last day, today, or when they were kept; None
    where nobody kept any.
    """

    whole: Mapping[str, float]
    schools: Mapping[int, Mapping[str, float]]
    takings: Sequence[Taking] = ()
    kept_on: date | None = None
