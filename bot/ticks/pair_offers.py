"""Proposed pairs that nobody has answered in time, and those that are to be reminded before."""

from datetime import datetime, timedelta

from handlers.mentoring.offers.terms import terms_of
from handlers.visit import Desk
from services.mentoring.pairing import answering
from services.mentoring.pairing.offers import owe_reminder
from services.mentoring.pairing.term import remind_at
from services.people.zones import zone_at
from storage.database import Database
from storage.unit_of_work import StoredWork

LOOK_AHEAD = timedelta(days=14)
"""Longer than any reminder comes before its term: January's holidays are between them at worst."""


async def tend_offers(database: Database, desk: Desk, now: datetime) -> None:
    """Do what is due now; doing it again changes nothing. Where nothing is due, nothing is written."""
    async with database.read() as connection:
        work = StoredWork(connection)
        over = await work.matching.over(now)
        unanswered = await work.matching.unanswered(now + LOOK_AHEAD)
        schools = await work.organisations.by_ids({offer.school_id for offer in unanswered})
        near = [
            offer.pair_id
            for offer in unanswered
            if now
            >= remind_at(
                offer.proposed_at,
                offer.answer_by,
                zone_at(schools.get(offer.school_id), desk.zone),
                desk.quiet,
            )
        ]
    for pair_id in over:
        async with database.write() as connection:
            work = StoredWork(connection)
            await answering.expire(work, pair_id, terms_of(desk, now))
            await work.commit()
    for pair_id in near:
        async with database.write() as connection:
            work = StoredWork(connection)
            pair = await work.pairs.get(pair_id)
            if pair is not None and answering.waits(pair, now):
                if await work.matching.reminded(pair_id, now.astimezone(desk.zone).date()):
                    await owe_reminder(work, pair, now)
                await work.commit()
