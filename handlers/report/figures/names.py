"""Where the names behind a figure are, for the figures of work: lists that the reader may open anyway."""

from collections.abc import Callable, Mapping

from handlers.campaigns.taps import CampaignSchoolTap, CampaignTap
from handlers.events.plan.taps import PlanTap
from handlers.iom.overview.taps import RoutesTap
from handlers.mentoring.health.taps import Concern, ConcernTap
from handlers.mentoring.taps import PairListTap, RequestsTap
from handlers.ui.screen import Row, button
from services.iom.overview_ports import Filter
from services.people import rights
from services.people.model import Kind, Organisation, Person
from services.reporting.facts import Taking
from services.reporting.indicators.indicator import Indicator, Privacy

ROUTES: Mapping[str, Filter] = {
    "iom.waiting": Filter.WAITING,
    "iom.in_progress": Filter.ACTIVE,
    "iom.overdue": Filter.OVERDUE,
    "steps.overdue": Filter.OVERDUE,
    "iom.finished": Filter.CLOSED,
    "early.finished": Filter.CLOSED,
}
OF_ROUTES = ("iom.", "steps.", "courses.", "early.routed", "early.finished")
OF_REQUESTS = ("requests.", "funnel.requests")
OF_PAIRS = ("pairs.", "meetings.", "funnel.", "early.mentored")


def names(person: Person, indicator: Indicator, place: Organisation, taking: Taking | None) -> Row:
    """A button to the list behind the figure; none where only counts are told, or there is no list."""
    if taking is not None and taking.wave.startswith("c") and indicator.numerator.endswith(".finished"):
        return _campaign(person, int(taking.wave[1:]), place)
    if indicator.privacy is not Privacy.NAMED:
        return ()
    for codes, made in LISTS:
        if indicator.code.startswith(codes):
            return made(indicator, place)
    return ()


def _campaign(person: Person, campaign: int, place: Organisation) -> Row:
    title = "Кто ответил и кто нет"
    if place.kind is Kind.SCHOOL:
        return (button(title, CampaignSchoolTap(campaign=campaign, school=place.id)),)
    return (button(title, CampaignTap(campaign=campaign)),) if rights.directs(person, place) else ()


def _routes(indicator: Indicator, place: Organisation) -> Row:
    state = ROUTES.get(indicator.code, Filter.ALL)
    return (button("Список маршрутов", RoutesTap(organisation=place.id, state=state)),)


def _requests(indicator: Indicator, place: Organisation) -> Row:
    return (button("Кто ждёт наставника", RequestsTap(organisation=place.id)),)


def _events(indicator: Indicator, place: Organisation) -> Row:
    return (button("Прошедшие мероприятия", PlanTap(organisation=place.id, show="past")),)


def _pairs(indicator: Indicator, place: Organisation) -> Row:
    if indicator.code == "pairs.silent":
        return (button("Пары без встреч", ConcernTap(organisation=place.id, what=Concern.SILENT)),)
    return (button("Список пар", PairListTap(organisation=place.id)),)


LISTS: tuple[tuple[tuple[str, ...], Callable[[Indicator, Organisation], Row]], ...] = (
    (OF_ROUTES, _routes),
    (OF_REQUESTS, _requests),
    (OF_PAIRS, _pairs),
    (("events.",), _events),
)
