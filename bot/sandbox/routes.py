"""The demonstration district's routes (ИОМ): of people one can be, and of some who only make up the figures."""

import random
import struct
import zlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.sandbox.autumn import FIRST_BACKGROUND, INSTRUMENT, LEADING, taken
from bot.telegram import CHANNEL
from services.delivery.quiet import Quiet
from services.diagnostics.loading import load_instruments
from services.iom.model import (
    Attachment,
    Event,
    EvidenceKind,
    Form,
    Happening,
    Plan,
    Route,
    RouteKind,
    RouteState,
    Step,
    StepState,
)
from services.iom.schedule import scheduled
from services.iom.versions import snapshot
from services.people.model import Account, Role
from services.reporting.groups.waves import school_year_of
from services.reporting.target import Target
from storage.iom_plans import RoutePlanTable
from storage.tables import accounts, roles, survey_sessions
from storage.unit_of_work import StoredWork

OLGA, ANDREY, GALINA, NATALYA = 5002, 5003, 5004, 5005
PLANNED_SHARE = 50
"""Tenths of a per cent of all teachers."""
BACKGROUND = (RouteState.ACTIVE,) * 4 + (RouteState.CLOSED,) * 3 + (RouteState.REVIEW,) * 2 + (RouteState.DRAFT,)
"""States of the routes that only make up the figures."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A step: what it is, when it is due in days from today, and how far it has come."""

    domain: str
    title: str
    form: Form
    days: int
    result: str
    state: StepState = StepState.PLANNED


OLGAS = (
    Sketch(
        "digital",
        "Вебинар о проверке работ на цифровой платформе",
        Form.WEBINAR,
        -16,
        "Две проверочные работы проведены на платформе",
        StepState.CONFIRMED,
    ),
    Sketch(
        "assessment",
        "Посетить урок коллеги и разобрать, как ученики оценивают себя",
        Form.LESSON_EXCHANGE,
        -4,
        "Лист самооценки для своего класса",
    ),
    Sketch(
        "digital",
        "Мастер-класс: интерактивные задания за 15 минут",
        Form.MASTER_CLASS,
        -1,
        "Три задания для ближайшей темы",
        StepState.DONE,
    ),
    Sketch("assessment", "Консультация методиста по критериям", Form.CONSULTATION, 3, "Критерии к двум работам"),
    Sketch("assessment", "Курс «Формирующее оценивание на уроке»", Form.COURSE, 60, "Удостоверение и план урока"),
)
ANDREYS = (
    Sketch(
        "methodical",
        "Взаимопосещение уроков по теме групповой работы",
        Form.LESSON_EXCHANGE,
        -70,
        "План урока с групповой работой",
        StepState.CONFIRMED,
    ),
    Sketch(
        "psycho_pedagogical",
        "Консультация школьного психолога о трудном классе",
        Form.CONSULTATION,
        -45,
        "Договорённости с классом записаны",
        StepState.CONFIRMED,
    ),
    Sketch("methodical", "Открытый урок для коллег", Form.MASTER_CLASS, -20, "Разбор урока", StepState.CONFIRMED),
)
NATALYAS = (
    Sketch("", "Статья об опыте наставничества в школе", Form.PUBLICATION, 21, "Статья в районном сборнике"),
    Sketch("", "Конкурс методических разработок", Form.CONTEST, 45, "Заявка и разработка"),
)
COMMON = (
    Sketch("methodical", "Самообразование: приёмы работы с текстом", Form.SELF_STUDY, 14, "Подборка приёмов"),
    Sketch("communication", "Вебинар о разговоре с родителями", Form.WEBINAR, 30, "Памятка для собрания"),
)
LEADERS = (
    Sketch(
        "",
        "Взаимопосещение уроков в параллели",
        Form.LESSON_EXCHANGE,
        -12,
        "Лист наблюдения",
        StepState.CONFIRMED,
    ),
    Sketch("", "Курс «Функциональная грамотность на уроке»", Form.COURSE, 50, "Удостоверение"),
)
REFLECTION = {
    "worked": "Групповая работа перестала пугать: класс сам держит время.",
    "changed": "На каждом третьем уроке есть обсуждение в парах.",
}


