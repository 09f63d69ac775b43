"""Rounds without a network: updates are parsed and fed to the dispatcher, calls are answered at once."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot
from aiogram.types import Update

from benchmarks.answers.bare import bare_dispatcher
from benchmarks.answers.instant import TOKEN, InstantSession, taps
from benchmarks.answers.plan import Plan
from benchmarks.answers.round import Round
from bot.updates.receipt import Receipt
from bot.wiring import House

Feed = Callable[[Update], Awaitable[object]]


class InProcess:
    """One bot, ours or the bare one, fed in this process."""

    def __init__(self, house: House | None) -> None:
        self._bot = Bot(TOKEN, session=InstantSession())
        self._dispatcher = bare_dispatcher() if house is None else house.dispatcher
        self._ours = house is not None

    async def run(self, plan: Plan) -> Round:
        """Feed all taps of the plan."""
        updates = [[update for sitting in phone for update in taps(sitting)] for phone in plan.phones]
        cpu, began = time.process_time(), time.perf_counter()
        await asyncio.gather(*(self._phone(phone) for phone in updates))
        return Round(plan.answers, time.perf_counter() - began, time.process_time() - cpu)

    async def _phone(self, updates: list[dict[str, Any]]) -> None:
        bot, dispatcher = self._bot, self._dispatcher
        for raw in updates:
            update = Update.model_validate(raw, context={"bot": bot})
            if self._ours:
                receipt = Receipt()
                await dispatcher.feed_update(bot, update, receipt=receipt)
                receipt.finish()
            else:
                await dispatcher.feed_update(bot, update)
