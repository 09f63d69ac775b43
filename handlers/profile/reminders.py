"""From which hour of the day one wants reminders."""

from handlers.profile.card import own_card
from handlers.profile.taps import HourTap, ProfileTap, RemindersTap
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Row, Screen, button
from handlers.visit import Visit
from services.delivery.quiet import USUAL_HOUR

routes = Routes()

KEPT = "Готово, изменено."
IN_A_ROW = 4


@routes.tap(RemindersTap, Access.REGISTERED)
async def show(visit: Visit, tap: RemindersTap) -> Reply:
    return Reply(_choice(visit))


@routes.tap(HourTap, Access.REGISTERED)
async def choose(visit: Visit, tap: HourTap) -> Reply:
    if tap.hour not in _hours(visit):
        return Reply(_choice(visit))
    hour = None if tap.hour == USUAL_HOUR else tap.hour
    await visit.work.people.set_reminder_hour(visit.member.id, hour)
    return Reply(await own_card(await visit.again(), KEPT))


def _hours(visit: Visit) -> range:
    return range(visit.desk.quiet.morning, visit.desk.quiet.evening)


def _choice(visit: Visit) -> Screen:
    quiet = visit.desk.quiet
    present = quiet.hour(visit.member.reminder_hour)
    hours = [button(f"{'✓ ' if hour == present else ''}{hour}:00", HourTap(hour=hour)) for hour in _hours(visit)]
    rows: list[Row] = [tuple(hours[place : place + IN_A_ROW]) for place in range(0, len(hours), IN_A_ROW)]
    rows.append((button("‹ Назад", ProfileTap()),))
    days = "в выходные и праздники" if quiet.saturdays else "в воскресенье и праздники"
    return Screen(
        "<b>Когда напоминать?</b>\n\n"
        f"Сейчас: <b>с {present}:00</b>. Напоминание приходит не чаще раза в день, одним сообщением.\n\n"
        f"С {quiet.evening % 24}:00 до {quiet.morning}:00, {days} бот не напоминает.",
        tuple(rows),
    )
