"""A methodist keeps the catalogue of measures of the municipality. Over the real bot."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.messenger.model import ChatMessage
from handlers.iom.measures.taps import (
    ApplyMeasuresTap,
    MeasuresFileTap,
    MeasuresTap,
    MeasureTap,
    NewMeasureTap,
    SetMeasureTap,
)
from services.iom.catalogue import measures, shipped
from services.iom.measures_file import read_measures
from services.iom.wording import FORM_TITLES
from services.people.model import Role
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import Clock, founded_at, settled
from tests.services.people.roster.files import csv, xlsx
from tests.town import Person, Town, titles

DISTRICT, SCHOOL = 1, 2
HEADERS = ("Область", "Мероприятие", "Форма", "Срок (дней)", "Ожидаемый результат")
COURSE = next(each for each in shipped() if each.domain == "digital")
"""The first of a domain: on the first page, and what drafts begin with."""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with founded_at(Clock(), tmp_path) as town:
        yield town


async def methodist(town: Town) -> Person:
    return await settled(town, "Громова Ирина Львовна", (Role.METHODIST, DISTRICT))


async def opens(person: Person, domain: str = "") -> ChatMessage:
    return await person.taps_data(MeasuresTap(organisation=DISTRICT, domain=domain).pack())


async def opens_course(person: Person) -> ChatMessage:
    await opens(person, "digital")
    return await person.taps("1. ")


async def sends(person: Person, content: bytes, name: str = "Каталог.csv") -> ChatMessage:
    person.town.messenger.send_document(person.id, name, content)
    await person.town.quiet()
    return person.last


async def offered(town: Town, domain: str = "digital") -> list[str]:
    """What a teacher of the municipality is offered."""
    async with town.second_connection() as database, database.read() as connection:
        own = await StoredWork(connection).measures.of(DISTRICT)
    return [each.title for each in measures(shipped(), own, domain)]


async def test_a_shipped_measure_is_edited_hidden_and_brought_back(town: Town) -> None:
    before = await offered(town)
    irina = await methodist(town)
    card = await opens_course(irina)
    assert COURSE.title in card.text
    assert "Вернуть как было" not in titles(card)
    await irina.taps("Название")
    assert "Слишком длинно" in (await irina.says("а" * 4_000)).text
    assert "Слишком длинно" in (await irina.says("конец того же сообщения")).text
    await irina.taps("‹ Не менять")
    await irina.taps("Название")
    card = await irina.says("  Курс «Цифровой класс» <b>у нас</b> ")
    assert "Курс «Цифровой класс» <b>у нас</b>" in card.text
    assert f"Изменено. Было: «{COURSE.title}»." in card.text
    await irina.taps("Форма")
    assert "Форма: конкурс" in (await irina.taps("Конкурс")).text
    await irina.taps("Срок")
    assert "от 1 до 365" in (await irina.says("полгода")).text
    assert "Обычный срок: 21\xa0день" in (await irina.says("21 день")).text
    await irina.taps("Срок")
    assert "Обычный срок: 45\xa0дней" in (await irina.taps("45")).text
    assert f"Было: «{COURSE.title}»; {FORM_TITLES[COURSE.form].lower()}; {COURSE.days}" in irina.last.text
    await irina.taps("Результат")
    assert "Ожидаемый результат: не указан" in (await irina.says("-")).text
    assert await offered(town) == ["Курс «Цифровой класс» <b>у нас</b>", *before[1:]]

    hidden = await irina.taps("Скрыть от педагогов")
    assert "Педагоги его сейчас не видят." in hidden.text
    assert await offered(town) == before[1:]
    await irina.taps("Показать педагогам")
    back = await irina.taps("Вернуть как было")
    assert COURSE.title in back.text
    assert "Вернуть как было" not in titles(back)
    assert await offered(town) == before
    assert await town.rows("SELECT * FROM iom_measures") == []
    assert await town.rows("SELECT 1 FROM audit WHERE action = 'iom_measures_changed'")


async def test_ones_own_measure_is_hidden_until_it_is_shown_and_may_be_removed(town: Town) -> None:
    before = await offered(town)
    irina = await methodist(town)
    await opens(irina, "digital")
    await irina.taps("Добавить своё")
    assert "уже есть" in (await irina.says(COURSE.title.upper())).text
    assert "Получилось длинно" in (await irina.says("а" * 301)).text
    assert "словами" in (await irina.says("12345")).text
    assert "Слишком длинно" in (await irina.says("а" * 4_000)).text
    assert "Слишком длинно" in (await irina.says("конец того же сообщения")).text
    card = await irina.says("Практикум по электронному журналу")
    assert "Педагоги его пока не видят" in card.text
    assert await offered(town) == before
    # What is written on the card is not asked for.
    assert "Не получилось понять" in (await irina.says("Мимо")).text

    domains = await opens(irina)
    assert f"Всего {len(shipped()) + 1}, своих 1, скрыто 1" in domains.text
    (own,) = await town.rows("SELECT id FROM iom_measures")
    tap = MeasureTap(organisation=DISTRICT, measure=f"own{own.id}")
    await irina.taps_data(tap.pack())
    await irina.taps("Показать педагогам")
    assert await offered(town) == [*before, "Практикум по электронному журналу"]
    sure = await irina.taps("Удалить")
    assert await offered(town) != before
    await irina.taps("Удалить", sure)
    assert await offered(town) == before
    # An old card of what is gone leads to the catalogue.
    gone = await irina.taps_data(tap.pack())
    assert "Всего " in gone.text
    assert irina.toasts[-1] == "Этого мероприятия в каталоге уже нет."


async def test_a_file_is_shown_first_and_added_once(town: Town) -> None:
    before = await offered(town)
    irina = await methodist(town)
    await opens(irina)
    await irina.taps("Загрузить из Excel")
    assert "Жду файл" in (await irina.says("Сейчас пришлю")).text
    content = xlsx(
        HEADERS,
        ("Цифровые компетенции", "Практикум <i>", "Мастер-класс", "30", "Готово"),
        ("Цифровые компетенции", COURSE.title, "Курс", "90", ""),
        ("Разное", "Чаепитие", "Курс", "90", ""),
    )
    preview = await sends(irina, content, "Каталог.xlsx")
    assert "Добавятся: 1\nИзменятся: 1\nСтрок с ошибками: 1" in preview.text
    assert "строка 4, «Область»: «Разное» — выберите: предметные" in preview.text
    assert "• Практикум <i>" in preview.text
    assert await offered(town) == before

    done = await irina.taps("Загрузить 2\xa0мероприятия")
    assert "Готово: добавлено 1, изменено 1. Пропущена 1\xa0строка." in done.text
    assert await offered(town) == [*before, "Практикум <i>"]
    assert "Обычный срок: 90" in (await opens_course(irina)).text
    # The file again: nothing to do; the old button: nothing is done twice.
    await irina.taps_data(MeasuresFileTap(organisation=DISTRICT).pack())
    again = await sends(irina, content, "Каталог.xlsx")
    assert "Без изменений: 2" in again.text
    assert "Загружать нечего" in again.text
    await irina.taps("Отменить")
    assert await town.rows("SELECT 1 FROM uploads") == []


async def test_a_double_tap_adds_once_and_a_catalogue_changed_meanwhile_is_shown_anew(town: Town) -> None:
    irina, zoya = await methodist(town), await settled(town, "Зорина Зоя", (Role.METHODIST, DISTRICT))
    content = csv(HEADERS, ("Цифровые", "Практикум", "Курс", "30", ""))
    previews = []
    for person in (irina, zoya):
        await person.taps_data(MeasuresFileTap(organisation=DISTRICT).pack())
        previews.append(await sends(person, content))
    await irina.taps("Добавить 1\xa0мероприятие", previews[0])
    await irina.taps("Добавить 1\xa0мероприятие", previews[0])
    assert "уже загружен" in irina.toasts[-1]
    changed = await zoya.taps("Добавить 1\xa0мероприятие", previews[1])
    assert "каталог изменился" in changed.text
    assert "Загружать нечего" in changed.text
    assert len(await town.rows("SELECT 1 FROM iom_measures")) == 1


async def test_files_that_cannot_be_used_are_refused_and_another_may_be_sent(town: Town) -> None:
    irina = await methodist(town)
    await irina.taps_data(MeasuresFileTap(organisation=DISTRICT).pack())
    assert "не нашлось столбцов" in (await sends(irina, csv(("Что", "Где"), ("а", "б")))).text
    assert ".xlsx или .csv" in (await sends(irina, b"...", "Каталог.pdf")).text
    good = await sends(irina, csv(HEADERS, ("Цифровые", "Практикум", "Курс", "30", "")))
    assert "Добавятся: 1" in good.text


async def test_the_template_and_the_catalogue_can_be_downloaded(town: Town) -> None:
    irina = await methodist(town)
    await opens_course(irina)
    await irina.taps("Скрыть от педагогов")
    await irina.taps_data(MeasuresFileTap(organisation=DISTRICT).pack())
    how_to = irina.last
    template = await irina.taps("Скачать шаблон", how_to)
    assert template.document is not None
    assert template.document.name == "Шаблон каталога.xlsx"
    # The example of the template is not read, the file is refused with words.
    assert "нет мероприятий" in (await sends(irina, template.document.data, "Шаблон.xlsx")).text
    catalogue = await irina.taps("Каталог", how_to)
    assert catalogue.document is not None
    read = read_measures("Каталог.xlsx", catalogue.document.data)
    assert read.problems == ()
    assert len(read.measures) == len(shipped()) - 1
    assert "Загружать нечего" in (await sends(irina, catalogue.document.data, "Каталог.xlsx")).text


async def test_only_methodists_of_the_municipality_touch_its_catalogue(town: Town) -> None:
    other = await town.municipality("Другой район")
    people = [
        await settled(town, "Осипова Дарья", (Role.CURATOR, SCHOOL), (Role.TEACHER, SCHOOL)),
        await settled(town, "Дальняя Яна", (Role.METHODIST, other)),
    ]
    taps = (
        MeasuresTap(organisation=DISTRICT),
        MeasuresTap(organisation=DISTRICT, domain="digital"),
        MeasureTap(organisation=DISTRICT, measure=COURSE.code, ask="title"),
        SetMeasureTap(organisation=DISTRICT, measure=COURSE.code, to="hide"),
        NewMeasureTap(organisation=DISTRICT, domain="digital"),
        MeasuresFileTap(organisation=DISTRICT),
        MeasuresFileTap(organisation=DISTRICT, what="catalogue"),
        ApplyMeasuresTap(organisation=DISTRICT, mark="00000000"),
    )
    for person in people:
        for tap in taps:
            shown = await person.taps_data(tap.pack())
            assert "открыт" in person.toasts[-1]
            assert COURSE.title not in shown.text
            assert shown.document is None
    # A methodist's own catalogue has nothing to do with a neighbour's measure, nor has a school one.
    (irina,) = [await methodist(town)]
    await opens(irina, "digital")
    await irina.taps("Добавить своё")
    await irina.says("Наш практикум")
    (own,) = await town.rows("SELECT id FROM iom_measures")
    yana = people[1]
    await yana.taps_data(SetMeasureTap(organisation=other, measure=f"own{own.id}", to="show").pack())
    assert yana.toasts[-1] == "Этого мероприятия в каталоге уже нет."
    await irina.taps_data(MeasuresTap(organisation=SCHOOL).pack())
    assert "Здесь это вам не открыто" in irina.toasts[-1]
    assert await town.rows("SELECT 1 FROM iom_measures WHERE NOT hidden") == []


async def test_a_methodist_dismissed_meanwhile_changes_nothing(town: Town) -> None:
    other = await town.municipality("Другой район")
    zoya = await settled(town, "Зорина Зоя", (Role.METHODIST, DISTRICT), (Role.METHODIST, other))
    dismissal = (
        "DELETE FROM roles WHERE organisation_id = :place AND person_id ="
        " (SELECT person_id FROM accounts WHERE external_id = :user)"
    )
    await zoya.taps_data(NewMeasureTap(organisation=DISTRICT, domain="digital").pack())
    await town.change(dismissal, place=DISTRICT, user=zoya.id)
    await zoya.says("Практикум")
    assert await town.rows("SELECT 1 FROM iom_measures") == []
