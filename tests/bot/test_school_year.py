"""A school year on a clock of its own: edits, pauses, blocks, a dozen times kill -9, five long outages.

Every reminder that was due comes exactly once or merged with others, none in quiet hours, none of a finished step,
none in a pause. Only a process that is killed between Telegram's answer and its own note sends a message twice.
With YEAR_TEACHERS=200 it is a whole district with 1,000 steps and 40 kills, and takes minutes. The few teachers of
every day's run meet the same edits and outages; the kills are fewer, and as many of them for each teacher.
"""

import asyncio
import json
import os
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from services.iom import pausing, walking
from services.iom.model import PauseReason
from services.people.consent import load_consent
from services.people.model import Account, Kind, Role
from storage import migrate
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests import agreed_routes
from tests.bot.year_bot import BotOfTheYear, running
from tests.bot.year_model import BEGINS, ENDS, QUIET, Model, ModelStep, ModelTeacher

TEACHERS, STEPS_EACH = int(os.environ.get("YEAR_TEACHERS", "24")), 5
KILLS = 40 if TEACHERS >= 200 else 12
ZONES = MOSCOW, OMSK = ZoneInfo("Europe/Moscow"), ZoneInfo("Asia/Omsk")
HOURS, HOURS_OF_REST = (5, 10, 16, 19, 20), (10, 20)
"""When the clock strikes, in Moscow; in Omsk it is three hours later, and still the same day."""
PREFERRED = (None, 8, 13, 22)
PROCESS_DOWN = ((date(2026, 10, 12), 4), (date(2026, 12, 21), 10), (date(2027, 4, 5), 1))
LINE_DOWN = ((date(2026, 11, 9), 2), (date(2027, 2, 1), 8))
MENTOR, CURATOR = 5001, 6001


Happens = Callable[[StoredWork, ModelTeacher, datetime], Awaitable[bool]]


