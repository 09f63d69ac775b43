"""Meetings of a pair in figures."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.mentoring.meetings.meeting import Meeting, MeetingState


@dataclass(frozen=True, slots=True)
class Tally:
    """How many meetings, how many minutes where they are told, of how many they are not; states."""

    meetings: int
    minutes: int
    without_length: int
    confirmed: int
    disputed: int


def tally(meetings: Iterable[Meeting]) -> Tally:
    """The figures of these meetings."""
    every = list(meetings)
    lengths = [meeting.told.minutes for meeting in every if meeting.told.minutes is not None]
    return Tally(
        len(every),
        sum(lengths),
        len(every) - len(lengths),
        sum(meeting.state is MeetingState.CONFIRMED for meeting in every),
        sum(meeting.state is MeetingState.DISPUTED for meeting in every),
    )
