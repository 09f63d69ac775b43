"""A copy of one's data, and news of a shared result."""

from bot.parcels.made import Drawn, Made, Maker, NotDueError
from handlers.sharing.screens import news_screen, result_name
from handlers.ui.roles import ROLE_TITLES
from handlers.ui.russian import day_of, long_date
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.people.model import Person
from services.privacy import sharing
from services.privacy.copy import compose
from storage.unit_of_work import StoredWork

FILE_NAME = "Мои данные.zip"
CAPTION = (
    "Ваши данные на {day}\n\nВ архиве два файла с одним и тем же: <b>data.html</b> удобно читать, "
    "<b>data.json</b> нужен программам. Здесь ваши ответы и результаты: не пересылайте файл и удалите его, "
    "когда он станет не нужен."
)


async def data_export(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Made:
    everything = await work.personal.everything(person.id)
    sections = await compose(everything, desk.library, desk.zone, ROLE_TITLES)
    day = long_date(day_of(desk.clock(), desk.zone))
    return Drawn(CAPTION.format(day=day), (), "services.privacy.archive:make_archive", (day, sections), FILE_NAME)


async def shared_result(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Made:
    share = await sharing.in_force(work, person, parcel.payload["share_id"], desk.consent)
    session = await work.surveys.get(share.session_id, share.owner_id) if share else None
    if share is None or session is None:
        raise NotDueError("the access is closed")
    instrument = await desk.library.of(session)
    return news_screen(share, result_name(instrument, session, desk.zone))


MAKERS: dict[Kind, Maker] = {Kind.DATA_EXPORT: data_export, Kind.SHARED_RESULT: shared_result}
