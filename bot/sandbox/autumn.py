"""The demonstration district's autumn: teachers on a roster who have not joined, and a running campaign."""

import random
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.campaigns import launching
from services.diagnostics.instrument import UNANSWERED, Instrument, Item
from services.diagnostics.loading import load_instruments
from services.diagnostics.session import State
from services.people import invites
from services.people.model import Role
from services.people.names import name_key
from storage.tables import accounts, campaign_people, outbox, people, roles, survey_sessions
from storage.unit_of_work import StoredWork

WAITING = (
    ("Аверина Людмила Сергеевна", "Учитель", "Химия", 18, 1980),
    ("Баринов Олег Петрович", "Учитель", "Физкультура", 3, 1999),
    ("Вишнякова Нина Юрьевна", "Учитель начальных классов", "Начальные классы", 27, 1974),
    ("Гладкова Елена Ильинична", "Воспитатель", "Не веду предмет", 11, 1986),
    ("Жданова Софья Павловна", "Учитель", "Английский язык", 0, 2003),
)
INSTRUMENT = "deficits"
LAUNCHED = timedelta(days=4)
LINK_TERM = timedelta(days=90)
LEADING = slice(1, 4)
"""Schools of the district where everything goes faster than in the others: reports are to tell them apart."""
FINISHED_SHARE, BEGUN_SHARE, OPENED_SHARE = 0.4, 0.6, 0.85
"""Shares of those invited who have come at least so far."""
FINISHED_IN_LEADING = 0.96
FIRST_BACKGROUND = 6_000
"""Accounts from here on are nobody's to play."""


async def add_waiting(work: StoredWork, connection: AsyncConnection, school: int, now: datetime) -> None:
    """People of a roster with personal invites that nobody has used."""
    for name, position, subject, years, birth_year in WAITING:
        made = await connection.execute(
            insert(people)
            .values(
                full_name=name,
                name_key=name_key(name),
                position=position,
                subject=subject,
                years_of_work=years,
                birth_year=birth_year,
                profile_on=now.date(),
                origin="roster",
                created_at=now,
            )
            .returning(people.c.id)
        )
        person_id = int(made.scalar_one())
        await work.people.grant(person_id, Role.TEACHER, school, now)
        await invites.issue(work, Role.TEACHER, school, 1, now + LINK_TERM, now, person_id=person_id)


async def add_campaign(
    work: StoredWork,
    connection: AsyncConnection,
    chance: random.Random,
    municipality: int,
    schools: list[int],
    consent: str,
    now: datetime,
) -> None:
    """A campaign of the methodist, launched some days ago; a part of those who were invited have answered."""
    instrument = load_instruments()[INSTRUMENT]
    methodist = await connection.scalar(
        select(roles.c.person_id).where(
            roles.c.role == Role.METHODIST.value, roles.c.organisation_id == municipality
        )
    )
    assert methodist is not None
    then = now - LAUNCHED
    campaign = await launching.draft(work, municipality, instrument, methodist, then.date(), then)
    await launching.launch(work, campaign, methodist, consent, then.date(), then)
    # Whoever can be played finds the invitation in the chat; the others got theirs then, and many have answered.
    background = (
        await connection.execute(
            select(accounts.c.id, accounts.c.person_id, campaign_people.c.school_id)
            .join(campaign_people, campaign_people.c.person_id == accounts.c.person_id)
            .where(campaign_people.c.campaign_id == campaign.id, accounts.c.external_id >= FIRST_BACKGROUND)
        )
    ).all()
    await connection.execute(
        update(outbox)
        .where(outbox.c.account_id.in_([row.id for row in background]))
        .values(state="sent", sent_at=then)
    )
    members = {row.person_id: row.school_id in schools[LEADING] for row in background}
    await _answer(connection, chance, instrument, campaign.id, members, now)


async def _answer(
    connection: AsyncConnection,
    chance: random.Random,
    instrument: Instrument,
    campaign_id: int,
    members: dict[int, bool],
    now: datetime,
) -> None:
    for person_id, leading in members.items():
        fate = chance.random()
        moment = now - timedelta(hours=chance.uniform(1, 90))
        opened = update(campaign_people).where(
            campaign_people.c.campaign_id == campaign_id, campaign_people.c.person_id == person_id
        )
        finished = fate < (FINISHED_IN_LEADING if leading else FINISHED_SHARE)
        if fate > OPENED_SHARE and not finished:
            continue
        await connection.execute(opened.values(opened_at=moment, finished=finished))
        if fate > BEGUN_SHARE and not finished:
            continue
        total = len(instrument.items)
        count = total if finished else chance.randint(3, total - 3)
        need = min(0.9, max(0.05, chance.gauss(0.28 if leading else 0.42, 0.2)))
        session = taken(chance, instrument, person_id, moment, need, count)
        await connection.execute(insert(survey_sessions).values(session | {"campaign_id": campaign_id}))


def taken(
    chance: random.Random, instrument: Instrument, person_id: int, moment: datetime, need: float, count: int
) -> dict[str, Any]:
    """A row of a test with `count` answers of somebody with so much need for help, finished if that is all."""
    total = len(instrument.items)
    answers = "".join(_answered(chance, item, need) for item in instrument.items[:count])
    return {
        "person_id": person_id,
        "instrument": instrument.id,
        "version": instrument.version,
        "answers": answers.ljust(total, UNANSWERED),
        "turn": count,
        "position": 0 if count == total else count + 1,
        "state": (State.FINISHED if count == total else State.IN_PROGRESS).value,
        "started_at": moment,
        "updated_at": moment,
        "finished_at": moment if count == total else None,
    }


def _answered(chance: random.Random, item: Item, need: float) -> str:
    """An option that somebody with so much need for help might choose."""
    ranked = sorted(item.options, key=lambda option: item.points[option.code])
    place = min(len(ranked) - 1, max(0, round(chance.gauss(need, 0.25) * (len(ranked) - 1))))
    return ranked[place].code
