"""Closing a route in chat: steps left, four questions, the end, the diagnosis before and after, the documents."""

from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import docx
import pytest
from PIL import Image
from sqlalchemy import insert

from bot.sandbox.messenger.model import ChatMessage
from handlers.iom.closing.taps import CloseTap, DocumentTap, EarlyTap, EndTap, OutcomeTap, ReflectTap, SummaryTap
from services.delivery.model import Kind
from services.iom.model import Happening, PauseReason, RouteState, StepState
from services.people.model import Account, Role
from storage.tables import survey_sessions
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import TUESDAY, settled, until_sent
from tests.handlers.test_people import noted
from tests.handlers.walked import TODAY, Walk, person_id, walk_at
from tests.services.iom.test_outcome import DEFICITS, answer
from tests.town import Person, titles

WORDS = ("Задания с проверкой <b>за минуту</b> & радость", "Время", "Дети спорят о критериях", "Проектный урок")


@pytest.fixture
async def walk(tmp_path: Path) -> AsyncIterator[Walk]:
    async with walk_at(tmp_path) as walk:
        yield walk


async def all_done(walk: Walk) -> None:
    for number in range(len(walk.steps)):
        await walk.changes_step(number, state=StepState.CONFIRMED, done_at=TUESDAY, remind_on=None)


async def reflected(person: Person, walk: Walk) -> ChatMessage:
    """All four questions are answered; the screen with the answers."""
    await person.taps_data(CloseTap(route=walk.route).pack())
    for words in WORDS:
        await person.says(words)
    return person.last


async def closed(person: Person, walk: Walk) -> ChatMessage:
    await reflected(person, walk)
    return await person.taps("Завершить маршрут")


async def diagnosed(walk: Walk, days: int, high: str, version: str = DEFICITS.version) -> int:
    """The teacher finishes the diagnosis so many days from now: three points for an item of `high`, else one."""
    at = TUESDAY + timedelta(days=days)
    answers = "".join(answer(item, 3 if item.scale == high else 1) for item in DEFICITS.items)
    async with walk.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        row = await connection.execute(
            insert(survey_sessions)
            .values(
                person_id=await person_id(work, walk.teacher),
                instrument=DEFICITS.id,
                version=version,
                alphabet=DEFICITS.option_codes,
                answers=answers,
                turn=len(answers),
                position=0,
                state="finished",
                started_at=at,
                updated_at=at,
                finished_at=at,
            )
            .returning(survey_sessions.c.id)
        )
        session = int(row.scalar_one())
        await work.commit()
    return session


async def test_four_questions_and_the_route_is_closed(walk: Walk) -> None:
    await all_done(walk)
    await walk.teacher.says("/iom")
    first = await walk.teacher.taps("Завершить маршрут")
    assert "вопрос 1 из 4" in first.text
    assert "увидят те, кто с вами его согласует" in first.text
    second = await walk.teacher.says(WORDS[0])
    assert second.id != first.id
    assert "вопрос 2 из 4" in second.text
    await walk.teacher.taps("Пропустить")
    await walk.teacher.says(WORDS[2])
    ready = await walk.teacher.says(WORDS[3])
    assert WORDS[0] in ready.text
    assert "без ответа" in ready.text
    assert (await walk.stored()).state is RouteState.ACTIVE
    end = await walk.teacher.taps("Завершить маршрут")
    assert "Маршрут завершён" in end.text
    assert "выполнено 3 из 3" in end.text
    route = await walk.stored()
    assert route.state is RouteState.CLOSED
    assert route.closed_at == walk.clock.now
    assert route.reflection == {"worked": WORDS[0], "hard": "", "changed": WORDS[2], "next": WORDS[3]}
    [row] = await walk.town.rows("SELECT what FROM iom_history WHERE what = 'closed'")
    assert row.what == Happening.CLOSED


async def test_an_answer_is_kept_at_once_and_one_goes_on_where_one_stopped(walk: Walk) -> None:
    await all_done(walk)
    await walk.teacher.taps_data(CloseTap(route=walk.route).pack())
    await walk.teacher.says(WORDS[0])
    await walk.teacher.says("/cancel")
    stray = await walk.teacher.says("Просто слова")
    assert "вопрос" not in stray.text
    assert (await walk.stored()).reflection == {"worked": WORDS[0]}
    again = await walk.teacher.taps_data(CloseTap(route=walk.route).pack())
    assert "вопрос 2 из 4" in again.text
    back = await walk.teacher.taps("‹ Назад")
    assert "вопрос 1 из 4" in back.text
    assert WORDS[0] in back.text
    assert "вопрос 2 из 4" in (await walk.teacher.taps("Оставить так")).text
    assert (await walk.stored()).reflection == {"worked": WORDS[0]}
    await walk.teacher.taps("‹ Назад")
    await walk.teacher.says("Иначе")
    assert (await walk.stored()).reflection == {"worked": "Иначе"}


