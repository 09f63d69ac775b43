"""/iom: the card of a route, and its steps put off, cancelled and at rest, in chat."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.iom.reviewing.taps import ConfirmTap, ReturnStepTap
from handlers.iom.taps import RouteTap, StepTap, WholeTap
from handlers.iom.walking.taps import (
    CancelStepTap,
    CancelWhyTap,
    DoneTap,
    PauseDayTap,
    PauseTap,
    PostponeDayTap,
    PostponeTap,
    PostponeWhyTap,
    ResumeTap,
)
from services.iom.model import EvidenceKind, PauseReason, RouteState, StepState
from services.people.model import Role
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import TUESDAY, settled
from tests.handlers.walked import COURSE, LATE, LESSON, TODAY, Walk, day, walk_at
from tests.town import titles


@pytest.fixture
async def walk(tmp_path: Path) -> AsyncIterator[Walk]:
    async with walk_at(tmp_path) as walk:
        yield walk


async def test_the_card_tells_what_is_late_and_what_comes_next(walk: Walk) -> None:
    card = await walk.teacher.says("/iom")
    assert "выполнено 0 из 3" in card.text
    assert "просрочено на 3\xa0дня" in card.text
    assert "завтра, 25\xa0ноября" in card.text
    assert (
        card.text.index("Вебинар о тестах")
        < card.text.index("Курс «Цифровой урок»")
        < card.text.index("Урок коллеги")
    )
    assert "Цифровые и оценочные" in card.text or "цифровые и оценочные компетенции" in card.text
    assert titles(card)[0].startswith("1. Вебинар о тестах")


async def test_the_menu_leads_to_the_route(walk: Walk) -> None:
    await walk.teacher.says("/menu")
    card = await walk.teacher.taps("Мой маршрут")
    assert "Мой маршрут (ИОМ)" in card.text
    menu = await walk.curator.says("/menu")
    assert not any("Мой маршрут" in title for title in titles(menu))


async def test_whoever_has_no_route_is_told_what_it_is(walk: Walk) -> None:
    newcomer = await settled(walk.town, "Белова Анна Ильинична", (Role.TEACHER, walk.school))
    card = await newcomer.says("/iom")
    assert "личный план развития" in card.text
    assert titles(card)[0] == "Составить маршрут"
    card = await walk.curator.says("/iom")
    assert titles(card) == ["Меню"]


async def test_a_route_in_review_says_whom_it_waits_for(walk: Walk) -> None:
    await walk.changes_route(state=RouteState.REVIEW)
    card = await walk.teacher.says("/iom")
    assert "На согласовании с 24\xa0ноября" in card.text
    assert "Осипова Вера Павловна" in card.text
    assert titles(card)[0] == "Забрать и поправить"


async def test_a_route_in_review_is_read_and_decided_about_by_others(walk: Walk) -> None:
    await walk.changes_route(state=RouteState.REVIEW)
    await walk.changes_step(1, agreed=False)
    for person, decides in ((walk.mentor, "Решение за вами."), (walk.curator, "Решение примет наставник")):
        await walk.opens_route(person)
        assert decides in person.last.text
        assert "Лугин Олег Игоревич" in person.last.text
        assert "Ещё не согласованы" in person.last.text
        assert titles(person.last)[0] == "Прочитать и решить"
    assert "Наставник маршрута" in titles(walk.curator.last)
    assert "Наставник маршрута" not in titles(walk.mentor.last)
    # Looking into somebody's route is noted, for whoever is not their mentor.
    [entry] = await walk.town.rows("SELECT * FROM audit WHERE action = 'iom_seen'")
    assert entry.organisation_id == walk.school


async def test_a_draft_that_was_returned_begins_with_the_comment(walk: Walk) -> None:
    await walk.changes_route(state=RouteState.DRAFT, agreed_at=None, comment="Уточните <сроки>")
    card = await walk.teacher.says("/iom")
    assert card.text.index("Уточните <сроки>") < card.text.index("1. ")
    assert "Добавить мероприятие" in titles(card)
    assert "‹ К маршруту" not in titles(card)


async def test_others_see_nothing_of_a_draft_but_what_was_agreed(walk: Walk) -> None:
    await walk.changes_route(state=RouteState.DRAFT)
    await walk.changes_step(1, agreed=False)
    await walk.opens_route(walk.mentor)
    assert "Урок коллеги" not in walk.mentor.last.text
    assert "Вебинар о тестах" in walk.mentor.last.text
    await walk.opens(1, walk.mentor)
    assert "Урок коллеги" not in walk.mentor.last.text
    assert "всё уже изменилось" in walk.mentor.last.text
    for tap in (
        ConfirmTap(step=walk.steps[1], turn=1),
        ReturnStepTap(step=walk.steps[1]),
        WholeTap(step=walk.steps[1]),
    ):
        await walk.mentor.taps_data(tap.pack())
        assert "Урок коллеги" not in walk.mentor.last.text


async def test_a_closed_route_offers_a_new_one(walk: Walk) -> None:
    await walk.changes_step(0, state=StepState.CONFIRMED, confirmed_at=TUESDAY)
    await walk.changes_route(state=RouteState.CLOSED, closed_at=TUESDAY)
    card = await walk.teacher.says("/iom")
    assert "Маршрут завершён" in card.text
    assert "выполнено 1 из 3" in card.text
    assert "Итоги маршрута" in titles(card)
    assert "Составить новый маршрут" in titles(card)


async def test_finished_steps_are_folded(walk: Walk) -> None:
    await walk.changes_step(0, state=StepState.CONFIRMED, confirmed_at=TUESDAY)
    await walk.changes_step(1, state=StepState.CANCELLED, comment="Мероприятие не состоится")
    card = await walk.teacher.says("/iom")
    assert "Курс «Цифровой урок»" not in card.text
    assert "выполнено 1 из 2" in card.text
    card = await walk.teacher.taps("Выполнено: 1, отменено: 1")
    assert "✓ Курс «Цифровой урок»" in card.text
    assert "отменено: Мероприятие не состоится" in card.text


async def test_when_all_is_finished_the_end_comes_first(walk: Walk) -> None:
    for number in range(3):
        await walk.changes_step(number, state=StepState.CONFIRMED, confirmed_at=TUESDAY)
    card = await walk.teacher.says("/iom")
    assert titles(card)[0] == "Завершить маршрут"


async def test_a_long_route_fits_into_messages(tmp_path: Path) -> None:
    plans = [replace(COURSE, title=f"{number} " + "<&>«Ы😀» " * 32, due_on=day(number)) for number in range(20)]
    plans = [replace(plan, title=plan.title[:300], result="<" * 1000, responsible="&" * 200) for plan in plans]
    async with walk_at(tmp_path, plans) as walk:
        seen = ""
        card = await walk.teacher.says("/iom")
        for _ in range(4):
            assert len(card.text) <= 4000
            assert len(titles(card)) <= 30
            seen += card.text
            if "Дальше ›" in titles(card):
                card = await walk.teacher.taps("Дальше ›")
        assert all(f"{number}. {number - 1} <&>" in seen for number in range(1, 21))
        await walk.changes_step(0, comment="ы" * 1000)
        await evidence_of(walk, 5, "😀" * 500)
        await walk.opens(0)
        assert len(walk.teacher.last.text) <= 4000
        page = await walk.teacher.taps("Показать целиком")
        whole = page.text
        for _ in range(6):
            page = await walk.teacher.taps("Дальше ›")
            whole += page.text
        for text in ("<" * 1000, "ы" * 1000, *(f"{number}. «{'😀' * 500}»" for number in range(1, 6))):
            assert text in whole


async def evidence_of(walk: Walk, number: int, words: str) -> None:
    for piece in range(number):
        await walk.town.change(
            "INSERT INTO iom_evidence (step_id, kind, words, cause, given_at) "
            "VALUES (:step, :kind, :words, :cause, '2026-11-24 10:00:00')",
            step=walk.steps[0],
            kind=EvidenceKind.TEXT.value,
            words=words,
            cause=f"test:{piece}",
        )


async def test_the_history_tells_what_has_happened_and_who_did_it(walk: Walk) -> None:
    await walk.opens(0)
    await walk.teacher.taps("Отменить шаг")
    await walk.teacher.taps("Нашлась замена")
    await walk.teacher.says("/iom")
    card = await walk.teacher.taps("История")
    assert "24\xa0ноября, шаг отменён: Нашлась замена\nКурс «Цифровой урок»" in card.text
    await walk.opens_route(walk.mentor)
    card = await walk.mentor.taps("История")
    assert "Лугин Олег Игоревич" in card.text
    assert "Нашлась замена" in card.text


async def test_a_step_tells_everything_about_it(walk: Walk) -> None:
    await walk.changes_step(0, plan=replace(COURSE, due_on=day(5)), comment="Добавьте <вывод>")
    await walk.opens(0)
    text = walk.teacher.last.text
    assert "Курс повышения квалификации · Цифровые компетенции" in text
    assert "Срок 29\xa0ноября, через 5\xa0дней" in text
    assert "Первоначальный срок: 25\xa0ноября" in text
    assert "Ответственный: Лугин Олег Игоревич" in text
    assert "Ожидаемый результат: Свой цифровой урок" in text
    assert "Комментарий: Добавьте <вывод>" in text


async def test_a_step_is_put_off_by_days_with_a_reason(walk: Walk) -> None:
    await walk.opens(0)
    await walk.teacher.taps("Отложить")
    await walk.teacher.taps("7\xa0дней")
    card = await walk.teacher.taps("Болезнь")
    assert "Новый срок: 2\xa0декабря." in walk.teacher.toasts
    assert "Почему перенос: Болезнь" in card.text
    step = await walk.step(0)
    assert step.plan.due_on == day(8)
    assert step.first_due_on == COURSE.due_on
    assert step.reminded_on == TODAY
    assert step.remind_on == day(1)
    card = await walk.teacher.taps_data(RouteTap(route=walk.route, part="history").pack())
    assert "25.11.2026 → 02.12.2026. Болезнь" in card.text


async def test_an_overdue_step_is_put_off_from_today(walk: Walk) -> None:
    await walk.opens(2)
    await walk.teacher.taps("Отложить")
    assert "Считаем от сегодняшнего дня" in walk.teacher.last.text
    await walk.teacher.taps("3\xa0дня")
    await walk.teacher.taps("Не хватило времени")
    assert (await walk.step(2)).plan.due_on == day(3)


async def test_a_step_is_put_off_to_a_day_in_words_for_a_reason_in_words(walk: Walk) -> None:
    await walk.opens(0)
    await walk.teacher.taps("Отложить")
    await walk.teacher.says("когда-нибудь")
    assert "На сколько отложить?" in walk.teacher.last.text
    await walk.teacher.says("до 24 ноября")
    assert "позже нынешнего: с 26\xa0ноября" in walk.teacher.last.text
    await walk.teacher.says("через 5 лет")
    assert "слишком далеко" in walk.teacher.last.text
    await walk.teacher.says("до 15 декабря")
    assert "Новый срок: 15\xa0декабря" in walk.teacher.last.text
    await walk.teacher.says("ы" * 1001)
    assert "поместится 1000" in walk.teacher.last.text
    card = await walk.teacher.says("Олимпиада <в> районе")
    assert "Новый срок: 15\xa0декабря." in card.text
    assert "Почему перенос: Олимпиада <в> районе" in card.text
    assert (await walk.step(0)).plan.due_on.isoformat() == "2026-12-15"


async def test_a_step_is_put_off_to_a_day_of_the_calendar(walk: Walk) -> None:
    await walk.opens(0)
    await walk.teacher.taps("Отложить")
    calendar = await walk.teacher.taps("Другая дата")
    assert "Ноябрь 2026" in titles(calendar)
    await walk.teacher.taps("›")
    await walk.teacher.taps("10")
    await walk.teacher.taps("Мероприятие перенесли")
    assert (await walk.step(0)).plan.due_on.isoformat() == "2026-12-10"


async def test_a_second_tap_and_an_old_button_change_nothing(walk: Walk) -> None:
    step = walk.steps[0]
    why = PostponeWhyTap(step=step, day=day(8).toordinal(), why=0).pack()
    await walk.opens(0)
    await walk.teacher.taps_data(why)
    turn = (await walk.step(0)).turn
    await walk.teacher.taps_data(why)
    assert "Срок уже не перенести" in walk.teacher.toasts[-1]
    await walk.teacher.taps_data(PostponeWhyTap(step=step, day=day(500).toordinal(), why=0).pack())
    assert (await walk.step(0)).turn == turn
    await walk.teacher.taps_data(CancelWhyTap(step=step, why=0).pack())
    await walk.teacher.taps_data(CancelWhyTap(step=step, why=1).pack())
    assert "уже не отменить" in walk.teacher.toasts[-1]
    cancelled = await walk.step(0)
    assert (cancelled.state, cancelled.comment) == (StepState.CANCELLED, "Мероприятие не состоится")
    assert cancelled.remind_on is None
    for old in (PostponeTap(step=step, days=3), DoneTap(step=step), DoneTap(step=step, send=True)):
        await walk.teacher.taps_data(old.pack())
    assert await walk.step(0) == cancelled


async def test_a_closed_route_takes_no_steps_any_more(walk: Walk) -> None:
    await walk.opens(0)
    await walk.teacher.taps("Отложить")
    await walk.changes_route(state=RouteState.CLOSED, closed_at=TUESDAY)
    before = await walk.step(0)
    await walk.teacher.says("до 15 декабря")
    await walk.teacher.taps_data(CancelWhyTap(step=walk.steps[0], why=1).pack())
    await walk.teacher.taps_data(DoneTap(step=walk.steps[0]).pack())
    await walk.teacher.says("сделано")
    await walk.teacher.taps_data(PauseTap(route=walk.route, reason=PauseReason.SICK).pack())
    assert await walk.step(0) == before
    assert not await walk.town.rows("SELECT 1 FROM iom_evidence")
    assert not await walk.town.rows("SELECT 1 FROM iom_pauses")


async def test_a_step_is_cancelled_for_a_reason_in_words(walk: Walk) -> None:
    await walk.opens(1)
    await walk.teacher.taps("Отменить шаг")
    card = await walk.teacher.says("Коллега уволилась")
    assert "Шаг отменён." in card.text
    assert "Почему отмена: Коллега уволилась" in card.text
    assert titles(card) == ["‹ К маршруту", "Меню"]


async def test_of_words_cut_in_two_by_the_messenger_neither_part_is_a_reason(walk: Walk) -> None:
    await walk.opens(0)
    await walk.teacher.taps("Отложить")
    await walk.teacher.taps("3\xa0дня")
    assert "Слишком длинно" in (await walk.teacher.says("я" * 4_000)).text
    asked = await walk.teacher.says("конец того же сообщения")
    assert "Слишком длинно" in asked.text
    assert "Почему переносим?" in asked.text
    await walk.opens(0)
    await walk.teacher.taps("Отменить шаг")
    assert "Слишком длинно" in (await walk.teacher.says("я" * 4_000)).text
    asked = await walk.teacher.says("конец того же сообщения")
    assert "Слишком длинно" in asked.text
    assert "Отменить этот шаг?" in asked.text
    step = await walk.step(0)
    assert (step.state, step.plan.due_on, step.comment) == (StepState.PLANNED, COURSE.due_on, "")
    walk.clock.pass_by(seconds=6)
    await walk.teacher.says("Передумали")
    assert (await walk.step(0)).state is StepState.CANCELLED


async def test_what_is_not_agreed_is_not_done(walk: Walk) -> None:
    await walk.changes_step(0, agreed=False)
    await walk.opens(0)
    assert titles(walk.teacher.last) == ["‹ К маршруту", "Меню"]
    await walk.teacher.taps_data(DoneTap(step=walk.steps[0]).pack())
    assert "Этот шаг сначала нужно согласовать." in walk.teacher.toasts


async def test_nobody_else_walks_a_route(walk: Walk) -> None:
    stranger = await settled(walk.town, "Чужих Пётр Ильич", (Role.TEACHER, walk.school))
    step, route = walk.steps[0], walk.route
    before = await walk.step(0)
    forged = (
        DoneTap(step=step),
        PostponeTap(step=step, days=3),
        PostponeWhyTap(step=step, day=day(8).toordinal(), why=0),
        CancelStepTap(step=step),
        CancelWhyTap(step=step, why=0),
        PauseTap(route=route, reason=PauseReason.SICK),
        PauseDayTap(route=route, reason=PauseReason.SICK, starts=TODAY.toordinal(), day=0),
        ResumeTap(route=route),
    )
    for person in (stranger, walk.mentor, walk.curator):
        for tap in forged:
            await person.taps_data(tap.pack())
            assert "Здесь это вам не открыто" in person.toasts[-1]
    for tap in (RouteTap(route=route), StepTap(step=step)):
        await stranger.taps_data(tap.pack())
        assert "Лугин" not in stranger.last.text
    assert await walk.step(0) == before


async def test_words_go_nowhere_once_the_route_is_somebody_elses(walk: Walk) -> None:
    await walk.opens(0)
    await walk.teacher.taps("Отменить шаг")
    await walk.town.change(
        "UPDATE iom_routes SET person_id = (SELECT person_id FROM accounts WHERE external_id = :other)",
        other=walk.mentor.id,
    )
    await walk.teacher.says("Больше не нужно")
    assert (await walk.step(0)).state is StepState.PLANNED


async def test_a_pause_silences_and_moves_the_terms(walk: Walk) -> None:
    await walk.teacher.says("/iom")
    await walk.teacher.taps("Пауза")
    await walk.teacher.taps("Больничный")
    card = await walk.teacher.taps("Пока не знаю")
    assert "Пауза: больничный, без даты окончания" in card.text
    assert "Маршрут на паузе. Напоминаний не будет." in walk.teacher.toasts
    await walk.opens(0)
    assert "Отложить" not in titles(walk.teacher.last)
    await walk.teacher.taps_data(PostponeTap(step=walk.steps[0], days=3).pack())
    assert "после неё сроки сдвинутся сами" in walk.teacher.toasts[-1]
    walk.clock.pass_by(days=5)
    await walk.teacher.says("/iom")
    card = await walk.teacher.taps("Снять с паузы")
    assert "Сроки сдвинуты на 5\xa0дней." in walk.teacher.toasts[-1]
    dues = [(await walk.step(number)).plan.due_on for number in range(3)]
    assert dues == [COURSE.due_on + timedelta(days=5), LESSON.due_on + timedelta(days=5), LATE.due_on]
    assert "Пауза" in titles(card)
    await walk.teacher.taps_data(ResumeTap(route=walk.route).pack())
    assert "уже не на паузе" in walk.teacher.toasts[-1]
    assert (await walk.step(0)).plan.due_on == dues[0]


async def test_holidays_begin_later_and_end_on_a_day_in_words(walk: Walk) -> None:
    await walk.teacher.says("/iom")
    await walk.teacher.taps("Пауза")
    await walk.teacher.taps("Каникулы")
    await walk.teacher.says("с 28 декабря")
    assert "Какой день последний?" in walk.teacher.last.text
    assert "с 28\xa0декабря" in walk.teacher.last.text
    await walk.teacher.says("по 20 декабря")
    assert "Какой день последний?" in walk.teacher.last.text
    card = await walk.teacher.says("по 8 января")
    assert "Пауза начнётся 28\xa0декабря." in card.text
    assert "Будет пауза: каникулы, с 28\xa0декабря по 8\xa0января 2027" in card.text
    await walk.teacher.taps_data(PauseTap(route=walk.route).pack())
    assert "уже на паузе" in walk.teacher.toasts[-1]
    await walk.opens(0)
    assert "Отложить" in titles(walk.teacher.last)
    await walk.teacher.says("/iom")
    await walk.teacher.taps("Отменить паузу")
    assert "Паузы не будет." in walk.teacher.toasts
    assert (await walk.step(0)).plan.due_on == COURSE.due_on


async def test_a_leave_is_chosen_by_the_calendar(walk: Walk) -> None:
    await walk.teacher.says("/iom")
    await walk.teacher.taps("Пауза")
    await walk.teacher.taps("Отпуск")
    await walk.teacher.taps("Другая дата")
    await walk.teacher.taps("30")
    card = await walk.teacher.taps("›")
    assert "Декабрь 2026" in titles(card)
    card = await walk.teacher.taps("4")
    assert "Будет пауза: отпуск, с 30\xa0ноября по 4\xa0декабря" in card.text


async def test_forged_days_make_no_pause(walk: Walk) -> None:
    await walk.teacher.says("/iom")
    today = TODAY.toordinal()
    for reason, starts, last in (
        (PauseReason.OTHER, today, 0),
        (PauseReason.OTHER, today + 5, today + 9),
        (PauseReason.HOLIDAYS, today - 30, today + 9),
        (PauseReason.HOLIDAYS, 3_652_059, 3_652_059),
        (PauseReason.HOLIDAYS, today, 2**31 - 1),
        (PauseReason.SICK, today, today - 1),
        (PauseReason.SICK, today, today + 400),
    ):
        tap = PauseDayTap(route=walk.route, reason=reason, starts=starts, day=last)
        await walk.teacher.taps_data(tap.pack())
    assert not await walk.town.rows("SELECT 1 FROM iom_pauses")
    await walk.teacher.taps_data(PostponeDayTap(step=walk.steps[0], day=1).pack())
    await walk.teacher.taps_data(f"iompday:{walk.steps[0]}:99999999")
    assert (await walk.step(0)).plan.due_on == COURSE.due_on


async def test_why_a_route_rests_is_told_to_its_teacher_alone(walk: Walk) -> None:
    await walk.opens_route(walk.teacher)
    await walk.teacher.taps("Пауза")
    await walk.teacher.taps("Больничный")
    await walk.teacher.taps("Пока не знаю")
    for person in (walk.mentor, walk.curator):
        await walk.opens_route(person)
        assert "Пауза, без даты окончания" in person.last.text
        history = await person.taps("История")
        assert "пауза" in history.text
        assert "больничный" not in history.text
    await walk.opens_route(walk.teacher)
    assert "больничный" in (await walk.teacher.taps("История")).text


async def test_a_term_that_a_pause_will_move_is_not_overdue_on_the_cards(walk: Walk) -> None:
    async with walk.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        await work.iom.add_pause(walk.route, PauseReason.HOLIDAYS, day(0), day(30))
        await work.commit()
    walk.clock.pass_by(days=10)
    await walk.opens(0, walk.curator)
    assert "просрочено" not in walk.curator.last.text
    assert "после паузы сдвинется" in walk.curator.last.text
    await walk.opens_route(walk.curator)
    # What was late before the pause began is late still.
    assert walk.curator.last.text.count("просрочено") == 1
