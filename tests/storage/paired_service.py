"""A school with pairs at work, whose days the tests tell, and the clock's look at them."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.ticks.meetings import tend_meetings
from bot.ticks.pair_health import tend_health
from bot.ticks.pair_offers import tend_offers
from bot.ticks.pair_pauses import tend_pauses
from bot.ticks.pair_stages import tend_stages
from services.mentoring.meetings.meeting import MeetingForm, MeetingState, Told
from services.mentoring.pair import EndReason, NewPair, Pair, PairEvent, PairForm, PairHappening, PairState
from services.mentoring.programs.program import Direction, Program, Stage, StageNumber
from services.mentoring.requests.request import RequestState
from services.people.model import Role
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.test_iom_reminders import LONG_AGO, TUESDAY, ZONE, Service, days

MENTEE, MENTOR = "Новикова Анна Ивановна", "Опытова Вера Петровна"


class Paired(Service):
    """People, pairs, meetings, stages and requests of schools."""

    async def tick(self, now: datetime = TUESDAY, database: Database | None = None) -> None:
        await tend_health(database or self.database, self.desk, now)

    async def tick_all(self, now: datetime) -> None:
        """Everything of pairs that the clock brings."""
        for tend in (tend_offers, tend_pauses, tend_stages, tend_meetings, tend_health):
            await tend(self.database, self.desk, now)

    async def pair(
        self,
        met: date | None = None,
        *,
        mentor: int | None = None,
        mentee: int | None = None,
        school: int | None = None,
        state: PairState = PairState.ACTIVE,
        started: date = days(-60),
        name: str = MENTEE,
        **fields: Any,
    ) -> Pair:
        """A pair in this state; `met` is the day of its last meeting."""
        place = school or self.school
        led_by = mentor or await self.person(Role.MENTOR, school=place, name=MENTOR)
        led = mentee or await self.person(Role.TEACHER, school=place, name=name)
        async with self.database.write() as connection:
            work = StoredWork(connection)
            seats, taken = await work.pairs.seats(led_by)
            assert await work.pairs.set_capacity(led_by, max(seats, taken + 1))
            answer_by = fields.pop("answer_by", LONG_AGO + timedelta(days=3))
            request = fields.pop("request", None)
            new = NewPair(led_by, led, place, PairForm.TEACHER_TEACHER, LONG_AGO, answer_by, request_id=request)
            made = await work.pairs.add(new)
            assert made is not None
            at_work = {"started_on": started} if state not in (PairState.PROPOSED, PairState.DECLINED) else {}
            saved = await work.pairs.save(replace(made, state=state, last_met_on=met, **at_work, **fields))
            assert saved is not None
            await work.commit()
        return saved

    async def change_pair(self, pair: Pair, **fields: Any) -> None:
        async with self.database.write() as connection:
            work = StoredWork(connection)
            present = await work.pairs.get(pair.id)
            assert present is not None
            assert await work.pairs.save(replace(present, **fields)) is not None
            await work.commit()

    async def nudged_on(self, pair: Pair) -> date | None:
        async with self.database.read() as connection:
            present = await StoredWork(connection).pairs.get(pair.id)
        assert present is not None
        return present.nudged_on

    async def happened(self, pair: Pair, what: PairHappening, at: datetime) -> None:
        async with self.database.write() as connection:
            work = StoredWork(connection)
            await work.pairs.note(PairEvent(pair.id, at, None, what))
            await work.commit()

    async def meeting(
        self,
        pair: Pair,
        held_on: date,
        minutes: int | None = 45,
        state: MeetingState = MeetingState.CONFIRMED,
        logged_at: datetime | None = None,
        **told: Any,
    ) -> int:
        at = logged_at or datetime.combine(held_on, time(18), ZONE)
        async with self.database.write() as connection:
            work = StoredWork(connection)
            remind_on = told.pop("remind_on", None)
            facts = Told(held_on, MeetingForm.CONSULTATION, minutes, **told)
            made = await work.meetings.add(pair.id, None, facts, "", pair.mentor_id, remind_on, at)
            assert made is not None
            if state is not MeetingState.LOGGED:
                assert await work.meetings.save(replace(made, state=state)) is not None
            await work.commit()
        return made.id

    async def program(self, pair: Pair, *ends: date, over: int = 0, remind_on: date | None = None) -> None:
        """A program of stages that end on these days, so many of which are over."""
        stages = [
            Stage(pair.id, number, end, done_on=end if number <= over else None, remind_on=remind_on)
            for number, end in zip(StageNumber, ends, strict=True)
        ]
        program = Program(pair.id, "zq", days(-60), ends[-1], "Цель", ("Задача",), (Direction.SUPPORT,), ("Итог",))
        async with self.database.write() as connection:
            work = StoredWork(connection)
            assert await work.programs.add(program, stages)
            await work.commit()

    async def request(self, since: datetime, *, school: int | None = None, person: int | None = None) -> int:
        """An open request of somebody who has waited since then."""
        place = school or self.school
        asks = person or await self.person(Role.TEACHER, school=place, name="Ждунова Ирина Олеговна")
        async with self.database.write() as connection:
            work = StoredWork(connection)
            draft = await work.mentee_requests.add(asks, place, None, since)
            assert draft is not None
            saved = await work.mentee_requests.save(replace(draft, state=RequestState.OPEN, waits_since=since))
            assert saved is not None
            await work.commit()
        return saved.id

    async def lost_offer(self, ended_on: date) -> Pair:
        """A pair that nobody answered to, whose mentee waits on."""
        person = await self.person(Role.TEACHER, name="Ждунова Ирина Олеговна")
        request = await self.request(TUESDAY - timedelta(days=5), person=person)
        pair = await self.pair(mentee=person, state=PairState.PROPOSED, request=request)
        await self.change_pair(pair, state=PairState.DECLINED, end_reason=EndReason.NO_ANSWER, ended_on=ended_on)
        return pair

    async def takes_back_consent(self, person_id: int) -> None:
        async with self.database.write() as connection:
            work = StoredWork(connection)
            await work.people.revoke_consent(person_id, TUESDAY)
            await work.commit()
