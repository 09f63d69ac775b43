"""The district of the stories in a real database."""

import secrets
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import delete, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.people.model import Kind, Role
from services.reporting.groups.waves import Wave
from storage.tables import (
    anonymous_sheets,
    campaign_people,
    campaigns,
    consents,
    people,
    portion_members,
    roles,
    survey_sessions,
)
from storage.unit_of_work import StoredWork
from tests.services.reporting.groups.attacker import ANONYMOUS, MUNICIPALITIES, NOW, REVEALING

_numbers = count(1)


class StoredPlace:
    """`attacker.Place` over one open transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.work = StoredWork(connection)
        self._municipalities: list[int] = []
        self._schools: list[int] = []
        self._people: dict[int, int] = {}

    async def found(self) -> None:
        """The municipalities and the schools."""
        number = next(_numbers)
        for index in range(1 + max(MUNICIPALITIES)):
            name = f"Район {number}-{index}"
            municipality = await self.work.organisations.add(Kind.MUNICIPALITY, name, None)
            self._municipalities.append(municipality.id)
        for index, parent in enumerate(MUNICIPALITIES):
            made = await self.work.organisations.add(Kind.SCHOOL, f"Школа {index}", self._municipalities[parent])
            self._schools.append(made.id)

    def school(self, number: int) -> int:
        return self._schools[number]

    def municipality(self, number: int) -> int:
        return self._municipalities[number]

    async def join(self, person: int, school: int) -> None:
        row = {"full_name": "Иванова Мария", "position": "Учитель", "subject": "Химия"}
        self._people[person] = (
            await self._connection.execute(
                insert(people).values(**row, created_at=NOW, registered_at=NOW).returning(people.c.id)
            )
        ).scalar_one()
        await self.renew(person)
        await self._teach(person, school)

    async def launch(self, campaign: int, *, anonymous: bool) -> int:
        made: int = (
            await self._connection.execute(
                insert(campaigns)
                .values(
                    organisation_id=self.municipality(ANONYMOUS),
                    instrument=REVEALING.id,
                    title=f"Кампания {campaign}",
                    audience={},
                    anonymous=anonymous,
                    state="running",
                    ends_on=(NOW + timedelta(days=30)).date(),
                    created_at=NOW,
                    launched_at=NOW + timedelta(minutes=campaign),
                )
                .returning(campaigns.c.id)
            )
        ).scalar_one()
        everybody = select(literal(made), roles.c.person_id, roles.c.organisation_id).where(
            roles.c.person_id.in_(self._people.values())
        )
        await self._connection.execute(
            insert(campaign_people).from_select(["campaign_id", "person_id", "school_id"], everybody)
        )
        return made

    async def finish(self, person: int, wave: Wave, answers: str, at: datetime) -> None:
        taken = {"campaign_id": wave.campaign_id, "instrument": REVEALING.id, "version": REVEALING.version}
        if wave.anonymous:
            await self._connection.execute(
                insert(anonymous_sheets).values(**taken, id=secrets.randbits(62), answers=answers, given={})
            )
            return
        moments = {"started_at": at, "updated_at": at, "finished_at": at}
        await self._connection.execute(
            insert(survey_sessions).values(
                **taken, **moments, person_id=self._people[person], answers=answers, position=0, state="finished"
            )
        )

    async def move(self, person: int, school: int) -> None:
        await self.leave(person)
        await self._teach(person, school)

    async def leave(self, person: int) -> None:
        await self._connection.execute(delete(roles).where(roles.c.person_id == self._people[person]))

    async def revoke(self, person: int) -> None:
        await self.work.people.revoke_consent(self._people[person], NOW)

    async def renew(self, person: int) -> None:
        await self._connection.execute(
            insert(consents).values(person_id=self._people[person], version="1", given_at=NOW)
        )

    async def delete(self, person: int) -> None:
        person_id = self._people.pop(person)
        for table in (portion_members, survey_sessions, campaign_people, consents, roles):
            await self._connection.execute(delete(table).where(table.c.person_id == person_id))
        await self._connection.execute(delete(people).where(people.c.id == person_id))

    async def _teach(self, person: int, school: int) -> None:
        await self.work.people.grant(self._people[person], Role.TEACHER, self.school(school), NOW)
