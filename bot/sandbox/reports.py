"""What reports of the demonstration district speak of besides people: plans, earlier years, forms, events."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.sandbox.school_forms import add_forms
from bot.telegram import CHANNEL
from services.delivery.quiet import Quiet
from services.people.model import Account, Role
from services.reporting.periods import before, year_of
from services.reporting.statement.model import Amount
from services.reporting.target import Target
from storage.reporting_tables import event_people, events, fact_days
from storage.tables import roles
from storage.unit_of_work import StoredWork

IRINA, NATALYA = 5007, 5005
PLANS = {
    "deficits.coverage": Target(share=900),
    "mentoring.schools": Target(number=6),
    "early.mentored": Target(share=600),
    "events.held": Target(number=8),
    "mentors.count": Target(number=16),
    "boyko.coverage": Target(share=800),
}
# The service began this autumn: earlier years are known from papers.
EARLIER = (
    {"teachers.early_share": (24, 153), "mentors.count": (3,), "iom.developed": (9, 153), "events.held": (3,)},
    {"teachers.early_share": (23, 150), "mentors.count": (4,), "iom.developed": (14, 150), "events.held": (4,)},
)
EVENTS = (
    ("young_school", "Школа молодого педагога: первое занятие", -52, "early", 9, "Подготовлены планы на год"),
    ("seminar", "Семинар «Обратная связь на уроке»", -31, "everybody", 18, "Собран банк приёмов"),
    ("association", "Объединение учителей математики", -12, "everybody", 11, "Согласованы критерии оценивания"),
    ("round_table", "Круглый стол наставников", 9, "mentors", 0, ""),
    ("young_school", "Школа молодого педагога: разговор с родителями", 16, "early", 0, ""),
    ("contest", "Районный конкурс «Методическая находка»", 47, "everybody", 0, ""),
)
"""Kinds, titles, about how many days from today, audiences, how many came, what came of it."""
WORKING_DAYS = Quiet(saturdays=True)
EXPECTED = "Участники возьмут в работу один новый приём"


class Reports:
    """Settles them in the district; `zone` is the district's."""

    def __init__(self, work: StoredWork, connection: AsyncConnection, now: datetime, zone: ZoneInfo) -> None:
        self._work = work
        self._connection = connection
        self._now = now
        self._today = now.astimezone(zone).date()

    async def settle(self, municipality: int, schools: list[int], headcounts: tuple[int, ...]) -> None:
        """Everything that is not about single teachers."""
        irina, natalya = [await self._person(each) for each in (IRINA, NATALYA)]
        year = year_of(self._today)
        for indicator, target in PLANS.items():
            await self._work.plans.put(municipality, year.key, indicator, target)
        for period, amounts in zip(before(year, len(EARLIER)), EARLIER, strict=True):
            for indicator, parts in amounts.items():
                amount = Amount(parts[0], parts[1] if len(parts) > 1 else None)
                await self._work.given.put(municipality, period.key, indicator, amount, irina, self._now)
        await add_forms(self._connection, schools, headcounts, natalya, self._now)
        await self._keep_days(municipality, schools)
        await self._hold(municipality, schools, irina)

    async def _keep_days(self, municipality: int, schools: list[int]) -> None:
        """The ends of the last two months, when a few people were not here yet."""
        headcounts = dict.fromkeys(schools, 0)
        for row in await self._connection.execute(
            select(roles.c.organisation_id, func.count().label("teachers"))
            .where(roles.c.role == Role.TEACHER.value, roles.c.organisation_id.in_(schools))
            .group_by(roles.c.organisation_id)
        ):
            headcounts[row.organisation_id] = row.teachers
        last = self._today.replace(day=1) - timedelta(days=1)
        for day, fewer in ((last, 1), (last.replace(day=1) - timedelta(days=1), 2)):
            of_schools = [{"schools": 1, "teachers": max(1, count - fewer)} for count in headcounts.values()]
            whole = {code: sum(one[code] for one in of_schools) for code in of_schools[0]}
            rows = zip([municipality, *schools], [whole, *of_schools], strict=True)
            kept = [{"organisation_id": place, "day": day, "facts": facts} for place, facts in rows]
            await self._connection.execute(insert(fact_days), kept)

    async def _hold(self, municipality: int, schools: list[int], methodist: int) -> None:
        people = (
            await self._connection.execute(
                select(roles.c.person_id, roles.c.organisation_id)
                .where(roles.c.role == Role.TEACHER.value, roles.c.organisation_id.in_(schools))
                .order_by(roles.c.person_id)
            )
        ).all()
        for number, (kind, title, days, audience, came, outcome) in enumerate(EVENTS):
            event_id = await self._event(municipality, methodist, kind, title, days, audience, outcome)
            rows = [
                {
                    "event_id": event_id,
                    "person_id": one.person_id,
                    "school_id": one.organisation_id,
                    "state": "signed_up",
                    "signed_up_at": self._now + timedelta(days=days - 5),
                    "attended": True,
                    "mark": (5, 4, 5, 5, 3)[place % 5] if place % 3 else None,
                }
                for place, one in enumerate(people[number :: len(EVENTS)][:came])
            ]
            if rows:
                await self._connection.execute(insert(event_people), rows)

    async def _event(
        self, municipality: int, methodist: int, kind: str, title: str, days: int, audience: str, outcome: str
    ) -> int:
        day = self._today + timedelta(days=days)
        held_on = WORKING_DAYS.open_day_before(day) if days < 0 else WORKING_DAYS.open_day(day)
        created = self._now - timedelta(days=70)
        made = await self._connection.execute(
            insert(events)
            .values(
                organisation_id=municipality,
                kind=kind,
                title=title,
                held_on=held_on,
                held_at="15:00",
                place="Методический центр",
                audience=audience,
                responsible_id=methodist,
                expected=EXPECTED,
                outcome=outcome,
                state="held" if days < 0 else "planned",
                announced_at=created if days < 0 else None,
                remind_on=held_on - timedelta(days=7) if days > 0 else None,
                created_by=methodist,
                created_at=created,
                closed_at=self._now + timedelta(days=days + 1) if days < 0 else None,
            )
            .returning(events.c.id)
        )
        return int(made.scalar_one())

    async def _person(self, account_id: int) -> int:
        found = (await self._work.people.visitor(Account(CHANNEL, account_id))).person
        assert found is not None
        return found.id
