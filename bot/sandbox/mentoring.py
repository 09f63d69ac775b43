"""The demonstration district's mentoring: a bank, people who wait, pairs that live and one that is silent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.sandbox.autumn import FIRST_BACKGROUND, LEADING
from bot.telegram import CHANNEL
from services.mentoring.meetings.meeting import MeetingForm, MeetingState
from services.mentoring.pair import PairEvent, PairHappening, PairState
from services.mentoring.programs.beginning import begin
from services.people.model import Account, Role
from storage.mentoring_tables import meetings, mentee_requests, mentor_cards, pairs
from storage.tables import accounts, people, roles
from storage.unit_of_work import StoredWork

GALINA, NATALYA, ANNA, OLGA = 5004, 5005, 5010, 5002
EXPERIENCED_FROM = 15
"""Years of work of those who make up the bank."""
MENTORS_A_SCHOOL, WAITING_A_SCHOOL = 3, 3


@dataclass(frozen=True, slots=True)
class Sketch:
    """A meeting so many days ago."""

    days: int
    minutes: int
    form: MeetingForm
    topic: str
    agreement: str = ""
    state: MeetingState = MeetingState.CONFIRMED


ANNAS = (
    Sketch(33, 45, MeetingForm.CONSULTATION, "рабочая программа и журнал", "заполнить журнал до пятницы"),
    Sketch(24, 45, MeetingForm.LESSON_VISIT, "урок в 5 «Б», дроби", "разобрать начало урока"),
    Sketch(10, 30, MeetingForm.JOINT_PLANNING, "план открытого урока", "показать черновик", MeetingState.LOGGED),
)
STEADY = (
    Sketch(36, 45, MeetingForm.CONSULTATION, "первые недели и журнал"),
    Sketch(22, 45, MeetingForm.LESSON_VISIT, "урок глазами наставника", "выбрать один приём"),
    Sketch(9, 40, MeetingForm.JOINT_PLANNING, "план следующей темы"),
)
SILENT = (Sketch(29, 40, MeetingForm.CONSULTATION, "план на четверть"),)
STRENGTHS = (
    ["methodical", "assessment"],
    ["digital", "communication"],
    ["subject", "psycho_pedagogical"],
    ["communication", "methodical"],
)
HELP = (
    "Помогу спланировать урок и разобраться с оцениванием",
    "Покажу, как вести цифровой журнал и говорить с родителями",
    "Вместе разберём трудные темы и трудный класс",
    "Помогу подготовить открытый урок",
)
PURPOSES = (
    (["methodical"], "Не успеваю по плану урока, хочу научиться держать темп"),
    (["assessment", "digital"], "Нужна помощь с критериями оценивания"),
    (["communication"], "Трудно говорить с родителями"),
)


class Mentoring:
    """Settles mentoring in the district; `zone` is the district's."""

    def __init__(self, work: StoredWork, connection: AsyncConnection, now: datetime, zone: ZoneInfo) -> None:
        self._work = work
        self._connection = connection
        self._now = now
        self._today = now.astimezone(zone).date()

    async def settle(self, schools: list[int]) -> None:
        """Cards and requests in every school that has people enough, pairs in the first two."""
        galina, natalya, anna, olga = [await self._person(each) for each in (GALINA, NATALYA, ANNA, OLGA)]
        await self._card(galina, schools[0], 0, capacity=3)
        await self._card(natalya, schools[0], 1, capacity=1)
        taken = {galina, natalya, anna, olga}
        for number, school in enumerate(schools[:-1]):
            for place, mentor in enumerate(await self._experienced(school, taken)):
                await self._card(mentor, school, number + place + 1, capacity=2, state="approved")
                taken.add(mentor)
            for place, mentee in enumerate(await self._beginners(school, taken)):
                await self._request(mentee, school, place, days=6 + 9 * place + number)
                taken.add(mentee)
        await self._request(olga, schools[0], 1, days=4)
        await self._pair(galina, anna, schools[0], ANNAS, days=40)
        [*_, silent_mentor] = await self._mentors(schools[1])
        [silent_mentee, *_] = await self._beginners(schools[1], taken)
        await self._pair(silent_mentor, silent_mentee, schools[1], SILENT, days=50)
        taken.add(silent_mentee)
        for school in schools[LEADING]:
            await self._pairs(school, silent_mentor, taken)
        offered = (await self._experienced(schools[0], taken))[0]
        await self._card(offered, schools[0], 2, capacity=2, state="offered")

    async def _pairs(self, school: int, busy: int, taken: set[int]) -> None:
        """Steady pairs of a school where mentoring works: each mentor of its bank but the busy one has two."""
        for mentor in await self._mentors(school):
            if mentor == busy:
                continue
            for seat, mentee in enumerate((await self._beginners(school, taken))[:2], start=1):
                await self._pair(mentor, mentee, school, STEADY, days=45, seat=seat)
                taken.add(mentee)

    async def _person(self, account_id: int) -> int:
        found = (await self._work.people.visitor(Account(CHANNEL, account_id))).person
        assert found is not None
        return found.id

    async def _experienced(self, school: int, taken: set[int]) -> list[int]:
        return await self._background(school, taken, people.c.years_of_work >= EXPERIENCED_FROM, MENTORS_A_SCHOOL)

    async def _beginners(self, school: int, taken: set[int]) -> list[int]:
        return await self._background(school, taken, people.c.birth_year > self._today.year - 35, WAITING_A_SCHOOL)

    async def _background(self, school: int, taken: set[int], kind: object, most: int) -> list[int]:
        """People of the school who only make up the figures."""
        query = (
            select(people.c.id)
            .join(roles, roles.c.person_id == people.c.id)
            .join(accounts, accounts.c.person_id == people.c.id)
            .where(roles.c.organisation_id == school, roles.c.role == Role.TEACHER.value, kind)  # type: ignore[arg-type]
            .where(accounts.c.external_id > FIRST_BACKGROUND, people.c.id.not_in(taken))
            .order_by(people.c.id)
            .limit(most)
        )
        return list(await self._connection.scalars(query))

    async def _mentors(self, school: int) -> list[int]:
        query = select(mentor_cards.c.person_id).where(mentor_cards.c.school_id == school)
        return list(await self._connection.scalars(query.order_by(mentor_cards.c.person_id)))

    async def _card(
        self, person_id: int, school: int, number: int, capacity: int, state: str = "approved"
    ) -> None:
        approved = state == "approved"
        offered_at = self._now - timedelta(days=60 if approved else 2)
        await self._connection.execute(
            insert(mentor_cards).values(
                person_id=person_id,
                school_id=school,
                state=state,
                strengths=STRENGTHS[number % len(STRENGTHS)],
                help_with=HELP[number % len(HELP)],
                formats=["school", "online"] if number % 2 else ["school", "lessons"],
                times="вторник и четверг после шестого урока",
                capacity=capacity,
                reaches_out=number % 2 == 1,
                prefers_early=number % 3 == 0,
                created_at=offered_at,
                offered_at=offered_at,
                approved_at=offered_at + timedelta(days=1) if approved else None,
            )
        )
        if approved:
            await self._work.people.grant(person_id, Role.MENTOR, school, offered_at)
            await self._work.pairs.set_capacity(person_id, capacity)

    async def _request(self, person_id: int, school: int, number: int, days: int) -> None:
        domains, purpose = PURPOSES[number % len(PURPOSES)]
        since = self._now - timedelta(days=days)
        await self._connection.execute(
            insert(mentee_requests).values(
                person_id=person_id,
                school_id=school,
                state="open",
                domains=domains,
                purpose=purpose,
                formats=["school"],
                created_at=since,
                waits_since=since,
            )
        )

    async def _pair(
        self, mentor: int, mentee: int, school: int, held: tuple[Sketch, ...], days: int, seat: int = 1
    ) -> None:
        began = self._today - timedelta(days=days)
        moment = self._now - timedelta(days=days)
        made = await self._connection.execute(
            insert(pairs)
            .values(
                mentor_id=mentor,
                mentee_id=mentee,
                school_id=school,
                form="teacher_teacher",
                state=PairState.ACTIVE.value,
                seat=seat,
                reasons=["та же школа", "сильные стороны там, где нужна помощь"],
                proposed_at=moment,
                answer_by=moment,
                mentor_agreed_at=moment,
                mentee_agreed_at=moment,
                approved_at=moment,
                started_on=began,
                last_met_on=self._today - timedelta(days=min(each.days for each in held)),
            )
            .returning(pairs.c.id)
        )
        pair_id = int(made.scalar_one())
        for what in (PairHappening.PROPOSED, PairHappening.APPROVED, PairHappening.STARTED):
            await self._work.pairs.note(PairEvent(pair_id, moment, None, what))
        pair = await self._work.pairs.get(pair_id)
        assert pair is not None
        await begin(self._work, pair, began, moment)
        for each in held:
            logged = self._now - timedelta(days=each.days)
            await self._connection.execute(
                insert(meetings).values(
                    pair_id=pair_id,
                    state=each.state.value,
                    held_on=logged.date(),
                    minutes=each.minutes,
                    form=each.form.value,
                    topic=each.topic,
                    agreement=each.agreement,
                    logged_by=mentor,
                    logged_at=logged,
                    confirmed_at=logged if each.state is MeetingState.CONFIRMED else None,
                )
            )
