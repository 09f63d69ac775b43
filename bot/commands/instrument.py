"""`instrument wording`: an operator's wording in place of ours."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.commands.start import begin, complete, refuse, writing
from bot.settings import Settings
from bot.wiring import utc_now
from services.diagnostics.instrument import Instrument
from services.diagnostics.loading import load_instruments
from services.diagnostics.wording import Wording, WordingError, read_wording

instrument = typer.Typer(help="Методики диагностики.", no_args_is_help=True)
console = Console(highlight=False)


@instrument.callback()
def instruments() -> None:
    """Методики диагностики."""


@instrument.command("wording")
def wording(
    name: Annotated[str, typer.Argument(help="Методика, например boyko")],
    file: Annotated[Path, typer.Argument(help="CSV: номер утверждения и текст")],
    title: Annotated[str | None, typer.Option(help="Как называть эту редакцию в результатах")] = None,
) -> None:
    """Загрузить свою редакцию утверждений. Ключ и шкалы остаются прежними.

    Нужны все утверждения методики, ровно по одному тексту на каждое. Новые тесты пойдут с новыми текстами,
    начатые будут закончены с прежними; в результате указано, с какими текстами он получен.
    """
    settings = begin()
    known = load_instruments()
    if name not in known:
        refuse(f"Нет методики {name}. Есть: {', '.join(sorted(known))}")
    try:
        loaded = read_wording(known[name], file, title)
    except FileNotFoundError:
        refuse(f"Нет файла {file}")
    except WordingError as error:
        refuse(f"Тексты не загружены, исправьте файл {file}:\n{error}")
    complete(_load(settings, known[name], loaded))


async def _load(settings: Settings, methodology: Instrument, loaded: Wording) -> None:
    async with writing(settings) as work:
        await work.wordings.add(loaded, utc_now())
        await work.commit()
    console.print(
        f"Загружено: {len(loaded.texts)} из {len(methodology.items)}, редакция «{loaded.title}».", markup=False
    )
