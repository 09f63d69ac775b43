"""What the document of a route says, as plain words: for the templates, ours or an operator's.

Points and levels of the diagnosis are not among them: the document is read by whoever agrees to the route.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.iom.closing import QUESTIONS, REASON
from services.iom.model import Evidence, EvidenceKind, Route, RouteKind, RouteState, Step, StepState
from services.iom.progress import is_shown
from services.iom.wording import DOMAIN_TITLES, FORM_TITLES, KIND_TITLES
from services.people.early_career import years_now
from services.people.model import Profile, Role
from services.people.names import short_name
from services.people.ports import Member
from services.work import UnitOfWork

MARKS = {RouteState.DRAFT: "Черновик", RouteState.REVIEW: "На согласовании", RouteState.CANCELLED: "Отменён"}
"""What is written over a document that is not in force."""
CHANGING = "Вносятся изменения"
"""What is written over the document of a route that was agreed to and is being changed."""
EVIDENCE_SHOWN = 200
"""Characters of one piece of evidence in words."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """A line of the table of steps. `mark` tells how it ended and what confirms it; empty while it is to come."""

    number: str
    domain: str
    title: str
    form: str
    due: str
    responsible: str
    result: str
    mark: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A closing question in short, and what was answered."""

    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Document:
    """All that a template may name, in words; days are written 05.09.2026, and what nobody has told is empty.

    `mark` is «Черновик» or «На согласовании» while the route is not agreed to. `early_reason`: why it was closed
    with steps left.
    """

    mark: str
    kind: str
    teacher: str
    teacher_short: str
    position: str
    subject: str
    category: str
    years: str
    school: str
    municipality: str
    period: str
    mentor: str
    mentor_short: str
    curator: str
    curator_short: str
    agreed: str
    basis: str
    steps: tuple[StepLine, ...]
    reflection: tuple[Answer, ...]
    early_reason: str
    made_on: str


async def compose(work: UnitOfWork, route: Route, now: datetime, zone: ZoneInfo, *, own: bool) -> Document:
    """What the document of the route says today, to its teacher (`own`) or to others, who see nothing of a draft.

    Raises LookupError when its school is gone.
    """
    school = await work.organisations.get(route.school_id)
    if school is None:
        raise LookupError("the school of the route is gone")
    municipality = await work.organisations.get(school.parent_id) if school.parent_id is not None else None
    steps = [step for step in await work.iom.steps(route.id) if is_shown(route, step, own=own)]
    closed = route.state is RouteState.CLOSED
    members = {member.id: member for member in await work.directory.members(school.id)}
    names = await _names(work, route, steps, members)
    teacher = await _profile(work, route, members, names)
    curator = _curator(route, members)
    mentor = names.get(route.mentor_id, "") if route.mentor_id is not None else ""
    today = now.astimezone(zone).date()
    years = years_now(teacher, today)
    return Document(
        mark=_over(route),
        kind=KIND_TITLES[route.kind],
        teacher=teacher.full_name,
        teacher_short=short_name(teacher.full_name),
        position=teacher.position,
        subject=teacher.subject,
        category=teacher.category,
        years="" if years is None else str(years),
        school=school.name,
        municipality=municipality.name if municipality is not None else "",
        period=_period(route, steps, zone),
        mentor=mentor,
        mentor_short=short_name(mentor),
        curator=curator,
        curator_short=short_name(curator),
        agreed=_agreed(route, names, zone),
        basis=await _basis(work, route, steps, zone),
        steps=tuple(
            [
                _line(number, step, route, await work.iom.evidence(step.id), names, zone)
                for number, step in enumerate(steps, start=1)
            ]
        ),
        reflection=tuple(
            Answer(question.title, words)
            for question in QUESTIONS
            if closed and (words := (route.reflection or {}).get(question.code))
        ),
        early_reason=(route.reflection or {}).get(REASON, "") if closed else "",
        made_on=_date(today),
    )


def _over(route: Route) -> str:
    if route.state is RouteState.DRAFT and route.agreed_at is not None:
        return CHANGING
    return MARKS.get(route.state, "")


async def _names(
    work: UnitOfWork, route: Route, steps: Sequence[Step], members: Mapping[int, Member]
) -> Mapping[int, str]:
    """Full names of everybody the document speaks of, by their ids."""
    known = {member.id: member.profile.full_name for member in members.values()}
    asked = {route.person_id, route.mentor_id, route.agreed_by, *(step.confirmed_by for step in steps)}
    left = [one for one in asked if one is not None and one not in known]
    return {**known, **(await work.audit.names(left) if left else {})}


