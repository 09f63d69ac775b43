"""Mentors, curators and methodists decide about routes in chat, and their teachers hear of it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox.messenger.model import ChatMessage
from services.delivery.model import Kind
from services.iom import recipients
from services.iom.model import Event, Form, Happening, Plan, Route, RouteKind, RouteState, Step, StepState
from services.iom.versions import snapshot
from services.people.model import Role
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import TUESDAY, ZONE, Clock, about, founded_at, settled, until_sent
from tests.handlers.test_people import noted
from tests.town import DISTRICT, Person, Town, data_of, titles

TODAY = TUESDAY.date()
TITLES = ("Вебинар о критериях оценки", "Взаимопосещение урока коллеги", "Открытый урок <b>с цифрой</b>")
SCHOOL = "Школа № 1"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def town(clock: Clock, tmp_path: Path) -> AsyncIterator[Town]:
    async with founded_at(clock, tmp_path) as town:
        yield town


async def place(town: Town, name: str) -> int:
    [row] = await town.rows("SELECT id FROM organisations WHERE name = :name", name=name)
    return int(row.id)


async def resident(town: Town, name: str, *roles: Role, school: str = SCHOOL) -> Person:
    return await settled(town, name, *[(role, await place(town, school)) for role in roles])


async def id_of(town: Town, person: Person) -> int:
    [row] = await town.rows("SELECT person_id FROM accounts WHERE external_id = :id", id=person.id)
    return int(row.person_id)


async def submitted(
    town: Town,
    teacher: Person,
    mentor: Person | None = None,
    dues: tuple[date, ...] = (TODAY + timedelta(days=7), TODAY + timedelta(days=30)),
    at: datetime = TUESDAY,
    school: str = SCHOOL,
    *,
    silently: bool = False,
) -> Route:
    """The teacher's route as it waits to be agreed to; everybody concerned is told, unless `silently`."""
    person_id, school_id = await id_of(town, teacher), await place(town, school)
    mentor_id = await id_of(town, mentor) if mentor else None
    async with town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        route = await work.iom.add(person_id, school_id, RouteKind.DEFICITS, ("digital",), None, at)
        assert route is not None
        for title, due_on in zip(TITLES, dues, strict=False):
            await work.iom.add_step(route.id, Plan("digital", title, Form.WEBINAR, due_on, "Я", "Конспект урока"))
        sent = await _sent(work, replace(route, mentor_id=mentor_id), at, silently=silently)
        await work.commit()
    assert town.house is not None
    town.house.sender.wake()
    return sent


async def sent_again(town: Town, route: Route, at: datetime = TUESDAY) -> Route:
    """The draft goes to be agreed to once more."""
    async with town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        present = await work.iom.get(route.id)
        assert present is not None
        sent = await _sent(work, present, at)
        await work.commit()
    await until_sent(town)
    return sent


async def _sent(work: StoredWork, route: Route, at: datetime, *, silently: bool = False) -> Route:
    sent = await work.iom.save(replace(route, state=RouteState.REVIEW, submitted_at=at, comment=""))
    assert sent is not None
    version = snapshot(await work.iom.steps(sent.id))
    await work.iom.note(Event(sent.id, at, sent.person_id, Happening.SUBMITTED, version=version))
    for account in [] if silently else await recipients.deciders(work, sent):
        key = f"iom-agree:{sent.id}:{sent.turn}:{account}"
        payload = {"route_id": sent.id, "turn": sent.turn}
        await work.outbox.owe(account, Kind.IOM_TO_AGREE, key, payload, at)
    return sent


async def handed_in(town: Town, route: Route, number: int, at: datetime, words: str = "Провела урок") -> Step:
    """The teacher has handed in the step of that number, and whoever decides is told."""
    async with town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        step = (await work.iom.steps(route.id))[number]
        await work.iom.add_words(step.id, words, f"test:{step.id}:{step.turn}", at)
        done = await work.iom.save_step(replace(step, state=StepState.DONE, done_at=at, remind_on=None))
        assert done is not None
        await work.iom.note(Event(route.id, at, route.person_id, Happening.STEP_DONE, step_id=step.id))
        for account in await recipients.deciders(work, route):
            key = f"iom-confirm:{done.id}:{done.turn}:{account}"
            payload = {"step_id": done.id, "turn": done.turn}
            await work.outbox.owe(account, Kind.IOM_TO_CONFIRM, key, payload, at)
        await work.commit()
    assert town.house is not None
    town.house.sender.wake()
    return done


