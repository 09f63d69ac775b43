"""The digest of a week: one message of everything, silence where nothing has changed; the month, the switch."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from handlers.iom.words import since_date
from handlers.pushes.monthly_screens import monthly
from services.iom.model import RouteState, StepState
from services.people.model import Role
from services.pushes.model import How, What
from services.pushes.monthly import NeedsAttention
from services.reporting.statement.model import Amount, Drafted, Figure, Measure, PlaceFigures
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import TUESDAY, Clock, about, restarted, settled, until_sent
from tests.handlers.pushed import Pushed, pushed_at, said
from tests.handlers.test_pair_health import ANNA, DISTRICT, IRINA, SCHOOL, days
from tests.services.reporting.sample import sample_school
from tests.town import titles

WEEK, MONTH = "Сводка недели, ", "сводка месяца"
OTHER_SCHOOL = 3


@pytest.fixture
async def district(tmp_path: Path) -> AsyncIterator[Pushed]:
    async with pushed_at(Clock(), tmp_path) as pushed:
        yield pushed


async def test_a_monday_brings_one_message_of_everything_and_then_silence(district: Pushed) -> None:
    town, curator = district.town, district.curator
    late, waiting, done = [
        await settled(town, name, (Role.TEACHER, SCHOOL))
        for name in ("Поздняя <Мария> Петровна", "Ждущая Вера Олеговна", "Готовый Иван Ильич")
    ]
    [step] = await district.route(late, days(-30))
    (waits,) = await district.route(waiting, days(20))
    (handed_in,) = await district.route(done, days(20))
    async with town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        route = await work.iom.get(waits.route_id)
        step_now = await work.iom.step(handed_in.id)
        assert route is not None
        assert step_now is not None
        submitted_at = TUESDAY - timedelta(days=5)
        await work.iom.save(replace(route, state=RouteState.REVIEW, submitted_at=submitted_at))
        done_at = TUESDAY - timedelta(days=4)
        await work.iom.save_step(replace(step_now, state=StepState.DONE, done_at=done_at))
        await work.commit()
    await town.change(f"UPDATE iom_steps SET reminded_on = '2026-11-20' WHERE id = {step.id}")
    pair = await district.pair(ANNA, days(-40), nudged_on=days(-10))
    await district.waits(IRINA, 20)
    await district.event(DISTRICT, days(8), "Педсовет <района>")
    # The week has begun: somebody new is not told of it.
    await district.strikes()
    assert not about(curator, WEEK)
    await district.strikes(days=6)
    [message] = about(curator, WEEK)
    text = said(message)
    assert "Поздняя <Мария> Петровна: просрочено на 36 дней" in text
    assert "Ждущая Вера Олеговна: с 19 ноября" in text
    assert "Готовый Иван Ильич: с 20 ноября" in text
    assert "Давно без встреч: 1" in text
    assert "Ждунова И. О.: 26 дней, с 4 ноября" in text
    assert "Педсовет <района>: послезавтра, 2 декабря" in text
    assert "Разработаны ИОМ: 50 % (3 из 6)" in text
    assert {"Открыть маршруты", "Как дела у пар", "События", "Отчёт"} <= set(titles(message))
    assert titles(message)[-2:] == ["Как часто присылать", "Меню"]
    # A restart, and the clock strikes again: it does not come twice.
    await restarted(town, district.clock)
    await district.strikes(hours=2)
    assert len(about(curator, WEEK)) == 1
    # What stood still is mended: nothing to tell, no message; the figures are those of the last one.
    await district.changed(pair, last_met_on=days(12), nudged_on=None)
    await town.change("UPDATE iom_steps SET state = 'confirmed', remind_on = NULL")
    await town.change("UPDATE iom_routes SET state = 'active'")
    await town.change("UPDATE mentee_requests SET state = 'withdrawn'")
    await district.strikes(days=7)
    changed = about(curator, WEEK)
    assert len(changed) == 2, "it tells what has been done"
    assert "Заявки ждут наставника: 0 ▼ −1" in said(changed[1])
    assert "Давно без встреч" not in changed[1].text
    await district.strikes(days=7)
    assert len(about(curator, WEEK)) == 2
    assert "Как дела у пар" in (await curator.taps("Как дела у пар", message)).text
    told = [said(one) for one in about(district.methodist, WEEK)]
    assert not any("Поздняя" in text for text in told), "the school has a curator"


async def test_a_methodist_gets_the_week_of_a_school_without_a_curator(district: Pushed) -> None:
    teacher = await settled(district.town, "Иванова Мария Петровна", (Role.TEACHER, OTHER_SCHOOL))
    await district.route(teacher, days(-20), school=OTHER_SCHOOL)
    await district.town.change("UPDATE iom_steps SET reminded_on = '2026-11-20'")
    await district.strikes(days=6)
    [message] = about(district.methodist, WEEK)
    assert "Иванова Мария Петровна: просрочено на" in said(message)
    assert "без куратора" in message.text
    assert not any("Иванова" in one.text for one in about(district.curator, WEEK))


async def test_a_campaign_and_its_week_are_told_to_a_small_school_too(district: Pushed) -> None:
    await district.campaign(DISTRICT, 4, 1, days(-2), days(20))
    await district.strikes(days=6)
    [message] = about(district.curator, WEEK)
    assert "ответили 1 из 4 (25 %), до 14 декабря" in said(message)
    await district.town.change("UPDATE campaign_people SET finished = true")
    await district.strikes(days=7)
    assert "ответили 4 из 4 (100 %), +3 с прошлой сводки" in said(about(district.curator, WEEK)[1])
    assert "Дефициты" in (await district.curator.taps("Дефициты", about(district.curator, WEEK)[1])).text


async def test_the_month_comes_to_the_methodist_on_its_first_open_day(district: Pushed) -> None:
    await district.pair(ANNA, days(-1))
    await district.strikes(days=6)
    assert not about(district.methodist, MONTH)
    await district.strikes(days=1)
    await district.strikes(hours=1)
    [message] = about(district.methodist, MONTH)
    assert "Ноябрь 2026 года" in message.text
    assert "Доля молодых педагогов: 50 % (1 из 2)" in said(message)
    assert "• Школа № 1: " in said(message)
    assert not about(district.curator, MONTH)
    await district.methodist.taps("Справка (Word)", message)
    [ordered] = await district.town.rows("SELECT period FROM statements")
    assert ordered.period == "m2026-11"


def test_words_of_digests_are_good_russian() -> None:
    screen = monthly(sample_school(), [NeedsAttention(SCHOOL, "Школа № 1", ("early.mentored", "iom.overdue"))])
    assert "• Школа № 1: молодые с наставником, ИОМ с просрочкой" in screen.text
    second, today = date(2026, 11, 2), date(2026, 11, 23)
    assert since_date(second, today) == "со 2\N{NO-BREAK SPACE}ноября"
    assert since_date(today, today) == "с 23\N{NO-BREAK SPACE}ноября"


async def test_the_switch_is_kept_and_obeyed(district: Pushed) -> None:
    await district.pair(ANNA, days(-1))
    shown = await district.curator.says("/digests")
    assert "Циклограмма" not in shown.text
    shown = await district.curator.taps("✓ Неделя: присылать")
    assert "Сводка недели: присылать" in said(shown)
    weekly_alerts = await district.curator.taps("раз в неделю")
    assert "Сигналы: раз в неделю" in said(weekly_alerts)
    await district.chooses(district.curator, What.WEEKLY, How.OFF)
    assert "Без сводки недели сигналы будут приходить сразу." in district.curator.toasts[-1]
    assert "Сигналы: сразу" in said(district.curator.last)
    await district.chooses(district.curator, What.MONTHLY, How.WEEKLY)
    await district.chooses(district.curator, What.CYCLOGRAM, How.OFF)
    kept = await district.town.rows("SELECT what, how FROM push_settings ORDER BY what")
    assert [tuple(row) for row in kept] == [("alerts", "weekly"), ("weekly", "off")]
    await district.chooses(district.methodist, What.MONTHLY, How.OFF)
    await district.strikes(days=6)
    await district.strikes(days=1)
    assert not about(district.curator, WEEK)
    assert not about(district.methodist, MONTH)


async def test_who_has_switched_it_off_while_it_waited_or_has_blocked_gets_nothing(district: Pushed) -> None:
    await district.pair(ANNA, days(-1))
    district.clock.pass_by(days=6)
    await district.look()
    assert await district.town.rows("SELECT 1 FROM outbox WHERE kind = 'weekly_digest'")
    await district.town.change("INSERT INTO push_settings SELECT id, 'weekly', 'off' FROM people")
    await until_sent(district.town)
    assert not about(district.curator, WEEK)
    await district.town.change("DELETE FROM push_settings")
    district.town.messenger.block(district.curator.id)
    await district.town.quiet()
    await district.pair(IRINA, days(-1))
    await district.strikes(days=7)
    assert not about(district.curator, WEEK)


async def test_in_january_it_is_told_what_came_of_the_measures_of_the_last_note(district: Pushed) -> None:
    code = "requests.waiting"
    earlier = replace(
        sample_school(1),
        organisation_id=SCHOOL,
        made_at=TUESDAY,
        whole=PlaceFigures(SCHOOL, "Школа № 1", {code: Figure(code, Amount(3))}),
        drafted=Drafted(measures=(Measure(code, "Пригласить <новых> наставников", days(30), "Куратор"),)),
    )
    async with district.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        statement = await work.statements.order(SCHOOL, earlier.period.key, None, "of November", TUESDAY)
        assert await work.statements.fill(statement, earlier)
        await work.commit()
    await district.waits(IRINA, 1)
    # The last day of the half-year is kept; the holidays end on Monday, the 11th.
    district.clock.now = TUESDAY.replace(month=12, day=31)
    await district.strikes()
    district.clock.now = TUESDAY.replace(year=2027, month=1, day=11)
    await district.strikes()
    await district.strikes(hours=1)
    [message] = about(district.curator, "что дали принятые меры")
    assert "Меры из справки от 24 ноября 2026 года" in said(message)
    assert "Пригласить <новых> наставников" in message.text
    assert "Заявки ждут наставника: стало лучше (было 3, сейчас 1)" in said(message)
    assert not about(district.methodist, "что дали принятые меры")
