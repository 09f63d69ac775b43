"""Those who wait for a mentor, and early-career teachers who have not asked for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from handlers.iom.words import cut
from handlers.mentoring.bank.words import NAMELESS, listed_domains
from handlers.mentoring.requests.screens import waits
from handlers.mentoring.requests.taps import AskForPersonTap, AskForTap, OneRequestTap
from handlers.mentoring.taps import MatchTap, MentoringTap, RequestsTap
from handlers.menu.screens import to_menu
from handlers.ui.pages import page_of
from handlers.ui.screen import Row, Screen, button
from services.mentoring.requests.request import Request, Unasked
from services.people.model import Organisation
from services.people.names import short_name

SHOWN = 8
PURPOSE_SHOWN = 80
TITLE_SHOWN = 36


@dataclass(frozen=True, slots=True)
class WaitingList:
    """All of the list; `waited` has days by ids of requests, `names` are of those who wait.

    `schools` has names by ids where there are several.
    """

    place: Organisation
    waiting: Sequence[Request]
    waited: Mapping[int, int]
    unasked: Sequence[Unasked]
    names: Mapping[int, str]
    schools: Mapping[int, str]


def waiting(shown: WaitingList, number: int) -> Screen:
    """A page: those who wait longest first, then early-career teachers without a request."""
    items: list[Request | Unasked] = [*shown.waiting, *shown.unasked]
    page = page_of(list(enumerate(items, 1)), number, SHOWN)
    lines = [f"<b>{escape(shown.place.name)}: ждут наставника</b>{page.heading}", ""]
    if not items:
        lines.append("Сейчас никто не ждёт. Если кому-то нужен наставник, подайте заявку за педагога.")
    elif not shown.waiting:
        lines += ["Заявок, которые ждут наставника, сейчас нет.", ""]
    rows: list[Row] = []
    section = ""
    for place, item in page.items:
        heading = _section(item, shown)
        if heading != section:
            lines += ([""] if section else []) + [f"<b>{heading}</b>"]
            section = heading
        if isinstance(item, Request):
            name = shown.names.get(item.person_id) or NAMELESS
            lines.append(f"{place}. {_waits(item, name, shown)}")
            rows.append((button(f"{place}. {cut(name, TITLE_SHOWN)}", OneRequestTap(request=item.id)),))
        else:
            name = item.profile.full_name or NAMELESS
            lines.append(f"{place}. {escape(name)}{_school(item.school.id, shown)}")
            tap = AskForPersonTap(organisation=item.school.id, person=item.person_id)
            rows.append((button(f"{place}. Заявка: {short_name(name)}", tap),))
    rows += page.turns(lambda turned: RequestsTap(organisation=shown.place.id, page=turned))
    if shown.waiting:
        rows.append((button("Подобрать пары", MatchTap(organisation=shown.place.id)),))
    rows.append((button("Заявка за педагога", AskForTap(organisation=shown.place.id)),))
    rows.append((button("‹ Наставничество", MentoringTap()), to_menu()))
    return Screen("\n".join(lines), tuple(rows))


def _section(item: Request | Unasked, shown: WaitingList) -> str:
    if isinstance(item, Request):
        return f"Заявки: {len(shown.waiting)}, сначала те, кто ждёт дольше"
    return f"Молодые специалисты без заявки: {len(shown.unasked)}"


def _waits(item: Request, name: str, shown: WaitingList) -> str:
    told = listed_domains(item.domains) or cut(" ".join(item.purpose.split()), PURPOSE_SHOWN)
    line = f"{escape(name)}{_school(item.school_id, shown)}: {waits(shown.waited[item.id])}"
    return f"{line}\n<i>{escape(told)}</i>" if told else line


def _school(school_id: int, shown: WaitingList) -> str:
    name = shown.schools.get(school_id)
    return f", {escape(cut(name, 40))}" if name else ""
