"""How the sending of messages goes: numbers only, never whose or what."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.delivery.taps import DeliveryTap, SendAgainTap
from handlers.menu.taps import MenuTap
from handlers.ui.russian import plural
from handlers.ui.screen import Row, Screen, button
from services.delivery.model import CURABLE, Failure, Traffic

REASONS = {
    Failure.UNREACHABLE: "Telegram не отвечал трое суток",
    Failure.UNMADE: "не получилось подготовить",
    Failure.REFUSED: "Telegram не принял",
    Failure.BLOCKED: "бот заблокирован получателем",
}
"""In the order they are shown. What was not due any more has not failed."""


def delivery_screen(traffic: Traffic, now: datetime, zone: ZoneInfo) -> Screen:
    """The state of the outbox, with another try where that may help."""
    lines = [
        "<b>Доставка сообщений</b>",
        f"Состояние на {now.astimezone(zone):%H:%M}",
        "",
        f"Отправлено за сутки: <b>{traffic.sent}</b>",
        f"Ждут отправки: <b>{traffic.waiting}</b>",
        f"Отложено: <b>{traffic.postponed}</b>{_next(traffic, now, zone)}",
        "",
        *_failed(traffic),
        "",
        f"Бота заблокировали: {plural(traffic.blocked, 'человек', 'человека', 'человек')}",
    ]
    return Screen("\n".join(lines), _rows(traffic))


def _failed(traffic: Traffic) -> list[str]:
    told = [
        f"• {words}: {traffic.failed[failure]}" for failure, words in REASONS.items() if failure in traffic.failed
    ]
    dropped = traffic.failed.get(Failure.NOT_DUE, 0)
    failed = sum(traffic.failed.values()) - dropped
    lines = [f"Не доставлено за неделю: <b>{failed}</b>", *told]
    if dropped:
        lines += ["", f"Устарели и не отправлены: {dropped}"]
    return lines


def _rows(traffic: Traffic) -> tuple[Row, ...]:
    rows: list[Row] = [(button("Обновить", DeliveryTap()),)]
    if any(failure in traffic.failed for failure in CURABLE):
        rows.append((button("Отправить неудачные ещё раз", SendAgainTap()),))
    return (*rows, (button("Меню", MenuTap()),))


def _next(traffic: Traffic, now: datetime, zone: ZoneInfo) -> str:
    if traffic.next_at is None:
        return ""
    local = traffic.next_at.astimezone(zone)
    day = "" if local.date() == now.astimezone(zone).date() else f"{local:%d.%m} "
    return f", ближайшее уйдёт {day}в {local:%H:%M}"
