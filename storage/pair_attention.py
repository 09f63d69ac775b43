"""Queries for what calls for attention: silent pairs, late stages, lost offers, meetings nobody has confirmed."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from services.mentoring.health.ports import (
    LateStage,
    LongWaiting,
    LostOffer,
    OpenMeeting,
    SilentPair,
    Terms,
)
from services.mentoring.meetings.meeting import MeetingState
from services.mentoring.pair import EndReason, PairHappening, PairState
from services.mentoring.programs.program import StageNumber
from services.mentoring.requests.request import RequestState
from services.people.model import Role
from storage.mentoring_tables import meetings, mentee_requests, pair_history, pair_stages, pairs
from storage.reachable import agrees
from storage.tables import organisations, people, roles

FIGURE_DAYS = 30
"""Days that the figures of meetings and the lost offers go back."""
_mentor = people.alias("mentor")
_mentee = people.alias("mentee")
_NAMES = (_mentor.c.full_name.label("mentor"), _mentee.c.full_name.label("mentee"), organisations.c.name)
_NAMED = (
    pairs.join(_mentor, _mentor.c.id == pairs.c.mentor_id)
    .join(_mentee, _mentee.c.id == pairs.c.mentee_id)
    .join(organisations, organisations.c.id == pairs.c.school_id)
)


def both_agree(consent: str | None) -> ColumnElement[bool]:
    """Whether both of a pair agree to that version of the consent, with None to any."""
    return and_(agrees(pairs.c.mentor_id, consent), agrees(pairs.c.mentee_id, consent))


def quiet_for(days: int, terms: Terms) -> ColumnElement[bool]:
    """Whether a pair works, and for so many days has neither met nor begun nor come back from a pause."""
    limit = terms.before(days)
    resumed = exists().where(
        pair_history.c.pair_id == pairs.c.id,
        pair_history.c.what == PairHappening.RESUMED.value,
        pair_history.c.at >= terms.after(days),
    )
    return and_(
        pairs.c.state == PairState.ACTIVE.value,
        pairs.c.started_on <= limit,
        or_(pairs.c.last_met_on.is_(None), pairs.c.last_met_on <= limit),
        ~resumed,
    )


def silent(terms: Terms) -> ColumnElement[bool]:
    """Whether a pair is silent."""
    return quiet_for(terms.silent_days, terms)


def in_window(terms: Terms) -> ColumnElement[bool]:
    """Whether a meeting was held within the days that figures tell of."""
    return and_(meetings.c.held_on > terms.before(FIGURE_DAYS), meetings.c.held_on <= terms.today)


UNCONFIRMED = meetings.c.state != MeetingState.CONFIRMED.value


def late_stage(days: int, terms: Terms) -> ColumnElement[bool]:
    """Whether a stage is its working pair's present one, and ended longer than so many days ago."""
    earlier = pair_stages.alias("earlier")
    before = exists().where(
        earlier.c.pair_id == pair_stages.c.pair_id,
        earlier.c.number < pair_stages.c.number,
        earlier.c.done_on.is_(None),
    )
    return and_(
        pairs.c.state == PairState.ACTIVE.value,
        pair_stages.c.done_on.is_(None),
        pair_stages.c.ends_on < terms.before(days),
        ~before,
    )


def lost_offer(days: int, terms: Terms) -> ColumnElement[bool]:
    """Whether an offer was not answered within the last days, its mentee waits on, and nothing came after it."""
    later = pairs.alias("later")
    return and_(
        pairs.c.state == PairState.DECLINED.value,
        pairs.c.end_reason == EndReason.NO_ANSWER.value,
        pairs.c.ended_on > terms.before(days),
        ~exists().where(later.c.mentee_id == pairs.c.mentee_id, later.c.id > pairs.c.id),
        exists().where(
            mentee_requests.c.id == pairs.c.request_id, mentee_requests.c.state == RequestState.OPEN.value
        ),
    )


def waits(consent: str | None) -> ColumnElement[bool]:
    """Whether a request waits for a mentor; the same rule as in `RequestTable.waiting`."""
    seated = pairs.alias("seated")
    person = mentee_requests.c.person_id
    return and_(
        mentee_requests.c.state == RequestState.OPEN.value,
        exists().where(
            roles.c.person_id == person,
            roles.c.organisation_id == mentee_requests.c.school_id,
            roles.c.role == Role.TEACHER.value,
        ),
        agrees(person, consent),
        ~exists().where(seated.c.mentee_id == person, seated.c.seat.is_not(None)),
    )


def silent_pairs(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Those silent longest first; `silent_pair` reads a row."""
    since = func.coalesce(pairs.c.last_met_on, pairs.c.started_on)
    return (
        select(pairs.c.id, pairs.c.turn, *_NAMES, pairs.c.started_on, pairs.c.last_met_on, pairs.c.nudged_on)
        .select_from(_NAMED)
        .where(*conditions)
        .order_by(since, pairs.c.id)
    )


def silent_pair(row: Any) -> SilentPair:
    return SilentPair(*row)


def open_meetings(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Disputed ones first, then the oldest; `open_meeting` reads a row."""
    return (
        select(meetings.c.id, *_NAMES, meetings.c.held_on, meetings.c.state)
        .select_from(_NAMED.join(meetings, meetings.c.pair_id == pairs.c.id))
        .where(UNCONFIRMED, *conditions)
        .order_by(meetings.c.state != MeetingState.DISPUTED.value, meetings.c.held_on, meetings.c.id)
    )


def open_meeting(row: Any) -> OpenMeeting:
    disputed = row.state == MeetingState.DISPUTED.value
    return OpenMeeting(row.id, row.mentor, row.mentee, row.name, row.held_on, disputed)


def late_stages(*conditions: ColumnElement[bool]) -> Select[Any]:
    """The oldest term first; `stage_of_row` reads a row."""
    return (
        select(pairs.c.id, *_NAMES, pair_stages.c.number, pair_stages.c.ends_on)
        .select_from(_NAMED.join(pair_stages, pair_stages.c.pair_id == pairs.c.id))
        .where(*conditions)
        .order_by(pair_stages.c.ends_on, pairs.c.id)
    )


def stage_of_row(row: Any) -> LateStage:
    return LateStage(row.id, row.mentor, row.mentee, row.name, StageNumber(row.number), row.ends_on)


def lost_offers(*conditions: ColumnElement[bool]) -> Select[Any]:
    """The newest first; `offer_of_row` reads a row."""
    return (
        select(pairs.c.id, *_NAMES, pairs.c.ended_on)
        .select_from(_NAMED)
        .where(*conditions)
        .order_by(pairs.c.ended_on.desc(), pairs.c.id.desc())
    )


def offer_of_row(row: Any) -> LostOffer:
    return LostOffer(*row)


def waiting(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Who waits longest first; `waiting_of_row` reads a row."""
    return (
        select(people.c.id, people.c.full_name, organisations.c.name, mentee_requests.c.waits_since)
        .select_from(
            mentee_requests.join(people, people.c.id == mentee_requests.c.person_id).join(
                organisations, organisations.c.id == mentee_requests.c.school_id
            )
        )
        .where(*conditions)
        .order_by(mentee_requests.c.waits_since, mentee_requests.c.id)
    )


def waiting_of_row(row: Any) -> LongWaiting:
    return LongWaiting(*row)