async def agreed_route(town: Town, teacher: Person, mentor: Person, clock: Clock) -> Route:
    route = await submitted(town, teacher, mentor)
    await until_sent(town)
    await mentor.says("/routes")
    await mentor.taps("1.")
    await mentor.taps("Согласовать")
    await until_sent(town)
    clock.pass_by(days=1)
    return route


async def stored(town: Town, route: Route) -> tuple[Route, list[Step]]:
    async with town.second_connection() as database, database.read() as connection:
        work = StoredWork(connection)
        present = await work.iom.get(route.id)
        assert present is not None
        return present, list(await work.iom.steps(route.id))


async def told(town: Town, person: Person, words: str) -> list[ChatMessage]:
    await until_sent(town)
    return about(person, words)


async def test_a_route_is_agreed_to_and_its_teacher_hears_of_it(town: Town) -> None:
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    anna = await resident(town, "Осипова Анна Борисовна", Role.MENTOR)
    assert "ничего не ждёт" in (await anna.says("/routes")).text
    route = await submitted(town, oleg, anna)

    [news] = await told(town, anna, "Маршрут на согласование")
    assert "Лугин Олег Иванович, Школа № 1" in news.text
    assert "2\xa0шага, последний до 24\xa0декабря" in news.text
    seen = await anna.taps("Открыть", news)
    assert "Вебинар о критериях оценки" in seen.text
    assert "Цифровые компетенции" in seen.text
    assert "Результат: Конспект урока" in seen.text
    assert "1\xa0декабря" in seen.text
    assert "С прошлого согласования" not in seen.text
    done = await anna.taps("Согласовать")
    assert "Маршрут согласован: Лугин О. И." in done.text.replace("\xa0", " ")

    present, steps = await stored(town, route)
    assert present.state is RouteState.ACTIVE
    assert present.agreed_by == await id_of(town, anna)
    assert [(step.agreed, step.first_due_on) for step in steps] == [(True, step.plan.due_on) for step in steps]
    assert steps[0].remind_on == TODAY, "seven days before its term is today"
    assert steps[1].remind_on == date(2026, 12, 17)
    assert "iom_agreed" in await noted(town)

    [answer] = await told(town, oleg, "Маршрут согласован")
    assert "Осипова А. Б." in answer.text.replace("\xa0", " ")
    assert "Вебинар о критериях оценки" in answer.text
    assert "Открыть маршрут" in titles(answer)


async def test_agreeing_twice_and_two_curators_at_once(town: Town) -> None:
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR)
    irina = await resident(town, "Громова Ирина Павловна", Role.CURATOR)
    await submitted(town, oleg)
    [hers] = await told(town, natalia, "Маршрут на согласование")
    [others] = await told(town, irina, "Маршрут на согласование")
    seen = await natalia.taps("Открыть", hers)
    await irina.taps("Открыть", others)
    agree = data_of(seen, "Согласовать")

    for curator in (natalia, irina):
        town.messenger.tap(curator.id, curator.last.id, agree)
    await town.quiet()
    assert "уже согласован" in "".join(natalia.toasts + irina.toasts)
    await natalia.taps_data(agree)
    assert natalia.toasts[-1] == "Этот маршрут уже согласован."
    assert len(await told(town, oleg, "Маршрут согласован")) == 1
    assert len([action for action in await noted(town) if action == "iom_agreed"]) == 1


async def test_a_button_of_an_older_version_agrees_to_nothing(town: Town) -> None:
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    anna = await resident(town, "Осипова Анна Борисовна", Role.MENTOR)
    route = await submitted(town, oleg, anna)
    [news] = await told(town, anna, "Маршрут на согласование")
    old = data_of(await anna.taps("Открыть", news), "Согласовать")
    await anna.taps("Вернуть")
    await anna.taps("Уточните сроки")
    await sent_again(town, route)

    shown = await anna.taps_data(old)
    assert anna.toasts[-1] == "Маршрут изменился, посмотрите ещё раз."
    assert "Согласовать" in titles(shown), "the present version can be agreed to from here"
    assert (await stored(town, route))[0].state is RouteState.REVIEW


