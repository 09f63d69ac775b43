"""How pairs do, in figures: what stands well, what calls for attention, and what to do about it."""

from collections.abc import Sequence
from html import escape
from zoneinfo import ZoneInfo

from handlers.iom.words import days_words, near_date
from handlers.mentoring.health.taps import Concern, ConcernTap, HealthSchoolsTap
from handlers.mentoring.taps import HealthTap, MatchTap, MentoringTap, PairListTap, RequestsTap
from handlers.menu.screens import to_menu
from handlers.report.groups.taps import ReportTap
from handlers.ui.pages import page_of
from handlers.ui.russian import day_of, form, plural
from handlers.ui.screen import Row, Screen, button
from services.mentoring.health.opinions import Opinion
from services.mentoring.health.ports import Figures, SchoolLine, Terms
from services.mentoring.life.groups import Group
from services.mentoring.life.surveys import PairSurvey
from services.mentoring.pair import PairState
from services.mentoring.programs.program import StageNumber
from services.mentoring.programs.wording import STAGE_TITLES
from services.people.model import Kind, Organisation
from services.reporting.shares import NO_DATA, share

ON_PAGE = 8
SURVEYS = {
    PairSurvey.COMFORT: "Комфорт в паре",
    PairSurvey.MENTEE: "Наставляемые довольны",
    PairSurvey.MENTOR: "Наставники довольны",
}
SURVEY_BUTTONS = {
    PairSurvey.COMFORT: "Отчёт: комфорт",
    PairSurvey.MENTEE: "Отчёт: наставляемые",
    PairSurvey.MENTOR: "Отчёт: наставники",
}
ALL_IS_WELL = "Всё идёт своим чередом: сейчас ничего делать не нужно."
NO_SURVEYS = "Анкет пока нет: они приходят через месяц работы и когда пара завершается."
NO_PAIRS = "Пар пока нет. Соберите заявки и подберите пары: бот предложит, кого с кем соединить и почему."


def health(
    place: Organisation,
    figures: Figures,
    opinions: Sequence[Opinion],
    terms: Terms,
    min_group: int,
    zone: ZoneInfo,
    district: int | None,
) -> Screen:
    """Everything about the pairs of a place; `district` is the municipality that the visitor came from."""
    lines = [f"<b>Как дела у пар</b> · {escape(place.name)}", ""]
    rows: list[Row] = []
    if figures.states:
        lines += [*_standing(figures), "", *_meetings(figures)]
    else:
        lines.append(NO_PAIRS)
    concerns, buttons = _concerns(place, figures, terms, zone)
    if concerns or figures.states:
        lines += ["", "<b>Что требует внимания</b>", *(concerns or [ALL_IS_WELL])]
    rows += buttons
    if not figures.states:
        rows.append((button("Подобрать пары", MatchTap(organisation=place.id)),))
    if any(opinion.wave for opinion in opinions):
        lines += ["", "<b>Как им вместе</b>", *(_opinion(one, min_group) for one in opinions)]
    elif figures.states:
        lines += ["", "<b>Как им вместе</b>", NO_SURVEYS]
    rows += [
        (button(SURVEY_BUTTONS[one.survey], ReportTap(organisation=place.id, instrument=one.instrument)),)
        for one in opinions
        if one.wave
    ]
    if place.kind is Kind.MUNICIPALITY:
        rows.append((button("По школам", HealthSchoolsTap(organisation=place.id)),))
    if district is not None:
        rows.append((button("‹ Все школы", HealthSchoolsTap(organisation=district)),))
    rows.append((button("‹ Наставничество", MentoringTap()), to_menu()))
    return Screen("\n".join(lines), tuple(rows))


