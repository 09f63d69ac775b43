"""What is taken of a message as it was read, and what the mentor is asked about it, one question after another."""

from dataclasses import replace
from datetime import date, timedelta
from typing import assert_never

from services.mentoring.meetings.circle import Circle
from services.mentoring.meetings.draft import GUIDED, Field, Fields
from services.mentoring.meetings.meeting import LONGEST_MINUTES, MeetingForm
from services.mentoring.messages.understood import Guess, Understood

LONGEST_AGO = timedelta(days=366)
"""A meeting is logged at most so long after it."""
FURTHEST = timedelta(days=183)
"""The next meeting is agreed at most so far ahead."""


def from_words(understood: Understood, circle: Circle, today: date) -> Fields:
    """The fields as a message tells them: nothing is taken for sure that cannot be so."""
    whom = _pairs(understood.whom, circle)
    named = whom.value or tuple(pair for each in whom.candidates for pair in each)
    next_on = _within(understood.next_on, today, today + FURTHEST)
    steps = {step.step_id for step in circle.steps_of(named or tuple(circle.pairs))}
    return Fields(
        whom=whom,
        held_on=_day(understood.held_on, circle.believable_from(named), today),
        form=understood.form,
        minutes=_minutes(understood.minutes),
        topic=understood.topic,
        agreement=understood.agreement,
        next_on=next_on,
        next_at=understood.next_at,
        step_id=Guess(
            understood.step_id.value if understood.step_id.value in steps else None,
            tuple(each for each in understood.step_id.candidates if each in steps),
        ),
        planned=understood.in_future,
        stranger=", ".join(understood.unknown_names),
    )


def by_buttons(circle: Circle, pair_id: int = 0) -> Fields:
    """The fields of a meeting that is told of by buttons, with the first question; `pair_id` 0: not said."""
    pairs = circle.of((pair_id,)) or (tuple(circle.pairs) if len(circle.pairs) == 1 else ())
    if pairs:
        return Fields(whom=Guess(pairs), asking=Field.DAY)
    return Fields(asking=Field.WHOM)


def after(fields: Fields) -> Fields:
    """The fields with the question that follows the one just answered; none after the last."""
    if fields.asking is None:
        return fields
    place = GUIDED.index(fields.asking) + 1
    return replace(fields, asking=GUIDED[place] if place < len(GUIDED) else None)


def questions(circle: Circle) -> tuple[Field, ...]:
    """What is asked, in order. With one mentee nobody asks with whom."""
    return tuple(each for each in GUIDED if each is not Field.WHOM or len(circle.pairs) != 1)


def before(fields: Fields, circle: Circle) -> Field | None:
    """The question before the one that stands; None at the first."""
    if fields.asking is None:
        return None
    asked = questions(circle)
    place = asked.index(fields.asking) if fields.asking in asked else 0
    return asked[place - 1] if place else None


def chosen(fields: Fields, what: Field, code: str, circle: Circle, today: date) -> Fields | None:
    """The fields with what a button says; None for a code that means nothing here.

    Empty: nothing of it is told. `c1` is the second candidate, `d` a day by its ordinal, `h` an hour, `n` a number
    or an id, `f` a form.
    """
    kind, rest = code[:1], code[1:]
    if kind == "c" and rest.isdecimal():
        return _candidate(fields, what, int(rest))
    match what:
        case Field.WHOM:
            pairs = circle.of((_number(rest),))
            return replace(fields, whom=Guess(pairs), stranger="") if kind == "n" and pairs else None
        case Field.DAY:
            day = _day_number(rest) if kind == "d" else None
            fits = day is not None and today - LONGEST_AGO <= day <= today
            return replace(fields, held_on=Guess(day), planned=False) if fits else None
        case Field.FORM:
            fits = kind == "f" and rest in set(MeetingForm)
            return replace(fields, form=Guess(MeetingForm(rest))) if fits else None
        case Field.MINUTES:
            minutes = _number(rest) if kind == "n" else 0
            fits = code == "" or 0 < minutes <= LONGEST_MINUTES
            return replace(fields, minutes=Guess(minutes or None)) if fits else None
        case Field.TOPIC:
            return replace(fields, topic=Guess()) if code == "" else None
        case Field.AGREEMENT:
            return replace(fields, agreement=Guess()) if code == "" else None
        case Field.NEXT:
            return _next(fields, kind, rest, today)
        case Field.STEP:
            known = {step.step_id for step in circle.steps_of(fields.whom.value or ())}
            step_id = _number(rest) if kind == "n" else 0
            fits = code == "" or step_id in known
            return replace(fields, step_id=Guess(step_id or None)) if fits else None
        case _:
            assert_never(what)


