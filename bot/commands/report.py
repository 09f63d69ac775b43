"""`report`: the note, the table and the charts of a place as files, and results of one diagnosis."""

import os
import re
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer
from rich.console import Console

from bot.added_instruments import AddedInstruments
from bot.commands import group_files
from bot.commands.start import begin, complete, database_of, refuse
from bot.drawing import call
from bot.settings import Settings
from bot.wiring import library_of, utc_now
from services.charts.of_statement import CHARTS
from services.people.model import Kind, Organisation
from services.people.roster.sheets import file_stem
from services.people.zones import zone_at
from services.privacy.ports import Action
from services.reporting import handing_out
from services.reporting.facts import Basis
from services.reporting.groups.report import Report
from services.reporting.note import note_file
from services.reporting.periods import Period, by_key, days, year_of
from services.reporting.ports import Kept
from services.reporting.statement.codec import from_json
from services.reporting.statement.freezing import freeze_for
from services.reporting.statement.model import Statement
from services.reporting.table.lists import Lists
from storage.database import Database
from storage.unit_of_work import StoredWork

console = Console(highlight=False)

_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")
_PERIODS = (
    "y2026 (учебный год), h2026-1 (полугодие), q2026-4 (квартал), m2026-11 (месяц) или 2026-09-01..2026-11-15"
)


def report(
    out: Annotated[Path, typer.Option(help="Папка для файлов отчёта")],
    school: Annotated[int | None, typer.Option(help="Номер школы")] = None,
    municipality: Annotated[int | None, typer.Option(help="Номер муниципалитета")] = None,
    period: Annotated[str | None, typer.Option(help=f"{_PERIODS}; без него этот учебный год")] = None,
    again: Annotated[int | None, typer.Option(help="Номер готовой справки: её файлы с теми же цифрами")] = None,
    instrument: Annotated[str, typer.Option(help="Какая диагностика в текстах и на её графике")] = "boyko",
    campaign: Annotated[int | None, typer.Option(help="Номер кампании; без него самые новые результаты")] = None,
) -> None:
    """Сохранить отчёт школы или муниципалитета: справку Word, таблицу Excel, графики и результаты диагностики.

    Цифры те же, что присылает /report; группы меньше MIN_GROUP скрываются так же, как в чате. У справки есть
    номер, по нему её можно сделать ещё раз с теми же цифрами: --again НОМЕР.
    """
    settings = begin()
    if sum(each is not None for each in (school, municipality, again)) != 1:
        refuse("Укажите --school НОМЕР или --municipality НОМЕР. Номера: python -m bot school list")
    _try_folder(out)
    if again is not None:
        complete(_again(settings, again, out))
        return
    place = (school, Kind.SCHOOL) if school is not None else (municipality or 0, Kind.MUNICIPALITY)
    complete(_report(settings, place, period, instrument, campaign, out))


def note_template(file: Annotated[Path, typer.Argument(help="Куда сохранить, .docx")]) -> None:
    """Сохранить наш шаблон аналитической справки, чтобы сделать из него свой.

    Поправьте его в Word, не трогая меток в фигурных скобках, и впишите путь в NOTE_TEMPLATE. Проверить его:
    python -m bot doctor.
    """
    if file.exists():
        refuse(f"Файл {file} уже есть. Укажите другое имя.")
    _try_folder(file.parent)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(note_file.OURS.read_bytes())
    console.print(f"Шаблон сохранён: {file}", markup=False)


async def _report(
    settings: Settings,
    place: tuple[int, Kind],
    period: str | None,
    instrument_id: str,
    campaign_id: int | None,
    out: Path,
) -> None:
    now = utc_now()
    _try_template(settings)
    async with database_of(settings) as database:
        basis = await _basis(settings, database, now)
        instrument = group_files.chosen(basis.library, instrument_id)
        async with database.write() as connection:
            work = StoredWork(connection)
            organisation = await _organisation(work, *place)
            asked = _period(period, now.astimezone(zone_at(organisation, settings.zone)).date())
            of_group = await group_files.found(
                work, organisation, instrument, campaign_id, settings.min_group, now, settings.zone
            )
            await freeze_for(work, basis, organisation, asked)
            # Every call of the command is an order of its own.
            number = await work.statements.order(organisation.id, asked.key, None, f"command:{uuid4().hex}", now)
            kept = await _kept(work, number)
            statement, earlier = await handing_out.material(work, basis, organisation, kept)
            lists = await work.report_lists.of_place(organisation, asked, None, basis)
            await _noted(work, organisation, number, now)
            await work.commit()
        completed = from_json(call(handing_out.COMPLETE, (statement, earlier)).decode())
        async with database.write() as connection:
            work = StoredWork(connection)
            await work.statements.fill(number, completed)
            await work.commit()
        written = _texts(of_group, settings, out)
        written += _files(settings, number, completed, lists, out)
    console.print(f"Готово, справка № {number}, папка {out}: {', '.join(written)}", markup=False)


