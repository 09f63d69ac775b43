"""Tables of all pairs at once: a row for each mentee, a column for each mentor."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from services.mentoring.sides import MenteeSide, MentorSide

Table = NDArray[np.int64]
Marks = NDArray[np.bool_]


def numbers(values: Iterable[int]) -> Table:
    """A row of whole numbers."""
    return np.array(list(values), dtype=np.int64)


def same_school(mentors: Sequence[MentorSide], mentees: Sequence[MenteeSide]) -> Marks:
    """Who work side by side."""
    marks: Marks = np.equal.outer(
        numbers(each.school_id for each in mentees), numbers(each.school_id for each in mentors)
    )
    return marks


def reached(mentors: Sequence[MentorSide], mentees: Sequence[MenteeSide]) -> Marks:
    """Where the mentor takes mentees of other schools of their municipality, and the mentee is from there."""
    # A school may lie in no municipality: 0 is nobody's id.
    near = np.equal.outer(
        numbers(each.municipality_id or 0 for each in mentees),
        numbers(each.municipality_id or 0 for each in mentors),
    )
    marks: Marks = near & np.array([each.reaches_out for each in mentors], dtype=np.bool_)
    return marks
