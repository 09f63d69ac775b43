"""What stands in an analytical note, in words: the fields are the names that a template may use."""

from dataclasses import dataclass

from services.word_template import Picture

Pictures = tuple[Picture, ...]
"""Charts side by side."""


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of a table; «—» stands where there is nothing to tell."""

    name: str
    plan: str
    fact: str
    percent: str
    before: str
    change: str


@dataclass(frozen=True, slots=True)
class Part:
    """A table of indicators. `planned`: some of them have a plan; `compared`: some were known before.

    `empty` stands in place of a table without lines; `remarks` name what is not in it and why.
    """

    lines: tuple[Line, ...]
    planned: bool
    empty: str
    remarks: tuple[str, ...] = ()
    compared: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """A count with its share of all."""

    name: str
    count: str
    share: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table whose columns are told elsewhere."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with columns of its own; `empty` stands in place of one without rows."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is not scored, and what was chosen."""

    name: str
    answers: str


@dataclass(frozen=True, slots=True)
class Test:
    """Results of one diagnosis in aggregate. `silence` says why there are none."""

    title: str
    about: str
    silence: str
    levels: Grid
    symptoms_title: str
    symptoms: tuple[Counted, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Schools alike."""

    title: str
    schools: str
    features: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """How schools differ by an indicator."""

    name: str
    mean: str
    median: str
    best: str
    worst: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """A drafted sentence and the indicator that it comes from."""

    words: str
    indicator: str


@dataclass(frozen=True, slots=True)
class Addressed:
    """What is recommended to one addressee."""

    addressee: str
    advice: tuple[Drafted, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A measure with its term and whoever is responsible."""

    number: str
    words: str
    due: str
    responsible: str
    indicator: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A measure of an earlier note: its indicator then and now."""

    measure: str
    indicator: str
    then: str
    now: str
    change: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What a figure is made of, and what it means."""

    name: str
    definition: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Origins:
    """Figures of one section; `missing` names those that nothing is known of."""

    title: str
    lines: tuple[Origin, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class Charts:
    """Rows of charts, by what they show."""

    plan: tuple[Pictures, ...] = ()
    diagnostics: tuple[Pictures, ...] = ()
    mentoring: tuple[Pictures, ...] = ()
    dynamics: tuple[Pictures, ...] = ()
    comparison: tuple[Pictures, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """The whole note. `number` is empty where nobody has kept the figures; `municipal`: it is about
    several schools."""

    number: str
    made_on: str
    made_on_short: str
    place: str
    municipal: bool
    period: str
    days: str
    previous: str
    basis: tuple[str, ...]
    participants: Part
    plan: Part
    diagnostics: Part
    burnout: Part
    tests: tuple[Test, ...]
    mentoring: Part
    forms: Part
    stages: Part
    funnel: tuple[Counted, ...]
    early: Part
    iom: Part
    events: Part
    network: Part
    staffing: Part
    documents: Part
    grouping: str
    groups: tuple[Group, ...]
    factor_words: str
    factors: tuple[str, ...]
    ranking: tuple[Ranked, ...]
    dynamics: Grid
    dynamics_more: str
    achieved: tuple[Drafted, ...]
    attention: tuple[Drafted, ...]
    attention_more: str
    recommendations: tuple[Addressed, ...]
    measures: tuple[Decision, ...]
    effects: tuple[Outcome, ...]
    origins: tuple[Origins, ...]
    schools: Grid
    charts: Charts = Charts()
