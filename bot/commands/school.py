"""`school add` and `school list`."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.commands.start import begin, complete, writing
from bot.settings import Settings
from services.people.model import Kind

school = typer.Typer(help="Школы и муниципалитеты.", no_args_is_help=True)
console = Console(highlight=False)

NAME_LIMIT = 100


@school.command("add")
def add(
    municipality: Annotated[str, typer.Option(help="Муниципалитет, например «Сосновский район»")],
    name: Annotated[str, typer.Option(help="Школа, например «Школа № 3»")],
) -> None:
    """Завести школу (и муниципалитет, если его ещё нет). Повтор ничего не удваивает."""
    complete(_add(begin(), _tidy(municipality), _tidy(name)))


@school.command("list")
def list_() -> None:
    """Показать муниципалитеты и школы с номерами, которые нужны другим командам."""
    complete(_list(begin()))


def _tidy(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > NAME_LIMIT:
        raise typer.BadParameter(f"нужно название от 1 до {NAME_LIMIT} знаков")
    return tidy


async def _add(settings: Settings, municipality: str, name: str) -> None:
    async with writing(settings) as work:
        district = await work.organisations.add(Kind.MUNICIPALITY, municipality, None)
        added = await work.organisations.add(Kind.SCHOOL, name, district.id)
        await work.commit()
    console.print(f"Школа {added.id}: {added.name} ({district.name}, муниципалитет {district.id})", markup=False)
    console.print(f"Дальше: python -m bot invite --school {added.id} --role teacher --uses 30", markup=False)


async def _list(settings: Settings) -> None:
    table = Table("№", "Муниципалитет", "№", "Школа")
    async with writing(settings) as work:
        for district in await work.organisations.all(Kind.MUNICIPALITY):
            for child in await work.organisations.children(district.id):
                table.add_row(str(district.id), district.name, str(child.id), child.name)
    if table.row_count:
        console.print(table)
    else:
        console.print("Школ пока нет. Добавьте: python -m bot school add --municipality … --name …", markup=False)
