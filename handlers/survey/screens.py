"""Screens of a test: its questions of every kind, and the pause."""

from collections.abc import Mapping
from html import escape

from handlers.menu.taps import MenuTap
from handlers.survey.taps import AheadTap, AnswerTap, BackTap, GoOnTap, PauseTap
from handlers.ui.bar import bar
from handlers.ui.russian import form, plural
from handlers.ui.screen import Button, Row, Screen, button
from services.diagnostics.answer_parsing import number_in_words
from services.diagnostics.answering import TODAY, Value
from services.diagnostics.answers_in_words import in_words
from services.diagnostics.instrument import (
    ANSWERED,
    ONE_OPTION,
    SKIPPED,
    CountBounds,
    Instrument,
    Item,
    ItemKind,
    NumberBounds,
    TextBounds,
)
from services.diagnostics.session import Session

CHOSEN = "✓ "
PAIRED = 4
"""Options that make a square of two rows."""
ROW_LETTERS = 30
"""Letters on the buttons of one row that a phone shows whole."""
BUTTON_LETTERS = 36
NUMBERS_IN_ROW = 5
SHOWN_LETTERS = 600


def question(
    instrument: Instrument,
    session: Session,
    note: str = "",
    values: Mapping[int, Value] | None = None,
    about: str = "",
) -> Screen:
    """The item shown now.

    `note` is a line to be said first, `values` are those given so far, `about` is the school of an official form.
    """
    item = instrument.items[session.position - 1]
    given = session.answer(item.number)
    value = (values or {}).get(item.number)
    total = session.total
    minutes = -(-(total - session.answered) * instrument.minutes // total)
    lines = [
        f"<b>{escape(instrument.short_title)}</b>{f', {escape(about)}' if about else ''}",
        f"{bar(session.answered, total)}  {session.place(item.number)} из {total}",
        f"<i>Осталось около {plural(minutes, 'минуты', 'минут', 'минут')}</i>",
        "",
    ]
    if note:
        lines += [escape(note), ""]
    elif given is None and total > HALF_WAY_FROM and session.answered == total // 2:
        lines += ["<i>Половина уже позади. Если устали, сделайте паузу: всё сохранено.</i>", ""]
    lines.append(f"<b>{escape(item.text)}</b>")
    lines += [f"<i>{escape(line)}</i>" for line in (item.hint, _how_to_answer(item)) if line]
    lines += _written(item, given, value)
    listed = any(len(option.title) > BUTTON_LETTERS for option in item.options)
    if listed:
        lines += [
            "",
            *(f"{number}. {escape(option.title)}" for number, option in enumerate(item.options, start=1)),
        ]
    rows = [*_options(item, session, given, value, listed), *_beside(item, session, given)]
    return Screen("\n".join(lines), (*rows, _moves(session, given is not None)))


HALF_WAY_FROM = 20
"""Shorter tests are over before anybody tires."""


def _how_to_answer(item: Item) -> str:
    bounds = item.bounds
    if isinstance(bounds, CountBounds):
        most = f", но не больше {bounds.at_most}" if 1 < bounds.at_most < len(item.options) else ""
        return f"Отметьте всё, что подходит{most}, и нажмите «Готово»." if bounds.at_most > 1 else ""
    if isinstance(bounds, NumberBounds):
        fraction = ", можно с запятой" if bounds.decimals else ""
        unit = f" ({bounds.unit})" if bounds.unit else ""
        low, high = number_in_words(bounds.low), number_in_words(bounds.high)
        return f"Напишите сообщением число от {low} до {high}{fraction}{unit}."
    if item.kind is ItemKind.DATE:
        return "Напишите дату сообщением, например 12.10.2025 или «12 октября»."
    if isinstance(bounds, TextBounds):
        return f"Напишите ответ сообщением, до {plural(bounds.most, 'знака', 'знаков', 'знаков')}."
    return ""


def _written(item: Item, given: str | None, value: Value | None) -> list[str]:
    """What was written before, to be seen on the way back."""
    if given == SKIPPED:
        return ["", "Сейчас: пропущено."]
    if given != ANSWERED or item.kind is ItemKind.SEVERAL:
        return []
    words = in_words(item, given, value) or ""
    shown = words if len(words) <= SHOWN_LETTERS else words[:SHOWN_LETTERS] + "…"
    return ["", f"Сейчас записано: {escape(shown)}", "<i>Чтобы заменить, напишите ещё раз.</i>"]


def _options(item: Item, session: Session, given: str | None, value: Value | None, listed: bool) -> list[Row]:
    chosen = str(value or "") if item.kind is ItemKind.SEVERAL else given or ""
    buttons = [
        button(
            f"{CHOSEN if option.code in chosen else ''}{number if listed else option.title}",
            _answer(session, item, option.code),
        )
        for number, option in enumerate(item.options, start=1)
    ]
    if listed:
        return [tuple(buttons[at : at + NUMBERS_IN_ROW]) for at in range(0, len(buttons), NUMBERS_IN_ROW)]
    columns = _columns(item)
    return [tuple(buttons[at : at + columns]) for at in range(0, len(buttons), columns)]


def _columns(item: Item) -> int:
    """How many buttons stand in a row: all, two by two, or one; those of a row are equally wide."""
    count = len(item.options)
    widest = max((len(CHOSEN) + len(option.title) for option in item.options), default=0)
    if item.kind not in ONE_OPTION or not count:
        return 1
    if widest * count <= ROW_LETTERS:
        return count
    return 2 if count == PAIRED and widest * 2 <= ROW_LETTERS else 1


def _beside(item: Item, session: Session, given: str | None) -> list[Row]:
    """What is not an option: all chosen, today, passed over."""
    row: list[Button] = []
    if item.kind is ItemKind.SEVERAL:
        row.append(button("Готово", _answer(session, item, ANSWERED)))
    if item.kind is ItemKind.DATE:
        row.append(button("Сегодня", _answer(session, item, TODAY)))
    if item.optional:
        mark = CHOSEN if given == SKIPPED else ""
        row.append(button(f"{mark}Пропустить", _answer(session, item, SKIPPED)))
    return [tuple(row)] if row else []


def _answer(session: Session, item: Item, code: str) -> AnswerTap:
    return AnswerTap(session=session.id, item=item.number, code=code, turn=session.turn)


def _moves(session: Session, answered: bool) -> Row:
    pause = button("Пауза", PauseTap(session=session.id))
    moves = []
    if session.place(session.position) > 1:
        moves.append(button("‹ Назад", BackTap(session=session.id, turn=session.turn)))
    moves.append(pause)
    if answered:
        ahead = f"К вопросу {session.place(session.first_unanswered)} ›"
        moves.append(button(ahead, AheadTap(session=session.id, turn=session.turn)))
    return tuple(moves)


def paused(session: Session) -> Screen:
    """Nothing is lost, and the way back."""
    left = session.total - session.answered
    return Screen(
        f"<b>Пауза</b>\n\n{bar(session.answered, session.total)}  {session.answered} из {session.total}\n\n"
        f"Ответы сохранены, {form(left, 'остался', 'осталось', 'осталось')} "
        f"{plural(left, 'вопрос', 'вопроса', 'вопросов')}. Возвращайтесь, когда будет удобно: /survey",
        ((button("Продолжить", GoOnTap(session=session.id)),), (button("Меню", MenuTap()),)),
    )


def stopped() -> Screen:
    """The session ended with the consent."""
    return Screen("Этот тест остановлен: согласие было отозвано. Начать заново: /survey")