async def test_a_route_is_returned_with_ones_own_words(town: Town) -> None:
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    anna = await resident(town, "Осипова Анна Борисовна", Role.MENTOR)
    route = await submitted(town, oleg, anna)
    [news] = await told(town, anna, "Маршрут на согласование")
    await anna.taps("Открыть", news)
    asked = await anna.taps("Вернуть")
    assert "Добавьте ожидаемый результат" in titles(asked)
    assert "комментарий словами" in (await anna.says("😀 !")).text
    assert "Слишком длинно" in (await anna.says("я" * 4_000)).text
    assert "Слишком длинно" in (await anna.says("конец того же сообщения")).text
    await anna.taps("‹ Не возвращать")
    await anna.taps("Вернуть")
    refused = await anna.says("я" * 1001)
    assert "1001\xa0знак, а поместится 1000" in refused.text
    assert (await stored(town, route))[0].state is RouteState.REVIEW

    done = await anna.says("Добавьте <b>открытый урок</b> & отзыв")
    assert "Маршрут возвращён" in done.text
    present, _ = await stored(town, route)
    assert (present.state, present.comment) == (RouteState.DRAFT, "Добавьте <b>открытый урок</b> & отзыв")
    [answer] = await told(town, oleg, "вернулся на доработку")
    assert "Добавьте <b>открытый урок</b> & отзыв" in answer.text
    assert "Открыть черновик" in titles(answer)
    assert "iom_returned" in await noted(town)


async def test_a_comment_that_comes_too_late_is_not_lost_in_silence(town: Town) -> None:
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR)
    irina = await resident(town, "Громова Ирина Павловна", Role.CURATOR)
    route = await submitted(town, oleg)
    [hers] = await told(town, natalia, "Маршрут на согласование")
    [others] = await told(town, irina, "Маршрут на согласование")
    await natalia.taps("Открыть", hers)
    await natalia.taps("Вернуть")
    await irina.taps("Открыть", others)
    await irina.taps("Согласовать")

    late = await natalia.says("Не тот курс")
    assert "Ваш комментарий не отправлен" in late.text
    assert (await stored(town, route))[0].state is RouteState.ACTIVE


async def test_terms_that_have_passed_are_not_agreed_to_unawares(town: Town, clock: Clock) -> None:
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    anna = await resident(town, "Осипова Анна Борисовна", Role.MENTOR)
    route = await submitted(town, oleg, anna)
    [news] = await told(town, anna, "Маршрут на согласование")
    clock.pass_by(days=10)

    seen = await anna.taps("Открыть", news)
    assert "Прошёл 1\xa0срок" in seen.text
    assert "уже прошёл" in seen.text
    assert titles(seen)[0] == "Вернуть"
    warned = await anna.taps("Согласовать")
    assert "прошёл 1\xa0срок" in warned.text
    assert (await stored(town, route))[0].state is RouteState.REVIEW
    await anna.taps("Вернуть: уточните сроки")
    assert (await stored(town, route))[0].comment == "Уточните сроки"

    await sent_again(town, route)
    await anna.says("/routes")
    await anna.taps("1.")
    await anna.taps("Согласовать")
    await anna.taps("Согласовать как есть")
    assert (await stored(town, route))[0].state is RouteState.ACTIVE


