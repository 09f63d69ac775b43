"""What is said of a whole run: how to begin it, how it stands, what has been sent."""

from datetime import date
from html import escape

from handlers.iom.words import cut, near_date
from handlers.mentoring.pairing.begun import AIMS
from handlers.mentoring.pairing.overview import Line, Overview
from handlers.mentoring.pairing.taps import AgreeAllTap, AimTap, BeginTap, ProposalTap, RunTap, SendTap
from handlers.mentoring.taps import BankTap, MatchTap, MentoringTap, PairListTap, RequestsTap
from handlers.menu.taps import MenuTap
from handlers.ui.russian import form, plural
from handlers.ui.screen import Row, Screen, button
from services.mentoring.pairing.run import Decision, Run
from services.mentoring.sides import Aim
from services.people.model import Organisation

AIM_TITLES = {
    Aim.TOTAL: "Лучшее совпадение",
    Aim.EVERYONE: "Как можно больше пар",
}
PLACE_SHOWN = 100
IN_A_ROW = 5
_HOME: Row = (button("‹ Наставничество", MentoringTap()), button("Меню", MenuTap()))
_MARKS = {Decision.AGREED: "✓ ", Decision.BY_HAND: "✓ "}


def asks_aim(place: Organisation, waiting: int, seats: int, fixed: int = 0, run: Run | None = None) -> Screen:
    """What the run is to reach; `run` is the one that is gone through now."""
    lines = [
        "<b>Подбор наставников</b>",
        escape(cut(place.name, PLACE_SHOWN)),
        "",
        f"Ждут наставника: {plural(waiting, 'педагог', 'педагога', 'педагогов')}.",
        f"Свободно у наставников: {plural(seats, 'место', 'места', 'мест')}.",
    ]
    if fixed:
        kept = form(
            fixed, "согласованная пара останется", "согласованные пары останутся", "согласованных пар останутся"
        )
        head = f"{fixed} " if fixed != 1 else "Одна "
        lines.append(f"{head}{kept}, остальных подберём заново.")
    lines += [
        "",
        "Что важнее?",
        "• <b>Лучшее совпадение</b>: пары подходят друг другу как можно лучше, но кому-то наставника может не "
        "хватить.",
        "• <b>Как можно больше пар</b>: без наставника останется меньше всего педагогов, а из таких вариантов "
        "выберем лучшее совпадение.",
    ]
    rows: list[Row] = [
        (button(AIM_TITLES[aim], BeginTap(organisation=place.id, aim=number)),) for number, aim in enumerate(AIMS)
    ]
    if run is not None:
        rows.append((button("‹ К парам", RunTap(run=run.id)),))
    return Screen("\n".join(lines), (*rows, _HOME))


def nobody_waits(place: Organisation) -> Screen:
    """There is nobody to be matched."""
    return Screen(
        f"<b>Подбор наставников</b>\n{escape(cut(place.name, PLACE_SHOWN))}\n\n"
        "Сейчас наставника никто не ждёт. Когда появятся заявки, здесь можно будет подобрать пары. "
        "Заявку за педагога можно подать и самим.",
        (
            (
                button("Заявки", RequestsTap(organisation=place.id)),
                button("Пары", PairListTap(organisation=place.id)),
            ),
            _HOME,
        ),
    )


def matching_now(place: Organisation, said: str = "") -> Screen:
    """The run is being computed."""
    head = f"{said}\n\n" if said else ""
    return Screen(
        f"{head}<b>Подбираю пары…</b>\nРезультат придёт следующим сообщением.",
        ((button("К подбору", MatchTap(organisation=place.id)),), _HOME),
    )


