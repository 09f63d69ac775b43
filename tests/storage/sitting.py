"""A session of a test in plain Python, what the database must always agree with; and campaigns to sit in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert

from storage.database import Database
from storage.tables import campaign_people, campaigns
from tests.storage.residents import NOW, TEST, Resident

ITEMS = 4


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap on an option, told by how it differs from the right one."""

    code: str
    turns_off: int = 0
    items_off: int = 0
    by_another: bool = False


@dataclass(frozen=True, slots=True)
class Back:
    """A tap on the button back."""

    turns_off: int = 0


@dataclass(frozen=True, slots=True)
class Ahead:
    """A tap on the button that returns to the first item without an answer."""

    turns_off: int = 0


@dataclass(frozen=True, slots=True)
class Revoke:
    """The person takes their consent back, and gives it again later."""


@dataclass(slots=True)
class Sitting:
    """One person's session; each method says whether the move counts."""

    answers: str = "." * ITEMS
    turn: int = 0
    position: int = 1
    state: str = "in_progress"
    charts: int = 0

    def tap(self, tap: Tap) -> bool:
        if self.state != "in_progress" or tap.turns_off or tap.items_off or tap.by_another:
            return False
        given = list(self.answers)
        given[self.position - 1] = tap.code
        self.answers = "".join(given)
        self.turn += 1
        if "." in given:
            self.position = given.index(".") + 1
        else:
            self.position, self.state, self.charts = 0, "finished", 1
        return True

    def back(self, turns_off: int) -> bool:
        if self.state != "in_progress" or turns_off or self.position == 1:
            return False
        self.position -= 1
        self.turn += 1
        return True

    def ahead(self, turns_off: int) -> bool:
        if self.state != "in_progress" or turns_off:
            return False
        self.position = self.answers.index(".") + 1
        self.turn += 1
        return True

    def revoke(self) -> None:
        if self.state == "in_progress":
            self.state = "stopped"


async def campaign_of(
    database: Database,
    people: Sequence[Resident],
    school_id: int,
    *,
    instrument: str = TEST,
    anonymous: bool = False,
) -> int:
    """A running campaign for these people."""
    async with database.write() as connection:
        campaign_id = (
            await connection.execute(
                insert(campaigns)
                .values(
                    organisation_id=school_id,
                    instrument=instrument,
                    title="Осень",
                    audience={},
                    anonymous=anonymous,
                    state="running",
                    ends_on=date(2026, 12, 1),
                    created_at=NOW,
                )
                .returning(campaigns.c.id)
            )
        ).scalar_one()
        await connection.execute(
            insert(campaign_people),
            [
                {"campaign_id": campaign_id, "person_id": person.person_id, "school_id": school_id}
                for person in people
            ],
        )
        await connection.commit()
    return campaign_id