@dataclass
class Year:
    """The people of the year, what happens to them, and the model that follows."""

    database: Database
    chance: random.Random
    model: Model = field(default_factory=lambda: Model({}))
    done: Counter[str] = field(default_factory=Counter)

    async def settle(self) -> None:
        """Two schools in two zones, each with a curator; a mentor looks after every other teacher."""
        consent, now = load_consent().version, datetime.combine(BEGINS, time(0, 30), MOSCOW)
        async with self.database.write() as connection:
            work = StoredWork(connection)
            district = await work.organisations.add(Kind.MUNICIPALITY, "Сосновский район", None)
            schools = [await work.organisations.add(Kind.SCHOOL, f"Школа № {n}", district.id) for n in (1, 2)]
            await work.organisations.set_timezone(schools[1].id, str(OMSK))
            mentors = []
            for number, school in enumerate(schools):
                curates, leads = (Role.CURATOR, school.id), (Role.MENTOR, school.id)
                chat = Account("telegram", CURATOR + number)
                await agreed_routes.settled(work, chat, "Куратор", consent, now, curates)
                chat = Account("telegram", MENTOR + number)
                mentors.append(await agreed_routes.settled(work, chat, "Наставник", consent, now, leads))
                self.model.zones |= {CURATOR + number: ZONES[number], MENTOR + number: ZONES[number]}
            for number in range(TEACHERS):
                at = number % 2
                await self._settle_teacher(work, number, schools[at].id, mentors[at], consent, now)
            await work.commit()

    async def _settle_teacher(
        self, work: StoredWork, number: int, school: int, mentor: int, consent: str, now: datetime
    ) -> None:
        chat, preferred = 1000 + number, self.chance.choice(PREFERRED)
        account = Account("telegram", chat)
        person = await agreed_routes.settled(
            work, account, f"Педагог {number}", consent, now, (Role.TEACHER, school)
        )
        await work.people.set_reminder_hour(person, preferred)
        terms = sorted(BEGINS + timedelta(days=self.chance.randint(1, 265)) for _ in range(STEPS_EACH))
        titles = [f"Шаг {number}-{step}" for step in range(STEPS_EACH)]
        before = BEGINS - timedelta(days=1)
        mentored = number % 4 < 2
        route, steps = await agreed_routes.agreed(
            work, person, school, terms, before, now, mentor if mentored else None, titles
        )
        self.model.teachers[chat] = ModelTeacher(
            number, chat, route.id, person, ZONES[number % 2], QUIET.hour(preferred), mentored,
            [ModelStep(step.id, step.plan.due_on, before) for step in steps],
        )  # fmt: skip

    async def live(self, now: datetime) -> None:
        """Something happens to a few of them, and some of those who were away come back."""
        everybody = list(self.model.teachers.values())
        away = [one for one in everybody if one.blocked or (one.rest is not None and one.rest[1] is None)]
        async with self.database.write() as connection:
            work = StoredWork(connection)
            for teacher in self.chance.sample(everybody, max(1, TEACHERS // 66)):
                await self._happens(work, teacher, self.chance.choice(self._events), now)
            for teacher in away:
                if self.chance.random() < 0.1:
                    await self._happens(work, teacher, self._block if teacher.blocked else self._rest, now)
            await work.commit()

    @property
    def _events(self) -> tuple[Happens, ...]:
        return (self._finish, self._finish, self._postpone, self._rest, self._block)

    async def _happens(self, work: StoredWork, teacher: ModelTeacher, event: Happens, now: datetime) -> None:
        if await event(work, teacher, now):
            teacher.hindered = True
            self.done[event.__name__.strip("_")] += 1

    async def _finish(self, work: StoredWork, teacher: ModelTeacher, now: datetime) -> bool:
        today = now.astimezone(teacher.zone).date()
        near = [step for step in teacher.steps if step.open and step.due_on < today + timedelta(days=20)]
        if not near:
            return False
        chosen = self.chance.choice(near)
        route, step = await work.iom.get(teacher.route_id), await work.iom.step(chosen.id)
        assert route is not None
        assert step is not None
        if self.chance.random() < 0.2:
            assert await walking.cancel(work, route, step, "Так вышло", now) is not None
        else:
            await walking.keep_words(work, route, step, "Сделано", f"{chosen.id}:{now}", now)
            handed_in = await walking.hand_in(work, route, step, now)
            assert handed_in is not None
            if self.chance.random() < 0.1:
                assert await walking.take_back(work, route, handed_in, today, now, QUIET) is not None
                self.model.drop(chosen, today)
                chosen.after = max(chosen.after, today)
                if chosen.due_on < today:
                    # Whoever takes back a late step has it before their eyes.
                    self.model.heard_late.setdefault((teacher.number, teacher.steps.index(chosen)), today)
                return True
        self.model.drop(chosen, today)
        chosen.open = False
        return True

    async def _postpone(self, work: StoredWork, teacher: ModelTeacher, now: datetime) -> bool:
        today = now.astimezone(teacher.zone).date()
        near = [step for step in teacher.steps if step.open and step.due_on < today + timedelta(days=10)]
        if not near or teacher.rests(today):
            return False
        chosen = self.chance.choice(near)
        route, step = await work.iom.get(teacher.route_id), await work.iom.step(chosen.id)
        assert route is not None
        assert step is not None
        due_on = walking.term_after(step, self.chance.choice((3, 7, 14, 30)), today)
        assert await walking.postpone(work, route, step, due_on, "Перенесли", today, now, QUIET) is not None
        self.model.drop(chosen, today)
        chosen.due_on, chosen.after = due_on, max(chosen.after, today)
        return True

    async def _rest(self, work: StoredWork, teacher: ModelTeacher, now: datetime) -> bool:
        today = now.astimezone(teacher.zone).date()
        route = await work.iom.get(teacher.route_id)
        assert route is not None
        if teacher.rest is not None:
            if not teacher.rests(today) or self.chance.random() < 0.5:
                return False
            pause = await work.iom.pause(route.id)
            assert pause is not None
            last_day = today - timedelta(days=1)
            assert await pausing.resume(work, route, pause, last_day, teacher.person_id, now, QUIET)
            self.shift(teacher, last_day, today)
            return True
        length = self.chance.choice((None, 3, 10, 20))
        reason = PauseReason.SICK if length is None else PauseReason.HOLIDAYS
        starts_on = today if length is None else today + timedelta(days=self.chance.choice((0, 2)))
        ends_on = None if length is None else starts_on + timedelta(days=length)
        assert await pausing.pause(work, route, reason, starts_on, ends_on, teacher.person_id, today, now)
        teacher.rest = starts_on, ends_on
        return True

    async def _block(self, work: StoredWork, teacher: ModelTeacher, now: datetime) -> bool:
        teacher.blocked = not teacher.blocked
        if not teacher.blocked:
            await work.people.set_blocked(Account("telegram", teacher.chat), None)
        return True

    def shift(self, teacher: ModelTeacher, last_day: date, today: date) -> None:
        """The pause is over: its days are added to the terms."""
        assert teacher.rest is not None
        starts_on, _ = teacher.rest
        days = max(0, (last_day - starts_on).days + 1)
        for step in teacher.steps:
            if step.open and step.due_on >= starts_on and days:
                self.model.drop(step, today)
                step.due_on += timedelta(days=days)
                step.after = max(step.after, last_day)
        teacher.rest = None

    def end_pauses(self, now: datetime) -> None:
        """The bot does this when the clock strikes."""
        for teacher in self.model.teachers.values():
            today = now.astimezone(teacher.zone).date()
            if teacher.rest is not None and teacher.rest[1] is not None and teacher.rest[1] < today:
                self.shift(teacher, teacher.rest[1], today)

    def hinder(self) -> None:
        """Nobody can be told now: today nothing is asked for."""
        for teacher in self.model.teachers.values():
            teacher.hindered = True


def in_outage(day: date, outages: tuple[tuple[date, int], ...]) -> bool:
    return any(start <= day < start + timedelta(days=length) for start, length in outages)


def test_the_year(tmp_path: Path) -> None:
    asyncio.run(_year(tmp_path))


async def _year(folder: Path) -> None:
    url, record = f"sqlite+aiosqlite:///{folder / 'bot.db'}", folder / "sent.jsonl"
    record.touch()
    database = Database(url)
    await migrate.upgrade(database)
    year = Year(database, random.Random(2026))
    await year.settle()
    days = [BEGINS + timedelta(days=number) for number in range((ENDS - BEGINS).days + 1)]
    # On days of rest less often: what is sent there at all is wrong.
    hours = {day: HOURS_OF_REST if QUIET.rests(day) else HOURS for day in days}
    moments = [datetime.combine(day, time(hour), MOSCOW) for day in days for hour in hours[day]]
    busy = [one for one in moments if one.hour in (5, 10) and not QUIET.rests(one.date())]
    killed_at = set(year.chance.sample([one for one in busy if not in_outage(one.date(), PROCESS_DOWN)], KILLS))
    with record.open(encoding="utf-8") as sent:
        async with running(url, record, folder / "process.log") as bot:
            for now in moments:
                await _strike(year, bot, now, killed=now in killed_at)
                for line in map(json.loads, sent):
                    moment = datetime.fromisoformat(line["now"])
                    year.model.hear(moment, line["chat"], line["text"], killed=now in killed_at)
                if now.hour == HOURS[-1]:
                    year.model.end_day(now.date())
    await _check(year, folder)
    await database.close()


async def _strike(year: Year, bot: BotOfTheYear, now: datetime, *, killed: bool) -> None:
    if year.chance.random() < 0.2:
        await year.live(now - timedelta(minutes=10))
    line = not in_outage(now.date(), LINE_DOWN)
    if in_outage(now.date(), PROCESS_DOWN):
        year.hinder()
        return
    if not line:
        year.hinder()
    year.model.after_outage = in_outage(now.date() - timedelta(days=1), LINE_DOWN)
    year.end_pauses(now)
    blocked = [teacher.chat for teacher in year.model.teachers.values() if teacher.blocked]
    kill_after = year.chance.uniform(0, 0.06) if killed else None
    await bot.tick(now, line=line, blocked=blocked, kill_after=kill_after)


async def _check(year: Year, folder: Path) -> None:
    model = year.model
    untold = model.untold(ENDS)
    async with year.database.read() as connection:
        work = StoredWork(connection)
        stored = [await work.iom.step(step.id) for one in model.teachers.values() for step in one.steps]
    terms = [step.due_on for one in model.teachers.values() for step in one.steps]
    print(
        f"\nreminders due: {model.due + untold}, told: {model.told} in {model.messages} messages,"
        f" void before they could be told: {model.void}, open at the end: {untold};"
        f" to mentors: {model.escalations}, digests: {model.digests};"
        f" kill -9: {KILLS}, messages that came twice because of it: {model.twice}; {dict(year.done)}"
    )
    assert model.wrong[:20] == []
    assert [step.plan.due_on for step in stored if step is not None] == terms
    assert model.told > TEACHERS * STEPS_EACH * 2
    assert model.twice <= KILLS * 2
    assert model.escalations
    assert model.digests
