"""`iom`: routes of a school, their documents, the template of these."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.commands.start import begin, complete, refuse, writing
from bot.settings import Settings
from bot.wiring import utc_now
from services.iom.counting import AsOf
from services.iom.document import Document, compose
from services.iom.document_file import OURS, tried
from services.iom.model import OPEN_ROUTE, Route
from services.iom.overview_ports import Filter, Line
from services.iom.wording import KIND_TITLES, ROUTE_STATES
from services.people.model import Kind, Organisation
from services.people.names import short_name
from services.people.roster.sheets import file_stem
from services.people.zones import zone_at
from services.privacy.ports import Action
from services.word_template import filled
from storage.unit_of_work import StoredWork

iom = typer.Typer(help="Индивидуальные образовательные маршруты (ИОМ).", no_args_is_help=True)
console = Console(highlight=False)

SchoolNumber = Annotated[int, typer.Option(help="Номер школы: python -m bot school list")]
PAGE = 500


@iom.command("list")
def list_(school: SchoolNumber) -> None:
    """Показать маршруты школы с номерами. Черновиков, которые ещё никому не отправляли, в списке нет."""
    complete(_list(begin(), school))


@iom.command("document")
def document(
    out: Annotated[Path, typer.Option(help="Папка для документов")],
    route: Annotated[int | None, typer.Option(help="Номер маршрута: python -m bot iom list")] = None,
    school: Annotated[int | None, typer.Option(help="Номер школы: все её открытые маршруты")] = None,
) -> None:
    """Сохранить документ ИОМ (.docx): одного маршрута или всех открытых маршрутов школы.

    Шаблон берётся из IOM_TEMPLATE, без него наш. Каждая выгрузка записывается в журнал.
    """
    settings = begin()
    if (route is None) == (school is None):
        refuse("Укажите --route НОМЕР или --school НОМЕР.")
    complete(_documents(settings, route, school, out))


@iom.command("template")
def template(file: Annotated[Path, typer.Argument(help="Куда сохранить, .docx")]) -> None:
    """Сохранить наш шаблон документа, чтобы сделать из него свой.

    Поправьте его в Word, не трогая меток в фигурных скобках, и впишите путь в IOM_TEMPLATE. Проверить его:
    python -m bot doctor.
    """
    if file.exists():
        refuse(f"Файл {file} уже есть. Укажите другое имя.")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(OURS.read_bytes())
    console.print(f"Шаблон сохранён: {file}", markup=False)


async def _list(settings: Settings, school_id: int) -> None:
    table = Table("№", "Педагог", "Маршрут", "Состояние", "Осталось", "Просрочено")
    async with writing(settings) as work:
        school = await _school(work, school_id)
        lines = await _lines(work, school, settings)
        await work.audit.note(utc_now(), None, Action.PEOPLE_SEEN, organisation_id=school.id)
        await work.commit()
    for line in lines:
        counts = (str(line.open_steps), str(line.overdue or ""))
        table.add_row(str(line.route_id), line.teacher, KIND_TITLES[line.kind], ROUTE_STATES[line.state], *counts)
    if table.row_count:
        console.print(table)
    else:
        console.print("Маршрутов у этой школы пока нет.")


async def _documents(settings: Settings, route_id: int | None, school_id: int | None, out: Path) -> None:
    now, consent = utc_now(), settings.consent.version
    chosen = settings.iom_template or OURS
    tried(chosen)
    said: list[tuple[str, Document]] = []
    async with writing(settings) as work:
        routes = [await _route(work, route_id, consent)] if route_id is not None else []
        if school_id is not None:
            place = await _school(work, school_id)
            lines = await _lines(work, place, settings)
            routes = [await _route(work, line.route_id, consent) for line in lines if line.state in OPEN_ROUTE]
        if not routes:
            raise ValueError("Открытых маршрутов у этой школы нет.")
        for route in routes:
            school = await _school(work, route.school_id)
            one = await compose(work, route, now, zone_at(school, settings.zone), own=False)
            said.append((f"{file_stem(f'ИОМ {short_name(one.teacher)}')}, {route.id}.docx", one))
            await work.audit.note(now, None, Action.IOM_EXPORTED, route.person_id, route.school_id, route=route.id)
        await work.commit()
    # The bot waits for no file: the transaction is over.
    out.mkdir(parents=True, exist_ok=True)
    for name, one in said:
        (out / name).write_bytes(filled(one, chosen))
    console.print(f"Готово, папка {out}, документов: {len(routes)}", markup=False)


async def _lines(work: StoredWork, school: Organisation, settings: Settings) -> list[Line]:
    as_of = AsOf(utc_now().astimezone(zone_at(school, settings.zone)).date(), settings.consent.version)
    found: list[Line] = []
    while more := await work.iom_counts.lines(school.id, Filter.ALL, as_of, PAGE, len(found)):
        found += more
    return found


async def _school(work: StoredWork, school_id: int) -> Organisation:
    school = await work.organisations.get(school_id)
    if school is None or school.kind is not Kind.SCHOOL:
        raise ValueError(f"Нет школы с номером {school_id}. Список: python -m bot school list")
    return school


async def _route(work: StoredWork, route_id: int, consent: str) -> Route:
    route = await work.iom.get(route_id)
    if route is None:
        raise ValueError(f"Нет маршрута с номером {route_id}. Список: python -m bot iom list --school НОМЕР")
    if route.submitted_at is None:
        raise ValueError(f"Маршрут {route_id} ещё черновик: его видит только педагог.")
    if not await work.people.agrees(route.person_id, consent):
        raise ValueError(f"Маршрут {route_id}: согласие педагога на обработку данных отозвано.")
    return route
