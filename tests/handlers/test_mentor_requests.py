"""Teachers ask for a mentor, curators see who waits longest, nobody else sees anything."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from services.mentoring.requests.request import Request, RequestState
from services.people.model import Role
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import TUESDAY, Clock, about, founded_at, settled
from tests.handlers.test_iom_reviewing import id_of, place, resident, told
from tests.handlers.test_mentor_bank import fills_in, in_bank, paired
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


async def request_of(town: Town, person: Person) -> Request | None:
    person_id = await id_of(town, person)
    async with town.second_connection() as database, database.read() as connection:
        requests = StoredWork(connection).mentee_requests
        return await requests.open_of(person_id) or await requests.draft_of(person_id)


async def asks(person: Person, words: str = "Не успеваю всё за урок") -> None:
    """A request of the person's is open."""
    await person.says("/mentoring")
    await person.taps("Попросить наставника")
    await person.taps("Составить заявку")
    await person.taps("С чем помочь")
    await person.says(words)
    await person.taps("Отправить заявку")


async def young(town: Town, name: str, school: str = SCHOOL) -> Person:
    return await settled(town, name, (Role.TEACHER, await place(town, school)), birth_year=1999)


async def test_a_teacher_asks_with_wishes_and_the_curator_hears_of_it(town: Town) -> None:
    oleg = await young(town, "Лугин Олег Иванович")
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR)
    names = ("Осипова Анна Борисовна", "Быкова Вера Ильинична", "Ветрова Ольга Петровна", "Ильина Нина Глебовна")
    for name in names:
        await in_bank(town, await resident(town, name, Role.TEACHER))
    away = await resident(town, "Дальняя Яна Олеговна", Role.TEACHER, school="Школа № 2")
    await in_bank(town, away, school="Школа № 2")

    await oleg.says("/mentoring")
    await oleg.taps("Попросить наставника")
    await oleg.taps("Составить заявку")
    assert "Отправить заявку" not in titles(oleg.last), "nothing is said yet"
    await oleg.taps("Направления")
    await oleg.taps("Цифровые")
    await oleg.taps("‹ К заявке")
    await oleg.taps("Пожелания")
    await oleg.says("Лучше по <b>вторникам</b>")
    await oleg.taps("С кем хотелось бы")
    assert not any("Дальняя" in title for title in titles(oleg.last))
    for name in (names[0], names[2], names[1]):
        await oleg.taps(" ".join(name.split()[:2]))
    await oleg.taps("Ильина Нина")
    assert oleg.toasts[-1].startswith("Уже выбрано 3")
    assert "1. Осипова Анна Борисовна\n2. Ветрова Ольга Петровна\n3. Быкова Вера Ильинична" in oleg.last.text
    await oleg.taps("‹ К заявке")
    await oleg.taps("Отправить заявку")
    assert "Ждёт с сегодняшнего дня" in oleg.last.text

    [news] = await told(town, natalia, "Новая заявка на наставника")
    shown = await natalia.taps("Открыть заявку", news)
    assert "Лучше по <b>вторникам</b>" in shown.text
    assert "1) Осипова Анна Борисовна" in shown.text
    assert "Отозвать заявку" not in titles(shown), "it is the teacher's"
    assert "mentor_request_seen" in await noted(town)
    request = await request_of(town, oleg)
    assert request is not None
    ids = [await id_of_name(town, name) for name in (names[0], names[2], names[1])]
    assert (request.state, list(request.choices)) == (RequestState.OPEN, ids)

    # A double tap on the last button sends nothing twice.
    await oleg.taps_data(f"mreqsend:{request.id}:{request.turn - 1}")
    assert len(await town.rows("SELECT 1 FROM outbox WHERE kind = 'request_new'")) == 1


async def id_of_name(town: Town, name: str) -> int:
    [row] = await town.rows("SELECT id FROM people WHERE full_name = :name", name=name)
    return int(row.id)


