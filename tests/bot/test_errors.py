"""Unexpected errors: logged once with an id, told kindly, nothing lost, nothing personal in the log."""

import logging
import re

import pytest

from tests.bot.conftest import Teacher, enrol
from tests.town import Person, Town

CODE = re.compile(r"Код ошибки: ([0-9A-F]{6})")
NAME = "Заозёрная Пелагея Фёдоровна"
PERSONAL = ("Заозёрн", "Пелаге", "Фёдоровн", "признание", "Физика")


async def a_teacher(town: Town, user_id: int = 77) -> Person:
    await enrol(town.settings.database_url, [Teacher(user_id, "yn", NAME)])
    person = town.person("Пелагея", "Заозёрная", user_id)
    await person.says("/start")
    return person


def the_error(caplog: pytest.LogCaptureFixture) -> str:
    """The id in the only error of the log."""
    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(errors) == 1, [record.getMessage() for record in errors]
    found = re.search(r"error ([0-9A-F]{6}) ", errors[0].getMessage())
    assert found is not None, errors[0].getMessage()
    assert errors[0].exc_info is not None
    return found.group(1)


def code_told(person: Person) -> str:
    found = CODE.search(person.last.text)
    assert found is not None, person.last.text
    return found.group(1)


def nothing_personal(caplog: pytest.LogCaptureFixture) -> None:
    written = "\n".join(caplog.handler.format(record) for record in caplog.records)
    assert [word for word in PERSONAL if word.casefold() in written.casefold()] == []


async def test_an_error_after_a_tap(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    pelageya = await a_teacher(town)
    anna = await a_teacher(town, 78)
    await town.change("UPDATE survey_sessions SET version = 'lost' WHERE id = 1")

    await pelageya.taps("Да")
    assert code_told(pelageya) == the_error(caplog)
    assert "сохранено" in pelageya.last.text
    assert "/start" in pelageya.last.text
    nothing_personal(caplog)
    await anna.taps("Нет")
    assert "4 из 84" in anna.last.text

    # What she tapped was safe before things went wrong; once they are mended, she goes on from there.
    await town.change("UPDATE survey_sessions SET version = (SELECT version FROM survey_sessions WHERE id = 2)")
    await pelageya.says("/start")
    assert "4 из 84" in pelageya.last.text
    rows = await town.rows("SELECT answers FROM survey_sessions ORDER BY id")
    assert [row.answers.rstrip(".") for row in rows] == ["yny", "ynn"]


async def test_an_error_after_words(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    pelageya = await a_teacher(town)
    await town.change("UPDATE conversations SET data = '{broken'")

    await pelageya.says("Меня зовут Пелагея, веду физику, моё признание")
    assert code_told(pelageya) == the_error(caplog)
    nothing_personal(caplog)

    await town.change("UPDATE conversations SET data = '{}'")
    await pelageya.says("да")
    assert "4 из 84" in pelageya.last.text


async def test_a_table_that_is_gone(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    pelageya = await a_teacher(town)
    await town.change("ALTER TABLE conversations RENAME TO mislaid")

    await pelageya.says("Заозёрная Пелагея Фёдоровна")
    assert code_told(pelageya) == the_error(caplog)
    nothing_personal(caplog)
    # The busiest way does not need that table.
    await pelageya.taps("Да", pelageya.history[0])
    assert "4 из 84" in pelageya.history[0].text

    await town.change("ALTER TABLE mislaid RENAME TO conversations")
    await pelageya.says("нет")
    assert "5 из 84" in pelageya.last.text


async def test_a_moment_without_the_database_is_waited_out(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    pelageya = await a_teacher(town)
    await town.change("ALTER TABLE conversations RENAME TO mislaid")
    town.messenger.write(pelageya.id, "да")
    await town.server.until(lambda: "trying again" in caplog.text, 10)
    await town.change("ALTER TABLE mislaid RENAME TO conversations")
    await town.quiet()
    assert "4 из 84" in pelageya.last.text
    assert "ERROR" not in caplog.text
