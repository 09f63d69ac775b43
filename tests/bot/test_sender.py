"""The sender: what is owed reaches people through floods, bad lines, blocks and its own death."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from aiogram import Bot
from sqlalchemy import text

from bot import wiring
from bot.drawing import Drawing
from bot.parcels.making import Parcels
from bot.sandbox.messenger.faults import Fault
from bot.sandbox.messenger.model import ChatMessage
from bot.sandbox.server import BotApiServer
from bot.sending.line import ENOUGH, LONGEST, Line
from bot.sending.pace import Pace
from bot.sending.sender import LEASE, Sender
from bot.sending.troubles import GIVE_UP_AFTER, LONGEST_WAIT, TRIES
from bot.settings import load_settings
from services.delivery.model import Kind
from services.people.model import Account
from storage.outbox import OutboxTable, begin
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

    def __init__(self, server: BotApiServer, house: wiring.House, sender: Sender, clock: Clock) -> None:
        self.server = server
        self.messenger = server.messenger
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
    house = wiring.build(
        load_settings(bot_token=TOKEN, bot_api_url=server.url, database_url=url, messages_per_second=0), clock
    )
    yield Post(server, house, sender_of(house, house.bot, drawing, clock), clock)
    await house.close()


def sender_of(house: wiring.House, post: Bot, drawing: Drawing, clock: Clock) -> Sender:
    """A sender that knows no limits, and pauses by the clock of the test."""
    parcels = Parcels(house.database, house.desk, drawing)
    line = Line(lambda: clock().timestamp())
    return Sender(post, house.database, house.desk, parcels, Pace(0), line)


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


async def test_an_outage_of_days_loses_nothing(post: Post) -> None:
    post.messenger.faults.add(Fault("drop", "setMyCommands", times=None))
    await post.owe(Kind.COMMAND_MENU)
    for _ in range(10):
        await post.sender.deliver_due()
        assert (await post.state())[0] == "pending"
        post.clock.advance(timedelta(hours=6))
    assert await post.state() == ("pending", "unreachable: TelegramNetworkError")
    post.messenger.faults.clear()
    assert await post.sender.deliver_due() == 1
    assert await post.state() == ("sent", None)


async def test_what_never_gets_through_is_given_up_with_a_reason(post: Post) -> None:
    post.messenger.faults.add(Fault("drop", "setMyCommands", times=None))
    await post.owe(Kind.COMMAND_MENU)
    began = post.clock()
    while (await post.state())[0] == "pending":
        await post.sender.deliver_due()
        post.clock.advance(timedelta(hours=5))
    assert await post.state() == ("failed", "unreachable: TelegramNetworkError")
    assert post.clock() - began > GIVE_UP_AFTER


async def test_a_row_that_fails_is_tried_less_and_less_often(post: Post) -> None:
    post.messenger.faults.add(Fault("drop", "setMyCommands", times=None))
    await post.owe(Kind.COMMAND_MENU)
    waits = []
    for _ in range(12):
        assert await post.sender.deliver_due() == 1
        async with post.house.database.read() as connection:
            due = await OutboxTable(connection).next_due(post.clock())
        assert due is not None
        waits.append(due - post.clock())
        post.clock.now = max(due, post.clock() + timedelta(seconds=LONGEST))
    assert waits == sorted(waits)
    assert waits[0] <= timedelta(seconds=2)
    assert waits[-1] == LONGEST_WAIT


async def test_what_cannot_be_made_is_given_up_after_some_tries(post: Post) -> None:
    async with post.house.database.write() as connection:
        await OutboxTable(connection).owe(1, Kind.RESULT_CHART, "broken", {}, post.clock())
        await connection.commit()
    tries = 0
    while await post.sender.deliver_due():
        tries += 1
        post.clock.advance(timedelta(hours=1))
    # After the last try its receiver is told that it will not come.
    assert tries == TRIES
    async with post.house.database.read() as connection:
        rows = (await connection.execute(text("SELECT state, reason FROM outbox ORDER BY id"))).all()
    assert [tuple(row) for row in rows] == [("failed", "unmade: KeyError"), ("sent", None)]
    told = [message for chat in post.messenger.chats.values() for message in chat.messages.values()]
    assert [message.text.splitlines()[0] for message in told if message.from_bot] == [
        "Файл или график не получился"
    ]


async def test_a_line_that_is_down_is_tried_by_one_message_at_a_time(post: Post) -> None:
    post.messenger.faults.add(Fault("drop", "setMyCommands", times=None))
    for number in range(20):
        await post.owe(Kind.COMMAND_MENU, f"menu {number}")

    def calls() -> int:
        return sum(call.method == "setMyCommands" for call in post.messenger.calls)

    await post.sender.deliver_due()
    before = calls()
    assert ENOUGH <= before < 20
    assert await post.sender.deliver_due() == 0
    for _ in range(3):
        post.clock.advance(timedelta(seconds=LONGEST))
        assert await post.sender.deliver_due() == 1
    assert calls() == before + 3
    post.messenger.faults.clear()
    post.clock.advance(timedelta(minutes=10))
    assert await post.sender.deliver_due() == 20
    assert calls() == before + 23


async def test_a_token_that_is_revoked_spoils_no_row(post: Post, drawing: Drawing) -> None:
    revoked = Bot("42:REVOKED", session=post.house.bot.session)
    await post.owe(Kind.COMMAND_MENU)
    await sender_of(post.house, revoked, drawing, post.clock).deliver_due()
    assert (await post.state())[0] == "pending"
    post.clock.advance(timedelta(minutes=1))
    await post.sender.deliver_due()
    assert await post.state() == ("sent", None)


async def test_what_can_wait_comes_after_quiet_hours_where_the_person_lives(post: Post) -> None:
    async with post.house.database.write() as connection:
        await connection.execute(
            text("UPDATE organisations SET timezone = 'Asia/Vladivostok' WHERE kind = 'school'")
        )
        await OutboxTable(connection).owe(1, Kind.CAMPAIGN_INVITE, "invite", {"campaign_id": 1}, post.clock())
        await connection.commit()
    # Monday noon in Moscow, seven in the evening there: two hours later it is too late.
    post.clock.advance(timedelta(hours=2))
    assert await post.sender.deliver_due() == 1
    assert await post.state() == ("pending", None)
    async with post.house.database.read() as connection:
        due = await OutboxTable(connection).next_due(post.clock())
    assert due is not None
    assert due.astimezone(ZoneInfo("Asia/Vladivostok")).strftime("%d.%m %H:%M") == "03.03 08:00"
    post.clock.now = due
    assert await post.sender.deliver_due() == 1
    assert await post.state() == ("failed", "the campaign does not run")


async def test_quick_rows_do_not_wait_behind_slow_ones(post: Post) -> None:
    post.messenger.faults.add(Fault("hang", "sendPhoto", times=None, seconds=2))
    for number in range(6):
        await post.owe(key=f"chart {number}")
    await post.owe(Kind.COMMAND_MENU, "menu")
    delivering = asyncio.create_task(post.sender.deliver_due())
    began = asyncio.get_running_loop().time()
    await post.server.until(lambda: post.messenger.commands_for(ME))
    assert asyncio.get_running_loop().time() - began < 1.5
    post.messenger.faults.clear()
    assert await delivering == 7


async def test_a_sender_that_stops_lets_what_is_on_its_way_arrive(post: Post) -> None:
    post.messenger.faults.add(Fault("hang", "setMyCommands", seconds=1))
    await post.owe(Kind.COMMAND_MENU)
    sending = asyncio.create_task(post.sender.run())
    await post.server.until(lambda: post.messenger.commands_for(ME))
    sending.cancel()
    with suppress(asyncio.CancelledError):
        await sending
    assert await post.state() == ("sent", None)


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
    await die_with_a_row_in_hand(post)
    post.clock.advance(LEASE - timedelta(seconds=1))
    assert await post.sender.deliver_due() == 0
    post.clock.advance(timedelta(seconds=1))
    assert await post.sender.deliver_due() == 1
    assert await post.state() == ("sent", None)


async def test_whoever_takes_over_sends_what_a_dead_sender_held_at_once(post: Post) -> None:
    await post.owe(Kind.COMMAND_MENU)
    await die_with_a_row_in_hand(post)
    await post.sender.take_over()
    assert await post.sender.deliver_due() == 1
    assert await post.state() == ("sent", None)


async def die_with_a_row_in_hand(post: Post) -> None:
    """Marked in a commit of its own; the process dies before the send."""
    async with post.house.database.write() as connection:
        (parcel,) = await OutboxTable(connection).take(post.clock(), LEASE, 10)
        await connection.commit()
    assert await post.house.database.write_at_once(partial(begin, parcel=parcel))


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


@pytest.mark.parametrize("rounds", range(5))
async def test_the_sender_ends_even_when_it_is_woken_at_that_moment(post: Post, rounds: int) -> None:
    running = asyncio.create_task(post.sender.run())
    await asyncio.sleep(0.3)
    post.sender.wake()
    for _ in range(rounds):
        await asyncio.sleep(0)
    running.cancel()
    done, _ = await asyncio.wait({running}, timeout=3)
    assert done
