"""The catalogue of a municipality: read, edited, hidden, added to."""

from dataclasses import replace

from handlers import otherwise
from handlers.iom.measures import screens
from handlers.iom.measures.standing import standing_at
from handlers.iom.measures.taps import GROWTH, MeasuresTap, MeasureTap, NewMeasureTap, SetMeasureTap
from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.people.standing import given, named
from handlers.people.within import of_municipality
from handlers.routes import Access, Routes
from handlers.ui.pages import page_of
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.iom import measures
from services.iom.catalogue import DAYS_LIMIT, shipped
from services.iom.catalogue_ports import MeasureFields
from services.iom.measures import Kept
from services.iom.measures_file import parsed_days
from services.iom.model import TITLE_LIMIT, WORDS_LIMIT, Form
from services.iom.wording import DOMAIN_TITLES, FORM_TITLES
from services.people.model import Organisation
from services.privacy.ports import Action

routes = Routes()

EDIT, NEW = "iom_measure", "iom_measure_new"
"""Steps at which something is written about a measure, and the title of a new one."""
USUAL_DAYS = 30
NOTHING = "-"
"""What leaves an expected result empty."""

GONE = "Этого мероприятия в каталоге уже нет."
FULL = "Своих мероприятий уже очень много. Удалите ненужные."
NEWS = {"hide": "Скрыто от педагогов.", "show": "Педагоги видят мероприятие.", "back": "Вернули как было."}
REMOVED = "Мероприятие удалено."
SAVED = "Сохранено."


@routes.tap(MeasuresTap, Access.METHODIST, within=of_municipality)
async def tap_measures(visit: Visit, tap: MeasuresTap) -> Reply:
    place = await named(visit, tap.organisation)
    domain = _domain(tap.domain)
    if domain is None:
        return Reply(await domains(visit, place))
    return Reply(await _list(visit, place, domain, tap.page))


@routes.tap(MeasureTap, Access.METHODIST, within=of_municipality)
async def tap_measure(visit: Visit, tap: MeasureTap) -> Reply:
    place = await named(visit, tap.organisation)
    kept = measures.find(await catalogue(visit, place), tap.measure)
    if kept is None:
        return Reply(await domains(visit, place), toast=GONE)
    return Reply(await _card(visit, place, kept, tap.ask))


@routes.tap(SetMeasureTap, Access.METHODIST, within=of_municipality)
async def tap_set(visit: Visit, tap: SetMeasureTap) -> Reply:
    place = await named(visit, tap.organisation)
    kept = measures.find(await catalogue(visit, place, lock=True), tap.measure)
    if kept is None:
        return Reply(await domains(visit, place), toast=GONE)
    if (tap.to == "remove" and kept.shipped is None) or (tap.to == "back" and kept.shipped is not None):
        await measures.drop(visit.work, kept)
        await _noted(visit, place)
        if kept.shipped is None:
            return Reply(await _list(visit, place, kept.now.domain, 0), toast=REMOVED)
    elif tap.to in ("hide", "show"):
        await _change(visit, place, kept, kept.now.fields, hidden=tap.to == "hide")
    elif tap.to in list(Form):
        await _change(visit, place, kept, replace(kept.now.fields, form=Form(tap.to)))
    elif days := parsed_days(tap.to):
        await _change(visit, place, kept, replace(kept.now.fields, days=days))
    return Reply(await _card_again(visit, place, tap.measure), toast=NEWS.get(tap.to, SAVED))


@routes.tap(NewMeasureTap, Access.METHODIST, within=of_municipality)
async def tap_new(visit: Visit, tap: NewMeasureTap) -> Reply:
    place = await named(visit, tap.organisation)
    domain = _domain(tap.domain)
    if domain is None:
        return Reply(await domains(visit, place))
    await visit.stand(NEW, {"organisation": place.id, "domain": domain})
    return Reply(screens.ask_title(place, domain))


@routes.step(NEW, Access.METHODIST)
async def words_for_new(visit: Visit, text: str) -> Reply:
    place = await standing_at(visit)
    domain = given(visit, NEW).get("domain")
    if place is None or not isinstance(domain, str):
        return await otherwise.no_access(visit, Access.METHODIST)
    if is_part(visit, text):
        await stand_again(visit, text, NEW, {"organisation": place.id, "domain": domain})
        return Reply(screens.ask_title(place, domain, TOO_LONG))
    title = _one_line(text)
    fields = MeasureFields(domain, title, Form.SELF_STUDY, USUAL_DAYS)
    kept = await catalogue(visit, place, lock=True)
    complaint = _wrong_title(title) or _taken(kept, fields, None)
    if sum(each.own is not None for each in kept) >= measures.OWN_LIMIT:
        complaint = FULL
    if complaint:
        return Reply(screens.ask_title(place, domain, complaint))
    added = await measures.add(visit.work, place.id, fields)
    await _noted(visit, place)
    found = next(each for each in await catalogue(visit, place) if each.own == added)
    return Reply(await _card(visit, place, found))


