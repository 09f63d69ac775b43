"""Evidence, the document and the summary of a route."""

from html import escape

from bot.parcels.iom_seen import seen_route
from bot.parcels.made import Drawn, Made, Maker, NotDueError
from handlers.iom.closing.taps import OutcomeTap
from handlers.iom.taps import RouteTap, StepTap
from handlers.iom.walking.doing_screens import caption
from handlers.menu.screens import to_menu
from handlers.ui.screen import Document, Screen, button
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.iom import outcome
from services.iom.document import compose
from services.iom.model import EvidenceKind, RouteState
from services.iom.progress import is_shown
from services.people.model import Person
from services.people.names import short_name
from services.people.roster.sheets import file_stem
from services.people.zones import zone_of
from storage.unit_of_work import StoredWork


async def evidence(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Made:
    evidence_id = parcel.payload["evidence_id"]
    step_id = await work.iom.evidence_step(evidence_id)
    step = await work.iom.step(step_id) if step_id is not None else None
    if step is None:
        raise NotDueError("no such evidence")
    route, _ = await seen_route(desk, work, person, step.route_id)
    if not is_shown(route, step, own=route.person_id == person.id):
        raise NotDueError("the step is being changed")
    words = {piece.id: piece.words for piece in await work.iom.evidence(step.id)}
    file = await work.iom.file(evidence_id)
    if file is None:
        raise NotDueError("the evidence is no file")
    kind, name, content = file
    about, rows = caption(step, words[evidence_id]), ((button("К шагу", StepTap(step=step.id)),),)
    if kind is EvidenceKind.PHOTO:
        return Screen(about, rows, picture=content)
    return Screen(about, rows, document=Document(name, content))


async def document(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Made:
    route, _ = await seen_route(desk, work, person, parcel.payload["route_id"])
    own = route.person_id == person.id
    said = await compose(work, route, desk.clock(), zone_of(person, desk.zone), own=own)
    lines = ["<b>Индивидуальный образовательный маршрут</b>", escape(said.teacher), said.mark]
    rows = ((button("К маршруту", RouteTap(route=route.id)), to_menu()),)
    about = "\n".join(filter(None, lines))
    name = f"{file_stem(f'ИОМ {short_name(said.teacher)}')}.docx"
    return Drawn(about, rows, "services.iom.document_file:make_document", (said, desk.iom_template), name)


async def summary(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Made:
    route, school = await seen_route(desk, work, person, parcel.payload["route_id"])
    # It holds points of the diagnosis.
    if route.person_id != person.id or route.state is not RouteState.CLOSED or person.profile is None:
        raise NotDueError("no closed route of the person's own")
    zone = zone_of(person, desk.zone)
    found = await outcome.look(work, desk.library, route, zone)
    shown = outcome.summary(found, person.profile.full_name, school.name, zone)
    rows = ((button("К итогам", OutcomeTap(route=route.id)), to_menu()),)
    return Drawn(
        "Итоги вашего маршрута. Картинку видите только вы.", rows, "services.iom.summary:draw_summary", (shown,)
    )


MAKERS: dict[Kind, Maker] = {
    Kind.IOM_EVIDENCE: evidence,
    Kind.IOM_DOCUMENT: document,
    Kind.IOM_SUMMARY: summary,
}
