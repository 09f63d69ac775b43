"""Somebody with a row in every table of mentoring, as each of those who may have one there."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from storage import mentoring_tables as tables
from tests.storage.residents import NOW

EXPORTED = {
    "mentor_cards.person_id": "zq-help",
    "mentor_cards.proposed_by": "Школа предложенной карточки",
    "mentor_cards.approved_by": "Школа утверждённой карточки",
    "mentee_requests.person_id": "zq-purpose",
    "mentee_requests.first_choice": "Школа первого выбора",
    "mentee_requests.second_choice": "Школа второго выбора",
    "mentee_requests.third_choice": "Школа третьего выбора",
    "mentee_requests.made_by": "Школа поданной заявки",
    "pair_bars.mentor_id": "конфликт интересов",
    "pair_bars.mentee_id": "куратор решил не предлагать",
    "pair_bars.made_by": "Школа запрета",
    "matching_runs.made_by": "Школа своего подбора",
    "matching_proposals.mentee_id": "Школа подбора наставника",
    "matching_proposals.mentor_id": "Школа подбора наставляемого",
    "pairs.mentor_id": "Школа наставляемого",
    "pairs.mentee_id": "Школа наставника",
    "pairs.proposed_by": "Школа предложенной пары",
    "pair_history.actor_id": "zq-happened",
    "meeting_drafts.author_id": "zq-draft",
    "meetings.logged_by": "Школа записанной встречи",
}
"""Where rows lead to a person, and what the copy of their data tells of such a row."""
NOT_EXPORTED = {"mentor_seats.mentor_id": "the card tells how many they are"}

Put = Callable[..., Awaitable[Any]]
Place = Callable[[str], Awaitable[int]]


async def plant_mentoring(put: Put, place: Place, me: int, others: list[int]) -> None:
    """Rows of mine in all tables; each of the three `others` has a part in some."""
    first, second, third = others
    for person in (me, *others):
        await put(tables.mentor_seats, mentor_id=person, number=1)
    await _cards(put, place, me, others)
    requests = await _requests(put, place, me, others)
    for mentor, mentee, reason, made_by in (
        (me, first, "conflict", None),
        (first, me, "excluded", None),
        (second, third, "excluded", me),
    ):
        await put(
            tables.pair_bars, mentor_id=mentor, mentee_id=mentee, reason=reason, made_by=made_by, made_at=NOW
        )
    for name, mentor, mentee in (
        ("Школа своего подбора", first, second),
        ("Школа подбора наставника", first, me),
        ("Школа подбора наставляемого", me, first),
    ):
        run = await put(
            tables.matching_runs,
            organisation_id=await place(name),
            aim="total",
            state="sent",
            made_by=me if name == "Школа своего подбора" else None,
            made_at=NOW,
            cause=name,
        )
        await put(
            tables.matching_proposals,
            run_id=run,
            request_id=requests[mentee],
            mentee_id=mentee,
            mentor_id=mentor,
            details={},
            decision="sent",
        )
    await _pairs(put, place, me, others, requests)


async def _cards(put: Put, place: Place, me: int, others: list[int]) -> None:
    card = {"state": "approved", "strengths": [], "formats": [], "capacity": 1, "created_at": NOW}
    await put(
        tables.mentor_cards, person_id=me, school_id=await place("Школа карточки"), help_with="zq-help", **card
    )
    await put(
        tables.mentor_cards,
        person_id=others[0],
        school_id=await place("Школа предложенной карточки"),
        proposed_by=me,
        **card,
    )
    await put(
        tables.mentor_cards,
        person_id=others[1],
        school_id=await place("Школа утверждённой карточки"),
        approved_by=me,
        **card,
    )


async def _requests(put: Put, place: Place, me: int, others: list[int]) -> dict[int, int]:
    async def request(person: int, name: str, **values: Any) -> int:
        request_id: int = await put(
            tables.mentee_requests,
            person_id=person,
            school_id=await place(name),
            domains=[],
            formats=[],
            created_at=NOW,
            waits_since=NOW,
            **{"state": "paired", "purpose": ""} | values,
        )
        return request_id

    first, second, third = others
    await request(first, "Школа первого выбора", first_choice=me)
    await request(second, "Школа второго выбора", second_choice=me)
    await request(third, "Школа третьего выбора", third_choice=me)
    await request(third, "Школа запрета")
    return {
        me: await request(me, "Школа заявки", purpose="zq-purpose"),
        first: await request(first, "Школа поданной заявки", made_by=me),
        second: await request(second, "Школа заявки"),
    }


async def _pairs(put: Put, place: Place, me: int, others: list[int], requests: dict[int, int]) -> None:
    first, second, third = others

    async def pair(mentor: int, mentee: int, name: str, **values: Any) -> int:
        pair_id: int = await put(
            tables.pairs,
            mentor_id=mentor,
            mentee_id=mentee,
            school_id=await place(name),
            request_id=requests.get(mentee),
            form="teacher_teacher",
            state="active",
            seat=1,
            reasons=["zq-reason"],
            proposed_at=NOW,
            answer_by=NOW,
            started_on=NOW.date(),
            **values,
        )
        return pair_id

    led = await pair(me, first, "Школа наставляемого")
    await pair(first, me, "Школа наставника")
    others_pair = await pair(second, third, "Школа предложенной пары", proposed_by=me)
    foreign = await pair(third, second, "Школа записанной встречи")
    told = {"author_id": me, "fields": {"topic": "", "agreement": ""}, "created_at": NOW}
    await put(tables.meeting_drafts, words="zq-draft", cause="zq-draft", **told)
    draft = await put(tables.meeting_drafts, words="zq-saved", cause="zq-saved", **told)
    for of, by in ((led, me), (foreign, me)):
        await put(
            tables.meetings,
            pair_id=of,
            draft_id=draft if of == led else None,
            state="logged",
            held_on=NOW.date(),
            form="other",
            topic="zq-topic" if of == led else "",
            logged_by=by,
            logged_at=NOW,
        )
    await put(
        tables.meeting_files,
        draft_id=draft,
        kind="photo",
        size=3,
        content=b"zq-content",
        cause="zq-file",
        given_at=NOW,
    )
    await put(
        tables.pair_programs,
        pair_id=led,
        template="zq",
        starts_on=NOW.date(),
        ends_on=NOW.date() + timedelta(days=200),
        goal="zq-goal",
        tasks=[],
        directions=[],
        results=[],
    )
    await put(tables.pair_stages, pair_id=led, number=1, ends_on=NOW.date())
    for of in (led, others_pair):
        await put(
            tables.pair_history, pair_id=of, at=NOW, actor_id=me, what="program_changed", words="zq-happened"
        )