@routes.step(EDIT, Access.METHODIST)
async def words_for_measure(visit: Visit, text: str) -> Reply:
    place = await standing_at(visit)
    data = given(visit, EDIT)
    if place is None:
        return await otherwise.no_access(visit, Access.METHODIST)
    everything = await catalogue(visit, place, lock=True)
    kept = measures.find(everything, str(data.get("measure")))
    if kept is None:
        return Reply(await domains(visit, place, GONE))
    asked = str(data.get("ask"))
    if is_part(visit, text):
        await stand_again(visit, text, EDIT, {"organisation": place.id, "measure": kept.now.code, "ask": asked})
        return Reply(screens.asked(place, kept, asked, TOO_LONG))
    fields = _written(kept.now.fields, asked, text)
    complaint = fields if isinstance(fields, str) else _taken(everything, fields, kept)
    if isinstance(fields, str) or complaint:
        return Reply(screens.asked(place, kept, asked, complaint))
    await _change(visit, place, kept, fields)
    return Reply(await _card_again(visit, place, kept.now.code, SAVED))


async def catalogue(visit: Visit, place: Organisation, *, lock: bool = False) -> list[Kept]:
    """Every measure of the municipality, the hidden ones, too."""
    return measures.catalogue(shipped(), await visit.work.measures.of(place.id, lock=lock))


async def domains(visit: Visit, place: Organisation, news: str = "") -> Screen:
    """The catalogue by domains; what was asked before is forgotten."""
    await visit.leave()
    return screens.domains(place, await catalogue(visit, place), news)


async def _list(visit: Visit, place: Organisation, domain: str, number: int) -> Screen:
    await visit.leave()
    found = [each for each in await catalogue(visit, place) if each.now.domain == domain]
    return screens.measure_list(place, domain, page_of(found, number, screens.ON_PAGE))


async def _card(visit: Visit, place: Organisation, kept: Kept, ask: str = "") -> Screen:
    if ask in screens.QUESTIONS:
        await visit.stand(EDIT, {"organisation": place.id, "measure": kept.now.code, "ask": ask})
        return screens.asked(place, kept, ask)
    await visit.leave()
    if ask == "remove" and kept.shipped is None:
        return screens.sure_to_remove(place, kept)
    return screens.card(place, kept)


async def _card_again(visit: Visit, place: Organisation, code: str, news: str = "") -> Screen:
    """The card of a measure that has just been changed."""
    await visit.leave()
    kept = measures.find(await catalogue(visit, place), code)
    return screens.card(place, kept, news) if kept is not None else await domains(visit, place, news)


async def _change(
    visit: Visit, place: Organisation, kept: Kept, fields: MeasureFields, *, hidden: bool | None = None
) -> None:
    await measures.change(visit.work, place.id, kept, fields, hidden=kept.hidden if hidden is None else hidden)
    await _noted(visit, place)


async def _noted(visit: Visit, place: Organisation) -> None:
    action = Action.IOM_MEASURES_CHANGED
    await visit.work.audit.note(visit.now, visit.member.id, action, organisation_id=place.id)


def _domain(said: str) -> str | None:
    """The code of the domain that a button names; None when there is no such one."""
    code = "" if said == GROWTH else said or None
    return code if code in DOMAIN_TITLES else None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _written(fields: MeasureFields, asked: str, text: str) -> MeasureFields | str:
    """The fields with what was written, or what is wrong with it."""
    words = _one_line(text)
    if asked == "title":
        return _wrong_title(words) or replace(fields, title=words)
    if asked == "days":
        days = parsed_days(words)
        return replace(fields, days=days) if days else f"Нужно число дней от 1 до {DAYS_LIMIT}, например 30."
    if asked == "result":
        if len(words) > WORDS_LIMIT:
            return f"Получилось длинно. Уместите, пожалуйста, в {WORDS_LIMIT} знаков."
        return replace(fields, result="" if words == NOTHING else words)
    form = next((form for form, title in FORM_TITLES.items() if title.casefold() == words.casefold()), None)
    return replace(fields, form=form) if form else "Выберите, пожалуйста, форму кнопкой."


def _wrong_title(title: str) -> str:
    if len(title) > TITLE_LIMIT:
        return f"Получилось длинно. Уместите, пожалуйста, в {TITLE_LIMIT} знаков."
    return "" if any(mark.isalpha() for mark in title) else "Нужно название словами."


def _taken(everything: list[Kept], fields: MeasureFields, but: Kept | None) -> str:
    same = measures.same_titled(everything, fields)
    return "Такое мероприятие в этой области уже есть." if same is not None and same is not but else ""
