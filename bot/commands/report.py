"""`report`: what /report sends, as files."""

import html
import re
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.commands.start import begin, complete, database_of, refuse
from bot.drawing import Drawing
from bot.parcels import FREQUENCY_NOTE, group_title
from bot.settings import Settings
from bot.wiring import utc_now
from handlers.report import screens
from handlers.survey.screens import INSTRUMENT
from handlers.ui.screen import Screen
from services.diagnostics.loading import load_instruments
from services.reporting import report as reporting
from storage.unit_of_work import StoredWork

console = Console(highlight=False)

_TAG = re.compile(r"</?\w+>")


def report(
    out: Annotated[Path, typer.Option(help="Папка для файлов отчёта")],
    school: Annotated[int | None, typer.Option(help="Номер школы")] = None,
    municipality: Annotated[int | None, typer.Option(help="Номер муниципалитета")] = None,
) -> None:
    """Сохранить отчёт школы или муниципалитета: те же цифры и график, что присылает /report.

    Группы меньше MIN_GROUP скрываются так же, как в чате.
    """
    settings = begin()
    organisation = school if school is not None else municipality
    if organisation is None or (school is not None and municipality is not None):
        refuse("Укажите --school НОМЕР или --municipality НОМЕР. Номера: python -m bot school list")
    complete(_report(settings, organisation, out))


async def _report(settings: Settings, organisation_id: int, out: Path) -> None:
    instrument = load_instruments()[INSTRUMENT]
    async with database_of(settings) as database, database.read() as connection:
        work = StoredWork(connection)
        organisation = await work.organisations.get(organisation_id)
        if organisation is None:
            raise ValueError(f"Нет организации с номером {organisation_id}. Список: python -m bot school list")
        made = await reporting.make(work, organisation, instrument, settings.min_group, utc_now())
    out.mkdir(parents=True, exist_ok=True)
    pages = {
        "report.txt": [screens.main(made, settings.zone)],
        "symptoms.txt": [screens.symptoms(made, settings.zone)],
    }
    if made.several:
        pages["schools.txt"] = [
            screens.schools(made, settings.zone, number) for number in range(screens.school_pages(made))
        ]
    for name, screens_of in pages.items():
        text = "\n\n".join(_plain(screen) for screen in screens_of)
        (out / name).write_text(f"{text}\n", encoding="utf-8")
    written = list(pages)
    if made.results is not None:
        drawing = Drawing()
        try:
            picture = await drawing.draw(
                "services.charts.group:draw_group",
                group_title(organisation, instrument),
                made.results,
                FREQUENCY_NOTE,
            )
        finally:
            await drawing.close()
        (out / "chart.png").write_bytes(picture)
        written.append("chart.png")
    console.print(f"Готово, папка {out}: {', '.join(written)}", markup=False)


def _plain(screen: Screen) -> str:
    return html.unescape(_TAG.sub("", screen.text))
