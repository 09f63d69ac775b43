"""The digest of a week: what has changed in somebody's schools, what has stood still, what is ahead.

Whether there is anything to tell is decided once a week, together with a mark of the figures that the next one is
compared with. A week without changes, without events and with nothing that calls for attention is silent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.campaigns.model import Campaign
from services.campaigns.model import Listed as Counted
from services.campaigns.model import State as CampaignState
from services.delivery.model import Kind
from services.delivery.quiet import Quiet
from services.events.model import Listed
from services.iom.reminding import monday_of
from services.iom.reminding_ports import Moment, Reader
from services.iom.standing_still import Still, standing_still
from services.mentoring.health.ports import Terms
from services.mentoring.health.silence import Digest, digest_of
from services.people.model import Organisation
from services.pushes import switching
from services.pushes.alerting import alerts_for
from services.pushes.model import Alert, How, Mark, What
from services.reporting.facts import Basis, Facts
from services.reporting.indicators.registry import registry
from services.reporting.periods import year_of
from services.reporting.statement.computing import amounts_of
from services.reporting.statement.model import Amount, Figure
from services.work import UnitOfWork

WEEK = timedelta(days=7)
CODES = (
    "teachers.joined",
    "deficits.coverage",
    "boyko.coverage",
    "iom.developed",
    "iom.overdue",
    "steps.confirmed",
    "pairs.worked",
    "pairs.silent",
    "meetings.held",
    "early.mentored",
    "requests.waiting",
    "events.held",
)
"""What a week is told by, of this school year. Nothing published of groups: weeks of it could be subtracted."""
_CAMPAIGN, _ALERT = "campaign:", "alert:"
_YEAR = "year:"
"""The key that tells of which school year the amounts are: those of two years are not compared."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done about the digest of one reader: the mark that is kept, and whether anything is told."""

    reader: Reader
    mark: Mark
    tells: bool


@dataclass(frozen=True, slots=True)
class Running:
    """A campaign that runs, in the reader's schools: how many have finished, now and by the last digest.

    `school_id` is the only one of these schools; None: it is a campaign of the school's own, or in several.
    """

    campaign: Campaign
    people: int
    finished: int
    before: int | None
    school_id: int | None
    schools: int = 1


@dataclass(frozen=True, slots=True)
class Week:
    """Everything that a digest tells. Figures by place: what has changed, or the first time what there is."""

    places: Sequence[Organisation]
    figures: Mapping[int, Sequence[Figure]]
    first: bool
    campaigns: Sequence[Running]
    routes: Still
    pairs: Digest
    alerts: Sequence[Alert]
    events: Sequence[Listed]


@dataclass(frozen=True, slots=True)
class _Concerns:
    """What calls for attention, or is ahead."""

    routes: Still
    pairs: Digest
    alerts: Sequence[Alert]
    events: Sequence[Listed]

    @property
    def empty(self) -> bool:
        return self.routes.empty and self.pairs.empty and not self.alerts and not self.events


def key_of(monday: date) -> str:
    """The key of a week among periods of digests."""
    return f"w{monday:%Y-%m-%d}"


async def decide(work: UnitOfWork, basis: Basis, moment: Moment, quiet: Quiet) -> Sequence[Decision]:
    """What is to be done now in the moment's schools; it is done by `settle`.

    Whoever has had a digest before gets this week's on its first open day, or later if the service was away.
    Somebody new is not told of a week that has begun.
    """
    monday = monday_of(moment.today)
    opens = quiet.open_day(monday)
    if moment.today < opens:
        return []
    readers = await work.pushes.weekly_due(moment, key_of(monday), newcomers=moment.today == opens)
    counted: dict[int, Facts] = {}
    return [await _decided(work, basis, moment, reader, counted) for reader in readers]


async def settle(work: UnitOfWork, decisions: Sequence[Decision], moment: Moment) -> None:
    """Keep the marks and owe the digests; what another process has done is not done again."""
    monday = monday_of(moment.today)
    for one in decisions:
        if await work.pushes.put_mark(one.reader.person_id, What.WEEKLY, one.mark) and one.tells:
            payload = {"person_id": one.reader.person_id, "day": monday.toordinal()}
            key = f"weekly:{one.reader.person_id}:{monday.toordinal()}"
            await work.outbox.owe(one.reader.account_id, Kind.WEEKLY_DIGEST, key, payload, moment.now)


async def week_of(work: UnitOfWork, basis: Basis, reader_id: int, monday: date, terms: Terms) -> Week | None:
    """What the reader's digest tells now; None when there is nothing to tell any more.

    Figures are those of the mark: sent again, late, it tells the same of them.
    """
    places = await work.pushes.weekly_places(reader_id, basis.consent)
    mark = await work.pushes.mark(reader_id, What.WEEKLY)
    if mark is None or mark.period != key_of(monday):
        mark = Mark(key_of(monday), {}, {})
    concerns = await _concerns(work, basis, reader_id, places, mark, terms)
    figures = {place.id: found for place in places if (found := _figures(mark, place))}
    running = _by_campaign(mark, await _campaigns(work, places))
    if concerns.empty and not figures and not any(_moved(one) for one in running):
        return None
    first = mark.before is None
    return Week(places, figures, first, running, concerns.routes, concerns.pairs, concerns.alerts, concerns.events)


