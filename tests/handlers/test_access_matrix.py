"""The whole table of routes against every role and scope: who gets to a handler, and who does not.

Handlers stand still here: what is asked is the edge's decision alone, with the real resolvers and a real database.
Who may do what is written down below by hand; a route that is missing there, or is there and gone, fails.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from aiogram.filters.callback_data import CallbackData

from bot import wiring
from bot.settings import load_settings
from bot.visits import Attached, Incoming, Visits
from handlers.routes import ANYWHERE, Routes
from handlers.table import all_routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Desk, Visit
from services.campaigns.model import State
from services.iom.model import Form, Plan, RouteKind, RouteState
from services.people import invites
from services.people.model import Account, Kind, Profile, Role
from storage.database import Database
from storage.tables import campaigns
from storage.unit_of_work import StoredWork
from tests.handlers import matrix_of_mentoring as mentoring
from tests.handlers import matrix_of_reports as reports
from tests.handlers.matrix_of_mentoring import About
from tests.migrated import put_migrated

INSIDE = Screen("inside")
PROFILE = Profile("Иванова Мария Петровна", "Учитель", "Математика", 12, 1976)

CAST = {
    # Two municipalities: A with the schools a1 and a2, B with b1.
    "stranger": None,
    "revoked": (),
    "unregistered": (),
    "nobody's": (),
    "teacher a1": ((Role.TEACHER, "a1"),),
    "mentor a1": ((Role.MENTOR, "a1"),),
    "curator a1": ((Role.CURATOR, "a1"), (Role.TEACHER, "a1")),
    "curator a2": ((Role.CURATOR, "a2"),),
    "curator b1": ((Role.CURATOR, "b1"),),
    "methodist A": ((Role.METHODIST, "A"),),
    "methodist B": ((Role.METHODIST, "B"),),
    "admin": ((Role.ADMIN, "region"),),
}
REGISTERED = frozenset(CAST) - {"stranger", "revoked", "unregistered"}
CURATORS = frozenset({"curator a1", "curator a2", "curator b1"})
METHODISTS = frozenset({"methodist A", "methodist B"})
ADMIN = frozenset({"admin"})
OVERSEERS = CURATORS | METHODISTS
MANAGERS = OVERSEERS | ADMIN
ANYONE = frozenset(CAST)
CONSENTED = REGISTERED | {"unregistered"}

REPORTS_OF_A1 = frozenset({"curator a1", "methodist A"})
KEEPS_A1 = REPORTS_OF_A1 | ADMIN
KEEPS_A = frozenset({"methodist A"}) | ADMIN

COMMANDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("start", "help", "cancel", "privacy"), ANYONE),
    **dict.fromkeys(
        ("menu", "survey", "results", "profile", "iom", "routes", "mentoring", "log", "events"), REGISTERED
    ),
    **dict.fromkeys(("report", "campaigns", "digests"), OVERSEERS),
    "people": MANAGERS,
    **dict.fromkeys(("audit", "delivery"), ADMIN),
}
STEPS: dict[str, frozenset[str]] = {
    "consent": ANYONE,
    "registration": CONSENTED,
    **dict.fromkeys(("invite", "survey", "profile:field"), REGISTERED),
    **dict.fromkeys(("iom_own_measure", "iom_step_field", "iom_return", "iom_return_step"), REGISTERED),
    **dict.fromkeys(("iom_evidence", "iom_postpone", "iom_postpone_why", "iom_cancel_step"), REGISTERED),
    **dict.fromkeys(("iom_pause", "iom_early", "iom_reflection"), REGISTERED),
    **dict.fromkeys(("iom_plan", "iom_measure", "iom_measure_new", "iom_measures_file"), METHODISTS),
    **dict.fromkeys(("campaign_term", "campaign_words", "campaign_reopen"), OVERSEERS),
    **dict.fromkeys(("people:places", "people:school", "people:rename", "people:invite", "people:find"), MANAGERS),
    "people:municipality": ADMIN,
    **dict.fromkeys(mentoring.STEPS_OF_ALL, REGISTERED),
    **dict.fromkeys(mentoring.STEPS_OF_OVERSEERS, OVERSEERS),
    **dict.fromkeys(reports.STEPS_OF_ALL, REGISTERED),
    **dict.fromkeys(reports.STEPS_OF_OVERSEERS, OVERSEERS),
    **dict.fromkeys(reports.STEPS_OF_METHODISTS, METHODISTS),
    # What is said outside any conversation.
    ANYWHERE: REGISTERED,
}
UPLOADS = {ANYWHERE: MANAGERS | {"mentor a1"}, "iom_evidence": REGISTERED, "iom_measures_file": METHODISTS}
UPLOADS |= {"event_file": OVERSEERS}

# What a tap without a place needs; what it is about is looked up among the person's own things by its handler.
UNPLACED: dict[str, frozenset[str]] = {
    **dict.fromkeys(("consent", "help", "privacy", "erase", "blank"), ANYONE),
    **dict.fromkeys(("field", "step", "done", "mycopy"), CONSENTED),
    **dict.fromkeys(
        ("invite", "menu", "a", "back", "ahead", "pause", "test", "go", "gobelow", "begin"), REGISTERED
    ),
    **dict.fromkeys(("results", "result", "given", "chart", "dynamics"), REGISTERED),
    **dict.fromkeys(("share", "shares", "sharend", "shown"), REGISTERED),
    **dict.fromkeys(("profile", "profedit", "profvalue", "schools", "move", "leave", "phone"), REGISTERED),
    **dict.fromkeys(("remhours", "remhour", "iom", "iomnew", "iominbox"), REGISTERED),
    **dict.fromkeys(("reports", "camps", "campnew", "iomalls"), OVERSEERS),
    "places": MANAGERS,
    **dict.fromkeys(("roster", "rtemplate", "rplace", "rcard", "rpart", "rfile", "rcancel", "rapply"), MANAGERS),
    **dict.fromkeys(("rsheets", "rallsheets"), MANAGERS),
    **dict.fromkeys(("munnew", "audit", "dlv", "dlvagain"), ADMIN),
    **dict.fromkeys(mentoring.TAPS_OF_ALL, REGISTERED),
    **dict.fromkeys(reports.TAPS_OF_ALL, REGISTERED),
    **dict.fromkeys(reports.TAPS_OF_OVERSEERS, OVERSEERS),
}


SCHOOL = About({"organisation": "a1"}, KEEPS_A1)
MUNICIPALITY = About({"organisation": "A"}, KEEPS_A)
MEMBER = About({"organisation": "a1", "person": "teacher a1"}, KEEPS_A1)
NOWHERE = About({"organisation": "nowhere"}, frozenset())
CAMPAIGN_OF_A = About({"campaign": "of A"}, frozenset({"methodist A"}))
CAMPAIGN_OF_A1 = About({"campaign": "of a1"}, REPORTS_OF_A1)
OF_CAMPAIGN = (CAMPAIGN_OF_A, CAMPAIGN_OF_A1, About({"campaign": "nowhere"}, frozenset()))
# Routes (ИОМ): one sent by a teacher with a mentor, one sent by the curator of the same school, one never sent.
OWN_ROUTE = (
    About({"route": "sent"}, frozenset({"teacher a1"})),
    About({"route": "curator's"}, frozenset({"curator a1"})),
    About({"route": "never sent"}, frozenset({"curator a2"})),
    About({"route": "nowhere"}, frozenset()),
)
SEEN_ROUTE = (
    About({"route": "sent"}, frozenset({"teacher a1", "mentor a1", "curator a1", "methodist A"})),
    About({"route": "curator's"}, frozenset({"curator a1", "methodist A"})),
    About({"route": "never sent"}, frozenset({"curator a2"})),
    About({"route": "of one who took consent back"}, frozenset()),
)
DECIDED_ROUTE = (
    About({"route": "sent"}, frozenset({"mentor a1", "curator a1", "methodist A"})),
    About({"route": "curator's"}, frozenset({"methodist A"})),
    About({"route": "never sent"}, frozenset()),
    About({"route": "of one who took consent back"}, frozenset()),
)
HANDED_OVER = (
    About({"route": "sent"}, frozenset({"curator a1", "methodist A"})),
    About({"route": "curator's"}, frozenset({"methodist A"})),
)


def steps_of(abouts: tuple[About, ...]) -> tuple[About, ...]:
    """The same about the step of each route."""
    return tuple(About({"step": f"step {about.fields['route']}"}, about.who) for about in abouts)


OF_SCHOOL_OR_ABOVE = (
    About({"organisation": "a1"}, REPORTS_OF_A1),
    About({"organisation": "A"}, frozenset({"methodist A"})),
    NOWHERE,
)
OF_METHODIST = (
    About({"organisation": "a1"}, frozenset({"methodist A"})),
    About({"organisation": "A"}, frozenset({"methodist A"})),
    NOWHERE,
)

IN_SCHOOL = (
    About({"campaign": "of A", "school": "a1"}, REPORTS_OF_A1),
    About({"campaign": "of A", "school": "b1"}, frozenset()),
    About({"campaign": "of a1", "school": "a2"}, frozenset()),
)
TEACHER_ROLE = About(
    {"organisation": "a1", "person": "teacher a1", "role": Role.MENTOR}, frozenset({"curator a1", "methodist A"})
)
CURATOR_ROLE = About({"organisation": "a1", "person": "teacher a1", "role": Role.CURATOR}, KEEPS_A)
METHODIST_ROLE = About({"organisation": "A", "person": "methodist A", "role": Role.METHODIST}, ADMIN)
WRONG_SCOPE = About({"organisation": "a1", "person": "teacher a1", "role": Role.METHODIST}, frozenset())

PLACED: dict[str, tuple[About, ...]] = {
    **dict.fromkeys(
        ("rep", "rchart"),
        (
            About({"organisation": "a1"}, REPORTS_OF_A1),
            About({"organisation": "A"}, frozenset({"methodist A"})),
            NOWHERE,
        ),
    ),
    **dict.fromkeys(
        ("place", "placesfound", "inv", "links", "people", "peoplefound"), (SCHOOL, MUNICIPALITY, NOWHERE)
    ),
    **dict.fromkeys(("invrole", "invseats", "invterm"), (SCHOOL, MUNICIPALITY, NOWHERE)),
    "schoolnew": (MUNICIPALITY, About({"organisation": "a1"}, frozenset()), NOWHERE),
    "rename": (About({"organisation": "a1"}, KEEPS_A), About({"organisation": "A"}, ADMIN), NOWHERE),
    **dict.fromkeys(
        ("link", "linkend", "linkqr"),
        (
            About({"invite": "teachers of a1"}, REPORTS_OF_A1),
            About({"invite": "of one person"}, frozenset()),
            About({"invite": "nowhere"}, frozenset()),
        ),
    ),
    **dict.fromkeys(
        ("member", "personal"),
        (MEMBER, About({"organisation": "a1", "person": "curator b1"}, frozenset()), NOWHERE),
    ),
    **dict.fromkeys(("give", "take"), (TEACHER_ROLE, CURATOR_ROLE, METHODIST_ROLE, WRONG_SCOPE)),
    "takeout": (MEMBER, NOWHERE),
    "rsheet": (SCHOOL, NOWHERE),
    **dict.fromkeys(
        ("campof", "campi"),
        (
            About({"organisation": "a1"}, REPORTS_OF_A1),
            About({"organisation": "A"}, frozenset({"methodist A"})),
            NOWHERE,
        ),
    ),
    **dict.fromkeys(("cdraft", "cset", "claunch", "cdrop", "camp", "cwho", "cxlsx"), OF_CAMPAIGN),
    **dict.fromkeys(("cremind", "cclose", "creopen", "cres", "crepeat"), OF_CAMPAIGN),
    **dict.fromkeys(("cschool", "cswho", "csres"), IN_SCHOOL),
    **dict.fromkeys(
        ("zone", "zoneset"), (SCHOOL, MUNICIPALITY, NOWHERE, About({"organisation": "region"}, frozenset()))
    ),
    **dict.fromkeys(
        ("iomdraft", "iomdropall", "iomchange", "iomrestore", "iommeas", "iomadd", "iomown"), OWN_ROUTE
    ),
    **dict.fromkeys(("iomsend", "iomsendto", "iomback", "iompause", "iomrestmon", "iomrestday"), OWN_ROUTE),
    **dict.fromkeys(("iomresume", "iomclose", "iomearly", "iomask", "iomfin", "iomend", "iomsum"), OWN_ROUTE),
    **dict.fromkeys(("iomedit", "iomform", "iomdue", "iomwho", "iomnores", "iomunstep"), steps_of(OWN_ROUTE)),
    **dict.fromkeys(("iomrestep", "iomdone", "iomunfile", "iomunsend", "iompost"), steps_of(OWN_ROUTE)),
    **dict.fromkeys(("iompmonth", "iompday", "iompwhy", "iomdrop", "iomdropwhy"), steps_of(OWN_ROUTE)),
    **dict.fromkeys(("iomroute", "iomdoc"), SEEN_ROUTE),
    **dict.fromkeys(("iomstep", "iomwhole", "iomfile"), steps_of(SEEN_ROUTE)),
    **dict.fromkeys(("iomreview", "iomagree", "iomreturn"), DECIDED_ROUTE),
    **dict.fromkeys(("iomyes", "iomno"), steps_of(DECIDED_ROUTE)),
    **dict.fromkeys(("iommentor", "iommentorset"), HANDED_OVER),
    **dict.fromkeys(("iomall", "iomsch", "iomlist"), OF_SCHOOL_OR_ABOVE),
    **dict.fromkeys(("iomplan", "iompset"), OF_METHODIST),
    **dict.fromkeys(
        ("iomcat", "iomms", "iommset", "iommnew", "iommfile", "iommadd"),
        (
            About({"organisation": "A"}, frozenset({"methodist A"})),
            About({"organisation": "a1"}, frozenset()),
            NOWHERE,
        ),
    ),
    **mentoring.PLACED,
    **reports.PLACED,
}


@dataclass(frozen=True)
class World:
    """A bot without a messenger, its people by name, and the ids of everything by name."""

    visits: Visits
    accounts: dict[str, Account]
    ids: dict[str, int]

    async def admitted(self, **event: Any) -> set[str]:
        """The names of those whom an event of theirs takes to its handler."""
        found = set()
        for name, account in self.accounts.items():
            World.counter += 1
            reply = await self.visits.receive(Incoming(account, World.counter, "Кто-то", **event), lambda: None)
            assert reply is not None
            if reply.screen == INSIDE:
                found.add(name)
        return found


World.counter = 0  # type: ignore[attr-defined]


def still() -> Routes:
    """The whole table with handlers that only say that they were reached."""

    async def reached(*_: object) -> Reply:
        return Reply(INSIDE)

    table, still = all_routes(), Routes()
    for mine, theirs in (
        (still.commands, table.commands),
        (still.taps, table.taps),
        (still.steps, table.steps),
        (still.uploads, table.uploads),
    ):
        mine.update({name: replace(route, handle=reached) for name, route in theirs.items()})
    for route in still.uploads.values():
        assert route.read is not None
    still.uploads = {step: replace(route, read=lambda *_: None) for step, route in still.uploads.items()}
    return still


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with world_in(tmp_path) as found:
        yield found


@asynccontextmanager
async def world_in(folder: Path) -> AsyncIterator[World]:
    settings = load_settings(bot_token="42:TEST", database_url=f"sqlite+aiosqlite:///{folder / 'bot.db'}")
    await put_migrated(folder / "bot.db")
    house = wiring.build(settings)
    accounts, ids = await settled(house.database, house.desk)
    yield World(Visits(house.database, house.desk, still(), lambda: None), accounts, ids)
    await house.close()


async def settled(database: Database, desk: Desk) -> tuple[dict[str, Account], dict[str, int]]:
    now = desk.clock()
    accounts = {name: Account("telegram", number) for number, name in enumerate(CAST, start=1)}
    ids = {"nowhere": 999, "step nowhere": 999}
    async with database.write() as connection:
        work = StoredWork(connection)
        region = (await work.organisations.add(Kind.REGION, "Регион", None)).id
        ids["region"] = region
        for name in ("A", "B"):
            ids[name] = (await work.organisations.add(Kind.MUNICIPALITY, name, region)).id
        for name in ("a1", "a2", "b1"):
            ids[name] = (await work.organisations.add(Kind.SCHOOL, name, ids[name[0].upper()])).id
        for name, grants in CAST.items():
            if grants is None:
                continue
            person = await work.people.welcome(accounts[name], desk.consent.version, now)
            ids[name] = person
            if name != "unregistered":
                await work.people.save_profile(person, PROFILE, now)
            for role, place in grants:
                await work.people.grant(person, role, ids[place], now)
        await work.people.revoke_consent(ids["revoked"], now)
        term = now + timedelta(days=9)
        for name, person_id in (("teachers of a1", None), ("of one person", ids["teacher a1"])):
            token = await invites.issue(work, Role.TEACHER, ids["a1"], 5, term, now, person_id=person_id)
            invite = await work.invites.find(token)
            assert invite is not None
            ids[name] = invite.id
        for name, place in (("of A", "A"), ("of a1", "a1")):
            ids[name] = await a_campaign(connection, ids[place], desk)
        for name, person, place, mentor in (
            ("sent", "teacher a1", "a1", "mentor a1"),
            ("curator's", "curator a1", "a1", None),
            ("never sent", "curator a2", "a2", None),
            ("of one who took consent back", "revoked", "a1", None),
        ):
            route = await work.iom.add(ids[person], ids[place], RouteKind.GROWTH, (), None, now)
            assert route is not None
            step = await work.iom.add_step(route.id, Plan("", "Вебинар", Form.WEBINAR, now.date()))
            if name != "never sent":
                await work.iom.save(
                    replace(
                        route,
                        state=RouteState.REVIEW,
                        submitted_at=now,
                        mentor_id=ids[mentor] if mentor is not None else None,
                    )
                )
            ids[name], ids[f"step {name}"] = route.id, step.id
        await mentoring.settle_mentoring(work, connection, ids, now)
        await reports.settle_reports(work, ids, now)
        await work.commit()
    return accounts, ids


async def a_campaign(connection: Any, organisation_id: int, desk: Desk) -> int:
    made = await connection.execute(
        campaigns.insert()
        .values(
            organisation_id=organisation_id,
            instrument="boyko",
            title="Осень",
            audience={"roles": ["teacher"]},
            state=State.RUNNING.value,
            ends_on=desk.clock().date(),
            created_at=desk.clock(),
            launched_at=desk.clock(),
        )
        .returning(campaigns.c.id)
    )
    return int(made.scalar_one())


def data_of(kind: type[CallbackData], about: Mapping[str, Any], ids: Mapping[str, int]) -> str:
    """Callback data of a tap: what it is about by name, anything else that fits the other fields."""
    values: dict[str, Any] = {
        name: ids[about[name]] if isinstance(about[name], str) and about[name] in ids else about[name]
        for name in about
    }
    for name, field in kind.model_fields.items():
        if name not in values and field.is_required():
            values[name] = anything(field.annotation)
    return kind(**values).pack()


def anything(annotation: Any) -> object:
    """Some value of a field's type."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)[0]
    if issubclass(annotation, Enum):
        return next(iter(annotation))
    return {bool: False, int: 1, str: "boyko"}[annotation]