async def _again(settings: Settings, number: int, out: Path) -> None:
    now = utc_now()
    _try_template(settings)
    async with database_of(settings) as database:
        basis = await _basis(settings, database, now)
        async with database.write() as connection:
            work = StoredWork(connection)
            kept = await _kept(work, number)
            organisation = await work.organisations.get(kept.organisation_id)
            if kept.statement is None or organisation is None:
                raise ValueError(f"Справка {number} не была готова. Сделайте новую: --school или --municipality")
            lists = await work.report_lists.of_place(organisation, kept.statement.period, None, basis)
            await _noted(work, organisation, number, now)
            await work.commit()
        written = _files(settings, number, kept.statement, lists, out)
    console.print(f"Готово, справка № {number}, папка {out}: {', '.join(written)}", markup=False)


async def _basis(settings: Settings, database: Database, now: datetime) -> Basis:
    library = library_of(database)
    await AddedInstruments(database, library).refresh()
    return Basis(settings.consent.version, settings.min_group, settings.zone, library, settings.mentoring, now)


async def _organisation(work: StoredWork, number: int, kind: Kind) -> Organisation:
    found = await work.organisations.get(number)
    if found is None or found.kind is not kind:
        what = "школы" if kind is Kind.SCHOOL else "муниципалитета"
        raise ValueError(f"Нет {what} с номером {number}. Список: python -m bot school list")
    return found


async def _kept(work: StoredWork, number: int) -> Kept:
    kept = await work.statements.get(number)
    if kept is None:
        raise ValueError(f"Нет справки с номером {number}.")
    return kept


async def _noted(work: StoredWork, place: Organisation, number: int, now: datetime) -> None:
    await work.audit.note(now, None, Action.STATEMENT_EXPORTED, organisation_id=place.id, statement=number)


def _try_folder(folder: Path) -> None:
    """Refuse a folder that cannot be made or written to, before anything is counted."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        refuse(f"В папку {folder} записать нельзя. Укажите другую.")


def _try_template(settings: Settings) -> None:
    """Raises TemplateError: an operator wants to hear of it now, not to find our template in place of theirs."""
    if settings.note_template is not None:
        note_file.tried(settings.note_template)


def _period(words: str | None, today: date) -> Period:
    """Raises ValueError for words that name none."""
    if words is None:
        return year_of(today)
    ends = _DAYS.fullmatch(words)
    try:
        found = by_key(days(*(date.fromisoformat(day) for day in ends.groups())).key if ends else words)
    except ValueError:
        found = None
    if found is None:
        raise ValueError(f"Не удалось понять период {words}. Бывает: {_PERIODS}")
    if found.begins > today:
        raise ValueError(f"Период ещё не начался: {found.title}")
    return found


def _texts(made: Report, settings: Settings, out: Path) -> list[str]:
    """Files of one diagnosis; the names of what was written."""
    out.mkdir(parents=True, exist_ok=True)
    texts = group_files.texts(made, settings.zone)
    for name, text in texts.items():
        (out / name).write_text(f"{text}\n", encoding="utf-8")
    picture = group_files.chart(made)
    if picture is None:
        return list(texts)
    (out / group_files.CHART).write_bytes(picture)
    return [*texts, group_files.CHART]


def _files(settings: Settings, number: int, statement: Statement, lists: Lists, out: Path) -> list[str]:
    """The note, the table and the charts; the names of what was written."""
    made = {
        "note.docx": call(handing_out.NOTE, (statement, settings.note_template, number)),
        "table.xlsx": call(handing_out.TABLE, (statement, lists)),
    }
    for place, chart in enumerate((each for each in CHARTS if each.available(statement)), start=1):
        made[f"charts/{place:02} {file_stem(chart.title)}.png"] = call(chart.function, (statement,))
    for name, content in made.items():
        file = out / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return list(made)
