"""Facts by their definitions, computed with pandas from whole tables: nothing of ours but the words' meaning."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Date, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import metadata
from storage.types import UtcDateTime
from tests.storage.residents import CONSENT

Frames = Mapping[str, pd.DataFrame]
SILENT_DAYS = 14
MIN_GROUP = 5


async def read_frames(connection: AsyncConnection) -> Frames:
    """All tables as they are."""
    frames = {}
    for table in metadata.sorted_tables:
        rows = (await connection.execute(select(table))).all()
        frame = pd.DataFrame([tuple(row) for row in rows], columns=[column.name for column in table.columns])
        for column in table.columns:
            if isinstance(column.type, UtcDateTime):
                frame[column.name] = pd.to_datetime(frame[column.name], utc=True)
            elif isinstance(column.type, Date):
                frame[column.name] = pd.to_datetime(frame[column.name])
        frames[table.name] = frame
    return frames


def early_on(frames: Frames, day: pd.Timestamp) -> set[int]:
    """Those under 35 in the year of the day, and those whose third whole year of work has not passed on it."""
    found = set()
    for person in frames["people"].itertuples():
        young = pd.notna(person.birth_year) and day.year - person.birth_year < 35
        new = False
        if pd.notna(person.years_of_work):
            told = day if pd.isna(person.profile_on) else person.profile_on
            passed = sum(told + pd.DateOffset(years=years) <= day for years in (1, 2, 3))
            new = person.years_of_work + passed < 3
        if young or new:
            found.add(person.id)
    return found


class Recount:
    """Facts of some schools together, in the days from `begins` on and before `ends`."""

    def __init__(
        self,
        frames: Frames,
        schools: Collection[int],
        holder: int,
        begins: date,
        ends: date,
        now: datetime,
    ) -> None:
        self.frames = frames
        self.schools = list(schools)
        self.holder = holder
        self.begins, self.ends = pd.Timestamp(begins), pd.Timestamp(ends)
        self.since, self.until = (pd.Timestamp(day, tz=now.tzinfo) for day in (begins, ends))
        self.now = pd.Timestamp(now)
        self.today = pd.Timestamp(now.date())
        self.last = min(self.ends - pd.Timedelta(days=1), self.today)
        self.is_over = self.ends <= self.today
        self.facts: dict[str, float] = {}
        consents = frames["consents"][frames["consents"].revoked_at.isna()]
        self.agreeing = set(consents.person_id)
        self.agreeing_now = set(consents[consents.version == CONSENT].person_id)

    def all(self) -> Mapping[str, float]:
        self._teachers()
        self._routes()
        self._pairs()
        self._requests()
        self._events()
        self._forms()
        return self.facts

    def _role(self, role: str) -> pd.DataFrame:
        roles = self.frames["roles"]
        return roles[(roles.role == role) & roles.organisation_id.isin(self.schools)]

    def _early(self) -> set[int]:
        return early_on(self.frames, self.last)

    def _teachers(self) -> None:
        if self.is_over:
            return
        people, teachers = self.frames["people"], set(self._role("teacher").person_id)
        registered = set(people[people.registered_at.notna()].id)
        mentors, cards = self.frames["roles"], self.frames["mentor_cards"]
        mentors = mentors[mentors.role == "mentor"].merge(cards, on="person_id", how="left")
        at_home = mentors[mentors.organisation_id == mentors.school_id].person_id
        lent = mentors.person_id.isin(at_home) & (mentors.organisation_id != mentors.school_id)
        counted = mentors[~lent & mentors.organisation_id.isin(self.schools)]
        self.facts |= {
            "schools": len(self.schools),
            "schools.curated": self._role("curator").organisation_id.nunique(),
            "teachers": len(teachers),
            "teachers.joined": len(teachers & registered & self.agreeing),
            "teachers.early": len(teachers & self._early()),
            "mentors": counted.person_id.nunique(),
        }

    def _within(self, moments: Any) -> Any:
        return (moments >= self.since) & (moments < self.until)

    def _days_within(self, days: Any) -> Any:
        return (days >= self.begins) & (days < self.ends)

    def _routes(self) -> None:
        routes = self.frames["iom_routes"]
        routes = routes[routes.school_id.isin(self.schools)]
        steps = self.frames["iom_steps"]
        steps = steps[steps.agreed.astype(bool)].merge(
            routes, left_on="route_id", right_on="id", suffixes=("", "_of_route")
        )
        teaching = set(self._role("teacher").person_id)
        theirs = routes[
            routes.person_id.isin(teaching)
            & routes.submitted_at.notna()
            & (routes.state != "cancelled")
            & (routes.created_at < self.until)
            & (routes.closed_at.isna() | (routes.closed_at >= self.since))
        ]
        their_steps = steps[steps.route_id.isin(theirs.id)]
        done = their_steps[their_steps.state.isin(["done", "confirmed"]) & self._within(their_steps.done_at)]
        courses = their_steps[(their_steps.form == "course") & (their_steps.state != "cancelled")]
        early = theirs[theirs.person_id.isin(self._early())]
        confirmed = steps.state == "confirmed"
        self.facts |= {
            "iom.people": theirs.person_id.nunique(),
            "iom.people.deficits": theirs[theirs.kind == "deficits"].person_id.nunique(),
            "iom.people.growth": theirs[theirs.kind == "growth"].person_id.nunique(),
            "iom.developed": theirs[
                self._within(theirs.created_at) | self._within(theirs.agreed_at)
            ].person_id.nunique(),
            "iom.took_part": done.person_id.nunique(),
            "iom.early": early.person_id.nunique(),
            "iom.early.finished": early[
                (early.state == "closed") & self._within(early.closed_at)
            ].person_id.nunique(),
            "courses.recommended": courses.person_id.nunique(),
            "courses.done": courses[
                (courses.state == "confirmed") & (courses.confirmed_at < self.until)
            ].person_id.nunique(),
            "iom.drafted": len(routes[self._within(routes.created_at)]),
            "iom.agreed": len(routes[self._within(routes.agreed_at)]),
            "iom.finished": len(routes[(routes.state == "closed") & self._within(routes.closed_at)]),
            "iom.cancelled": len(routes[(routes.state == "cancelled") & self._within(routes.closed_at)]),
            "steps.confirmed": len(steps[confirmed & self._within(steps.confirmed_at)]),
        }
        if not self.is_over:
            self._routes_now(routes, steps)

    def _routes_now(self, routes: pd.DataFrame, steps: pd.DataFrame) -> None:
        open_now = routes[
            routes.state.isin(["draft", "review", "active"]) & routes.person_id.isin(self.agreeing_now)
        ]
        steps = steps[steps.route_id.isin(open_now.id)]
        pauses = self.frames["iom_pauses"]
        resting = pauses[~pauses.over.astype(bool)].set_index("route_id").starts_on
        planned = steps[steps.state == "planned"]
        moved = planned.route_id.map(resting) <= planned.due_on
        late = planned[(planned.due_on < self.today) & ~moved]
        self.facts |= {
            "iom.in_progress": len(open_now[open_now.agreed_at.notna()]),
            "iom.waiting": len(open_now[open_now.state == "review"]),
            "iom.overdue": late.route_id.nunique(),
            "steps.planned": len(planned),
            "steps.overdue": len(late),
            "steps.handed_in": len(steps[steps.state == "done"]),
        }

    def _pairs(self) -> None:
        every = self.frames["pairs"]
        agreed = every[
            every.approved_at.notna() & every.mentor_id.isin(self.agreeing) & every.mentee_id.isin(self.agreeing)
        ]
        pairs = agreed[agreed.school_id.isin(self.schools)]

        def at_work(these: pd.DataFrame) -> pd.DataFrame:
            return these[
                (these.started_on < self.ends) & (these.ended_on.isna() | (these.ended_on >= self.begins))
            ]

        worked = at_work(pairs)
        meetings = self.frames["meetings"]
        meetings = meetings[meetings.pair_id.isin(pairs.id) & self._days_within(meetings.held_on)]
        stages = self.frames["pair_stages"]
        going_on = stages[stages.done_on.isna() | (stages.done_on > self.last)]
        stage = going_on.groupby("pair_id").number.min().combine_first(stages.groupby("pair_id").number.max())
        stage_of = worked.id.map(stage)
        mentees = set(at_work(agreed).mentee_id) & self._early() & set(self._role("teacher").person_id)
        here = every[every.school_id.isin(self.schools)]
        offered = here[self._within(here.proposed_at)]
        met = offered.id.isin(self.frames["meetings"].pair_id)
        ended = self._days_within(pairs.ended_on)
        self.facts |= {
            "pairs.worked": len(worked),
            "pairs.met": worked.id.isin(meetings.pair_id).sum(),
            "pairs.open": len(
                pairs[(pairs.started_on <= self.last) & (pairs.ended_on.isna() | (pairs.ended_on > self.last))]
            ),
            "pairs.formed": self._within(pairs.approved_at).sum(),
            "pairs.completed": (ended & (pairs.state == "completed")).sum(),
            "pairs.closed_early": (ended & (pairs.state == "closed_early")).sum(),
            "pairs.form.teacher_teacher": (worked.form == "teacher_teacher").sum(),
            "pairs.form.leader_teacher": (worked.form == "leader_teacher").sum(),
            **{f"pairs.stage.{number}": (stage_of == number).sum() for number in (1, 2, 3)},
            "pairs.stage.none": stage_of.isna().sum(),
            "meetings.held": len(meetings),
            "meetings.minutes": pd.to_numeric(meetings.minutes).sum(),
            "meetings.timed": meetings.minutes.notna().sum(),
            "meetings.confirmed": (meetings.state == "confirmed").sum(),
            "early.mentored": len(mentees),
            "funnel.proposed": len(offered),
            "funnel.approved": offered.approved_at.notna().sum(),
            "funnel.met": (offered.approved_at.notna() & met).sum(),
            "funnel.completed": ((offered.state == "completed") & met).sum(),
            "schools.model": worked.school_id.nunique(),
        }
        if not self.is_over:
            limit = self.today - pd.Timedelta(days=SILENT_DAYS)
            next_day = (limit + pd.Timedelta(days=1)).tz_localize(self.since.tz)
            history = self.frames["pair_history"]
            back = history[(history.what == "resumed") & (history["at"] >= next_day)].pair_id
            self.facts["pairs.silent"] = (
                (pairs.state == "active")
                & (pairs.started_on <= limit)
                & (pairs.last_met_on.isna() | (pairs.last_met_on <= limit))
                & ~pairs.id.isin(back)
            ).sum()

    def _requests(self) -> None:
        requests = self.frames["mentee_requests"]
        requests = requests[requests.school_id.isin(self.schools)]
        self.facts["funnel.requests"] = ((requests.state != "draft") & self._within(requests.created_at)).sum()
        if not self.is_over:
            pairs, teachers = self.frames["pairs"], self._role("teacher")
            teaching = set(zip(teachers.person_id, teachers.organisation_id, strict=True))
            there = [pair in teaching for pair in zip(requests.person_id, requests.school_id, strict=True)]
            seated = pairs[pairs.seat.notna()].mentee_id
            self.facts["requests.waiting"] = (
                (requests.state == "open")
                & pd.Series(there, index=requests.index, dtype=bool)
                & requests.person_id.isin(self.agreeing)
                & ~requests.person_id.isin(seated)
            ).sum()

    def _events(self) -> None:
        events = self.frames["events"]
        events = events[self._days_within(events.held_on)]
        own = events[events.organisation_id == self.holder]
        parts = self.frames["event_people"]
        parts = parts[
            parts.school_id.isin(self.schools) & parts.event_id.isin(events[events.state != "cancelled"].id)
        ]
        self.facts |= {
            "events.planned": len(own),
            "events.held": (own.state == "held").sum(),
            "events.cancelled": (own.state == "cancelled").sum(),
            "events.signed_up": (parts.state == "signed_up").sum(),
            "events.attended": (parts.attended == True).sum(),  # noqa: E712
        }
        self._marks(events[events.state != "cancelled"])

    def _marks(self, events: pd.DataFrame) -> None:
        """A mark is told of with enough others, when what is left beside them is enough people, too, or nobody."""
        marks = self.frames["event_people"].dropna(subset="mark")
        marks = marks[marks.event_id.isin(events.id)]
        above = self.frames["organisations"].set_index("id").parent_id
        marks = marks.assign(above=marks.school_id.map(above), mark=pd.to_numeric(marks.mark))

        def told(given: pd.DataFrame, by: str) -> pd.DataFrame:
            sizes = given.groupby(by).mark.transform("size")
            rest = (sizes < MIN_GROUP).sum()
            return given[sizes >= MIN_GROUP] if rest == 0 or rest >= MIN_GROUP else given.iloc[:0]

        shown = [told(of_event, "above") for _, of_event in marks.groupby("event_id")]
        if len(self.schools) == 1:
            shown = [told(of_place, "school_id") for each in shown for _, of_place in each.groupby("above")]
        mine = pd.concat(shown) if shown else marks.iloc[:0]
        mine = mine[mine.school_id.isin(self.schools)]
        self.facts |= {"events.rated": len(mine), "events.rating": mine.mark.sum()}

    def _forms(self) -> None:
        sessions = self.frames["survey_sessions"]
        end = min(self.until, self.now)
        sessions = sessions[
            (sessions.state == "finished")
            & sessions.organisation_id.isin(self.schools)
            & (sessions.finished_at < self.until)
            & (sessions.finished_at > end - pd.Timedelta(days=366))
            & (sessions.finished_at <= end)
        ].sort_values(["finished_at", "id"])
        newest = sessions.drop_duplicates(["instrument", "organisation_id"], keep="last")
        values = self.frames["survey_values"]
        table = values.pivot(index="session_id", columns="item", values="value")
        of = {name: newest[newest.instrument == name] for name in ("staffing", "mentoring_school", "network")}

        def column(name: str, item: int) -> pd.Series:
            if item not in table.columns:
                return pd.Series([None] * len(of[name]))
            return of[name].id.map(table[item])

        def put(code: str, numbers: Any) -> None:
            numbers = pd.to_numeric(pd.Series(numbers, dtype=object)).dropna()
            if len(numbers):
                self.facts[code] = numbers.sum()

        cards = of["staffing"]
        self.facts["staffing.forms"] = len(cards)
        for item, code in {2: "posts", 3: "need", 4: "headcount", 5: "under_35"}.items():
            put(f"staffing.{code}", column("staffing", item))
        if len(cards):
            vacant = [pd.to_numeric(column("staffing", item)).fillna(0) for item in (9, 23, 25)]
            self.facts["staffing.vacancies"] = sum(each.sum() for each in vacant)
        years = pd.to_numeric(column("staffing", 6)) * pd.to_numeric(column("staffing", 4))
        put("staffing.age_sum", years)
        put("staffing.age_people", pd.to_numeric(column("staffing", 4))[years.notna()])
        self.facts["documents.forms"] = len(cards)
        if len(cards):
            there = column("staffing", 28).where(cards.answers.str[26] == "y").fillna("")
            for code in "poria":
                self.facts[f"documents.{code}"] = there.str.contains(code).sum()
            self.facts["documents.complete"] = (there.map(lambda codes: len(set(codes))) == 5).sum()
        self.facts["pairs.other.forms"] = len(of["mentoring_school"])
        names = ("teacher_pupil", "pupil_pupil", "student_pupil", "employer_pupil", "leader_teacher")
        for item, name in enumerate(names, start=2):
            put(f"pairs.other.{name}", column("mentoring_school", item))
        network = of["network"]
        self.facts["network.forms"] = len(network)
        put("network.headcount", column("network", 2))
        put("network.teachers", column("network", 3))
        if len(network):
            self.facts["network.schools"] = (network.answers.str[3] == "y").sum()
