"""The sender: what is owed reaches people through floods, bad lines, blocks and its own death."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import wiring
from bot.drawing import Drawing
from bot.parcels.making import Parcels
from bot.sandbox.messenger.faults import Fault
from bot.sandbox.messenger.messenger import Messenger
from bot.sandbox.messenger.model import ChatMessage
from bot.sandbox.server import BotApiServer
from bot.sender import ATTEMPTS, LEASE, Sender
from bot.settings import load_settings
from services.delivery.model import Kind
from services.people.model import Account
from storage.outbox import OutboxTable
from storage.people import PeopleTable
from tests.bot.conftest import ITEMS, Teacher, enrol
from tests.conftest import Founder
from tests.town import TOKEN

ME = 77


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> None:
        self.now += by


class Post:
    """A sender over a real database and a real Bot API server, run a step at a time."""

    def __init__(self, messenger: Messenger, house: wiring.House, sender: Sender, clock: Clock) -> None:
        self.messenger = messenger
        self.house = house
        self.sender = sender
        self.clock = clock

    async def owe(self, kind: Kind = Kind.RESULT_CHART, key: str = "one") -> None:
        """The first account's chart, or its menu of commands."""
        payload = {"session_id": 1} if kind is Kind.RESULT_CHART else {"person_id": 1}
        async with self.house.database.write() as connection:
            await OutboxTable(connection).owe(1, kind, key, payload, self.clock())
            await connection.commit()

    async def state(self) -> tuple[str, str | None]:
        """State and reason of the only row."""
        async with self.house.database.read() as connection:
            (row,) = (await connection.execute(text("SELECT state, reason FROM outbox"))).all()
        return row.state, row.reason

    async def blocked_at(self) -> str | None:
        async with self.house.database.read() as connection:
            return await connection.scalar(text("SELECT blocked_at FROM accounts"))

    def pictures(self) -> list[ChatMessage]:
        return [message for message in self.messenger.history(ME) if message.photo]


@pytest.fixture(scope="module")
def drawing() -> Iterator[Drawing]:
    """One worker for all tests here: its start takes seconds."""
    drawing = Drawing()
    yield drawing
    asyncio.run(drawing.close())