async def test_answers_can_be_mended_before_the_end(walk: Walk) -> None:
    await all_done(walk)
    await reflected(walk.teacher, walk)
    await walk.teacher.taps("Поправить ответы")
    await walk.teacher.taps("Оставить так")
    await walk.teacher.says("Сроки")
    await walk.teacher.taps("Оставить так")
    ready = await walk.teacher.taps("Оставить так")
    assert "Сроки" in ready.text
    assert "Дети спорят" in ready.text


async def test_words_that_do_not_fit_are_not_kept(walk: Walk) -> None:
    await all_done(walk)
    await walk.teacher.taps_data(CloseTap(route=walk.route).pack())
    refused = await walk.teacher.says("я" * 1001)
    assert "1000" in refused.text
    assert "вопрос 1 из 4" in refused.text
    await walk.teacher.says("я" * 4000)
    assert "Слишком длинно" in walk.teacher.last.text
    await walk.teacher.says("и остаток")
    assert "Слишком длинно" in walk.teacher.last.text
    assert (await walk.stored()).reflection == {}
    walk.clock.pass_by(seconds=30)
    assert "вопрос 2 из 4" in (await walk.teacher.says("я" * 1000)).text


async def test_four_long_answers_fit_the_screen(walk: Walk) -> None:
    await all_done(walk)
    await walk.teacher.taps_data(CloseTap(route=walk.route).pack())
    for _ in range(4):
        await walk.teacher.says("&" * 1000)
    assert "Завершить маршрут" in titles(walk.teacher.last)
    assert "Маршрут завершён" in (await walk.teacher.taps("Завершить маршрут")).text


async def test_steps_that_are_left_are_told_and_a_reason_is_asked(walk: Walk) -> None:
    await walk.changes_step(0, state=StepState.CONFIRMED, remind_on=None)
    await walk.changes_step(1, state=StepState.DONE, remind_on=None)
    assert (await walk.step(2)).remind_on is not None
    asked = await walk.teacher.taps_data(CloseTap(route=walk.route).pack())
    assert "Осталось: 2\xa0шага" in asked.text
    assert "Вебинар о тестах — просрочено на 3\xa0дня" in asked.text
    assert "Урок коллеги — на подтверждении" in asked.text
    assert "Курс" not in asked.text
    assert titles(asked)[0] == "Сначала закончить шаги"
    await walk.teacher.taps("Завершить сейчас")
    await walk.teacher.says("Переход в другую <школу>")
    assert "вопрос 1 из 4" in walk.teacher.last.text
    for _ in range(4):
        await walk.teacher.taps("Пропустить")
    assert "Переход в другую <школу>" in walk.teacher.last.text
    await walk.teacher.taps("Поправить причину")
    await walk.teacher.taps("Цель достигнута раньше")
    end = await walk.teacher.taps("Завершить маршрут")
    assert "выполнено 1 из 3" in end.text
    assert "ждут подтверждения: 1" in end.text
    assert "Цель достигнута раньше" in end.text
    [row] = await walk.town.rows("SELECT words FROM iom_history WHERE what = 'closed'")
    assert row.words == "Цель достигнута раньше"
    late = await walk.step(2)
    assert (late.state, late.remind_on) == (StepState.PLANNED, None)


async def test_a_reason_is_forgotten_when_everything_is_done_after_all(walk: Walk) -> None:
    await walk.teacher.taps_data(EarlyTap(route=walk.route, reason="off").pack())
    await all_done(walk)
    end = await closed(walk.teacher, walk)
    assert "не состоялись" not in end.text
    assert "reason" not in ((await walk.stored()).reflection or {})


async def test_a_pause_ends_with_the_route(walk: Walk) -> None:
    await all_done(walk)
    async with walk.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        assert await work.iom.add_pause(walk.route, PauseReason.SICK, TODAY, None) is not None
        await work.commit()
    await closed(walk.teacher, walk)
    [row] = await walk.town.rows("SELECT over, ends_on FROM iom_pauses")
    assert row.over


async def test_a_route_that_is_not_walked_is_not_closed(walk: Walk) -> None:
    await all_done(walk)
    await reflected(walk.teacher, walk)
    for state, words in ((RouteState.DRAFT, "меняется"), (RouteState.REVIEW, "на согласовании")):
        await walk.changes_route(state=state)
        for tap in (CloseTap, EndTap, ReflectTap, EarlyTap):
            assert words in (await walk.teacher.taps_data(tap(route=walk.route).pack())).text
        await walk.teacher.taps_data(SummaryTap(route=walk.route).pack())
        assert "Итоги появятся" in walk.teacher.toasts[-1]
        assert (await walk.stored()).state is state