async def _decided(
    work: UnitOfWork, basis: Basis, moment: Moment, reader: Reader, counted: dict[int, Facts]
) -> Decision:
    places = await work.pushes.weekly_places(reader.person_id, basis.consent)
    campaigns = await _campaigns(work, places)
    amounts = await _amounts(work, basis, places, counted)
    amounts |= {_campaign_key(one): Amount(one.finished, one.people) for one in campaigns}
    amounts |= {_alert_key(one): Amount(one.value) for one in await alerts_for(work, reader.person_id)}
    last = await work.pushes.mark(reader.person_id, What.WEEKLY)
    mark = Mark(key_of(monday_of(moment.today)), amounts, _comparable(last, basis))
    told = any(_figures(mark, place) for place in places) or any(
        _moved(one) for one in _by_campaign(mark, campaigns)
    )
    if not told:
        terms = Terms(moment.today, moment.began, basis.mentoring.silent_days, basis.mentoring.tell_curator_days)
        told = not (await _concerns(work, basis, reader.person_id, places, mark, terms)).empty
    return Decision(reader, mark, told)


async def _amounts(
    work: UnitOfWork, basis: Basis, places: Sequence[Organisation], counted: dict[int, Facts]
) -> dict[str, Amount]:
    """`counted` has facts of municipalities by now: each is asked for once, whoever of it is told."""
    year = year_of(basis.today)
    indicators = [registry().of(code) for code in CODES]
    amounts = {_YEAR + year.key: Amount(0)}
    for place in places:
        above = await work.organisations.get(place.parent_id) if place.parent_id is not None else None
        if above is None:
            continue
        if above.id not in counted:
            counted[above.id] = (await work.facts.facts(above, [year], basis))[year.key]
        found = amounts_of(indicators, counted[above.id].schools.get(place.id, {}), {})
        amounts |= {f"{place.id}:{code}": amount for code, amount in found.items()}
    return amounts


def _comparable(last: Mark | None, basis: Basis) -> Mapping[str, Amount] | None:
    if last is None:
        return None
    if _YEAR + year_of(basis.today).key in last.now:
        return last.now
    return {key: amount for key, amount in last.now.items() if key.startswith((_CAMPAIGN, _ALERT))}


async def _campaigns(work: UnitOfWork, places: Sequence[Organisation]) -> list[Counted]:
    """Campaigns that run, by school."""
    ids = [place.id for place in places]
    found = [*await work.campaigns.listed(ids), *await work.campaigns.around(ids)]
    return [one for one in found if one.campaign.state is CampaignState.RUNNING and one.people]


def _campaign_key(one: Counted) -> str:
    return f"{_CAMPAIGN}{one.campaign.id}:{one.school_id or one.campaign.organisation_id}"


def _alert_key(alert: Alert) -> str:
    return f"{_ALERT}{alert.id}"


def _by_campaign(mark: Mark, counted: Sequence[Counted]) -> list[Running]:
    """The campaigns, each once; one that a school has not been told of is compared with none."""
    found: dict[int, Running] = {}
    for one in counted:
        then = (mark.before or {}).get(_campaign_key(one))
        before = round(then.numerator) if then is not None else None
        known = found.get(one.campaign.id)
        if known is None:
            new = Running(one.campaign, one.people, one.finished, before, one.school_id)
        else:
            both = None if known.before is None or before is None else known.before + before
            people, finished = known.people + one.people, known.finished + one.finished
            new = Running(one.campaign, people, finished, both, None, known.schools + 1)
        found[one.campaign.id] = new
    return list(found.values())


def _moved(one: Running) -> bool:
    """Whether it has begun since the last digest, or somebody has finished."""
    return one.before is None or one.before != one.finished


def _figures(mark: Mark, place: Organisation) -> list[Figure]:
    """What has changed; without anything to compare with what there is."""
    found = []
    for code in CODES:
        key = f"{place.id}:{code}"
        now, then = mark.now.get(key), (mark.before or {}).get(key)
        if now is None:
            continue
        # A share of others than before, with nobody new in it, is no news.
        if now.numerator != (then.numerator if then is not None else 0):
            found.append(Figure(code, now, before=then))
    return found


async def _concerns(
    work: UnitOfWork, basis: Basis, reader_id: int, places: Sequence[Organisation], mark: Mark, terms: Terms
) -> _Concerns:
    alerts: Sequence[Alert] = ()
    if (await switching.often(work, reader_id)).of(What.ALERTS) is How.WEEKLY:
        known = mark.before or {}
        alerts = [one for one in await alerts_for(work, reader_id) if _alert_key(one) not in known]
    return _Concerns(
        await standing_still(work, reader_id, terms.today, basis.now, basis.consent),
        await digest_of(work, reader_id, terms, basis.consent),
        alerts,
        await _events(work, places, terms.today),
    )


async def _events(work: UnitOfWork, places: Sequence[Organisation], today: date) -> Sequence[Listed]:
    """Events of the week that are still ahead, each once."""
    found: dict[int, Listed] = {}
    for place in places:
        for one in await work.events.listed(place, today, monday_of(today) + WEEK - timedelta(days=1)):
            if one.event.ahead(today):
                found.setdefault(one.event.id, one)
    return sorted(found.values(), key=lambda one: (one.event.plan.held_on, one.event.id))
