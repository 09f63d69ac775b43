"""Screens of the catalogue of a municipality."""

from collections.abc import Sequence
from html import escape

from handlers.iom.measures.taps import (
    GROWTH,
    MeasuresFileTap,
    MeasuresTap,
    MeasureTap,
    NewMeasureTap,
    SetMeasureTap,
)
from handlers.iom.overview.taps import OverviewTap
from handlers.iom.words import cut
from handlers.menu.taps import MenuTap
from handlers.ui.pages import Page
from handlers.ui.russian import plural
from handlers.ui.screen import Row, Screen, button
from services.iom.catalogue import Measure
from services.iom.measures import Kept
from services.iom.wording import DOMAIN_TITLES, FORM_TITLES
from services.people.model import Organisation

ON_PAGE = 8
LINE, BUTTON = 160, 30
"""Characters of a title in a list, and on a button."""
HIDDEN = "Педагоги его сейчас не видят."
NEW_AND_HIDDEN = "Педагоги его пока не видят. Проверьте форму, срок и результат и покажите."
DAYS = (14, 30, 45, 60, 90)
QUESTIONS = {
    "title": "Напишите новое название.",
    "form": "Выберите форму.",
    "days": "За сколько дней обычно проходят? Выберите или напишите число.",
    "result": "Напишите ожидаемый результат. Чтобы оставить пустым, пришлите «-».",
}


def domains(place: Organisation, kept: Sequence[Kept], news: str = "") -> Screen:
    """How much there is in each domain."""
    counted = (
        ("своих", sum(each.shipped is None for each in kept)),
        ("изменено", sum(each.edited for each in kept)),
        ("скрыто", sum(each.hidden for each in kept)),
    )
    lines = [f"{escape(news)}\n"] if news else []
    lines += [
        f"<b>{escape(place.name)}: мероприятия</b>",
        "Из них педагоги выбирают шаги маршрута.",
        "",
        ", ".join([f"Всего {len(kept)}", *(f"{title} {count}" for title, count in counted if count)]),
    ]
    rows: list[Row] = []
    for domain, title in DOMAIN_TITLES.items():
        shown = sum(each.now.domain == domain and not each.hidden for each in kept)
        tap = MeasuresTap(organisation=place.id, domain=domain or GROWTH)
        rows.append((button(f"{_narrow(title)}: {shown}", tap),))
    rows += [
        (
            button("Загрузить из Excel", MeasuresFileTap(organisation=place.id)),
            button("Скачать", MeasuresFileTap(organisation=place.id, what="catalogue")),
        ),
        (button("‹ К цифрам", OverviewTap(organisation=place.id)), button("Меню", MenuTap())),
    ]
    return Screen("\n".join(lines), tuple(rows))


def measure_list(place: Organisation, domain: str, page: Page[Kept]) -> Screen:
    """A page of the measures of a domain."""
    lines = [f"<b>{escape(DOMAIN_TITLES[domain])}</b>{page.heading}"]
    first = page.number * ON_PAGE + 1
    for number, each in enumerate(page.items, start=first):
        about = [FORM_TITLES[each.now.form].lower(), _days(each.now.days), *_marks(each)]
        lines += ["", f"{number}. {escape(cut(each.now.title, LINE))}", f"<i>{', '.join(about)}</i>"]
    if not page.items:
        lines += ["", "Мероприятий пока нет."]
    rows: list[Row] = [
        (
            button(
                cut(f"{number}. {each.now.title}", BUTTON),
                MeasureTap(organisation=place.id, measure=each.now.code),
            ),
        )
        for number, each in enumerate(page.items, start=first)
    ]
    key = domain or GROWTH
    rows += page.turns(lambda number: MeasuresTap(organisation=place.id, domain=key, page=number))
    rows.append((button("Добавить своё", NewMeasureTap(organisation=place.id, domain=key)),))
    rows.append((button("‹ Все области", MeasuresTap(organisation=place.id)), button("Меню", MenuTap())))
    return Screen("\n".join(lines), tuple(rows))