async def test_nothing_is_closed_before_the_last_question(walk: Walk) -> None:
    await all_done(walk)
    await walk.teacher.taps_data(CloseTap(route=walk.route).pack())
    assert "вопрос 1 из 4" in (await walk.teacher.taps_data(EndTap(route=walk.route).pack())).text
    assert (await walk.stored()).state is RouteState.ACTIVE


async def test_words_for_a_route_taken_out_of_work_meanwhile_are_not_kept(walk: Walk) -> None:
    await all_done(walk)
    await walk.teacher.taps_data(CloseTap(route=walk.route).pack())
    await walk.changes_route(state=RouteState.CLOSED, closed_at=TUESDAY)
    assert "уже не в работе" in (await walk.teacher.says("Ответ")).text
    assert not (await walk.stored()).reflection


async def test_a_second_tap_on_the_end_shows_the_outcome(walk: Walk) -> None:
    await all_done(walk)
    ready = await reflected(walk.teacher, walk)
    await walk.teacher.taps("Завершить маршрут", ready)
    assert "Итоги маршрута" in (await walk.teacher.taps_data(EndTap(route=walk.route).pack())).text
    assert len(await walk.town.rows("SELECT 1 FROM iom_history WHERE what = 'closed'")) == 1


async def test_others_do_not_close_the_route_nor_see_its_outcome(walk: Walk) -> None:
    await all_done(walk)
    await closed(walk.teacher, walk)
    await walk.changes_route(state=RouteState.ACTIVE)
    other = await settled(walk.town, "Белова Анна Ильинична", (Role.TEACHER, walk.school))
    for person in (walk.mentor, walk.curator, other):
        for tap in (CloseTap, EarlyTap, ReflectTap, EndTap, OutcomeTap, SummaryTap):
            await person.taps_data(tap(route=walk.route).pack())
            assert "не открыто" in person.toasts[-1]
    await other.taps_data(DocumentTap(route=walk.route).pack())
    assert "не открыто" in other.toasts[-1]
    assert (await walk.stored()).state is RouteState.ACTIVE


# Before and after.


async def test_the_diagnosis_is_offered_again_and_compared_weeks_later(walk: Walk) -> None:
    await walk.changes_route(session_id=await diagnosed(walk, -30, "digital"))
    await all_done(walk)
    end = await closed(walk.teacher, walk)
    assert titles(end)[0] == "Пройти диагностику снова"
    assert "стало" not in end.text
    test = await walk.teacher.taps("Пройти диагностику снова")
    assert "Диагностика профессиональных дефицитов" in test.text

    repeat = await diagnosed(walk, 21, "assessment")
    await diagnosed(walk, 300, "subject")
    end = await walk.teacher.taps_data(OutcomeTap(route=walk.route).pack())
    assert "25\xa0октября 2026\xa0г. → 15\xa0декабря 2026\xa0г." in end.text
    assert "Цифровые компетенции: было 18 → стало 6, −12\n   дефицит → уверенное владение" in end.text
    assert "Оценочные компетенции: было 6 → стало 18, +12" in end.text
    assert "Предметные компетенции: было 6 → стало 6, без изменений\n   уверенное владение" in end.text
    assert end.text.index("Цифровые") < end.text.index("Оценочные") < end.text.index("Предметные")
    assert "Пройти диагностику снова" not in titles(end)
    assert (await walk.stored()).repeat_session_id == repeat
    await walk.teacher.taps_data(OutcomeTap(route=walk.route).pack())
    assert len(await walk.town.rows("SELECT 1 FROM iom_history WHERE what = 'repeated'")) == 1


async def test_a_diagnosis_during_the_route_is_compared_until_there_is_one_after_it(walk: Walk) -> None:
    await walk.changes_route(
        session_id=await diagnosed(walk, -30, "digital"), agreed_at=TUESDAY - timedelta(days=20)
    )
    await diagnosed(walk, -25, "subject")
    during = await diagnosed(walk, -5, "methodical")
    await all_done(walk)
    await closed(walk.teacher, walk)
    assert (await walk.stored()).repeat_session_id == during
    after = await diagnosed(walk, 5, "communication")
    await walk.teacher.taps_data(OutcomeTap(route=walk.route).pack())
    assert (await walk.stored()).repeat_session_id == after


async def test_another_version_of_the_diagnosis_is_not_compared(walk: Walk) -> None:
    await walk.changes_route(session_id=await diagnosed(walk, -30, "digital"))
    await diagnosed(walk, 3, "assessment", version="0")
    await all_done(walk)
    end = await closed(walk.teacher, walk)
    assert "стало" not in end.text
    assert (await walk.stored()).repeat_session_id is None


