"""/delivery: how the sending of messages goes, and another try for what failed."""

from datetime import timedelta

from handlers.delivery.screens import delivery_screen
from handlers.delivery.taps import DeliveryTap, SendAgainTap
from handlers.routes import Access, Effect, Routes
from handlers.ui.russian import plural
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit

routes = Routes()

SENT_IN = timedelta(days=1)
FAILED_IN = timedelta(days=7)
REFRESHED = "Обновлено"
NOTHING_AGAIN = "Отправлять заново нечего."


@routes.command("delivery", Access.ADMIN)
async def command_delivery(visit: Visit, _: str) -> Reply:
    return Reply(await _present(visit))


@routes.tap(DeliveryTap, Access.ADMIN, Effect.READS)
async def tap_delivery(visit: Visit, tap: DeliveryTap) -> Reply:
    return Reply(await _present(visit), REFRESHED)


@routes.tap(SendAgainTap, Access.ADMIN)
async def tap_again(visit: Visit, tap: SendAgainTap) -> Reply:
    count = await visit.work.outbox.send_again(visit.now, visit.now - FAILED_IN)
    again = f"Снова в очереди: {plural(count, 'сообщение', 'сообщения', 'сообщений')}."
    return Reply(await _present(visit), again if count else NOTHING_AGAIN)


async def _present(visit: Visit) -> Screen:
    now = visit.now
    traffic = await visit.work.outbox.traffic(now, now - SENT_IN, now - FAILED_IN)
    return delivery_screen(traffic, now, visit.desk.zone)