def card(place: Organisation, kept: Kept, news: str = "") -> Screen:
    """A measure with what can be done about it."""
    now = kept.now
    lines = [f"{escape(news)}\n"] if news else []
    lines += [
        f"<b>{escape(now.title)}</b>",
        "",
        f"Область: {escape(_domain(now.domain))}",
        f"Форма: {FORM_TITLES[now.form].lower()}",
        f"Обычный срок: {_days(now.days)}",
        f"Ожидаемый результат: {escape(now.result) or 'не указан'}",
    ]
    if kept.edited and kept.shipped is not None:
        lines += ["", f"<i>Изменено. Было: {escape(_was(now, kept.shipped))}.</i>"]
    if kept.hidden:
        lines += ["", HIDDEN if kept.shipped is not None else NEW_AND_HIDDEN]

    def ask(what: str) -> MeasureTap:
        return MeasureTap(organisation=place.id, measure=now.code, ask=what)

    def to(what: str) -> SetMeasureTap:
        return SetMeasureTap(organisation=place.id, measure=now.code, to=what)

    rows: list[Row] = []
    if kept.hidden:
        rows.append((button("Показать педагогам", to("show")),))
    rows += [
        (button("Название", ask("title")), button("Форма", ask("form"))),
        (button("Срок", ask("days")), button("Результат", ask("result"))),
    ]
    if not kept.hidden:
        rows.append((button("Скрыть от педагогов", to("hide")),))
    if kept.edited:
        rows.append((button("Вернуть как было", to("back")),))
    if kept.shipped is None:
        rows.append((button("Удалить", ask("remove")),))
    back = MeasuresTap(organisation=place.id, domain=now.domain or GROWTH)
    rows.append((button("‹ К списку", back), button("Меню", MenuTap())))
    return Screen("\n".join(lines), tuple(rows))


def asked(place: Organisation, kept: Kept, what: str, complaint: str = "") -> Screen:
    """What a part of a measure is to be."""
    now = kept.now
    lines = [f"{escape(complaint)}\n"] if complaint else []
    present = {
        "title": now.title,
        "form": FORM_TITLES[now.form],
        "days": _days(now.days),
        "result": now.result or "не указан",
    }
    lines += [QUESTIONS[what], "", f"Сейчас: {escape(present[what])}"]
    rows: list[Row] = []
    if what == "form":
        forms = [
            button(title, SetMeasureTap(organisation=place.id, measure=now.code, to=each))
            for each, title in FORM_TITLES.items()
        ]
        rows += [(each,) for each in forms]
    if what == "days":
        rows.append(
            tuple(
                button(str(days), SetMeasureTap(organisation=place.id, measure=now.code, to=str(days)))
                for days in DAYS
            )
        )
    rows.append((button("‹ Не менять", MeasureTap(organisation=place.id, measure=now.code)),))
    return Screen("\n".join(lines), tuple(rows))


def ask_title(place: Organisation, domain: str, complaint: str = "") -> Screen:
    """What a new measure is called."""
    lines = [f"{escape(complaint)}\n"] if complaint else []
    lines += [
        f"<b>{escape(DOMAIN_TITLES[domain])}: новое мероприятие</b>",
        "",
        "Напишите название, например: Практикум по работе с электронным журналом. "
        "Остальное заполните на следующем экране.",
    ]
    back = MeasuresTap(organisation=place.id, domain=domain or GROWTH)
    return Screen("\n".join(lines), ((button("‹ К списку", back),),))


def sure_to_remove(place: Organisation, kept: Kept) -> Screen:
    """Whether a municipality's own measure is to go."""
    code = kept.now.code
    return Screen(
        f"Удалить «{escape(kept.now.title)}» из каталога? В маршрутах, где его уже выбрали, оно останется.",
        (
            (button("Удалить", SetMeasureTap(organisation=place.id, measure=code, to="remove")),),
            (button("‹ Оставить", MeasureTap(organisation=place.id, measure=code)),),
        ),
    )


def _was(now: Measure, shipped: Measure) -> str:
    """What is different by now, as it was shipped."""
    told = [f"«{cut(shipped.title, LINE)}»"] if now.title != shipped.title else []
    told += [FORM_TITLES[shipped.form].lower()] if now.form is not shipped.form else []
    told += [_days(shipped.days)] if now.days != shipped.days else []
    told += [f"результат «{cut(shipped.result, LINE)}»"] if now.result != shipped.result else []
    return "; ".join(told)


def _marks(kept: Kept) -> list[str]:
    marks = ["своё"] if kept.shipped is None else []
    marks += ["изменено"] if kept.edited else []
    return [*marks, "<b>скрыто</b>"] if kept.hidden else marks


def _days(days: int) -> str:
    return plural(days, "день", "дня", "дней")


def _domain(domain: str) -> str:
    return DOMAIN_TITLES.get(domain, domain)


def _narrow(title: str) -> str:
    """The domain as it fits on a button."""
    return title.removesuffix(" компетенции")
