"""Where a tap about a pair or a meeting belongs: the edge lets nobody in whom these find no place for.

A relation decides here, not a role alone: a pair is seen by its two people and by who looks after it.
"""

from typing import Protocol

from handlers.mentoring.taps import MentoringTap
from handlers.menu.screens import to_menu
from handlers.ui.screen import Declined, Screen, button
from handlers.visit import Visit
from services.mentoring import rights
from services.mentoring.meetings.meeting import Meeting
from services.mentoring.pair import Pair
from services.people.model import Organisation

NO_MORE = "Этой записи о встрече больше нет: её удалили."


class OfPair(Protocol):
    """A tap that names a pair."""

    pair: int


class OfMeeting(Protocol):
    """A tap that names a meeting."""

    meeting: int


async def seen_pair(visit: Visit, tap: OfPair) -> Organisation | None:
    """The school of a pair that the visitor may see."""
    return await _place(visit, await visit.work.pairs.get(tap.pair), rights.may_see)


async def own_pair(visit: Visit, tap: OfPair) -> Organisation | None:
    """The school of a pair that the visitor is one of."""
    return await _place(visit, await visit.work.pairs.get(tap.pair), rights.is_party)


async def led_pair(visit: Visit, tap: OfPair) -> Organisation | None:
    """The school of a pair that the visitor is the mentor of."""
    return await _place(visit, await visit.work.pairs.get(tap.pair), rights.leads)


async def mentee_pair(visit: Visit, tap: OfPair) -> Organisation | None:
    """The school of a pair that the visitor is the mentee of."""
    return await _place(visit, await visit.work.pairs.get(tap.pair), rights.is_led)


async def kept_pair(visit: Visit, tap: OfPair) -> Organisation | None:
    """The school of a pair that the visitor looks after."""
    return await _place(visit, await visit.work.pairs.get(tap.pair), rights.looks_after)


async def heard_pair(visit: Visit, tap: OfPair) -> Organisation | None:
    """The school of a pair that the visitor looks after without being one of it."""
    return await _place(visit, await visit.work.pairs.get(tap.pair), rights.hears_both)


async def steered_pair(visit: Visit, tap: OfPair) -> Organisation | None:
    """The school of a pair that the visitor is the mentor of, or looks after."""
    return await _place(visit, await visit.work.pairs.get(tap.pair), rights.steers)


async def seen_meeting(visit: Visit, tap: OfMeeting) -> Organisation | None:
    """The school of a meeting of a pair that the visitor may see. Raises Declined for a deleted one."""
    return await _place_of_meeting(visit, tap, rights.may_see)


async def led_meeting(visit: Visit, tap: OfMeeting) -> Organisation | None:
    """The school of a meeting of a pair that the visitor is the mentor of. Raises Declined for a deleted one."""
    return await _place_of_meeting(visit, tap, rights.leads)


async def mentee_meeting(visit: Visit, tap: OfMeeting) -> Organisation | None:
    """The school of a meeting of a pair that the visitor is the mentee of. Raises Declined for a deleted one."""
    return await _place_of_meeting(visit, tap, rights.is_led)


async def pair_of(visit: Visit, tap: OfPair) -> Pair:
    """The pair of a tap that the edge has let in. Raises LookupError when it is gone."""
    pair = await visit.work.pairs.get(tap.pair)
    if pair is None:
        raise LookupError("no such pair")
    return pair


async def meeting_of(visit: Visit, tap: OfMeeting) -> tuple[Pair, Meeting]:
    """The meeting of a tap that the edge has let in, with its pair. Raises LookupError when it is gone."""
    meeting = await visit.work.meetings.get(tap.meeting)
    pair = await visit.work.pairs.get(meeting.pair_id) if meeting is not None else None
    if meeting is None or pair is None:
        raise LookupError("no such meeting")
    return pair, meeting


async def _place_of_meeting(visit: Visit, tap: OfMeeting, admits: rights.Rule) -> Organisation | None:
    meeting = await visit.work.meetings.get(tap.meeting)
    if meeting is None:
        # An old button, or the second of two taps on «Удалить навсегда».
        raise Declined(Screen(NO_MORE, ((button("‹ Наставничество", MentoringTap()), to_menu()),)))
    return await _place(visit, await visit.work.pairs.get(meeting.pair_id), admits)


async def _place(visit: Visit, pair: Pair | None, admits: rights.Rule) -> Organisation | None:
    if pair is None or visit.person is None:
        return None
    school = await visit.work.organisations.get(pair.school_id)
    if school is None or not admits(visit.person, pair, school):
        return None
    # Whoever has taken their consent back is shown to nobody.
    for person_id in {pair.mentor_id, pair.mentee_id} - {visit.person.id}:
        if not await visit.work.people.agrees(person_id, visit.desk.consent.version):
            return None
    return school
