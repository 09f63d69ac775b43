"""Screens before and after a test: what is on offer, what a test is, thanks."""

from collections.abc import Sequence
from html import escape
from zoneinfo import ZoneInfo

from handlers.menu.taps import MenuTap
from handlers.survey.taps import ANY, BeginTap, GoOnTap, OpenTap
from handlers.ui.russian import day_of, long_date, plural
from handlers.ui.screen import Row, Screen, button
from services.diagnostics.instrument import Instrument, Privacy
from services.diagnostics.offering import Offer

LIST_LIMIT = 25
WORDS_SHOWN = 1_000

ANONYMOUS = (
    "<b>Опрос анонимный.</b> Личного результата не будет: ни вам, ни кому-то ещё. Пока вы отвечаете, черновик "
    "связан с вами, чтобы можно было прерваться и продолжить. После последнего ответа связь удаляется, "
    "и восстановить её нельзя. Отмечается только, что вы прошли опрос."
)
OFFICIAL = "Это данные школы, не ваши личные: их увидят куратор школы и методист района."


def offer_list(found: Sequence[Offer], zone: ZoneInfo) -> Screen:
    """Everything the person may take, a button each; the terms of campaigns in the text."""
    if not found:
        return Screen(
            "Сейчас для вас нет тестов и опросов. Когда появятся, бот напишет.",
            ((button("Меню", MenuTap()),),),
        )
    lines: list[str] = []
    rows: list[Row] = []
    for offer in found[:LIST_LIMIT]:
        # Some may have one both ways, with a name and without.
        name = offer.instrument.short_title + (", анонимно" if offer.anonymous else "")
        told: list[str] = []
        campaign = offer.campaign
        if campaign is not None:
            told.append(f"до {long_date(campaign.ends_on)}")
        if offer.session is not None:
            told.append(f"отвечено {offer.session.answered} из {offer.session.total}")
        elif campaign is None and offer.taken is not None and offer.taken.finished_at is not None:
            told.append(f"пройдено {long_date(day_of(offer.taken.finished_at, zone))}")
        if told:
            lines.append(f"• {escape(name)}: {', '.join(told)}")
        if offer.session is not None:
            rows.append((button(f"Продолжить: {name}", GoOnTap(session=offer.session.id)),))
            continue
        rows.append((button(name, OpenTap(instrument=offer.instrument.id, campaign=_number(offer))),))
    rows.append((button("Меню", MenuTap()),))
    parts = ["<b>Тесты и опросы</b>", *(["\n".join(lines)] if lines else []), "Выберите, что пройти."]
    return Screen("\n\n".join(parts), tuple(rows))


def introduction(offer: Offer, shown: Instrument, min_group: int, zone: ZoneInfo) -> Screen:
    """What the test is, how long it takes and who sees the result; `shown` has the wording that will be used."""
    lines = [f"<b>{escape(shown.title)}</b>", ""]
    if offer.campaign is not None:
        lines += [f"<i>{escape(offer.campaign.title)}, до {long_date(offer.campaign.ends_on)}</i>"]
        lines += [escape(offer.campaign.words[:WORDS_SHOWN])] if offer.campaign.words else []
        lines.append("")
    lines += [escape(shown.instruction), ""]
    lines.append(
        f"Это займёт около {plural(shown.minutes, 'минуты', 'минут', 'минут')}. {_seen_by(shown, min_group)}"
    )
    if offer.anonymous:
        lines += ["", ANONYMOUS]
    if shown.scales:
        lines += ["", f"<i>Текст утверждений: {escape(shown.wording)}.</i>"]
    if offer.taken is not None and offer.taken.finished_at is not None:
        taken_on = long_date(day_of(offer.taken.finished_at, zone))
        again = "бот покажет, что изменилось" if shown.chartable else "новые ответы сохранятся рядом с прежними"
        lines += ["", f"Вы уже отвечали {taken_on} Пройдите снова, и {again}."]
    return Screen("\n".join(lines), (*_beginnings(offer), (button("Не сейчас", MenuTap()),)))


def _seen_by(instrument: Instrument, min_group: int) -> str:
    if instrument.privacy is Privacy.OFFICIAL:
        return OFFICIAL
    return f"В отчёты попадают только общие цифры по группе от {min_group} человек."


def _beginnings(offer: Offer) -> list[Row]:
    """One button; of an official form one a school where there are several."""
    schools = offer.schools
    if not schools:
        return [(button("Начать", BeginTap(instrument=offer.instrument.id, campaign=_number(offer))),)]
    return [
        (
            button(
                f"Начать: {school.name}" if len(schools) > 1 else "Начать",
                BeginTap(instrument=offer.instrument.id, campaign=_number(offer), school=school.id),
            ),
        )
        for school in schools[:LIST_LIMIT]
    ]


def _number(offer: Offer) -> int:
    return ANY if offer.campaign is None else offer.campaign.id


def anonymous_thanks() -> Screen:
    """The end of an anonymous test: no result."""
    return Screen(
        "<b>Спасибо!</b> Это был последний вопрос.\n\nОтветы сохранены без вашего имени, связи с вами больше нет. "
        "Личного результата у анонимного опроса не бывает.",
        ((button("Меню", MenuTap()),),),
    )


def campaign_over() -> Screen:
    """The campaign of an old button is closed."""
    return Screen(
        "Этот опрос уже завершён. Спасибо за готовность ответить!",
        ((button("Тесты и опросы", OpenTap()),), (button("Меню", MenuTap()),)),
    )
