"""Screens of a catalogue as a file: how to, what it would do, what it has done."""

from html import escape

from handlers.iom.measures.taps import ApplyMeasuresTap, MeasuresFileTap, MeasuresTap
from handlers.iom.words import cut
from handlers.ui.russian import form, plural
from handlers.ui.screen import Document, Row, Screen, button
from services.iom.measures import OWN_LIMIT, Import
from services.people.model import Organisation

MARK = 8
"""Characters of a fingerprint that a button carries."""
SHOWN = 6
PROBLEM, TITLE = 300, 90
"""Characters of a line about a problem, and of a title."""
TEMPLATE_NAME = "Шаблон каталога.xlsx"
EXPORT_NAME = "Каталог мероприятий.xlsx"


def how_to(place: Organisation, news: str = "") -> Screen:
    lines = [f"{news}\n"] if news else []
    lines += [
        "<b>Загрузить мероприятия из Excel</b>",
        "",
        "1. Скачайте пустой шаблон или весь нынешний каталог и впишите мероприятия: одно — одна строка.",
        "2. Пришлите файл .xlsx или .csv прямо сюда.",
        "3. Посмотрите, что добавится и что изменится. До вашего подтверждения ничего не меняется.",
        "",
        "Чего нет в файле, то остаётся в каталоге.",
    ]
    return Screen(
        "\n".join(lines),
        (
            (
                button("Скачать шаблон", MeasuresFileTap(organisation=place.id, what="template")),
                button("Каталог", MeasuresFileTap(organisation=place.id, what="catalogue")),
            ),
            (button("‹ Все области", MeasuresTap(organisation=place.id)),),
        ),
    )


def template(content: bytes) -> Screen:
    return Screen(
        "Шаблон каталога. Заполните и пришлите его сюда. Строку с примером можно не удалять.",
        document=Document(TEMPLATE_NAME, content),
    )


def export(content: bytes) -> Screen:
    return Screen(
        "Каталог, как его видят педагоги. Его можно изменить и загрузить кнопкой «Загрузить из Excel».",
        document=Document(EXPORT_NAME, content),
    )


def refused(place: Organisation, name: str, reason: str) -> Screen:
    """The file cannot be used at all; another one may be sent at once."""
    return Screen(
        f"<b>{escape(cut(name, 60))}</b>\n\n{escape(reason)}",
        (
            (button("Скачать шаблон", MeasuresFileTap(organisation=place.id, what="template")),),
            (button("‹ Все области", MeasuresTap(organisation=place.id)),),
        ),
    )


def preview(
    place: Organisation, name: str, would: Import, fingerprint: str, *, fits: bool, news: str = ""
) -> Screen:
    """What the file would do, in counts and first lines."""
    lines = [f"{escape(news)}\n"] if news else []
    lines += [f"<b>{escape(cut(name, 60))}</b>", escape(place.name), ""]
    lines += [
        f"{title}: {count}{note}"
        for title, count, note in (
            ("Добавятся", len(would.added), ""),
            ("Изменятся", len(would.changed), ""),
            ("Без изменений", would.unchanged, ""),
            ("Строк с ошибками", would.wrong_rows, ", они не загрузятся"),
        )
        if count
    ]
    lines += _part("Новые", [f"• {cut(fields.title, TITLE)}" for fields in would.added])
    lines += _part("Изменятся", [f"• {cut(kept.now.title, TITLE)}" for kept, _ in would.changed])
    lines += _part(
        "Что исправить",
        [
            cut(f"• строка {problem.row}, «{problem.column}»: {problem.text}", PROBLEM)
            for problem in would.problems
        ],
    )
    rows: list[Row] = []
    if not fits:
        lines += ["", f"Не загрузить: своих и изменённых мероприятий бывает не больше {OWN_LIMIT}."]
    elif would.empty:
        lines += ["", "Загружать нечего: всё, что удалось прочитать, в каталоге уже есть."]
    else:
        lines += ["", "Пока ничего не изменено."]
        number = len(would.added) + len(would.changed)
        verb = "Добавить" if not would.changed else "Загрузить" if would.added else "Изменить"
        title = f"{verb} {_measures(number)}"
        rows.append((button(title, ApplyMeasuresTap(organisation=place.id, mark=fingerprint[:MARK])),))
    rows.append((button("Отменить", MeasuresFileTap(organisation=place.id, what="cancel")),))
    return Screen("\n".join(lines), tuple(rows))


def done(would: Import) -> str:
    """What has been done."""
    told = f"Готово: добавлено {len(would.added)}, изменено {len(would.changed)}."
    if wrong := would.wrong_rows:
        told += (
            f" {form(wrong, 'Пропущена', 'Пропущены', 'Пропущено')} {plural(wrong, 'строка', 'строки', 'строк')}."
        )
    return told


def _part(title: str, found: list[str]) -> list[str]:
    if not found:
        return []
    more = [f"…и ещё {len(found) - SHOWN}"] if len(found) > SHOWN else []
    return ["", f"<b>{title}</b>", *map(escape, found[:SHOWN]), *more]


def _measures(number: int) -> str:
    return plural(number, "мероприятие", "мероприятия", "мероприятий")
