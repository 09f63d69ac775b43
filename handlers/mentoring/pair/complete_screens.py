"""Screens of the end of a pair: the evaluation of readiness, one criterion after another, and completing."""

from collections.abc import Mapping
from html import escape

from handlers.iom.words import cut
from handlers.mentoring.pair.taps import CompletePairTap, EvaluateTap, KeepEvaluationTap
from handlers.mentoring.pair.view import View
from handlers.mentoring.taps import PairTap
from handlers.ui.bar import bar
from handlers.ui.screen import Row, Screen, button
from services.mentoring.life.readiness import CRITERIA, LEVELS, for_mentor, levels_of

COMPLETED = "Пара завершена. Оба получат сообщение и короткую анкету."
WORDS_SHOWN = 600


def criterion(view: View, given: str) -> Screen:
    """Asks for the level of the next criterion."""
    pair, number = view.pair, len(given)
    rows: list[Row] = [
        (button(title, EvaluateTap(pair=pair.id, turn=pair.turn, given=f"{given}{level}")),)
        for level, title in enumerate(LEVELS)
    ]
    back = (
        button("‹ Назад", EvaluateTap(pair=pair.id, turn=pair.turn, given=given[:-1]))
        if given
        else button("‹ К паре", PairTap(pair=pair.id))
    )
    start = "" if given else "Шесть коротких вопросов и, если захотите, пара слов. Пара пока не завершится.\n\n"
    return Screen(
        f"<b>Готовность к самостоятельной работе</b>\n{escape(view.mentee.name)}\n"
        f"{bar(number, len(CRITERIA))} {number + 1} из {len(CRITERIA)}\n\n"
        f"{start}<b>{CRITERIA[number].title}</b>\n{CRITERIA[number].question}.",
        (*rows, (back,)),
    )


def words(view: View, given: str, problem: str = "") -> Screen:
    """Shows the levels, asks for words."""
    pair = view.pair
    head = f"{escape(problem)}\n\n" if problem else ""
    return Screen(
        f"{head}<b>Готовность к самостоятельной работе</b>\n{escape(view.mentee.name)}\n\n"
        f"{_levels(levels_of(given) or {})}\n\n"
        "Хотите добавить пару слов: что получилось лучше всего, чего пожелать? Их увидят наставляемый и куратор.",
        (
            (button("Без слов", KeepEvaluationTap(pair=pair.id, turn=pair.turn, given=given)),),
            (button("‹ Назад", EvaluateTap(pair=pair.id, turn=pair.turn, given=given[:-1])),),
        ),
    )


def confirm(view: View) -> Screen:
    """Asks before the pair is completed."""
    pair = view.pair
    done = CompletePairTap(pair=pair.id, turn=pair.turn, sure=True)
    if pair.readiness is None:
        text = (
            f"<b>Завершить пару</b>\n{escape(view.mentor.name)} и {escape(view.mentee.name)}\n\n"
            "Наставник ещё не оценил готовность педагога. Завершить можно и без оценки, но добавить её потом не "
            "получится: лучше попросите наставника открыть пару и нажать «Подвести итоги»."
        )
        return Screen(
            text,
            ((button("Завершить без оценки", done),), (button("‹ Подождать оценку", PairTap(pair=pair.id)),)),
        )
    said = f"\n«{escape(cut(pair.readiness_words, WORDS_SHOWN))}»" if pair.readiness_words else ""
    text = (
        f"<b>Завершить пару</b>\n{escape(view.mentor.name)} и {escape(view.mentee.name)}\n\n"
        f"Оценка сохранена:\n{_levels(pair.readiness)}{said}\n\n"
        "Когда пара завершится, наставляемый увидит оценку добрыми словами, а оба получат короткую анкету."
    )
    rows: list[Row] = [(button("Завершить пару", done),)]
    if view.leads:
        rows.append((button("Изменить оценку", EvaluateTap(pair=pair.id, turn=pair.turn)),))
    rows.append((button("‹ Пока не завершать", PairTap(pair=pair.id)),))
    return Screen(text, tuple(rows))


def _levels(levels: Mapping[str, int]) -> str:
    return "\n".join(f"• {line}" for line in for_mentor(levels))
