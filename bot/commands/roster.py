"""`roster import`, `roster template` and `roster invites`."""

from pathlib import Path
from typing import Annotated

import typer
from aiogram.exceptions import AiogramError
from aiogram.methods import GetMe
from rich.console import Console

from bot.commands.start import begin, complete, database_of, refuse, writing
from bot.settings import Settings
from bot.wiring import telegram_bot, utc_now
from handlers.roster.words import TITLES, Part, done, lines_of, offer, summary
from services.people.links import Links
from services.people.model import Kind, Organisation
from services.people.roster import importing
from services.people.roster.model import Plan, Roster, Scope
from services.people.roster.reading import read_roster
from services.people.roster.sheets import each_file
from services.people.roster.template import make_template
from services.privacy.ports import Action
from services.spreadsheets.errors import SheetError
from storage.unit_of_work import StoredWork

roster = typer.Typer(help="Списки педагогов из таблиц.", no_args_is_help=True)
console = Console(highlight=False, soft_wrap=True)

_SHOWN = 20


@roster.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="Таблица .xlsx или .csv: один человек в строке")],
    municipality: Annotated[int, typer.Option(help="Номер муниципалитета")],
    apply: Annotated[bool, typer.Option("--apply", help="Загрузить; без этого только показать")] = False,
    new_schools: Annotated[bool, typer.Option("--new-schools", help="Завести школы, которых ещё нет")] = False,
) -> None:
    """Загрузить список педагогов или показать, что получится.

    Номера муниципалитетов показывает python -m bot school list.
    """
    settings = begin()
    try:
        content = file.read_bytes()
        read = read_roster(file.name, content, utc_now().astimezone(settings.zone).date())
    except OSError as error:
        refuse(f"Не удалось прочитать файл {file}: {error.strerror}")
    except SheetError as error:
        refuse(str(error))
    complete(_import(settings, read, municipality, apply=apply, new_schools=new_schools))


@roster.command("template")
def template(out: Annotated[Path, typer.Argument(help="Куда сохранить, .xlsx")]) -> None:
    """Сохранить шаблон списка."""
    if out.suffix.lower() != ".xlsx":
        refuse("Нужен файл .xlsx")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(make_template())
    console.print(f"Шаблон: {out}", markup=False)


@roster.command("invites")
def invites(
    out: Annotated[Path, typer.Option(help="Папка для листов")],
    municipality: Annotated[int | None, typer.Option(help="Номер муниципалитета: все школы")] = None,
    school: Annotated[int | None, typer.Option(help="Номер школы")] = None,
) -> None:
    """Сохранить личные приглашения тех, кто ещё не вошёл: по школам, карточки DOCX и таблица XLSX."""
    settings = begin()
    organisation = school if school is not None else municipality
    if organisation is None or (school is not None and municipality is not None):
        refuse("Укажите --school НОМЕР или --municipality НОМЕР. Номера: python -m bot school list")
    if settings.bot_token is None:
        refuse("BOT_TOKEN: не задан, а без бота ссылок не составить.")
    kind = Kind.SCHOOL if school is not None else Kind.MUNICIPALITY
    complete(_invites(settings, organisation, kind, out))


async def _import(settings: Settings, read: Roster, municipality: int, *, apply: bool, new_schools: bool) -> None:
    now = utc_now()
    today = now.astimezone(settings.zone).date()
    scope = Scope(municipality)
    async with writing(settings) as work:
        place = await _place(work, municipality, Kind.MUNICIPALITY)
        would = await importing.dry_run(work, read, scope, today)
        plan = would.whole if new_schools else would.without_new
        _print_plan(place, read, would.whole)
        if not apply:
            if plan.people:
                flags = "--apply --new-schools" if new_schools else "--apply"
                console.print(f"\nПока ничего не изменено. {offer(plan.people)}: добавьте {flags}", markup=False)
            if would.whole.new_schools and not new_schools:
                console.print("Людей из новых школ загрузит --new-schools.", markup=False)
            return
        outcome = await importing.apply(work, read, scope, today, now, new_schools=new_schools)
        if outcome is not None:
            counts = {"added": outcome.added, "changed": outcome.changed, "moved": outcome.moved}
            await work.audit.note(
                now, None, Action.ROSTER_IMPORTED, None, municipality, **counts, schools=outcome.schools
            )
            await work.commit()
            console.print(f"\n{done(outcome)}", markup=False)


def _print_plan(place: Organisation, read: Roster, plan: Plan) -> None:
    lines = [place.name, *summary(plan, read)]
    for part in Part:
        found = lines_of(plan, part)
        # What is to be mended is printed whole: a file of it is made in the chat only.
        shown = found if part is Part.PROBLEMS else found[:_SHOWN]
        if part is not Part.ADDED and found:
            lines += ["", f"{TITLES[part]}:", *(f"  {line}" for line in shown)]
            if len(found) > len(shown):
                lines.append(f"  …и ещё {len(found) - len(shown)}")
    console.print("\n".join(lines), markup=False)


async def _invites(settings: Settings, organisation: int, kind: Kind, out: Path) -> None:
    links = Links(await _bot_name(settings))
    now = utc_now()
    async with database_of(settings) as database, database.write() as connection:
        work = StoredWork(connection)
        place = await _place(work, organisation, kind)
        found = [place] if kind is Kind.SCHOOL else list(await work.organisations.children(place.id))
        schools = [school.id for school in found]
        await importing.invite(work, schools, None, now)
        for school in schools:
            await work.audit.note(now, None, Action.INVITES_PRINTED, None, school)
        cards = await work.roster.cards(schools, now)
        await work.commit()
    if not cards:
        console.print("Печатать нечего: все из списков уже вошли, или список ещё не загружен.", markup=False)
        return
    out.mkdir(parents=True, exist_ok=True)
    for name, content in each_file(cards, links.invite):
        (out / name).write_bytes(content)
        console.print(str(out / name), markup=False)
    console.print(f"Личных приглашений: {len(cards)}. Выдайте каждое своему человеку в руки.", markup=False)


async def _place(work: StoredWork, number: int, kind: Kind) -> Organisation:
    place = await work.organisations.get(number)
    if place is None or place.kind is not kind:
        what = "школы" if kind is Kind.SCHOOL else "муниципалитета"
        raise ValueError(f"Нет {what} с номером {number}. Список: python -m bot school list")
    return place


async def _bot_name(settings: Settings) -> str:
    bot = telegram_bot(settings)
    try:
        return (await bot(GetMe())).username or ""
    except AiogramError as error:
        name = type(error).__name__
        refuse(f"Telegram не ответил, имя бота узнать не вышло ({name}). Проверьте: python -m bot doctor")
    finally:
        await bot.session.close()
