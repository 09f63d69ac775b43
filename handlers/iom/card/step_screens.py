"""The card of a step, and its evidence in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from handlers.iom.card.view import View
from handlers.iom.drafting.taps import EditStepTap
from handlers.iom.reviewing.taps import ConfirmTap, ReturnStepTap
from handlers.iom.taps import RouteTap, StepTap, WholeTap
from handlers.iom.walking.taps import CancelStepTap, DoneTap, FileTap, PostponeTap, TakeBackStepTap
from handlers.iom.words import capitalised, cut, domain_words, near_date, term_words, width
from handlers.menu.taps import MenuTap
from handlers.ui.pages import page_of
from handlers.ui.screen import Row, Screen, button
from services.iom.model import Event, Evidence, EvidenceKind, Happening, RouteState, Step, StepState
from services.iom.walking import may_postpone, may_take_back, may_walk
from services.iom.wording import FORM_TITLES, STEP_STATES

ROOM = 3700
"""UTF-16 units for a step's card; the longest of what was written gives way first."""
LEAST = 100
"""Units of a text that are shown in any case."""
_SAID = {
    Happening.STEP_RETURNED: "Вернули на доработку",
    Happening.STEP_POSTPONED: "Почему перенос",
    Happening.STEP_CANCELLED: "Почему отмена",
}


@dataclass(frozen=True, slots=True)
class Text:
    """Something written about a step, as it came; `name` is markup. A quotation stands in «»."""

    name: str
    words: str
    quotation: bool = False

    def shown(self, most: int) -> str:
        """The text in markup, of its words at most so many UTF-16 units."""
        words = escape(cut(self.words, most))
        if not words:
            return self.name
        if not self.quotation:
            return f"{self.name}: {words}"
        return f"{self.name}{' ' if self.name.endswith('.') else ': '}«{words}»"


def texts_of(step: Step, evidence: Sequence[Evidence], events: Sequence[Event]) -> list[Text]:
    """What was written about a step: what is expected of it, what was said to it, what confirms it."""
    texts = [Text("<b>Ожидаемый результат</b>", step.plan.result)] if step.plan.result else []
    texts += [Text(f"<b>{_why(step, events)}</b>", step.comment)] if step.comment else []
    return texts + [text_of(piece, number) for number, piece in enumerate(evidence, 1)]


def text_of(piece: Evidence, number: int) -> Text:
    """A piece of evidence by its place in the list."""
    names = {EvidenceKind.TEXT: "", EvidenceKind.PHOTO: " фото"}
    name = names.get(piece.kind, f" файл {escape(piece.file_name)}")
    return Text(f"{number}.{name}", piece.words, quotation=True)


def step_card(view: View, step: Step, texts: Sequence[Text], evidence: Sequence[Evidence]) -> Screen:
    """All about a step, with what its reader can do about it."""
    plan = step.plan
    head = [f"<b>{escape(plan.title)}</b>"]
    if not view.own:
        head.append(escape(view.teacher))
    head += [f"{FORM_TITLES[plan.form]} · {escape(domain_words(plan.domain))}", "", *_terms(step, view)]
    if plan.responsible:
        head.append(f"<b>Ответственный</b>: {escape(plan.responsible)}")
    state = _state(step, view)
    fixed = [*head, *state, *(text.name for text in texts)]
    most = _share([width(text.words) for text in texts], ROOM - width("\n".join(fixed)))
    written = [text.shown(most) for text in texts]
    about = len(texts) - len(evidence)
    lines = [*head, *written[:about], *state]
    if evidence:
        lines += ["", "<b>Подтверждение</b>", *written[about:]]
    rows = [*_doing(view, step), *file_rows(step, evidence)]
    if any(width(text.words) > most for text in texts):
        rows.append((button("Показать целиком", WholeTap(step=step.id)),))
    return Screen("\n".join(lines), (*rows, *_away(view)))


def whole(step: Step, texts: Sequence[Text], page: int) -> Screen:
    """One of the texts with all its words."""
    shown = page_of(texts, page, 1)
    lines = [f"<b>{escape(step.plan.title)}</b>", ""]
    lines += [text.shown(width(text.words)) for text in shown.items]
    turns = shown.turns(lambda number: WholeTap(step=step.id, page=number))
    return Screen("\n".join(lines) + shown.heading, (*turns, (button("‹ К шагу", StepTap(step=step.id)),)))


def file_rows(step: Step, evidence: Sequence[Evidence]) -> list[Row]:
    """A button for each file."""
    rows: list[Row] = []
    photos = [piece for piece in evidence if piece.kind is EvidenceKind.PHOTO]
    for piece in evidence:
        if piece.kind is EvidenceKind.TEXT:
            continue
        title = cut(piece.file_name, 28)
        if piece.kind is EvidenceKind.PHOTO:
            title = "Показать фото" + (f" {photos.index(piece) + 1}" if len(photos) > 1 else "")
        rows.append((button(title, FileTap(step=step.id, evidence=piece.id)),))
    return rows


def _terms(step: Step, view: View) -> list[str]:
    lines = [capitalised(term_words(step, view.today, view.pause))]
    if step.first_due_on is not None and step.first_due_on != step.plan.due_on:
        lines.append(f"<i>Первоначальный срок: {near_date(step.first_due_on, view.today)}</i>")
    return lines


def _state(step: Step, view: View) -> list[str]:
    if step.state is StepState.PLANNED:
        return [] if step.agreed else ["<i>Шаг ещё не согласован.</i>"]
    words = STEP_STATES[step.state].capitalize()
    moment = step.done_at if step.state is StepState.DONE else step.confirmed_at
    if moment is None or step.state is StepState.CANCELLED:
        return ["", f"<b>{words}</b>"]
    since = "с " if step.state is StepState.DONE else ""
    return ["", f"<b>{words}</b> {since}{near_date(view.day(moment), view.today)}"]


def _why(step: Step, events: Sequence[Event]) -> str:
    told = [event.what for event in events if event.step_id == step.id and event.what in _SAID]
    return _SAID[told[-1]] if told else "Комментарий"


def _share(widths: Sequence[int], room: int) -> int:
    """The most that each of the texts may take so that all of them fit into the room."""
    most = max(widths, default=0)
    while most > LEAST and sum(min(each, most) for each in widths) > room:
        most -= LEAST // 2
    return most


def _doing(view: View, step: Step) -> list[Row]:
    route = view.route
    if not view.own:
        if step.state is not StepState.DONE or not route.open:
            return []
        confirm = button("Подтвердить", ConfirmTap(step=step.id, turn=step.turn))
        return [(confirm, button("Вернуть", ReturnStepTap(step=step.id)))]
    if may_take_back(route, step):
        return [(button("Забрать и дополнить", TakeBackStepTap(step=step.id)),)]
    if route.state is RouteState.DRAFT and step.state is StepState.PLANNED and not step.agreed:
        return [(button("Изменить", EditStepTap(step=step.id)),)]
    if not may_walk(route, step):
        return []
    later = (button("Отложить", PostponeTap(step=step.id)),)
    movable = may_postpone(route, step, view.pause, view.today)
    cancel = button("Отменить шаг", CancelStepTap(step=step.id))
    return [(button("Готово", DoneTap(step=step.id)),), (*(later if movable else ()), cancel)]


def _away(view: View) -> tuple[Row, ...]:
    return ((button("‹ К маршруту", RouteTap(route=view.route.id)), button("Меню", MenuTap())),)
