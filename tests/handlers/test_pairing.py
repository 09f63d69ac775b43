"""A curator pairs mentors and mentees in chat."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.mentoring.pairing.taps import ProposalTap
from handlers.mentoring.taps import MatchTap, RequestsTap
from services.mentoring.pair import PairState
from tests.handlers.pairing import ANNA, DARIA, LUGINA, ORLOV, SEDOVA, District, paired_district
from tests.town import data_of, titles


@pytest.fixture
async def district(tmp_path: Path) -> AsyncIterator[District]:
    async with paired_district(tmp_path) as district:
        yield district


async def test_a_curator_goes_from_requests_to_offers_in_a_few_taps(district: District) -> None:
    await district.mentor(LUGINA, capacity=2, strengths=["digital"])
    await district.waits(ANNA, domains=["digital"], purpose="Научиться <b>вести</b> электронный журнал")
    await district.waits(DARIA, days=3)
    curator = await district.curator()
    begin = await district.opens_matching(curator)
    assert "Ждут наставника: 2\N{NO-BREAK SPACE}педагога" in begin.text
    assert "2\N{NO-BREAK SPACE}места" in begin.text
    run = await district.matched(curator)
    assert "2\N{NO-BREAK SPACE}пары" in run.text
    # Who has waited longer comes first.
    assert run.text.index("Белова") < run.text.index("Котова")
    card = await curator.taps("1")
    assert {"·", "›"} <= set(titles(card))
    assert "Лугина Вера Павловна" in card.text
    assert "Цифров" in card.text or "цифров" in card.text
    assert "<b>вести</b>" in card.text
    assert "из 100" in card.text
    await curator.taps("Согласовать")
    await curator.taps("Согласовать")
    await curator.taps("Отправить согласованные (2)")
    done = await curator.taps("Отправить")
    assert "Отправлено: 2" in done.text
    assert {pair.state for pair in await district.pairs()} == {PairState.PROPOSED}
    assert all(pair.reasons and pair.score for pair in await district.pairs())
    assert await district.request_of(ANNA) == "open"


async def test_where_nobody_waits_it_says_what_to_do(district: District) -> None:
    curator = await district.curator()
    shown = await district.opens_matching(curator)
    assert "никто не ждёт" in shown.text
    assert "Заявки" in titles(shown)


async def test_whoever_is_left_without_a_mentor_has_the_cause(district: District) -> None:
    await district.mentor(LUGINA)
    await district.waits(ANNA, days=20)
    await district.waits(DARIA, days=1)
    curator = await district.curator()
    run = await district.matched(curator, "Как можно больше пар")
    assert "Без наставника: 1" in run.text
    card = await curator.taps("2")
    assert "Наставник не подобран" in card.text
    assert len(card.text.split("не подобран")[1]) > 20


async def test_another_mentor_is_fixed_and_the_rest_is_matched_again(district: District) -> None:
    await district.mentor(LUGINA, strengths=["digital"])
    await district.mentor(SEDOVA)
    await district.waits(ANNA, domains=["digital"])
    await district.waits(DARIA, days=1)
    curator = await district.curator()
    await district.matched(curator)
    card = await curator.taps("1")
    assert "Лугина Вера Павловна" in card.text
    others = await curator.taps("Другой наставник")
    assert "Седова Нина Олеговна" in others.text
    assert "Кто ещё подходит" not in titles(others), "that is this very screen"
    await curator.taps("Выбрать из банка")
    await curator.taps("Кто ещё подходит")
    await curator.taps("Седова")
    await district.sent()
    again = curator.last
    assert "согласовано 1" in again.text
    assert "✓ Белова А. С. и Седова Н. О.".replace(" ", "\N{NO-BREAK SPACE}") in again.text.replace(
        " ", "\N{NO-BREAK SPACE}"
    )
    # The mentor whom the first one has given up goes to the other.
    assert "Котова" in again.text
    assert "Лугина" in again.text


async def test_an_excluded_pair_is_not_proposed_again(district: District) -> None:
    await district.mentor(LUGINA)
    await district.waits(ANNA)
    curator = await district.curator()
    await district.matched(curator)
    assert "·" not in titles(await curator.taps("1")), "there are no neighbours to go to"
    await curator.taps("Не предлагать эту пару")
    await curator.taps("Не предлагать")
    await district.sent()
    assert "Без наставника: 1" in curator.last.text
    await curator.taps("Подобрать заново")
    await curator.taps("Лучшее совпадение")
    await district.sent()
    assert "Без наставника: 1" in curator.last.text


async def test_somebody_of_the_bank_is_chosen_by_the_surname(district: District) -> None:
    await district.mentor(LUGINA, strengths=["digital"])
    for number in range(9):
        await district.mentor(f"Наставников{'абвгдежзи'[number]} Иван Иванович", subject="Химия")
    await district.waits(ANNA, domains=["digital"])
    curator = await district.curator()
    await district.matched(curator)
    await curator.taps("1")
    await curator.taps("Выбрать из банка")
    assert "Страница 1 из 2" in curator.last.text
    await curator.taps("Найти по фамилии")
    await curator.says("Никого")
    assert "такой фамилии нет" in curator.last.text
    found = await curator.says("наставниковв")
    await curator.taps("Наставниковв", found)
    await district.sent()
    assert "Наставниковв" in curator.last.text
    assert "согласовано 1" in curator.last.text


async def test_whoever_asks_later_is_seen_beside_an_old_run(district: District) -> None:
    await district.mentor(LUGINA)
    await district.mentor(SEDOVA)
    await district.waits(ANNA)
    curator = await district.curator()
    assert "с новой заявкой" not in (await district.matched(curator)).text
    await district.waits(DARIA, days=1)
    again = (await district.opens_matching(curator)).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Ещё 1 педагог ждёт наставника с новой заявкой" in again
    await curator.taps("1")
    await curator.taps("Пропустить")
    # Nothing of the old run is left to decide: a new one is offered, with a way back to the old.
    assert "Что важнее?" in (await district.opens_matching(curator)).text
    assert "Пропущено: 1" in (await curator.taps("‹ К парам")).text


async def test_what_is_agreed_stays_when_it_is_matched_again(district: District) -> None:
    await district.mentor(LUGINA)
    await district.mentor(SEDOVA)
    await district.waits(ANNA)
    await district.waits(DARIA, days=1)
    curator = await district.curator()
    await district.matched(curator)
    first = await curator.taps("1")
    mentor = next(name for name in ("Лугина", "Седова") if name in first.text.split("Наставник")[1])
    await curator.taps("Согласовать")
    await curator.taps("Пропустить")
    assert "Пропущено: 1" in curator.last.text
    await curator.taps("Подобрать заново")
    assert "Одна согласованная пара останется" in curator.last.text
    await curator.taps("Как можно больше")
    await district.sent()
    assert "согласовано 1" in curator.last.text
    assert "Пропущено" not in curator.last.text
    agreed = next(line for line in curator.last.text.splitlines() if "✓" in line)
    assert "Белова" in agreed
    assert mentor in agreed


async def test_a_button_of_an_older_run_changes_nothing(district: District) -> None:
    await district.mentor(LUGINA)
    await district.waits(ANNA)
    curator = await district.curator()
    await district.matched(curator)
    old = await curator.taps("1")
    agree = data_of(old, "Согласовать")
    await curator.taps("Пропустить")
    shown = await curator.taps_data(agree)
    assert curator.toasts[-1] == "Подбор изменился, посмотрите ещё раз."
    assert "пропущена" in shown.text
    await curator.taps("Вернуть в подбор")
    await curator.taps("‹ К списку пар")
    await curator.taps("Подобрать заново")
    await curator.taps("Лучшее")
    await district.sent()
    shown = await curator.taps_data(agree)
    assert "согласовано 0" in shown.text


async def test_two_curators_send_at_once_and_nobody_gets_more_than_their_seats(district: District) -> None:
    """The methodist and the curator of a school have a run each over the same people."""
    await district.mentor(LUGINA)
    await district.waits(ANNA)
    await district.waits(DARIA, days=3)
    curator, methodist = await district.curator(), await district.methodist()
    for person, place in ((curator, None), (methodist, district.municipality)):
        await district.matched(person, place=place)
        await person.taps("Согласовать все")
        await person.taps("Отправить согласованные")
    town = district.town
    for person in (curator, methodist):
        town.messenger.tap(person.id, person.last.id, data_of(person.last, "Отправить"))
    await town.quiet()
    assert len(await district.pairs()) == 1
    assert sum("Отправлено: 1" in person.last.text for person in (curator, methodist)) == 1
    late = next(person for person in (curator, methodist) if "Ничего не отправлено" in person.last.text)
    card = await late.taps("1")
    assert "уже предложена другая пара" in card.text


async def test_a_seat_that_was_taken_meanwhile_keeps_its_card_and_the_others_go(district: District) -> None:
    await district.mentor(LUGINA, strengths=["digital"])
    await district.mentor(SEDOVA, strengths=["assessment"])
    await district.waits(ANNA, domains=["digital"])
    await district.waits(DARIA, days=1, domains=["assessment"])
    await district.waits(ORLOV, days=1, school=1)
    curator = await district.curator()
    await district.matched(curator)
    await curator.taps("Согласовать все")
    before = await district.pairs()
    assert not before
    await district.town.change(
        "INSERT INTO pairs (mentor_id, mentee_id, school_id, form, state, turn, seat, reasons, comment,"
        " readiness_words, proposed_at, answer_by) VALUES (:mentor, :mentee, :school, 'teacher_teacher',"
        " 'proposed', 0, 1, '[]', '', '', '2026-11-24 07:00:00', '2026-11-28 07:00:00')",
        mentor=district.ids[LUGINA],
        mentee=district.ids[ORLOV],
        school=district.schools[1],
    )
    await curator.taps("Отправить согласованные")
    left = await curator.taps("Отправить")
    assert "Отправлено: 1" in left.text
    assert "Осталось: 1" in left.text
    assert "Белова" in left.text
    card = await curator.taps("1")
    assert "не осталось мест" in card.text


async def test_a_school_reaches_mentors_of_others_only_where_they_reach_out(district: District) -> None:
    await district.mentor(LUGINA, school=1, reaches_out=True)
    await district.mentor(SEDOVA, school=1, capacity=5, strengths=["digital"])
    await district.waits(ANNA, domains=["digital"])
    curator = await district.curator()
    run = await district.matched(curator)
    assert "Лугина" in run.text
    await curator.taps("1")
    bank = await curator.taps("Выбрать из банка")
    assert "Седова" not in bank.text


async def test_a_psychologist_who_is_shown_a_result_is_not_proposed(district: District) -> None:
    await district.mentor(LUGINA)
    anna = await district.waits(ANNA)
    await anna.answers_all("n" * 84)
    [session] = await district.town.rows("SELECT id FROM survey_sessions WHERE finished_at IS NOT NULL")
    await district.town.change(
        "INSERT INTO shares (session_id, owner_id, viewer_id, shared_at)"
        " VALUES (:session, :owner, :viewer, '2026-11-20 07:00:00')",
        session=session.id,
        owner=district.ids[ANNA],
        viewer=district.ids[LUGINA],
    )
    curator = await district.curator()
    run = await district.matched(curator)
    assert "Без наставника: 1" in run.text
    card = await curator.taps("1")
    assert "психол" not in card.text.lower()
    assert "результат" not in card.text.lower()


async def test_nobody_decides_about_a_mentor_of_their_own(district: District) -> None:
    await district.mentor(LUGINA)
    anna = await district.waits(ANNA)
    await district.town.change(
        "INSERT INTO roles (person_id, role, organisation_id, granted_at)"
        " VALUES (:id, 'curator', :school, '2026-11-20 07:00:00')",
        id=district.ids[ANNA],
        school=district.schools[0],
    )
    await district.matched(anna)
    card = await anna.taps("1")
    assert "решит другой куратор" in card.text
    assert "Согласовать" not in titles(card)


async def test_a_curator_of_another_school_gets_nowhere(district: District) -> None:
    await district.mentor(LUGINA)
    await district.waits(ANNA)
    curator = await district.curator()
    await district.matched(curator)
    stranger = await district.curator(school=1, name="Чужова Инна Петровна")
    [row] = await district.town.rows("SELECT id FROM matching_proposals")
    for tap in (MatchTap(organisation=district.schools[0]), ProposalTap(proposal=row.id)):
        shown = await stranger.taps_data(tap.pack())
        assert "Белова" not in shown.text


async def test_a_run_that_was_kept_but_not_told_is_told_once_and_stays_one(district: District) -> None:
    """The process dies between keeping the run and telling of it: the row of the outbox is taken once more."""
    await district.mentor(LUGINA)
    await district.waits(ANNA)
    curator = await district.curator()
    await district.matched(curator)
    await district.town.change("UPDATE outbox SET state = 'pending', sent_at = NULL WHERE kind = 'matching'")
    await district.sent()
    [row] = await district.town.rows("SELECT count(*) AS runs FROM matching_runs")
    assert row.runs == 1
    assert "1\N{NO-BREAK SPACE}пара" in curator.last.text


async def test_who_takes_the_consent_back_is_shown_to_nobody_and_is_not_asked(district: District) -> None:
    await district.mentor(LUGINA, strengths=["digital"])
    await district.mentor(SEDOVA, strengths=["assessment"])
    await district.waits(ANNA, domains=["digital"])
    await district.waits(DARIA, days=1, domains=["assessment"])
    curator = await district.curator()
    await district.matched(curator)
    await curator.taps("Согласовать все")
    await district.town.change(
        "UPDATE consents SET revoked_at = '2026-11-24 08:00:00' WHERE person_id = :id", id=district.ids[ANNA]
    )
    await curator.taps("1")
    assert "Белова" not in curator.last.text
    await curator.taps("‹ К списку пар")
    assert "Белова" not in curator.last.text
    await curator.taps("Отправить согласованные")
    left = await curator.taps("Отправить")
    assert "Отправлено: 1" in left.text
    assert "Осталось: 1" in left.text
    assert [pair.mentee_id for pair in await district.pairs()] == [district.ids[DARIA]]
    await curator.taps("Подобрать заново")
    # Nobody else waits.
    assert "никто не ждёт" in curator.last.text


async def test_a_mentor_who_rests_meanwhile_is_not_asked(district: District) -> None:
    await district.mentor(LUGINA)
    await district.waits(ANNA)
    curator = await district.curator()
    await district.matched(curator)
    await curator.taps("Согласовать все")
    await district.town.change("UPDATE mentor_cards SET state = 'resting'")
    await curator.taps("Отправить согласованные")
    assert "Ничего не отправлено" in (await curator.taps("Отправить")).text
    assert "не берёт новых" in (await curator.taps("1")).text
    assert not await district.pairs()


async def test_a_request_that_a_curator_reads_is_in_the_log(district: District) -> None:
    await district.mentor(LUGINA)
    await district.waits(ANNA)
    curator = await district.curator()
    await district.matched(curator)
    await curator.taps("1")
    await curator.taps("‹ К списку пар")
    await curator.taps("1")
    rows = await district.town.rows("SELECT action, person_id FROM audit WHERE action LIKE '%request_seen%'")
    assert [row.person_id for row in rows] == [district.ids[ANNA]]


@pytest.mark.parametrize(("since", "waits"), [("11:30", "1\N{NO-BREAK SPACE}день"), ("12:30", "сегодня")])
async def test_waiting_is_counted_in_days_of_the_calendar_where_the_school_lives(
    district: District, since: str, waits: str
) -> None:
    """In Kamchatka it is the evening of Tuesday; the request came half an hour before its midnight, or after."""
    await district.mentor(LUGINA)
    await district.waits(ANNA)
    methodist = await district.methodist()
    await district.town.change(
        "UPDATE organisations SET timezone = 'Asia/Kamchatka' WHERE id = :id", id=district.schools[0]
    )
    await district.town.change(f"UPDATE mentee_requests SET waits_since = '2026-11-23 {since}:00'")
    listed = await methodist.taps_data(RequestsTap(organisation=district.municipality).pack())
    assert waits in listed.text.replace("сегодняшнего", "сегодня")
    await district.matched(methodist, place=district.municipality)
    assert waits in (await methodist.taps("1")).text
