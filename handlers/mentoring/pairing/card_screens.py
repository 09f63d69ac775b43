"""The card of a proposed pair."""

from html import escape

from handlers.iom.words import cut, domains_words
from handlers.mentoring.pairing.card import Mentee, Mentor, PairSeen
from handlers.mentoring.pairing.overview import HIDDEN
from handlers.mentoring.pairing.taps import (
    DecideTap,
    ExcludeTap,
    OthersTap,
    PickTap,
    ProposalTap,
    RunTap,
)
from handlers.menu.taps import MenuTap
from handlers.ui.blank import blank
from handlers.ui.russian import plural
from handlers.ui.screen import Row, Screen, button
from services.mentoring.bank.card import FORMAT_TITLES
from services.mentoring.pairing.run import Decision, Proposal
from services.people.names import short_name

BACK, AGREE, LEAVE_OUT = 0, 1, 2
"""Decisions by their numbers in buttons."""
DECISIONS = {BACK: Decision.OPEN, AGREE: Decision.AGREED, LEAVE_OUT: Decision.LEFT_OUT}
WORDS_SHOWN = 400
PLACE_SHOWN = 80
_STATES = {
    Decision.AGREED: "согласована",
    Decision.BY_HAND: "согласована, наставник выбран вручную",
    Decision.LEFT_OUT: "пропущена",
    Decision.SENT: "отправлена",
}


def card(seen: PairSeen, note: str = "") -> Screen:
    """Who the two are, why they go together, and what can be done."""
    one = seen.proposal
    state = f", {_STATES[one.decision]}" if one.decision in _STATES else ""
    lines = [f"{escape(note)}\n"] if note else []
    lines += [f"<b>Пара {seen.number} из {seen.count}</b>{state}", *_troubles(seen), ""]
    lines += _mentee(seen.mentee)
    if seen.mentor is None:
        lines += ["", "<b>Наставник не подобран</b>"]
        if one.cause:
            lines.append(escape(one.cause))
    else:
        lines += ["", *_mentor(seen.mentor), "", *_why(one)]
    if seen.others:
        names = ", ".join(f"{escape(short_name(name))} ({score})" for name, score in seen.others)
        lines += ["", f"{'Ещё подходят' if seen.mentor is not None else 'Ближе всего'}: {names}."]
    return Screen("\n".join(lines), (*_buttons(seen), *_ways(seen)))


def excluding(seen: PairSeen) -> Screen:
    """Asks before two people are never proposed to each other again."""
    run, one = seen.run, seen.proposal
    mentee = _name(seen.mentee.profile.full_name if seen.mentee.profile else "")
    mentor = _name(seen.mentor.profile.full_name if seen.mentor and seen.mentor.profile else "")
    return Screen(
        f"<b>Не предлагать эту пару?</b>\n{mentee} и {mentor}\n\n"
        "Бот больше не предложит этих двоих друг другу, а остальных подберёт заново. Согласованные пары "
        "останутся. Сами люди об этом не узнают.",
        (
            (button("Не предлагать", ExcludeTap(proposal=one.id, turn=run.turn, sure=True)),),
            (button("‹ К паре", ProposalTap(proposal=one.id)),),
        ),
    )


def _troubles(seen: PairSeen) -> list[str]:
    trouble = seen.trouble
    found = []
    if trouble.mentee_taken:
        found.append("Этому педагогу уже предложена другая пара.")
    elif trouble.mentee_gone:
        found.append("Заявки этого педагога больше нет.")
    if trouble.mentor_gone:
        found.append("Наставник сейчас не берёт новых педагогов: выберите другого.")
    elif trouble.no_seat:
        found.append("У наставника не осталось мест: выберите другого или подберите заново.")
    elif trouble.apart:
        found.append("Этих двоих бот сейчас не предлагает друг другу: выберите другого или подберите заново.")
    if seen.own:
        found.append("Это пара для вас: о ней решит другой куратор или методист.")
    return [f"<b>{words}</b>" for words in found]


