"""Routes of schools and municipalities in figures: counts, the plan, lists. Over the real bot."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.sandbox.messenger.model import ChatMessage
from handlers.iom.overview.taps import OverviewsTap, OverviewTap, PlanTap, RoutesTap, SchoolsTap, SetPlanTap
from services.iom.model import Form, Plan, RouteKind, RouteState
from services.people.consent import load_consent
from services.people.model import Role
from storage import tables
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import TUESDAY, Clock, founded_at, settled
from tests.town import Person, Town, titles

DISTRICT, FIRST, SECOND = 1, 2, 3
"""Ids of the municipality and of its two schools."""
YESTERDAY = (TUESDAY - timedelta(days=1)).date()


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with founded_at(Clock(), tmp_path) as town:
        yield town


async def teachers(town: Town, school: int, *names: str) -> list[int]:
    """Ids of teachers who agreed: nobody needs a phone to be counted."""
    ids = []
    async with town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        for name in names:
            values = {"full_name": name, "name_key": name.casefold(), "position": "", "subject": ""}
            made = await connection.execute(insert(tables.people).values(**values, created_at=TUESDAY))
            ids.append(made.inserted_primary_key[0])
            consent = {"person_id": ids[-1], "version": load_consent().version, "given_at": TUESDAY}
            await connection.execute(insert(tables.consents).values(consent))
            await work.people.grant(ids[-1], Role.TEACHER, school, TUESDAY)
        await work.commit()
    return ids


async def begun(
    town: Town,
    person: int,
    school: int,
    state: RouteState = RouteState.DRAFT,
    kind: RouteKind = RouteKind.DEFICITS,
    due_on: date | None = None,
    at: datetime = TUESDAY,
) -> int:
    """The id of a route in that state; with `due_on` it has a step that was agreed to."""
    async with town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        route = await work.iom.add(person, school, kind, (), None, at)
        assert route is not None
        agreed = at if state in (RouteState.ACTIVE, RouteState.CLOSED) else None
        await work.iom.save(
            replace(
                route,
                state=state,
                submitted_at=None if state is RouteState.DRAFT else at,
                agreed_at=agreed,
                closed_at=at if state is RouteState.CLOSED else None,
            )
        )
        if due_on is not None:
            step = await work.iom.add_step(route.id, Plan("digital", "Курс", Form.COURSE, due_on))
            await work.iom.save_step(replace(step, agreed=True))
        await work.commit()
    return route.id


async def methodist(town: Town) -> Person:
    return await settled(town, "Громова Ирина Львовна", (Role.METHODIST, DISTRICT))


async def opens(person: Person, organisation: int) -> ChatMessage:
    return await person.taps_data(OverviewTap(organisation=organisation).pack())


async def thirty_six_of(town: Town, everybody: int) -> None:
    """So many teachers in the district, 36 of them with a route."""
    ids = await teachers(town, FIRST, *(f"Педагог {number:03}" for number in range(everybody - 50)))
    await teachers(town, SECOND, *(f"Учитель {number:03}" for number in range(50)))
    for number, person in enumerate(ids[:36]):
        kind = RouteKind.GROWTH if number < 6 else RouteKind.DEFICITS
        await begun(town, person, FIRST, RouteState.REVIEW, kind=kind)


async def test_the_plan_is_set_in_words_and_by_buttons_and_the_figures_print_as_documents_do(town: Town) -> None:
    await thirty_six_of(town, 450)
    irina = await methodist(town)
    card = await opens(irina, DISTRICT)
    assert "2026/27 учебный год, на 24\xa0ноября 2026\xa0г." in card.text
    assert "Разработано 36: 8,0\xa0% от 450\xa0педагогов\nПлан не задан" in card.text
    assert "С ИОМ по дефицитам: 30 (6,7\xa0%), для роста: 6 (1,3\xa0%)" in card.text
    assert "ждут согласования: 36\xa0маршрутов (дефициты 30, рост 6)" in card.text

    asked = await irina.taps("План")
    assert "План пока не задан." in asked.text
    card = await irina.says("36")
    assert "План: 36\xa0маршрутов\nРазработано 36: 100\xa0% плана\nЭто 8,0\xa0% от 450\xa0педагогов" in card.text
    asked = await irina.taps("План")
    assert "Сейчас: 36\xa0маршрутов." in asked.text
    card = await irina.taps("5\xa0%")
    assert "План: 5\xa0% педагогов\nРазработано 36: 8,0\xa0%, выше плана" in card.text
    assert irina.toasts[-1] == "План сохранён."
    # What is written after the plan has been set is no plan any more.
    assert "Не получилось понять" in (await irina.says("7")).text

    await irina.taps_data(PlanTap(organisation=DISTRICT).pack())
    assert "одного знака" in (await irina.says("2,55 %")).text
    assert "выше плана" in (await irina.says("2,5 %")).text
    await irina.taps("План")
    assert "План не задан" in (await irina.taps("Убрать план")).text
    assert await town.rows("SELECT * FROM plans") == []
    assert len(await town.rows("SELECT * FROM audit WHERE action = 'iom_plan_set'")) == 4


async def test_the_fact_of_the_plan_is_teachers_and_never_more_than_all_of_them(town: Town) -> None:
    stays, left, cancels = await teachers(town, FIRST, "Лугина Вера", "Жукова Анна", "Серова Нина")
    await begun(town, stays, FIRST, RouteState.CLOSED)
    await begun(town, stays, FIRST, RouteState.REVIEW, kind=RouteKind.GROWTH)
    await begun(town, left, FIRST, RouteState.ACTIVE)
    await begun(town, cancels, FIRST, RouteState.CANCELLED)
    await town.change("DELETE FROM roles WHERE person_id IN (:left, :cancels)", left=left, cancels=cancels)
    irina = await methodist(town)
    card = await opens(irina, FIRST)
    assert "Разработано 1: 100\xa0% от 1\xa0педагога" in card.text
    assert "С ИОМ по дефицитам: 1 (100\xa0%), для роста: 1 (100\xa0%)" in card.text
    assert "Педагогов с маршрутом: 1 (100\xa0%)" in card.text


async def test_a_school_has_its_own_plan_or_the_share_of_its_municipality(town: Town) -> None:
    first = await teachers(town, FIRST, *(f"Педагог {number}" for number in range(10)))
    await teachers(town, SECOND, *(f"Учитель {number}" for number in range(10)))
    await begun(town, first[0], FIRST, RouteState.ACTIVE)
    irina = await methodist(town)
    await irina.taps_data(SetPlanTap(organisation=DISTRICT, share=100).pack())
    assert "План: 10\xa0% педагогов\nРазработано 1: 10\xa0%, план выполнен" in (await opens(irina, FIRST)).text
    asked = await irina.taps("План")
    assert "Своего плана у школы нет, действует план района: 10\xa0% педагогов." in asked.text
    assert "План: 2\xa0маршрута\nРазработано 1: 50\xa0% плана" in (await irina.says("2 маршрута")).text
    schools = await irina.taps("‹ Все школы")
    # Nobody is overdue: the one that is further from its plan comes first.
    assert schools.text.index("Школа № 2") < schools.text.index("Школа № 1")
    assert "разработано 0: 0\xa0%, ниже плана (10\xa0% педагогов)" in schools.text
    assert "разработано 1: 50\xa0% плана (2\xa0маршрута)" in schools.text


async def test_an_empty_school_has_no_data_and_no_error(town: Town) -> None:
    irina = await methodist(town)
    await irina.taps_data(SetPlanTap(organisation=DISTRICT, share=50).pack())
    card = await opens(irina, FIRST)
    assert "Разработано 0: нет данных" in card.text
    assert "Педагогов с маршрутом: 0 (нет данных)" in card.text
    assert "Всё по срокам, решений ничего не ждёт." in card.text


async def test_what_needs_attention_leads_to_the_routes_and_drafts_have_no_names(town: Town) -> None:
    late, waits, drafts, gone = await teachers(
        town, FIRST, "Лугина Вера Ильинична", "Жукова Анна", "Тайная Ольга", "Серова Нина"
    )
    elsewhere, *_ = await teachers(town, SECOND, "Белова Инна", "Чужая Зоя")
    overdue = await begun(town, late, FIRST, RouteState.ACTIVE, due_on=YESTERDAY)
    await begun(town, waits, FIRST, RouteState.REVIEW)
    await begun(town, drafts, FIRST)
    await begun(town, gone, FIRST, RouteState.CLOSED)
    await begun(town, elsewhere, SECOND, RouteState.ACTIVE, due_on=TUESDAY.date())
    irina = await methodist(town)

    card = await opens(irina, DISTRICT)
    assert "• просрочено: 1\xa0маршрут, 1\xa0шаг (дефициты 1, рост 0)" in card.text
    assert "• ждут согласования: 1\xa0маршрут" in card.text
    # The draft that was never sent is no route yet.
    assert "Разработано 4" in card.text
    assert "Начато, с черновиками: 5" in card.text
    found = await irina.taps("Просроченные: 1")
    assert "1. Лугина Вера Ильинична, Школа № 1\nпросрочено: 1\xa0шаг" in found.text
    assert "Белова" not in found.text
    route = await irina.taps("1. Лугина Вера")
    assert "Лугина" in route.text
    assert "Курс" in route.text

    everything = await irina.taps_data(RoutesTap(organisation=DISTRICT).pack())
    assert [name in everything.text for name in ("Лугина", "Жукова", "Серова", "Белова")] == [True] * 4
    assert "Тайная" not in everything.text + " ".join(titles(everything))
    assert "Черновики" in everything.text
    waiting = await irina.taps("Ждут")
    assert "Черновики" not in waiting.text
    assert "Жукова" in waiting.text
    assert "Лугина" not in waiting.text
    assert "Серова" in (await irina.taps("Завершены")).text
    assert "✓ Завершены" in titles(irina.last)

    # A curator reads of the own school only, and opens what is read of.
    curator = await settled(town, "Осипова Дарья", (Role.CURATOR, FIRST))
    card = await opens(curator, FIRST)
    assert "Просроченные: 1" in titles(card)
    assert not {"План", "Мероприятия", "По школам"} & set(titles(card))
    assert "Лугина" in (await curator.taps("Все маршруты")).text
    assert await town.rows("SELECT 1 FROM iom_routes WHERE id = :id", id=overdue)


async def test_others_see_neither_figures_nor_lists_nor_set_a_plan(town: Town) -> None:
    (late,) = await teachers(town, FIRST, "Лугина Вера Ильинична")
    await begun(town, late, FIRST, RouteState.ACTIVE, due_on=YESTERDAY)
    curator = await settled(town, "Осипова Дарья", (Role.CURATOR, SECOND))
    teacher = await settled(town, "Ветрова Алла", (Role.TEACHER, FIRST), (Role.MENTOR, FIRST))
    other = await town.municipality("Другой район")
    stranger = await settled(town, "Дальняя Яна", (Role.METHODIST, other))
    own = await settled(town, "Крылова Ева", (Role.CURATOR, FIRST))
    for person in (curator, teacher, stranger):
        for tap in (
            OverviewTap(organisation=FIRST),
            OverviewTap(organisation=DISTRICT),
            SchoolsTap(organisation=DISTRICT),
            RoutesTap(organisation=FIRST, state="overdue"),
            PlanTap(organisation=FIRST),
            SetPlanTap(organisation=FIRST, share=50),
        ):
            shown = await person.taps_data(tap.pack())
            assert "Лугина" not in shown.text
            assert "Разработано" not in shown.text
    # A curator reads figures, yet plans are a methodist's.
    for tap in (PlanTap(organisation=FIRST), SetPlanTap(organisation=FIRST, share=50)):
        await own.taps_data(tap.pack())
        assert "открыт методистам" in own.toasts[-1]
    assert await town.rows("SELECT * FROM plans") == []


async def test_a_methodist_dismissed_meanwhile_sets_no_plan(town: Town) -> None:
    irina = await methodist(town)
    zoya = await settled(
        town, "Зорина Зоя", (Role.METHODIST, DISTRICT), (Role.METHODIST, await town.municipality("Б"))
    )
    await zoya.taps_data(PlanTap(organisation=DISTRICT).pack())
    await town.change(
        "DELETE FROM roles WHERE organisation_id = :place AND person_id ="
        " (SELECT person_id FROM accounts WHERE external_id = :user)",
        place=DISTRICT,
        user=zoya.id,
    )
    await zoya.says("36")
    assert await town.rows("SELECT * FROM plans") == []
    assert "План не задан" in (await opens(irina, DISTRICT)).text


async def test_who_keeps_several_places_chooses_and_pages_turn(town: Town) -> None:
    ids = await teachers(town, FIRST, *(f"Педагог {number:02}" for number in range(10)))
    for person in ids:
        await begun(town, person, FIRST, RouteState.ACTIVE, due_on=YESTERDAY)
    both = await settled(town, "Крылова Ева", (Role.CURATOR, FIRST), (Role.CURATOR, SECOND))
    choice = await both.taps_data(OverviewsTap().pack())
    assert [title for title in titles(choice) if title.startswith("Школа")] == ["Школа № 1", "Школа № 2"]
    card = await both.taps("Школа № 1")
    assert "Другая школа или район" in titles(card)
    await both.taps("Просроченные: 10")
    assert "Страница 1 из 2" in both.last.text
    assert "8. Педагог 07" in both.last.text
    second = await both.taps("Дальше ›")
    assert "9. Педагог 08" in second.text
    assert "8. Педагог 07" not in second.text
    # A page that is not there any more is the last one; a filter of one's own making shows all.
    assert "9. Педагог 08" in (await both.taps_data(f"iomlist:{FIRST}:overdue:99")).text
    assert "все маршруты" in (await both.taps_data(f"iomlist:{FIRST}:x:0")).text


async def test_last_years_figures_are_of_last_year(town: Town) -> None:
    (person,) = await teachers(town, FIRST, "Лугина Вера")
    long_ago = datetime(2026, 3, 1, tzinfo=TUESDAY.tzinfo)
    await begun(town, person, FIRST, RouteState.ACTIVE, due_on=YESTERDAY, at=long_ago)
    irina = await methodist(town)
    card = await opens(irina, FIRST)
    # Begun last year and still walked: not of this year's figures, but of those who have a route and of the late.
    assert "Разработано 0" in card.text
    assert "В работе: 1" in card.text
    assert "Педагогов с маршрутом: 1 (100\xa0%)" in card.text
    assert "просрочено: 1" in card.text
    before = await irina.taps("Прошлый год, 2025/26")
    assert "2025/26 учебный год" in before.text
    assert "Разработано 1: 100\xa0% от 1\xa0педагога" in before.text
    assert "Начато, с черновиками: 1 (дефициты 1, рост 0)" in before.text
    assert "Нужно внимание" not in before.text
    assert "Сейчас" not in before.text
