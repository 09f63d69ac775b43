"""Lists beside a report hold just whom the rules name, and nobody who has taken their consent back."""

from collections import Counter
from datetime import datetime
from typing import Any

import pytest

from services.diagnostics.library import Library
from services.mentoring.health.ports import Slice
from services.mentoring.health.silence import terms_of
from services.mentoring.policy import MentoringPolicy
from services.people.early_career import is_early
from services.people.model import Kind, Organisation, Profile
from services.reporting import periods
from services.reporting.facts import Basis
from services.reporting.table.lists import Lists
from storage import mentoring_tables as mentoring
from storage import reporting_tables as reporting
from storage import tables
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.reported_district import MUNICIPALITY, NOW, SCHOOLS, TODAY, ZONE, Planting
from tests.storage.residents import CONSENT

Rows = list[dict[str, Any]]
DISTRICT = Organisation(MUNICIPALITY, Kind.MUNICIPALITY, "Район")
SCHOOL = Organisation(SCHOOLS[0], Kind.SCHOOL, "Школа 11", MUNICIPALITY)
PERIOD = periods.half_of(TODAY)
OPEN_PAIR = ("proposed", "approved", "active", "paused")
OPEN_ROUTE = ("draft", "review", "active")


class Expected:
    """Who is to be in the lists, by the rows themselves."""

    def __init__(self, planted: Planting, schools: tuple[int, ...], reader: int) -> None:
        self.rows = planted.rows
        self.schools, self.reader = schools, reader
        consents = self.rows[tables.consents]
        self.asked = {row["person_id"] for row in consents}
        self.agrees = {row["person_id"]: row["version"] for row in consents if row["revoked_at"] is None}
        self.taught = [
            (row["person_id"], row["organisation_id"])
            for row in self.rows[tables.roles]
            if row["role"] == "teacher" and row["organisation_id"] in schools
        ]

    def pairs(self) -> list[tuple[str, str, int]]:
        return [
            (_name(pair["mentor_id"]), _name(pair["mentee_id"]), self._met(pair["id"]))
            for pair in self.rows[mentoring.pairs]
            if pair["school_id"] in self.schools
            and pair["mentee_id"] != self.reader
            and {pair["mentor_id"], pair["mentee_id"]} <= set(self.agrees)
            and (pair["state"] in OPEN_PAIR or self._worked(pair))
        ]

    def routes(self) -> list[tuple[str, int, int]]:
        return [
            (_name(route["person_id"]), self._steps(route["id"]), self._overdue(route))
            for route in self.rows[tables.iom_routes]
            if route["school_id"] in self.schools
            and route["submitted_at"] is not None
            and self.agrees.get(route["person_id"]) == CONSENT
            and (route["state"] in OPEN_ROUTE or _in_period(route["closed_at"]))
        ]

    def without_route(self) -> list[str]:
        having = {
            route["person_id"]
            for route in self.rows[tables.iom_routes]
            if route["submitted_at"] is not None
            and (route["state"] in OPEN_ROUTE or (route["state"] == "closed" and _in_period(route["closed_at"])))
        }
        return [_name(person) for person, _ in self.taught if person not in having and self._shown(person)]

    def early_without_mentor(self) -> list[str]:
        mentored = {
            pair["mentee_id"] for pair in self.rows[mentoring.pairs] if pair["state"] in ("active", "paused")
        }
        early = {
            row["id"]
            for row in self.rows[tables.people]
            if is_early(
                Profile("", "", "", row["years_of_work"], row["birth_year"], known_on=row["profile_on"]),
                TODAY,
            )
        }
        return [
            _name(person)
            for person, _ in self.taught
            if person in early and person not in mentored and self._shown(person)
        ]

    def events(self) -> int:
        holders = {MUNICIPALITY, *SCHOOLS} if len(self.schools) > 1 else set(self.schools)
        return sum(
            row["organisation_id"] in holders and PERIOD.holds(row["held_on"])
            for row in self.rows[reporting.events]
        )

    def _shown(self, person: int) -> bool:
        return person in self.agrees or person not in self.asked

    def _worked(self, pair: dict[str, Any]) -> bool:
        started, ended = pair["started_on"], pair["ended_on"]
        return started is not None and started < PERIOD.ends and (ended is None or ended >= PERIOD.begins)

    def _met(self, pair: int) -> int:
        held = [row["held_on"] for row in self.rows[mentoring.meetings] if row["pair_id"] == pair]
        return sum(PERIOD.holds(day) for day in held)

    def _of_route(self, route: int) -> Rows:
        return [row for row in self.rows[tables.iom_steps] if row["route_id"] == route and row["agreed"]]

    def _steps(self, route: int) -> int:
        return sum(row["state"] != "cancelled" for row in self._of_route(route))

    def _overdue(self, route: dict[str, Any]) -> int:
        pauses = [
            row for row in self.rows[tables.iom_pauses] if row["route_id"] == route["id"] and not row["over"]
        ]
        if route["state"] not in OPEN_ROUTE:
            return 0
        return sum(
            row["state"] == "planned"
            and row["due_on"] < TODAY
            and not any(pause["starts_on"] <= row["due_on"] for pause in pauses)
            for row in self._of_route(route["id"])
        )


