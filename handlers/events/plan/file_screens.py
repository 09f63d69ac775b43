"""Screens of a plan as a file: how to, what it would do, what it has done."""

from datetime import date
from html import escape

from handlers.events.plan.taps import ApplyPlanTap, PlanFileTap, PlanTap
from handlers.events.words import noted
from handlers.iom.words import cut, near_date
from handlers.ui.russian import form, plural
from handlers.ui.screen import Document, Row, Screen, button
from services.events.importing import Import
from services.people.model import Organisation

MARK = 8
"""Characters of a fingerprint that a button carries."""
SHOWN = 6
PROBLEM, TITLE = 300, 80
TEMPLATE_NAME = "Шаблон плана событий.xlsx"


def how_to(place: Organisation, news: str = "") -> Screen:
    lines = [
        *noted(news),
        f"<b>Загрузить план из Excel</b>\n{escape(place.name)}",
        "",
        "1. Скачайте шаблон и впишите события, каждое в своей строке. Подойдёт и ваш план, если в нём есть "
        "столбцы «Дата» и «Название».",
        "2. Пришлите файл .xlsx или .csv прямо сюда.",
        "3. Посмотрите, что добавится. До вашего подтверждения ничего не меняется.",
        "",
        "События только добавляются: что уже есть в плане, второй раз не появится. Приглашения сами не уходят.",
    ]
    rows: tuple[Row, ...] = (
        (button("Скачать шаблон", PlanFileTap(organisation=place.id, what="template")),),
        (button("‹ К плану", PlanTap(organisation=place.id)),),
    )
    return Screen("\n".join(lines), rows)


def template(content: bytes) -> Screen:
    return Screen(
        "Шаблон плана. Заполните и пришлите его сюда. Строку с примером можно не удалять.",
        document=Document(TEMPLATE_NAME, content),
    )


def refused(place: Organisation, name: str, reason: str) -> Screen:
    """The file cannot be used at all; another one may be sent at once."""
    return Screen(
        f"<b>{escape(cut(name, 60))}</b>\n\n{escape(reason)}",
        (
            (button("Скачать шаблон", PlanFileTap(organisation=place.id, what="template")),),
            (button("‹ К плану", PlanTap(organisation=place.id)),),
        ),
    )


def preview(
    place: Organisation, name: str, would: Import, fingerprint: str, today: date, news: str = ""
) -> Screen:
    """What the file would do, in counts and first lines."""
    lines = [*noted(news), f"<b>{escape(cut(name, 60))}</b>", escape(place.name), ""]
    lines += [
        f"{title}: {count}{note}"
        for title, count, note in (
            ("Добавятся", len(would.added), ""),
            ("Уже есть в плане", would.known, ""),
            ("Строк с ошибками", would.wrong_rows, ", они не загрузятся"),
        )
        if count
    ]
    lines += _part(
        "Новые",
        [f"• {near_date(plan.held_on, today)}: {cut(plan.title, TITLE)}" for plan in would.added],
    )
    lines += _part(
        "Что исправить",
        [
            cut(f"• строка {problem.row}, «{problem.column}»: {problem.text}", PROBLEM)
            for problem in would.problems
        ],
    )
    rows: list[Row] = []
    if would.added:
        lines += ["", "Пока ничего не изменено."]
        title = f"Добавить {plural(len(would.added), 'событие', 'события', 'событий')}"
        rows.append((button(title, ApplyPlanTap(organisation=place.id, mark=fingerprint[:MARK])),))
    else:
        lines += ["", "Добавлять нечего: всё, что удалось прочитать, в плане уже есть."]
    rows.append((button("‹ Отменить", PlanFileTap(organisation=place.id, what="cancel")),))
    return Screen("\n".join(lines), tuple(rows))


def done(would: Import) -> str:
    """What has been done."""
    told = f"Готово: добавлено {plural(len(would.added), 'событие', 'события', 'событий')}."
    if wrong := would.wrong_rows:
        verb = form(wrong, "Пропущена", "Пропущены", "Пропущено")
        told += f" {verb} {plural(wrong, 'строка', 'строки', 'строк')}: исправьте и пришлите файл снова."
    return told


def _part(title: str, found: list[str]) -> list[str]:
    if not found:
        return []
    more = [f"…и ещё {len(found) - SHOWN}"] if len(found) > SHOWN else []
    return ["", f"<b>{title}</b>", *map(escape, found[:SHOWN]), *more]
