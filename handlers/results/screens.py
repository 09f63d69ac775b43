"""Screens of a person's own results: words about levels, no diagnosis."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from zoneinfo import ZoneInfo

from handlers.iom.taps import IomTap
from handlers.menu.taps import MenuTap
from handlers.results.details import details_of, level_line, mark_of, sentence
from handlers.results.given import form_lines, has_unscored
from handlers.results.taps import ChartTap, DynamicsTap, GivenTap, ResultListTap, ResultTap
from handlers.sharing.taps import ShareTap
from handlers.survey.taps import GoOnTap, OpenTap
from handlers.ui.russian import day_of, long_date, plural
from handlers.ui.screen import Row, Screen, button
from services.diagnostics.answer_parsing import number_in_words
from services.diagnostics.answering import Value
from services.diagnostics.instrument import EXPRESSED, Instrument, Privacy
from services.diagnostics.scoring import Measured, Result, score
from services.diagnostics.session import Session
from services.iom.drafting import DEFICITS_TEST

STRONGEST_SHOWN = 3
MEANINGS_SHOWN = 6
LIST_LIMIT = 10
INSTRUMENT_LIMIT = 25


def result_screen(
    instrument: Instrument,
    session: Session,
    zone: ZoneInfo,
    news: str = "",
    values: Mapping[int, Value] | None = None,
) -> Screen:
    """One result whole; of a form that is not scored, the answers given.

    Raises Incomplete for a session that is not finished.
    """
    lines = [f"{escape(news)}\n"] if news else []
    taken_on = long_date(day_of(session.finished_at or session.started_at, zone))
    if not instrument.scales:
        lines += [f"<b>{escape(instrument.short_title)}</b>, {taken_on}", ""]
        return _form(instrument, session, values or {}, lines)
    result = score(instrument, session.answers)
    lines += [f"<b>Ваш результат</b>, {taken_on}", escape(instrument.short_title), ""]
    if any(band.deficit for band in instrument.scale_bands):
        lines += [*_deficits(instrument, result), ""]
    if instrument.factors:
        lines += [
            f"{mark_of(one)} <b>{escape(sentence(one.title))}</b>: {level_line(one)}" for one in result.factors
        ]
        lines += ["", *_leading(instrument, result)]
    else:
        lines += _scales(instrument, result)
    if any(band.code in EXPRESSED for band in instrument.scale_bands):
        lines += ["", *_expressed(instrument, result)]
    lines += ["", f"<i>{escape(instrument.disclaimer)}</i>"]
    if session.wording_id is not None:
        lines.append(f"<i>Текст утверждений: {escape(instrument.wording)}.</i>")
    return Screen("\n".join(lines), _result_rows(instrument, session))


def _result_rows(instrument: Instrument, session: Session) -> tuple[Row, ...]:
    rows: list[Row] = [
        (button(f"Подробно: {part.short_title.lower()}", ResultTap(session=session.id, factor=index)),)
        for index, part in enumerate(details_of(instrument))
    ]
    if has_unscored(instrument):
        rows.append((button("Мои ответы", GivenTap(session=session.id)),))
    if instrument.id == DEFICITS_TEST:
        rows.insert(0, (button("Мой маршрут (ИОМ)", IomTap()),))
    rows.append((button("Показать психологу", ShareTap(session=session.id)),))
    last = [button("График", ChartTap(session=session.id))] if instrument.chartable else []
    last.append(button("Все результаты", ResultListTap()))
    return (*rows, tuple(last), (button("Меню", MenuTap()),))


def _form(instrument: Instrument, session: Session, values: Mapping[int, Value], lines: list[str]) -> Screen:
    pages = form_lines(instrument, session.answers, values)
    rows: list[Row] = []
    if len(pages) > 1:
        rows.append((button("Дальше ›", GivenTap(session=session.id, page=1)),))
    if instrument.privacy is Privacy.OFFICIAL:
        rows.append((button("Заполнить заново", OpenTap(instrument=instrument.id)),))
    rows += [(button("Все результаты", ResultListTap()),), (button("Меню", MenuTap()),)]
    given = "\n".join([*lines, *(pages[0] if pages else [])]).rstrip()
    text = f"{given}\n\n<i>{escape(instrument.disclaimer)}</i>"
    return Screen(text, tuple(rows))


def instruments_screen(taken: Sequence[tuple[Session, Instrument]]) -> Screen:
    """The instruments that the person has results of, the one taken last first."""
    newest: dict[str, tuple[Session, Instrument]] = {}
    for session, instrument in taken[::-1]:
        newest.setdefault(instrument.id, (session, instrument))
    rows: list[Row] = []
    for session, instrument in list(newest.values())[:INSTRUMENT_LIMIT]:
        times = sum(one.instrument == instrument.id for one, _ in taken)
        shown_times = f" · {times}" if times > 1 else ""
        tap = ResultListTap(instrument=instrument.id) if times > 1 else ResultTap(session=session.id)
        rows.append((button(f"{instrument.short_title}{shown_times}", tap),))
    rows.append((button("Меню", MenuTap()),))
    return Screen(f"<b>Ваши результаты</b>\n\nВыберите, что посмотреть. {_seen_by(taken)}".rstrip(), tuple(rows))


def list_screen(taken: Sequence[tuple[Session, Instrument]], zone: ZoneInfo) -> Screen:
    """All results of one instrument, the newest first; `taken` has each with the instrument it was taken with."""
    if not taken:
        return Screen(
            "Результатов пока нет: они появятся, когда вы ответите на все вопросы теста.",
            ((button("Пройти тест", OpenTap()),), (button("Меню", MenuTap()),)),
        )
    rows: list[Row] = []
    for session, instrument in taken[::-1][:LIST_LIMIT]:
        taken_on = long_date(day_of(session.finished_at or session.started_at, zone))
        title = taken_on
        if instrument.chartable:
            total = int(score(instrument, session.answers).total or 0)
            title += f": {plural(total, 'балл', 'балла', 'баллов')}"
        rows.append((button(title, ResultTap(session=session.id)),))
    newest = taken[-1][1]
    if len(taken) > 1 and newest.chartable:
        rows.append((button("Что изменилось: график", DynamicsTap(instrument=newest.id)),))
    rows.append((button("Меню", MenuTap()),))
    count = plural(len(taken), "раз", "раза", "раз")
    shown = f" Показаны последние {LIST_LIMIT}." if len(taken) > LIST_LIMIT else ""
    return Screen(
        f"<b>Ваши результаты</b>\n{escape(newest.short_title)}\n\n"
        f"Пройдено {count}.{shown} {_seen_by(taken)}".rstrip(),
        tuple(rows),
    )


def _seen_by(taken: Sequence[tuple[Session, Instrument]]) -> str:
    """Who sees them; data of a school are seen by others, answers without a result cannot be shown to anybody."""
    if any(instrument.scales for _, instrument in taken):
        return "Личные результаты видите только вы и тот, кому вы сами их покажете."
    if any(instrument.privacy is Privacy.OFFICIAL for _, instrument in taken):
        return ""
    return "Ответы видите только вы."


def unfinished_screen(instrument: Instrument, session: Session) -> Screen:
    """No level before the last answer."""
    left = session.total - session.answered
    return Screen(
        f"<b>{escape(instrument.short_title)}</b>\n\n"
        f"Ещё не закончено: {plural(left, 'вопрос', 'вопроса', 'вопросов')} без ответа. "
        "Результат появится после последнего.",
        ((button("Продолжить", GoOnTap(session=session.id)),), (button("Меню", MenuTap()),)),
    )


def _leading(instrument: Instrument, result: Result) -> list[str]:
    """The most formed phase speaks: one piece of advice that is heard beats three that are not."""
    scored = [(one.points, index) for index, one in enumerate(result.factors) if one.points is not None]
    if not scored:
        return []
    _, leading = max(scored)
    measured = result.factors[leading]
    assert measured.band is not None
    words = instrument.factors[leading].levels[measured.band.code]
    help_title = "Что может помочь" if measured.band_index else "Как это сохранить"
    return [escape(words.meaning), f"<b>{help_title}.</b> {escape(words.advice)}"]


def _scales(instrument: Instrument, result: Result) -> list[str]:
    """Every scale with its level; what it may mean where there are few enough."""
    lines: list[str] = []
    for scale, measured in zip(instrument.scales, result.scales, strict=True):
        lines.append(f"<b>{escape(sentence(measured.title))}</b>: {level_line(measured)}")
        if measured.band is not None and len(instrument.scales) <= MEANINGS_SHOWN:
            lines += [escape(scale.levels[measured.band.code].meaning), ""]
    return lines if lines[-1] else lines[:-1]


def _deficits(instrument: Instrument, result: Result) -> list[str]:
    """What to begin with: the domains where help is needed most, each with a step that may help."""
    found = _strongest(one for one in result.scales if one.band is not None and one.band.deficit)
    if not found:
        return ["<b>Выраженных дефицитов нет.</b> Можно выбрать, в чём расти дальше."]
    lines = ["<b>С чего начать:</b>", *_advice(instrument, found)]
    if len(found) > STRONGEST_SHOWN:
        rest = ", ".join(escape(one.title.lower()) for one in found[STRONGEST_SHOWN:])
        lines.append(f"Потребуется поддержка и здесь: {rest}. Советы есть в подробностях.")
    return lines


def _expressed(instrument: Instrument, result: Result) -> list[str]:
    """The strongest symptoms among those formed or dominant."""
    expressed = _strongest(one for one in result.scales if one.band is not None and one.band.code in EXPRESSED)
    if not expressed:
        count = len(instrument.scales)
        return [f"Ни один из {count} симптомов не сложился. Это хороший знак."]
    lines = ["<b>Сильнее всего проявились:</b>", *_advice(instrument, expressed)]
    if len(expressed) > STRONGEST_SHOWN:
        more = len(expressed) - STRONGEST_SHOWN
        lines.append(f"И ещё {plural(more, 'симптом', 'симптома', 'симптомов')}: они есть в подробностях.")
    return lines


def _strongest(found: Iterable[Measured]) -> list[Measured]:
    return sorted(found, key=lambda one: -(one.points or 0))


def _advice(instrument: Instrument, found: Sequence[Measured]) -> list[str]:
    lines: list[str] = []
    for one in found[:STRONGEST_SHOWN]:
        assert one.band is not None
        text = instrument.scales[instrument.scale_index[one.code]].levels[one.band.code]
        figure = f"{number_in_words(one.points or 0)} из {number_in_words(one.maximum)}"
        lines.append(f"• <b>{escape(sentence(one.title))}</b> ({figure}). {escape(text.advice)}")
    return lines
