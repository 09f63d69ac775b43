"""What is asked and said when a pair is to end early."""

from html import escape

from handlers.mentoring.pair.taps import AskEndTap, ClosePairTap
from handlers.mentoring.pair.view import View
from handlers.mentoring.taps import MatchTap, PairListTap, PairTap, RequestsTap
from handlers.menu.screens import to_menu
from handlers.ui.screen import Row, Screen, button
from services.mentoring.life.ending import STILL_NEEDED
from services.mentoring.life.wording import CLOSING, END_REASONS
from services.mentoring.pair import EndReason
from services.people.names import short_name

KEPT_ON = "Хорошо, пара продолжает работу. Тот, кто просил завершить, получит сообщение."
ASKED_ALREADY = "Ваша просьба уже у куратора."
ASKED = "Просьба отправлена куратору. Пока он решает, пара продолжается."


def asking(view: View, problem: str = "") -> Screen:
    """Asks one of the two why the pair is to end."""
    pair = view.pair
    return Screen(
        f"{_head(problem)}<b>Попросить завершить пару</b>\n{escape(view.name)}\n\n"
        "Расскажите коротко, почему: слова увидят куратор школы и методист, второй в паре их не увидит. "
        "Можно и без пояснений.",
        (
            (button("Отправить без пояснений", AskEndTap(pair=pair.id, turn=pair.turn, sure=True)),),
            (button("‹ Не просить", PairTap(pair=pair.id)),),
        ),
    )


def reasons(view: View) -> Screen:
    """Asks an overseer why the pair is to be closed."""
    pair = view.pair
    rows: list[Row] = [
        (button(END_REASONS[reason].capitalize(), ClosePairTap(pair=pair.id, turn=pair.turn, reason=reason)),)
        for reason in CLOSING
    ]
    return Screen(
        f"<b>Закрыть пару раньше срока</b>\n{_both(view)}\n\nПочему? Встречи и история пары сохранятся.",
        (*rows, (button("‹ Не закрывать", PairTap(pair=pair.id)),)),
    )


def closing(view: View, reason: EndReason, problem: str = "") -> Screen:
    """Asks for words before the pair is closed, says what follows."""
    pair = view.pair
    if reason is EndReason.MENTOR_CHANGED:
        title, what = "Сменить наставника", "Сменить без пояснений"
        follows = (
            "Эта пара закроется, её встречи и история сохранятся. Заявка педагога снова встанет в очередь, "
            "время ожидания сохранится."
        )
    else:
        title, what = f"Закрыть пару: {END_REASONS[reason]}", "Закрыть без пояснений"
        follows = "Встречи и история пары сохранятся."
        if reason in STILL_NEEDED:
            follows += " Заявка педагога снова встанет в очередь, время ожидания сохранится."
    sure = ClosePairTap(pair=pair.id, turn=pair.turn, reason=reason, sure=True)
    return Screen(
        f"{_head(problem)}<b>{title}</b>\n{_both(view)}\n\n{follows}\n\n"
        "Напишите коротко почему, и пара закроется. Слова увидят оба. Можно и без пояснений.",
        ((button(what, sure),), (button("‹ К паре", PairTap(pair=pair.id)),)),
    )


def closed(view: View, reason: EndReason, *, waits: bool) -> Screen:
    """What has been done and what to do next; `waits`: the mentee has an open request."""
    place = view.listed_in
    rows: list[Row] = []
    text = f"<b>Пара закрыта</b>: {END_REASONS[reason]}\n{_both(view)}\n\nОба получат сообщение."
    if reason in STILL_NEEDED and waits:
        text += " Заявка педагога снова в очереди."
        rows.append((button("Подобрать другого наставника", MatchTap(organisation=place)),))
    elif reason in STILL_NEEDED:
        text += " Заявки у педагога нет: откройте её, чтобы подобрать другого наставника."
        rows.append((button("Кто ждёт наставника", RequestsTap(organisation=place)),))
    rows.append((button("Открыть пару", PairTap(pair=view.pair.id)),))
    rows.append((button("‹ Пары", PairListTap(organisation=place)), to_menu()))
    return Screen(text, tuple(rows))


def _both(view: View) -> str:
    return f"{escape(short_name(view.mentor.name))} и {escape(short_name(view.mentee.name))}"


def _head(problem: str) -> str:
    return f"{escape(problem)}\n\n" if problem else ""
