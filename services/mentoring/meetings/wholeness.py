"""Whether words tell of a whole meeting where one question was asked, and what they then add to what is known."""

from dataclasses import replace
from typing import Any

from services.mentoring.meetings.draft import Field, Fields
from services.mentoring.messages.understood import Guess, Understood

BESIDES = 2
"""A meeting that is told of as a whole tells so much besides what was asked."""
BESIDES_OWN_WORDS = 3
"""A topic and an agreement are written in any words: only so much of whom, when, how and how long is none."""


def tells_more(understood: Understood, asked: Field) -> bool:
    """Whether the words, read as a message of their own, are more than an answer to the question."""
    if not understood.about_meeting or understood.in_future:
        return False
    told: dict[Field, Guess[Any]] = {
        Field.WHOM: understood.whom,
        Field.DAY: understood.held_on,
        Field.FORM: understood.form,
        Field.MINUTES: understood.minutes,
    }
    if asked in (Field.TOPIC, Field.AGREEMENT):
        return sum(guess.is_sure for guess in told.values()) >= BESIDES_OWN_WORDS
    told |= {Field.TOPIC: understood.topic, Field.AGREEMENT: understood.agreement, Field.NEXT: understood.next_on}
    return sum(guess.is_sure for field, guess in told.items() if field is not asked) >= BESIDES


def told_besides(before: Fields, told: Fields) -> Fields:
    """What was answered so far with what the words tell now, and no question that leads on."""
    chosen = before.whom.value in told.whom.candidates and not told.stranger
    silent = not told.whom.is_sure and not told.whom.is_unsure and not told.stranger
    return replace(
        told,
        whom=before.whom if chosen or silent else told.whom,
        held_on=_either(told.held_on, before.held_on),
        form=told.form if told.form.is_sure or not before.form.is_sure else before.form,
        minutes=_either(told.minutes, before.minutes),
        topic=_either(told.topic, before.topic),
        agreement=_either(told.agreement, before.agreement),
        next_on=_either(told.next_on, before.next_on),
        next_at=_either(told.next_at, before.next_at),
        step_id=_either(told.step_id, before.step_id),
    )


def _either(told: Guess[Any], before: Guess[Any]) -> Guess[Any]:
    return told if told.is_sure or told.is_unsure else before