def schools(place: Organisation, lines: Sequence[SchoolLine], number: int) -> Screen:
    """A page of the municipality's schools."""
    page = page_of(lines, number, ON_PAGE)
    text = [f"<b>Как дела у пар: по школам</b> · {escape(place.name)}{page.heading}"]
    for line in page.items:
        text += ["", f"<b>{escape(line.name)}</b>", _school(line)]
    if not lines:
        text += ["", "Школ пока нет."]
    rows: list[Row] = [(button(line.name, HealthTap(organisation=line.school_id)),) for line in page.items]
    rows += page.turns(lambda turned: HealthSchoolsTap(organisation=place.id, page=turned))
    rows.append((button("‹ Весь район", HealthTap(organisation=place.id)), to_menu()))
    return Screen("\n".join(text), tuple(rows))


def _school(line: SchoolLine) -> str:
    if not (line.working or line.waiting or line.meetings):
        return "работающих пар нет, никто не ждёт наставника"
    pairs = (
        f"{form(line.working, 'работает', 'работают', 'работают')} {plural(line.working, 'пара', 'пары', 'пар')}"
    )
    told = [pairs if line.working else "работающих пар нет"]
    if line.silent:
        told.append(f"<b>без встреч {line.silent}</b>")
    told.append(f"{plural(line.meetings, 'встреча', 'встречи', 'встреч')} за 30 дней")
    if line.waiting:
        told.append(f"{form(line.waiting, 'ждёт', 'ждут', 'ждут')} наставника: {line.waiting}")
    return ", ".join(told)


def _standing(figures: Figures) -> list[str]:
    states = figures.states
    now = [
        f"{title}: {states[state]}"
        for state, title in (
            (PairState.ACTIVE, "работают"),
            (PairState.PAUSED, "на паузе"),
            (PairState.APPROVED, "ждут приказа"),
            (PairState.PROPOSED, "ждут ответа"),
        )
        if states.get(state)
    ]
    lines = ["<b>Пары</b>", _sentence(now) if now else "Открытых пар сейчас нет."]
    over = [
        f"{title}: {states[state]}"
        for state, title in ((PairState.COMPLETED, "завершены"), (PairState.CLOSED_EARLY, "закрыты раньше срока"))
        if states.get(state)
    ]
    if over:
        lines.append(f"За учебный год {', '.join(over)}")
    stages = [
        f"{STAGE_TITLES[number].lower()} {figures.stages[number]}"
        for number in StageNumber
        if figures.stages.get(number)
    ]
    if figures.stages.get(None):
        stages.append(f"все пройдены {figures.stages[None]}")
    if figures.without_program:
        stages.append(f"без программы {figures.without_program}")
    return [*lines, f"По этапам: {', '.join(stages)}"] if stages else lines


def _meetings(figures: Figures) -> list[str]:
    told = figures.meetings
    lines = ["<b>Встречи за 30 дней</b>"]
    if not told.held:
        return [*lines, "Ни одной встречи не записано."]
    # Tenths of hours, halves up.
    hours = f", {_decimal((told.minutes + 3) // 6 / 10)}\N{NO-BREAK SPACE}ч" if told.minutes else ""
    lines.append(f"{plural(told.held, 'встреча', 'встречи', 'встреч')}{hours}")
    if told.untimed:
        lines.append(f"Длительность не указана: {told.untimed}")
    if told.per_pair:
        # The median.
        lines.append(f"Обычно на работающую пару: {_decimal(told.per_pair)}")
    confirmed = f"{share(told.confirmed, told.held)} ({told.confirmed} из {told.held})"
    lines.append(f"Подтверждено наставляемыми: {confirmed}")
    return lines


