"""An invented statement: a municipality with all sections, one school too small for published results."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random

from services.diagnostics.instrument import Instrument, ItemKind
from services.diagnostics.loading import INSTRUMENTS, load_instrument
from services.people.model import Kind
from services.reporting.facts import HIGH_LEVEL, Taking
from services.reporting.groups.figures import results
from services.reporting.groups.model import GroupResults
from services.reporting.groups.suppression import Figures, Measure, together
from services.reporting.indicators.indicator import Level
from services.reporting.indicators.registry import registry
from services.reporting.periods import before, half_of, previous
from services.reporting.statement.computing import amounts_of, figures_of, with_sums
from services.reporting.statement.model import Amount, PlaceFigures, Point, Statement
from services.reporting.target import Target

MADE_AT = datetime(2026, 11, 24, 7, tzinfo=UTC)
MIN_GROUP = 5
PLANS = {
    "deficits.coverage": Target(share=900),
    "iom.developed": Target(share=50),
    "iom.took_part": Target(share=700),
    "mentoring.schools": Target(number=5),
    "pairs.worked": Target(number=20),
    "meetings.held": Target(number=80),
    "events.held": Target(number=4),
    "mentors.count": Target(number=15),
}
_TESTS = (
    "deficits",
    "courses",
    "adaptation",
    "mentee_satisfaction",
    "mentor_satisfaction",
    "pair_comfort",
    "boyko",
)
_DOCUMENTS = "porai"


def sample_statement(seed: int = 1, schools: int = 6) -> Statement:
    """The municipality's statement of the half-year; the last of the schools has too few people for results."""
    random = Random(seed)
    period = half_of(date(2026, 11, 24))
    names = {101 + number: f"Школа № {number + 1}" for number in range(schools)}
    hidden = 100 + schools
    tests = {school: {test: _answers(random, test, small=school == hidden) for test in _TESTS} for school in names}
    facts = {school: _facts(random, tests[school], small=school == hidden) for school in names}
    of_whole, of_school = registry().at(Level.MUNICIPALITY), registry().at(Level.SCHOOL)
    whole = _whole(facts, tests)
    takings = tuple(_taking(test, tests) for test in _TESTS)
    places = tuple(
        PlaceFigures(
            school,
            name,
            figures_of(
                of_school,
                facts[school],
                _earlier(random, amounts_of(of_school, facts[school], {})),
                {code: plan for code, plan in PLANS.items() if plan.share is not None},
                {},
                MIN_GROUP,
            ),
        )
        for school, name in names.items()
    )
    past: Mapping[str, Amount] = amounts_of(of_whole, whole, {})
    points: list[Point] = []
    for one in reversed(before(period, 4)):
        past = _earlier(random, past)
        points.insert(0, Point(one, past))
    figures = figures_of(of_whole, whole, points[-1].amounts, PLANS, {}, MIN_GROUP)
    return Statement(
        organisation_id=2,
        name="Приозёрный район",
        kind=Kind.MUNICIPALITY,
        period=period,
        previous=previous(period),
        made_at=MADE_AT,
        min_group=MIN_GROUP,
        kept_on=date(2026, 11, 24),
        whole=PlaceFigures(2, "Приозёрный район", figures),
        schools=places,
        takings=takings,
        facts=whole,
        dynamics=tuple(points),
    )


def sample_school(seed: int = 1) -> Statement:
    """The statement of the first of those schools alone."""
    statement = sample_statement(seed)
    place = statement.schools[0]
    return replace(
        statement,
        organisation_id=place.organisation_id,
        name=place.name,
        kind=Kind.SCHOOL,
        whole=place,
        schools=(),
        takings=tuple(
            replace(taking, results=taking.schools.get(place.organisation_id), schools={})
            for taking in statement.takings
        ),
        facts={},
        dynamics=(),
    )


@cache
def _instrument(test: str) -> Instrument:
    return load_instrument(INSTRUMENTS / f"{test}.yaml")


