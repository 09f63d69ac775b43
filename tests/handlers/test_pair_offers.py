"""Mentor and mentee answer to a proposed pair; the silent are reminded, then the next choice is asked."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.messenger.model import ChatMessage
from handlers.mentoring.offers.taps import WithdrawTap
from handlers.mentoring.taps import OfferTap, PairTap, RequestTap
from services.mentoring.pair import EndReason, PairState
from services.people import membership
from services.people.model import Role
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import about
from tests.handlers.pairing import ANNA, DARIA, LUGINA, SEDOVA, District, paired_district
from tests.town import Person, data_of, titles

FOR_MENTOR = "Вам предлагают стать наставником"
FOR_MENTEE = "Вам предлагают наставника"


@pytest.fixture
async def district(tmp_path: Path) -> AsyncIterator[District]:
    async with paired_district(tmp_path) as district:
        yield district


def offer_to(person: Person, words: str) -> ChatMessage:
    return about(person, words)[-1]


async def test_a_pair_comes_about_when_both_agree(district: District) -> None:
    mentor = await district.mentor(LUGINA, strengths=["digital"])
    mentee = await district.waits(ANNA, domains=["digital"], purpose="Журнал & оценки")
    await district.all_sent(await district.curator())
    to_mentor, to_mentee = offer_to(mentor, FOR_MENTOR), offer_to(mentee, FOR_MENTEE)
    assert ANNA in to_mentor.text
    assert "Журнал & оценки" in to_mentor.text
    assert LUGINA in to_mentee.text
    # From a Tuesday, three days on which people are written to.
    for message in (to_mentor, to_mentee):
        assert "27\N{NO-BREAK SPACE}ноября" in message.text
        assert "Почему" in message.text
    [offered] = await district.pairs()
    assert "до 27\N{NO-BREAK SPACE}ноября" in (await mentor.taps_data(PairTap(pair=offered.id).pack())).text
    await mentor.taps("Согласиться", to_mentor)
    assert "согласие записано" in mentor.last.text
    [pair] = await district.pairs()
    assert pair.state is PairState.PROPOSED
    # The other's button is not made old by that.
    await mentee.taps("Согласиться", to_mentee)
    assert "Пара сложилась" in mentee.last.text
    [pair] = await district.pairs()
    assert pair.state is PairState.APPROVED
    assert await district.request_of(ANNA) == "paired"
    await mentee.taps_data(f"moyes:{pair.id}")
    assert [one.turn for one in await district.pairs()] == [pair.turn]


async def test_after_a_refusal_the_next_choice_is_asked_at_once_and_nobody_learns_why(district: District) -> None:
    first = await district.mentor(LUGINA, strengths=["digital"])
    second = await district.mentor(SEDOVA)
    mentee = await district.waits(ANNA, domains=["digital"])
    curator = await district.curator()
    await district.all_sent(curator)
    await first.taps("Отказаться", offer_to(first, FOR_MENTOR))
    assert "Без объяснения" in titles(first.last)
    await first.says("Очень занята, секретная причина")
    await district.sent()
    declined, following = await district.pairs()
    assert (declined.state, declined.end_reason) == (PairState.DECLINED, EndReason.MENTOR_DECLINED)
    assert declined.comment == "Очень занята, секретная причина"
    assert (following.state, following.mentor_id) == (PairState.PROPOSED, district.ids[SEDOVA])
    assert ANNA in offer_to(second, FOR_MENTOR).text
    again = offer_to(mentee, "Прошлая пара не сложилась")
    assert SEDOVA in again.text
    assert not any("секретная" in message.text for person in (mentee, second) for message in person.history)
    # The old offer of the mentee shows how it is now.
    stale = about(mentee, FOR_MENTEE)[0]
    await mentee.taps_data(data_of(stale, "Согласиться"), stale)
    assert "не сложилась" in mentee.history[-1].text or "не сложилась" in stale.text
    assert (await district.pairs())[0].state is PairState.DECLINED


async def test_without_a_next_choice_the_curator_learns_the_reason_and_the_request_waits_on(
    district: District,
) -> None:
    mentor = await district.mentor(LUGINA)
    mentee = await district.waits(ANNA)
    curator = await district.curator()
    await district.all_sent(curator)
    await mentee.taps("Отказаться", offer_to(mentee, FOR_MENTEE))
    await mentee.taps("Не подходит время")
    await district.sent()
    assert await district.request_of(ANNA) == "open"
    told = offer_to(curator, "Пара не сложилась")
    assert "Не подходит время или формат" in told.text
    soft = mentor.last.text
    assert "не сложилась" in soft
    assert "время" not in soft
    assert "отказ" not in soft.lower()
    await curator.taps("К подбору", told)
    await curator.taps("Лучшее")
    await district.sent()
    assert "Без наставника: 1" in curator.last.text


async def test_who_needs_no_mentor_any_more_waits_no_more(district: District) -> None:
    await district.mentor(LUGINA, strengths=["digital"])
    await district.mentor(SEDOVA)
    mentee = await district.waits(ANNA, domains=["digital"])
    await district.all_sent(await district.curator())
    await mentee.taps("Отказаться", offer_to(mentee, FOR_MENTEE))
    await mentee.taps("Наставник мне больше не нужен")
    assert await district.request_of(ANNA) == "withdrawn"
    assert len(await district.pairs()) == 1


async def test_the_silent_one_is_reminded_once_and_then_the_next_choice_is_asked(district: District) -> None:
    first = await district.mentor(LUGINA, strengths=["digital"])
    second = await district.mentor(SEDOVA)
    mentee = await district.waits(ANNA, domains=["digital"])
    await district.all_sent(await district.curator())
    await mentee.taps("Согласиться", offer_to(mentee, FOR_MENTEE))
    await district.strikes(days=1)
    assert not about(first, "Напоминание")
    await district.strikes(days=1)
    await district.strikes(hours=1)
    assert len(about(first, "Напоминание")) == 1
    assert not about(mentee, "Напоминание")
    # Friday is still in time.
    await district.strikes(days=1, hours=8)
    assert [pair.state for pair in await district.pairs()] == [PairState.PROPOSED]
    await district.strikes(days=3)
    over, following = await district.pairs()
    assert (over.state, over.end_reason) == (PairState.DECLINED, EndReason.NO_ANSWER)
    assert following.mentor_id == district.ids[SEDOVA]
    assert about(second, FOR_MENTOR)
    assert about(mentee, "Прошлая пара не сложилась")
    await district.strikes()
    assert len(await district.pairs()) == 2


async def test_an_answer_after_the_term_changes_nothing(district: District) -> None:
    mentor = await district.mentor(LUGINA)
    await district.waits(ANNA)
    await district.all_sent(await district.curator())
    district.clock.pass_by(days=6)
    await mentor.taps("Согласиться", offer_to(mentor, FOR_MENTOR))
    [pair] = await district.pairs()
    assert pair.mentor_agreed_at is None
    assert mentor.toasts[-1] == "Это предложение больше не ждёт ответа."


async def test_a_curator_takes_a_proposal_back(district: District) -> None:
    mentor = await district.mentor(LUGINA)
    mentee = await district.waits(ANNA)
    curator = await district.curator()
    await district.all_sent(curator)
    [pair] = await district.pairs()
    await curator.taps_data(OfferTap(pair=pair.id).pack())
    assert "ждём ответа" in curator.last.text
    await curator.taps("Отозвать предложение")
    await curator.taps("Отозвать")
    await district.sent()
    [pair] = await district.pairs()
    assert (pair.state, pair.end_reason) == (PairState.DECLINED, EndReason.WITHDRAWN)
    assert await district.request_of(ANNA) == "open"
    # One of the two cannot do that.
    for person in (mentor, mentee):
        await person.taps_data(WithdrawTap(pair=pair.id, sure=True).pack())
    # What was taken back is no refusal: the same two may be proposed again.
    await district.matched(curator)
    assert "1\N{NO-BREAK SPACE}пара" in curator.last.text


async def test_a_resting_mentor_can_still_answer_but_is_no_next_choice(district: District) -> None:
    first = await district.mentor(LUGINA, strengths=["digital"])
    await district.mentor(SEDOVA)
    mentee = await district.waits(ANNA, domains=["digital"])
    await district.all_sent(await district.curator())
    await district.town.change("UPDATE mentor_cards SET state = 'resting'")
    await first.taps("Согласиться", offer_to(first, FOR_MENTOR))
    assert (await district.pairs())[0].mentor_agreed_at is not None
    await mentee.taps("Отказаться", offer_to(mentee, FOR_MENTEE))
    await mentee.taps("Хочу другого")
    assert len(await district.pairs()) == 1


async def test_who_takes_the_consent_back_makes_room_for_the_next_choice(district: District) -> None:
    await district.mentor(LUGINA, strengths=["digital"])
    second = await district.mentor(SEDOVA)
    mentee = await district.waits(ANNA, domains=["digital"])
    await district.all_sent(await district.curator())
    await district.town.change(
        "UPDATE consents SET revoked_at = '2026-11-24 08:00:00' WHERE person_id = :id", id=district.ids[LUGINA]
    )
    await mentee.taps("Согласиться", offer_to(mentee, FOR_MENTEE))
    assert LUGINA not in mentee.last.text
    await district.strikes(minutes=1)
    assert [pair.state for pair in await district.pairs()] == [PairState.DECLINED, PairState.PROPOSED]
    assert about(second, FOR_MENTOR)


async def test_a_mentor_who_leaves_the_bank_makes_room_for_the_next_choice(district: District) -> None:
    first = await district.mentor(LUGINA, strengths=["digital"])
    second = await district.mentor(SEDOVA)
    await district.waits(ANNA, domains=["digital"])
    await district.all_sent(await district.curator())
    async with district.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        school = await work.organisations.get(district.schools[0])
        assert school is not None
        await membership.take_away(work, district.ids[LUGINA], Role.MENTOR, school, district.clock())
        await work.commit()
    await first.taps("Согласиться", offer_to(first, FOR_MENTOR))
    assert "согласие записано" not in first.last.text
    await district.strikes(minutes=1)
    [ended, following] = await district.pairs()
    assert (ended.state, ended.end_reason) == (PairState.DECLINED, EndReason.MENTOR_LEFT)
    assert following.state is PairState.PROPOSED
    assert about(second, FOR_MENTOR)


async def test_an_old_button_takes_no_request_back_under_an_offer(district: District) -> None:
    await district.mentor(LUGINA)
    mentee = await district.waits(ANNA)
    await mentee.taps_data(RequestTap().pack())
    old = data_of(await mentee.taps("Отозвать заявку"), "Отозвать")
    await district.all_sent(await district.curator())
    shown = await mentee.taps_data(old)
    assert "Вам предложен наставник" in shown.text
    assert "уже есть" in mentee.toasts[-1]
    assert await district.request_of(ANNA) == "open"
    [pair] = await district.pairs()
    assert pair.state is PairState.PROPOSED


async def test_nobody_else_answers_for_the_two(district: District) -> None:
    await district.mentor(LUGINA)
    await district.waits(ANNA)
    stranger = await district.waits(DARIA, school=1)
    await district.all_sent(await district.curator())
    [pair] = await district.pairs()
    for data in (f"moyes:{pair.id}", f"mono:{pair.id}:4", f"moffer:{pair.id}", f"moback:{pair.id}:1"):
        shown = await stranger.taps_data(data)
        assert LUGINA not in shown.text
    assert await district.pairs() == [pair]


async def test_a_long_reason_is_asked_for_again(district: District) -> None:
    mentor = await district.mentor(LUGINA)
    await district.waits(ANNA)
    await district.all_sent(await district.curator())
    await mentor.taps("Отказаться", offer_to(mentor, FOR_MENTOR))
    await mentor.says("а" * 301)
    assert "короче" in mentor.last.text
    assert (await district.pairs())[0].state is PairState.PROPOSED
    await mentor.taps("‹ К предложению")
    await mentor.says("передумала отказываться")
    assert (await district.pairs())[0].state is PairState.PROPOSED
