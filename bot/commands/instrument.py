"""`instrument`: an operator's own instruments, and wordings in place of ours."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.commands.start import begin, complete, database_of, refuse, writing
from bot.settings import Settings
from bot.wiring import utc_now
from services.diagnostics.instrument import Instrument, ItemKind
from services.diagnostics.loading import InstrumentError, load_instrument, load_instruments, load_versions
from services.diagnostics.wording import Wording, WordingError, read_wording
from storage.instruments import InstrumentTable

instrument = typer.Typer(help="Методики диагностики.", no_args_is_help=True)
console = Console(highlight=False)


KINDS = {
    ItemKind.CHOICE: "один вариант",
    ItemKind.LIKERT: "шкала согласия",
    ItemKind.SEVERAL: "несколько вариантов",
    ItemKind.NUMBER: "число",
    ItemKind.DATE: "дата",
    ItemKind.SHORT_TEXT: "короткий текст",
    ItemKind.LONG_TEXT: "длинный текст",
}

FormFile = Annotated[Path, typer.Argument(help="Файл методики, .yaml")]


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


@instrument.command("check")
def check(file: FormFile) -> None:
    """Проверить файл методики: все ошибки сразу, с местом и способом исправить, или краткое описание."""
    _describe(_read(file))


@instrument.command("add")
def add(file: FormFile) -> None:
    """Добавить методику. Работающий бот возьмёт её в течение минуты, перезапуск не нужен.

    Уже добавленное не меняется: исправленный файл добавляют с новой версией, начатое заканчивают со старой.
    """
    settings = begin()
    added = _read(file)
    ours = {(one.id, one.version): one for one in load_versions()}
    if (known := ours.get((added.id, added.version))) is not None:
        if known != added:
            refuse(_taken(added))
        console.print(f"Методика {added.id} версии {added.version} уже есть.", markup=False)
        return
    complete(_add(settings, added, file.read_text(encoding="utf-8")))
    _describe(added)


@instrument.command("convert")
def convert(
    file: Annotated[Path, typer.Argument(help="Форма XLSForm, .xlsx")],
    out: Annotated[Path | None, typer.Option(help="Куда записать, .yaml; без этого — на экран")] = None,
) -> None:
    """Сделать файл методики из формы XLSForm (листы survey и choices).

    Понимает select_one, select_multiple, integer, decimal, date, text, note, группы, required, relevant,
    constraint и hint. Чего не понимает, называет по строкам, и тогда ничего не записывает.
    """
    from services.diagnostics.xlsform.converting import convert as converted
    from services.diagnostics.xlsform.reading import FormError

    try:
        text = converted(file)
    except FileNotFoundError:
        refuse(f"Нет файла {file}")
    except FormError as error:
        refuse(f"Форма не подошла, исправьте {file}:\n" + "\n".join(error.problems))
    if out is None:
        typer.echo(text)
        return
    out.write_text(text, encoding="utf-8")
    _describe(_read(out))
    console.print(f"Записано: {out}. Просмотрите тексты, потом: python -m bot instrument add {out}", markup=False)


def _read(file: Path) -> Instrument:
    try:
        return load_instrument(file)
    except FileNotFoundError:
        refuse(f"Нет файла {file}")
    except OSError as error:
        refuse(f"Файл {file} не прочитать: {error.strerror}")
    except InstrumentError as error:
        refuse(f"Исправьте файл {file}, ошибок: {len(error.problems)}\n" + "\n".join(error.problems))


def _describe(known: Instrument) -> None:
    kinds = Counter(item.kind for item in known.items)
    lines = [
        f"{known.title}: {known.id}, версия {known.version}",
        f"Вопросов: {len(known.items)} ("
        + ", ".join(f"{title} — {kinds[kind]}" for kind, title in KINDS.items() if kinds[kind])
        + ")",
        f"Шкалы: {', '.join(f'{one.title} (до {one.maximum})' for one in known.scales) or 'нет, только ответы'}",
    ]
    if known.factors:
        lines.append(f"Факторы: {', '.join(one.title for one in known.factors)}")
    lines.append(f"Минут на прохождение: {known.minutes}")
    console.print("\n".join(lines), markup=False)


def _taken(added: Instrument) -> str:
    return (
        f"Методика {added.id} версии {added.version} уже есть, и она другая. "
        "Поставьте в файле новую версию (version): начатое будет закончено со старой."
    )


async def _add(settings: Settings, added: Instrument, source: str) -> None:
    async with database_of(settings) as database, database.write() as connection:
        kept = await InstrumentTable(connection).add(added.id, added.version, source, utc_now())
        if kept is not None and kept != source:
            raise ValueError(_taken(added))
        await connection.commit()
    console.print("Уже добавлено." if kept is not None else "Добавлено.")


async def _load(settings: Settings, methodology: Instrument, loaded: Wording) -> None:
    async with writing(settings) as work:
        await work.wordings.add(loaded, utc_now())
        await work.commit()
    console.print(
        f"Загружено: {len(loaded.texts)} из {len(methodology.items)}, редакция «{loaded.title}».", markup=False
    )
