"""Another mentor for a proposal: the next choices, or anybody of the bank."""

from collections.abc import Sequence
from html import escape

from handlers.iom.words import cut
from handlers.mentoring.pairing.candidates import Candidate
from handlers.mentoring.pairing.taps import ChooseTap, OthersTap, PickTap, ProposalTap, SearchTap
from handlers.menu.taps import MenuTap
from handlers.ui.pages import page_of
from handlers.ui.russian import plural
from handlers.ui.screen import Row, Screen, button
from services.mentoring.pairing.run import Proposal, Run
from services.people.names import short_name

SHOWN = 8
REASONS_SHOWN = 3
NAME_SHOWN = 40
SCHOOL_SHOWN = 60


def others(run: Run, proposal: Proposal, mentee: str, found: Sequence[Candidate], note: str = "") -> Screen:
    """The next choices, the best first, with what speaks for each."""
    lines = [f"{escape(note)}\n"] if note else []
    lines += [f"<b>Кто ещё подходит</b>\n{escape(mentee)}"]
    for one in found:
        lines += ["", f"<b>{escape(one.profile.full_name)}</b>, {one.score} из 100", _about(one)]
        lines += [f"• {escape(words)}" for words in one.reasons[:REASONS_SHOWN]]
    if found:
        only_free = " Здесь те, у кого ещё есть место." if len(found) < len(proposal.alternatives) else ""
        lines += ["", f"Выбранную пару бот закрепит, а остальных подберёт заново.{only_free}"]
    else:
        lines += ["", "У тех, кто ещё подходит, не осталось мест. Можно выбрать из банка."]
    rows = [_choose(run, proposal, one) for one in found]
    return Screen(
        "\n".join(lines), (*rows, (button("Выбрать из банка", PickTap(proposal=proposal.id)),), _back(proposal))
    )


def bank(
    run: Run, proposal: Proposal, mentee: str, found: Sequence[Candidate], number: int, note: str = ""
) -> Screen:
    """A page of those with a free seat."""
    page = page_of(found, number, SHOWN)
    lines = [f"{escape(note)}\n"] if note else []
    lines += [f"<b>Наставник из банка</b>\n{escape(mentee)}", ""]
    if not found:
        lines.append(
            "Свободных мест в банке нет. Можно пригласить новых наставников или попросить кого-то взять "
            "ещё одного педагога."
        )
    for one in page.items:
        refused = ", <i>раньше пара не сложилась</i>" if one.refused else ""
        lines.append(f"• {escape(one.profile.full_name)}: {_about(one)}{refused}")
    if found:
        lines += ["", "Выбранную пару бот закрепит, а остальных подберёт заново."]
    rows = [_choose(run, proposal, one) for one in page.items]
    rows += page.turns(lambda at: PickTap(proposal=proposal.id, page=at))
    if len(found) > SHOWN:
        rows.append((button("Найти по фамилии", SearchTap(proposal=proposal.id)),))
    if proposal.alternatives:
        rows.append((button("Кто ещё подходит", OthersTap(proposal=proposal.id)),))
    return Screen("\n".join(lines) + page.heading, (*rows, _back(proposal)))


def asks_surname(proposal: Proposal, problem: str = "") -> Screen:
    """Whom to look for."""
    head = f"{escape(problem)}\n\n" if problem else ""
    return Screen(
        f"{head}<b>Поиск наставника</b>\nНапишите фамилию или её начало.",
        ((button("‹ Ко всему банку", PickTap(proposal=proposal.id)),),),
    )


def _about(one: Candidate) -> str:
    about = [one.profile.subject, cut(one.school, SCHOOL_SHOWN)]
    seats = f"свободно {plural(one.free, 'место', 'места', 'мест')}"
    return ", ".join([escape(", ".join(filter(None, about))), seats])


def _choose(run: Run, proposal: Proposal, one: Candidate) -> Row:
    score = f", {one.score}" if one.score is not None else ""
    title = f"{cut(short_name(one.profile.full_name), NAME_SHOWN)}{score}"
    return (button(title, ChooseTap(proposal=proposal.id, mentor=one.person_id, turn=run.turn)),)


def _back(proposal: Proposal) -> Row:
    return (button("‹ К паре", ProposalTap(proposal=proposal.id)), button("Меню", MenuTap()))