async def test_what_has_changed_since_the_last_agreement_is_marked(town: Town, clock: Clock) -> None:
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    anna = await resident(town, "Осипова Анна Борисовна", Role.MENTOR)
    route = await agreed_route(town, oleg, anna, clock)
    async with town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        first, second = await work.iom.steps(route.id)
        due_on = TODAY + timedelta(days=14)
        await work.iom.save_step(replace(first, agreed=False, plan=replace(first.plan, due_on=due_on)))
        await work.iom.save_step(replace(second, state=StepState.CANCELLED))
        await work.iom.add_step(route.id, Plan("", TITLES[2], Form.CONTEST, TODAY + timedelta(days=60)))
        await work.commit()
    await sent_again(town, route, clock())
    await anna.says("/routes")
    seen = await anna.taps("1.")
    assert "новых шагов 1, изменено 1, убрано 1" in seen.text
    assert "изменено: срок" in seen.text
    assert "8\xa0декабря (было 1\xa0декабря)" in seen.text
    assert "Открытый урок <b>с цифрой</b> · новый" in seen.text
    assert "Убрано из маршрута\n• Взаимопосещение" in seen.text


async def test_steps_are_confirmed_and_the_last_one_leads_to_the_end(town: Town, clock: Clock) -> None:
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    anna = await resident(town, "Осипова Анна Борисовна", Role.MENTOR)
    route = await agreed_route(town, oleg, anna, clock)
    step = await handed_in(town, route, 0, clock(), "Урок прошёл, <i>дети</i> довольны")

    [news] = await told(town, anna, "Шаг ждёт подтверждения")
    assert "Урок прошёл, <i>дети</i> довольны" in news.text
    done = await anna.taps("Подтвердить", news)
    assert "Выполнение подтверждено" in done.text
    assert "пройдены" not in done.text
    confirmed = (await stored(town, route))[1][0]
    assert (confirmed.state, confirmed.confirmed_by) == (StepState.CONFIRMED, await id_of(town, anna))
    assert confirmed.remind_on is None
    [answer] = await told(town, oleg, "Выполнение подтверждено")
    assert "Завершить маршрут" not in titles(answer)

    await anna.taps_data(f"iomyes:{step.id}:{step.turn}")
    assert anna.toasts[-1] == "Этот шаг уже подтверждён."

    clock.pass_by(minutes=5)
    await handed_in(town, route, 1, clock())
    last = (await told(town, anna, "Шаг ждёт подтверждения"))[-1]
    assert "Все шаги маршрута пройдены" in (await anna.taps("Подтвердить", last)).text
    answer = (await told(town, oleg, "Выполнение подтверждено"))[-1]
    assert titles(answer)[0] == "Завершить маршрут"


async def test_a_step_is_returned_and_reminded_of_again(town: Town, clock: Clock) -> None:
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    anna = await resident(town, "Осипова Анна Борисовна", Role.MENTOR)
    route = await agreed_route(town, oleg, anna, clock)
    await handed_in(town, route, 0, clock())
    [news] = await told(town, anna, "Шаг ждёт подтверждения")
    asked = await anna.taps("Вернуть", news)
    assert "Вебинар о критериях оценки" in asked.text
    assert "Слишком длинно" in (await anna.says("я" * 4_000)).text
    assert "Слишком длинно" in (await anna.says("конец того же сообщения")).text
    assert (await stored(town, route))[1][0].state is StepState.DONE
    await anna.taps("‹ Не возвращать")
    await anna.taps("Вернуть")
    await anna.says("Пришлите <u>ссылку</u>")

    step = (await stored(town, route))[1][0]
    assert (step.state, step.comment, step.done_at) == (StepState.PLANNED, "Пришлите <u>ссылку</u>", None)
    assert step.remind_on == date(2026, 11, 30), "the day before its term; today is dealt with"
    [answer] = await told(town, oleg, "Шаг вернулся на доработку")
    assert "Пришлите <u>ссылку</u>" in answer.text
    assert "Комментарий" in answer.text


