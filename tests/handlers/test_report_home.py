"""/report: whose figures and of which period, the short form, and everything that lies under it."""

from pathlib import Path

from aiogram.filters.callback_data import CallbackData

from handlers.report.figures.taps import DynamicsTap, OriginTap, SchoolsTap
from handlers.report.plans.taps import GivenTap, PlanIndicatorTap
from services.people.model import Role
from services.reporting.indicators.registry import registry
from services.reporting.periods import by_key
from tests.handlers.campaigning import Clock, founded_at
from tests.handlers.test_report import enrol
from tests.handlers.test_results import finished
from tests.handlers.test_roster import gets_documents
from tests.town import Person, Town, titles

SCHOOL = "Школа № 3"


async def answered(town: Town, school: int, sheets: list[str], day: str = "2026-10-05") -> None:
    """Teachers of the school who have taken the test, one sheet each."""
    for number, sheet in enumerate(sheets):
        teacher = town.person(f"Тайна{number}")
        await enrol(town, teacher, school, "Тайная Вера")
        await finished(town, teacher, sheet, day)


async def district_of(town: Town, school: int) -> int:
    (row,) = await town.rows("SELECT parent_id FROM organisations WHERE id = :id", id=school)
    return int(row.parent_id)


async def opens(person: Person, line: str) -> None:
    """Tap the number of the line that begins so."""
    number = next(each.split(".")[0] for each in person.shown.text.splitlines() if f". {line}:" in each)
    await person.taps(number)


async def test_a_curator_has_figures_in_two_taps_and_sees_what_they_are_made_of(town: Town) -> None:
    school, foreign = await town.school(SCHOOL), await town.school("Чужая")
    await answered(town, school, ["y" * 84] * 4)
    await town.change("UPDATE people SET birth_year = 1970")
    curator = await town.person("Ольга").registers(Role.CURATOR, school)
    asked = await curator.says("/report")
    assert "За какой период?" in asked.text
    assert not any(title.startswith("Как обычно") for title in titles(asked))
    short = await curator.taps("Учебный год")
    assert short.text.startswith(f"{SCHOOL}\n2026/27 учебный год, на 24\xa0ноября 2026\xa0г., период ещё идёт")
    assert ". Педагоги: 4\n" in short.text
    assert ". Охват тестом Бойко: 100\xa0% (4 из 4)" in short.text
    assert "Часть результатов скрыта: в группах меньше 5\xa0человек" in short.text
    assert "План и прошлые годы" not in titles(short), "plans are the methodist's"

    await opens(curator, "Охват тестом Бойко")
    origin = curator.shown.text
    assert "• прошли диагностику: 4\n" in origin
    assert "• кому предложена диагностика: 4 (из них считается доля)" in origin
    assert "Вне кампаний, 2026/27 учебный год" in origin
    await curator.taps("‹ К отчёту")

    await curator.taps("Все показатели")
    await curator.taps("Профессиональное выгорание")
    assert "Истощение сформировалось: скрыто, меньше 5\xa0человек" in curator.shown.text
    await opens(curator, "Истощение сформировалось")
    assert "Почему без имён. Ответы принадлежат тем, кто отвечал. Видны только группы от 5\xa0человек" in (
        curator.shown.text
    )
    assert "Тайн" not in " ".join(message.words for message in curator.history)
    assert "Профессиональное выгорание" in (await curator.taps("‹ Все показатели")).text

    again = await curator.says("/report")
    assert titles(again)[0] == f"Как обычно: {SCHOOL}, учебный год"
    assert (await curator.taps("Как обычно")).text == short.text

    for data in (
        f"rpf:{foreign}:y2026:0",
        f"ro:{foreign}:y2026:teachers.count:0",
        f"rpdoc:{foreign}:y2026",
        f"rpf:{await district_of(town, school)}:y2026:0",
        f"rpp:{school}:y2026:iom.developed:0",
    ):
        assert "не открыто" in (await curator.taps_data(data)).text or "методистам" in curator.shown.text, data
    for key in ("y1", "y9999", "y2027", "z", "d20261101-20261001", "q2026-7"):
        assert "За этот период отчёта нет" in (await curator.taps_data(f"rpf:{school}:{key}:0")).text
    for code in ("none", "", "schools.count"):
        assert "Какой раздел открыть?" in (await curator.taps_data(f"ro:{school}:y2026:{code}:0")).text
    (seen,) = await town.rows("SELECT count(*) AS times FROM audit WHERE action = 'figures_seen'")
    assert seen.times == 3