def test_every_route_is_in_the_matrix() -> None:
    table = all_routes()
    assert set(table.commands) == set(COMMANDS)
    assert set(table.steps) == set(STEPS)
    assert set(table.uploads) == set(UPLOADS)
    assert {name for name, route in table.taps.items() if route.within is None} == set(UNPLACED)
    assert {name for name, route in table.taps.items() if route.within is not None} == set(PLACED)
    assert set(table.fast) == {"a"}, "what is tried first checks the person in its own statement"


async def test_commands(world: World) -> None:
    for name, who in COMMANDS.items():
        assert await world.admitted(command=(name, "")) == who, f"/{name}"


async def test_taps_that_are_about_no_place(world: World) -> None:
    table = all_routes()
    for name, who in UNPLACED.items():
        kind = table.taps[name].tap
        assert kind is not None
        assert await world.admitted(data=data_of(kind, {}, world.ids)) == who, name


async def test_taps_about_a_place_a_person_a_link_or_a_campaign(world: World) -> None:
    table = all_routes()
    for name, abouts in PLACED.items():
        kind = table.taps[name].tap
        assert kind is not None
        for about in abouts:
            data = data_of(kind, about.fields, world.ids)
            assert await world.admitted(data=data) == about.who, f"{name}: {data} about {dict(about.fields)}"


