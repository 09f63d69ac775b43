"""Alerts: thresholds are looked at once a day; what has been crossed is told once, until it is over."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.campaigns.model import Listed, State
from services.delivery.model import Kind
from services.delivery.quiet import USUAL_HOUR
from services.iom.reminding_ports import Moment, Reader
from services.people.model import Kind as PlaceKind
from services.people.model import Organisation, Role
from services.pushes.model import Alert, What
from services.pushes.thresholds import Threshold, Watched, thresholds
from services.reporting.facts import Basis
from services.reporting.periods import year_of
from services.reporting.statement.freezing import freeze_for
from services.reporting.target import Target
from services.work import UnitOfWork

Key = tuple[int, str, int]
"""An organisation, a threshold, and what it is about there."""


@dataclass(frozen=True, slots=True)
class Level:
    """How something stands that a threshold looks at; `crossed` and `over` may both be false, never both true."""

    value: int
    of: int | None
    crossed: bool
    over: bool


@dataclass(frozen=True, slots=True)
class Findings:
    """What has changed of a municipality's alerts."""

    place: Organisation
    raised: Mapping[Key, Level]
    kept: Mapping[int, Level]
    cleared: Sequence[int]


async def alerts_for(work: UnitOfWork, person_id: int) -> Sequence[Alert]:
    """Open alerts that the person is told of."""
    above = [one.code for one in thresholds().values() if one.above]
    return await work.pushes.alerts_for(person_id, above)


async def due(work: UnitOfWork, moment: Moment) -> Sequence[Organisation]:
    """Municipalities to be looked at now: once a day, from the usual hour on."""
    return await work.pushes.unchecked(moment) if moment.hour >= USUAL_HOUR else ()


async def publish(work: UnitOfWork, basis: Basis, place: Organisation) -> None:
    """Publish groups that are whole by now: thresholds look at nothing else of them."""
    await freeze_for(work, basis, place, year_of(basis.today))


async def look(work: UnitOfWork, basis: Basis, place: Organisation, today: date) -> Findings:
    """How the thresholds of the municipality and its schools stand; nothing is written."""
    schools = [one for one in await work.organisations.children(place.id) if one.kind is PlaceKind.SCHOOL]
    ids = [place.id, *(school.id for school in schools)]
    levels = await _of_facts(work, basis, place) | await _of_events(work, ids, today)
    levels |= await _of_campaigns(work, basis, ids)
    alerts = await work.pushes.open_alerts(ids)
    known = {(one.organisation_id, one.code, one.subject): one for one in alerts}
    over = {key: one for key, one in known.items() if key not in levels or levels[key].over}
    return Findings(
        place,
        {key: level for key, level in levels.items() if level.crossed and key not in known},
        {one.id: levels[key] for key, one in known.items() if key not in over and _differs(one, levels[key])},
        [one.id for one in over.values()],
    )


async def settle(work: UnitOfWork, found: Findings, moment: Moment) -> None:
    """Note what was found and owe one message to each who is concerned; nothing if the day was noted already."""
    if not await work.pushes.checked(found.place.id, moment.today):
        return
    now = moment.now.replace(microsecond=0)
    for alert_id in found.cleared:
        await work.pushes.clear_alert(alert_id, now)
    for alert_id, level in found.kept.items():
        await work.pushes.keep_alert(alert_id, level.value, level.of)
    for key, level in found.raised.items():
        await work.pushes.raise_alert(*key, value=level.value, of=level.of, now=now)
    for one in await readers(work, found, moment):
        payload = {"person_id": one.person_id, "at": int(now.timestamp())}
        await work.outbox.owe(one.account_id, Kind.ALERTS, f"alerts:{one.person_id}:{payload['at']}", payload, now)


async def readers(work: UnitOfWork, found: Findings, moment: Moment) -> Sequence[Reader]:
    """Who is told at once of what was raised; each once."""
    told = {
        one.person_id: one
        for organisation_id, role in _concerned(found.place, found.raised)
        for one in await work.pushes.recipients(role, organisation_id, What.ALERTS, moment.consent)
    }
    return list(told.values())


def _concerned(place: Organisation, raised: Iterable[Key]) -> Collection[tuple[int, Role]]:
    """Curators of a school, methodists of the municipality."""
    found: dict[tuple[int, Role], None] = {}
    for organisation_id, code, _ in raised:
        if organisation_id != place.id:
            found[organisation_id, Role.CURATOR] = None
        if organisation_id == place.id or thresholds()[code].above:
            found[place.id, Role.METHODIST] = None
    return found


async def _of_facts(work: UnitOfWork, basis: Basis, place: Organisation) -> dict[Key, Level]:
    year = year_of(basis.today)
    facts = (await work.facts.facts(place, [year], basis))[year.key]
    levels = {}
    for one in thresholds().values():
        if one.kind not in (Watched.SHARE, Watched.LEVEL):
            continue
        for school_id, counted in facts.schools.items():
            of = round(counted.get(one.to, 0)) if one.to else None
            levels[school_id, one.code, 0] = _level(one, round(counted.get(one.of, 0)), of)
    return levels


async def _of_events(work: UnitOfWork, ids: Sequence[int], today: date) -> dict[Key, Level]:
    levels: dict[Key, Level] = {}
    for one in (each for each in thresholds().values() if each.kind is Watched.EVENTS):
        before = today - timedelta(days=one.days - 1)
        for late in await work.pushes.unmarked_events(ids, before):
            levels[late.organisation_id, one.code, 0] = _level(one, late.count, None)
    return levels


async def _of_campaigns(work: UnitOfWork, basis: Basis, ids: Sequence[int]) -> dict[Key, Level]:
    levels: dict[Key, Level] = {}
    found = [one for one in await work.campaigns.listed(ids) if one.campaign.state is State.RUNNING]
    for one in (each for each in thresholds().values() if each.kind is Watched.CAMPAIGN):
        for listed in found:
            if listed.people >= one.least and _passed(listed, basis) >= one.term:
                plans = await work.plans.of(listed.campaign.organisation_id, year_of(basis.today).key)
                expected = _expected(one, plans.get(f"{listed.campaign.instrument}.coverage"), listed.people)
                key = (listed.campaign.organisation_id, one.code, listed.campaign.id)
                behind = 100 * listed.finished < one.limit * expected
                caught_up = 100 * listed.finished >= one.clear * expected
                levels[key] = Level(listed.finished, listed.people, behind, caught_up)
    return levels


def _passed(listed: Listed, basis: Basis) -> float:
    """The part of a campaign's term that has passed, in per cent."""
    if listed.campaign.launched_at is None:
        return 0.0
    began = listed.campaign.launched_at.astimezone(basis.zone).date()
    days = (listed.campaign.ends_on - began).days + 1
    return 100 * (basis.today - began).days / days


def _expected(threshold: Threshold, plan: Target | None, people: int) -> float:
    """How many people are expected to have finished by the end."""
    if plan is None:
        return people * threshold.expected / 100
    return people * plan.share / 1000 if plan.share is not None else float(plan.number or 0)


def _level(threshold: Threshold, value: int, of: int | None) -> Level:
    return Level(value, of, threshold.crossed(value, of), threshold.over(value, of))


def _differs(alert: Alert, level: Level) -> bool:
    return (alert.value, alert.of) != (level.value, level.of)
