"""Random districts for reports: every row that facts are counted of, most of them just beside some limit."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import mentoring_tables as mentoring
from storage import reporting_tables as reporting
from storage import tables
from tests.storage.residents import CONSENT

ZONE = ZoneInfo("Europe/Moscow")
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 12, tzinfo=ZONE)
MUNICIPALITY, NEIGHBOUR = 1, 2
SCHOOLS, SCHOOLS_THERE = (11, 12, 13, 14), (21, 22)
EVERYWHERE = SCHOOLS + SCHOOLS_THERE
PEOPLE = 70
LIMITS = [
    date(2025, 9, 1),
    date(2026, 1, 1),
    date(2026, 7, 1),
    date(2026, 9, 1),
    date(2026, 10, 1),
    date(2026, 11, 1),
]
"""Days that periods of the tests begin with: what happens right before and after them must not be mixed up."""


class Planting:
    """Rows by table, as they are thought up."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.rows: dict[Table, list[dict[str, Any]]] = {}
        self._people()
        self._routes()
        self._pairs()
        self._requests()
        self._events()
        self._forms()
        self._tests()
        self._kept()

    async def store(self, connection: AsyncConnection) -> None:
        """Put all rows into an empty database."""
        for table in tables.metadata.sorted_tables:
            rows = self.rows.get(table, [])
            for columns in {tuple(sorted(row)) for row in rows}:
                await connection.execute(insert(table), [row for row in rows if tuple(sorted(row)) == columns])

    def add(self, table: Table, **values: Any) -> dict[str, Any]:
        self.rows.setdefault(table, []).append(values)
        return values

    def chance(self, part: float) -> bool:
        return self.random.random() < part

    def day(self, low: date = date(2025, 7, 1), high: date = TODAY) -> date:
        """A day between the two, often one of the limits or the day before it."""
        limits = [limit - timedelta(days=off) for limit in LIMITS for off in (0, 1)]
        inside = [limit for limit in limits if low <= limit <= high]
        if inside and self.chance(0.4):
            return self.random.choice(inside)
        return low + timedelta(days=self.random.randint(0, (high - low).days))

    def moment(self, low: date = date(2025, 7, 1), high: date = TODAY) -> datetime:
        """A moment of such a day where people live, often at its very beginning or end."""
        hour = self.random.choice((time(0), time(0, 30), time(12), time(23, 59)))
        return datetime.combine(self.day(low, high), hour, ZONE).astimezone(UTC)

    def _people(self) -> None:
        self.add(tables.organisations, id=MUNICIPALITY, kind="municipality", parent_id=None, name="Район")
        self.add(tables.organisations, id=NEIGHBOUR, kind="municipality", parent_id=None, name="Сосед")
        for school in EVERYWHERE:
            above = MUNICIPALITY if school in SCHOOLS else NEIGHBOUR
            self.add(tables.organisations, id=school, kind="school", parent_id=above, name=f"Школа {school}")
        self.people = range(1, PEOPLE + 1)
        self.schools_of: dict[int, list[int]] = {}
        for person in self.people:
            told_on = self.random.choice([None, TODAY, TODAY - timedelta(days=1), self.day(date(2023, 1, 1))])
            if self.chance(0.3):
                years_ago = self.random.randint(1, 3)
                told_on = TODAY.replace(year=TODAY.year - years_ago) + timedelta(days=self.random.randint(-1, 1))
            self.add(
                tables.people,
                id=person,
                full_name="Сидорова Анна",
                position="Учитель",
                subject="Физика",
                years_of_work=self.random.choice([None, 0, 1, 2, 3, 20]),
                birth_year=self.random.choice([None, 1990, 1991, 1992, 1970]),
                profile_on=told_on,
                created_at=NOW,
                registered_at=NOW if self.chance(0.8) else None,
            )
            if self.chance(0.85):
                revoked = NOW if self.chance(0.15) else None
                version = CONSENT if self.chance(0.85) else "0"
                self.add(tables.consents, person_id=person, version=version, given_at=NOW, revoked_at=revoked)
            count = 0 if self.chance(0.1) else 2 if self.chance(0.25) else 1
            taught = self.random.sample(EVERYWHERE, count)
            self.schools_of[person] = taught
            for school in taught:
                self._role(person, "teacher", school)
            if self.chance(0.1):
                self._role(person, "curator", self.random.choice(EVERYWHERE))
        self.mentors = self.random.sample(self.people, 20)
        for person in self.mentors:
            for school in self.random.sample(EVERYWHERE, self.random.choice((1, 1, 2))):
                self._role(person, "mentor", school)
            if self.chance(0.7):
                self.add(
                    mentoring.mentor_cards,
                    person_id=person,
                    school_id=self.random.choice(EVERYWHERE),
                    state="approved",
                    strengths=[],
                    formats=[],
                    capacity=3,
                    created_at=NOW,
                )
            for seat in (1, 2, 3):
                self.add(mentoring.mentor_seats, mentor_id=person, number=seat)

    def _role(self, person: int, role: str, school: int) -> None:
        self.add(tables.roles, person_id=person, role=role, organisation_id=school, granted_at=NOW)

    def _routes(self) -> None:
        number = 0
        for person in self.people:
            may_be_open = True
            for _ in range(self.random.choice((0, 0, 1, 1, 2))):
                number += 1
                states = ["closed", "cancelled"] + (["draft", "review", "active"] * 2 if may_be_open else [])
                state = self.random.choice(states)
                may_be_open = may_be_open and state in ("closed", "cancelled")
                created = self.moment()
                later = created.astimezone(ZONE).date()
                sent = state in ("review", "active", "closed") or self.chance(0.5)
                agreed = state in ("active", "closed") or (sent and self.chance(0.4))
                over = state in ("closed", "cancelled")
                at_home = self.schools_of[person] and self.chance(0.8)
                self.add(
                    tables.iom_routes,
                    id=number,
                    person_id=person,
                    school_id=self.random.choice(self.schools_of[person] if at_home else EVERYWHERE),
                    kind=self.random.choice(("deficits", "growth")),
                    state=state,
                    deficits=[],
                    reflection={},
                    created_at=created,
                    submitted_at=created if sent else None,
                    agreed_at=self.moment(later) if agreed else None,
                    closed_at=self.moment(later) if over else None,
                )
                if self.chance(0.2):
                    starts = self.day(date(2026, 9, 1))
                    past = self.chance(0.4)
                    self.add(tables.iom_pauses, route_id=number, reason="sick", starts_on=starts, over=past)
                for _ in range(self.random.randint(0, 4)):
                    self._step(number, later)

    def _step(self, route: int, low: date) -> None:
        state = self.random.choice(("planned", "planned", "done", "confirmed", "confirmed", "cancelled"))
        self.add(
            tables.iom_steps,
            route_id=route,
            domain="",
            title="Шаг",
            form=self.random.choice(("course", "webinar", "contest")),
            due_on=self.random.choice(
                (TODAY, TODAY - timedelta(days=1), self.day(date(2026, 9, 1), date(2027, 2, 1)))
            ),
            state=state,
            agreed=self.chance(0.8),
            done_at=self.moment(low) if state in ("done", "confirmed") else None,
            confirmed_at=self.moment(low) if state == "confirmed" else None,
        )

    def _pairs(self) -> None:
        seats = {mentor: [1, 2, 3] for mentor in self.mentors}
        has_open: set[int] = set()
        self.requests = 60
        for number in range(1, 61):
            mentor, mentee = self.random.choice(self.mentors), self.random.choice(self.people)
            if mentor == mentee:
                continue
            state = self.random.choice(
                (
                    "proposed",
                    "approved",
                    "active",
                    "active",
                    "active",
                    "paused",
                    "completed",
                    "closed_early",
                    "declined",
                )
            )
            if state in ("proposed", "approved", "active", "paused") and (mentee in has_open or not seats[mentor]):
                state = "closed_early"
            is_open = state in ("proposed", "approved", "active", "paused")
            if is_open:
                has_open.add(mentee)
            proposed = self.moment(high=date(2026, 11, 1))
            low = proposed.astimezone(ZONE).date()
            agreed = state in ("approved", "active", "paused", "completed") or (
                state == "closed_early" and self.chance(0.7)
            )
            started = self.day(low) if agreed and state != "approved" and self.chance(0.95) else None
            if state in ("active", "paused", "completed"):
                started = started or self.day(low)
            ended = self.day(started or low) if not is_open else None
            met = [self.day(started, ended or TODAY) for _ in range(self.random.randint(0, 3))] if started else []
            self.add(
                mentoring.pairs,
                id=number,
                mentor_id=mentor,
                mentee_id=mentee,
                school_id=self.random.choice(self.schools_of[mentee] or EVERYWHERE),
                form=self.random.choice(("teacher_teacher", "leader_teacher")),
                state=state,
                seat=seats[mentor].pop() if is_open else None,
                reasons=[],
                proposed_at=proposed,
                answer_by=proposed + timedelta(days=3),
                approved_at=self.moment(low) if agreed else None,
                started_on=started,
                ended_on=ended,
                last_met_on=max(met, default=None),
            )
            if started and self.chance(0.2):
                at = self.moment(date(2026, 11, 1))
                self.add(mentoring.pair_history, pair_id=number, at=at, what="resumed")
            if started and self.chance(0.8):
                over = self.random.randint(0, 3)
                for stage in (1, 2, 3):
                    done = self.day(started) if stage <= over else None
                    self.add(mentoring.pair_stages, pair_id=number, number=stage, ends_on=TODAY, done_on=done)
            for held in met:
                self.add(
                    mentoring.meetings,
                    pair_id=number,
                    state=self.random.choice(("logged", "confirmed", "disputed")),
                    held_on=held,
                    minutes=self.random.choice((None, 30, 45)),
                    form="other",
                    logged_at=NOW,
                )

    def _requests(self) -> None:
        for person in self.random.sample(self.people, 30):
            for state in self.random.choice((["open"], ["draft"], ["paired", "withdrawn"], ["paired", "open"])):
                made = self.moment()
                self.add(
                    mentoring.mentee_requests,
                    person_id=person,
                    school_id=self.random.choice(self.schools_of[person] or EVERYWHERE),
                    state=state,
                    domains=[],
                    formats=[],
                    created_at=made,
                    waits_since=made,
                )

    def _events(self) -> None:
        for number in range(1, 26):
            self.add(
                reporting.events,
                id=number,
                organisation_id=self.random.choice((MUNICIPALITY, MUNICIPALITY, NEIGHBOUR, *EVERYWHERE)),
                kind="seminar",
                title="Семинар",
                held_on=self.day(high=date(2027, 3, 1)),
                audience="everybody",
                state=self.random.choice(("planned", "held", "held", "cancelled")),
                created_at=NOW,
            )
            for person in self.random.sample(self.people, 40):
                self.add(
                    reporting.event_people,
                    event_id=number,
                    person_id=person,
                    school_id=self.random.choice(self.schools_of[person] or EVERYWHERE),
                    state=self.random.choice(("invited", "signed_up", "signed_up", "declined")),
                    attended=self.random.choice((None, True, True, False)),
                    mark=self.random.choice((None, 1, 4, 5)),
                )

    def _forms(self) -> None:
        number = 1000
        for school in EVERYWHERE:
            for instrument in ("staffing", "mentoring_school", "network"):
                for _ in range(self.random.choice((0, 1, 1, 2))):
                    number += 1
                    self._form(number, instrument, school)

    def _form(self, number: int, instrument: str, school: int) -> None:
        draw = self.random.randint
        values: dict[int, Any] = {}
        marks = ["-"] * {"staffing": 29, "mentoring_school": 7, "network": 6}[instrument]
        if instrument == "staffing":
            values = {2: draw(10, 40) + 0.25, 3: draw(10, 40) + 0.5, 4: draw(10, 60), 5: draw(0, 9)}
            if self.chance(0.8):
                values[6] = draw(350, 550) / 10
            marks[6] = self.random.choice("yn")
            if marks[6] == "y":
                values |= {9: draw(1, 4), 23: draw(1, 4), 25: draw(1, 4)}
            marks[26] = self.random.choice("yn")
            if marks[26] == "y":
                marks[27] = "+"
                values[28] = self.random.choice(("poria", "po", "a", "ri"))
        elif instrument == "mentoring_school":
            values = {item: draw(0, 9) for item in range(2, 7)}
        else:
            values = {2: draw(10, 60), 3: draw(0, 10)}
            marks[3] = self.random.choice("yn")
        for item in values:
            marks[item - 1] = "+"
        at = self.moment(date(2025, 7, 1))
        state = "finished" if self.chance(0.9) else "stopped"
        self._session(number, self.random.choice(self.people), instrument, state, at, "".join(marks), None, school)
        for item, value in values.items():
            self.add(tables.survey_values, session_id=number, item=item, value=value)

    def _session(
        self,
        number: int,
        person: int,
        instrument: str,
        state: str,
        at: datetime,
        answers: str = "",
        campaign: int | None = None,
        school: int | None = None,
    ) -> None:
        self.add(
            tables.survey_sessions,
            id=number,
            person_id=person,
            instrument=instrument,
            version="1",
            answers=answers,
            state=state,
            started_at=at,
            updated_at=at,
            finished_at=at if state == "finished" else None,
            campaign_id=campaign,
            organisation_id=school,
        )

    def _tests(self) -> None:
        number = 2000
        for campaign in range(1, 9):
            draft = self.chance(0.15)
            self.add(
                tables.campaigns,
                id=campaign,
                organisation_id=self.random.choice((MUNICIPALITY, MUNICIPALITY, SCHOOLS[0], NEIGHBOUR)),
                instrument=self.random.choice(("boyko", "deficits", "courses")),
                title=f"Кампания {campaign}",
                audience={},
                anonymous=self.chance(0.2),
                state="draft" if draft else "running",
                ends_on=TODAY,
                created_at=NOW,
                launched_at=None if draft else self.moment(),
            )
            for person in self.random.sample(self.people, 20):
                school = self.random.choice(self.schools_of[person] or EVERYWHERE)
                done = self.chance(0.6)
                self.add(
                    tables.campaign_people, campaign_id=campaign, person_id=person, school_id=school, finished=done
                )
                if done:
                    number += 1
                    self._session(number, person, "boyko", "finished", self.moment(), "", campaign)
        for instrument in ("deficits", "adaptation", "pair_comfort", "boyko"):
            for _ in range(self.random.choice((0, 1, 15, 30))):
                number += 1
                state = "finished" if self.chance(0.9) else "stopped"
                self._session(number, self.random.choice(self.people), instrument, state, self.moment())

    def _kept(self) -> None:
        for day in sorted({self.day() for _ in range(4)}):
            for place in (MUNICIPALITY, *SCHOOLS):
                facts = {"teachers": self.random.randint(1, 99), "mentors": self.random.randint(1, 9)}
                self.add(reporting.fact_days, organisation_id=place, day=day, facts=facts)