async def test_words_at_a_step(world: World, tmp_path: Path) -> None:
    for step, who in STEPS.items():
        if step != ANYWHERE:
            assert await standing(world, step, text="слова") == who, step


async def test_words_outside_any_conversation(world: World) -> None:
    assert await world.admitted(text="слова") == STEPS[ANYWHERE]


async def standing(world: World, step: str, **event: Any) -> set[str]:
    """Those who get to the handler when everybody stands at the step."""
    async with world.visits._database.write() as connection:
        work = StoredWork(connection)
        for account in world.accounts.values():
            visit = Visit(world.visits._desk, account, None, None, work, world.visits._desk.clock(), "", "")
            await visit.stand(step, {})
        await work.commit()
    return await world.admitted(**event)


async def test_files(world: World) -> None:
    async def fetch() -> bytes:
        return b"PK"

    attached = Attached("список.xlsx", 2, fetch)
    for step, who in UPLOADS.items():
        event = {"document": attached}
        assert (await standing(world, step, **event) if step else await world.admitted(**event)) == who


async def test_forged_data_reaches_nobody(world: World) -> None:
    for data in ("", ":", "rep", "rep:0", "rep:-1:main", "rep:99999999999999999999:main", "camp:x", "no:such:tap"):
        for tail in ("", ":", ":1", ":'; DROP TABLE people"):
            assert await world.admitted(data=f"{data}{tail}") == set(), f"{data}{tail}"
