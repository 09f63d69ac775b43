"""Results of one diagnosis of a group as files: what the chat shows, as plain text, and the chart."""

import html
import re
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.drawing import call
from bot.parcels.charts import frequency_words, group_title
from handlers.report.groups import screens
from handlers.ui.screen import Screen
from services.diagnostics.instrument import Instrument, Privacy
from services.diagnostics.library import Library
from services.people.model import Organisation
from services.privacy.ports import Action
from services.reporting.groups import finding, portions
from services.reporting.groups import report as reporting
from services.reporting.groups.report import Report
from storage.unit_of_work import StoredWork

CHART = "chart.png"
_TAG = re.compile(r"</?\w+>")


def chosen(library: Library, instrument_id: str) -> Instrument:
    """The diagnosis that results of groups are told of. Raises ValueError with those there are."""
    known = {one.id: one for one in library.instruments if one.privacy is not Privacy.OFFICIAL}
    if instrument_id not in known:
        raise ValueError(f"Нет диагностики {instrument_id}. Есть: {', '.join(sorted(known))}")
    return known[instrument_id]


async def found(
    work: StoredWork,
    place: Organisation,
    instrument: Instrument,
    campaign_id: int | None,
    min_group: int,
    now: datetime,
    zone: ZoneInfo,
) -> Report:
    """Results of the campaign, without one of the newest taking. Raises ValueError for a campaign that is none."""
    if campaign_id is not None:
        wave = await finding.wave_of(work, place, instrument, f"c{campaign_id}", zone)
    else:
        wave = await finding.newest(work, place, instrument, now.astimezone(zone))
    if wave is None:
        raise ValueError(f"Нет кампании с номером {campaign_id} по этой диагностике в этой организации.")
    await portions.freeze(work, instrument, wave, place.id, min_group, now)
    made = await reporting.make(work, place, instrument, min_group, now, wave)
    await work.audit.note(
        now,
        None,
        Action.REPORT_EXPORTED,
        organisation_id=place.id,
        instrument=instrument.id,
        wave=wave.key,
    )
    return made


def texts(made: Report, zone: ZoneInfo) -> Mapping[str, str]:
    """By the names of files."""
    pages = {"report.txt": [screens.main(made, zone)], "symptoms.txt": [screens.scales(made, zone)]}
    if answers := screens.answer_pages(made):
        pages["answers.txt"] = [screens.answers(made, zone, number) for number in range(answers)]
    if made.several:
        pages["schools.txt"] = [
            screens.schools(made, zone, number) for number in range(screens.school_pages(made))
        ]
    return {name: "\n\n".join(_plain(screen) for screen in shown) for name, shown in pages.items()}


def chart(made: Report) -> bytes | None:
    """The picture that the chat sends; None where there is nothing to draw."""
    if made.results is None or not made.results.factors:
        return None
    title = group_title(made.organisation, made.instrument)
    arguments = (title, made.results, *frequency_words(made.instrument))
    return call("services.charts.group:draw_group", arguments)


def _plain(screen: Screen) -> str:
    return html.unescape(_TAG.sub("", screen.text))
