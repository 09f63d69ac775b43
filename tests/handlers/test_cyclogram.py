"""The cyclogram: offered as a month begins, prepared as a draft, launched, written up at the month's end."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handlers.cyclogram.taps import PrepareTap
from services.people.model import Role
from services.pushes.model import How, What
from tests.handlers.campaigning import Clock, about, settled, taps_in
from tests.handlers.pushed import Pushed, pushed_at, said
from tests.handlers.test_pair_health import DISTRICT, SCHOOL
from tests.town import titles

MOSCOW = ZoneInfo("Europe/Moscow")
OFFER, NOTE = "мониторинг по циклограмме", "Итоги мониторинга"


@pytest.fixture
async def district(tmp_path: Path) -> AsyncIterator[Pushed]:
    async with pushed_at(Clock(), tmp_path) as pushed:
        yield pushed


async def on(district: Pushed, *day: int) -> None:
    district.clock.now = datetime(*day, 10, tzinfo=MOSCOW)  # type: ignore[misc, arg-type]
    await district.strikes()


async def test_a_month_is_offered_prepared_launched_and_written_up(district: Pushed) -> None:
    methodist = district.methodist
    teacher = await settled(district.town, "Педагогова Анна Ивановна", (Role.TEACHER, SCHOOL))
    # The first of February is a Monday.
    await on(district, 2027, 2, 1)
    await on(district, 2027, 2, 2)
    [offer] = about(methodist, OFFER)
    assert "Февраль: профессиональное выгорание" in offer.text
    assert titles(offer)[:3] == ["Подготовить кампанию", "Не в этом году", "Позже"]
    assert not about(district.curator, OFFER)
    # «Позже» leaves the offer where it is, and shows where it can be found.
    later = await methodist.taps("Позже", offer)
    assert "Февраль: Профессиональное выгорание — предложено" in said(later)
    preview = await methodist.taps("Подготовить кампанию", offer)
    assert "28 февраля" in said(preview)
    again = await methodist.taps("Подготовить кампанию", offer)
    drafts = await district.town.rows("SELECT instrument, state, ends_on FROM campaigns")
    assert [tuple(row) for row in drafts] == [("boyko", "draft", "2027-02-28")]
    await taps_in(methodist, again, "Запустить")
    assert (await district.town.rows("SELECT state FROM campaigns"))[0].state == "running"
    await district.strikes(hours=1)
    assert about(teacher, "ыгоран")
    assert "кампания подготовлена" in (await methodist.taps("Позже", offer)).text
    await on(district, 2027, 2, 27)
    await on(district, 2027, 3, 1)
    [note] = about(methodist, f"{NOTE}: профессиональное выгорание")
    assert "Охват тестом Бойко: 0 %" in said(note)
    await methodist.taps("Справка (Word)", note)
    [ordered] = await district.town.rows("SELECT period FROM statements")
    assert ordered.period == "y2026"


async def test_what_gathers_by_itself_is_offered_as_a_note_and_what_was_declined_is_left_alone(
    district: Pushed,
) -> None:
    methodist = district.methodist
    await on(district, 2026, 12, 1)
    [offer] = about(methodist, OFFER)
    assert "данные копятся сами" in offer.text
    assert titles(offer)[0] == "Справка: реализация программ наставничества"
    await on(district, 2027, 3, 1)
    await on(district, 2027, 3, 2)
    march = about(methodist, OFFER)[-1]
    assert "Март: сетевое взаимодействие" in march.text
    declined = await methodist.taps("Не в этом году", march)
    assert "Март: Сетевое взаимодействие — не в этом году" in said(declined)
    await on(district, 2027, 3, 31)
    assert not any("сетевое" in one.text for one in about(methodist, NOTE))
    # Other people's and made up buttons are harmless.
    number = datetime(2027, 3, 1, tzinfo=MOSCOW).date().toordinal()
    for tap in (
        PrepareTap(organisation=DISTRICT, month=number, code="boyko"),
        PrepareTap(organisation=DISTRICT, month=0, code="network"),
        PrepareTap(organisation=DISTRICT, month=number, code="network", instrument=7),
    ):
        assert "кнопка устарела" in (await methodist.taps_data(tap.pack())).text
    await district.curator.taps_data(PrepareTap(organisation=DISTRICT, month=number, code="network").pack())
    assert not await district.town.rows("SELECT 1 FROM campaigns")


async def test_who_has_switched_the_cyclogram_off_finds_it_in_the_report(district: Pushed) -> None:
    methodist = district.methodist
    await district.chooses(methodist, What.CYCLOGRAM, How.OFF)
    await on(district, 2026, 12, 1)
    assert not about(methodist, OFFER)
    await methodist.says("/report")
    shown = await methodist.taps("Циклограмма")
    assert shown.text.count("\n") > 10
    assert "Декабрь: Реализация программ наставничества" in said(shown)
