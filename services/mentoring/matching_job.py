"""Matching in the worker process: picklable values go in, JSON comes out."""

import json
from pathlib import Path

from services.mentoring.matching import match
from services.mentoring.proposals import matching_to_json
from services.mentoring.sides import Aim, Facts, MenteeSide, MentorSide
from services.mentoring.weights import weights_of


def run(
    mentors: tuple[MentorSide, ...],
    mentees: tuple[MenteeSide, ...],
    facts: Facts,
    aim: Aim,
    weights: Path | None,
) -> bytes:
    """The matching as JSON bytes; `weights` is an operator's file, the rest is as in `match`.

    Raises WeightsError, ValueError.
    """
    matching = match(mentors, mentees, facts, weights_of(weights), aim)
    return json.dumps(matching_to_json(matching), ensure_ascii=False).encode()
