"""Screens of importing a roster: what would happen first, then what has happened."""

from collections.abc import Sequence
from html import escape

from handlers.menu.screens import to_menu
from handlers.people.taps import PlacesTap
from handlers.roster.taps import (
    AllSheetsTap,
    RosterApplyTap,
    RosterCancelTap,
    RosterCardTap,
    RosterFileTap,
    RosterPartTap,
    RosterPlaceTap,
    RosterTap,
    RosterTemplateTap,
    SheetListTap,
    SheetTap,
)
from handlers.roster.words import TITLES, Part, done, lines_of, offer, people, schools, summary
from handlers.ui.russian import form
from handlers.ui.screen import Document, Row, Screen, button
from services.people.model import Organisation
from services.people.roster.importing import DryRun
from services.people.roster.model import Applied, Plan, Roster, Waiting

MARK = 8
"""Characters of a plan's fingerprint that a button carries."""
SHOWN_PROBLEMS, SHOWN_CHANGES, SHOWN_SCHOOLS = 10, 5, 3
CARD_LINE, PAGE_LINE = 140, 200
LINES_ON_PAGE = 15
SCHOOLS_ON_PAGE = 8
TEMPLATE_NAME = "Список педагогов.xlsx"
MENDED_NAME = "Что исправить.xlsx"


def how_to() -> Screen:
    return Screen(
        "<b>Загрузить список педагогов</b>\n\n"
        "1. Скачайте шаблон и заполните: один человек — одна строка. Подойдёт и ваша таблица, если в ней есть "
        "столбцы «Школа», «Фамилия», «Имя», «Должность».\n"
        "2. Пришлите файл .xlsx или .csv прямо сюда, в любой момент.\n"
        "3. Посмотрите, что получится: кого добавим, что изменится, где ошибки. До вашего подтверждения "
        "ничего не меняется.\n\n"
        "Затем подготовим листы с личными приглашениями для печати.",
        (
            (button("Скачать шаблон", RosterTemplateTap()),),
            (button("Листы приглашений", SheetListTap()),),
            (button("‹ Люди и школы", PlacesTap()), to_menu()),
        ),
    )


def template(content: bytes) -> Screen:
    return Screen(
        "Шаблон списка. Заполните и пришлите его сюда. Строку с примером можно не удалять.",
        document=Document(TEMPLATE_NAME, content),
    )


def no_scope() -> Screen:
    return Screen("Список загружают методист района или куратор школы.", ((to_menu(),),))


def refused(name: str, reason: str) -> Screen:
    return Screen(
        f"<b>{escape(_short(name, 60))}</b>\n\n{escape(reason)}",
        ((button("Скачать шаблон", RosterTemplateTap()),), (to_menu(),)),
    )


def which_place(name: str, places: Sequence[Organisation]) -> Screen:
    rows: list[Row] = [(button(place.name, RosterPlaceTap(organisation=place.id)),) for place in places]
    rows.append((button("Отменить", RosterCancelTap()),))
    return Screen(f"<b>{escape(_short(name, 60))}</b>\n\nЧей это список?", tuple(rows))


def nothing_kept() -> Screen:
    return Screen(
        "Файла для загрузки нет: он уже загружен или отменён. Пришлите его ещё раз.",
        ((button("Как загрузить список", RosterTap()),), (to_menu(),)),
    )


def card(name: str, place: str, roster: Roster, would: DryRun, fingerprint: str, news: str = "") -> Screen:
    """The plan in counts with its first lines."""
    whole = would.whole
    lines = [f"{escape(news)}\n"] if news else []
    lines += [f"<b>{escape(_short(name, 60))}</b>", escape(place), ""]
    lines += [escape(line) for line in summary(whole, roster)]
    for part, most in (
        (Part.SCHOOLS, SHOWN_SCHOOLS),
        (Part.PROBLEMS, SHOWN_PROBLEMS),
        (Part.CHANGES, SHOWN_CHANGES),
    ):
        found = lines_of(whole, part)
        if found:
            lines += ["", f"<b>{TITLES[part]}</b>", *(_line(line, CARD_LINE) for line in found[:most])]
            if len(found) > most:
                lines.append(f"…и ещё {len(found) - most}")
    if not whole.people:
        lines += ["", "Загружать нечего: всё, что удалось прочитать, в базе уже есть."]
    else:
        lines += ["", "Пока ничего не изменено."]
    return Screen("\n".join(lines), tuple(_card_rows(whole, would.without_new, fingerprint[:MARK])))