class Routes:
    """Writes routes down for the people of the district."""

    def __init__(
        self, work: StoredWork, connection: AsyncConnection, chance: random.Random, now: datetime, zone: ZoneInfo
    ) -> None:
        self._work = work
        self._connection = connection
        self._chance = chance
        self._now = now
        self._zone = zone
        self._today = now.astimezone(zone).date()

    async def settle(self, municipality: int, schools: list[int]) -> None:
        """Routes of the cast and of the background, and the municipality's plan."""
        galina = await self._person(GALINA)
        olga = await self._add(OLGA, schools[0], RouteState.ACTIVE, OLGAS, ("assessment", "digital"), galina)
        await self._photograph(olga)
        await self._add(NATALYA, schools[0], RouteState.ACTIVE, NATALYAS, (), galina)
        await self._add(ANDREY, schools[1], RouteState.CLOSED, ANDREYS, ("methodical", "psycho_pedagogical"), None)
        await self._background(galina)
        for school in schools[LEADING]:
            await self._many(school)
        year = school_year_of(self._now, self._zone)
        await RoutePlanTable(self._connection).put(municipality, year, Target(share=PLANNED_SHARE))

    async def _background(self, mentor: int) -> None:
        taught = (
            await self._connection.execute(
                select(accounts.c.external_id, roles.c.organisation_id)
                .join(roles, roles.c.person_id == accounts.c.person_id)
                .where(accounts.c.external_id >= FIRST_BACKGROUND, roles.c.role == Role.TEACHER.value)
                .order_by(accounts.c.external_id)
            )
        ).all()
        for number, state in enumerate(BACKGROUND):
            teacher = taught[number * len(taught) // len(BACKGROUND)]
            looked_after = mentor if number == 0 else None
            domains = ("methodical", "communication") if number % 3 else ()
            await self._add(teacher.external_id, teacher.organisation_id, state, COMMON, domains, looked_after)

    async def _many(self, school: int) -> None:
        """Every third teacher of a leading school walks a route."""
        taught = await self._connection.execute(
            select(accounts.c.external_id, accounts.c.person_id)
            .join(roles, roles.c.person_id == accounts.c.person_id)
            .where(
                accounts.c.external_id >= FIRST_BACKGROUND,
                roles.c.role == Role.TEACHER.value,
                roles.c.organisation_id == school,
            )
            .order_by(accounts.c.external_id)
        )
        for teacher in taught.all()[1::3]:
            if await self._work.iom.open_of(teacher.person_id) is None:
                await self._add(teacher.external_id, school, RouteState.ACTIVE, LEADERS, (), None)

    async def _add(
        self,
        account_id: int,
        school: int,
        state: RouteState,
        sketches: tuple[Sketch, ...],
        deficits: tuple[str, ...],
        mentor: int | None,
    ) -> Route:
        began = self._now - timedelta(days=100 if state is RouteState.CLOSED else 30)
        person = await self._person(account_id)
        session = await self._diagnosed(person, began, 0.75) if deficits else None
        kind = RouteKind.DEFICITS if deficits else RouteKind.GROWTH
        work = self._work.iom
        route = await work.add(person, school, kind, deficits, session, began)
        assert route is not None
        await work.note(Event(route.id, began, person, Happening.CREATED))
        for sketch in sketches:
            due_on = self._today + timedelta(days=sketch.days)
            domain = sketch.domain if deficits else ""
            plan = Plan(domain, sketch.title, sketch.form, due_on, "Педагог", sketch.result)
            await self._walk(await work.add_step(route.id, plan), sketch, state, began)
        if state is not RouteState.DRAFT:
            version = snapshot(await work.steps(route.id))
            agreed = began + timedelta(days=2)
            curator = mentor if mentor is not None else await self._person(NATALYA)
            route = replace(route, state=state, mentor_id=mentor, submitted_at=began)
            await work.note(Event(route.id, began, person, Happening.SUBMITTED, version=version))
            if state is not RouteState.REVIEW:
                route = replace(route, agreed_at=agreed, agreed_by=curator)
                await work.note(Event(route.id, agreed, curator, Happening.AGREED, version=version))
            if state is RouteState.CLOSED:
                closed = self._now - timedelta(days=8)
                repeat = await self._diagnosed(person, self._now - timedelta(days=6), 0.3) if deficits else None
                route = replace(route, closed_at=closed, reflection=REFLECTION, repeat_session_id=repeat)
                await work.note(Event(route.id, closed, person, Happening.CLOSED))
            saved = await work.save(route)
            assert saved is not None
            route = saved
        return route

    async def _walk(self, step: Step, sketch: Sketch, state: RouteState, began: datetime) -> None:
        if state in (RouteState.DRAFT, RouteState.REVIEW):
            return
        walked = StepState.CONFIRMED if state is RouteState.CLOSED else sketch.state
        step = replace(step, state=walked, agreed=True, first_due_on=step.plan.due_on)
        if walked is not StepState.PLANNED:
            step = replace(step, done_at=began + timedelta(days=10))
        if walked is StepState.CONFIRMED:
            step = replace(step, confirmed_at=began + timedelta(days=11))
        # What fell due before the district was founded has been said already.
        await self._work.iom.save_step(scheduled(step, self._today - timedelta(days=1), Quiet()))

    async def _photograph(self, route: Route) -> None:
        done = next(step for step in await self._work.iom.steps(route.id) if step.state is StepState.DONE)
        photo = Attachment(EvidenceKind.PHOTO, "photo.png", _photo(), "Фото доски после мастер-класса")
        await self._work.iom.add_file(done.id, photo, "sandbox:photo", self._now - timedelta(days=1))

    async def _diagnosed(self, person: int, moment: datetime, need: float) -> int:
        instrument = load_instruments()[INSTRUMENT]
        session = taken(self._chance, instrument, person, moment, need, len(instrument.items))
        made = insert(survey_sessions).values(session).returning(survey_sessions.c.id)
        return int((await self._connection.execute(made)).scalar_one())

    async def _person(self, account_id: int) -> int:
        visitor = await self._work.people.visitor(Account(CHANNEL, account_id))
        assert visitor.person is not None
        return visitor.person.id


def _photo() -> bytes:
    """A small picture: a green board with chalk lines."""
    width, height = 480, 320
    board, chalk = (46, 94, 78), (226, 232, 224)
    lines = b""
    for y in range(height):
        line = b"".join(
            bytes(chalk if 40 < x < 60 + (y * 7919) % 360 and y % 48 in (20, 21, 22) else board)
            for x in range(width)
        )
        lines += b"\0" + line
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