async def test_an_evening_of_steps_is_told_of_in_one_message_to_each_side(town: Town, clock: Clock) -> None:
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    anna = await resident(town, "Осипова Анна Борисовна", Role.MENTOR)
    route = await agreed_route(town, oleg, anna, clock)
    clock.now = datetime(2026, 11, 25, 21, tzinfo=ZONE)
    await handed_in(town, route, 0, clock())
    clock.pass_by(minutes=10)
    await handed_in(town, route, 1, clock())
    clock.now = datetime(2026, 11, 26, 8, 30, tzinfo=ZONE)
    assert town.house is not None
    town.house.sender.wake()
    [news] = await told(town, anna, "Шаг ждёт подтверждения")
    assert "Ещё ждут вашего решения: 1" in news.text
    assert all(title in news.text for title in TITLES[:2])

    clock.now = datetime(2026, 11, 26, 22, tzinfo=ZONE)
    await anna.taps("Подтвердить", news)
    clock.pass_by(minutes=1)
    await anna.taps("Дальше")
    await anna.taps("Вернуть")
    await anna.taps("Добавьте подтверждение")
    clock.now = datetime(2026, 11, 27, 9, tzinfo=ZONE)
    town.house.sender.wake()
    await until_sent(town)
    [answer] = about(oleg, "Решения по вашим шагам")
    assert "подтверждено" in answer.text
    assert "вернулось: «Добавьте подтверждение»" in answer.text
    assert about(oleg, "Выполнение подтверждено") == []


async def test_a_deputy_head_never_decides_about_a_route_of_their_own(town: Town) -> None:
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR, Role.MENTOR, Role.TEACHER)
    irina = await settled(town, "Громова Ирина Павловна", (Role.METHODIST, await place(town, DISTRICT)))
    own = await submitted(town, natalia)
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    other = await submitted(town, oleg, natalia)

    assert await told(town, irina, "Крылова Наталья Сергеевна"), "no other curator: the methodist is asked"
    listed = await natalia.says("/routes")
    assert "Лугин Олег Иванович" in listed.text
    assert "Крылова" not in listed.text
    for data in (f"iomagree:{own.id}:{own.turn}:0", f"iomreturn:{own.id}:0:0", f"iommentor:{own.id}:0"):
        await natalia.taps_data(data)
    assert (await stored(town, own))[0].state is RouteState.REVIEW
    await natalia.taps_data(f"iomagree:{other.id}:{other.turn}:0")
    assert (await stored(town, other))[0].state is RouteState.ACTIVE


async def refused(person: Person, data: str) -> None:
    """The tap is answered with who it is for, or that it is not for them."""
    before = len(person.toasts)
    shown = await person.taps_data(data)
    [toast] = person.toasts[before:]
    assert "открыт" in toast
    assert all(title not in shown.text for title in TITLES)


async def test_strangers_to_a_route_decide_nothing(town: Town, clock: Clock) -> None:
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    anna = await resident(town, "Осипова Анна Борисовна", Role.MENTOR)
    strangers = [
        await resident(town, "Быков Пётр Ильич", Role.MENTOR),
        await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR, school="Школа № 2"),
        await resident(town, "Ветрова Ольга Петровна", Role.TEACHER),
        oleg,
    ]
    route = await agreed_route(town, oleg, anna, clock)
    step = await handed_in(town, route, 0, clock())
    await sent_again(town, route, clock())
    present, _ = await stored(town, route)
    for person in strangers:
        for data in (
            f"iomreview:{route.id}:0",
            f"iomagree:{route.id}:{present.turn}:1",
            f"iomreturn:{route.id}:1:{present.turn}",
            f"iomyes:{step.id}:{step.turn}",
            f"iomno:{step.id}:1:{step.turn}",
            f"iommentor:{route.id}:0",
            f"iommentorset:{route.id}:0",
        ):
            await refused(person, data)
    # Of those who decide, the mentor does not say who the mentor is.
    await refused(anna, f"iommentorset:{route.id}:0")
    after, steps = await stored(town, route)
    assert (after.state, after.turn, after.mentor_id) == (RouteState.REVIEW, present.turn, await id_of(town, anna))
    assert steps[0].state is StepState.DONE


async def test_a_dismissed_mentor_decides_no_more_and_the_curator_does(town: Town) -> None:
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    anna = await resident(town, "Осипова Анна Борисовна", Role.MENTOR)
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR)
    route = await submitted(town, oleg, anna)
    [news] = await told(town, anna, "Маршрут на согласование")
    assert await told(town, natalia, "Маршрут на согласование") == [], "it waits for the mentor"
    assert "ждёт наставника" in (await natalia.says("/routes")).text
    await anna.taps("Открыть", news)
    await anna.taps("Вернуть")
    await town.change("DELETE FROM roles WHERE role = 'mentor'")

    assert "это вам не открыто" in (await anna.says("Не тот курс")).text
    assert (await stored(town, route))[0].state is RouteState.REVIEW
    assert "наставникам, кураторам" in (await anna.says("/routes")).text
    listed = await natalia.says("/routes")
    assert "Ждут вашего решения: 1" in listed.text
    await natalia.taps("1.")
    await natalia.taps("Согласовать")
    assert (await stored(town, route))[0].agreed_by == await id_of(town, natalia)


