"""What official forms of schools tell, as facts by code. They are about organisations: nothing is hidden."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.diagnostics.instrument import ANSWERED

Facts = dict[str, float]

_POSTS = {"staffing.posts": 2, "staffing.need": 3, "staffing.headcount": 4, "staffing.under_35": 5}
_HEADCOUNT, _MEAN_AGE = 4, 6
_HAS_VACANCIES, _VACANCIES = 7, (*range(9, 24), 25)
_HAS_DOCUMENTS, _WHICH_DOCUMENTS, _DOCUMENTS = 27, 28, "poria"
_OTHER_FORMS = {
    "pairs.other.teacher_pupil": 2,
    "pairs.other.pupil_pupil": 3,
    "pairs.other.student_pupil": 4,
    "pairs.other.employer_pupil": 5,
    "pairs.other.leader_teacher": 6,
}
_NETWORK_HEADCOUNT, _IN_COMMUNITIES, _TAKES_PART = 2, 3, 4


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a school: packed answers and values kept beside them, both by the numbers of items from 1 on."""

    marks: str
    values: Mapping[int, object]

    def number(self, item: int) -> float | None:
        """The number that was given; None where there is none."""
        value = self.values.get(item)
        return float(value) if isinstance(value, int | float) else None

    def mark(self, item: int) -> str:
        """The character of an item; empty when the form has no such item."""
        return self.marks[item - 1 : item]


def _staffing(form: Form) -> Facts:
    found: dict[str, float] = {"staffing.forms": 1}
    found |= {code: number for code, item in _POSTS.items() if (number := form.number(item)) is not None}
    if form.mark(_HAS_VACANCIES) in ("y", "n"):
        found["staffing.vacancies"] = sum(form.number(item) or 0 for item in _VACANCIES)
    people, age = form.number(_HEADCOUNT), form.number(_MEAN_AGE)
    if people is not None and age is not None:
        found |= {"staffing.age_sum": round(people * age, 1), "staffing.age_people": people}
    return found | _documents(form)


def _documents(form: Form) -> Facts:
    if form.mark(_HAS_DOCUMENTS) not in ("y", "n"):
        return {}
    answered = form.mark(_WHICH_DOCUMENTS) == ANSWERED
    there = str(form.values.get(_WHICH_DOCUMENTS, "")) if answered else ""
    has = {f"documents.{code}": float(code in there) for code in _DOCUMENTS}
    return {"documents.forms": 1, **has, "documents.complete": float(all(has.values()))}


def _other_forms(form: Form) -> Facts:
    return {"pairs.other.forms": 1} | {code: form.number(item) or 0 for code, item in _OTHER_FORMS.items()}


def _network(form: Form) -> Facts:
    found: dict[str, float] = {"network.forms": 1, "network.schools": float(form.mark(_TAKES_PART) == "y")}
    people, taking_part = form.number(_NETWORK_HEADCOUNT), form.number(_IN_COMMUNITIES)
    if people is not None and taking_part is not None:
        found |= {"network.headcount": people, "network.teachers": taking_part}
    return found


_READERS: Mapping[str, Callable[[Form], Facts]] = {
    "staffing": _staffing,
    "mentoring_school": _other_forms,
    "network": _network,
}
FORMS = frozenset(_READERS)
"""Instruments that facts are read from."""
HANDED_IN = ("staffing.forms", "documents.forms", "pairs.other.forms", "network.forms")
"""How many schools have told; 0 where none has, while what they would tell is absent then."""


def facts_of(instrument: str, form: Form) -> Facts:
    """What a school's form tells. Raises KeyError for an instrument that is none of `FORMS`."""
    return _READERS[instrument](form)