def _mentee(mentee: Mentee) -> list[str]:
    if mentee.profile is None:
        return [f"<b>Педагог</b>: {HIDDEN}"]
    profile, request = mentee.profile, mentee.request
    about = [profile.subject, cut(mentee.school, PLACE_SHOWN)]
    if mentee.early:
        about.append("молодой специалист")
    lines = [f"<b>Педагог</b>: {escape(profile.full_name)}", escape(", ".join(filter(None, about)))]
    if request is None:
        return lines
    lines.append(
        f"Ждёт {plural(mentee.waits, 'день', 'дня', 'дней')}." if mentee.waits else "Заявка подана сегодня."
    )
    if request.domains:
        lines.append(f"Нужна помощь: {domains_words(request.domains)}.")
    if request.purpose:
        lines.append(f"Зачем: «{escape(cut(request.purpose, WORDS_SHOWN))}»")
    if request.wishes:
        lines.append(f"Пожелания: «{escape(cut(request.wishes, WORDS_SHOWN))}»")
    return lines


def _mentor(mentor: Mentor) -> list[str]:
    if mentor.profile is None:
        return [f"<b>Наставник</b>: {HIDDEN}"]
    profile = mentor.profile
    about = [profile.subject]
    if mentor.years is not None:
        about.append(f"стаж {plural(mentor.years, 'год', 'года', 'лет')}")
    about += [profile.category, cut(mentor.school, PLACE_SHOWN)]
    lines = [f"<b>Наставник</b>: {escape(profile.full_name)}", escape(", ".join(filter(None, about)))]
    lines.append(f"Свободно мест: {mentor.seats.free} из {mentor.seats.capacity}.")
    if mentor.card is not None and mentor.card.formats:
        ways = ", ".join(FORMAT_TITLES[each].lower() for each in mentor.card.formats)
        lines.append(f"Встречи: {ways}.")
    return lines


def _why(one: Proposal) -> list[str]:
    if not one.reasons:
        return ["Наставник выбран вручную."]
    return [f"<b>Почему</b>, совпадение {one.score} из 100", *(f"• {escape(words)}" for words in one.reasons)]


def _buttons(seen: PairSeen) -> list[Row]:
    run, one = seen.run, seen.proposal
    if seen.own or one.decision is Decision.SENT:
        return []
    rows: list[Row] = []

    def decide(title: str, number: int) -> Row:
        return (button(title, DecideTap(proposal=one.id, decision=number, turn=run.turn)),)

    if one.waits:
        rows.append((*decide("Согласовать", AGREE), *decide("Пропустить", LEAVE_OUT)))
    elif one.fixed:
        rows.append((*decide("Отменить решение", BACK), *decide("Пропустить", LEAVE_OUT)))
    elif one.decision is Decision.LEFT_OUT:
        return [decide("Вернуть в подбор", BACK)]
    choose: Row = (button("Выбрать из банка", PickTap(proposal=one.id)),)
    if seen.others:
        title = "Другой наставник" if one.mentor_id is not None else "Кто ближе всего"
        choose = (button(title, OthersTap(proposal=one.id)), *choose)
    rows.append(choose)
    if one.mentor_id is not None:
        rows.append((button("Не предлагать эту пару", ExcludeTap(proposal=one.id, turn=run.turn)),))
    return rows


def _ways(seen: PairSeen) -> tuple[Row, ...]:
    beside = tuple(
        button(title, ProposalTap(proposal=number)) if number is not None else blank("·")
        for title, number in (("‹", seen.before), ("›", seen.after))
    )
    back: Row = (button("‹ К списку пар", RunTap(run=seen.run.id)), button("Меню", MenuTap()))
    return (beside, back) if seen.count > 1 else (back,)


def _name(full_name: str) -> str:
    return escape(full_name) if full_name else HIDDEN
