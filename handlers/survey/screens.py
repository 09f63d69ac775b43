"""Screens of a test."""

from html import escape

from handlers.menu.taps import MenuTap
from handlers.survey.taps import AheadTap, AnswerTap, BackTap, BeginTap, PauseTap
from handlers.ui.bar import bar
from handlers.ui.russian import plural
from handlers.ui.screen import Row, Screen, button
from services.diagnostics.instrument import Instrument
from services.diagnostics.session import Session

INSTRUMENT = "boyko"
"""The instrument that /survey offers."""

CHOSEN = "✓ "


def introduction(instrument: Instrument, min_group: int, taken_before: int) -> Screen:
    """What the test is, how long it takes and who sees the result."""
    again = (
        "\n\nВы уже проходили этот тест. Пройдите снова, и бот покажет, что изменилось." if taken_before else ""
    )
    text = (
        f"<b>{escape(instrument.title)}</b>\n\n{escape(instrument.instruction)}\n\n"
        f"Это займёт около {plural(instrument.minutes, 'минуты', 'минут', 'минут')}. "
        f"В отчёты попадают только общие цифры по группе от {min_group} человек.\n\n"
        f"<i>Текст утверждений: {escape(instrument.wording)}.</i>{again}"
    )
    return Screen(text, ((button("Начать", BeginTap()),), (button("Не сейчас", MenuTap()),)))


def question(instrument: Instrument, session: Session, note: str = "") -> Screen:
    """The item shown now; `note` is a line to be said first."""
    item = instrument.items[session.position - 1]
    given = session.answer(item.number)
    total = len(instrument.items)
    left = total - session.answered
    minutes = -(-left * instrument.minutes // total)
    lines = [
        f"<b>{escape(instrument.short_title)}</b>",
        f"{bar(session.answered, total)}  {item.number} из {total}",
        f"<i>Осталось около {plural(minutes, 'минуты', 'минут', 'минут')}</i>",
        "",
    ]
    if note:
        lines += [escape(note), ""]
    elif given is None and session.answered == total // 2:
        lines += ["<i>Половина уже позади. Если устали, сделайте паузу: всё сохранено.</i>", ""]
    lines.append(f"<b>{escape(item.text)}</b>")
    options = tuple(
        button(
            f"{CHOSEN if given == option.code else ''}{option.title}",
            AnswerTap(session=session.id, item=item.number, code=option.code, turn=session.turn),
        )
        for option in instrument.options
    )
    return Screen("\n".join(lines), (options, _moves(session, given is not None)))


def _moves(session: Session, answered: bool) -> Row:
    pause = button("Пауза", PauseTap(session=session.id))
    moves = []
    if session.position > 1:
        moves.append(button("‹ Назад", BackTap(session=session.id, turn=session.turn)))
    moves.append(pause)
    if answered:
        ahead = f"К вопросу {session.first_unanswered} ›"
        moves.append(button(ahead, AheadTap(session=session.id, turn=session.turn)))
    return tuple(moves)


def paused(session: Session) -> Screen:
    """Nothing is lost, and the way back."""
    total = len(session.answers)
    left = total - session.answered
    return Screen(
        f"<b>Пауза</b>\n\n{bar(session.answered, total)}  {session.answered} из {total}\n\n"
        f"Ответы сохранены, {'остался' if left % 10 == 1 and left % 100 != 11 else 'осталось'} "
        f"{plural(left, 'вопрос', 'вопроса', 'вопросов')}. Возвращайтесь, когда будет удобно: /survey",
        ((button("Продолжить", BeginTap()),), (button("Меню", MenuTap()),)),
    )


def stopped() -> Screen:
    """The session ended with the consent."""
    return Screen("Этот тест остановлен: согласие было отозвано. Начать заново: /survey")