async def test_an_open_request_is_changed_and_withdrawn(town: Town) -> None:
    oleg = await young(town, "Лугин Олег Иванович")
    await asks(oleg)
    await oleg.taps("С чем помочь")
    await oleg.says("Ц" * 1500)
    assert "1000" in oleg.last.text
    await oleg.taps("Оставить пустым")
    assert "оставьте хотя бы одно" in oleg.toasts[-1]
    await oleg.says("Дисциплина на уроке")
    changed = await request_of(town, oleg)
    assert changed is not None
    assert (changed.state, changed.purpose) == (RequestState.OPEN, "Дисциплина на уроке")
    stale = data_of(oleg.last, "Отозвать заявку")
    await oleg.taps("Как встречаться")
    await oleg.taps("Онлайн")
    await oleg.taps_data(stale)
    assert oleg.toasts[-1].startswith("Заявка уже изменилась")
    await oleg.taps("Отозвать заявку")
    await oleg.taps("Отозвать")
    assert "Заявка отозвана" in oleg.last.text
    assert await request_of(town, oleg) is None
    assert "Попросить наставника" in titles(await oleg.says("/mentoring"))


async def test_those_who_wait_longest_come_first_then_the_young_without_a_request(
    town: Town, clock: Clock
) -> None:
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR)
    irina = await settled(town, "Громова Ирина Павловна", (Role.METHODIST, await place(town, DISTRICT)))
    first = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    second = await young(town, "Ветрова Ольга Петровна")
    await young(town, "Быков Пётр Ильич")
    await resident(town, "Осипова Анна Борисовна", Role.TEACHER)
    gone = await young(town, "Ильин Глеб Олегович")
    await asks(first)
    await asks(gone)
    clock.pass_by(days=3)
    await asks(second)
    clock.pass_by(days=2)
    await town.change(
        "UPDATE consents SET revoked_at = given_at WHERE person_id = :id", id=await id_of(town, gone)
    )
    await natalia.says("/mentoring")
    listed = await natalia.taps("Заявки: 2")
    text = listed.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "1. Лугин Олег Иванович: ждёт 5 дней" in text
    assert "2. Ветрова Ольга Петровна: ждёт 2 дня" in text
    assert "без заявки: 1" in text
    assert "3. Быков Пётр Ильич" in text
    assert "Заявок, которые ждут" not in text
    assert "Осипова" not in text, "neither young nor waiting"
    assert "Ильин" not in text, "the consent is taken back"
    await irina.says("/mentoring")
    assert "1. Лугин Олег Иванович, Школа № 1" in (await irina.taps("Заявки: 2")).text
    await irina.taps("1. Лугин")
    assert f"{DISTRICT}: ждут наставника" in (await irina.taps("‹ К заявкам")).text, "the list she came from"


async def test_a_curator_asks_for_a_teacher_who_is_told_and_takes_it_over(town: Town) -> None:
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR)
    oleg = await young(town, "Лугин Олег Иванович")
    await natalia.says("/mentoring")
    await natalia.taps("Заявки: 0")
    await natalia.taps("1. Заявка: Лугин")
    await natalia.taps("Направления")
    await natalia.taps("Методические")
    await natalia.taps("‹ К заявке")
    await natalia.taps("Отправить заявку")
    assert "Заявка подана" in natalia.last.text
    [news] = await told(town, oleg, "Для вас ищут наставника")
    assert about(natalia, "Новая заявка на наставника") == [], "they made it themselves"
    assert "mentor_asked_for" in await noted(town)
    await oleg.taps("Моя заявка", news)
    await oleg.taps("Пожелания")
    await oleg.says("Кто-нибудь из математиков")
    request = await request_of(town, oleg)
    assert request is not None
    assert (request.made_by, request.wishes) == (await id_of(town, natalia), "Кто-нибудь из математиков")
    await natalia.says("/mentoring")
    await natalia.taps("Заявки: 1")
    await natalia.taps("1. Лугин")
    await natalia.taps("Отозвать заявку")
    await natalia.taps("Отозвать")
    assert await request_of(town, oleg) is None


async def test_a_teachers_own_draft_is_nobody_elses(town: Town) -> None:
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR)
    oleg = await young(town, "Лугин Олег Иванович")
    await oleg.says("/mentoring")
    await oleg.taps("Попросить наставника")
    await oleg.taps("Составить заявку")
    await oleg.taps("С чем помочь")
    await oleg.says("Тайная просьба")
    draft = await request_of(town, oleg)
    assert draft is not None
    await natalia.says("/mentoring")
    await natalia.taps("Заявки: 0")
    await natalia.taps("1. Заявка: Лугин")
    assert natalia.toasts[-1].startswith("Этот педагог уже составляет заявку")
    for data in (
        f"mreqone:{draft.id}",
        f"mreqask:{draft.id}:purpose",
        f"mreqset:{draft.id}:domains:digital:{draft.turn}",
        f"mreqsend:{draft.id}:{draft.turn}",
        f"mreqend:{draft.id}:{draft.turn}:1",
    ):
        assert "Тайная" not in (await natalia.taps_data(data)).text
    assert await request_of(town, oleg) == draft