def _answers(random: Random, test: str, *, small: bool) -> tuple[int, int, Figures | None]:
    """How many were asked, how many have finished, and what is published of them."""
    most = 60 if _instrument(test).audience and test != "adaptation" else 14
    asked = random.randint(3, 4) if small else random.randint(most // 2, most)
    finished = min(3, asked) if small else random.randint(asked * 2 // 3, asked)
    counted = finished - finished % MIN_GROUP
    return asked, finished, _figures(random, _instrument(test), counted) if counted else None


def _figures(random: Random, instrument: Instrument, people: int) -> Figures:
    bent = random.choice((1, 1, 2))
    measures = {}
    for kind, measured, bands in (
        ("factor", instrument.factors, instrument.factor_bands),
        ("scale", instrument.scales, instrument.scale_bands),
    ):
        for one in measured:
            weights = [len(bands) - at + (bent - 1) * at for at in range(len(bands))]
            levels = random.choices(range(len(bands)), weights, k=people)
            measures[f"{kind}.{one.code}"] = Measure(people, tuple(levels.count(at) for at in range(len(bands))))
    if any(band.deficit for band in instrument.scale_bands):
        measures["deficits"] = Measure(people, (random.randint(people // 4, people),))
    for item in instrument.items:
        if item.kind in (ItemKind.CHOICE, ItemKind.SEVERAL) and not item.points:
            chosen = random.choices(range(len(item.options)), k=people)
            measures[f"item.{item.number}"] = Measure(
                people, tuple(chosen.count(at) for at in range(len(item.options)))
            )
    return Figures(people, measures)


def _published(test: str, figures: Figures) -> dict[str, float]:
    instrument = _instrument(test)
    found: dict[str, float] = {f"{test}.counted": figures.people}
    kind, measured, bands = "factor", instrument.factors, instrument.factor_bands
    if not measured:
        kind, measured, bands = "scale", instrument.scales, instrument.scale_bands  # type: ignore[assignment]
    for one in measured:
        measure = figures.measures[f"{kind}.{one.code}"]
        found[f"{test}.{one.code}"] = measure.people
        for band, count in zip(bands, measure.counts, strict=True):
            found[f"{test}.{one.code}.{band.code}"] = count
    if test == "deficits":
        found["deficits.found"] = figures.measures["deficits"].counts[0]
    if test == "courses":
        needs = figures.measures["item.1"]
        found |= {"courses.asked": needs.people, "courses.need": needs.people - needs.counts[-1]}
    return found


def _facts(
    random: Random, tests: Mapping[str, tuple[int, int, Figures | None]], *, small: bool
) -> dict[str, float]:
    def part(most: float, least: float = 0) -> int:
        return random.randint(int(least), max(int(least), int(most)))

    teachers = part(9, 7) if small else part(70, 25)
    early, mentors = part(teachers / 3, 1), part(teachers / 8, 1)
    routes = part(teachers / 2, 2)
    growth, in_progress, early_routes = part(routes / 3), part(routes, 1), part(early)
    planned, courses = part(routes * 4, 4), part(routes)
    worked = part(early + 2, 0 if small else 1)
    first, second = part(worked / 2), part(worked / 3)
    held = part(worked * 8, worked)
    headcount, posts = teachers + part(4), teachers + part(8)
    met, proposed, signed_up = part(worked), worked + part(4), part(teachers)
    documents = {code: part(1) for code in _DOCUMENTS}
    attended = part(signed_up)
    found: dict[str, float] = {
        "schools": 1,
        "schools.curated": part(1),
        "schools.model": int(worked > 0),
        "teachers": teachers,
        "teachers.joined": part(teachers, teachers / 2),
        "teachers.early": early,
        "mentors": mentors,
        "iom.people": routes,
        "iom.people.deficits": routes - growth,
        "iom.people.growth": growth,
        "iom.developed": part(routes, 1),
        "iom.took_part": part(routes),
        "iom.early": early_routes,
        "iom.early.finished": part(early_routes),
        "iom.drafted": routes + 1,
        "iom.agreed": routes,
        "iom.finished": part(routes),
        "iom.cancelled": part(2),
        "iom.in_progress": in_progress,
        "iom.waiting": part(4),
        "iom.overdue": part(in_progress / 2),
        "steps.planned": planned,
        "steps.overdue": part(planned / 4),
        "steps.handed_in": part(6),
        "steps.confirmed": part(routes * 3),
        "courses.recommended": courses,
        "courses.done": part(courses),
        "early.mentored": min(worked, early),
        "pairs.worked": worked,
        "pairs.met": met,
        "pairs.open": worked,
        "pairs.formed": part(worked),
        "pairs.completed": part(worked / 3),
        "pairs.closed_early": part(1),
        "pairs.silent": worked - met,
        "pairs.form.teacher_teacher": worked - min(worked, 1),
        "pairs.form.leader_teacher": min(worked, 1),
        "pairs.stage.1": first,
        "pairs.stage.2": second,
        "pairs.stage.3": worked - first - second,
        "pairs.stage.none": 0,
        "meetings.held": held,
        "meetings.minutes": held * 40,
        "meetings.timed": held,
        "meetings.confirmed": part(held),
        "funnel.requests": proposed,
        "funnel.proposed": proposed,
        "funnel.approved": worked,
        "funnel.met": met,
        "funnel.completed": part(met),
        "requests.waiting": part(2),
        "staffing.forms": 1,
        "staffing.posts": posts + 0.5,
        "staffing.need": posts + part(6),
        "staffing.headcount": headcount,
        "staffing.under_35": min(early, headcount),
        "staffing.vacancies": part(5),
        "staffing.age_sum": headcount * part(52, 38),
        "staffing.age_people": headcount,
        "documents.forms": 1,
        **{f"documents.{code}": there for code, there in documents.items()},
        "documents.complete": int(all(documents.values())),
        "network.forms": 1,
        "network.headcount": teachers,
        "network.teachers": part(teachers / 2),
        "network.schools": part(1),
        "events.planned": 2,
        "events.held": part(2),
        "events.cancelled": 0,
        "events.signed_up": signed_up,
        "events.attended": attended,
        "events.rated": attended,
        "events.rating": attended * 4.5,
    }
    if not small:
        found |= {
            "pairs.other.forms": 1,
            "pairs.other.leader_teacher": part(1),
            "pairs.other.teacher_pupil": part(9),
        }
        found |= {f"pairs.other.{form}_pupil": part(6) for form in ("pupil", "student", "employer")}
    for test, (asked, finished, figures) in tests.items():
        found |= {f"{test}.invited": asked, f"{test}.finished": finished}
        if figures is not None:
            found |= _published(test, figures)
    return found


def _earlier(random: Random, amounts: Mapping[str, Amount]) -> dict[str, Amount]:
    """What might have been there a period before: everything a little smaller, shares moved up or down."""
    found = {}
    for code, amount in amounts.items():
        if amount.denominator is None:
            found[code] = Amount(float(round(amount.numerator * random.uniform(0.7, 1.1))))
            continue
        denominator = max(1.0, float(round(amount.denominator * random.uniform(0.8, 1.0))))
        value = amount.value + random.uniform(-0.08, 0.06) * max(1.0, amount.value)
        if amount.value <= 1:
            value = min(max(value, 0), 1)
        found[code] = Amount(float(round(value * denominator)), denominator)
    return found


def _whole(
    facts: Mapping[int, Mapping[str, float]],
    tests: Mapping[int, Mapping[str, tuple[int, int, Figures | None]]],
) -> dict[str, float]:
    found = {code: 0.0 for of_school in facts.values() for code in of_school}
    for of_school in facts.values():
        for code, value in of_school.items():
            found[code] += value
    found["teachers"] -= 2
    shown = [figures for of_school in tests.values() if (figures := of_school["boyko"][2]) is not None]
    found |= {"boyko.schools": len(shown), "boyko.high": sum(map(_high, shown))}
    return with_sums(found, facts.values(), registry().all)


def _high(figures: Figures) -> bool:
    measures = [measure for code, measure in figures.measures.items() if code.startswith("factor.")]
    return any(100 * measure.counts[-1] >= HIGH_LEVEL * measure.people for measure in measures)


def _taking(test: str, tests: Mapping[int, Mapping[str, tuple[int, int, Figures | None]]]) -> Taking:
    instrument = _instrument(test)
    shown = {school: figures for school, of_school in tests.items() if (figures := of_school[test][2]) is not None}
    schools: dict[int, GroupResults] = {school: results(instrument, figures) for school, figures in shown.items()}
    whole = together(shown.values())
    return Taking(
        instrument=test,
        title=instrument.short_title,
        version=instrument.version,
        wave="y2026",
        wave_title="Вне кампаний, 2026/27 учебный год",
        began_on=(MADE_AT - timedelta(days=84)).date(),
        results=results(instrument, whole) if whole is not None else None,
        withheld=0,
        schools=schools,
    )
