"""An anonymous campaign, proved on what is stored: nothing leads from a sheet to the person who gave it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from services.people.model import Role
from tests.handlers.campaigning import Clock, about, answers, founded_at, settled, taps_in, until_sent
from tests.town import DISTRICT, Person, Town, titles

TITLE = "Комфорт в паре, ноябрь 2026"
OPTIONS = {"Да": "5", "Скорее да": "4", "Отчасти": "3", "Скорее нет": "2", "Нет": "1"}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def town(clock: Clock, tmp_path: Path) -> AsyncIterator[Town]:
    async with founded_at(clock, tmp_path) as town:
        yield town


async def organisation(town: Town, name: str) -> int:
    [row] = await town.rows("SELECT id FROM organisations WHERE name = :name", name=name)
    return int(row.id)


@pytest.fixture
async def irina(town: Town) -> Person:
    return await settled(town, "Громова Ирина", (Role.METHODIST, await organisation(town, DISTRICT)))


async def teachers(town: Town, count: int) -> list[Person]:
    school = await organisation(town, "Школа № 1")
    names = ("Анна", "Вера", "Дарья", "Елена", "Жанна", "Зоя", "Инна")[:count]
    return [await settled(town, f"Ветрова {name}", (Role.TEACHER, school)) for name in names]


async def launched(irina: Person, town: Town) -> None:
    await irina.says("/campaigns")
    await irina.taps("Новая кампания")
    await irina.taps("Комфорт в паре")
    await irina.taps("Дальше ›")
    await irina.taps("Оставить:")
    await irina.taps("Да, анонимно")
    preview = await irina.taps("Оставить так")
    assert "Опрос анонимный" in preview.text
    await irina.taps("Запустить")
    await until_sent(town)


async def everything(town: Town) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables, as a second connection sees them."""
    tables = await town.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    return {
        table.name: [dict(row._mapping) for row in await town.rows(f"SELECT * FROM {table.name}")]
        for table in tables
    }


async def test_stored_rows_hold_no_way_from_a_sheet_to_a_person(town: Town, irina: Person) -> None:
    people = await teachers(town, 5)
    await launched(irina, town)
    given = dict(zip(people, OPTIONS, strict=True))
    for person, option in given.items():
        end = await answers(person, about(person, TITLE)[-1], option)
        assert "связи с вами больше нет" in end.text
        assert "пока непросто" not in end.text, "there is no personal result"
    stored = await everything(town)

    sheets = stored.pop("anonymous_sheets")
    assert sorted(sheet["answers"] for sheet in sheets) == sorted(code * 6 for code in OPTIONS.values())
    # No person, session, school or moment; and what differs from sheet to sheet is nothing but answers.
    assert {frozenset(sheet) for sheet in sheets} == {
        frozenset({"id", "campaign_id", "instrument", "version", "answers", "given", "portion_id"})
    }
    assert (
        len({(sheet["campaign_id"], sheet["version"], sheet["given"], sheet["portion_id"]) for sheet in sheets})
        == 1
    )

    # No other row has a sheet's id or its answers in any column, in words or inside JSON.
    for table, rows in stored.items():
        for row in rows:
            for column, value in row.items():
                for sheet in sheets:
                    assert str(sheet["id"]) not in str(value), (table, column)
                    assert sheet["answers"] not in str(value), (table, column)

    # What a person leaves is that they have finished: alike for all, and without a moment.
    assert stored["survey_sessions"] == []
    assert stored["survey_values"] == []
    assert stored["portion_members"] == []
    assert {row["finished"] for row in stored["campaign_people"]} == {1}
    assert set(stored["campaign_people"][0]) == {"campaign_id", "person_id", "school_id", "opened_at", "finished"}
    assert {row["kind"] for row in stored["outbox"]} <= {"campaign_invite", "command_menu"}
    assert {row["action"] for row in stored["audit"]} <= {"campaign_launched"}
    assert stored["conversations"] == []


async def test_the_order_of_ids_is_not_the_order_of_answering(town: Town, irina: Person) -> None:
    people = await teachers(town, 5)
    await launched(irina, town)
    [campaign] = await town.rows("SELECT id FROM campaigns")
    orders = []
    # Five sheets stand in order by chance once in 120 times; three times in a row once in 1.7 million.
    for _ in range(3):
        await town.change("DELETE FROM anonymous_sheets")
        await town.change("UPDATE campaign_people SET finished = 0")
        for person, option in zip(people, OPTIONS, strict=True):
            await person.taps_data(f"begin:pair_comfort:{campaign.id}:0")
            await taps_in(person, person.last, *[option] * 6)
        rows = await town.rows("SELECT answers FROM anonymous_sheets ORDER BY id")
        orders.append([row.answers[0] for row in rows])
    assert any(order != list(OPTIONS.values()) for order in orders)


async def test_names_of_those_who_wait_and_figures_of_all_together(town: Town, irina: Person) -> None:
    people = await teachers(town, 6)
    natalia = await settled(town, "Крылова Наталья", (Role.CURATOR, await organisation(town, "Школа № 1")))
    await launched(irina, town)
    for person in people[:5]:
        await answers(person, about(person, TITLE)[-1])
    card = await irina.says("/campaigns")
    card = await irina.taps(TITLE, card)
    assert "Анонимная" in card.text
    assert "завершили 5" in card.text
    names = await irina.taps("Кто не ответил: 1")
    assert "Ветрова Зоя" in names.text
    assert "Анна" not in names.text
    await irina.taps("‹ К кампании")
    early = await irina.taps("Результаты")
    assert "появятся, когда она закроется" in early.text
    await irina.taps("‹ К кампании")
    await irina.taps("Закрыть")
    await irina.taps("Да, закрыть")
    results = await irina.taps("Результаты")
    assert "вместе хорошо: 5 из 5" in results.text

    await natalia.says("/campaigns")
    await natalia.taps(f"Закрыта: Район: {TITLE}")
    school = await natalia.taps("Результаты")
    assert "ответы не связаны со школами" in school.text
    assert "вместе хорошо" not in school.text
    assert "Отчёт целиком" not in titles(school)


async def test_a_draft_may_be_left_and_gone_on_with(town: Town, irina: Person, clock: Clock) -> None:
    [maria] = await teachers(town, 1)
    await launched(irina, town)
    invitation = about(maria, TITLE)[-1]
    shown = await taps_in(maria, invitation, "Начать")
    assert "черновик" in shown.text
    assert "восстановить её нельзя" in shown.text
    await taps_in(maria, invitation, "Начать", "Да", "Да", "Пауза")
    card = await irina.says("/campaigns")
    card = await irina.taps(TITLE, card)
    assert "отвечают 1 · завершили 0" in card.text
    await maria.begins("Комфорт в паре")
    end = await taps_in(maria, maria.last, *["Да"] * 4)
    assert "связи с вами больше нет" in end.text
    assert await town.rows("SELECT id FROM survey_sessions") == []