async def test_strangers_see_no_request(town: Town) -> None:
    oleg = await young(town, "Лугин Олег Иванович")
    await asks(oleg)
    request = await request_of(town, oleg)
    assert request is not None
    strangers = [
        await resident(town, "Осипова Анна Борисовна", Role.TEACHER, Role.MENTOR),
        await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR, school="Школа № 2"),
    ]
    for stranger in strangers:
        for data in (
            f"mreqone:{request.id}",
            f"mreqend:{request.id}:{request.turn}:1",
            f"mreqs:{request.school_id}:0",
            f"mreqforp:{request.school_id}:{request.person_id}",
        ):
            assert "Лугин" not in (await stranger.taps_data(data)).text
    assert await request_of(town, oleg) == request


async def test_a_mentee_with_a_pair_is_shown_the_mentor_instead(town: Town) -> None:
    oleg = await young(town, "Лугин Олег Иванович")
    anna = await resident(town, "Осипова Анна Борисовна", Role.TEACHER)
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR)
    await asks(oleg)
    stale = data_of(oleg.last, "Отозвать заявку")
    await in_bank(town, anna)
    await paired(town, anna, oleg)
    shown = await oleg.taps_data("mreq")
    assert "У вас есть наставник: Осипова Анна Борисовна" in shown.text
    assert data_of(shown, "Посмотреть").startswith("mpair:")
    await oleg.taps_data(stale)
    assert oleg.last.text.startswith("<b>Отозвать") or "наставник" in oleg.last.text
    await natalia.says("/mentoring")
    assert "Заявки: 0" in titles(natalia.last), "somebody with a mentor waits no more"
    home = await oleg.says("/mentoring")
    assert "Осипова Анна Борисовна: встреч ещё не было" in home.text


async def test_from_a_mentors_card_to_a_wish(town: Town) -> None:
    oleg = await young(town, "Лугин Олег Иванович")
    anna = await resident(town, "Осипова Анна Борисовна", Role.TEACHER)
    await in_bank(town, anna)
    await asks(oleg)
    await oleg.taps("‹ Наставничество")
    await oleg.taps("Банк наставников")
    await oleg.taps("1. Осипова")
    await oleg.taps("Хочу этого наставника")
    request = await request_of(town, oleg)
    assert request is not None
    assert request.choices == (await id_of(town, anna),)
    await town.change("UPDATE mentor_cards SET state = 'resting'")
    await oleg.taps_data(f"mreqpick:{request.id}:0")
    await oleg.taps("Убрать 1-е пожелание")
    left = await request_of(town, oleg)
    assert left is not None
    assert left.choices == ()


async def test_a_teacher_who_changes_school_waits_on_there(town: Town) -> None:
    oleg = await young(town, "Лугин Олег Иванович")
    await asks(oleg)
    await oleg.taps_data(f"move:{await place(town, SCHOOL)}:{await place(town, 'Школа № 2')}:1")
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR, school="Школа № 2")
    await natalia.says("/mentoring")
    await natalia.taps("Заявки: 1")
    assert "Лугин" in natalia.last.text


async def test_what_is_taken_back_overnight_is_told_to_nobody(town: Town, clock: Clock) -> None:
    oleg = await young(town, "Лугин Олег Иванович")
    anna = await resident(town, "Осипова Анна Борисовна", Role.TEACHER)
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR)
    clock.now = TUESDAY + timedelta(hours=12)
    await asks(oleg)
    await oleg.taps("Отозвать заявку")
    await oleg.taps("Отозвать")
    await fills_in(anna)
    await anna.taps("Предложить себя")
    await anna.taps("Забрать с рассмотрения")
    await anna.taps("Предложить себя")
    assert await waiting_rows(town) == 3
    clock.now = TUESDAY + timedelta(hours=23)
    assert await told(town, natalia, "Новая заявка") == []
    assert len(await told(town, natalia, "Новая карточка наставника")) == 1, "told once, of what is there now"


async def waiting_rows(town: Town) -> int:
    rows = await town.rows(
        "SELECT 1 FROM outbox WHERE kind IN ('request_new', 'bank_to_decide') AND state <> 'sent'"
    )
    return len(rows)