def _concerns(place: Organisation, figures: Figures, terms: Terms, zone: ZoneInfo) -> tuple[list[str], list[Row]]:
    """What calls for attention, each with what to do, and the ways to just that."""
    lines: list[str] = []
    rows: list[Row] = []
    states = figures.states
    if figures.silent:
        number = plural(figures.silent, "пара", "пары", "пар")
        days = plural(terms.silent_days, "дня", "дней", "дней")
        lines.append(f"• <b>{number} без встреч</b> от {days}. Спросите наставников, чем помочь.")
        rows.append(_row("Без встреч", figures.silent, place, Concern.SILENT))
    if figures.meetings.unconfirmed:
        number = plural(figures.meetings.unconfirmed, "встреча", "встречи", "встреч")
        lines.append(f"• <b>{number} без подтверждения</b>. Напомните наставляемым ответить.")
        rows.append(_row("Не подтверждены", figures.meetings.unconfirmed, place, Concern.MEETINGS))
    if figures.late_stages:
        number = plural(figures.late_stages, "этап", "этапа", "этапов")
        waits = form(figures.late_stages, "ждёт", "ждут", "ждут")
        lines.append(f"• <b>{number} {waits} наставника</b>: срок прошёл. Предложите завершить или продлить.")
        rows.append(_row("Этапы ждут", figures.late_stages, place, Concern.STAGES))
    if states.get(PairState.APPROVED):
        number = plural(states[PairState.APPROVED], "пара", "пары", "пар")
        lines.append(f"• <b>{number} без приказа</b>. Сформируйте список и отметьте, когда приказ подписан.")
        tap = PairListTap(organisation=place.id, group=Group.AGREED.value)
        rows.append((button(f"Нужен приказ: {states[PairState.APPROVED]}", tap),))
    if states.get(PairState.PROPOSED):
        number = plural(states[PairState.PROPOSED], "предложение", "предложения", "предложений")
        lines.append(f"• <b>{number} без ответа</b>, срок ещё идёт. Можно поговорить с теми, кто думает.")
        tap = PairListTap(organisation=place.id, group=Group.OFFERED.value)
        rows.append((button(f"Ждут ответа: {states[PairState.PROPOSED]}", tap),))
    if figures.lost_offers:
        number = plural(figures.lost_offers, "предложение", "предложения", "предложений")
        lines.append(f"• На <b>{number}</b> за 30 дней не ответили в срок. Подберите другого наставника.")
        rows.append(_row("Не дождались ответа", figures.lost_offers, place, Concern.OFFERS))
    if figures.waiting:
        number = plural(figures.waiting, "педагог", "педагога", "педагогов")
        waits = form(figures.waiting, "ждёт", "ждут", "ждут")
        lines.append(f"• <b>{number} {waits} наставника</b>{_longest(figures, terms, zone)}. Подберите пары.")
        rows.append((button(f"Ждут наставника: {figures.waiting}", RequestsTap(organisation=place.id)),))
    return lines, rows


def _longest(figures: Figures, terms: Terms, zone: ZoneInfo) -> str:
    if figures.longest_since is None:
        return ""
    since = day_of(figures.longest_since, zone)
    days = (terms.today - since).days
    if days < 1:
        return ", первая заявка сегодня"
    return f", дольше всех {days_words(days)} (с {near_date(since, terms.today)})"


def _row(title: str, count: int, place: Organisation, what: Concern) -> Row:
    return (button(f"{title}: {count}", ConcernTap(organisation=place.id, what=what)),)


def _opinion(opinion: Opinion, min_group: int) -> str:
    """The levels of a questionnaire with what to do where some are not well."""
    title = SURVEYS[opinion.survey]
    if not opinion.wave:
        return f"{title}: {NO_DATA}, анкету ещё никто не заполнил"
    if opinion.levels is None:
        people = plural(min_group, "человека", "человек", "человек")
        return f"{title}: {NO_DATA}, показываем группы от {people}"
    total = sum(count for _, count in opinion.levels)
    told = ", ".join(
        f"{escape(level)} {count} ({share(count, total)})" for level, count in reversed(opinion.levels)
    )
    lowest = opinion.levels[0][1]
    advice = ""
    if lowest:
        advice = "\n  <i>Кому-то непросто: спросите все пары, чем помочь, не выясняя, кто так ответил.</i>"
    return f"{title}: {told}{advice}"


def _sentence(words: list[str]) -> str:
    joined = ", ".join(words)
    return joined[:1].upper() + joined[1:]


def _decimal(number: float) -> str:
    """«2,5», «3»."""
    return f"{number:.1f}".removesuffix(".0").replace(".", ",")
