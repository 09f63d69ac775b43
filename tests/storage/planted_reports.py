"""Somebody with a row in every table of reports and events, as each of those who may have one there."""

from collections.abc import Awaitable, Callable
from typing import Any

from storage import reporting_tables as tables
from tests.storage.residents import NOW

EXPORTED = {
    "given_amounts.given_by": "Школа введённых цифр",
    "statements.asked_by": "Школа запрошенной справки",
    "report_choices.person_id": "Школа последнего отчёта",
    "push_settings.person_id": "раз в неделю",
    "push_marks.person_id": "zq-week",
    "events.responsible_id": "zq-led",
    "events.created_by": "zq-planned",
    "event_people.person_id": "zq-attended",
}
"""Where rows lead to a person, and what the copy of their data tells of such a row."""

Put = Callable[..., Awaitable[Any]]
Place = Callable[[str], Awaitable[int]]


async def plant_reports(put: Put, place: Place, me: int) -> None:
    """Rows of mine in all tables."""
    await put(
        tables.given_amounts,
        organisation_id=await place("Школа введённых цифр"),
        period="y2020",
        indicator="mentors",
        numerator=3.0,
        given_by=me,
        given_at=NOW,
    )
    await put(
        tables.statements,
        organisation_id=await place("Школа запрошенной справки"),
        period="y2026",
        asked_by=me,
        asked_at=NOW,
        cause="zq-cause",
    )
    choice = {"person_id": me, "organisation_id": await place("Школа последнего отчёта"), "period": "y"}
    await put(tables.report_choices, **choice)
    await put(tables.push_settings, person_id=me, what="alerts", how="weekly")
    await put(tables.push_marks, person_id=me, what="weekly", period="zq-week", figures={})
    where = await place("Школа мероприятий")
    plan = {"organisation_id": where, "kind": "seminar", "held_on": NOW.date(), "audience": "everybody"}
    plan |= {"state": "planned", "created_at": NOW}
    await put(tables.events, **plan, title="zq-led", responsible_id=me)
    await put(tables.events, **plan, title="zq-planned", created_by=me)
    attended = await put(tables.events, **plan, title="zq-attended")
    await put(
        tables.event_people,
        event_id=attended,
        person_id=me,
        school_id=where,
        state="signed_up",
        words="zq-thought",
    )
