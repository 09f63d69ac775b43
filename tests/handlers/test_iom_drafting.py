"""A route composed in chat: drafted from a diagnosis, edited, sent, taken back, changed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from handlers.iom.drafting.taps import (
    AddMeasureTap,
    ChangeTap,
    ClearResultTap,
    DraftTap,
    DropDraftTap,
    DueTap,
    EditStepTap,
    NewRouteTap,
    OwnMeasureTap,
    RemoveStepTap,
    ResponsibleTap,
    RestoreStepTap,
    RestoreTap,
    SendTap,
    SetFormTap,
    SubmitTap,
    SuggestTap,
    TakeBackTap,
)
from services.iom.model import STEPS_LIMIT, Form, Happening, Plan, RouteKind, RouteState, StepState
from services.people.model import Role
from storage.unit_of_work import StoredWork
from tests.handlers.campaigning import TUESDAY, settled
from tests.handlers.drafted import Workroom, workroom_at
from tests.services.iom.sheets import LEAST, SHEET, STRONGEST, answers_with
from tests.town import Person, titles

TODAY = TUESDAY.date()


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Workroom]:
    async with workroom_at(tmp_path) as room:
        yield room


async def drafted(room: Workroom, name: str = "Ветрова Мария Ильинична", **domains: int) -> Person:
    """A teacher with the draft of a route on the screen, for growth without deficits."""
    maria = await room.teacher(name)
    await room.takes_test(maria, **domains)
    await maria.taps_data(NewRouteTap().pack())
    await maria.taps("Составить маршрут")
    return maria


async def agreed(room: Workroom, teacher: Person) -> None:
    """Somebody has agreed to the route that was sent."""
    async with room.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        route = await work.iom.get((await room.route(teacher)).id)
        assert route is not None
        for step in await work.iom.steps(route.id):
            if step.state is StepState.PLANNED and not step.agreed:
                due_on = step.plan.due_on
                assert await work.iom.save_step(
                    replace(step, agreed=True, first_due_on=step.first_due_on or due_on, remind_on=due_on)
                )
        assert await work.iom.save(replace(route, state=RouteState.ACTIVE, agreed_at=TUESDAY))
        await work.commit()


async def test_from_the_test_to_a_route_that_waits_to_be_agreed(room: Workroom) -> None:
    vera, _ = await room.mentor(), await room.curator()
    maria = await room.teacher()
    await maria.says("/iom")
    offer = await maria.taps("Составить маршрут")
    assert "после диагностики профессиональных дефицитов" in offer.text
    await maria.taps("Пройти диагностику")
    await maria.taps("Начать")
    words = {option.code: option.title for option in SHEET.options}
    for code in answers_with(digital=STRONGEST, assessment=LEAST):
        await maria.taps(words[code])
    await maria.says("/iom")
    found = await maria.taps("Составить маршрут")
    assert "цифровые и оценочные компетенции" in found.text
    draft = await maria.taps("Составить маршрут")
    assert "Черновик готов" in draft.text
    assert (await room.route(maria)).deficits == ("digital", "assessment")
    first, second = await room.steps(maria)
    assert [first.plan.domain, second.plan.domain] == ["digital", "assessment"]
    assert first.plan.responsible == "Ветрова Мария Ильинична"
    assert first.plan.due_on > TODAY

    await maria.taps("1. ")
    await maria.taps("Название")
    assert "<b>смело</b>" in (await maria.says("Курс <b>смело</b> & с огоньком")).text
    await maria.taps("Форма")
    await maria.taps("Конкурс")
    await maria.taps("Ответственный")
    await maria.taps("Осипова Вера Павловна")
    await maria.taps("Ожидаемый результат")
    await maria.says("Пять тестов,\nготовых к уроку")
    await maria.taps("Срок")
    await maria.taps("›")
    await maria.taps("20")
    [changed] = [step for step in await room.steps(maria) if step.id == first.id]
    assert changed.plan == Plan(
        "digital",
        "Курс <b>смело</b> & с огоньком",
        Form.CONTEST,
        date(2027, 1, 20),
        "Осипова Вера Павловна",
        "Пять тестов,\nготовых к уроку",
    )
    await maria.taps("Срок")
    assert "до 30\xa0ноября" in (await maria.says("до конца ноября")).text
    await maria.taps("‹ К черновику")
    await maria.taps("2. ")
    await maria.taps("Убрать из маршрута")
    assert "убрано" in maria.toasts[-1]
    assert [step.id for step in await room.steps(maria)] == [first.id]

    choice = await maria.taps("Отправить на согласование")
    assert titles(choice) == ["Осипова Вера Павловна", "Куратор школы", "‹ К черновику"]
    card = await maria.taps("Осипова Вера Павловна")
    assert "На согласовании" in card.text
    route = await room.route(maria)
    assert route.state is RouteState.REVIEW
    assert route.submitted_at == TUESDAY
    assert route.deficits == ("digital",), "what did not become a step is nobody else's business"
    [(who, key)] = await room.owed("iom_to_agree")
    assert who == vera.id
    assert key.startswith(f"iom-agree:{route.id}:{route.turn}:")
    sent = (await room.history(maria))[-1]
    assert sent.what is Happening.SUBMITTED
    assert sent.version is not None
    assert [step["title"] for step in sent.version] == ["Курс <b>смело</b> & с огоньком"]


async def test_sending_twice_sends_once(room: Workroom) -> None:
    await room.mentor()
    await room.curator()
    maria = await drafted(room, digital=STRONGEST)
    choice = await maria.taps("Отправить на согласование")
    await maria.taps("Осипова", choice)
    turn = (await room.route(maria)).turn
    await maria.taps_data(SendTap(route=(await room.route(maria)).id).pack())
    route = await room.route(maria)
    assert (route.turn, route.state) == (turn, RouteState.REVIEW)
    assert len(await room.owed("iom_to_agree")) == 1
    assert sum(event.what is Happening.SUBMITTED for event in await room.history(maria)) == 1


async def test_the_only_one_who_can_agree_is_not_asked_about(room: Workroom) -> None:
    natalia, olga = await room.curator(), await room.curator("Белова Ольга Ивановна")
    maria = await drafted(room, digital=STRONGEST)
    assert "На согласовании" in (await maria.taps("Отправить на согласование")).text
    route = await room.route(maria)
    assert route.mentor_id is None
    assert sorted(who for who, _ in await room.owed("iom_to_agree")) == sorted([natalia.id, olga.id])


async def test_a_curator_does_not_agree_to_their_own_route(room: Workroom) -> None:
    [town] = await room.town.rows("SELECT parent_id FROM organisations WHERE id = :id", id=room.school)
    irina = await settled(room.town, "Громова Ирина Павловна", (Role.METHODIST, int(town.parent_id)))
    natalia = await settled(
        room.town,
        "Крылова Наталья Сергеевна",
        (Role.TEACHER, room.school),
        (Role.CURATOR, room.school),
        (Role.MENTOR, room.school),
    )
    await room.takes_test(natalia, digital=STRONGEST)
    await natalia.taps_data(NewRouteTap().pack())
    await natalia.taps("Составить маршрут")
    await natalia.taps("Отправить на согласование")
    assert (await room.route(natalia)).state is RouteState.REVIEW
    assert [who for who, _ in await room.owed("iom_to_agree")] == [irina.id]


async def test_with_nobody_to_agree_the_draft_stays(room: Workroom) -> None:
    maria = await drafted(room, digital=STRONGEST)
    assert "согласовать маршрут некому" in (await maria.taps("Отправить на согласование")).text
    assert (await room.route(maria)).state is RouteState.DRAFT


async def test_a_forged_mentor_gets_nothing(room: Workroom) -> None:
    await room.mentor()
    await room.curator()
    await room.teacher("Белова Ольга Ивановна")
    maria = await drafted(room, digital=STRONGEST)
    route = await room.route(maria)
    [colleague] = await room.town.rows("SELECT id FROM people WHERE full_name LIKE 'Белова%'")
    for forged in (int(colleague.id), 10**6):
        answer = await maria.taps_data(SendTap(route=route.id, mentor=forged).pack())
        assert "Кому отправить" in answer.text
    assert await room.owed("iom_to_agree") == []
    assert (await room.route(maria)).state is RouteState.DRAFT


async def test_who_agreed_the_last_time_comes_first(room: Workroom) -> None:
    await room.mentor("Авдеева Анна Петровна")
    await room.mentor("Яковлева Яна Олеговна")
    await room.curator()
    maria = await drafted(room, digital=STRONGEST)
    [yana] = await room.town.rows("SELECT id FROM people WHERE full_name LIKE 'Яковлева%'")
    await room.town.change("UPDATE iom_routes SET state = 'closed', agreed_by = :id", id=yana.id)
    await maria.taps_data(NewRouteTap().pack())
    await maria.taps("Составить маршрут")
    choice = await maria.taps("Отправить на согласование")
    assert titles(choice)[:2] == ["Яковлева Яна Олеговна", "Авдеева Анна Петровна"]
    assert "стоит первым" in choice.text


async def test_without_deficits_and_without_a_test_the_route_is_for_growth(room: Workroom) -> None:
    maria = await drafted(room)
    route = await room.route(maria)
    assert route.kind is RouteKind.GROWTH
    assert [step.plan.domain for step in await room.steps(maria)] == ["", ""]
    oleg = await room.teacher("Лугин Олег Игоревич")
    await oleg.taps_data(NewRouteTap().pack())
    await oleg.taps("Без диагностики, для роста")
    assert (await room.route(oleg)).kind is RouteKind.GROWTH
    assert (await room.route(oleg)).session_id is None


async def test_a_route_for_deficits_that_were_not_found_is_not_made(room: Workroom) -> None:
    maria = await room.teacher()
    await room.takes_test(maria)
    await maria.taps_data(NewRouteTap(kind=RouteKind.DEFICITS).pack())
    assert await room.route_of(maria) is None


async def test_the_newest_diagnosis_counts(room: Workroom) -> None:
    maria = await room.teacher()
    await room.takes_test(maria, at=TUESDAY - timedelta(days=200), digital=STRONGEST)
    await room.takes_test(maria, at=TUESDAY - timedelta(days=2), subject=STRONGEST)
    found = await maria.taps_data(NewRouteTap().pack())
    assert "предметные компетенции" in found.text
    assert "цифровые" not in found.text
    assert "22\xa0ноября" in found.text


async def test_a_second_route_is_not_begun_beside_the_first(room: Workroom) -> None:
    maria = await drafted(room, digital=STRONGEST)
    before = await room.route(maria)
    answer = await maria.taps_data(NewRouteTap(kind=RouteKind.GROWTH).pack())
    assert "Черновик маршрута" in answer.text
    assert "уже есть маршрут" in maria.toasts[-1]
    assert await room.route(maria) == before


async def test_only_who_teaches_has_a_route_and_of_two_schools_one_is_chosen(room: Workroom) -> None:
    natalia = await room.curator()
    assert "не числитесь педагогом" in (await natalia.taps_data(NewRouteTap().pack())).text
    [other] = await room.town.rows("SELECT id FROM organisations WHERE name = 'Школа № 2'")
    oleg = await settled(
        room.town, "Лугин Олег Игоревич", (Role.TEACHER, room.school), (Role.TEACHER, int(other.id))
    )
    assert "В какой школе" in (await oleg.taps_data(NewRouteTap(kind=RouteKind.GROWTH).pack())).text
    await oleg.taps("Школа № 2")
    await oleg.taps("Без диагностики")
    assert (await room.route(oleg)).school_id == other.id
    forged = await natalia.taps_data(NewRouteTap(school=room.school, kind=RouteKind.GROWTH).pack())
    assert "не числитесь педагогом" in forged.text


async def test_measures_are_chosen_from_the_catalogue_once_each(room: Workroom) -> None:
    maria = await drafted(room, digital=STRONGEST)
    domains = await maria.taps("Добавить мероприятие")
    assert titles(domains)[0] == "• Цифровые компетенции"
    await maria.taps("Предметные компетенции")
    shelf = await maria.taps("2. ")
    assert "2. ✓" in shelf.text
    again = await maria.taps("✓ 2. ")
    assert "уже в маршруте" in maria.toasts[-1]
    assert again.text == shelf.text
    route = await room.route(maria)
    await maria.taps_data(AddMeasureTap(route=route.id, measure="subject_course").pack())
    await maria.taps_data(AddMeasureTap(route=route.id, measure="no_such").pack())
    assert "больше нет" in maria.toasts[-1]
    assert sum(step.plan.domain == "subject" for step in await room.steps(maria)) == 2
    dues = sorted(step.plan.due_on for step in await room.steps(maria))
    assert len(set(dues)) == len(dues)


async def test_a_municipalitys_own_measure_is_offered_first_hand(room: Workroom) -> None:
    [row] = await room.town.rows("SELECT parent_id FROM organisations WHERE id = :id", id=room.school)
    await room.town.change(
        "INSERT INTO iom_measures (organisation_id, domain, title, form, days, result, hidden) "
        "VALUES (:place, 'digital', 'Клуб цифровых пятниц', 'master_class', 20, 'Урок', false)",
        place=row.parent_id,
    )
    maria = await drafted(room, digital=STRONGEST)
    await maria.taps_data(SuggestTap(route=(await room.route(maria)).id, domain="digital", page=1).pack())
    [title] = [title for title in titles(maria.last) if "Клуб цифровых пятниц" in title]
    await maria.taps(title)
    assert "Клуб цифровых пятниц" in [step.plan.title for step in await room.steps(maria)]


async def test_a_measure_of_ones_own_is_asked_for_field_by_field(room: Workroom) -> None:
    maria = await drafted(room, digital=STRONGEST)
    await maria.taps("Добавить мероприятие")
    await maria.taps("Профессиональный рост")
    await maria.taps("Своё мероприятие")
    for wrong, why in (("🙂", "словами"), ("я" * 301, "поместится 300"), ("я" * 4_000, "Слишком длинно")):
        assert why in (await maria.says(wrong)).text
        assert "Своё мероприятие" in maria.last.text
    assert "Слишком длинно" in (await maria.says("конец того же сообщения")).text
    room.clock.pass_by(minutes=1)
    await maria.says("Кружок <i>юных</i> физиков")
    assert "В какой форме" in maria.last.text
    assert "Срок" in (await maria.taps("Мастер-класс")).text
    card = await maria.says("в пятницу")
    assert "до 27\xa0ноября" in card.text
    [own] = [step for step in await room.steps(maria) if "Кружок" in step.plan.title]
    assert own.plan == Plan(
        "", "Кружок <i>юных</i> физиков", Form.MASTER_CLASS, date(2026, 11, 27), "Ветрова Мария Ильинична"
    )


async def test_what_cannot_be_a_term_is_asked_for_again(room: Workroom) -> None:
    maria = await drafted(room, digital=STRONGEST)
    [step] = await room.steps(maria)
    await maria.taps("1. ")
    await maria.taps("Срок")
    for wrong, why in (("вчера", "уже прошёл"), ("когда-нибудь", "например"), ("1.01.2035", "слишком далеко")):
        answer = await maria.says(wrong)
        assert why in answer.text
        assert "Пн" in titles(answer)
    for day in (TODAY - timedelta(days=1), date.max):
        await maria.taps_data(DueTap(step=step.id, day=day.toordinal()).pack())
        assert "прошёл или слишком далеко" in maria.toasts[-1]
    assert (await room.steps(maria))[0].plan == step.plan
    await maria.says("через 2 недели")
    assert (await room.steps(maria))[0].plan.due_on == TODAY + timedelta(days=14)


async def test_a_result_may_be_left_empty_and_the_curator_be_responsible(room: Workroom) -> None:
    maria = await drafted(room, digital=STRONGEST)
    await maria.taps("1. ")
    await maria.taps("Ожидаемый результат")
    await maria.taps("Оставить пустым")
    await maria.taps("Ответственный")
    await maria.taps("Куратор школы")
    [step] = await room.steps(maria)
    assert (step.plan.result, step.plan.responsible) == ("", "Куратор школы")
    await maria.taps("Ответственный")
    await maria.says("Школьный психолог")
    assert (await room.steps(maria))[0].plan.responsible == "Школьный психолог"
    await maria.taps("Ответственный")
    await maria.taps("Я")
    assert (await room.steps(maria))[0].plan.responsible == "Ветрова Мария Ильинична"


async def test_an_empty_or_late_draft_is_not_sent(room: Workroom) -> None:
    await room.mentor()
    maria = await drafted(room, digital=STRONGEST)
    route = await room.route(maria)
    room.clock.pass_by(days=60)
    late = await maria.taps_data(DraftTap(route=route.id).pack())
    assert "срок прошёл" in late.text
    assert "Отправить на согласование" not in titles(late)
    await maria.taps_data(SubmitTap(route=route.id).pack())
    assert "отправить нельзя" in maria.toasts[-1]
    await maria.taps("1. ")
    await maria.taps("Убрать из маршрута")
    assert "Пока здесь пусто" in maria.last.text
    await maria.taps_data(SendTap(route=route.id).pack())
    assert (await room.route(maria)).state is RouteState.DRAFT


async def test_no_more_steps_than_the_limit(room: Workroom) -> None:
    maria = await drafted(room, digital=STRONGEST)
    route = await room.route(maria)
    async with room.town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        for number in range(STEPS_LIMIT - 1):
            await work.iom.add_step(
                route.id, Plan("digital", f"{number} " + "ж" * 297, Form.WEBINAR, TODAY, "Кто-то", "я" * 1000)
            )
        await work.commit()
    full = await maria.taps_data(DraftTap(route=route.id).pack())
    assert "больше не поместится" in full.text
    assert len(full.text) < 4000
    assert "Добавить мероприятие" not in titles(full)
    await maria.taps_data(AddMeasureTap(route=route.id, measure="subject_course").pack())
    assert "больше не поместится" in maria.toasts[-1]
    await maria.taps_data(OwnMeasureTap(route=route.id, domain="digital").pack())
    assert len(await room.steps(maria)) == STEPS_LIMIT


async def test_a_draft_is_deleted_after_a_question(room: Workroom) -> None:
    maria = await drafted(room, digital=STRONGEST)
    route = await room.route(maria)
    assert "Удалить черновик?" in (await maria.taps("Удалить черновик")).text
    assert await room.route_of(maria) is not None
    await maria.taps("Да, удалить")
    assert await room.route_of(maria) is None
    old = await maria.taps_data(DraftTap(route=route.id).pack())
    assert "что сделаем?" in old.text, "an old button leads to the menu"


async def test_what_is_taken_back_is_private_again(room: Workroom) -> None:
    await room.mentor()
    maria = await drafted(room, digital=STRONGEST, assessment=LEAST)
    await maria.taps("2. ")
    await maria.taps("Убрать из маршрута")
    await maria.taps("Отправить на согласование")
    assert (await room.route(maria)).deficits == ("digital",)
    draft = await maria.taps("Забрать и поправить")
    assert "цифровые и оценочные" in draft.text, "the teacher still sees all that was found"
    route = await room.route(maria)
    assert (route.state, route.submitted_at) == (RouteState.DRAFT, None)
    await maria.taps_data(TakeBackTap(route=route.id).pack())
    assert (await room.route(maria)).turn == route.turn


async def test_an_agreed_route_is_changed_and_its_untouched_steps_go_on(room: Workroom) -> None:
    await room.mentor()
    maria = await drafted(room, digital=STRONGEST, assessment=LEAST)
    await maria.taps("Отправить на согласование")
    await agreed(room, maria)
    route = await room.route(maria)
    before = await room.steps(maria)
    await maria.taps_data(EditStepTap(step=before[0].id, field="title").pack())
    assert "не изменить" in maria.toasts[-1], "an agreed route is made a draft first"

    draft = await maria.taps_data(ChangeTap(route=route.id).pack())
    assert "Оставить как есть" in titles(draft)
    assert "Отправить на согласование" not in titles(draft), "nothing is new yet"
    card = await maria.taps("1. ")
    assert "Отменить мероприятие" in titles(card)
    assert "Убрать из маршрута" not in titles(card)
    await maria.taps_data(RemoveStepTap(step=before[0].id).pack())
    await maria.taps_data(SetFormTap(step=before[0].id, form=Form.PUBLICATION).pack())
    edited, untouched = await room.steps(maria)
    assert (edited.agreed, edited.remind_on) == (False, None)
    assert untouched == before[1]
    changed = await maria.taps_data(DraftTap(route=route.id).pack())
    assert "изменено" in changed.text
    await maria.taps_data(DropDraftTap(route=route.id, sure=True).pack())
    assert await room.route_of(maria) is not None, "what was agreed once is not deleted"

    await maria.taps_data(SubmitTap(route=route.id).pack())
    assert (await room.route(maria)).state is RouteState.REVIEW


async def test_an_edited_step_or_the_whole_route_is_put_back_as_it_was(room: Workroom) -> None:
    await room.mentor()
    maria = await drafted(room, digital=STRONGEST, assessment=LEAST)
    await maria.taps("Отправить на согласование")
    await agreed(room, maria)
    route = await room.route(maria)
    first, second = await room.steps(maria)
    await maria.taps_data(ChangeTap(route=route.id).pack())
    await maria.taps("Оставить как есть")
    assert (await room.route(maria)).state is RouteState.ACTIVE

    await maria.taps_data(ChangeTap(route=route.id).pack())
    await maria.taps_data(ClearResultTap(step=first.id).pack())
    await maria.taps("Вернуть как было")
    put_back = (await room.steps(maria))[0]
    assert (put_back.plan, put_back.agreed) == (first.plan, True)
    assert put_back.remind_on is not None

    await maria.taps_data(DueTap(step=second.id, day=(TODAY + timedelta(days=90)).toordinal()).pack())
    await maria.taps_data(AddMeasureTap(route=route.id, measure="growth_contest").pack())
    await maria.taps_data(DraftTap(route=route.id).pack())
    assert "2\xa0мероприятия" in (await maria.taps("Вернуть как было")).text
    assert (await room.route(maria)).state is RouteState.DRAFT
    await maria.taps("Да, вернуть как было")
    route = await room.route(maria)
    assert route.state is RouteState.ACTIVE
    assert [(step.plan, step.agreed) for step in await room.steps(maria)] == [
        (first.plan, True),
        (second.plan, True),
    ]
    turn = route.turn
    await maria.taps_data(RestoreTap(route=route.id, sure=True).pack())
    assert (await room.route(maria)).turn == turn


async def test_a_finished_step_is_not_edited(room: Workroom) -> None:
    maria = await drafted(room, digital=STRONGEST)
    [step] = await room.steps(maria)
    await maria.taps("1. ")
    await maria.taps("Название")
    await room.town.change("UPDATE iom_steps SET state = 'confirmed', agreed = true, turn = turn + 1")
    answer = await maria.says("Другое название")
    assert "не изменить" in answer.text
    for tap in (
        SetFormTap(step=step.id, form=Form.WEBINAR),
        DueTap(step=step.id, day=TODAY.toordinal()),
        ResponsibleTap(step=step.id),
        ClearResultTap(step=step.id),
        RemoveStepTap(step=step.id),
        RestoreStepTap(step=step.id),
    ):
        await maria.taps_data(tap.pack())
        assert "не изменить" in maria.toasts[-1]
    assert (await room.steps(maria))[0].plan == step.plan


async def test_words_meant_for_a_draft_that_was_sent_meanwhile_change_nothing(room: Workroom) -> None:
    await room.mentor()
    maria = await drafted(room, digital=STRONGEST)
    route = await room.route(maria)
    [step] = await room.steps(maria)
    await maria.taps_data(OwnMeasureTap(route=route.id, domain="digital").pack())
    await room.town.change("UPDATE iom_routes SET state = 'review', turn = turn + 1")
    await maria.says("Кружок")
    assert [each.plan for each in await room.steps(maria)] == [step.plan]


async def test_nobody_else_opens_or_changes_a_draft(room: Workroom) -> None:
    strangers = [await room.mentor(), await room.curator(), await room.teacher("Белова Ольга Ивановна")]
    maria = await drafted(room, digital=STRONGEST)
    route, [step] = await room.route(maria), await room.steps(maria)
    taps = (
        DraftTap(route=route.id),
        DropDraftTap(route=route.id, sure=True),
        SuggestTap(route=route.id, domain="digital"),
        AddMeasureTap(route=route.id, measure="subject_course"),
        OwnMeasureTap(route=route.id, domain="digital"),
        EditStepTap(step=step.id, field="title"),
        SetFormTap(step=step.id, form=Form.CONTEST),
        DueTap(step=step.id, day=(TODAY + timedelta(days=3)).toordinal()),
        ResponsibleTap(step=step.id, curator=True),
        ClearResultTap(step=step.id),
        RemoveStepTap(step=step.id),
        RestoreStepTap(step=step.id),
        SubmitTap(route=route.id),
        SendTap(route=route.id),
        TakeBackTap(route=route.id),
        ChangeTap(route=route.id),
        RestoreTap(route=route.id, sure=True),
    )
    for stranger in strangers:
        for tap in taps:
            answer = await stranger.taps_data(tap.pack())
            assert step.plan.title not in answer.text, f"{tap!r}"
            assert "не открыто" in stranger.toasts[-1], f"{tap!r}"
    assert await room.route(maria) == route
    assert await room.steps(maria) == [step]