def overview(seen: Overview, note: str = "") -> Screen:
    """How the run stands, with a page of its pairs."""
    counts = seen.tally
    lines = [f"{note}\n"] if note else []
    lines += [
        "<b>Подбор наставников</b>",
        escape(cut(seen.place.name, PLACE_SHOWN)),
        f"Цель: {AIM_TITLES[seen.run.aim].lower()}.",
        "",
        f"<b>{plural(counts.pairs, 'пара', 'пары', 'пар')}</b>, согласовано {counts.fixed}.",
    ]
    if counts.unmatched:
        lines.append(f"Без наставника: {plural(counts.unmatched, 'педагог', 'педагога', 'педагогов')}.")
    if counts.left_out:
        lines.append(f"Пропущено: {counts.left_out}.")
    if seen.newcomers:
        more = plural(seen.newcomers, "педагог", "педагога", "педагогов")
        waits = form(seen.newcomers, "ждёт", "ждут", "ждут")
        lines.append(f"Ещё {more} {waits} наставника с новой заявкой: подберите заново, согласованное останется.")
    lines += ["", *(_line(one) for one in seen.page.items)]
    if seen.page.items:
        lines += ["", "Номер открывает пару: почему эти двое и кто ещё подходит."]
    return Screen("\n".join(lines) + seen.page.heading, _overview_rows(seen))


def sending(run: Run, place: Organisation, fixed: int, until: date, today: date) -> Screen:
    """Asks before people are written to."""
    return Screen(
        f"<b>Отправить {plural(fixed, 'пару', 'пары', 'пар')}?</b>\n\n"
        "Наставнику и педагогу каждой пары придёт предложение. Пара сложится, когда согласятся оба. "
        f"Ответить можно до {near_date(until, today)} включительно; если кто-то откажется, "
        "бот сразу предложит следующего по совпадению.",
        (
            (button("Отправить", SendTap(run=run.id, turn=run.turn, sure=True)),),
            (button("‹ К парам", RunTap(run=run.id)), button("Меню", MenuTap())),
        ),
    )


def sent_words(sent: int, stayed: int) -> str:
    """What has been sent, and what could not be."""
    text = f"<b>Отправлено: {plural(sent, 'пара', 'пары', 'пар')}.</b>" if sent else "<b>Ничего не отправлено.</b>"
    if sent:
        text += " Наставникам и педагогам придёт предложение, ответы появятся в списке пар."
    if stayed:
        text += (
            f"\nОсталось: {plural(stayed, 'пара', 'пары', 'пар')}. Место или педагога уже заняли, или что-то "
            "изменилось: откройте пару и выберите другого наставника или подберите заново."
        )
    return text


def all_sent(place: Organisation, text: str) -> Screen:
    """The run is gone through."""
    return Screen(
        text,
        (
            (
                button("Пары", PairListTap(organisation=place.id)),
                button("Подобрать ещё", MatchTap(organisation=place.id)),
            ),
            _HOME,
        ),
    )


def _line(line: Line) -> str:
    one = line.proposal
    mentee = escape(line.mentee)
    if one.mentor_id is None:
        return f"{line.number}. {mentee}: <i>наставник не подобран</i>"
    if one.decision is Decision.LEFT_OUT:
        return f"{line.number}. {mentee}: <i>пропущено</i>"
    points = f", {one.score} из 100" if one.reasons else ", выбрано вручную"
    return f"{line.number}. {_MARKS.get(one.decision, '')}{mentee} и {escape(line.mentor)}{points}"


def _overview_rows(seen: Overview) -> tuple[Row, ...]:
    run, counts = seen.run, seen.tally
    cells = [button(str(one.number), ProposalTap(proposal=one.proposal.id)) for one in seen.page.items]
    rows: list[Row] = [tuple(cells[at : at + IN_A_ROW]) for at in range(0, len(cells), IN_A_ROW)]
    rows += seen.page.turns(lambda number: RunTap(run=run.id, page=number))
    if counts.open:
        rows.append((button(f"Согласовать все ({counts.open})", AgreeAllTap(run=run.id, turn=run.turn)),))
    if counts.fixed:
        rows.append((button(f"Отправить согласованные ({counts.fixed})", SendTap(run=run.id, turn=run.turn)),))
    rows.append((button("Подобрать заново", AimTap(organisation=seen.place.id)), button("Банк", BankTap())))
    return (*rows, _HOME)
