"""What words say of a meeting without being sure is asked about, never dropped."""

from datetime import UTC, date, datetime

from services.mentoring.meetings.asking import chosen, from_words
from services.mentoring.meetings.circle import Circle
from services.mentoring.meetings.draft import Field, doubtful, told_of
from services.mentoring.meetings.meeting import MeetingForm
from services.mentoring.messages.understood import Guess, Understood
from services.mentoring.pair import Pair, PairForm, PairState

TODAY = date(2026, 11, 24)
LONG_AGO = datetime(2026, 10, 1, tzinfo=UTC)


def test_an_hour_that_may_be_at_night_or_in_the_afternoon_is_asked_about() -> None:
    pair = Pair(1, 2, 3, 4, PairForm.TEACHER_TEACHER, PairState.ACTIVE, LONG_AGO, LONG_AGO)
    circle = Circle({1: pair}, {1: "Петрова Анна"})
    understood = Understood(
        about_meeting=True,
        in_future=False,
        held_on=Guess(TODAY),
        form=Guess(MeetingForm.CONSULTATION),
        whom=Guess((1,)),
        agreement=Guess(None, ("созвониться", "прислать план")),
        next_on=Guess(date(2026, 11, 25)),
        next_at=Guess(None, ("15:00", "03:00")),
    )
    fields = from_words(understood, circle, TODAY)
    assert doubtful(fields) == (Field.AGREEMENT, Field.NEXT)
    for field, code in ((Field.AGREEMENT, "c1"), (Field.NEXT, "h1500")):
        answered = chosen(fields, field, code, circle, TODAY)
        assert answered is not None
        fields = answered
    assert doubtful(fields) == ()
    told = told_of(fields)
    assert (told.agreement, told.next_on, told.next_at) == ("прислать план", date(2026, 11, 25), "15:00")
