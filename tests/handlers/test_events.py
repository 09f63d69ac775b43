"""Events in chat: planned, announced, signed up for, moved, held, judged, imported. Over the real bot."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.sandbox.messenger.model import ChatMessage
from bot.ticks.events import tend_events
from handlers.events.plan.taps import AnnounceTap, CancelEventTap, DropEventTap, PlanTap, SetEventTap
from handlers.events.taking_part.taps import AttendTap, HeldTap, SignUpTap
from handlers.events.taps import EventPeopleTap, EventTap, MyEventTap, RateTap
from services.people.model import Role
from tests.handlers.campaigning import ZONE, Clock, about, founded_at, settled, until_sent
from tests.services.people.roster.files import csv
from tests.town import Person, Town, data_of, titles

DISTRICT, SCHOOL, OTHER_SCHOOL = 1, 2, 3


class Life:
    """A town whose clock strikes for events."""

    def __init__(self, town: Town, clock: Clock) -> None:
        self.town = town
        self.clock = clock

    async def person(self, name: str, *roles: Role, place: int = SCHOOL, born: int = 1976) -> Person:
        return await settled(self.town, name, *[(role, place) for role in roles], birth_year=born)

    async def methodist(self) -> Person:
        return await self.person("Громова Ирина Львовна", Role.METHODIST, place=DISTRICT)

    async def moves_to(self, day: int, hour: int = 12, month: int = 11) -> None:
        """It is that day, the clock has struck, and what was owed has come."""
        self.clock.now = datetime(2026, month, day, hour, tzinfo=ZONE)
        assert self.town.house is not None
        await tend_events(self.town.house.database, self.town.house.desk, self.clock())
        await until_sent(self.town)

    async def rows(self, query: str) -> list[tuple[object, ...]]:
        return [tuple(row) for row in await self.town.rows(query)]


@pytest.fixture
async def life(tmp_path: Path) -> AsyncIterator[Life]:
    clock = Clock()
    async with founded_at(clock, tmp_path) as town:
        yield Life(town, clock)


def said(message: ChatMessage) -> str:
    return message.text.replace("\N{NO-BREAK SPACE}", " ")


async def planned(person: Person, title: str = "Первый урок", day: str = "27.11.2026") -> ChatMessage:
    """A new event with nothing but the needed; its first further question."""
    await person.says("/events")
    await person.taps("Добавить")
    await person.says(title)
    await person.taps("Семинар")
    return await person.says(day)


async def test_an_event_lives_from_its_plan_to_what_people_thought_of_it(life: Life) -> None:
    irina = await life.methodist()
    galina = await life.person("Осипова Галина Петровна", Role.TEACHER)
    anna = await life.person("Лугина Анна Олеговна", Role.TEACHER, born=2001)
    pavel = await life.person("Рябов Павел Ильич", Role.TEACHER, place=OTHER_SCHOOL, born=2002)
    oleg = await life.person("Ершов Олег Ильич", Role.TEACHER, place=OTHER_SCHOOL, born=2000)
    old = await life.person("Котова Вера Юрьевна", Role.TEACHER)

    # Planned by questions: what cannot be taken is asked again, nothing is lost, some is left for later.
    await irina.says("/events")
    assert "ничего не запланировано" in irina.last.text
    await irina.taps("Добавить")
    assert "длинно" in (await irina.says("очень " * 100)).text
    await irina.says("Первый <b>урок</b>")
    assert "Первый <b>урок</b>" in irina.last.text
    await irina.taps("Школа молодого педагога")
    assert "Такого дня" in (await irina.says("31.02.2027")).text
    assert "1 из 6" in (await irina.says("4 декабря")).text
    assert "Такого времени" in (await irina.says("25:00")).text
    chosen = data_of(irina.last, "14:30")
    await irina.taps_data(chosen)
    assert "2 из 6" in (await irina.taps_data(chosen)).text, "two taps are one"
    await irina.says("Школа № 1, <i>кабинет</i> 12")
    await irina.taps("Молодые специалисты")
    await irina.taps("‹ Назад")
    assert "Сейчас: молодые специалисты" in irina.last.text
    await irina.taps("Пропустить")
    found = await irina.says("осипова")
    assert "Осипова Галина Петровна, Школа № 1" in found.text
    await irina.taps("1. Осипова")
    await irina.taps("Пропустить")
    card = await irina.says("2")
    assert "Отвечает: Осипова Галина Петровна" in card.text
    assert "Мест: 2" in card.text
    assert "4 декабря, в 14:30" in said(card)
    assert "приглашений никто не получал" in card.text

    # Announced to whom it is for, and to nobody else.
    preview = await irina.taps("Объявить и пригласить")
    assert "молодые специалисты, 3 человека" in said(preview)
    stale = data_of(preview, "Разослать")
    await irina.taps("Разослать")
    await irina.taps_data(stale)
    await until_sent(life.town)
    for person in (anna, pavel, oleg):
        [invitation] = about(person, "Вас приглашают")
        assert "Первый <b>урок</b>" in invitation.text
        assert "Свободно 2 места из 2" in said(invitation)
        assert "Записаться" in titles(invitation)
    assert not about(old, "Вас приглашают")
    [(event,)] = await life.rows("SELECT id FROM events")
    assert isinstance(event, int)
    refused = await old.taps_data(SignUpTap(event=event, going=True).pack())
    assert "не открыто" in refused.text

    # Two seats for three people.
    await anna.taps("Записаться", about(anna, "Вас приглашают")[0])
    assert "Вы записаны." in anna.last.text
    await anna.taps_data(SignUpTap(event=event, going=True).pack())
    assert anna.toasts[-1] == "Вы уже записаны."
    assert "Свободно 1 место из 2" in said(anna.last)
    assert "Рябов" not in anna.last.text
    await pavel.taps("Записаться", about(pavel, "Вас приглашают")[0])
    await oleg.taps("Записаться", about(oleg, "Вас приглашают")[0])
    assert oleg.toasts[-1] == "Свободных мест уже нет."
    assert "Все места заняты (2)" in oleg.last.text
    assert "Записаться" not in titles(oleg.last)
    assert await life.rows("SELECT count(*) FROM event_people WHERE state = 'signed_up'") == [(2,)]

    # A smaller hall is not possible; another day is told to those who come, once however much is changed.
    await irina.taps_data(EventTap(event=event).pack())
    await irina.taps("Изменить")
    old_button = SetEventTap(event=event, turn=0, part="audience", value="everybody").pack()
    await irina.taps("Сколько мест")
    assert "Записей уже 2" in (await irina.says("1")).text
    await irina.taps("‹ Не менять")
    await irina.taps("День")
    await irina.says("8 декабря")
    await irina.taps("Время")
    await irina.says("15:00")
    assert "событие изменилось" in (await irina.taps_data(old_button)).text
    assert not about(anna, "Событие перенесено")
    await life.moves_to(24, 13)
    for person in (anna, pavel):
        [moved] = about(person, "Событие перенесено")
        assert "Было назначено на 4 декабря" in said(moved)
        assert "8 декабря, в 15:00" in said(moved)
        assert not about(person, "Изменилось время"), "what is changed in one go is told in one message"
    assert not about(oleg, "Событие перенесено")

    # Whoever answers for it is reminded a week and a day before; who comes the day before.
    await life.moves_to(1, month=12)
    [duty] = about(galina, "событие, за которое вы отвечаете")
    assert "Через 7 дней" in said(duty)
    await pavel.taps_data(SignUpTap(event=event, going=False).pack())
    await oleg.taps_data(SignUpTap(event=event, going=True).pack())
    await life.moves_to(7, month=12)
    assert len(about(galina, "событие, за которое вы отвечаете")) == 2
    assert len(about(anna, "Скоро событие")) == len(about(oleg, "Скоро событие")) == 1
    assert not about(pavel, "Скоро событие")
    people = await galina.taps_data(EventPeopleTap(event=event).pack())
    assert "Ершов Олег Ильич, Школа № 2" in people.text
    assert "Были все" not in titles(people)
    assert await life.rows("SELECT count(*) FROM audit WHERE action = 'event_people_seen'") == [(1,)]

    # On the day after: who was there, somebody without a sign-up too, and what came of it.
    await life.moves_to(9, month=12)
    [over] = about(galina, "Событие прошло?")
    assert "Не состоялось?" not in over.text, "only who plans it can call it off"
    assert "Не состоялось" in titles(await irina.taps_data(EventTap(event=event).pack()))
    assert len(about(anna, "Как вам событие?")) == 1
    await galina.taps("Кто был", over)
    await galina.taps("Были все")
    await galina.taps("✓ Ершов")
    assert "было: 1" in galina.last.text
    found = await galina.says("ряб")
    assert "Рябов Павел Ильич, Школа № 2, запись отменена" in found.text
    await galina.taps("Рябов")
    await galina.taps("Записать итог")
    done = await galina.says("Каждый составил план")
    assert "Состоялось." in done.text
    assert "Было: 2, не было: 1." in done.text
    assert await life.rows(
        "SELECT full_name, attended FROM event_people JOIN people ON people.id = person_id ORDER BY full_name"
    ) == [("Ершов Олег Ильич", 0), ("Лугина Анна Олеговна", 1), ("Рябов Павел Ильич", 1)]

    # Marks: of too few nothing is shown, and never a name.
    await anna.taps("5", about(anna, "Как вам событие?")[0])
    await anna.taps("4")
    await anna.taps("Добавить пару слов")
    assert "«Больше <b>практики</b>»" in (await anna.says("Больше <b>практики</b>")).text
    await oleg.taps_data(RateTap(event=event, mark=1).pack())
    assert oleg.toasts[-1] == "Оценить это событие сейчас нельзя."
    await life.moves_to(10, month=12)
    assert len(about(pavel, "Как вам событие?")) == 1, "who was noted later is asked later"
    assert len(about(anna, "Как вам событие?")) == 0, "the question has become the event"
    await pavel.taps("5", about(pavel, "Как вам событие?")[0])
    card = await irina.taps_data(EventTap(event=event).pack())
    assert "Отзывы покажу" in card.text
    assert "практики" not in card.text
    await life.town.change("UPDATE event_people SET attended = true")
    await oleg.taps_data(RateTap(event=event, mark=4).pack())
    card = await irina.taps_data(EventTap(event=event).pack())
    assert "Оценка: 4,3 из 5, оценок 3." in card.text
    assert "• Больше <b>практики</b>" in card.text
    assert "Лугина" not in card.text
    past = await anna.taps_data("ev:1:0")
    assert "ваша оценка 4" in past.text
    led = await galina.taps_data("ev:1:0")
    assert "✓ Вели 8\N{NO-BREAK SPACE}декабря: Первый <b>урок</b>" in titles(led), "a slip can be mended later"


async def test_a_curator_plans_for_the_school_sees_the_district_and_changes_only_the_own(life: Life) -> None:
    irina = await life.methodist()
    vera = await life.person("Крылова Вера Юрьевна", Role.CURATOR)
    anna = await life.person("Лугина Анна Олеговна", Role.TEACHER)
    await planned(irina, "Районный семинар", "30.11.2026")
    await vera.says("/events")
    assert "Районный семинар" in vera.last.text
    await vera.taps("30\N{NO-BREAK SPACE}ноября: Районный семинар")
    assert not {"Изменить", "Объявить и пригласить", "Удалить"} & set(titles(vera.last))
    assert "План событий: Школа № 1" in (await vera.taps("‹ К плану")).text, "back to where it was opened"
    for tap in (
        AnnounceTap(event=1, turn=0, sure=True),
        SetEventTap(event=1, turn=0, part="seats", value="10"),
        CancelEventTap(event=1, turn=0, reason=1),
        DropEventTap(event=1, turn=0, sure=True),
        EventPeopleTap(event=1),
        HeldTap(event=1, turn=0),
        PlanTap(organisation=DISTRICT),
    ):
        assert "не открыто" in (await vera.taps_data(tap.pack())).text
    for foreign in (EventTap(event=1), MyEventTap(event=1), AttendTap(event=1, person=1, was=True)):
        assert "не открыто" in (await anna.taps_data(foreign.pack())).text
    assert await life.rows("SELECT state, turn FROM events") == [("planned", 0)]

    # The own one: of the school only, cancelled with a reason that those who come are told.
    await planned(vera, "Школьный практикум")
    for answer in ("Пропустить", "Пропустить", "Пропустить", "Я", "Остальное потом", "Объявить и пригласить"):
        await vera.taps(answer)
    await vera.taps("Разослать: 1")
    await until_sent(life.town)
    assert not about(vera, "Вас приглашают"), "whoever holds it is no guest"
    await anna.taps("Записаться", about(anna, "Вас приглашают")[0])
    newcomer = await life.person("Рябова Ольга Ильинична", Role.TEACHER)
    await life.moves_to(24, 13)
    assert about(newcomer, "Школьный практикум"), "whoever comes to the school later is invited, too"
    await vera.taps_data(EventTap(event=2).pack())
    await vera.taps("Отменить")
    await vera.says("Болезнь <ведущего>")
    assert "Отменено" in vera.last.text
    await until_sent(life.town)
    [told] = about(anna, "Событие отменено")
    assert "Болезнь <ведущего>" in told.text
    assert not about(newcomer, "Событие отменено"), "who has not signed up is not disturbed"
    await anna.taps_data(SignUpTap(event=2, going=True).pack())
    assert "Отменено" in anna.last.text
    await life.moves_to(27)
    await life.moves_to(28)
    for person in (vera, anna):
        assert not about(person, "Скоро событие")
        assert not about(person, "Событие прошло?")

    # A slip is deleted without a trace, the consent taken back frees the seat and hides the name.
    await vera.says("/events")
    await vera.taps("Добавить")
    await vera.says("Лишнее")
    await vera.taps("Конкурс")
    await vera.taps("›")
    day = data_of(vera.last, "25")
    await vera.taps_data(day)
    assert "1 из 6" in (await vera.taps_data(day)).text, "two taps are one event"
    await vera.taps("Остальное потом")
    await vera.taps("Удалить")
    await vera.taps("Удалить")
    assert await life.rows("SELECT title FROM events ORDER BY id") == [
        ("Районный семинар",),
        ("Школьный практикум",),
    ]
    await planned(vera, "Ещё одно", "25.12.2026")
    await vera.taps("Остальное потом")
    await vera.taps("Объявить и пригласить")
    await vera.taps("Разослать")
    await anna.taps_data(SignUpTap(event=4, going=True).pack())
    assert "Лугина" in (await vera.taps_data(EventPeopleTap(event=4).pack())).text
    await anna.says("/privacy")
    await anna.taps("Отозвать")
    await anna.taps("Отозвать согласие")
    assert "Лугина" not in (await vera.taps_data(EventPeopleTap(event=4).pack())).text
    assert await life.rows("SELECT state FROM event_people WHERE event_id = 4 AND signed_up_at IS NOT NULL") == []

    # Whoever answers for an event does so while they work there, and no longer.
    hers = "(SELECT id FROM people WHERE full_name LIKE 'Рябова%')"
    await life.town.change(f"UPDATE events SET responsible_id = {hers} WHERE id = 4")
    await newcomer.says("/events")
    assert "Ещё одно" in newcomer.last.text
    assert "Кто" in " ".join(titles(await newcomer.taps_data(EventTap(event=4).pack())))
    await life.town.change(f"DELETE FROM roles WHERE person_id = {hers}")
    assert "не открыто" in (await newcomer.taps_data(EventPeopleTap(event=4).pack())).text


async def test_a_plan_comes_from_a_spreadsheet_once(life: Life) -> None:
    irina = await life.methodist()
    await life.person("Осипова Галина Петровна", Role.TEACHER)
    header = ["Дата", "Время", "Название", "Вид", "Аудитория", "Ответственный"]
    content = csv(
        header,
        ["05.12.2026", "14:30", "Первый урок", "Семинар", "Молодые специалисты", "Осипова Галина Петровна"],
        ["03.09.2026", "", "Старт года", "Конференция", "", "Методкабинет"],
        ["06.13.2026", "", "Не бывает", "", "", ""],
    )

    async def sends(what: bytes) -> ChatMessage:
        life.town.messenger.send_document(irina.id, "План.csv", what)
        await life.town.quiet()
        return irina.last

    await irina.says("/events")
    await irina.taps("Загрузить из Excel")
    await irina.taps("Скачать шаблон")
    assert irina.last.document is not None
    assert irina.last.document.name == "Шаблон плана событий.xlsx"
    preview = await sends(content)
    assert "Добавятся: 2" in preview.text
    assert "строка 4, «Дата»" in preview.text
    assert await life.rows("SELECT 1 FROM events") == []
    apply = data_of(preview, "Добавить 2 события".replace("2 ", "2\N{NO-BREAK SPACE}"))
    listed = await irina.taps_data(apply)
    assert "добавлено 2 события" in said(listed)
    assert "Первый урок" in listed.text
    await irina.taps_data(apply)
    [(galina,)] = await life.rows("SELECT id FROM people WHERE full_name LIKE 'Осипова%'")
    assert await life.rows(
        "SELECT title, held_on, held_at, kind, audience, responsible_id, responsible FROM events ORDER BY held_on"
    ) == [
        ("Старт года", "2026-09-03", None, "conference", "everybody", None, "Методкабинет"),
        ("Первый урок", "2026-12-05", "14:30", "seminar", "early", galina, ""),
    ]
    # Mended, the file is sent right there.
    again = await sends(content)
    assert "Уже есть в плане: 2" in again.text
    assert not any(title.startswith("Добавить") for title in titles(again))
    await irina.taps("‹ Отменить")
    for forged in ("2026-1x", "9999-12", "2026-W4", "ещё"):
        data = PlanTap(organisation=DISTRICT, show=forged).pack()
        assert "План событий" in (await irina.taps_data(data)).text
    await irina.taps("По месяцам")
    assert {"Сентябрь: 1", "• Ноябрь: 0", "Декабрь: 1"} <= set(titles(irina.last))
    await irina.taps("Сентябрь: 1")
    assert "отметьте, прошло ли" in irina.last.text
    assert await life.rows("SELECT 1 FROM outbox WHERE kind LIKE 'event%'") == [], "nobody is told of an import"
