"""From a statement to what stands in the note: everything in words, nothing drawn."""

from collections.abc import Mapping, Sequence
from datetime import date

from services.people.model import Kind
from services.reporting.indicators.indicator import Indicator
from services.reporting.indicators.registry import registry
from services.reporting.note import comparing, diagnoses, drafts, tracing
from services.reporting.note.model import Counted, Note
from services.reporting.note.parts import NOTHING, part, planned
from services.reporting.shares import share
from services.reporting.statement.model import Statement
from services.reporting.statement.wording import number_words

FUNNEL = (
    ("funnel.requests", "Подали заявку на наставника"),
    ("funnel.proposed", "Предложена пара"),
    ("funnel.approved", "Обе стороны согласились"),
    ("funnel.met", "Прошла первая встреча"),
    ("funnel.completed", "Программа завершена"),
)
"""Facts of the way from a request to the end of a program."""
_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_FORMS = ("pairs.form.", "pairs.other.")
_STAGES = ("pairs.stage.",)
_DOCUMENTS = ("documents.",)
_FUNNEL = ("funnel.",)
_NETWORK = ("network.",)
_BASIS = (
    "Приказ (распоряжение) от «____» ____________ 20___ г. № ________",
    "Сведения сервиса поддержки педагогов: списки школ, диагностики, маршруты, наставничество, мероприятия.",
)


_ALL_IN_TABLE = "Здесь показатели с планом и главные по разделам; динамика остальных есть в таблице Excel."


def compose(statement: Statement, number: int | None = None) -> Note:
    """The note of a statement; `number` is the one that its figures are kept under."""
    made_on = statement.made_at.date()
    mentoring = _of("mentoring")
    events = _of("events")
    return Note(
        number=str(number or ""),
        made_on=_long(made_on),
        made_on_short=f"{made_on:%d.%m.%Y}",
        place=statement.name,
        municipal=statement.kind is not Kind.SCHOOL,
        period=statement.period.title,
        days=f"с {statement.period.begins:%d.%m.%Y} по {statement.period.last_day:%d.%m.%Y}",
        previous=statement.previous.title,
        basis=_BASIS,
        participants=part(statement, _of("participants")),
        plan=planned(statement, registry().all),
        diagnostics=part(statement, _of("diagnostics")),
        burnout=part(statement, _of("burnout")),
        tests=diagnoses.tests(statement),
        mentoring=part(statement, _without(mentoring, *_FORMS, *_STAGES, *_DOCUMENTS, *_FUNNEL)),
        forms=part(statement, _with(mentoring, *_FORMS)),
        stages=part(statement, _with(mentoring, *_STAGES)),
        funnel=_funnel(statement.facts),
        early=part(statement, _of("early")),
        iom=part(statement, _of("iom")),
        events=part(statement, _without(events, *_NETWORK)),
        network=part(statement, _with(events, *_NETWORK)),
        staffing=part(statement, _of("staffing")),
        documents=part(statement, _with(mentoring, *_DOCUMENTS)),
        grouping=statement.analysis.grouping,
        groups=comparing.groups(statement),
        factor_words=statement.analysis.factor_words,
        factors=statement.analysis.factors,
        ranking=comparing.ranking(statement),
        dynamics=comparing.dynamics(statement),
        dynamics_more=_ALL_IN_TABLE,
        achieved=drafts.conclusions(statement, good=True),
        attention=drafts.conclusions(statement, good=False),
        attention_more=drafts.left_unsaid(statement),
        recommendations=drafts.recommendations(statement),
        measures=drafts.measures(statement),
        effects=drafts.effects(statement),
        origins=tracing.origins(statement),
        schools=comparing.by_school(statement),
    )


def _of(section: str) -> Sequence[Indicator]:
    return registry().in_section(section)


def _with(indicators: Sequence[Indicator], *beginnings: str) -> Sequence[Indicator]:
    return [indicator for indicator in indicators if indicator.code.startswith(beginnings)]


def _without(indicators: Sequence[Indicator], *beginnings: str) -> Sequence[Indicator]:
    return [indicator for indicator in indicators if not indicator.code.startswith(beginnings)]


def _funnel(facts: Mapping[str, float]) -> tuple[Counted, ...]:
    """Each step with its share of the widest one, from that one on: a pair may be proposed without a request.
    Nothing where nobody has begun."""
    known = [(words, facts[code]) for code, words in FUNNEL if code in facts]
    if not any(count for _, count in known):
        return ()
    counts = [round(count) for _, count in known]
    widest = counts.index(max(counts))
    shares = [share(count, counts[widest]) if at >= widest else NOTHING for at, count in enumerate(counts)]
    return tuple(Counted(words, number_words(count), of) for (words, count), of in zip(known, shares, strict=True))


def _long(day: date) -> str:
    return f"{day.day}\N{NO-BREAK SPACE}{_MONTHS[day.month - 1]} {day.year}\N{NO-BREAK SPACE}г."