def toggled(fields: Fields, pair_id: int, circle: Circle) -> Fields:
    """The fields with one mentee more, or one fewer."""
    pairs = set(fields.whom.value or ()) ^ set(circle.of((pair_id,)))
    ordered = tuple(known.pair_id for known in circle.mentees if known.pair_id in pairs)
    return replace(fields, whom=Guess(ordered or None), stranger="")


def still_fitting(fields: Fields, circle: Circle) -> Fields:
    """The fields without pairs and steps that are the mentor's no more."""
    if fields.whom.value is not None:
        kept = circle.of(fields.whom.value)
        fields = replace(fields, whom=Guess(kept or None))
    if fields.step_id.value is not None:
        known = {step.step_id for step in circle.steps_of(fields.whom.value or ())}
        fields = fields if fields.step_id.value in known else replace(fields, step_id=Guess())
    return fields


def _pairs(guess: Guess[tuple[int, ...]], circle: Circle) -> Guess[tuple[int, ...]]:
    value = circle.of(guess.value) if guess.value is not None else ()
    candidates = dict.fromkeys(circle.of(each) for each in guess.candidates)
    return Guess(value or None, tuple(each for each in candidates if each))


def _day(guess: Guess[date], earliest: date, today: date) -> Guess[date]:
    if guess.value is not None and earliest <= guess.value <= today:
        return guess
    days = dict.fromkeys((guess.value, *guess.candidates) if guess.value is not None else guess.candidates)
    return Guess(None, tuple(day for day in days if today - LONGEST_AGO <= day <= today))


def _within(guess: Guess[date], earliest: date, latest: date) -> Guess[date]:
    value = guess.value if guess.value is not None and earliest <= guess.value <= latest else None
    return Guess(value, tuple(day for day in guess.candidates if earliest <= day <= latest))


def _minutes(guess: Guess[int]) -> Guess[int]:
    value = guess.value if guess.value is not None and 0 < guess.value <= LONGEST_MINUTES else None
    return Guess(value, tuple(each for each in guess.candidates if 0 < each <= LONGEST_MINUTES))


def _candidate(fields: Fields, what: Field, place: int) -> Fields | None:
    if what is Field.WHOM and place < len(fields.whom.candidates):
        return replace(fields, whom=Guess(fields.whom.candidates[place]), stranger="")
    if what is Field.DAY and place < len(fields.held_on.candidates):
        return replace(fields, held_on=Guess(fields.held_on.candidates[place]), planned=False)
    if what is Field.FORM and place < len(fields.form.candidates):
        return replace(fields, form=Guess(fields.form.candidates[place]))
    if what is Field.MINUTES and place < len(fields.minutes.candidates):
        return replace(fields, minutes=Guess(fields.minutes.candidates[place]))
    if what is Field.TOPIC and place < len(fields.topic.candidates):
        return replace(fields, topic=Guess(fields.topic.candidates[place]))
    if what is Field.AGREEMENT and place < len(fields.agreement.candidates):
        return replace(fields, agreement=Guess(fields.agreement.candidates[place]))
    if what is Field.NEXT and place < len(fields.next_on.candidates):
        return replace(fields, next_on=Guess(fields.next_on.candidates[place]))
    if what is Field.STEP and place < len(fields.step_id.candidates):
        return replace(fields, step_id=Guess(fields.step_id.candidates[place]))
    return None


def _next(fields: Fields, kind: str, rest: str, today: date) -> Fields | None:
    if not kind:
        return replace(fields, next_on=Guess(), next_at=Guess())
    if kind == "h" and fields.next_on.is_sure:
        hour = f"{rest[:2]}:{rest[2:]}" if len(rest) == 4 and rest.isdecimal() else None
        return replace(fields, next_at=Guess(hour)) if hour or not rest else None
    day = _day_number(rest) if kind == "d" else None
    if day is None or not today <= day <= today + FURTHEST:
        return None
    return replace(fields, next_on=Guess(day), next_at=Guess())


def _number(digits: str) -> int:
    return int(digits) if digits.isdecimal() and len(digits) < 19 else 0


def _day_number(digits: str) -> date | None:
    number = _number(digits)
    return date.fromordinal(number) if 0 < number <= date.max.toordinal() else None
