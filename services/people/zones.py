"""Time zones: what a place may be set to, and whose day it is for a person."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.people import rights
from services.people.model import Kind, Organisation, Person, Role
from services.privacy.ports import Action
from services.work import UnitOfWork

ZONES = {
    "Europe/Kaliningrad": "Калининград, МСК−1",
    "Europe/Moscow": "Москва, МСК",
    "Europe/Samara": "Самара, МСК+1",
    "Asia/Yekaterinburg": "Екатеринбург, МСК+2",
    "Asia/Omsk": "Омск, МСК+3",
    "Asia/Krasnoyarsk": "Красноярск, МСК+4",
    "Asia/Irkutsk": "Иркутск, МСК+5",
    "Asia/Yakutsk": "Якутск, МСК+6",
    "Asia/Vladivostok": "Владивосток, МСК+7",
    "Asia/Magadan": "Магадан, МСК+8",
    "Asia/Kamchatka": "Камчатка, МСК+9",
}
"""The zones of Russia by their IANA names; cities with the same clock share one."""


def zone_at(place: Organisation | None, default: ZoneInfo) -> ZoneInfo:
    """The zone that a place lives by."""
    return ZoneInfo(place.timezone) if place is not None and place.timezone is not None else default


def local_day(place: Organisation | None, now: datetime) -> date:
    """The place's day; where it has no zone, the day of the zone that `now` is told in."""
    if place is None or place.timezone is None:
        return now.date()
    return now.astimezone(ZoneInfo(place.timezone)).date()


def zone_of(person: Person | None, default: ZoneInfo) -> ZoneInfo:
    """The zone that the person lives by: of the first school they teach in, else of the first place they have."""
    if person is None:
        return default
    taught = [grant for grant in person.grants if grant.role is Role.TEACHER]
    for grant in (*taught, *person.grants):
        if grant.organisation.timezone is not None:
            return zone_at(grant.organisation, default)
    return default


def may_set(person: Person, place: Organisation) -> bool:
    """Whether the person sets the zone of the place: whoever keeps it; a region has none of its own."""
    return place.kind is not Kind.REGION and rights.manages(person, place)


async def set_zone(
    work: UnitOfWork, actor: Person, place: Organisation, timezone: str | None, now: datetime
) -> None:
    """Set the zone of a place, None for that of the place above it. Raises PermissionError, ValueError."""
    if not may_set(actor, place):
        raise PermissionError(f"person {actor.id} may not set the zone of organisation {place.id}")
    if timezone is not None and timezone not in ZONES:
        raise ValueError(timezone)
    await work.organisations.set_timezone(place.id, timezone)
    await work.audit.note(now, actor.id, Action.ZONE_SET, organisation_id=place.id)