async def test_a_comment_says_nothing_of_a_step_that_is_private_by_now(town: Town, clock: Clock) -> None:
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    anna = await resident(town, "Осипова Анна Борисовна", Role.MENTOR)
    route = await agreed_route(town, oleg, anna, clock)
    step = await handed_in(town, route, 0, clock())
    [news] = await told(town, anna, "Шаг ждёт подтверждения")
    for words in ("Допишите, пожалуйста, что получилось", "…"):
        await town.change("UPDATE iom_routes SET state = 'active'")
        await town.change("UPDATE iom_steps SET state = 'done', agreed = true WHERE id = :id", id=step.id)
        await anna.taps("Вернуть", news)
        await town.change("UPDATE iom_routes SET state = 'draft'")
        await town.change(
            "UPDATE iom_steps SET state = 'planned', agreed = false, title = 'Тайная правка' WHERE id = :id",
            id=step.id,
        )
        late = await anna.says(words)
        assert "Ваш комментарий не отправлен" in late.text
        assert "Тайная правка" not in late.text


async def test_nobody_writes_to_a_teacher_whose_consent_is_taken_back(town: Town, clock: Clock) -> None:
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    anna = await resident(town, "Осипова Анна Борисовна", Role.MENTOR)
    route = await agreed_route(town, oleg, anna, clock)
    await handed_in(town, route, 0, clock())
    [news] = await told(town, anna, "Шаг ждёт подтверждения")
    await anna.taps("Вернуть", news)
    await town.change(
        "UPDATE consents SET revoked_at = given_at WHERE person_id = :id", id=await id_of(town, oleg)
    )
    refused = await anna.says("Допишите, пожалуйста, что получилось")
    assert "это вам не открыто" in refused.text
    assert "Лугин" not in refused.text
    assert (await stored(town, route))[1][0].state is StepState.DONE


async def test_a_teacher_whose_consent_is_taken_back_is_named_in_no_message(town: Town, clock: Clock) -> None:
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    anna = await resident(town, "Осипова Анна Борисовна", Role.MENTOR)
    route = await agreed_route(town, oleg, anna, clock)
    clock.now = datetime(2026, 11, 25, 21, tzinfo=ZONE)
    await handed_in(town, route, 0, clock())
    await town.change(
        "UPDATE consents SET revoked_at = given_at WHERE person_id = :id", id=await id_of(town, oleg)
    )
    [account] = await town.rows("SELECT id FROM accounts WHERE external_id = :id", id=anna.id)
    async with town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        assert await work.outbox.owe(account.id, Kind.IOM_MENTOR, "entrusted", {"route_id": route.id}, clock())
        await work.commit()
    clock.now = datetime(2026, 11, 26, 9, tzinfo=ZONE)
    assert town.house is not None
    town.house.sender.wake()
    assert await told(town, anna, "Шаг ждёт подтверждения") == []
    assert about(anna, "Вы наставник маршрута") == []