def _name(person: int) -> str:
    return f"Человек {person}"


def _in_period(moment: datetime | None) -> bool:
    return moment is not None and PERIOD.holds(moment.astimezone(ZONE).date())


async def _no_wording(_: int) -> Any:
    raise AssertionError("nobody has another wording")


async def _lists(work: StoredWork, place: Organisation, reader: int, min_group: int = 5) -> Lists:
    basis = Basis(CONSENT, min_group, ZONE, Library([], _no_wording), MentoringPolicy(), NOW)
    return await work.report_lists.of_place(place, PERIOD, reader, basis)


@pytest.mark.parametrize("seed", range(3))
async def test_lists_hold_whom_the_rules_name(database: Database, seed: int) -> None:
    planted = Planting(seed)
    for row in planted.rows[tables.people]:
        row["full_name"] = row["name_key"] = _name(row["id"])
    reader = next(row["mentee_id"] for row in planted.rows[mentoring.pairs] if row["state"] == "active")
    async with database.write() as connection:
        await planted.store(connection)
        work = StoredWork(connection)
        for place, schools in ((DISTRICT, SCHOOLS), (SCHOOL, SCHOOLS[:1])):
            lists = await _lists(work, place, reader)
            expected = Expected(planted, schools, reader)
            told = Counter((row.mentor, row.mentee, row.meetings) for row in lists.pairs.rows)
            assert told == Counter(expected.pairs())
            assert Counter((row.teacher, row.steps, row.overdue) for row in lists.routes.rows) == Counter(
                expected.routes()
            )
            assert Counter(row.teacher for row in lists.without_route.rows) == Counter(expected.without_route())
            without = Counter(row.teacher for row in lists.early_without_mentor.rows)
            assert without == Counter(expected.early_without_mentor())
            assert lists.events.total == len(lists.events.rows) == expected.events()
            terms = terms_of(MentoringPolicy(), NOW, ZONE)
            silent = await work.pair_health.silent(place, reader, terms, Slice(1_000))
            assert [(row.mentor, row.mentee, row.since) for row in lists.silent.rows] == [
                (pair.mentor, pair.mentee, pair.since) for pair in silent.items
            ]
        gone = {_name(person) for person in expected.asked - set(expected.agrees)}
        told_of_all = repr(await _lists(work, DISTRICT, reader))
        assert gone
        assert not [name for name in gone if f"'{name}'" in told_of_all]


async def test_few_marks_of_an_event_are_not_told(database: Database) -> None:
    planted = Planting(7)
    marks: dict[int, list[int]] = {}
    for row in planted.rows[reporting.event_people]:
        if row["mark"] is not None:
            marks.setdefault(row["event_id"], []).append(row["mark"])
    ours = [row for row in planted.rows[reporting.events] if row["organisation_id"] in {MUNICIPALITY, *SCHOOLS}]
    inside = sorted((row["held_on"], row["id"]) for row in ours if PERIOD.holds(row["held_on"]))
    given = [marks[number] for _, number in inside]
    async with database.write() as connection:
        await planted.store(connection)
        for enough in (3, max(map(len, given)) + 1):
            lists = await _lists(StoredWork(connection), DISTRICT, 0, enough)
            means = [sum(each) / len(each) if len(each) >= enough else None for each in given]
            assert [row.mark for row in lists.events.rows] == pytest.approx(means)
    assert means == [None] * len(given) != []
