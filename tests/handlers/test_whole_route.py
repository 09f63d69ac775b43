"""A route from the diagnosis to its document, as a teacher, a mentor and the clock walk it together."""

import asyncio
from datetime import UTC, timedelta
from io import BytesIO
from pathlib import Path

import docx

from bot.sandbox.messenger.model import ChatMessage
from services.iom.model import RouteState, StepState
from tests.handlers.campaigning import about
from tests.handlers.drafted import Workroom, workroom_at
from tests.handlers.walked import a_photo
from tests.services.iom.sheets import LEAST, SHEET, STRONGEST, answers_with
from tests.town import Person, titles

STEP = "Курс «Тесты за десять минут»"
REMINDED = "Напоминаем"


async def days_pass(room: Workroom, days: int) -> None:
    """The clock strikes once on each of these days, at half past ten."""
    for _ in range(days):
        room.clock.now = room.clock.now.replace(hour=10, minute=30) + timedelta(days=1)
        await strikes(room)


async def strikes(room: Workroom) -> None:
    """The clock strikes, and what is due goes out."""
    house = room.town.house
    assert house is not None
    await house.scheduler.strike()
    due = "SELECT 1 FROM outbox WHERE state IN ('pending', 'sending') AND not_before <= :now"
    for _ in range(400):
        house.sender.wake()
        if not await room.town.rows(due, now=f"{room.clock.now.astimezone(UTC):%Y-%m-%d %H:%M:%S.999999}"):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("something due is still owed")


async def answers(person: Person, **domains: int) -> ChatMessage:
    """All items of the deficits test."""
    words = {option.code: option.title for option in SHEET.options}
    for code in answers_with(**domains):
        await person.taps(words[code])
    return person.last


async def test_from_a_found_deficit_to_a_finished_route_and_its_document(tmp_path: Path) -> None:
    async with workroom_at(tmp_path) as room:
        vera, maria = await room.mentor(), await room.teacher()
        await composed(room, maria)
        await agreed(room, vera)
        await reminded(room, maria, vera)
        await handed_in_and_confirmed(room, maria, vera)
        await closed(room, maria)
        await documented(room, maria)


async def composed(room: Workroom, maria: Person) -> None:
    """The diagnosis, the draft, its editing, and off to the mentor."""
    await maria.says("/iom")
    await maria.taps("Составить маршрут")
    await maria.taps("Пройти диагностику")
    await maria.taps("Начать")
    await answers(maria, digital=STRONGEST, assessment=LEAST)
    await maria.says("/iom")
    await maria.taps("Составить маршрут")
    await maria.taps("Составить маршрут")
    await maria.taps("1. ")
    await maria.taps("Название")
    await maria.says(STEP)
    await maria.taps("Срок")
    await maria.says("через 10 дней")
    await maria.taps("‹ К черновику")
    await maria.taps("2. ")
    await maria.taps("Срок")
    await maria.says("через 30 дней")
    await maria.taps("‹ К черновику")
    await maria.taps("Отправить на согласование")
    assert (await room.route(maria)).state is RouteState.REVIEW


async def agreed(room: Workroom, vera: Person) -> None:
    await strikes(room)
    [asked] = about(vera, "Маршрут на согласование")
    assert STEP in (await vera.taps("Открыть", asked)).text
    await vera.taps("Согласовать")


async def reminded(room: Workroom, maria: Person, vera: Person) -> None:
    """Seven days before, a day before, on the day, then overdue; the mentor hears of it later."""
    assert (await room.route(maria)).state is RouteState.ACTIVE
    seen = []
    for day in range(1, 18):
        before, before_vera = len(about(maria, REMINDED)), len(about(vera, "Просроченные шаги"))
        await days_pass(room, 1)
        assert len(about(maria, REMINDED)) - before <= 1
        if len(about(maria, REMINDED)) > before:
            seen.append(day)
            assert STEP in about(maria, REMINDED)[-1].text
        if len(about(vera, "Просроченные шаги")) > before_vera:
            seen.append(-day)
    # The term is day 10, Friday 4 December; the mentor hears of it on a day of their own.
    assert seen == [3, 9, 10, 11, 13, -15, 17]


async def handed_in_and_confirmed(room: Workroom, maria: Person, vera: Person) -> None:
    """The late step with a photo, from the reminder; the other one with words."""
    await maria.taps("Готово", about(maria, REMINDED)[-1])
    room.town.messenger.send_photo(maria.id, a_photo(), "Сертификат курса")
    await room.town.quiet()
    await maria.taps("Готово, отправить")
    await strikes(room)
    [asked] = about(vera, "Шаг ждёт подтверждения")
    await vera.taps("Открыть", asked)
    await vera.taps("Подтвердить")
    await strikes(room)
    assert [step.state for step in await room.steps(maria)] == [StepState.CONFIRMED, StepState.PLANNED]

    await maria.says("/iom")
    await maria.taps("1. ")
    await maria.taps("Готово")
    await maria.says("Провела два урока с новой проверкой")
    await maria.taps("Готово, отправить")
    await strikes(room)
    asked = about(vera, "Шаг ждёт подтверждения")[-1]
    await vera.taps("Открыть", asked)
    await vera.taps("Подтвердить")
    await strikes(room)
    told = len(about(maria, REMINDED))
    await days_pass(room, 30)
    assert len(about(maria, REMINDED)) == told, "nothing is left to be reminded of"


async def closed(room: Workroom, maria: Person) -> None:
    """Reflection, the end, the diagnosis once more, before and after side by side."""
    await maria.says("/iom")
    await maria.taps("Завершить маршрут")
    for words in ("Проверка за десять минут", "Время", "Дети видят ошибки сразу", "Проекты"):
        await maria.says(words)
    end = await maria.taps("Завершить маршрут")
    assert "выполнено 2 из 2" in end.text
    await maria.taps("Пройти диагностику снова")
    await maria.taps("Начать")
    await answers(maria, assessment=LEAST)
    after = await maria.says("/iom")
    if "было" not in after.text:
        after = await maria.taps("Итоги")
    assert "Цифровые компетенции: было 18 → стало 0, −18" in after.text


async def documented(room: Workroom, maria: Person) -> None:
    assert "Документ" in titles(maria.last)
    await maria.taps("Документ")
    await strikes(room)
    await room.town.server.until(lambda: any(message.document for message in maria.history), timeout=60)
    message = next(message for message in reversed(maria.history) if message.document)
    assert message.document is not None
    paper = docx.Document(BytesIO(message.document.data))
    told = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert STEP in told
    assert "выполнено" in told.lower()