# Files.


async def test_the_teacher_gets_the_document(walk: Walk) -> None:
    await walk.changes_route(session_id=await diagnosed(walk, -30, "digital"))
    await walk.teacher.says("/iom")
    await walk.teacher.taps("Документ")
    message, text = await document(walk, walk.teacher)
    assert message.document is not None
    assert message.document.name == "ИОМ Лугин О. И.docx"
    assert "Лугин Олег Игоревич" in message.caption
    assert "Индивидуальный образовательный маршрут" in text
    assert "выявленные дефициты: цифровые компетенции, оценочные компетенции" in text
    assert "Вебинар о тестах" in text
    assert "18" not in text, "no points are in it"
    assert await noted(walk.town) == [], "one's own document is nobody else's business"


async def test_whoever_looks_after_the_route_gets_its_document_and_it_is_noted(walk: Walk) -> None:
    for person in (walk.mentor, walk.curator):
        await person.taps_data(DocumentTap(route=walk.route).pack())
        _, text = await document(walk, person)
        assert "Лугин" in text
    assert (await noted(walk.town)).count("iom_exported") == 2


@pytest.mark.parametrize("tap", [DocumentTap, SummaryTap])
async def test_several_taps_give_one_file_and_a_later_one_another(
    walk: Walk, tap: type[DocumentTap | SummaryTap]
) -> None:
    await walk.changes_route(state=RouteState.CLOSED, closed_at=TUESDAY)
    for owed in (1, 2):
        for _ in range(2):
            await walk.teacher.taps_data(tap(route=walk.route).pack())
        assert (
            len(await walk.town.rows("SELECT id FROM outbox WHERE kind IN ('iom_document', 'iom_summary')"))
            == owed
        )
        walk.clock.pass_by(minutes=1)


async def test_others_read_nothing_of_a_draft_in_the_document(walk: Walk) -> None:
    await walk.changes_route(state=RouteState.DRAFT, reflection={"worked": "Недописанное"})
    await walk.changes_step(1, agreed=False)
    await walk.mentor.taps_data(DocumentTap(route=walk.route).pack())
    _, text = await document(walk, walk.mentor)
    assert "ВНОСЯТСЯ ИЗМЕНЕНИЯ" in text
    assert "Вебинар о тестах" in text
    assert "Урок коллеги" not in text
    await walk.teacher.taps_data(DocumentTap(route=walk.route).pack())
    _, text = await document(walk, walk.teacher)
    assert "Урок коллеги" in text
    assert "Недописанное" not in text


async def test_a_document_that_was_asked_for_is_not_sent_when_the_right_is_gone(walk: Walk) -> None:
    stranger = await settled(walk.town, "Белова Анна Ильинична", (Role.TEACHER, walk.school))
    await owe(walk, stranger, Kind.IOM_DOCUMENT)
    await owe(walk, walk.mentor, Kind.IOM_SUMMARY)
    await walk.town.change("UPDATE consents SET revoked_at = given_at WHERE person_id = 1")
    await owe(walk, walk.mentor, Kind.IOM_DOCUMENT)
    await until_sent(walk.town)
    for person in (stranger, walk.mentor):
        assert not any(message.file for message in person.history)


async def owe(walk: Walk, person: Person, kind: Kind) -> None:
    """What was asked for while it was allowed is due only now."""
    async with walk.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        visitor = (await work.people.visitor(Account("telegram", person.id))).person
        assert visitor is not None
        key = f"{kind}:{person.id}"
        assert await work.outbox.owe(visitor.account_id, kind, key, {"route_id": walk.route}, TUESDAY)
        await work.commit()


async def test_the_summary_is_a_picture_for_the_teacher(walk: Walk) -> None:
    await walk.changes_route(session_id=await diagnosed(walk, -30, "digital"))
    await all_done(walk)
    await closed(walk.teacher, walk)
    await diagnosed(walk, 5, "assessment")
    await walk.teacher.taps("Итоги картинкой")
    picture = await walk.teacher.gets_picture()
    assert "видите только вы" in picture.caption
    assert picture.photo is not None
    with Image.open(BytesIO(picture.photo.data)) as image:
        assert image.width == 1080
        assert image.height > 1500, "the comparison is in it"


async def document(walk: Walk, person: Person) -> tuple[ChatMessage, str]:
    """The newest document that the person was sent, and all its words."""
    await until_sent(walk.town)
    message = next(message for message in reversed(person.history) if message.document)
    assert message.document is not None
    paper = docx.Document(BytesIO(message.document.data))
    parts = [paper.sections[0].header, paper]
    lines = [paragraph.text for part in parts for paragraph in part.paragraphs]
    lines += [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return message, "\n".join(lines)
