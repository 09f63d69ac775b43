"""The card of a pair: what it is, where it stands, and what can be done about it by whoever looks."""

from html import escape

from handlers.iom.taps import RouteTap
from handlers.iom.words import cut, near_date, since_date
from handlers.mentoring.pair.taps import (
    AskEndTap,
    ClosePairTap,
    CompletePairTap,
    EvaluateTap,
    KeepOnTap,
    PairHistoryTap,
    RestPairTap,
    ResumePairTap,
    StartPairTap,
)
from handlers.mentoring.pair.view import Side, View
from handlers.mentoring.taps import (
    LogTap,
    MeetingListTap,
    MentoringTap,
    OfferTap,
    PairListTap,
    ProgramTap,
)
from handlers.menu.screens import to_menu
from handlers.ui.screen import Row, Screen, button
from services.mentoring.life import readiness
from services.mentoring.life.wording import FORM_TITLES, PAUSE_REASONS, end_words
from services.mentoring.pair import EndReason, PairEvent, PairState
from services.mentoring.pairing.term import last_day

SCHOOL_SHOWN = 80
WORDS_SHOWN = 600
REASONS_SHOWN = 4
_WORKING = (PairState.ACTIVE, PairState.PAUSED)
_BEGUN = (*_WORKING, PairState.COMPLETED, PairState.CLOSED_EARLY)


def card(view: View, note: str = "") -> Screen:
    """The card; `note` is said before it."""
    lines = [f"{escape(note)}\n"] if note else []
    lines += [*_who(view), "", *_standing(view)]
    lines += _askings(view)
    lines += _evaluation(view)
    return Screen("\n".join(lines), (*_meeting_rows(view), *_deciding_rows(view), *_own_rows(view), _back(view)))


def about(side: Side, *, schools: bool) -> str:
    """«учитель, математика, Школа № 2»; escaped, empty where nothing is told."""
    told = [side.profile.position.lower(), side.profile.subject.lower() if side.profile.subject else ""]
    if schools:
        told += [cut(name, SCHOOL_SHOWN) for name in side.schools]
    return escape(", ".join(filter(None, told)))


def _who(view: View) -> list[str]:
    elsewhere = view.school.name not in view.mentor.schools
    if view.leads:
        return _side("Ваш наставляемый", view.mentee, schools=elsewhere)
    if view.led:
        return _side("Ваш наставник", view.mentor, schools=elsewhere)
    return [
        f"<b>Пара</b> · {escape(cut(view.school.name, SCHOOL_SHOWN))}",
        *_side("Наставник", view.mentor, schools=elsewhere),
        *_side("Наставляемый", view.mentee, schools=False),
    ]


def _side(title: str, side: Side, *, schools: bool) -> list[str]:
    words = about(side, schools=schools)
    return [f"{title}: <b>{escape(side.name)}</b>{f', {words}' if words else ''}"]


def _standing(view: View) -> list[str]:
    pair = view.pair
    lines = [_state(view), f"Форма: {FORM_TITLES[pair.form]}."]
    if view.stage and pair.state in _WORKING:
        lines.append(f"Программа: {escape(view.stage)}.")
    if pair.state in _BEGUN:
        lines.append(_meetings(view))
    if view.next_on is not None and pair.live:
        at = f" в {view.next_at}" if view.next_at else ""
        lines.append(f"Следующая встреча: {near_date(view.next_on, view.today)}{at}.")
    if view.oversees and pair.reasons and pair.state in (PairState.PROPOSED, PairState.APPROVED):
        lines += ["", "Почему эта пара:", *(f"• {escape(why)}" for why in pair.reasons[:REASONS_SHOWN])]
    return lines


def _state(view: View) -> str:
    pair, today = view.pair, view.today
    if pair.state is PairState.PROPOSED:
        return _proposed(view)
    if pair.state is PairState.APPROVED:
        agreed = f" {since_date(view.day(pair.approved_at), today)}" if pair.approved_at else ""
        return (
            f"<b>Согласована</b>{agreed}. Начнёт работу, когда куратор отметит, что приказ подписан, "
            "или с первой записанной встречи."
        )
    if pair.state is PairState.ACTIVE:
        since = f" {since_date(pair.started_on, today)}" if pair.started_on else ""
        return f"<b>Работает</b>{since}."
    if pair.state is PairState.PAUSED:
        return _paused(view)
    ended = f" {near_date(pair.ended_on, today)}" if pair.ended_on else ""
    if pair.state is PairState.COMPLETED:
        return f"<b>Завершена</b>{ended}. Спасибо обоим за работу!"
    if pair.state is PairState.DECLINED and not view.hears_both:
        # Why the other one has declined is for those who look after the pair.
        return f"<b>Не состоялась</b>{ended}."
    reason = ""
    if pair.end_reason is not None:
        reason = f": {end_words(pair.end_reason, to_mentor=view.leads, to_mentee=view.led)}"
    words = f"\n«{escape(cut(pair.comment, WORDS_SHOWN))}»" if pair.comment else ""
    closed = "Закрыта раньше срока" if pair.state is PairState.CLOSED_EARLY else "Не состоялась"
    return f"<b>{closed}</b>{ended}{reason}.{words}"


def _proposed(view: View) -> str:
    pair = view.pair
    until = near_date(last_day(pair.answer_by, view.zone), view.today)
    missing = [
        who
        for who, at in (("наставника", pair.mentor_agreed_at), ("наставляемого", pair.mentee_agreed_at))
        if at is None
    ]
    return f"<b>Предложена</b>, ждём ответа {' и '.join(missing)} до {until}."


