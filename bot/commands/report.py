"""`report`: what /report sends, as files."""

import html
import re
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.commands.start import begin, complete, database_of, refuse
from bot.drawing import Drawing
from bot.parcels.charts import frequency_words, group_title
from bot.settings import Settings
from bot.wiring import utc_now
from handlers.report.groups import screens
from handlers.ui.screen import Screen
from services.diagnostics.instrument import Privacy
from services.diagnostics.loading import load_instruments
from services.privacy.ports import Action
from services.reporting.groups import finding, portions
from services.reporting.groups import report as reporting
from storage.unit_of_work import StoredWork

console = Console(highlight=False)

_TAG = re.compile(r"</?\w+>")


def report(
    out: Annotated[Path, typer.Option(help="Папка для файлов отчёта")],
    school: Annotated[int | None, typer.Option(help="Номер школы")] = None,
    municipality: Annotated[int | None, typer.Option(help="Номер муниципалитета")] = None,
    instrument: Annotated[str, typer.Option(help="Какая диагностика")] = "boyko",
    campaign: Annotated[int | None, typer.Option(help="Номер кампании; без него самые новые результаты")] = None,
) -> None:
    """Сохранить отчёт школы или муниципалитета: те же цифры и график, что присылает /report.

    Группы меньше MIN_GROUP скрываются так же, как в чате.
    """
    settings = begin()
    organisation = school if school is not None else municipality
    if organisation is None or (school is not None and municipality is not None):
        refuse("Укажите --school НОМЕР или --municipality НОМЕР. Номера: python -m bot school list")
    complete(_report(settings, organisation, instrument, campaign, out))


async def _report(
    settings: Settings, organisation_id: int, instrument_id: str, campaign_id: int | None, out: Path
) -> None:
    now = utc_now()
    instruments = {name: one for name, one in load_instruments().items() if one.privacy is not Privacy.OFFICIAL}
    instrument = instruments.get(instrument_id)
    if instrument is None:
        raise ValueError(f"Нет диагностики {instrument_id}. Есть: {', '.join(sorted(instruments))}")
    async with database_of(settings) as database, database.write() as connection:
        work = StoredWork(connection)
        organisation = await work.organisations.get(organisation_id)
        if organisation is None:
            raise ValueError(f"Нет организации с номером {organisation_id}. Список: python -m bot school list")
        if campaign_id is not None:
            wave = await finding.wave_of(work, organisation, instrument, f"c{campaign_id}", settings.zone)
        else:
            wave = await finding.newest(work, organisation, instrument, now.astimezone(settings.zone))
        if wave is None:
            raise ValueError(f"Нет кампании с номером {campaign_id} по этой диагностике в этой организации.")
        await portions.freeze(work, instrument, wave, organisation.id, settings.min_group, now)
        made = await reporting.make(work, organisation, instrument, settings.min_group, now, wave)
        await work.audit.note(
            now,
            None,
            Action.REPORT_EXPORTED,
            organisation_id=organisation.id,
            instrument=instrument.id,
            wave=wave.key,
        )
        await work.commit()
    out.mkdir(parents=True, exist_ok=True)
    pages = {
        "report.txt": [screens.main(made, settings.zone)],
        "symptoms.txt": [screens.scales(made, settings.zone)],
    }
    if answers := screens.answer_pages(made):
        pages["answers.txt"] = [screens.answers(made, settings.zone, number) for number in range(answers)]
    if made.several:
        pages["schools.txt"] = [
            screens.schools(made, settings.zone, number) for number in range(screens.school_pages(made))
        ]
    for name, screens_of in pages.items():
        text = "\n\n".join(_plain(screen) for screen in screens_of)
        (out / name).write_text(f"{text}\n", encoding="utf-8")
    written = list(pages)
    if made.results is not None and made.results.factors:
        drawing = Drawing()
        try:
            picture = await drawing.draw(
                "services.charts.group:draw_group",
                group_title(organisation, instrument),
                made.results,
                *frequency_words(instrument),
            )
        finally:
            await drawing.close()
        (out / "chart.png").write_bytes(picture)
        written.append("chart.png")
    console.print(f"Готово, папка {out}: {', '.join(written)}", markup=False)


def _plain(screen: Screen) -> str:
    return html.unescape(_TAG.sub("", screen.text))
