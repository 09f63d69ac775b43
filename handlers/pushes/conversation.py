"""What is told before anyone asks, and how often."""

from handlers.pushes import screens
from handlers.pushes.taps import PushesTap, SetPushTap
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.people.model import Role
from services.pushes import switching
from services.pushes.model import How, What

routes = Routes()

KEPT = "Готово, изменено."
AT_ONCE_NOW = "Готово. Без сводки недели сигналы будут приходить сразу."


@routes.command("digests", Access.OVERSEER)
async def command_digests(visit: Visit, _: str) -> Reply:
    return Reply(await _choice(visit))


@routes.tap(PushesTap, Access.OVERSEER)
async def tap_pushes(visit: Visit, tap: PushesTap) -> Reply:
    return Reply(await _choice(visit), fresh=tap.fresh)


@routes.tap(SetPushTap, Access.OVERSEER)
async def tap_set(visit: Visit, tap: SetPushTap) -> Reply:
    before = await switching.often(visit.work, visit.member.id)
    if tap.how not in switching.offered(visit.member, before).get(tap.what, ()):
        return Reply(await _choice(visit))
    await visit.work.pushes.set(visit.member.id, tap.what, tap.how)
    alone = tap.what is What.WEEKLY and tap.how is How.OFF and before.of(What.ALERTS) is How.WEEKLY
    return Reply(await _choice(visit), toast=AT_ONCE_NOW if alone else KEPT)


async def _choice(visit: Visit) -> Screen:
    await visit.leave()
    person = visit.member
    often = await switching.often(visit.work, person.id)
    hour = visit.desk.quiet.hour(person.reminder_hour)
    return screens.choice(switching.offered(person, often), often, hour, person.scopes(Role.METHODIST))