def _paused(view: View) -> str:
    pair = view.pair
    since = f" {since_date(pair.paused_on, view.today)}" if pair.paused_on else ""
    until = f" по {near_date(pair.paused_until, view.today)}" if pair.paused_until else ", пока её не снимут"
    # Why is between whoever has set the pause and those who look after the pair.
    told = pair.pause_reason is not None and not view.led
    why = f" ({PAUSE_REASONS[pair.pause_reason]})" if told and pair.pause_reason is not None else ""
    return f"<b>На паузе</b>{since}{until}{why}. Напоминаний нет."


def _meetings(view: View) -> str:
    if not view.meetings:
        return "Встреч пока не записано." if view.pair.live else "Встреч не записано."
    last = view.pair.last_met_on
    when = f", последняя {near_date(last, view.today)}" if last is not None else ""
    return f"Встреч: {view.meetings}, подтверждено: {view.confirmed}{when}."


def _askings(view: View) -> list[str]:
    if not view.askings or not view.pair.live:
        return []
    if not view.hears_both:
        return ["", "Ваша просьба завершить пару у куратора."]
    return [line for asking in view.askings for line in _asking(view, asking)]


def _asking(view: View, asking: PairEvent) -> list[str]:
    who = "Наставник" if asking.actor_id == view.pair.mentor_id else "Наставляемый"
    words = f"\n«{escape(cut(asking.words, WORDS_SHOWN))}»" if asking.words else ""
    return ["", f"<b>{who} просит завершить пару</b>, {near_date(view.day(asking.at), view.today)}.{words}"]


def _evaluation(view: View) -> list[str]:
    pair = view.pair
    if pair.readiness is None:
        missing = pair.state is PairState.COMPLETED and not view.led
        return ["", "Пара завершена без оценки готовности."] if missing else []
    if view.led:
        # Told at the end alone: until then the mentor may think again.
        if pair.state is not PairState.COMPLETED:
            return []
        lines = ["", "<b>Что уже получается</b>", *(f"• {line}" for line in readiness.for_mentee(pair.readiness))]
    else:
        lines = ["", "<b>Готовность, по оценке наставника</b>"]
        lines += [f"• {line}" for line in readiness.for_mentor(pair.readiness)]
    if pair.readiness_words:
        lines.append(f"«{escape(cut(pair.readiness_words, WORDS_SHOWN))}»")
    return lines


def _meeting_rows(view: View) -> list[Row]:
    pair = view.pair
    rows: list[Row] = []
    if pair.state is PairState.PROPOSED and (view.leads or view.led):
        rows.append((button("Ответить на предложение", OfferTap(pair=pair.id)),))
    if view.leads and pair.live:
        rows.append((button("Записать встречу", LogTap(pair=pair.id)),))
    if pair.state in _BEGUN:
        rows.append(
            (button("Встречи", MeetingListTap(pair=pair.id)), button("Программа", ProgramTap(pair=pair.id)))
        )
    if view.route_id is not None and pair.live:
        title = "Мой маршрут (ИОМ)" if view.led else "Маршрут (ИОМ) наставляемого"
        rows.append((button(title, RouteTap(route=view.route_id)),))
    return rows


def _deciding_rows(view: View) -> list[Row]:
    """What whoever looks after the pair decides."""
    if not view.oversees:
        return []
    pair, turn = view.pair, view.pair.turn
    rows: list[Row] = []
    if view.hears_both and view.askings and pair.live:
        rows.append((button("Продолжать работу", KeepOnTap(pair=pair.id, turn=turn)),))
    if pair.state is PairState.PROPOSED:
        rows.append((button("Предложение", OfferTap(pair=pair.id)),))
    if pair.state is PairState.APPROVED:
        rows.append((button("Приказ подписан, начать", StartPairTap(pair=pair.id, turn=turn)),))
    if pair.live:
        change = ClosePairTap(pair=pair.id, turn=turn, reason=EndReason.MENTOR_CHANGED)
        close = ClosePairTap(pair=pair.id, turn=turn)
        rows += [(button("Сменить наставника", change),), (button("Закрыть раньше срока", close),)]
    return rows


def _own_rows(view: View) -> list[Row]:
    """What the mentor does, and what both may ask for."""
    pair, turn = view.pair, view.pair.turn
    rows: list[Row] = []
    if pair.state in _WORKING:
        resting: Row = ()
        if view.leads or view.oversees:
            rest = button("Пауза", RestPairTap(pair=pair.id, turn=turn))
            go_on = button("Снять с паузы", ResumePairTap(pair=pair.id, turn=turn))
            resting = (go_on if pair.state is PairState.PAUSED else rest,)
        done: Row = ()
        if view.leads:
            done = (button("Подвести итоги", EvaluateTap(pair=pair.id, turn=turn)),)
        elif view.oversees:
            done = (button("Завершить пару", CompletePairTap(pair=pair.id, turn=turn)),)
        if resting or done:
            rows.append((*done, *resting))
    party = view.leads or view.led
    if party and pair.live and not view.askings and not view.oversees:
        rows.append((button("Попросить завершить пару", AskEndTap(pair=pair.id, turn=turn)),))
    if view.hears_both:
        rows.append((button("История пары", PairHistoryTap(pair=pair.id)),))
    return rows


def _back(view: View) -> Row:
    if view.leads or view.led:
        return (button("‹ Наставничество", MentoringTap()), to_menu())
    return (button("‹ Пары", PairListTap(organisation=view.listed_in)), to_menu())
