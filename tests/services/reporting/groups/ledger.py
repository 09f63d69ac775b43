"""A district in memory, for stories by the thousand: it keeps portions as the database does."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from services.diagnostics.answering import Sheet
from services.reporting.groups.ports import Contribution
from services.reporting.groups.suppression import Figures
from services.reporting.groups.waves import Wave
from services.work import UnitOfWork
from tests.services.reporting.groups.attacker import ANONYMOUS, MUNICIPALITIES, SCHOOLS


@dataclass
class _Person:
    school: int | None
    agreed: bool = True
    invited_to: dict[str, int] = field(default_factory=dict)
    """The school that each campaign counts the person in."""
    sheets: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    """The latest of each wave."""


@dataclass
class _Portion:
    wave: str
    school: int | None
    figures: Figures


class Ledger:
    """`attacker.Place`, and `services.reporting.groups.ports.PortionStore` of its people."""

    def __init__(self) -> None:
        self.people: dict[int, _Person] = {}
        self.kept_portions: list[_Portion] = []
        self.members: set[tuple[str, int]] = set()
        self.sheets: dict[int, tuple[str, str]] = {}
        self.taken_sheets: set[int] = set()

    @property
    def work(self) -> UnitOfWork:
        return cast("UnitOfWork", self)

    @property
    def portions(self) -> "Ledger":
        return self

    def school(self, number: int) -> int:
        return number

    def municipality(self, number: int) -> int:
        return SCHOOLS + number

    async def join(self, person: int, school: int) -> None:
        self.people[person] = _Person(school)

    async def launch(self, campaign: int, *, anonymous: bool) -> int:
        for person in self.people.values():
            if person.school is not None:
                person.invited_to[f"c{campaign}"] = person.school
        return campaign

    async def finish(self, person: int, wave: Wave, answers: str, at: datetime) -> None:
        if wave.anonymous:
            # Ids that say nothing of the order.
            self.sheets[hash((answers, "sheet"))] = (wave.key, answers)
        else:
            self.people[person].sheets[wave.key] = (at, answers)

    async def move(self, person: int, school: int) -> None:
        self.people[person].school = school

    async def leave(self, person: int) -> None:
        self.people[person].school = None

    async def revoke(self, person: int) -> None:
        self.people[person].agreed = False

    async def renew(self, person: int) -> None:
        self.people[person].agreed = True

    async def delete(self, person: int) -> None:
        del self.people[person]
        self.members = {(wave, member) for wave, member in self.members if member != person}

    async def lock(self, instrument: str, version: str, wave: Wave) -> None:
        pass

    async def waiting(
        self, organisation_id: int, instrument: str, version: str, wave: Wave, *, with_values: bool
    ) -> Sequence[Contribution]:
        if wave.anonymous:
            return [
                Contribution(sheet, None, Sheet(answers))
                for sheet, (taken_in, answers) in self.sheets.items()
                if taken_in == wave.key
                and sheet not in self.taken_sheets
                and organisation_id == self.municipality(ANONYMOUS)
            ]
        found = []
        for number, person in self.people.items():
            school = person.school if wave.campaign_id is None else person.invited_to.get(wave.key)
            if (
                person.agreed
                and school is not None
                and self._within(school, organisation_id)
                and wave.key in person.sheets
                and (wave.key, number) not in self.members
            ):
                at, answers = person.sheets[wave.key]
                found.append((school, at, Contribution(number, school, Sheet(answers))))
        return [contribution for _, _, contribution in sorted(found, key=lambda one: one[:2])]

    async def add(
        self,
        instrument: str,
        version: str,
        wave: Wave,
        school_id: int | None,
        figures: Figures,
        members: Sequence[int],
        now: datetime,
    ) -> None:
        self.kept_portions.append(_Portion(wave.key, school_id, figures))
        if wave.anonymous:
            self.taken_sheets.update(members)
        else:
            self.members.update((wave.key, member) for member in members)

    async def kept(
        self, organisation_id: int, instrument: str, version: str, wave: Wave
    ) -> Sequence[tuple[int | None, Figures]]:
        return [
            (portion.school, portion.figures)
            for portion in self.kept_portions
            if portion.wave == wave.key
            and (
                organisation_id == self.municipality(ANONYMOUS)
                if portion.school is None
                else self._within(portion.school, organisation_id)
            )
        ]

    def _within(self, school: int, organisation_id: int) -> bool:
        return organisation_id in (school, self.municipality(MUNICIPALITIES[school]))
