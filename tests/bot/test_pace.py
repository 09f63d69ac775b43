"""The pace: as fast as Telegram permits and no faster, with live replies first."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from itertools import count

import pytest

from bot.sandbox.messenger.errors import ApiError
from bot.sandbox.messenger.flood import FloodControl, Limits
from bot.sending.pace import LongWaitError, Pace
from tests.bot.virtual_time import run_in_virtual_time

RATE = 30


def now() -> float:
    return asyncio.get_running_loop().time()


def pace() -> Pace:
    return Pace(RATE, now)


async def many(messages: int, hands: int, send: Callable[[int], Awaitable[None]]) -> None:
    """Send so many messages, as many at once as there are hands; chats are numbered."""
    numbers = count()

    async def hand() -> None:
        while (number := next(numbers)) < messages:
            await send(number)

    await asyncio.gather(*(hand() for _ in range(hands)))


@pytest.mark.parametrize("hands", [5, 30])
def test_a_mailing_with_people_tapping_goes_at_the_permitted_rate_and_is_never_refused(hands: int) -> None:
    async def mailing() -> tuple[float, int, float]:
        chance = random.Random(hands)
        keeper, server = pace(), FloodControl(Limits(), now)
        taps = 0
        slowest = 0.0

        async def arrives(chat: int) -> None:
            # Messages overtake one another on their way.
            await asyncio.sleep(chance.uniform(0.02, 0.15))
            server.spend(chat)

        async def send(chat: int) -> None:
            await keeper.turn(chat, mass=True)
            await arrives(chat)

        async def person(chat: int) -> None:
            nonlocal taps, slowest
            while True:
                await asyncio.sleep(chance.uniform(1.2, 6))
                asked = now()
                await keeper.live(chat)
                slowest = max(slowest, now() - asked)
                await arrives(chat)
                taps += 1

        people = [asyncio.create_task(person(100_000 + number)) for number in range(20)]
        await many(3000, hands, send)
        seconds = now()
        for task in people:
            assert not task.done(), "a live reply was refused"
            task.cancel()
        return seconds, taps, slowest

    seconds, taps, slowest = run_in_virtual_time(mailing())
    assert (3000 + taps) / seconds >= 0.95 * RATE
    assert taps > 300
    assert slowest == 0


def test_a_burst_of_taps_in_the_middle_of_a_mailing_goes_at_once() -> None:
    async def burst() -> float:
        keeper, server = pace(), FloodControl(Limits(), now)

        async def send(chat: int) -> None:
            await keeper.turn(chat, mass=True)
            server.spend(chat)

        mailing = asyncio.create_task(many(600, 30, send))
        await asyncio.sleep(5)
        asked = now()
        for chat in range(1000, 1012):
            await keeper.live(chat)
            server.spend(chat)
        waited = now() - asked
        await mailing
        return waited

    assert run_in_virtual_time(burst()) == 0


def test_live_replies_wait_only_when_everything_is_used_up() -> None:
    async def crowd() -> list[float]:
        keeper, server = pace(), FloodControl(Limits(), now)
        waits = []

        async def tap(chat: int) -> None:
            await keeper.live(chat)
            waits.append(now())
            server.spend(chat)

        await asyncio.gather(*(tap(chat) for chat in range(90)))
        return waits

    waits = run_in_virtual_time(crowd())
    assert waits[:RATE] == [0.0] * RATE
    assert 1.9 < waits[-1] < 2.2


def test_what_is_waited_for_overtakes_a_mailing() -> None:
    async def both() -> tuple[float, float]:
        keeper = pace()
        mailing = asyncio.create_task(many(300, 30, lambda chat: keeper.turn(chat, mass=True)))
        await asyncio.sleep(5)
        asked = now()
        for chat in range(1000, 1007):
            await keeper.turn(chat, mass=False)
        waited = now() - asked
        await mailing
        return waited, now()

    waited, whole = run_in_virtual_time(both())
    assert waited == 0
    assert whole < 300 / RATE


def test_one_chat_gets_a_message_a_second_and_holds_up_nobody() -> None:
    async def one_chat() -> tuple[list[float], float]:
        keeper, server = pace(), FloodControl(Limits(), now)
        times: list[float] = []

        async def send(_: int) -> None:
            while True:
                try:
                    await keeper.turn(1, mass=True)
                except LongWaitError as wait:
                    await asyncio.sleep(wait.seconds)
                else:
                    break
            server.spend(1)
            times.append(now())

        sending = asyncio.create_task(many(8, 8, send))
        await asyncio.sleep(0.1)
        asked = now()
        await keeper.turn(2, mass=True)
        waited = now() - asked
        await sending
        return times, waited

    times, waited = run_in_virtual_time(one_chat())
    assert waited == 0
    assert 5.5 < times[-1] < 8
    # One message of the chat's burst is left to whoever taps there.
    assert sum(time == 0 for time in times) == 2


def test_a_refusal_stops_queued_messages_and_not_live_ones() -> None:
    async def refused() -> tuple[float, float]:
        keeper = pace()
        await keeper.turn(1, mass=True)
        keeper.refused(1, 60)
        with pytest.raises(LongWaitError) as later:
            await keeper.turn(2, mass=False)
        await keeper.live(3)
        lived = now()
        await asyncio.sleep(later.value.seconds)
        await keeper.turn(2, mass=False)
        return lived, now()

    assert run_in_virtual_time(refused()) == (0, 60)


def test_a_chat_that_is_written_to_too_fast_stops_nobody_else() -> None:
    async def one_chat() -> None:
        keeper, server = pace(), FloodControl(Limits(), now)
        for _ in range(3):
            await keeper.live(1)
            server.spend(1)
        await keeper.live(1)
        with pytest.raises(ApiError) as refusal:
            server.spend(1)
        keeper.refused(1, refusal.value.retry_after or 0)
        await keeper.turn(2, mass=True)
        assert now() == 0
        with pytest.raises(LongWaitError) as later:
            await keeper.turn(1, mass=True)
        assert later.value.seconds > (refusal.value.retry_after or 0)

    run_in_virtual_time(one_chat())


def test_chats_of_long_ago_are_forgotten() -> None:
    async def years() -> int:
        keeper = pace()
        for chat in range(2000):
            await keeper.live(chat)
            await asyncio.sleep(0.1)
        return len(keeper._chats)

    assert run_in_virtual_time(years()) < 100