def part_page(plan: Plan, part: Part, page: int) -> Screen:
    """A page of one part in full."""
    found = lines_of(plan, part)
    pages = max(1, -(-len(found) // LINES_ON_PAGE))
    page = min(page, pages - 1)
    lines = [f"<b>{TITLES[part]}</b>"]
    if pages > 1:
        lines.append(f"<i>Страница {page + 1} из {pages}</i>")
    shown = found[page * LINES_ON_PAGE : (page + 1) * LINES_ON_PAGE]
    lines += ["", *(_line(line, PAGE_LINE) for line in shown)] if shown else ["", "Здесь пусто."]
    turns = tuple(
        button(title, RosterPartTap(part=part, page=number))
        for number, title in ((page - 1, "‹ Раньше"), (page + 1, "Дальше ›"))
        if 0 <= number < pages
    )
    rows: list[Row] = [turns] if turns else []
    if part is Part.PROBLEMS and found:
        rows.append((button("Мой файл с пометками", RosterFileTap()),))
    rows.append((button("‹ К загрузке", RosterCardTap()),))
    return Screen("\n".join(lines), tuple(rows))


def mended(content: bytes, rows: int) -> Screen:
    marked = form(rows, "строка отмечена", "строки отмечены", "строк отмечено")
    return Screen(
        f"Ваш файл, {rows}\N{NO-BREAK SPACE}{marked}. Что сделать, написано в последнем столбце. "
        "Исправьте и пришлите файл ещё раз.",
        document=Document(MENDED_NAME, content),
    )


def applied(outcome: Applied) -> Screen:
    rows: list[Row] = [
        (button("Листы приглашений", SheetListTap()),),
        (button("‹ Люди и школы", PlacesTap()), to_menu()),
    ]
    return Screen(escape(done(outcome)), tuple(rows))


def cancelled() -> Screen:
    return Screen("Хорошо, файл не загружен. В базе ничего не изменилось.", ((to_menu(),),))


def sheet_list(waiting: Sequence[Waiting], page: int) -> Screen:
    """Schools with people who have not joined, each with its button."""
    if not waiting:
        return Screen(
            "Печатать нечего: все, кто есть в загруженных списках, уже в боте. Или список ещё не загружен.",
            ((button("Загрузить список", RosterTap()),), (to_menu(),)),
        )
    pages = -(-len(waiting) // SCHOOLS_ON_PAGE)
    page = min(page, pages - 1)
    total = sum(each.people for each in waiting)
    lines = [
        "<b>Листы приглашений</b>",
        f"Ещё не вошли: {people(total)}, {schools(len(waiting))}.",
        "",
        "Для каждого — карточка с QR-кодом. Выдайте её лично: ссылка именная.",
    ]
    if pages > 1:
        lines.append(f"<i>Страница {page + 1} из {pages}</i>")
    rows: list[Row] = [
        (button(f"{_short(each.school.name, 40)}: {each.people}", SheetTap(organisation=each.school.id)),)
        for each in waiting[page * SCHOOLS_ON_PAGE : (page + 1) * SCHOOLS_ON_PAGE]
    ]
    turns = tuple(
        button(title, SheetListTap(page=number))
        for number, title in ((page - 1, "‹ Раньше"), (page + 1, "Дальше ›"))
        if 0 <= number < pages
    )
    if turns:
        rows.append(turns)
    if len(waiting) > 1:
        rows.append((button("Все школы архивом", AllSheetsTap()),))
    rows.append((button("‹ Загрузка списка", RosterTap()), to_menu()))
    return Screen("\n".join(lines), tuple(rows))


def cards_caption(school: str) -> str:
    """What comes with the invites of one school to print."""
    return f"<b>{escape(school)}</b>\nЛичные приглашения: распечатайте, разрежьте и выдайте каждому в руки."


def table_caption(school: str) -> str:
    """What comes with the same invites as a table."""
    return f"<b>{escape(school)}</b>\nТе же приглашения таблицей, если удобнее отправить каждому ссылку."


ALL_SHEETS = "Листы приглашений по школам: карточки для печати и таблицы со ссылками."
MAKING_SHEETS = "Готовлю листы, придут следующим сообщением."
NOBODY_WAITS = "Здесь все уже вошли."


def _card_rows(whole: Plan, without_new: Plan, mark: str) -> list[Row]:
    rows: list[Row] = []
    if whole.people and whole.new_schools:
        title = f"{offer(whole.people)} и новые школы"
        rows.append((button(title, RosterApplyTap(mark=mark, schools=True)),))
        if without_new.people:
            title = f"{offer(without_new.people)} без новых школ"
            rows.append((button(title, RosterApplyTap(mark=mark, schools=False)),))
    elif whole.people:
        rows.append((button(offer(whole.people), RosterApplyTap(mark=mark, schools=False)),))
    parts = [
        button(f"{TITLES[part]}: {count}", RosterPartTap(part=part))
        for part in Part
        if (count := len(lines_of(whole, part)))
    ]
    rows += [tuple(parts[start : start + 2]) for start in range(0, len(parts), 2)]
    if whole.problems:
        rows.append((button("Мой файл с пометками", RosterFileTap()),))
    rows.append((button("Отменить", RosterCancelTap()),))
    return rows


def _line(text: str, length: int) -> str:
    return f"• {escape(_short(text, length))}"


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
