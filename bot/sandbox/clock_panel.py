"""The panel of the web page that moves the sandbox's clock: by an hour, by a day, to the next event."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.sandbox.clock import MovableClock
from bot.wiring import House
from services.delivery.upcoming import Upcoming, What
from storage.next_event import next_event

STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
TO_EVENT = "event"
NOTHING_AHEAD = "Впереди событий нет"
TOLD = {
    What.PARCEL: "Пора отправить отложенное сообщение",
    What.STEP_REMINDER: "Пора напомнить о шагах маршрута",
    What.OVERDUE: "Пора рассказать наставнику о просроченных шагах",
    What.DIGEST: "Пора собрать сводку недели",
    What.PAUSE_END: "Пауза маршрута закончилась",
    What.CAMPAIGN_REMINDER: "Пора напомнить о кампании",
    What.CAMPAIGN_END: "Срок кампании закончился",
    What.OFFER_REMINDER: "Пора напомнить о предложении пары",
    What.OFFER_END: "Срок ответа на предложение пары закончился",
    What.PAIR_PAUSE_END: "Пауза пары закончилась",
    What.COMFORT: "Пора спросить, комфортно ли в паре",
    What.STAGE_REMINDER: "Пора напомнить об этапе программы",
    What.MEETING_REMINDER: "Пора напомнить о встрече",
    What.UNCONFIRMED: "Пора напомнить о неподтверждённой встрече",
    What.SILENT_PAIR: "Пора спросить наставника о паре без встреч",
    What.MONTHLY_DIGEST: "Пора собрать сводку месяца для методиста",
    What.CYCLOGRAM: "Пора предложить мониторинг месяца или справку по нему",
    What.ALERT: "Показатель перешёл порог: пора предупредить",
    What.EFFECT: "Пора рассказать, что дали принятые меры",
    What.EVENT_DUTY: "Пора напомнить тому, кто отвечает за событие",
    What.EVENT_REMINDER: "Пора напомнить участникам о событии",
    What.EVENT_OPINION: "Пора спросить, как прошло событие",
}


class ClockPanel:
    """Moves the clock, one move at a time. There is nothing to show until the bot is there: `serve`."""

    def __init__(self, clock: MovableClock) -> None:
        self._clock = clock
        self._house: House | None = None
        self._turn = asyncio.Lock()

    def serve(self, house: House) -> None:
        """From now on the clock is that bot's."""
        self._house = house

    def view(self) -> dict[str, Any] | None:
        """The clock for the page: unix seconds and the bot's time zone."""
        if self._house is None:
            return None
        return {"now": self._clock.seconds(), "zone": self._house.desk.zone.key}

    async def move(self, how: str) -> str:
        """Move by one of STEPS or TO_EVENT and let the bot do what is due; what to tell, "" for nothing.

        Raises KeyError for any other word, and when there is no bot yet.
        """
        async with self._turn:
            if self._house is None:
                raise KeyError(how)
            # What is due by now comes before what is next.
            await self._house.scheduler.strike()
            told = ""
            if how != TO_EVENT:
                self._clock.move(STEPS[how])
            elif (event := await self._next_event(self._house)) is not None:
                self._clock.move(max(event.at - self._clock.now(), timedelta()))
                told = TOLD[event.what]
            else:
                return NOTHING_AHEAD
            await self._house.scheduler.strike()
            return told

    async def _next_event(self, house: House) -> Upcoming | None:
        desk = house.desk
        async with house.database.read() as connection:
            return await next_event(connection, replace(desk.basis, now=self._clock.now()), desk.quiet)
