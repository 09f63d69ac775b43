"""Alerts: told once when a threshold is crossed, over when it is no longer, told again only then."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from services.diagnostics.loading import load_instruments
from services.people.model import Role
from services.pushes.model import How, What
from tests.handlers.campaigning import TUESDAY, Clock, about, restarted, settled
from tests.handlers.pushed import Pushed, pushed_at, said
from tests.handlers.test_pair_health import ANNA, BORIS, DISTRICT, SCHOOL, days
from tests.town import titles

ALERT = "Нужно ваше внимание"


@pytest.fixture
async def district(tmp_path: Path) -> AsyncIterator[Pushed]:
    async with pushed_at(Clock(), tmp_path) as pushed:
        # The bot may have looked at this day's thresholds already as it began.
        pushed.clock.pass_by(days=1)
        yield pushed


async def test_an_alert_is_told_once_until_it_is_over_and_crossed_again(district: Pushed) -> None:
    curator, methodist = district.curator, district.methodist
    began = TUESDAY - timedelta(days=60)
    pairs = [await district.pair(name, days(-30), nudged_on=days(-1), approved_at=began) for name in (ANNA, BORIS)]
    await district.strikes()
    [message] = about(curator, ALERT)
    assert "Пары без встреч\n• Школа № 1: 100 % открытых пар (2 из 2)" in said(message)
    assert "Новик" not in message.text
    assert titles(message) == ["Школа № 1: как дела у пар", "Как часто присылать", "Меню"]
    [above] = about(methodist, ALERT)
    assert "Школа № 1: 100 % открытых пар" in said(above)
    # Open, it is not repeated: not after a restart, not on another day.
    await restarted(district.town, district.clock)
    await district.strikes(hours=3)
    await district.strikes(days=1)
    assert len(about(curator, ALERT)) == 1
    # Mended, it is over; and crossed again it is told again.
    for pair in pairs:
        await district.changed(pair, last_met_on=days(1))
    await district.strikes(days=1)
    [row] = await district.town.rows("SELECT cleared_at FROM alerts")
    assert row.cleared_at is not None
    await district.strikes(days=20)
    assert len(about(curator, ALERT)) == len(about(methodist, ALERT)) == 2
    assert "Как дела у пар" in (await curator.taps("Школа № 1", message)).text


async def test_several_at_once_are_one_message_and_say_what_to_do(district: Pushed) -> None:
    late = await district.campaign(SCHOOL, 6, 1, days(-10), days(6))
    await district.campaign(SCHOOL, 6, 3, days(-10), days(6))
    await district.campaign(SCHOOL, 6, 0, days(-1), days(12))
    await district.event(SCHOOL, days(-3), "Забытый семинар")
    await district.event(SCHOOL, days(-1), "Вчерашний семинар")
    await district.strikes()
    [message] = about(district.curator, ALERT)
    text = said(message)
    assert "Школа № 1: ответили 1 из 6 (16,7 %), а прошло больше половины срока" in text
    assert text.count("ответили") == 1, "the others keep up or have just begun"
    assert "Школа № 1: 1 мероприятие" in text
    assert titles(message)[:2] == ["Школа № 1: кампания", "Школа № 1: план мероприятий"]
    assert "Дефициты, осень" in (await district.curator.taps("Школа № 1: кампания", message)).text
    assert not about(district.methodist, ALERT), "they are the school's own"
    await district.town.change("UPDATE campaigns SET state = 'closed' WHERE id = :id", id=late)
    await district.strikes(days=1)
    open_ones = await district.town.rows("SELECT code FROM alerts WHERE cleared_at IS NULL ORDER BY code")
    assert [row.code for row in open_ones] == ["unmarked_events"]


async def test_a_level_of_burnout_is_told_of_whole_groups_alone(district: Pushed) -> None:
    # Every answer is the one that scores: all phases are formed.
    worst = "".join(item.keyed or "n" for item in load_instruments()["boyko"].items)
    for number in range(4):
        await district.finished("boyko", f"Усталова Ирина{number} Львовна", worst)
    await district.strikes()
    assert not about(district.curator, ALERT), "four people are nobody's figure"
    await district.finished("boyko", "Усталова Ольга Львовна", worst)
    await district.strikes(days=1)
    [message] = about(district.curator, ALERT)
    assert "Высокий уровень профессионального выгорания" in message.text
    assert "Усталова" not in message.text
    assert "Личные результаты бот не показывает никому" in message.text
    assert [row.value for row in await district.town.rows("SELECT figures ->> 'value' AS value FROM alerts")]


async def test_alerts_come_with_the_week_or_not_at_all(district: Pushed) -> None:
    second = await settled(district.town, "Тихая Анна Львовна", (Role.CURATOR, SCHOOL))
    await district.chooses(district.curator, What.ALERTS, How.WEEKLY)
    await district.chooses(second, What.ALERTS, How.OFF)
    await district.chooses(district.methodist, What.ALERTS, How.WEEKLY)
    await district.event(SCHOOL, days(-9))
    await district.event(DISTRICT, days(-9))
    await district.strikes()
    for person in (district.curator, second, district.methodist):
        assert not about(person, ALERT)
    await district.strikes(days=5)
    [week] = about(district.curator, "Сводка недели, ")
    assert "Школа № 1: 1 мероприятие" in said(week)
    [above] = about(district.methodist, "Сводка недели, ")
    assert "Сосновский район: 1 мероприятие" in said(above)
    assert not any("мероприятие" in one.text for one in about(second, "Сводка недели, "))
    await district.strikes(days=7)
    assert len(about(district.methodist, "Сводка недели, ")) == 1, "what is open still is not told again"
