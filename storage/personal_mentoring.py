"""Mentoring in what the service holds about one person, read whole."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, and_, exists, literal, or_, select, union_all

from services.mentoring.pair import PairHappening
from storage.mentoring_tables import (
    matching_proposals,
    matching_runs,
    meeting_drafts,
    meeting_files,
    meetings,
    mentee_requests,
    mentor_cards,
    pair_bars,
    pair_history,
    pair_programs,
    pair_stages,
    pairs,
)
from storage.tables import iom_steps, organisations, people

_place = organisations.c.name.label("place")
_CHOICES = (mentee_requests.c.first_choice, mentee_requests.c.second_choice, mentee_requests.c.third_choice)
_BETWEEN = (
    PairHappening.DECLINED.value,
    PairHappening.PAUSED.value,
    PairHappening.END_ASKED.value,
    PairHappening.END_REFUSED.value,
)
"""What one of the two has told the curator alone."""


def mentoring_queries(person_id: int) -> Mapping[str, Select[*tuple[Any, ...]]]:
    """What is told of the person's mentoring, by kinds; of the others in it a name only where both know it."""
    mentor, mentee = people.alias("mentor"), people.alias("mentee")
    choices = [people.alias(f"choice_{number}") for number in (1, 2, 3)]
    in_pair = or_(pairs.c.mentor_id == person_id, pairs.c.mentee_id == person_id)
    own_pairs = select(pairs.c.id).where(in_pair)
    own_drafts = select(meeting_drafts.c.id).where(meeting_drafts.c.author_id == person_id)
    own_meetings = select(meetings.c.draft_id).where(meetings.c.pair_id.in_(own_pairs))
    return {
        "mentor_card": (
            select(mentor_cards, _place)
            .join(organisations, organisations.c.id == mentor_cards.c.school_id)
            .where(mentor_cards.c.person_id == person_id)
        ),
        "mentor_requests": (
            select(
                mentee_requests,
                _place,
                *(each.c.full_name.label(f"choice_{number}") for number, each in enumerate(choices, start=1)),
            )
            .join(organisations, organisations.c.id == mentee_requests.c.school_id)
            .outerjoin(choices[0], choices[0].c.id == mentee_requests.c.first_choice)
            .outerjoin(choices[1], choices[1].c.id == mentee_requests.c.second_choice)
            .outerjoin(choices[2], choices[2].c.id == mentee_requests.c.third_choice)
            .where(mentee_requests.c.person_id == person_id)
            .order_by(mentee_requests.c.id)
        ),
        "pairs": (
            select(pairs, _place, mentor.c.full_name.label("mentor"), mentee.c.full_name.label("mentee"))
            .join(organisations, organisations.c.id == pairs.c.school_id)
            .join(mentor, mentor.c.id == pairs.c.mentor_id)
            .join(mentee, mentee.c.id == pairs.c.mentee_id)
            .where(in_pair)
            .order_by(pairs.c.id)
        ),
        "pair_programs": (
            select(pair_programs).where(pair_programs.c.pair_id.in_(own_pairs)).order_by(pair_programs.c.pair_id)
        ),
        "pair_stages": (
            select(pair_stages)
            .where(pair_stages.c.pair_id.in_(own_pairs))
            .order_by(pair_stages.c.pair_id, pair_stages.c.number)
        ),
        "meetings": (
            select(meetings, iom_steps.c.title.label("step"))
            .outerjoin(iom_steps, iom_steps.c.id == meetings.c.step_id)
            .where(meetings.c.pair_id.in_(own_pairs))
            .order_by(meetings.c.id)
        ),
        "meeting_drafts": (
            select(meeting_drafts)
            .where(
                meeting_drafts.c.author_id == person_id,
                meeting_drafts.c.meeting_id.is_(None),
                ~exists().where(meetings.c.draft_id == meeting_drafts.c.id),
            )
            .order_by(meeting_drafts.c.id)
        ),
        # Without the bytes: the bot sends every file back on request.
        "meeting_files": (
            select(
                meeting_files.c.draft_id,
                meeting_files.c.kind,
                meeting_files.c.file_name,
                meeting_files.c.given_at,
            )
            .where(or_(meeting_files.c.draft_id.in_(own_drafts), meeting_files.c.draft_id.in_(own_meetings)))
            .order_by(meeting_files.c.id)
        ),
        "pair_history": (
            select(pair_history)
            .where(
                or_(
                    and_(pair_history.c.pair_id.in_(own_pairs), pair_history.c.what.not_in(_BETWEEN)),
                    pair_history.c.actor_id == person_id,
                )
            )
            .order_by(pair_history.c.id)
        ),
        "matchings": (
            select(
                matching_runs.c.made_at,
                _place,
                matching_proposals.c.decision,
                (matching_proposals.c.mentor_id == person_id).label("as_mentor"),
            )
            .select_from(matching_proposals)
            .join(matching_runs, matching_runs.c.id == matching_proposals.c.run_id)
            .join(organisations, organisations.c.id == matching_runs.c.organisation_id)
            .where(or_(matching_proposals.c.mentee_id == person_id, matching_proposals.c.mentor_id == person_id))
            .order_by(matching_proposals.c.id)
        ),
        "pair_bars": (
            select(pair_bars, (pair_bars.c.mentor_id == person_id).label("as_mentor"))
            .where(or_(pair_bars.c.mentor_id == person_id, pair_bars.c.mentee_id == person_id))
            .order_by(pair_bars.c.made_at)
        ),
        "mentoring_decided": _decided(person_id),
    }


def _decided(person_id: int) -> Select[*tuple[Any, ...]]:
    """What the person has done in the mentoring of others, as a kind and a place: no name."""

    def of(kind: str, table: Any, place: Any, at: Any, *named: Any) -> Select[Any]:
        mine = or_(*(column == person_id for column in named))
        query = select(literal(kind).label("kind"), at.label("at"), _place).select_from(table)
        return query.join(organisations, organisations.c.id == place).where(mine)

    barred = mentee_requests.alias("of_barred")
    found = union_all(
        of(
            "card",
            mentor_cards,
            mentor_cards.c.school_id,
            mentor_cards.c.created_at,
            mentor_cards.c.proposed_by,
            mentor_cards.c.approved_by,
        ),
        of(
            "request",
            mentee_requests,
            mentee_requests.c.school_id,
            mentee_requests.c.created_at,
            mentee_requests.c.made_by,
        ),
        of("choice", mentee_requests, mentee_requests.c.school_id, mentee_requests.c.created_at, *_CHOICES),
        of(
            "run",
            matching_runs,
            matching_runs.c.organisation_id,
            matching_runs.c.made_at,
            matching_runs.c.made_by,
        ),
        of("pair", pairs, pairs.c.school_id, pairs.c.proposed_at, pairs.c.proposed_by),
        of(
            "meeting",
            meetings.join(pairs, pairs.c.id == meetings.c.pair_id),
            pairs.c.school_id,
            meetings.c.logged_at,
            meetings.c.logged_by,
        ),
        of(
            "bar",
            pair_bars.join(barred, barred.c.person_id == pair_bars.c.mentee_id),
            barred.c.school_id,
            pair_bars.c.made_at,
            pair_bars.c.made_by,
        ),
    ).subquery()
    return select(found).distinct().order_by(found.c.at)
