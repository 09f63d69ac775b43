"""A copy of everything that the service holds about a person, and its end."""

from handlers.current import current_screen
from handlers.mydata.screens import ERASED, PREPARING, erase_screen
from handlers.mydata.taps import EraseTap, ExportTap
from handlers.routes import Access, Routes
from handlers.ui.screen import Owed, Reply, Screen
from handlers.visit import Visit
from services.delivery.model import Kind
from services.privacy.erasing import erase
from services.privacy.ports import Action

routes = Routes()

GOOD_FOR = 30
"""Minutes for which «Удалить навсегда» works after the question."""


@routes.tap(ExportTap, Access.CONSENTED)
async def send_copy(visit: Visit, tap: ExportTap) -> Reply:
    person = visit.member
    await visit.work.audit.note(visit.now, person.id, Action.DATA_EXPORTED, person.id)
    # One copy a minute, however often the button is tapped.
    key = f"export:{person.account_id}:{visit.minute}"
    return Reply(toast=PREPARING, owed=(Owed(Kind.DATA_EXPORT, key, {"person_id": person.id}),))


@routes.tap(EraseTap, Access.ANYONE)
async def end_of_data(visit: Visit, tap: EraseTap) -> Reply:
    if visit.person is None and tap.do == "for_ever":
        # The second of two taps in a row: the answer to the first must not vanish behind a welcome.
        return Reply(Screen(ERASED))
    if visit.person is None:
        return Reply(await current_screen(visit))
    minute = visit.minute
    if tap.do == "ask" or not 0 <= minute - tap.minute <= GOOD_FOR:
        return Reply(erase_screen(minute, visit.agreed))
    await erase(visit.work, visit.person.id, visit.now, by_themselves=True)
    return Reply(Screen(ERASED))
