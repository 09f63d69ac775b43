"""/mentoring shows everybody what is theirs to do, on one short screen."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from services.people.model import Role
from tests.handlers.campaigning import TUESDAY, Clock, founded_at, settled
from tests.handlers.test_iom_reviewing import place, resident
from tests.handlers.test_mentor_bank import in_bank, paired
from tests.handlers.test_mentor_requests import asks, young
from tests.town import Town, titles

SCHOOL = "Школа № 1"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def town(clock: Clock, tmp_path: Path) -> AsyncIterator[Town]:
    async with founded_at(clock, tmp_path) as town:
        yield town


async def test_a_deputy_head_who_is_all_three_has_one_short_screen(town: Town, clock: Clock) -> None:
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR, Role.TEACHER)
    oleg = await young(town, "Лугин Олег Иванович")
    anna = await resident(town, "Осипова Анна Борисовна", Role.TEACHER)
    await in_bank(town, natalia)
    await paired(town, natalia, oleg)
    await town.change("UPDATE pairs SET last_met_on = :day", day=str(TUESDAY.date() - timedelta(days=20)))
    await asks(anna)
    home = await natalia.says("/mentoring")
    text = home.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Ждут наставника: 1." in text
    assert "Лугин О. И.: последняя встреча 20 дней назад" in text
    assert "Пар, где нужно ваше внимание: 1." in text
    ways = {"Подобрать пары", "Заявки: 1", "Карточки: 0", "Пары: 1", "Как дела у пар"}
    assert ways | {"Записать встречу", "Моя карточка", "Попросить наставника"} <= set(titles(home))
    assert len(home.text) < 900
    assert len(home.keyboard or []) <= 12


async def test_a_pair_that_has_ended_is_found_again_with_what_waits_in_it(town: Town) -> None:
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.TEACHER)
    oleg = await young(town, "Лугин Олег Иванович")
    await in_bank(town, natalia)
    await paired(town, natalia, oleg)
    assert not [title for title in titles(await oleg.says("/mentoring")) if title.startswith("Прошлая пара")]
    await town.change(
        "INSERT INTO meetings (pair_id, state, held_on, form, topic, agreement, logged_by, logged_at) "
        "SELECT id, 'logged', '2026-11-20', 'consultation', 'План', '', mentor_id, "
        "'2026-11-20 10:00:00.000000' FROM pairs"
    )
    await town.change("UPDATE pairs SET state = 'completed', seat = NULL, ended_on = '2026-11-24'")
    home = await oleg.says("/mentoring")
    assert "Подтвердить встречи: 1" in titles(home)
    assert "Завершена" in (await oleg.taps("Прошлая пара: Крылова", home)).text
    await natalia.says("/mentoring")
    assert "Завершена" in (await natalia.taps("Прошлая пара: Лугин")).text


async def test_with_several_places_one_is_chosen_first(town: Town) -> None:
    both = await settled(
        town,
        "Крылова Наталья Сергеевна",
        (Role.CURATOR, await place(town, SCHOOL)),
        (Role.CURATOR, await place(town, "Школа № 2")),
    )
    home = await both.says("/mentoring")
    assert {"Школа № 1", "Школа № 2"} <= set(titles(home))
    await both.taps("Школа № 2")
    assert {"Заявки: 0", "Пары: 0"} <= set(titles(both.last))
    await both.taps("‹ Наставничество")
    await both.taps("Школа № 1")
    await both.taps("Заявки: 0")
    assert "никто не ждёт" in both.last.text


async def test_whoever_is_in_no_school_is_told_what_will_be_there(town: Town) -> None:
    nobody = await settled(town, "Лугин Олег Иванович")
    home = await nobody.says("/mentoring")
    assert "когда вас добавят" in home.text
    assert titles(home) == ["Меню"]
    await nobody.taps_data("mcardnew")
    assert "не числитесь ни в одной школе" in nobody.last.text
    assert "подаёт педагог школы" in (await nobody.taps_data("mreq")).text