async def test_a_curator_hands_a_route_over(town: Town, clock: Clock) -> None:
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    anna = await resident(town, "Осипова Анна Борисовна", Role.MENTOR)
    pyotr = await resident(town, "Быков Пётр Ильич", Role.MENTOR)
    far = await resident(town, "Ильин Глеб Олегович", Role.MENTOR, school="Школа № 2")
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR)
    route = await submitted(town, oleg)
    [own] = await told(town, natalia, "Маршрут на согласование")
    await natalia.taps("Открыть", own)
    choice = await natalia.taps("Наставник")
    assert {"Осипова Анна Борисовна", "Быков Пётр Ильич", "✓ Без наставника"} <= set(titles(choice))
    assert "Ильин Глеб Олегович" not in titles(choice)
    await natalia.taps("Осипова")
    assert natalia.toasts[-1] == "Наставник маршрута изменён."
    [news] = await told(town, anna, "Маршрут на согласование")
    await anna.taps("Открыть", news)
    await anna.taps("Согласовать")

    await natalia.taps_data(f"iommentorset:{route.id}:{await id_of(town, far)}")
    assert (await stored(town, route))[0].mentor_id == await id_of(town, anna)
    await natalia.taps_data(f"iommentorset:{route.id}:{await id_of(town, pyotr)}")
    assert len(await told(town, pyotr, "Вы наставник маршрута")) == 1
    assert "Вы наставник: 1" in (await pyotr.says("/routes")).text
    assert "где вы наставник, пока нет" in (await anna.says("/routes")).text
    assert "iom_mentor_set" in await noted(town)


async def test_opening_somebodys_route_is_noted_once_a_day_but_not_of_its_mentor(town: Town, clock: Clock) -> None:
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    anna = await resident(town, "Осипова Анна Борисовна", Role.MENTOR)
    natalia = await resident(town, "Крылова Наталья Сергеевна", Role.CURATOR)
    route = await submitted(town, oleg, anna)

    async def looks() -> int:
        return (await noted(town)).count("iom_seen")

    await anna.taps_data(f"iomreview:{route.id}:0")
    assert await looks() == 0
    await natalia.taps_data(f"iomreview:{route.id}:0")
    await natalia.taps_data(f"iomreview:{route.id}:0")
    assert await looks() == 1
    clock.pass_by(days=1)
    await natalia.taps_data(f"iomreview:{route.id}:0")
    assert await looks() == 2


async def test_a_long_list_and_a_long_route_come_in_pages(town: Town) -> None:
    anna = await resident(town, "Осипова Анна Борисовна", Role.MENTOR)
    teachers = [await resident(town, f"Лугин{n} Олег Иванович", Role.TEACHER) for n in range(9)]
    routes = [
        await submitted(town, teacher, anna, at=TUESDAY + timedelta(minutes=n), silently=True)
        for n, teacher in enumerate(teachers)
    ]
    first = await anna.says("/routes")
    assert "Ждут вашего решения: 9" in first.text
    assert "1. Лугин0 Олег Иванович: согласовать маршрут" in first.text, "the oldest first"
    second = await anna.taps("Дальше ›")
    assert "9. Лугин8 Олег Иванович" in second.text

    async with town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        for number in range(18):
            title = f"Шаг {number} " + "ы" * 290
            plan = Plan("digital", title, Form.COURSE, TODAY + timedelta(days=40), "я" * 200, "&" * 1000)
            await work.iom.add_step(routes[0].id, plan)
        await work.commit()
    page = await anna.taps_data(f"iomreview:{routes[0].id}:0")
    seen = ""
    for _ in range(20):
        assert len(page.text) <= 4000
        seen += page.text
        if "Дальше ›" not in titles(page):
            break
        page = await anna.taps("Дальше ›")
    assert all(f"Шаг {number} " in seen for number in range(18))
    assert "Согласовать" in titles(page)


async def test_somebody_gone_from_the_service_and_a_taken_back_route_are_not_told_of(
    town: Town, clock: Clock
) -> None:
    oleg = await resident(town, "Лугин Олег Иванович", Role.TEACHER)
    anna = await resident(town, "Осипова Анна Борисовна", Role.MENTOR)
    clock.now = datetime(2026, 11, 24, 21, tzinfo=ZONE)
    route = await submitted(town, oleg, anna, at=clock())
    await town.change("UPDATE iom_routes SET state = 'draft', turn = turn + 1 WHERE id = :id", id=route.id)
    clock.now = datetime(2026, 11, 25, 9, tzinfo=ZONE)
    assert town.house is not None
    town.house.sender.wake()
    assert await told(town, anna, "Маршрут на согласование") == []
    assert (await town.rows("SELECT state FROM outbox WHERE kind = 'iom_to_agree'"))[0].state == "failed"