async def _profile(
    work: UnitOfWork, route: Route, members: Mapping[int, Member], names: Mapping[int, str]
) -> Profile:
    """What is known of the teacher, also of one who teaches elsewhere by now."""
    if route.person_id in members:
        return members[route.person_id].profile
    person = await work.shares.person(route.person_id)
    if person is not None and person.profile is not None:
        return person.profile
    return Profile(names.get(route.person_id, ""), "")


def _curator(route: Route, members: Mapping[int, Member]) -> str:
    """The curator who has agreed to the route, else the only one of the school; empty where it may be any."""
    curators = {
        member.id: member.profile.full_name
        for member in members.values()
        if Role.CURATOR in member.roles and member.id != route.person_id
    }
    if route.agreed_by in curators:
        return curators[route.agreed_by]
    return next(iter(curators.values())) if len(curators) == 1 else ""


def _period(route: Route, steps: Sequence[Step], zone: ZoneInfo) -> str:
    begun = _day(route.agreed_at or route.created_at, zone)
    terms = [step.plan.due_on for step in steps if step.state is not StepState.CANCELLED]
    ended = _day(route.closed_at, zone) if route.closed_at is not None else max(terms, default=None)
    return f"с {_date(begun)}" + (f" по {_date(ended)}" if ended is not None and ended >= begun else "")


def _agreed(route: Route, names: Mapping[int, str], zone: ZoneInfo) -> str:
    if route.agreed_at is None or route.state in MARKS:
        return ""
    name = names.get(route.agreed_by, "") if route.agreed_by is not None else ""
    return ", ".join(filter(None, [_date(_day(route.agreed_at, zone)), short_name(name)]))


async def _basis(work: UnitOfWork, route: Route, steps: Sequence[Step], zone: ZoneInfo) -> str:
    """What the route was drafted from. Only deficits that have become steps are told."""
    session = await work.surveys.get(route.session_id, route.person_id) if route.session_id is not None else None
    told = []
    if session is not None:
        taken_on = _date(_day(session.finished_at or session.started_at, zone))
        told.append(f"диагностика профессиональных дефицитов от {taken_on}")
    if route.kind is RouteKind.GROWTH:
        told.append("маршрут профессионального роста" if told else "профессиональный рост по инициативе педагога")
    domains = {step.plan.domain for step in steps}
    found = [_inside(DOMAIN_TITLES[code]) for code in route.deficits if code in domains and code in DOMAIN_TITLES]
    if found:
        told.append(f"выявленные дефициты: {', '.join(found)}")
    return _sentence("; ".join(told))


def _line(
    number: int,
    step: Step,
    route: Route,
    evidence: Sequence[Evidence],
    names: Mapping[int, str],
    zone: ZoneInfo,
) -> StepLine:
    plan = step.plan
    due = _date(plan.due_on)
    if step.first_due_on is not None and step.first_due_on != plan.due_on:
        due += f"\n(был {_date(step.first_due_on)})"
    return StepLine(
        number=str(number),
        domain=DOMAIN_TITLES.get(plan.domain, plan.domain),
        title=plan.title,
        form=FORM_TITLES[plan.form],
        due=due,
        responsible=plan.responsible,
        result=plan.result,
        mark=_mark(step, route, evidence, names, zone),
    )


def _mark(step: Step, route: Route, evidence: Sequence[Evidence], names: Mapping[int, str], zone: ZoneInfo) -> str:
    if step.state is StepState.CANCELLED:
        return f"Отменено: {step.comment}" if step.comment else "Отменено"
    if step.state is StepState.PLANNED:
        return "Не выполнено" if route.state is RouteState.CLOSED else ""
    done = step.done_at or step.confirmed_at
    lines = ["Выполнено" + (f" {_date(_day(done, zone))}" if done is not None else "")]
    if evidence:
        lines.append(_sentence("; ".join(_pieces(evidence))))
    if step.state is StepState.DONE:
        lines.append("Ждёт подтверждения")
    elif step.confirmed_by is not None and names.get(step.confirmed_by):
        lines.append(f"Принято: {short_name(names[step.confirmed_by])}")
    return "\n".join(lines)


def _pieces(evidence: Sequence[Evidence]) -> list[str]:
    """The evidence in short: words first, then photos by their number and files by their names."""
    pieces = [f"«{_cut(piece.words)}»" for piece in evidence if piece.words]
    photos = sum(piece.kind is EvidenceKind.PHOTO for piece in evidence)
    if photos:
        pieces.append("фото" if photos == 1 else f"фото: {photos}")
    return pieces + [f"файл «{piece.file_name}»" for piece in evidence if piece.kind is EvidenceKind.DOCUMENT]


def _cut(words: str) -> str:
    return words if len(words) <= EVIDENCE_SHOWN else words[:EVIDENCE_SHOWN].rstrip() + "…"


def _inside(title: str) -> str:
    return title[:1].lower() + title[1:]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def _date(day: date) -> str:
    return f"{day:%d.%m.%Y}"
