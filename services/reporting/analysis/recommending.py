"""Recommendations with addressees, and measures with terms: drafts for a person to edit, from bad findings."""

from collections.abc import Iterable, Sequence

from services.delivery.quiet import Quiet
from services.iom.drafting import term_for
from services.people.model import Kind
from services.reporting.analysis.judging import Finding
from services.reporting.analysis.rule import Advice
from services.reporting.analysis.values import in_order
from services.reporting.analysis.words import MOST_ADDRESSED, named
from services.reporting.indicators.indicator import Better, Privacy
from services.reporting.statement.model import Measure, PlaceFigures, Recommendation, Statement
from services.reporting.statement.wording import amount_words

MOST_RECOMMENDATIONS = 12
MOST_MEASURES = 8
_WORKDAYS = Quiet(saturdays=True)
_ADDRESSEES = {
    "{heads}": ("директор", "директора", "директора школ"),
    "{curators}": ("куратор", "кураторы", "кураторы школ"),
    "{psychologists}": ("педагог-психолог", "педагоги-психологи", "педагоги-психологи школ"),
    "{mentors}": ("наставники", "наставники", "наставники школ"),
}
"""Of one school, of several, of all."""


def recommendations(statement: Statement, found: Iterable[Finding]) -> tuple[Recommendation, ...]:
    """From the weightiest on, at most `MOST_RECOMMENDATIONS`; the same advice is given once, to all concerned."""
    given: dict[tuple[str, str], list[Finding]] = {}
    advice: dict[tuple[str, str], Advice] = {}
    for each in found:
        for one in _advice(statement.kind, each):
            key = (one.addressee, one.words)
            given.setdefault(key, []).append(each)
            advice[key] = one
    return tuple(_recommended(advice[key], reasons) for key, reasons in given.items())[:MOST_RECOMMENDATIONS]


def measures(statement: Statement, found: Iterable[Finding]) -> tuple[Measure, ...]:
    """From the weightiest on, at most `MOST_MEASURES`; terms are working days after the statement's day."""
    made: dict[str, Measure] = {}
    for each in found:
        task = each.rule.tasks.get(statement.kind)
        if task is None or not each.bad or (_only_silent(each) and each.rule.advice):
            continue
        due_on = term_for(task.days, statement.made_at.date(), _WORKDAYS)
        made.setdefault(task.words, Measure(each.indicator.code, task.words, due_on, task.responsible))
    return tuple(made.values())[:MOST_MEASURES]


def _advice(kind: Kind, found: Finding) -> Sequence[Advice]:
    if not found.bad:
        return ()
    if (found.silent or found.absent) and found.rule.absent:
        ask = Advice(
            "{curators}" if kind is Kind.MUNICIPALITY else "куратор школы",
            f"{found.rule.absent}: без этого школа не входит в расчёт показателя «{found.indicator.short}».",
        )
        return (ask,) if _only_silent(found) else (*_of_rule(kind, found), ask)
    return _of_rule(kind, found)


def _of_rule(kind: Kind, found: Finding) -> Sequence[Advice]:
    return found.rule.advice.get(kind, ())


def _only_silent(found: Finding) -> bool:
    """Whether nothing is bad but that there is no data."""
    return found.absent or not (found.beyond or found.behind or found.changed < 0 or found.schools)


def _recommended(advice: Advice, reasons: Sequence[Finding]) -> Recommendation:
    first = reasons[0]
    asks = first.rule.absent is not None and advice.words.startswith(first.rule.absent)
    concerned = {
        school.organisation_id: school for each in reasons for school in (each.silent if asks else each.schools)
    }
    addressee = _addressee(advice.addressee, in_order(concerned.values()))
    # One of several addressees is told where to learn, and only when the advice has this one reason.
    leads = len(reasons) == 1 and bool(concerned) and not asks and advice in _of_rule(Kind.MUNICIPALITY, first)[:1]
    return Recommendation(first.indicator.code, addressee, advice.words + (_example(first) if leads else ""))


def _addressee(template: str, schools: Sequence[PlaceFigures]) -> str:
    forms = _ADDRESSEES.get(template)
    if forms is None:
        return template
    one, many, everybody = forms
    if not schools:
        return everybody
    return f"{one if len(schools) == 1 else many}: {named([school.name for school in schools], MOST_ADDRESSED)}"


def _example(found: Finding) -> str:
    """The school whose experience helps; never by what people have answered about themselves."""
    if found.indicator.privacy is Privacy.GROUP or found.indicator.better is Better.NEITHER or not found.strong:
        return ""
    sign = -1 if found.indicator.better is Better.UP else 1
    code = found.indicator.code
    strong = [(school, amount) for school in found.strong if (amount := school.figures[code].amount)]
    best, amount = min(strong, key=lambda each: (sign * each[1].value, -(each[1].denominator or 0)))
    words = amount_words(found.indicator, amount)
    return f" Опытом может поделиться {named([best.name])}: здесь этот показатель {words}."
