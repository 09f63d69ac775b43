"""Conclusions drafted by rules: what needs attention first, then what is going well."""

from services.people.model import Kind
from services.reporting.analysis.judging import Finding, elapsed, findings
from services.reporting.analysis.words import named, of_schools, rounded_percent
from services.reporting.indicators.indicator import Form, Indicator, Privacy, Unit
from services.reporting.indicators.registry import registry
from services.reporting.statement.model import Amount, Conclusion, PlaceFigures, Statement
from services.reporting.statement.wording import amount_words, change_words, figure_words, plan_words

MOST_BAD = 16
MOST_GOOD = 8
_WHAT = {Form.COUNT: "число", Form.SHARE: "доля", Form.MEAN: "значение"}


def conclusions(statement: Statement) -> tuple[Conclusion, ...]:
    """Sentences with the figures in them, the bad ones first, the weightiest first; at most so many."""
    found = findings(statement)
    told = [*[each for each in found if each.bad][:MOST_BAD], *[each for each in found if each.good][:MOST_GOOD]]
    return tuple(Conclusion(each.indicator.code, _told(statement, each), each.good) for each in told)


def _told(statement: Statement, found: Finding) -> str:
    amount = found.figure.amount
    head = f"{found.indicator.title}: нет данных"
    if amount is not None:
        parts = (_head(statement, found, amount), *_reasons(statement, found, amount))
        head = "; ".join(parts).replace("; но ", ", но ")
    return " ".join(f"{sentence}." for sentence in (head, *_missing(statement, found), *_by_school(found)))


def _head(statement: Statement, found: Finding, amount: Amount) -> str:
    indicator, rule = found.indicator, found.rule
    here = statement.kind is Kind.SCHOOL and indicator.unit is Unit.SCHOOLS
    # What people have told about themselves is said in shares only.
    group = indicator.privacy is Privacy.GROUP
    telling = amount_words(indicator, amount) if group else figure_words(indicator, found.figure, 0)
    if found.beyond:
        lead = rule.bad_here if here else rule.bad
    else:
        lead = (rule.good_here if here else rule.good) if found.good and found.reached else ""
    if lead:
        return lead.format(value=telling)
    return f"{indicator.title}{' —' if ':' in indicator.title else ':'} {telling}"


def _reasons(statement: Statement, found: Finding, amount: Amount) -> list[str]:
    missed = _missed(found)
    told = [_norm(statement, found)] if found.beyond and not missed else []
    if missed or found.behind or found.fulfilled:
        told.append(plan_words(found.indicator, found.figure) or "")
        passed = elapsed(statement)
        if found.behind and passed < 1:
            told.append(f"прошло {rounded_percent(passed)} периода")
    then = found.figure.before
    but = "но " if found.bad and found.changed > 0 else ""
    if found.changed and found.row:
        way = "растёт" if found.row[-1] > found.row[0] else "снижается"
        quotient = None if amount.denominator is None else 1.0
        values = (amount_words(found.indicator, Amount(each, quotient)) for each in found.row)
        what = _WHAT[found.indicator.form]
        told.append(f"{but}от периода к периоду {what} {way}: {', '.join(values)}")
    elif found.changed and then is not None:
        change = change_words(found.indicator, found.figure)
        side = "лучше" if found.changed > 0 else "хуже"
        told.append(f"{but}{side}, чем в прошлом периоде: было {amount_words(found.indicator, then)} ({change})")
    return [words for words in told if words]


def _missed(found: Finding) -> bool:
    """Whether it is beyond the norm and short of its plan: what has been planned here outranks our norm."""
    return found.beyond and found.short_of_plan


def _norm(statement: Statement, found: Finding) -> str:
    """The norm as it is told; norms of none at all speak for themselves."""
    rule, form = found.rule, found.indicator.form
    norm = rule.below if rule.below is not None else rule.above
    here = statement.kind is Kind.SCHOOL and found.indicator.unit is Unit.SCHOOLS
    if not norm or form is Form.COUNT or here:
        return ""
    told = _norm_words(found.indicator, norm)
    if norm == 1 and form is Form.SHARE:
        return f"ориентир {told}"
    return f"ориентир не {'ниже' if rule.below is not None else 'выше'} {told}"


def _norm_words(indicator: Indicator, norm: float) -> str:
    return rounded_percent(norm) if indicator.form is Form.SHARE else f"{norm:.1f}".replace(".", ",")


def _missing(statement: Statement, found: Finding) -> list[str]:
    """What is not there of an indicator's parts."""
    told = []
    for code in found.rule.parts if found.bad else ():
        part = statement.whole.figures.get(code)
        amount = part.amount if part is not None else None
        if amount is None or amount.denominator is None or amount.numerator >= amount.denominator:
            continue
        name = f"«{registry().of(code).short}»"
        without = round(amount.denominator - amount.numerator)
        told.append(name if statement.kind is Kind.SCHOOL else f"{name} ({of_schools(without)})")
    return [f"Не хватает: {', '.join(told)}"] if told else []


def _by_school(found: Finding) -> list[str]:
    told = []
    if found.schools:
        listed = named([_with_value(found.indicator, school) for school in found.schools])
        told.append(f"{_where(found)}: {listed}")
    if found.silent:
        told.append(f"Нет данных: {named([school.name for school in found.silent])}")
    return told


def _where(found: Finding) -> str:
    if found.indicator.form is Form.COUNT:
        return "По школам"
    if found.indicator.unit is Unit.SCHOOLS:
        return "Где этого нет"
    norm = found.rule.below if found.rule.below is not None else found.rule.above
    if not norm:
        return "Где это есть"
    side = "Ниже ориентира" if found.rule.below is not None else "Выше ориентира"
    return side if found.beyond and not _missed(found) else f"{side} ({_norm_words(found.indicator, norm)})"


def _with_value(indicator: Indicator, school: PlaceFigures) -> str:
    figure = school.figures[indicator.code]
    if figure.amount is None or indicator.unit is Unit.SCHOOLS:
        return school.name
    return f"{school.name} ({amount_words(indicator, figure.amount)})"