async def test_days_of_ones_own_are_written_or_tapped(town: Town) -> None:
    school = await town.school(SCHOOL)
    curator = await town.person("Ольга").registers(Role.CURATOR, school)
    await curator.says("/report")
    await curator.taps("Свои даты")
    for words, hint in (
        ("когда-нибудь", "Напишите дату"),
        ("31.02.2026", "Такого дня в календаре нет"),
        ("с 1.11.2026 по 1.10.2026", "позже 01.10.2026"),
        ("с 1 октября 2026 по 31 декабря 2026", "позже 24.11.2026"),
    ):
        assert hint in (await curator.says(words)).text, words
    assert "с 01.09.2026 по 15.11.2026" in (await curator.says("с 1 сентября по 15 ноября")).text.casefold()
    await curator.says("/report")
    assert titles(curator.shown)[0] == f"Как обычно: {SCHOOL}, с 01.09.2026 по 15.11.2026"
    await curator.taps("Свои даты")
    assert "С 2\xa0ноября 2026\xa0г. и по какой день?" in (await curator.taps("2")).text
    assert "с 02.11.2026 по 10.11.2026" in (await curator.taps("10")).text.casefold()


async def test_a_methodist_goes_from_the_district_to_a_school_and_back(town: Town) -> None:
    large, small = await town.school("Школа № 2"), await town.school("Школа № 10")
    await answered(town, large, ["y" * 84] * 5)
    await answered(town, small, ["n" * 84] * 2)
    await enrol(town, town.person(), small, "Ещё Вера")
    district = await district_of(town, large)
    methodist = await town.person("Ирина").registers(Role.METHODIST, district)
    await methodist.says(f"/start {await town.invite(Role.CURATOR, small)}")
    await methodist.taps("Принять")
    assert titles(await methodist.says("/report"))[:2] == ["Сосновский район", "Школа № 10"]
    await methodist.taps("Сосновский район")
    assert ". Педагоги: 8" in (await methodist.taps("Учебный год")).text

    await methodist.taps("По школам")
    choice = await methodist.taps("Другой показатель")
    while "Охват тестом Бойко" not in titles(choice):
        choice = await methodist.taps("Дальше ›")
    listed = await methodist.taps("Охват тестом Бойко")
    assert "1. Школа № 2: 100\xa0% (5 из 5)\n2. Школа № 10: 66,7\xa0% (2 из 3)" in listed.text
    assert "По всем: 87,5\xa0% (7 из 8)" in listed.text
    listed = await methodist.taps("По порядку")
    assert "Школа № 2: 100\xa0% (5 из 5)\nШкола № 10" in listed.text
    # The small school's results are hidden, and cannot be got by subtraction from the whole.
    hidden = await methodist.taps_data(f"rs:{district}:y2026:boyko.exhaustion:1")
    assert "Школа № 2: 100\xa0% (5 из 5)" in hidden.text
    assert "Школа № 10: скрыто, меньше 5\xa0человек" in hidden.text
    assert "По всем: 100\xa0% (5 из 5)" in hidden.text
    own = await methodist.taps("Школа № 10")
    assert own.text.startswith("Школа № 10\n")
    assert ". Педагоги: 3" in own.text
    assert (await methodist.taps("‹ Весь район")).text.startswith("Сосновский район\n")


