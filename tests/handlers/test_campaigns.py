"""/campaigns: made, launched, watched, reminded of, closed and opened again, in chat."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.messenger.model import ChatMessage
from services.people.model import Role
from tests.handlers.campaigning import (
    TUESDAY,
    Clock,
    about,
    answers,
    founded_at,
    restarted,
    settled,
    taps_in,
    tended,
    until_sent,
    up,
)
from tests.handlers.test_people import noted, on_roster
from tests.services.diagnostics.forms import FORM, made
from tests.town import DISTRICT, Person, Town, titles

INSTRUMENT = "Комфорт в паре"
TITLE = "Комфорт в паре, ноябрь 2026"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def district(clock: Clock, tmp_path: Path) -> AsyncIterator[Town]:
    async with founded_at(clock, tmp_path) as town:
        yield town


async def place(town: Town, name: str) -> int:
    [row] = await town.rows("SELECT id FROM organisations WHERE name = :name", name=name)
    return int(row.id)


async def a_methodist(town: Town, name: str = "Громова Ирина Павловна") -> Person:
    return await settled(town, name, (Role.METHODIST, await place(town, DISTRICT)))


async def a_curator(town: Town, school: str, name: str = "Крылова Наталья Сергеевна") -> Person:
    return await settled(town, name, (Role.CURATOR, await place(town, school)))


async def a_teacher(town: Town, school: str, name: str, **other: object) -> Person:
    return await settled(town, name, (Role.TEACHER, await place(town, school)), **other)  # type: ignore[arg-type]


async def drafted(person: Person, instrument: str = INSTRUMENT) -> ChatMessage:
    """As far as the preview, everything as it is offered."""
    await person.says("/campaigns")
    await person.taps("Новая кампания")
    await person.taps(instrument)
    await person.taps("Дальше ›")
    await person.taps("Оставить:")
    await person.taps("✓ Нет, у каждого")
    return await person.taps("Оставить так")


async def launched(person: Person, town: Town, instrument: str = INSTRUMENT) -> ChatMessage:
    await drafted(person, instrument)
    card = await person.taps("Запустить")
    await until_sent(town)
    return card


async def test_a_campaign_from_the_first_tap_to_the_invitations(district: Town) -> None:
    irina = await a_methodist(district)
    maria = await a_teacher(district, "Школа № 1", "Иванова Мария Петровна")
    oleg = await a_teacher(district, "Школа № 2", "Лугин Олег Иванович", subject="Физика")
    await on_roster(district, await place(district, "Школа № 2"))

    empty = await irina.says("/campaigns")
    assert "Пока не было ни одной" in empty.text
    choice = await irina.taps("Новая кампания")
    assert "Комфорт в паре, 1\xa0минута" in choice.text
    audience = await irina.taps(INSTRUMENT)
    assert "Получат 2\xa0человека, ещё 1 не в боте" in audience.text
    assert "Получит 1\xa0человек, ещё 1 не в боте" in (await choose_school(irina, "Школа № 2")).text
    assert "Предметы: все" in titles(irina.last)
    subjects = await irina.taps("Предметы: все")
    assert {"Физика", "Химия"} <= set(titles(subjects))
    assert "Математика" not in titles(subjects), "nobody of the chosen school teaches it"
    await irina.taps("Готово")

    await irina.taps("Дальше ›")
    assert "уже прошёл" in (await irina.says("до 1 ноября 2026")).text
    await irina.says("до 15 декабря")
    assert "общие цифры по всей кампании" in irina.last.text
    await irina.taps("✓ Нет, у каждого")
    assert "701\xa0знак, а поместится 700" in (await irina.says("я" * 701)).text
    preview = await irina.says("Коллеги, <b>ждём</b> & надеемся")
    assert "Получит 1\xa0человек, ещё 1 не в боте" in preview.text
    assert "Школа № 2" in preview.text
    assert "до 15\xa0декабря 2026\xa0г." in preview.text

    card = await irina.taps("Запустить")
    assert "Приглашены 1 · открыли 0 · отвечают 0 · завершили 0" in card.text
    assert "Ещё не в боте или остановили его: 1" in card.text
    assert "Осталось 21\xa0день" in card.text or "Остался 21\xa0день" in card.text
    await until_sent(district)
    [invitation] = about(oleg, TITLE)
    assert "Коллеги, <b>ждём</b> & надеемся" in invitation.text
    assert invitation.text in preview.text, "the preview is just what people get"
    assert about(maria, TITLE) == []
    assert "campaign_launched" in await noted(district)
    listed = await irina.says("/campaigns")
    assert f"{TITLE}: 0 из 2" in listed.text
    assert f"{TITLE}, 0 из 2" in titles(listed)


async def test_one_can_step_back_while_a_campaign_is_made(district: Town) -> None:
    irina = await a_methodist(district)
    await irina.says("/campaigns")
    for title in ("Новая кампания", "Комфорт в паре", "Дальше ›", "7\xa0дней", "✓ Нет, у каждого"):
        await irina.taps(title)
    assert "Слова приглашения" in irina.last.text
    assert "Анонимно?" in (await irina.taps("‹ Назад")).text
    assert "До какого дня?" in (await irina.taps("‹ Назад")).text
    assert "Кого приглашаем" in (await irina.taps("‹ Назад")).text


async def test_a_repetition_in_the_same_month_has_a_title_of_its_own(district: Town) -> None:
    irina = await a_methodist(district)
    await launched(irina, district)
    await irina.taps("Закрыть")
    await irina.taps("Да, закрыть")
    assert f"{TITLE} (2)" in (await irina.taps("Повторить")).text


async def test_a_methodist_looks_at_a_school_and_comes_back_to_all(district: Town) -> None:
    irina = await a_methodist(district)
    natalia = await a_curator(district, "Школа № 1")
    await a_teacher(district, "Школа № 1", "Иванова Мария Петровна")
    await a_teacher(district, "Школа № 2", "Лугин Олег Иванович")
    await launched(irina, district)
    await irina.taps("По школам")
    await irina.taps("Школа № 1")
    assert "по школам" in (await irina.taps("‹ Все школы")).text
    await natalia.says("/campaigns")
    assert "‹ Все школы" not in titles(await natalia.taps(f"Район: {TITLE}"))


async def choose_school(person: Person, school: str) -> ChatMessage:
    await person.taps("Школы: все")
    await person.taps(school)
    return await person.taps("Готово")


async def test_a_draft_outlives_a_restart_and_two_taps_launch_once(district: Town, clock: Clock) -> None:
    irina = await a_methodist(district)
    maria = await a_teacher(district, "Школа № 1", "Иванова Мария Петровна")
    preview = await drafted(irina)
    await irina.taps("Изменить…")
    await irina.taps("Слова приглашения")
    await restarted(district, clock)
    preview = await irina.says("Свои слова")
    assert "Свои слова" in preview.text
    data = preview.keyboard[0][0].data if preview.keyboard else None
    for _ in range(3):
        district.messenger.tap(irina.id, preview.id, data)
    await district.quiet()
    await until_sent(district)
    assert len(about(maria, "Свои слова")) == 1
    assert (await noted(district)).count("campaign_launched") == 1


async def test_a_put_off_draft_is_found_again_or_thrown_away(district: Town) -> None:
    irina = await a_methodist(district)
    await drafted(irina)
    await irina.taps("Отложить")
    await drafted(irina)
    await irina.taps("Отложить")
    assert [title for title in titles(irina.last) if "Черновик" in title] == [f"Черновик: {TITLE}"]
    await irina.taps(f"Черновик: {TITLE}")
    assert "Черновик удалён" in (await irina.taps("Удалить")).text
    assert await district.rows("SELECT id FROM campaigns") == []


async def test_the_card_follows_what_people_do(district: Town) -> None:
    irina = await a_methodist(district)
    people = [
        await a_teacher(district, f"Школа № {number % 2 + 1}", f"Ветрова {name}")
        for number, name in enumerate(("Анна", "Вера", "Дарья", "Елена"))
    ]
    card = await launched(irina, district)
    first, second, third, _ = people
    invitations = [about(person, TITLE)[-1] for person in people]
    await taps_in(first, invitations[0], "Начать")
    await taps_in(second, invitations[1], "Начать", "Начать", "Скорее да")
    await answers(third, invitations[2])

    card = await irina.taps("Обновить", card)
    assert "Приглашены 4 · открыли 3 · отвечают 1 · завершили 1" in card.text
    assert "▰▰▰▱▱▱▱▱▱▱▱▱  1 из 4" in card.text
    schools = await irina.taps("По школам", card)
    assert "Школа № 1\n▰▰▰▰▰▰▱▱▱▱▱▱  1 из 2" in schools.text
    await irina.taps("‹ К кампании", schools)
    names = await irina.taps("Кто не ответил: 3")
    assert [line for line in names.text.splitlines() if "Ветрова" in line] == [
        "• Ветрова Анна",
        "• Ветрова Вера",
        "• Ветрова Елена",
    ]
    assert "Дарья" not in names.text
    sheet = await irina.taps("Списком в Excel")
    assert sheet.document is not None
    assert sheet.document.name.endswith(".xlsx")
    assert (await noted(district)).count("people_seen") == 2


async def test_a_curator_sees_the_own_school_and_no_more(district: Town) -> None:
    irina = await a_methodist(district)
    natalia = await a_curator(district, "Школа № 1")
    await a_teacher(district, "Школа № 1", "Иванова Мария Петровна")
    await a_teacher(district, "Школа № 2", "Лугин Олег Иванович")
    await launched(irina, district)
    await natalia.says("/campaigns")
    card = await natalia.taps(f"Район: {TITLE}")
    assert "Приглашены 1 ·" in card.text
    assert "Закрыть" not in titles(card)
    assert "Иванова Мария" in (await natalia.taps("Кто не ответил: 1")).text
    assert "Лугин" not in natalia.last.text

    [campaign] = await district.rows("SELECT id FROM campaigns")
    other = await place(district, "Школа № 2")
    mine = f" WHERE id = {campaign.id}"
    before = await district.rows(f"SELECT state, ends_on, words, audience FROM campaigns{mine}")
    for data in (
        f"camp:{campaign.id}:card:0",
        f"cwho:{campaign.id}:0",
        f"cxlsx:{campaign.id}",
        f"cres:{campaign.id}:0",
        f"cremind:{campaign.id}",
        f"cclose:{campaign.id}:1",
        f"creopen:{campaign.id}:7",
        f"crepeat:{campaign.id}",
        f"claunch:{campaign.id}",
        f"cdrop:{campaign.id}",
        f"cdraft:{campaign.id}:audience:0:0",
        f"cset:{campaign.id}:anonymous:yes:0:0",
        f"cschool:{campaign.id}:{other}",
        f"cswho:{campaign.id}:{other}:0",
        f"csres:{campaign.id}:{other}:0",
        f"campi:{await place(district, DISTRICT)}:boyko",
    ):
        shown = await natalia.taps_data(data)
        assert "Здесь это вам не открыто" in shown.text, data
        assert "Лугин" not in shown.text
    # A campaign of another district has nothing to do with the own school.
    await district.school("Школа № 9", "Другой район")
    foreign = await settled(district, "Орлов Пётр", (Role.METHODIST, await place(district, "Другой район")))
    await launched(foreign, district)
    own, number = await place(district, "Школа № 1"), campaign.id + 1
    assert "Здесь это вам не открыто" in (await natalia.taps_data(f"cschool:{number}:{own}")).text
    assert await district.rows(f"SELECT state, ends_on, words, audience FROM campaigns{mine}") == before


async def test_a_curator_launches_for_the_own_school(district: Town) -> None:
    natalia = await a_curator(district, "Школа № 1")
    maria = await a_teacher(district, "Школа № 1", "Иванова Мария Петровна")
    oleg = await a_teacher(district, "Школа № 2", "Лугин Олег Иванович")
    preview = await drafted(natalia)
    assert "Кому: педагоги; Школа № 1" in preview.text
    card = await natalia.taps("Запустить")
    assert "0 из 1" in card.text
    assert "По школам" not in titles(card)
    await until_sent(district)
    assert len(about(maria, TITLE)) == 1
    assert about(oleg, TITLE) == []
    assert "0 из 1" in (await natalia.taps("Обновить")).text


async def test_teachers_and_other_districts_get_nothing(district: Town) -> None:
    irina = await a_methodist(district)
    maria = await a_teacher(district, "Школа № 1", "Иванова Мария Петровна")
    await district.school("Школа № 9", "Другой район")
    foreign = await settled(district, "Орлов Пётр", (Role.METHODIST, await place(district, "Другой район")))
    await launched(irina, district)
    [campaign] = await district.rows("SELECT id FROM campaigns")
    assert "кураторам и методистам" in (await maria.says("/campaigns")).text
    for person in (maria, foreign):
        await person.taps_data(f"cclose:{campaign.id}:1")
        assert "Иванова" not in (await person.taps_data(f"cwho:{campaign.id}:0")).text
    assert "Пока не было ни одной" in (await foreign.says("/campaigns")).text
    assert [row.state for row in await district.rows("SELECT state FROM campaigns")] == ["running"]


async def test_reminders_go_to_those_who_have_not_finished(district: Town, clock: Clock) -> None:
    irina = await a_methodist(district)
    waits = await a_teacher(district, "Школа № 1", "Ветрова Анна")
    done = await a_teacher(district, "Школа № 1", "Ветрова Вера")
    await launched(irina, district)
    await launched(irina, district, "Профессиональные дефициты")
    await answers(done, about(done, TITLE)[-1])
    clock.pass_by(days=3)
    await tended(district, clock)
    await tended(district, clock)
    await until_sent(district)
    [reminder] = about(waits, "Напоминаем")
    assert TITLE in reminder.text
    assert "дефициты" in reminder.text.lower()
    [other] = about(done, "Напоминаем")
    assert TITLE not in other.text, "what is finished is not reminded of"
    await waits.taps(TITLE, reminder)
    assert "шесть коротких утверждений" in waits.last.text


@pytest.mark.parametrize("hours", [11, 24])
async def test_a_reminder_that_comes_too_late_is_not_sent(district: Town, clock: Clock, hours: int) -> None:
    irina = await a_methodist(district)
    maria = await a_teacher(district, "Школа № 1", "Иванова Мария Петровна")
    await launched(irina, district)
    clock.pass_by(days=3)
    # The bot goes down with the reminder owed, and is up again in the evening or on another day.
    await district.stop_bot()
    await district.change(
        "INSERT INTO outbox (account_id, kind, key, payload, state, not_before, created_at)"
        " SELECT id, 'campaign_reminder', 'campaigns:remind:late', :payload, 'pending', :now, :now FROM accounts"
        " WHERE external_id = :user",
        payload=f'{{"day": {clock.now.date().toordinal()}}}',
        now="2026-11-27 07:00:00",
        user=maria.id,
    )
    clock.pass_by(hours=hours)
    await up(district, clock)
    # In the evening it waits for the morning, and is too late then.
    clock.pass_by(hours=24 - hours)
    await until_sent(district)
    assert about(maria, "Напоминаем") == []


async def test_reminding_now_once_a_day_and_not_at_night(district: Town, clock: Clock) -> None:
    irina = await a_methodist(district)
    maria = await a_teacher(district, "Школа № 1", "Иванова Мария Петровна")
    card = await launched(irina, district)
    await irina.taps("Напомнить", card)
    assert "уже получили" in irina.toasts[-1]
    clock.pass_by(days=1, hours=12)
    await irina.taps("Напомнить", card)
    assert "не время" in irina.toasts[-1]
    clock.pass_by(hours=12)
    await irina.taps("Напомнить", card)
    assert "1\xa0человек" in irina.toasts[-1]
    await irina.taps("Напомнить", card)
    assert "уже получили" in irina.toasts[-1]
    await until_sent(district)
    assert len(about(maria, "Напоминаем")) == 1


async def test_closed_and_opened_again(district: Town, clock: Clock) -> None:
    irina = await a_methodist(district)
    maria = await a_teacher(district, "Школа № 1", "Иванова Мария Петровна")
    card = await launched(irina, district)
    asked = await irina.taps("Закрыть", card)
    assert "не ответил 1\xa0человек" in asked.text
    closed = await irina.taps("Да, закрыть")
    assert "Закрыта" in closed.text
    [invitation] = about(maria, TITLE)
    assert "уже завершён" in (await maria.taps("Начать", invitation)).text

    late = await a_teacher(district, "Школа № 2", "Лугин Олег Иванович")
    await tended(district, clock)
    assert about(late, TITLE) == []
    await irina.taps("Открыть снова", closed)
    assert "Такого дня" in (await irina.says("31 февраля")).text
    opened = await irina.says("10 дней")
    assert "Идёт до 4\xa0декабря 2026" in opened.text
    await until_sent(district)
    assert len(about(late, TITLE)) == 1
    assert [action for action in await noted(district) if "campaign" in action] == [
        "campaign_launched",
        "campaign_closed",
        "campaign_opened",
    ]


async def test_an_invitation_that_is_not_needed_any_more_is_not_sent(district: Town, clock: Clock) -> None:
    irina = await a_methodist(district)
    maria = await a_teacher(district, "Школа № 1", "Иванова Мария Петровна")
    vera = await a_teacher(district, "Школа № 1", "Ветрова Вера")
    await drafted(irina)
    people = {"maria": maria.id, "vera": vera.id}
    # In the moment between a launch and the sending one leaves the school and the other takes the consent back.
    whose = "(SELECT person_id FROM accounts WHERE external_id = {0})"
    await district.change(
        "CREATE TRIGGER meanwhile AFTER INSERT ON outbox WHEN new.kind = 'campaign_invite' BEGIN"
        f" DELETE FROM roles WHERE role = 'teacher' AND person_id = {whose.format(people['maria'])};"
        f" UPDATE consents SET revoked_at = '2026-11-24' WHERE person_id = {whose.format(people['vera'])}; END"
    )
    await irina.taps("Запустить")
    await until_sent(district)
    assert about(maria, TITLE) == []
    assert about(vera, TITLE) == []
    reasons = await district.rows("SELECT reason FROM outbox WHERE kind = 'campaign_invite' ORDER BY reason")
    assert [row.reason for row in reasons] == ["no consent in force", "the campaign does not wait for the person"]


async def test_a_campaign_closed_at_once_invites_nobody(district: Town) -> None:
    irina = await a_methodist(district)
    maria = await a_teacher(district, "Школа № 1", "Иванова Мария Петровна")
    await drafted(irina)
    await district.change(
        "CREATE TRIGGER meanwhile AFTER INSERT ON outbox WHEN new.kind = 'campaign_invite' BEGIN"
        " UPDATE campaigns SET state = 'closed'; END"
    )
    await irina.taps("Запустить")
    await until_sent(district)
    assert about(maria, TITLE) == []


async def test_a_repeated_campaign_shows_the_change(district: Town, clock: Clock) -> None:
    irina = await a_methodist(district)
    people = [await a_teacher(district, "Школа № 1", f"Ветрова {'АБВГД'[number]}нна") for number in range(5)]
    card = await launched(irina, district)
    for number, person in enumerate(people):
        invitation = about(person, TITLE)[-1]
        await answers(person, invitation, "Отчасти" if number < 3 else "Да")
        if number == 3:
            hidden = await irina.taps("Обновить", card)
            assert "столько ответов пока не набралось" in (await irina.taps("Результаты", hidden)).text
            card = await irina.taps("‹ К кампании")
    results = await irina.taps("Результаты", card)
    # «Отчасти» everywhere is a mean of 3,0; «Да» with the reversed item is 26 : 6 = 4,3.
    assert "бывает по-разному: 3 из 5 (60\xa0%)" in results.text
    assert "вместе хорошо: 2 из 5 (40\xa0%)" in results.text
    card = await irina.taps("‹ К кампании")
    await irina.taps("Закрыть", card)
    await irina.taps("Да, закрыть")

    clock.pass_by(days=35)
    again = await irina.taps("Повторить")
    assert "Комфорт в паре, декабрь 2026" in again.text
    card = await irina.taps("Запустить")
    await until_sent(district)
    for person in people:
        await answers(person, about(person, "декабрь 2026")[-1])
    card = await irina.taps("Обновить", card)
    results = await irina.taps("Результаты", card)
    assert "вместе хорошо: 5 из 5 (100\xa0%, +60,0\xa0п.\xa0п.)" in results.text
    assert "бывает по-разному: 0 из 5 (0\xa0%, −60,0\xa0п.\xa0п.)" in results.text
    assert f"Второе число в скобках — изменение к кампании «{TITLE}»" in results.text


async def test_schools_without_a_curator_are_named_before_a_form_about_schools_is_sent(district: Town) -> None:
    irina = await a_methodist(district)
    await a_curator(district, "Школа № 1")
    await irina.says("/campaigns")
    for title in ("Новая кампания", "Кадровая карта школы", "Дальше ›", "7\xa0дней"):
        await irina.taps(title)
    preview = await irina.taps("Оставить так")
    assert "Некому ответить: Школа № 2." in preview.text
    assert "Анонимно" not in preview.text


async def test_forms_about_schools_are_summed_by_school(district: Town) -> None:
    irina = await a_methodist(district)
    curators = [await a_curator(district, f"Школа № {number}", f"Крылова {number}") for number in (1, 2)]
    await irina.says("/campaigns")
    await irina.taps("Новая кампания")
    await irina.taps("Кадровая карта школы")
    await irina.taps("Дальше ›")
    words = await irina.taps("7\xa0дней")
    assert "Слова приглашения" in words.text, "a form about a school is never anonymous"
    await irina.taps("Оставить так")
    card = await irina.taps("Запустить")
    assert "Приглашены 2" in card.text
    await until_sent(district)
    [campaign] = await district.rows("SELECT id FROM campaigns")
    for number, curator in enumerate(curators, 1):
        assert "сведения о школе" in about(curator, "Кадровая карта")[-1].text
        await filled(district, campaign.id, curator, f"Школа № {number}", posts=20.5 + number, age=40 + number)
    results = await irina.taps("Обновить", card)
    results = await irina.taps("Результаты", results)
    assert "Сколько ставок педагогов в штатном расписании: 44 (2\xa0школы)" in results.text
    assert "Каков средний возраст педагогов, в годах: в среднем по школам 41,5 (2\xa0школы)" in results.text
    assert "столько ответов" not in results.text
    own = await curators[0].says("/campaigns")
    own = await curators[0].taps("Район: Кадровая карта школы", own)
    own = await curators[0].taps("Результаты", own)
    assert "21,5" in own.text
    assert "22,5" not in own.text


async def test_a_curator_of_several_schools_is_asked_about_each_of_the_district(district: Town) -> None:
    assert district.house is not None
    district.house.desk.library.add(made(FORM))
    irina = await a_methodist(district)
    ours = [await place(district, f"Школа № {number}") for number in (1, 2)]
    far = await district.school("Лицей", "Дальний район")
    nina = await settled(district, "Нинина Нина Ниновна", *((Role.CURATOR, school) for school in (far, *ours)))
    await irina.says("/campaigns")
    for title in ("Новая кампания", "Карта школы", "Дальше ›", "7\xa0дней", "Оставить так"):
        await irina.taps(title)
    card = await irina.taps("Запустить")
    await until_sent(district)
    [invitation] = about(nina, "Карта школы")

    shown = await nina.taps("Начать", invitation)
    assert titles(shown)[:-1] == ["Начать: Школа № 1", "Начать: Школа № 2"]
    await nina.taps("Начать: Школа № 2")
    for words in ("нет", "40", "сегодня", "пропустить", "пропустить"):
        await nina.says(words)
    assert "завершили 0" in (await irina.taps("Обновить", card)).text

    await nina.says("/survey")
    shown = await nina.taps("Карта школы")
    assert titles(shown)[:-1] == ["Начать"], "one school is left"
    assert "Вы уже отвечали" not in shown.text
    assert "Карта школы, Школа № 1" in (await nina.taps("Начать")).text
    for words in ("нет", "40", "сегодня", "пропустить", "пропустить"):
        await nina.says(words)
    rows = await district.rows("SELECT finished FROM campaign_people")
    assert [bool(row.finished) for row in rows] == [True]


async def filled(town: Town, campaign: int, curator: Person, school: str, *, posts: float, age: float) -> None:
    """A staffing card with two numbers, as the curator's session leaves it."""
    await town.change(
        "INSERT INTO survey_sessions (person_id, instrument, version, answers, turn, position, state, started_at,"
        " updated_at, finished_at, campaign_id, anonymous, organisation_id)"
        " SELECT person_id, 'staffing', '1', :answers, 29, 0, 'finished', :now, :now, :now, :campaign, 0, :school"
        " FROM accounts WHERE external_id = :user",
        answers="++---+" + "-" * 23,
        now="2026-11-24 08:00:00",
        campaign=campaign,
        school=await place(town, school),
        user=curator.id,
    )
    for item, value in ((2, posts), (6, age)):
        await town.change(
            "INSERT INTO survey_values (session_id, item, value)"
            " SELECT max(id), :item, :value FROM survey_sessions",
            item=item,
            value=str(value),
        )
    await town.change(
        "UPDATE campaign_people SET finished = 1 WHERE person_id IN"
        " (SELECT person_id FROM accounts WHERE external_id = :user)",
        user=curator.id,
    )


async def test_a_roles_last_tick_stays_and_changing_leads_back(district: Town) -> None:
    irina = await a_methodist(district)
    await drafted(irina)
    await irina.taps("Изменить…")
    await irina.taps("Кому")
    await irina.taps("✓ Педагоги")
    assert "хотя бы одна роль" in irina.toasts[-1]
    await irina.taps("Наставники")
    await irina.taps("✓ Педагоги")
    preview = await irina.taps("Дальше ›")
    assert "Проверьте перед запуском" in preview.text
    assert "Кому: наставники; все школы" in preview.text


async def test_a_term_that_has_passed_is_asked_for_again(district: Town, clock: Clock) -> None:
    irina = await a_methodist(district)
    preview = await drafted(irina)
    clock.pass_by(days=20)
    shown = await irina.taps("Запустить", preview)
    assert "Срок уже прошёл" in shown.text
    assert [row.state for row in await district.rows("SELECT state FROM campaigns")] == ["draft"]


def test_the_clock_of_the_tests_stands_on_a_working_day() -> None:
    assert TUESDAY.weekday() == 1
