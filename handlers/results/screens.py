"""Screens of a person's own results: words about levels, no diagnosis."""

from collections.abc import Sequence
from html import escape
from zoneinfo import ZoneInfo

from handlers.menu.taps import MenuTap
from handlers.results.taps import ChartTap, DynamicsTap, ResultListTap, ResultTap
from handlers.survey.taps import OpenTap
from handlers.ui.russian import day_of, long_date, plural
from handlers.ui.screen import Row, Screen, button
from services.diagnostics.instrument import EXPRESSED, Instrument
from services.diagnostics.scoring import Measured, Result, score
from services.diagnostics.session import Session

PHASE_MARKS = "○◐●"
"""Levels of a phase, told apart without colour."""
DOMINANT_SHOWN = 3
LIST_LIMIT = 10


def result_screen(instrument: Instrument, session: Session, zone: ZoneInfo, news: str = "") -> Screen:
    """One result whole: each phase with its level, the symptoms that dominate, what may help.

    Raises Incomplete for a session that is not finished.
    """
    result = score(instrument, session.answers)
    taken_on = long_date(day_of(session.finished_at or session.started_at, zone))
    lines = [f"{escape(news)}\n"] if news else []
    lines += [f"<b>Ваш результат</b>, {taken_on}", f"{escape(instrument.short_title)}", ""]
    for measured in result.factors:
        lines.append(f"{_mark(measured)} <b>{escape(measured.title.capitalize())}</b>: {_level(measured)}")
    lines += ["", *_meaning(instrument, result), "", *_expressed(instrument, result)]
    lines += ["", f"<i>{escape(instrument.disclaimer)}</i>"]
    if session.wording_id is not None:
        lines.append(f"<i>Текст утверждений: {escape(instrument.wording)}.</i>")
    details = tuple(
        (button(f"Подробно: {factor.title.lower()}", ResultTap(session=session.id, factor=index)),)
        for index, factor in enumerate(instrument.factors)
    )
    last = (button("График", ChartTap(session=session.id)), button("Все результаты", ResultListTap()))
    return Screen("\n".join(lines), (*details, last, (button("Меню", MenuTap()),)))


def factor_screen(instrument: Instrument, session: Session, index: int) -> Screen:
    """One phase with its symptoms: points, level, what it may mean, what may help."""
    result = score(instrument, session.answers)
    factor, measured = instrument.factors[index], result.factors[index]
    words = factor.levels[measured.band.code]
    lines = [
        f"{_mark(measured)} <b>{escape(factor.title.capitalize())}</b>: {_level(measured)}",
        f"{escape(words.meaning)}",
        f"<i>Что может помочь.</i> {escape(words.advice)}",
    ]
    for code in factor.scales:
        scale = instrument.scales[instrument.scale_index[code]]
        symptom = result.scales[instrument.scale_index[code]]
        text = scale.levels[symptom.band.code]
        lines += [
            "",
            f"<b>{escape(_sentence(scale.title))}</b>",
            f"{symptom.points} из {symptom.maximum}, {escape(symptom.band.title)}",
            f"{escape(text.meaning)} {escape(text.advice)}",
        ]
    others = tuple(
        button(other.title.capitalize(), ResultTap(session=session.id, factor=place))
        for place, other in enumerate(instrument.factors)
        if place != index
    )
    return Screen("\n".join(lines), (others, (button("‹ К результату", ResultTap(session=session.id)),)))


def list_screen(title: str, taken: Sequence[tuple[Session, Instrument]], zone: ZoneInfo) -> Screen:
    """All results of one person, the newest first; `taken` has each test with the instrument it was taken with."""
    if not taken:
        return Screen(
            "Результатов пока нет: они появятся, когда вы ответите на все вопросы теста.",
            ((button("Пройти тест", OpenTap()),), (button("Меню", MenuTap()),)),
        )
    rows: list[Row] = []
    for session, instrument in taken[::-1][:LIST_LIMIT]:
        total = score(instrument, session.answers).total
        taken_on = long_date(day_of(session.finished_at or session.started_at, zone))
        title = f"{taken_on}: {plural(total, 'балл', 'балла', 'баллов')}"
        rows.append((button(title, ResultTap(session=session.id)),))
    if len(taken) > 1:
        rows.append((button("Что изменилось: график", DynamicsTap()),))
    rows.append((button("Меню", MenuTap()),))
    count = plural(len(taken), "раз", "раза", "раз")
    shown = f" Показаны последние {LIST_LIMIT}." if len(taken) > LIST_LIMIT else ""
    return Screen(
        f"<b>Ваши результаты</b>\n{escape(title)}\n\n"
        f"Тест пройден {count}.{shown} Эти результаты видите только вы.",
        tuple(rows),
    )


def unfinished_screen(session: Session) -> Screen:
    """No level before the last answer."""
    left = session.answers.count(".")
    return Screen(
        f"Тест ещё не закончен: {plural(left, 'вопрос', 'вопроса', 'вопросов')} без ответа. "
        "Результат появится после последнего.",
        ((button("Продолжить", OpenTap()),), (button("Меню", MenuTap()),)),
    )


def _mark(measured: Measured) -> str:
    return PHASE_MARKS[min(measured.band_index, len(PHASE_MARKS) - 1)]


def _level(measured: Measured) -> str:
    return f"{measured.points} из {measured.maximum}, {escape(measured.band.title)}"


def _sentence(title: str) -> str:
    return title[0].upper() + title[1:]


def _meaning(instrument: Instrument, result: Result) -> list[str]:
    """The most formed phase speaks: one piece of advice that is heard beats three that are not."""
    leading = max(range(len(result.factors)), key=lambda index: (result.factors[index].points, index))
    words = instrument.factors[leading].levels[result.factors[leading].band.code]
    help_title = "Что может помочь" if result.factors[leading].band_index else "Как это сохранить"
    return [escape(words.meaning), f"<b>{help_title}.</b> {escape(words.advice)}"]


def _expressed(instrument: Instrument, result: Result) -> list[str]:
    """The strongest symptoms among those formed or dominant."""
    expressed = sorted(
        (symptom for symptom in result.scales if symptom.band.code in EXPRESSED),
        key=lambda symptom: -symptom.points,
    )
    if not expressed:
        count = len(instrument.scales)
        return [f"Ни один из {count} симптомов не сложился. Это хороший знак."]
    lines = ["<b>Сильнее всего проявились:</b>"]
    for symptom in expressed[:DOMINANT_SHOWN]:
        text = instrument.scales[instrument.scale_index[symptom.code]].levels[symptom.band.code]
        lines.append(
            f"• <b>{escape(_sentence(symptom.title))}</b> ({symptom.points} из {symptom.maximum}). "
            f"{escape(text.advice)}"
        )
    if len(expressed) > DOMINANT_SHOWN:
        more = len(expressed) - DOMINANT_SHOWN
        lines.append(f"И ещё {plural(more, 'симптом', 'симптома', 'симптомов')}: они есть в подробностях.")
    return lines
