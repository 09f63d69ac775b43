"""A step is done: evidence is given piece by piece, each kept at once, then the step is handed in."""

from handlers.iom.card.conversation import own_route_screen, step_screen
from handlers.iom.walking import doing_screens as screens
from handlers.iom.walking.standing import own_step_of
from handlers.iom.walking.taps import DoneTap, FileTap, RemoveEvidenceTap, TakeBackStepTap
from handlers.iom.within import own_step, seen_step, step_of
from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.otherwise import with_note
from handlers.routes import Access, Routes
from handlers.ui.screen import Owed, Reply, Screen
from handlers.visit import Visit
from services.delivery.model import Kind
from services.diagnostics.answer_parsing import Unclear, parsed_text
from services.diagnostics.instrument import TextBounds
from services.iom import walking
from services.iom.evidence import attachment
from services.iom.model import WORDS_LIMIT, Attachment, Route, Step
from services.iom.recipients import deciders
from services.privacy.ports import Action

routes = Routes()

EVIDENCE = "iom_evidence"
"""The step at which evidence is given."""


@routes.tap(DoneTap, Access.REGISTERED, within=own_step)
async def done(visit: Visit, tap: DoneTap) -> Reply:
    route, step = await step_of(visit, tap)
    if not walking.may_walk(route, step):
        return Reply(await step_screen(visit, route, step), toast=screens.refused(step))
    if not tap.send:
        return Reply(await _asked(visit, step))
    saved = await walking.hand_in(visit.work, route, step, visit.now)
    if saved is None:
        return Reply(await _asked(visit, step), toast=screens.NOTHING_YET)
    owed = tuple(
        Owed(
            Kind.IOM_TO_CONFIRM,
            f"iom-confirm:{saved.id}:{saved.turn}:{account}",
            {"step_id": saved.id, "turn": saved.turn},
            account,
        )
        for account in await deciders(visit.work, route)
    )
    return Reply(await step_screen(visit, route, saved), toast=screens.HANDED_IN, owed=owed)


@routes.step(EVIDENCE, Access.REGISTERED)
async def give_words(visit: Visit, text: str) -> Reply:
    found = await own_step_of(visit)
    if found is None:
        return Reply(await own_route_screen(visit))
    route, step = found
    if is_part(visit, text):
        reply = await _given(visit, route, step, TOO_LONG)
        if walking.may_walk(route, step):
            await stand_again(visit, text, EVIDENCE, {"step": step.id})
        return reply
    try:
        words = parsed_text(text, TextBounds(WORDS_LIMIT))
    except Unclear as unclear:
        return await _given(visit, route, step, str(unclear))
    kept = await walking.keep_words(visit.work, route, step, words, visit.cause, visit.now)
    return await _given(visit, route, step, screens.KEPT if kept else screens.NO_ROOM)


def take(name: str, content: bytes, picture: bool, words: str) -> Attachment | None:
    """The file as evidence, None for a kind that is not taken."""
    return attachment(name, content, words, picture=picture)


@routes.upload(EVIDENCE, Access.REGISTERED, take, pictures=True)
async def give_file(visit: Visit, file: Attachment | None) -> Reply:
    found = await own_step_of(visit)
    if found is None:
        return Reply(await own_route_screen(visit))
    route, step = found
    if file is None:
        return await _given(visit, route, step, screens.NOT_TAKEN)
    kept = await walking.keep_file(visit.work, route, step, file, visit.cause, visit.now)
    return await _given(visit, route, step, screens.KEPT if kept else screens.NO_ROOM)


@routes.tap(RemoveEvidenceTap, Access.REGISTERED, within=own_step)
async def remove(visit: Visit, tap: RemoveEvidenceTap) -> Reply:
    route, step = await step_of(visit, tap)
    removed = await walking.remove_evidence(visit.work, route, step, tap.evidence)
    if not walking.may_walk(route, step):
        return Reply(await step_screen(visit, route, step), toast=screens.refused(step))
    return Reply(await _asked(visit, step), toast=screens.REMOVED if removed else screens.GONE)


@routes.tap(TakeBackStepTap, Access.REGISTERED, within=own_step)
async def take_back(visit: Visit, tap: TakeBackStepTap) -> Reply:
    route, step = await step_of(visit, tap)
    saved = await walking.take_back(visit.work, route, step, visit.today, visit.now, visit.desk.quiet)
    if saved is None:
        return Reply(await step_screen(visit, *await step_of(visit, tap)), toast=screens.DECIDED)
    return Reply(await _asked(visit, saved), toast=screens.TAKEN_BACK)


@routes.tap(FileTap, Access.REGISTERED, within=seen_step)
async def send_file(visit: Visit, tap: FileTap) -> Reply:
    route, step = await step_of(visit, tap)
    if await visit.work.iom.evidence_step(tap.evidence) != step.id:
        return Reply(toast=screens.GONE)
    if route.person_id != visit.member.id:
        await visit.work.audit.note(
            visit.now, visit.member.id, Action.IOM_EVIDENCE_SEEN, route.person_id, route.school_id
        )
    # One file a minute, however often the button is tapped.
    key = f"iom-file:{visit.member.account_id}:{tap.evidence}:{visit.minute}"
    owed = Owed(Kind.IOM_EVIDENCE, key, {"evidence_id": tap.evidence})
    return Reply(toast=screens.COMING, owed=(owed,))


async def _asked(visit: Visit, step: Step, note: str = "") -> Screen:
    """The question for evidence; whatever comes next belongs to this step."""
    await visit.stand(EVIDENCE, {"step": step.id})
    return screens.evidence(step, await visit.work.iom.evidence(step.id), note)


async def _given(visit: Visit, route: Route, step: Step, note: str) -> Reply:
    """Where the step stands after something was sent for it."""
    if walking.may_walk(route, step):
        return Reply(await _asked(visit, step, note))
    return Reply(with_note(await step_screen(visit, route, step), screens.refused(step)))
