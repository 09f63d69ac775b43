"""Mentoring of one person, deleted whole; what has had its term is forgotten."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Delete, Select, Update, and_, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.mentoring_tables import (
    matching_proposals,
    matching_runs,
    meeting_drafts,
    meeting_files,
    meetings,
    mentee_requests,
    mentor_cards,
    mentor_seats,
    pair_bars,
    pair_history,
    pair_programs,
    pair_stages,
    pairs,
)

_CHOICES = (mentee_requests.c.first_choice, mentee_requests.c.second_choice, mentee_requests.c.third_choice)
_NAMED = (
    mentor_cards.c.proposed_by,
    mentor_cards.c.approved_by,
    mentee_requests.c.made_by,
    *_CHOICES,
    pair_bars.c.made_by,
    matching_runs.c.made_by,
    pairs.c.proposed_by,
    pair_history.c.actor_id,
    meetings.c.logged_by,
)
"""Where somebody is named in what is about others."""


def locking_pairs(person_id: int) -> Select[tuple[int]]:
    """The person's pairs, held: whoever logs a meeting of one at the same moment is waited for."""
    mine = or_(pairs.c.mentor_id == person_id, pairs.c.mentee_id == person_id)
    return select(pairs.c.id).where(mine).with_for_update()


async def forget_words_about(connection: AsyncConnection, mentee_id: int) -> None:
    """Take the mentee out of what their mentors have written of meetings: those words may name them.

    What was about them alone is deleted; of a meeting with others only the words go.
    """
    led = (
        await connection.execute(select(pairs.c.id, pairs.c.mentor_id).where(pairs.c.mentee_id == mentee_id))
    ).all()
    gone = {row.id for row in led}
    written = await connection.execute(
        select(meeting_drafts.c.id, meeting_drafts.c.fields, meeting_drafts.c.meeting_id).where(
            meeting_drafts.c.author_id.in_({row.mentor_id for row in led})
        )
    )
    for row in written.all():
        value, candidates = row.fields.get("whom") or (None, ())
        named = {*(value or ()), *(pair_id for each in candidates for pair_id in each)}
        if not named & gone:
            continue
        if named <= gone:
            await connection.execute(delete(meeting_drafts).where(meeting_drafts.c.id == row.id))
            continue
        others = [pair_id for pair_id in value or () if pair_id not in gone]
        fields = {**row.fields, "whom": [others or None, []], "topic": [None, []], "agreement": [None, []]}
        await connection.execute(
            update(meeting_drafts).where(meeting_drafts.c.id == row.id).values(words="", fields=fields)
        )
        await connection.execute(update(meetings).where(meetings.c.draft_id == row.id).values(words=""))


def erasing_mentoring(person_id: int) -> Sequence[Delete | Update]:
    """Delete the person's card, requests and pairs; in those of others they are nobody any more.

    Whoever they were the mentor of waits for another one, from as long ago as before.
    """
    own = select(pairs.c.id).where(or_(pairs.c.mentor_id == person_id, pairs.c.mentee_id == person_id))
    other = mentee_requests.alias("other")
    asks_again = exists().where(
        other.c.person_id == mentee_requests.c.person_id, other.c.state.in_(("draft", "open"))
    )
    led = select(pairs.c.request_id).where(pairs.c.mentor_id == person_id, pairs.c.seat.is_not(None))
    requests = select(mentee_requests.c.id).where(mentee_requests.c.person_id == person_id)
    drafts = select(meeting_drafts.c.id).where(meeting_drafts.c.author_id == person_id)
    of_pairs = select(meetings.c.draft_id).where(meetings.c.pair_id.in_(own), meetings.c.draft_id.is_not(None))
    # Several pairs may have met in one: the files are of those, too.
    kept = select(meetings.c.draft_id).where(meetings.c.pair_id.not_in(own), meetings.c.draft_id.is_not(None))
    return [
        update(mentee_requests)
        .where(mentee_requests.c.id.in_(led), mentee_requests.c.state == "paired", ~asks_again)
        .values(state="open", closed_at=None),
        delete(meeting_files).where(
            or_(
                meeting_files.c.draft_id.in_(drafts),
                and_(meeting_files.c.draft_id.in_(of_pairs), meeting_files.c.draft_id.not_in(kept)),
            )
        ),
        *_deleting(own),
        delete(meeting_drafts).where(meeting_drafts.c.author_id == person_id),
        delete(matching_proposals).where(
            or_(
                matching_proposals.c.mentee_id == person_id,
                matching_proposals.c.mentor_id == person_id,
                matching_proposals.c.request_id.in_(requests),
            )
        ),
        delete(pair_bars).where(or_(pair_bars.c.mentor_id == person_id, pair_bars.c.mentee_id == person_id)),
        delete(mentee_requests).where(mentee_requests.c.person_id == person_id),
        delete(mentor_seats).where(mentor_seats.c.mentor_id == person_id),
        delete(mentor_cards).where(mentor_cards.c.person_id == person_id),
        *(update(column.table).where(column == person_id).values({column.name: None}) for column in _NAMED),
    ]


def forgetting_mentoring(before: datetime) -> Sequence[Delete | Update]:
    """Delete pairs that ended before the moment, and the runs and closed requests from before it."""
    ended = and_(
        pairs.c.seat.is_(None),
        or_(pairs.c.ended_on < before.date(), and_(pairs.c.ended_on.is_(None), pairs.c.proposed_at < before)),
    )
    gone = select(pairs.c.id).where(ended)
    of_pairs = select(meetings.c.draft_id).where(meetings.c.pair_id.in_(gone), meetings.c.draft_id.is_not(None))
    kept = select(meetings.c.draft_id).where(meetings.c.pair_id.not_in(gone), meetings.c.draft_id.is_not(None))
    runs = select(matching_runs.c.id).where(matching_runs.c.made_at < before)
    used = or_(
        exists().where(pairs.c.request_id == mentee_requests.c.id),
        exists().where(matching_proposals.c.request_id == mentee_requests.c.id),
    )
    return [
        delete(meeting_files).where(meeting_files.c.draft_id.in_(of_pairs), meeting_files.c.draft_id.not_in(kept)),
        *_deleting(gone),
        delete(matching_proposals).where(matching_proposals.c.run_id.in_(runs)),
        delete(matching_runs).where(matching_runs.c.made_at < before),
        delete(mentee_requests).where(mentee_requests.c.closed_at < before, ~used),
    ]


def _deleting(gone: Select[tuple[int]]) -> Sequence[Delete]:
    its_meetings = select(meetings.c.id).where(meetings.c.pair_id.in_(gone))
    return [
        delete(meeting_drafts).where(meeting_drafts.c.meeting_id.in_(its_meetings)),
        *(
            delete(table).where(table.c.pair_id.in_(gone))
            for table in (meetings, pair_history, pair_stages, pair_programs)
        ),
        delete(pairs).where(pairs.c.id.in_(gone)),
    ]