@pytest.fixture
async def post(server: BotApiServer, tmp_path: Path, drawing: Drawing) -> AsyncIterator[Post]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    await enrol(url, [Teacher(ME, "yn" * (ITEMS // 2))])
    server.messenger.add_user(ME, "Мария")
    server.messenger.write(ME, "/start")
    clock = Clock()
    house = wiring.build(load_settings(bot_token=TOKEN, bot_api_url=server.url, database_url=url), clock)
    sender = Sender(house.bot, house.database, house.desk, Parcels(house.database, house.desk, drawing))
    yield Post(server.messenger, house, sender, clock)
    await house.close()


async def test_a_chart_arrives_as_a_picture_with_words_and_buttons(post: Post) -> None:
    await post.owe()
    assert await post.sender.deliver_due() == 1
    (picture,) = post.pictures()
    assert picture.photo is not None
    assert picture.photo.width >= 720
    assert "Его видите только вы" in picture.caption
    assert [button.text for button in picture.buttons] == ["К результату", "Меню"]
    assert await post.state() == ("sent", None)
    assert await post.sender.deliver_due() == 0
    assert len(post.pictures()) == 1


async def test_a_flood_limit_is_waited_out(post: Post) -> None:
    post.messenger.faults.add(Fault("flood", "sendPhoto", retry_after=40))
    await post.owe()
    await post.sender.deliver_due()
    assert await post.state() == ("pending", "flood limit")
    post.clock.advance(timedelta(seconds=39))
    assert await post.sender.deliver_due() == 0
    post.clock.advance(timedelta(seconds=1))
    assert await post.sender.deliver_due() == 1
    assert len(post.pictures()) == 1


@pytest.mark.parametrize(
    "fault", [Fault("drop", times=2), Fault("error", times=2, status=500), Fault("error", times=2, status=502)]
)
async def test_a_bad_line_is_tried_again_later(post: Post, fault: Fault) -> None:
    post.messenger.faults.add(Fault(fault.kind, "setMyCommands", fault.times, status=fault.status))
    await post.owe(Kind.COMMAND_MENU)
    for _ in range(2):
        assert await post.sender.deliver_due() == 1
        assert (await post.state())[0] == "pending"
        assert await post.sender.deliver_due() == 0
        post.clock.advance(timedelta(minutes=1))
    assert await post.sender.deliver_due() == 1
    assert await post.state() == ("sent", None)
    assert "survey" in [entry["command"] for entry in post.messenger.commands_for(ME)]


async def test_what_never_gets_through_is_given_up_with_a_reason(post: Post) -> None:
    post.messenger.faults.add(Fault("drop", "setMyCommands", times=None))
    await post.owe(Kind.COMMAND_MENU)
    attempts = 0
    while await post.sender.deliver_due():
        attempts += 1
        post.clock.advance(timedelta(hours=1))
    assert attempts == ATTEMPTS
    state, reason = await post.state()
    assert state == "failed"
    assert reason is not None
    assert "TelegramNetworkError" in reason


async def test_somebody_who_blocked_the_bot_is_marked_and_not_written_to(post: Post) -> None:
    await post.owe()
    post.messenger.block(ME)
    await post.sender.deliver_due()
    assert await post.state() == ("failed", "blocked")
    assert await post.blocked_at() is not None
    post.clock.advance(timedelta(days=1))
    assert await post.sender.deliver_due() == 0


async def test_whoever_writes_has_not_blocked_the_bot(found: Founder) -> None:
    town = await found()
    await enrol(town.settings.database_url, [Teacher(ME, "y")])
    maria = town.person(user_id=ME)
    await town.change("UPDATE accounts SET blocked_at = '2026-01-01 00:00:00'")
    await maria.says("/start")
    (row,) = await town.rows("SELECT blocked_at FROM accounts")
    assert row.blocked_at is None


async def test_blocking_and_coming_back_are_noticed(found: Founder) -> None:
    town = await found()
    await enrol(town.settings.database_url, [Teacher(ME, "y")])
    maria = town.person(user_id=ME)
    await maria.says("/start")
    town.messenger.block(ME)
    await town.quiet()
    (row,) = await town.rows("SELECT blocked_at FROM accounts")
    assert row.blocked_at is not None
    town.messenger.unblock(ME)
    await town.quiet()
    (row,) = await town.rows("SELECT blocked_at FROM accounts")
    assert row.blocked_at is None
    await maria.taps("Да")
    assert "3 из 84" in maria.last.text


async def test_what_a_dead_sender_held_is_sent_when_its_hold_ends(post: Post) -> None:
    await post.owe(Kind.COMMAND_MENU)
    # Marked in a commit of its own; the process dies before the send.
    async with post.house.database.write() as connection:
        assert len(await OutboxTable(connection).take(post.clock(), LEASE, 10)) == 1
        await connection.commit()
    post.clock.advance(LEASE - timedelta(seconds=1))
    assert await post.sender.deliver_due() == 0
    post.clock.advance(timedelta(seconds=1))
    assert await post.sender.deliver_due() == 1
    assert await post.state() == ("sent", None)


async def test_nothing_is_sent_without_consent(post: Post) -> None:
    await post.owe()
    async with post.house.database.write() as connection:
        await PeopleTable(connection).revoke_consent(1, post.clock())
        await connection.commit()
    await post.sender.deliver_due()
    assert post.pictures() == []
    assert await post.state() == ("failed", "no consent in force")


async def test_nobody_is_sent_the_result_of_somebody_else(post: Post) -> None:
    await enrol(post.house.database.url, [Teacher(78, "n" * ITEMS, "Петрова Анна Ивановна")])
    post.messenger.add_user(78, "Анна")
    post.messenger.write(78, "/start")
    async with post.house.database.write() as connection:
        theirs = (await PeopleTable(connection).visitor(Account("telegram", 78))).person
        assert theirs is not None
        await OutboxTable(connection).owe(
            theirs.account_id, Kind.RESULT_CHART, "one", {"session_id": 1}, post.clock()
        )
        await connection.commit()
    await post.sender.deliver_due()
    assert [message for message in post.messenger.history(78) if message.photo] == []
    assert await post.state() == ("failed", "no such result of this person")


async def test_one_refused_row_does_not_hold_up_the_next(post: Post) -> None:
    async with post.house.database.write() as connection:
        await OutboxTable(connection).owe(1, Kind.RESULT_CHART, "lost", {"session_id": 404}, post.clock())
        await OutboxTable(connection).owe(1, Kind.COMMAND_MENU, "menu", {"person_id": 1}, post.clock())
        await connection.commit()
    assert await post.sender.deliver_due() == 2
    assert post.messenger.commands_for(ME)
