"""Amounts of past periods, entered by hand from papers."""

from handlers import otherwise
from handlers.people.standing import given as remembered
from handlers.people.standing import named
from handlers.report.figures.sections import page_with, pages
from handlers.report.plans import given_screens as screens
from handlers.report.plans.about import About, about, about_words
from handlers.report.plans.taps import GivenListTap, GivenTap
from handlers.routes import Access, Routes
from handlers.ui.screen import Declined, Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.diagnostics.answer_parsing import Unclear
from services.people.model import Organisation
from services.privacy.ports import Action
from services.reporting.given import givable
from services.reporting.indicators.indicator import Form
from services.reporting.periods import Period, PeriodKind, by_key, previous, year_of
from services.reporting.statement.model import Amount
from services.reporting.target_parsing import parsed_amount

routes = Routes()

STEP = "report_given"
SAVED, DROPPED = "Сохранено.", "Убрано."


@routes.tap(GivenListTap, Access.METHODIST, within=of_organisation)
async def tap_given_list(visit: Visit, tap: GivenListTap) -> Reply:
    place, period = await named(visit, tap.organisation), _period(visit, tap.period)
    if not tap.page:
        return Reply(await _contents(visit, place, period))
    return Reply(await _section(visit, place, period, tap.page))


@routes.tap(GivenTap, Access.METHODIST, within=of_organisation)
async def tap_given(visit: Visit, tap: GivenTap) -> Reply:
    place, period = await named(visit, tap.organisation), _period(visit, tap.period)
    of = about(place, period, tap.code, givable(place))
    if of is None:
        raise Declined(await _contents(visit, place, period))
    if not tap.drop:
        return Reply(await _asked(visit, of))
    return Reply(await _set(visit, of, None), toast=DROPPED)


@routes.step(STEP, Access.METHODIST)
async def words_for_given(visit: Visit, text: str) -> Reply:
    of = await about_words(visit, remembered(visit, STEP), givable)
    if of is None:
        return await otherwise.no_access(visit, Access.METHODIST)
    try:
        amount = parsed_amount(text, whole=of.indicator.form is Form.SHARE)
    except Unclear as unclear:
        return Reply(await _asked(visit, of, str(unclear)))
    return Reply(await _set(visit, of, amount))


async def _contents(visit: Visit, place: Organisation, period: Period) -> Screen:
    await visit.leave()
    return screens.contents(place, period, visit.today, await _given(visit, place, period))


async def _section(visit: Visit, place: Organisation, period: Period, page: int, news: str = "") -> Screen:
    await visit.leave()
    return screens.section(place, period, await _given(visit, place, period), page, news)


async def _asked(visit: Visit, of: About, note: str = "") -> Screen:
    await visit.stand(STEP, of.data)
    amount = (await _given(visit, of.place, of.period)).get(of.indicator.code)
    return screens.amount(of.place, of.period, of.indicator, amount, note)


async def _set(visit: Visit, of: About, amount: Amount | None) -> Screen:
    key = (of.place.id, of.period.key, of.indicator.code)
    if amount is None:
        await visit.work.given.drop(*key)
    else:
        await visit.work.given.put(*key, amount, visit.member.id, visit.now)
    await visit.work.audit.note(
        visit.now,
        visit.member.id,
        Action.AMOUNT_GIVEN,
        organisation_id=of.place.id,
        indicator=of.indicator.code,
        period=of.period.key,
    )
    page = page_with(pages(givable(of.place)), of.indicator.code)
    return await _section(visit, of.place, of.period, page, DROPPED if amount is None else SAVED)


async def _given(visit: Visit, place: Organisation, period: Period) -> dict[str, Amount]:
    found = await visit.work.given.within(place.id, [period.key])
    return {code: amount for (of, _, code), amount in found.items() if of == place.id}


def _period(visit: Visit, key: str) -> Period:
    """The period of the key if it is over, otherwise the last school year."""
    found = by_key(key)
    fits = found is not None and found.kind is not PeriodKind.DAYS and found.ends <= visit.today
    return found if found is not None and fits else previous(year_of(visit.today))
