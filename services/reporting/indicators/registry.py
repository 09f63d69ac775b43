"""The registry of indicators, read from indicators.yaml once and checked as a whole."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked_dataclass

try:
    # Several times as fast, where the package was built with it.
    from yaml import CSafeLoader as SafeLoader
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]

from services.reporting.indicators import fact_codes
from services.reporting.indicators.indicator import Better, Form, Indicator, LeftOut, Level, Privacy, Rule, Unit

OURS = Path(__file__).parent / "indicators.yaml"
SECTIONS: Mapping[str, str] = {
    "participants": "Участники",
    "diagnostics": "Диагностики и опросы",
    "iom": "Индивидуальные маршруты",
    "mentoring": "Наставничество",
    "early": "Молодые педагоги",
    "staffing": "Кадры",
    "events": "Мероприятия и сетевое взаимодействие",
    "burnout": "Профессиональное выгорание",
}
"""Sections of a report in their order, with their titles."""
MONITORINGS: Mapping[str, str] = {
    "staffing": "Кадровые потребности",
    "deficits": "Профессиональные дефициты",
    "iom": "Учёт индивидуальных маршрутов",
    "courses": "Переподготовка и курсы",
    "mentoring": "Реализация программ наставничества",
    "duet": "Педагогический дуэт",
    "network": "Сетевое взаимодействие",
    "early": "Поддержка молодых педагогов и наставничество",
    "burnout": "Профессиональное выгорание",
}
"""Monitorings of the cyclogram from August on, with their titles."""
SHORT_LIMIT = 32
TITLE_LIMIT = 100
DEFINITION_LIMIT = 200
CODE_LIMIT = 30


class RegistryError(ValueError):
    """The file cannot be used; `problems` has a line for each mistake."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


@dataclass(frozen=True, slots=True)
class Registry:
    """`all` indicators, section by section, in the order in which they are told."""

    all: tuple[Indicator, ...]
    _by_code: Mapping[str, Indicator] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {indicator.code: indicator for indicator in self.all})

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def of(self, code: str) -> Indicator:
        """The indicator. Raises KeyError when there is none."""
        return self._by_code[code]

    def in_section(self, section: str) -> tuple[Indicator, ...]:
        """Indicators of one of `SECTIONS`."""
        return tuple(indicator for indicator in self.all if indicator.section == section)

    def of_monitoring(self, monitoring: str) -> tuple[Indicator, ...]:
        """Indicators of one of `MONITORINGS`."""
        return tuple(indicator for indicator in self.all if indicator.monitoring == monitoring)

    def at(self, level: Level) -> tuple[Indicator, ...]:
        """Indicators that places of the level have."""
        return tuple(indicator for indicator in self.all if level in indicator.levels)

    @property
    def planned(self) -> tuple[Indicator, ...]:
        """Indicators that a plan can be set for."""
        return tuple(indicator for indicator in self.all if indicator.planned)


@checked_dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class _Written:
    """One indicator as the file has it."""

    code: str
    title: str
    short: str
    definition: str
    form: Form
    unit: Unit
    of: tuple[str, str]
    rule: Rule
    to: tuple[str, str] | None = None
    better: Better = Better.NEITHER
    levels: frozenset[Level] = frozenset(Level)
    monitoring: str = ""
    privacy: Privacy = Privacy.COUNTED
    planned: bool = False
    left_out: tuple[str, ...] = ()


@checked_dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class _File:
    reasons: dict[str, tuple[str, str, str]]
    sections: dict[str, tuple[_Written, ...]]


@cache
def registry() -> Registry:
    """Our indicators. Raises RegistryError for a file with a mistake."""
    return read(written())


def written() -> Any:
    """What the file has, as plain values."""
    return yaml.load(OURS.read_text(encoding="utf-8"), SafeLoader)


def read(values: Any) -> Registry:
    """The registry that plain values tell of. Raises RegistryError with every mistake found."""
    try:
        file = TypeAdapter(_File).validate_python(values)
    except ValidationError as refused:
        raise RegistryError([str(refused)]) from refused
    problems = [f"section {section} is unknown" for section in file.sections if section not in SECTIONS]
    problems += [f"section {section} is missing" for section in SECTIONS if not file.sections.get(section)]
    reasons = {code: LeftOut(*reason) for code, reason in file.reasons.items()}
    for reason, left_out in reasons.items():
        problems += [f"{reason}: no such fact: {code}" for code in _unknown((left_out.fact, left_out.less))]
    found: list[Indicator] = []
    for section in (section for section in SECTIONS if section in file.sections):
        for one in file.sections[section]:
            problems += _problems(one, reasons)
            found.append(_indicator(one, section, reasons))
    codes = Counter(indicator.code for indicator in found)
    problems += [f"{code} is there {count} times" for code, count in codes.items() if count > 1]
    used = {reason for section in file.sections.values() for one in section for reason in one.left_out}
    problems += [f"reason {reason} is not used" for reason in reasons if reason not in used]
    if problems:
        raise RegistryError(problems)
    return Registry(tuple(found))


def _problems(one: _Written, reasons: Mapping[str, LeftOut]) -> list[str]:
    facts = (one.of[0], one.to[0]) if one.to else (one.of[0],)
    found = [f"no such fact: {code}" for code in _unknown(facts)]
    found += [f"no such reason: {reason}" for reason in one.left_out if reason not in reasons]
    if one.monitoring and one.monitoring not in MONITORINGS:
        found.append(f"no such monitoring: {one.monitoring}")
    if (one.form is Form.COUNT) != (one.to is None):
        found.append("a count has no denominator, a share and a mean have one")
    if one.planned and one.form is Form.MEAN:
        found.append("a plan is for a count or a share")
    if any(fact_codes.published(code) for code in facts) != (one.privacy is Privacy.GROUP):
        found.append("published figures, and only they, are of the class group")
    for name, text, limit in (
        ("code", one.code, CODE_LIMIT),
        ("title", one.title, TITLE_LIMIT),
        ("short", one.short, SHORT_LIMIT),
        ("definition", one.definition, DEFINITION_LIMIT),
    ):
        if not 0 < len(text.strip()) <= limit:
            found.append(f"{name} has {len(text)} characters, at most {limit} are allowed")
    return [f"{one.code}: {problem}" for problem in found]


def _indicator(one: _Written, section: str, reasons: Mapping[str, LeftOut]) -> Indicator:
    denominator, denominator_words = one.to or ("", "")
    return Indicator(
        code=one.code,
        title=one.title,
        short=one.short,
        definition=one.definition,
        form=one.form,
        unit=one.unit,
        numerator=one.of[0],
        numerator_words=one.of[1],
        denominator=denominator,
        denominator_words=denominator_words,
        better=one.better,
        rule=one.rule,
        levels=one.levels,
        monitoring=one.monitoring,
        section=section,
        privacy=one.privacy,
        planned=one.planned,
        left_out=tuple(reasons[reason] for reason in one.left_out if reason in reasons),
    )


def _unknown(codes: Iterable[str]) -> list[str]:
    return [code for code in codes if not fact_codes.known(code)]
