"""The catalogue to choose from while a route is composed."""

from collections.abc import Sequence
from html import escape

from handlers.iom.drafting.taps import GROWTH, AddMeasureTap, DraftTap, OwnMeasureTap, SuggestTap
from handlers.iom.words import cut, days_words, domain_words
from handlers.ui.pages import page_of
from handlers.ui.screen import Row, Screen, button
from services.iom.catalogue import Measure
from services.iom.drafting import is_chosen
from services.iom.model import TITLE_LIMIT, Route, Step
from services.iom.wording import FORM_TITLES, GROWTH_DOMAIN

SHOWN = 5
TITLE_SHOWN = 200
RESULT_SHOWN = 200
BUTTON_SHOWN = 28
CHOSEN = "✓ "


def domain_key(domain: str) -> str:
    """The domain as a button names it."""
    return domain or GROWTH


def domain_of(key: str) -> str:
    """The domain that a button names."""
    return GROWTH_DOMAIN if key == GROWTH else key


def domains(route: Route, offered: Sequence[str], found: Sequence[str]) -> Screen:
    """The domains to choose measures of, those of the diagnosis first."""
    ordered = [domain for domain in found if domain in offered]
    ordered += [domain for domain in offered if domain not in ordered]
    rows: list[Row] = [
        (
            button(
                f"{'• ' if domain in found else ''}{domain_words(domain)}",
                SuggestTap(route=route.id, domain=domain_key(domain)),
            ),
        )
        for domain in ordered
    ]
    hint = "\n\nТочкой отмечены области, которые показала диагностика." if found else ""
    return Screen(
        f"<b>Какая область?</b>\n\nВ каждой есть готовые мероприятия, и можно записать своё.{hint}",
        (*rows, (button("‹ К черновику", DraftTap(route=route.id)),)),
    )


def measures(route: Route, domain: str, found: Sequence[Measure], steps: Sequence[Step], page: int) -> Screen:
    """A page of the measures of a domain; those of the route are marked."""
    shown = page_of(found, page, SHOWN)
    first = shown.number * SHOWN + 1
    key = domain_key(domain)
    lines = [f"<b>{domain_words(domain)}</b>"]
    rows: list[Row] = []
    for number, measure in enumerate(shown.items, first):
        mark = CHOSEN if is_chosen(measure, steps) else ""
        lines += ["", f"{number}. {mark}<b>{escape(cut(measure.title, TITLE_SHOWN))}</b>"]
        lines.append(f"<i>{FORM_TITLES[measure.form]}</i> · обычно {days_words(measure.days)}")
        if measure.result:
            lines.append(f"Результат: {escape(cut(measure.result, RESULT_SHOWN))}")
        title = f"{mark}{number}. {cut(measure.title, BUTTON_SHOWN)}"
        rows.append((button(title, AddMeasureTap(route=route.id, measure=measure.code)),))
    if not found:
        lines += ["", "Готовых мероприятий здесь нет, зато можно записать своё."]
    else:
        lines += ["", "Нажмите на мероприятие, чтобы добавить его в маршрут. Потом всё можно поправить."]
    rows += shown.turns(lambda number: SuggestTap(route=route.id, domain=key, page=number))
    rows.append((button("Своё мероприятие", OwnMeasureTap(route=route.id, domain=key)),))
    rows.append((button("‹ Области", SuggestTap(route=route.id)), button("К черновику", DraftTap(route=route.id))))
    return Screen("\n".join(lines) + shown.heading, tuple(rows))


def own_title(route: Route, domain: str, note: str = "") -> Screen:
    """Asks for the title of a measure of one's own."""
    head = f"{escape(note)}\n\n" if note else ""
    return Screen(
        f"{head}<b>Своё мероприятие</b>\n{domain_words(domain)}\n\n"
        f"Напишите, что вы сделаете, одной фразой до {TITLE_LIMIT} знаков. Например: «Подготовить с коллегой "
        "совместный урок математики и физики». Форму и срок спросим следом.",
        ((button("‹ Назад", SuggestTap(route=route.id, domain=domain_key(domain))),),),
    )
