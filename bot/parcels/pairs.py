"""News of pairs, the order about them, the questionnaires they bring."""

from collections.abc import Sequence
from html import escape

from bot.parcels import pairs_gone
from bot.parcels.made import Drawn, Made, Maker, NotDueError
from handlers.mentoring.pair import news_screens as screens
from handlers.mentoring.pair.news_screens import News
from handlers.mentoring.pair.view import NAMELESS
from handlers.mentoring.taps import PairListTap
from handlers.menu.screens import to_menu
from handlers.ui.russian import plural
from handlers.ui.screen import Screen, button
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.mentoring import rights
from services.mentoring.life import surveys
from services.mentoring.life.order import compose
from services.mentoring.life.unanswered import unanswered
from services.mentoring.pair import Pair, PairEvent, PairHappening
from services.people.model import Organisation, Person
from services.people.rights import oversees
from services.people.roster.sheets import file_stem
from services.people.zones import zone_of
from storage.unit_of_work import StoredWork

_STATES = (
    PairHappening.DECLINED,
    PairHappening.EXPIRED,
    PairHappening.WITHDRAWN,
    PairHappening.APPROVED,
    PairHappening.STARTED,
    PairHappening.PAUSED,
    PairHappening.RESUMED,
    PairHappening.COMPLETED,
    PairHappening.CLOSED_EARLY,
)
"""After any of these an older one of them is no news."""
_ONLY_OPEN = (
    PairHappening.END_REFUSED,
    PairHappening.MOVED,
    PairHappening.STAGE_DONE,
    PairHappening.PROGRAM_CHANGED,
)
"""These are no news of a pair that has ended."""


async def news(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    if "gone" in parcel.payload:
        return await pairs_gone.told(desk, work, person, parcel)
    pair, school = await _own_or_kept(work, person, parcel)
    events = await work.pairs.history(pair.id)
    event = next((event for event in events if event.id == parcel.payload["event"]), None)
    if event is None:
        raise NotDueError("no such event")
    _check(pair, event, events)
    if event.what is PairHappening.END_ASKED and not rights.hears_both(person, pair, school):
        raise NotDueError("the person is to decide about it no more")
    agreeing = await _agreeing(desk, work, pair, person)
    # That a pair has ended is told also when one of the two is there no more, without a name.
    if len(agreeing) < 2 and event.what not in (PairHappening.CLOSED_EARLY, PairHappening.WITHDRAWN):
        raise NotDueError("the other one's consent is not in force")
    names = await work.audit.names(agreeing)
    made = screens.told(
        News(
            pair=pair,
            event=event,
            mentor=names.get(pair.mentor_id) or NAMELESS,
            mentee=names.get(pair.mentee_id) or NAMELESS,
            school=school.name,
            to_mentor=pair.mentor_id == person.id,
            to_mentee=pair.mentee_id == person.id,
            waits=await work.mentee_requests.open_of(pair.mentee_id) is not None,
            today=desk.clock().astimezone(zone_of(person, desk.zone)).date(),
        )
    )
    if made is None:
        raise NotDueError("nobody is told of that")
    return made


async def survey(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    pair = await _seen(desk, work, person, parcel)
    which = surveys.PairSurvey(parcel.payload["survey"])
    instrument = surveys.INSTRUMENTS[which]
    today = desk.clock().astimezone(zone_of(person, desk.zone)).date()
    if not pair.holds(person.id) or instrument not in desk.library:
        raise NotDueError("not for this person")
    finished = await work.surveys.finished(person.id, instrument)
    if not surveys.is_due(pair, which, finished, today, await surveys.completed_at(work, pair)):
        raise NotDueError("answered already, or not asked any more")
    other = pair.other(person.id)
    name = (await work.audit.names([other])).get(other) or NAMELESS
    return screens.survey(which, desk.library.current(instrument), name)


async def order(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Made:
    place = await work.organisations.get(parcel.payload["organisation_id"])
    if place is None or not oversees(person, place):
        raise NotDueError("not this person's place any more")
    zone = zone_of(person, desk.zone)
    paper = await compose(work, place, desk.clock().astimezone(zone).date(), active=bool(parcel.payload["active"]))
    count = sum(len(school.pairs) for school in paper.schools)
    if not count:
        raise NotDueError("no such pairs any more")
    about = (
        f"<b>Список пар для приказа</b>\n{escape(place.name)}: {plural(count, 'пара', 'пары', 'пар')}\n\n"
        "Номер, дату и ответственного впишите перед подписью. Когда приказ подписан, отметьте это в списке пар."
    )
    rows = ((button("К парам", PairListTap(organisation=place.id)), to_menu()),)
    name = f"{file_stem(f'Пары для приказа {place.name}')}.docx"
    return Drawn(about, rows, "services.mentoring.life.order_file:make_order", (paper,), name)


def _check(pair: Pair, event: PairEvent, events: Sequence[PairEvent]) -> None:
    """Raises NotDueError where something else has happened since."""
    later = events[events.index(event) + 1 :]
    if event.what in _STATES and any(other.what in _STATES for other in later):
        raise NotDueError("something else has happened to the pair since")
    if event.what in _ONLY_OPEN and not pair.open:
        raise NotDueError("the pair has ended")
    if event.what is PairHappening.END_ASKED and (not pair.live or event not in unanswered(events)):
        raise NotDueError("decided already")


async def _seen(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Pair:
    """The pair, if the person may see it and the other one. Raises NotDueError."""
    pair, _ = await _own_or_kept(work, person, parcel)
    if len(await _agreeing(desk, work, pair, person)) < 2:
        raise NotDueError("the other one's consent is not in force")
    return pair


async def _own_or_kept(work: StoredWork, person: Person, parcel: Parcel) -> tuple[Pair, Organisation]:
    """The pair and its school, if the person may see it. Raises NotDueError."""
    pair = await work.pairs.get(parcel.payload["pair_id"])
    school = await work.organisations.get(pair.school_id) if pair is not None else None
    if pair is None or school is None or not rights.may_see(person, pair, school):
        raise NotDueError("not the person's to see")
    return pair, school


async def _agreeing(desk: Desk, work: StoredWork, pair: Pair, reader: Person) -> list[int]:
    """Those of the two who may be shown: whoever has taken their consent back is shown to nobody."""
    return [
        one
        for one in (pair.mentor_id, pair.mentee_id)
        if one == reader.id or await work.people.agrees(one, desk.consent.version)
    ]


MAKERS: dict[Kind, Maker] = {
    Kind.PAIR_NEWS: news,
    Kind.PAIR_SURVEY: survey,
    Kind.PAIR_ORDER: order,
}
