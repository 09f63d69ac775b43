"""The time zone of a school or municipality: reminders and quiet hours go by it."""

from html import escape
from zoneinfo import ZoneInfo

from handlers.people.places import card
from handlers.people.standing import named
from handlers.people.taps import PlaceTap, SetZoneTap, ZoneTap
from handlers.people.within import of_zoned
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Row, Screen, button
from handlers.visit import Visit
from services.people import zones
from services.people.model import Kind, Organisation

routes = Routes()

SET = "Готово, часовой пояс изменён."
AS_ABOVE = 0
"""The choice of no zone of one's own; the zones of the list are numbered from 1."""


@routes.tap(ZoneTap, Access.MANAGER, within=of_zoned)
async def show(visit: Visit, tap: ZoneTap) -> Reply:
    return Reply(_choice(await named(visit, tap.organisation), visit.desk.zone))


@routes.tap(SetZoneTap, Access.MANAGER, within=of_zoned)
async def choose(visit: Visit, tap: SetZoneTap) -> Reply:
    place = await named(visit, tap.organisation)
    if tap.chosen > len(zones.ZONES):
        return Reply(_choice(place, visit.desk.zone))
    timezone = None if tap.chosen == AS_ABOVE else list(zones.ZONES)[tap.chosen - 1]
    await zones.set_zone(visit.work, visit.member, place, timezone, visit.now)
    return Reply(await card(visit, await named(visit, place.id)), toast=SET)


def _choice(place: Organisation, default: ZoneInfo) -> Screen:
    present = place.timezone or default.key
    rows: list[Row] = [
        (button(f"✓ {title}" if name == present else title, SetZoneTap(organisation=place.id, chosen=number)),)
        for number, (name, title) in enumerate(zones.ZONES.items(), start=AS_ABOVE + 1)
    ]
    usual = "Как в муниципалитете" if place.kind is Kind.SCHOOL else "Как в настройках службы"
    rows.append((button(usual, SetZoneTap(organisation=place.id, chosen=AS_ABOVE)),))
    rows.append((button("‹ Назад", PlaceTap(organisation=place.id)),))
    return Screen(
        f"<b>{escape(place.name)}</b>\n\n"
        f"Часовой пояс: <b>{zones.ZONES.get(present, present)}</b>\n\n"
        "По нему приходят напоминания и наступают тихие часы, когда бот никого не беспокоит.",
        tuple(rows),
    )
