"""Two processes behind one webhook, with locks in Redis, and a bot whose Redis is away."""

import os
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web

from bot.sandbox.messenger.faults import Fault
from bot.settings import load_settings
from tests.bot.conftest import Teacher, enrol, find_free_port
from tests.conftest import Founder
from tests.town import Person, Town, data_of

SECRET = "a-secret-of-the-webhook"


class Balancer:
    """Hands every request to the next of the bots in turn."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        self.served = 0

    async def start(self, port: int) -> None:
        self._client = ClientSession()
        app = web.Application()
        app.router.add_post("/telegram", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()

    async def stop(self) -> None:
        await self._runner.cleanup()
        await self._client.close()

    async def _pass_on(self, request: web.Request) -> web.Response:
        port = self.ports[self.served % len(self.ports)]
        self.served += 1
        headers = {name: value for name, value in request.headers.items() if name.startswith("X-")}
        url = f"http://127.0.0.1:{port}/telegram"
        async with self._client.post(url, data=await request.read(), headers=headers) as answer:
            return web.Response(status=answer.status)


@pytest.fixture
async def balancer(free_port: int) -> AsyncIterator[tuple[Balancer, int]]:
    balancer = Balancer()
    await balancer.start(free_port)
    yield balancer, free_port
    await balancer.stop()


@pytest.mark.redis
async def test_two_processes_keep_the_order_of_one_person(found: Founder, balancer: tuple[Balancer, int]) -> None:
    front, front_port = balancer
    first_port, second_port = find_free_port(), find_free_port()
    shared: dict[str, object] = {
        "redis_url": os.environ["TEST_REDIS_URL"],
        "webhook_url": f"http://127.0.0.1:{front_port}",
        "webhook_secret": SECRET,
    }
    front.ports = [first_port, second_port]
    town = await found(**shared, webhook_port=first_port)
    kept = town.settings.model_dump(include={"bot_token", "bot_api_url", "database_url", "min_group"})
    second = Town(town.messenger, town.server, load_settings(**kept, **shared, webhook_port=second_port))
    await second.start_bot()
    try:
        await town.server.until(lambda: sum(call.method == "setWebhook" for call in town.messenger.calls) == 2)
        await enrol(town.settings.database_url, [Teacher(77, "y")])
        maria = town.person(user_id=77)
        await maria.says("/start")
        served = front.served
        # The first of two taps is shown late: Telegram asks its process to wait. The second goes to the other.
        town.messenger.faults.add(Fault("flood", "editMessageText", chat_id=77, retry_after=3))
        tap_at(maria, "Да")
        town.messenger.write(77, "нет")
        await town.server.until(lambda: front.served == served + 2, 10)
        await town.quiet()
        await town.server.until(lambda: "3 из 84" in maria.history[0].text, 10)
        assert "4 из 84" in maria.last.text
        assert maria.history[0].edit_date is not None
        assert maria.history[0].edit_date <= maria.last.date, "the later reply was shown first"
        (row,) = await town.rows("SELECT answers FROM survey_sessions")
        assert row.answers.rstrip(".") == "yyn"
    finally:
        await second.stop_bot()


def tap_at(person: Person, title: str) -> None:
    person.town.messenger.tap(person.id, person.last.id, data_of(person.last, title))


async def test_an_update_is_not_lost_while_redis_is_away(found: Founder, free_port: int) -> None:
    town = await found(redis_url=f"redis://127.0.0.1:{free_port}/0")
    maria = town.person()
    town.messenger.write(maria.id, "/help")
    await town.server.until(lambda: maria.history or not town.messenger.pending_updates(), 10)
    assert maria.history or town.messenger.pending_updates()
