"""Teachers offer themselves as mentors, whoever looks after the school decides, and everybody finds them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.mentoring.bank.card import Card, CardState, MeetFormat
from services.people.model import Role
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import TUESDAY, Clock, about, founded_at, settled
from tests.handlers.test_iom_reviewing import id_of, place, resident, told
from tests.handlers.test_people import noted
from tests.town import DISTRICT, Person, Town, data_of, titles

SCHOOL = "Школа № 1"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def town(clock: Clock, tmp_path: Path) -> AsyncIterator[Town]:
    async with founded_at(clock, tmp_path) as town:
        yield town


async def card_of(town: Town, person: Person) -> Card | None:
    person_id = await id_of(town, person)
    async with town.second_connection() as database, database.read() as connection:
        return await StoredWork(connection).mentor_cards.get(person_id)


async def in_bank(
    town: Town,
    person: Person,
    *strengths: str,
    school: str = SCHOOL,
    capacity: int = 2,
    reaches_out: bool = False,
    state: CardState = CardState.APPROVED,
) -> None:
    """The person is a mentor of the bank already."""
    person_id, school_id = await id_of(town, person), await place(town, school)
    async with town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        card = Card(
            person_id,
            school_id,
            state,
            TUESDAY,
            strengths=strengths or ("digital",),
            help_with="План урока",
            formats=(MeetFormat.ONLINE,),
            capacity=capacity,
            reaches_out=reaches_out,
            approved_at=TUESDAY,
        )
        assert await work.mentor_cards.add(card) is not None
        await work.pairs.set_capacity(person_id, capacity)
        await work.people.grant(person_id, Role.MENTOR, school_id, TUESDAY)
        await work.commit()


async def fills_in(person: Person) -> None:
    """From nothing to a card that can be offered."""
    await person.says("/mentoring")
    await person.taps("Стать наставником")
    await person.taps("Заполнить карточку")
    await person.taps("Сильные стороны")
    await person.taps("Цифровые компетенции")
    await person.taps("Методические компетенции")
    await person.taps("‹ К карточке")
    await person.taps("С чем помогу")
    await person.says("Сервисы <b>для</b> урока & контроль")


async def test_a_teacher_fills_in_a_card_and_is_taken_into_the_bank(town: Town) -> None:
    anna = await resident(town, "Осипова Анна Борисовна", Role.TEACHER)
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR)
    irina = await settled(town, "Громова Ирина Павловна", (Role.METHODIST, await place(town, DISTRICT)))
    await fills_in(anna)
    own = anna.last
    assert "Математика" in own.text, "the subject comes from the profile"
    assert "методические и цифровые компетенции" in own.text
    assert "Сервисы <b>для</b> урока & контроль" in own.text, "shown as it was written"
    await anna.taps("Как встречаться")
    await anna.taps("Онлайн")
    await anna.taps("‹ К карточке")
    await anna.taps("Когда удобно")
    await anna.says("Вторник после 15:00")
    await anna.taps("Сколько человек")
    await anna.taps("3")
    await anna.taps("Кого беру")
    await anna.taps("Беру и из других школ")
    await anna.taps("‹ К карточке")
    await anna.taps("Предложить себя")
    assert "Отправлена, ждёт решения" in anna.last.text

    [news] = await told(town, natalia, "Новая карточка наставника")
    assert about(irina, "Новая карточка наставника") == [], "the school has a curator"
    assert "Вторник после 15:00" in news.text
    await natalia.taps("Принять в банк", news)
    assert "теперь в банке наставников" in natalia.last.text
    [answer] = await told(town, anna, "Вы в банке наставников")
    assert titles(answer) == ["Моя карточка"]
    card = await card_of(town, anna)
    assert card is not None
    assert (card.state, card.capacity, card.reaches_out) == (CardState.APPROVED, 3, True)
    seats = await town.rows("SELECT number FROM mentor_seats ORDER BY number")
    assert [row.number for row in seats] == [1, 2, 3]
    assert await town.rows("SELECT 1 FROM roles WHERE role = 'mentor'")
    assert {"mentor_card_approved", "role_given"} <= set(await noted(town))

    # The message's button is of long ago now.
    await natalia.taps("Принять в банк", news)
    assert natalia.toasts[-1] == "Эта карточка уже в банке."
    assert len(await told(town, anna, "Вы в банке наставников")) == 1


async def test_what_is_missing_is_told_and_nothing_is_offered_before(town: Town) -> None:
    anna = await resident(town, "Осипова Анна Борисовна", Role.TEACHER)
    await anna.says("/mentoring")
    await anna.taps("Стать наставником")
    await anna.taps("Заполнить карточку")
    assert "Осталось указать: сильные стороны, с чем можете помочь" in anna.last.text
    assert "Предложить себя" not in titles(anna.last)
    card = await card_of(town, anna)
    assert card is not None
    await anna.taps_data(f"mcardsend:{card.turn}")
    assert (await card_of(town, anna)) == card

    await anna.taps("С чем помогу")
    await anna.says("…")
    assert "Напишите, пожалуйста, словами" in anna.last.text
    await anna.says("Я" * 1200)
    assert "1000" in anna.last.text
    await anna.says("План урока")
    assert "Осталось указать: сильные стороны." in anna.last.text
    await anna.taps("Сколько человек")
    await anna.says("сто")
    assert "число от 1 до 10" in anna.last.text
    await anna.says("4")
    saved = await card_of(town, anna)
    assert saved is not None
    assert (saved.help_with, saved.capacity) == ("План урока", 4)


async def test_a_returned_card_keeps_its_words_and_comes_again(town: Town) -> None:
    anna = await resident(town, "Осипова Анна Борисовна", Role.TEACHER)
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR)
    await fills_in(anna)
    await anna.taps("Предложить себя")
    [news] = await told(town, natalia, "Новая карточка наставника")
    await natalia.taps("Вернуть", news)
    await natalia.says("…")
    assert "комментарий словами" in natalia.last.text
    await natalia.says("Уточните <i>время</i>")
    [answer] = await told(town, anna, "просят доработать")
    assert "Уточните <i>время</i>" in answer.text
    own = await anna.taps("Открыть карточку", answer)
    assert "Уточните <i>время</i>" in own.text
    assert "Сервисы <b>для</b> урока" in own.text
    await anna.taps("Предложить себя")
    again = (await told(town, natalia, "Новая карточка наставника"))[-1]
    await natalia.taps("Открыть", again)
    await natalia.taps("Принять в банк")
    card = await card_of(town, anna)
    assert card is not None
    assert (card.state, card.comment) == (CardState.APPROVED, "")


async def test_a_card_that_was_changed_meanwhile_is_looked_at_again(town: Town) -> None:
    anna = await resident(town, "Осипова Анна Борисовна", Role.TEACHER)
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR)
    await fills_in(anna)
    await anna.taps("Предложить себя")
    [news] = await told(town, natalia, "Новая карточка наставника")
    await anna.taps("Сколько человек")
    await anna.taps("5")
    await natalia.taps("Принять в банк", news)
    assert natalia.toasts[-1] == "Карточка изменилась, посмотрите ещё раз."
    assert "Сколько человек возьмёт: 5" in natalia.last.text
    await natalia.taps("Принять в банк")
    assert len(await town.rows("SELECT 1 FROM mentor_seats")) == 5


async def test_a_village_curator_does_not_approve_themselves(town: Town) -> None:
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR, Role.TEACHER)
    irina = await settled(town, "Громова Ирина Павловна", (Role.METHODIST, await place(town, DISTRICT)))
    await fills_in(natalia)
    await natalia.taps("Предложить себя")
    card = await card_of(town, natalia)
    assert card is not None
    await natalia.taps_data(f"mcardyes:{card.person_id}:{card.turn}")
    assert (await card_of(town, natalia)) == card
    assert "Карточки: 0" in titles(await natalia.says("/mentoring"))
    [news] = await told(town, irina, "Новая карточка наставника")
    await irina.taps("Принять в банк", news)
    approved = await card_of(town, natalia)
    assert approved is not None
    assert approved.state is CardState.APPROVED


async def test_a_curator_proposes_and_the_teacher_declines_or_accepts(town: Town) -> None:
    anna = await resident(town, "Осипова Анна Борисовна", Role.TEACHER)
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    await resident(town, "Далёкая Ольга Петровна", Role.TEACHER, school="Школа № 2")
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR)
    await natalia.says("/mentoring")
    await natalia.taps("Карточки: 0")
    await natalia.taps("Пригласить в наставники")
    assert [title[3:] for title in titles(natalia.last)[:2]] == ["Лугин Олег Иванович", "Осипова Анна Борисовна"]
    assert "1. Лугин Олег Иванович, Математика, стаж" in natalia.last.text.replace("\N{NO-BREAK SPACE}", " ")
    await natalia.says("осип")
    await natalia.taps("1. Осипова")
    await natalia.taps("Пригласить")
    await natalia.taps("Пригласить ещё")
    assert not any("Осипова" in title for title in titles(natalia.last)), "asked already"
    await natalia.taps("1. Лугин")
    await natalia.taps("Пригласить")

    [news] = await told(town, oleg, "Вас приглашают в наставники")
    await oleg.taps("Открыть карточку", news)
    await oleg.taps("Отказаться")
    await oleg.taps("Отказаться")
    assert "Записано: пока не готовы" in oleg.last.text
    assert await card_of(town, oleg) is None

    [news] = await told(town, anna, "Вас приглашают в наставники")
    await anna.taps("Открыть карточку", news)
    await anna.taps("Сильные стороны")
    await anna.taps("Оценочные компетенции")
    await anna.taps("‹ К карточке")
    await anna.taps("С чем помогу")
    await anna.says("Контрольные работы")
    await anna.taps("Предложить себя")
    assert len(await told(town, natalia, "Новая карточка наставника")) == 1
    assert "mentor_proposed" in await noted(town)


async def test_capacity_never_goes_below_the_pairs_there_are(town: Town) -> None:
    anna = await resident(town, "Осипова Анна Борисовна", Role.TEACHER)
    await in_bank(town, anna, capacity=3)
    await paired(town, anna, *[await resident(town, f"Лугин{n} Олег Иванович", Role.TEACHER) for n in range(2)])
    await anna.says("/mentoring")
    await anna.taps("Моя карточка")
    await anna.taps("Сколько человек")
    await anna.taps("1")
    assert "У вас сейчас 2 пары" in anna.last.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Пока не брать новых" in anna.last.text
    await anna.says("2")
    card = await card_of(town, anna)
    assert card is not None
    assert (card.capacity, card.state) == (2, CardState.APPROVED)
    assert len(await town.rows("SELECT 1 FROM mentor_seats")) == 2
    await anna.taps("Пока не брать новых")
    assert "С нынешними всё остаётся" in anna.last.text
    resting = await card_of(town, anna)
    assert resting is not None
    assert resting.state is CardState.RESTING
    await anna.taps("Снова брать наставляемых")
    assert len(await town.rows("SELECT 1 FROM pairs WHERE seat IS NOT NULL")) == 2


async def paired(town: Town, mentor: Person, *mentees: Person) -> None:
    mentor_id, school_id = await id_of(town, mentor), await place(town, SCHOOL)
    for mentee in mentees:
        [seat] = await town.rows(
            "SELECT min(number) AS free FROM mentor_seats WHERE mentor_id = :id "
            "AND number NOT IN (SELECT seat FROM pairs WHERE mentor_id = :id AND seat IS NOT NULL)",
            id=mentor_id,
        )
        await town.change(
            "INSERT INTO pairs "
            "(mentor_id, mentee_id, school_id, form, state, seat, reasons, proposed_at, answer_by) "
            "VALUES (:mentor, :mentee, :school, 'teacher_teacher', 'active', :seat, '[]', "
            "'2026-11-01 10:00:00.000000', '2026-11-04 10:00:00.000000')",
            mentor=mentor_id,
            mentee=await id_of(town, mentee),
            school=school_id,
            seat=seat.free,
        )


async def test_strangers_decide_nothing_and_see_no_draft(town: Town) -> None:
    anna = await resident(town, "Осипова Анна Борисовна", Role.TEACHER)
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    far = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR, school="Школа № 2")
    near = await resident(town, "Быкова Вера Ильинична", Role.CURATOR)
    await fills_in(anna)
    draft = await card_of(town, anna)
    assert draft is not None
    await near.taps_data(f"mcard:{draft.person_id}")
    assert "Осипова" not in near.last.text, "a draft is its owner's"
    await anna.taps("Предложить себя")
    offered = await card_of(town, anna)
    assert offered is not None
    for stranger in (oleg, far, anna):
        for data in (
            f"mcardyes:{offered.person_id}:{offered.turn}",
            f"mcardno:{offered.person_id}:{offered.turn}:1",
            f"mpropose:{offered.school_id}:0",
            f"mcards:{offered.school_id}:0",
        ):
            await stranger.taps_data(data)
            assert stranger is anna or "Осипова" not in stranger.last.text
    assert await card_of(town, anna) == offered


async def test_a_double_tap_on_a_strength_adds_it_once(town: Town) -> None:
    anna = await resident(town, "Осипова Анна Борисовна", Role.TEACHER)
    await anna.says("/mentoring")
    await anna.taps("Стать наставником")
    await anna.taps("Заполнить карточку")
    choice = await anna.taps("Сильные стороны")
    data = data_of(choice, "Цифровые")
    await anna.taps_data(data, choice)
    await anna.taps_data(data, choice)
    card = await card_of(town, anna)
    assert card is not None
    assert card.strengths == ("digital",)
    assert anna.toasts[-1] == "Карточка уже изменилась, вот она сейчас."


async def test_a_mentor_who_changes_school_takes_the_card_along(town: Town) -> None:
    anna = await resident(town, "Осипова Анна Борисовна", Role.TEACHER)
    await in_bank(town, anna)
    await anna.taps_data(f"move:{await place(town, SCHOOL)}:{await place(town, 'Школа № 2')}:1")
    card = await card_of(town, anna)
    assert card is not None
    assert card.school_id == await place(town, "Школа № 2")
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR, school="Школа № 2")
    await natalia.says("/mentoring")
    assert "Осипова" in (await natalia.taps("Банк наставников")).text


async def test_nobody_is_approved_in_a_school_they_have_left(town: Town) -> None:
    anna = await resident(town, "Осипова Анна Борисовна", Role.TEACHER)
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR)
    await fills_in(anna)
    await anna.taps("Предложить себя")
    [news] = await told(town, natalia, "Новая карточка наставника")
    await town.change("DELETE FROM roles WHERE person_id = :id", id=await id_of(town, anna))
    await natalia.taps("Принять в банк", news)
    assert not await town.rows("SELECT 1 FROM roles WHERE role = 'mentor'")
    await natalia.says("/mentoring")
    assert "Карточки: 0" in titles(natalia.last)
    # The card is the teacher's own still.
    assert "Сервисы" in (await anna.taps_data("mmycard")).text