async def test_plans_and_past_amounts_are_entered_in_words_and_shown(town: Town) -> None:
    school = await town.school(SCHOOL)
    for _ in range(3):
        await enrol(town, town.person(), school, "Вера")
    district = await district_of(town, school)
    methodist = await town.person("Ирина").registers(Role.METHODIST, district)
    await methodist.says("/report")
    await methodist.taps("Учебный год")
    await methodist.taps("План и прошлые годы")
    while not any(". Разработаны ИОМ: не задан" in line for line in methodist.shown.text.splitlines()):
        await methodist.taps("Дальше ›")
    await opens(methodist, "Разработаны ИОМ")
    for words, hint in (("сколько-нибудь", "Напишите число педагогов"), ("2,5", "добавьте знак %"), ("0", "от 1")):
        assert hint in (await methodist.says(words)).text
    listed = await methodist.says("36 маршрутов")
    assert listed.text.startswith("План сохранён.")
    assert "Разработаны ИОМ: 36" in listed.text
    # It is the plan that the overview of routes tells of.
    await methodist.says("/routes")
    assert "План: 36\xa0маршрутов" in (await methodist.taps("Обзор")).text
    await methodist.says("/report")
    assert "Разработаны ИОМ: 0\xa0% (0 из 3), план 36, 0\xa0% плана" in (await methodist.taps("Как обычно")).text

    await methodist.taps("План и прошлые годы")
    assert "2025/26 учебный год" in (await methodist.taps("Факт прошлых лет")).text
    await methodist.taps("Участники")
    await opens(methodist, "Доля молодых педагогов")
    for words, hint in (("24", "два числа"), ("153 из 24", "Часть больше целого"), ("3 из 0", "больше нуля")):
        assert hint in (await methodist.says(words)).text
    entered = await methodist.says("24 из 153")
    assert "Доля молодых педагогов: 15,7\xa0% (24 из 153)" in entered.text
    await methodist.says("/report")
    await methodist.taps("Как обычно")
    await opens(methodist, "Доля молодых педагогов")
    assert "Было (2025/26 учебный год): 15,7\xa0%, введено вручную" in methodist.shown.text
    moved = await methodist.taps("Динамика")
    assert "2025/26 учебный год: 15,7\xa0% (введено вручную)" in moved.text

    await methodist.taps_data(f"rpp:{district}:y2026:iom.developed:1")
    await methodist.taps_data(f"rpg:{district}:y2025:teachers.early_share:1")
    assert await town.rows("SELECT * FROM plans") == []
    assert await town.rows("SELECT * FROM given_amounts") == []
    # Nobody knows how small the groups of old papers were, and nobody plans for what people feel.
    await methodist.taps_data(f"rpg:{district}:y2025:boyko.exhaustion:0")
    await methodist.says("2 из 3")
    await methodist.taps_data(f"rpp:{district}:y2026:boyko.exhaustion:0")
    await methodist.says("2")
    assert await town.rows("SELECT * FROM given_amounts") == []
    assert await town.rows("SELECT * FROM plans") == []


async def test_a_note_is_ordered_once_however_often_it_is_tapped(tmp_path: Path) -> None:
    # The clock stands still: what is tapped twice is tapped in one minute.
    async with founded_at(Clock(), tmp_path) as town:
        school, foreign = await town.school(SCHOOL), await town.school("Чужая")
        await answered(town, school, ["y" * 84] * 5)
        curator = await town.person("Ольга").registers(Role.CURATOR, school)
        other = await town.person("Анна").registers(Role.CURATOR, foreign)
        await curator.says("/report")
        short = await curator.taps("Учебный год")
        assert "Пока ни одной" in (await curator.taps("Готовые справки")).text
        await curator.taps("‹ К отчёту")
        for _ in range(2):
            await curator.taps("Справка (Word)", short)
        assert any("Готовлю справку" in toast for toast in curator.toasts)
        await curator.taps("Таблица (Excel)", short)
        owed = await town.rows("SELECT kind FROM outbox WHERE kind LIKE 'report_%' ORDER BY kind")
        assert [row.kind for row in owed] == ["report_chart", "report_document", "report_table"]
        ((statement,),) = await town.rows("SELECT id FROM statements")
        charts = await curator.taps("Графики", short)
        for _ in range(2):
            await curator.taps(titles(charts)[0])
        assert len(await town.rows("SELECT id FROM outbox WHERE kind = 'report_chart'")) == 1
        (portions,) = await town.rows("SELECT count(*) AS made FROM portions")
        assert portions.made == 1, "who is a whole group is published before the figures are kept"
        await gets_documents(curator, 2)
        listed = await curator.taps("Готовые справки", short)
        assert "1. 2026/27 учебный год, от 24\xa0ноября 2026\xa0г." in listed.text
        assert titles(listed)[:2] == ["1. Word", "1. Excel"]
        assert "не открыто" in (await other.taps_data(f"rpagain:{statement}:0")).text
        assert "не открыто" in (await other.taps_data("rpagain:999:1")).text


def test_the_longest_indicator_and_period_fit_a_button() -> None:
    code = max((each.code for each in registry().all), key=len)
    period = "d20260901-20261115"
    assert by_key(period) is not None
    of = {"organisation": 9_999_999, "period": period, "code": code}
    taps: list[CallbackData] = [
        OriginTap(**of, listed=True),
        DynamicsTap(**of),
        SchoolsTap(**of, view=19),
        PlanIndicatorTap(**of, drop=True),
        GivenTap(**of, drop=True),
    ]
    assert all(len(tap.pack().encode()) <= 64 for tap in taps)
