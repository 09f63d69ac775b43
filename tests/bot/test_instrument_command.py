"""`instrument check`, `add` and `convert`."""

import asyncio
from pathlib import Path

import yaml

from bot.settings import load_settings
from services.diagnostics.instrument import Instrument
from services.diagnostics.loading import INSTRUMENTS, read_instrument
from storage.database import Database
from storage.instruments import InstrumentTable
from tests.bot.conftest import flat, refused, run
from tests.services.diagnostics.forms import FORM, MEANS, Data, spoilt
from tests.services.diagnostics.test_xlsform import CHOICES, SURVEY, book


def saved(folder: Path, data: Data) -> Path:
    path = folder / "form.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def stored() -> list[Instrument]:
    """What a bot that starts now would take from the database."""

    async def read() -> list[Instrument]:
        database = Database(load_settings().database_url)
        try:
            async with database.read() as connection:
                sources = await InstrumentTable(connection).added_since(0)
        finally:
            await database.close()
        return [read_instrument(source.text, Path(source.instrument)) for source in sources]

    return asyncio.run(read())


def test_a_right_file_is_summed_up(tmp_path: Path) -> None:
    result = run("instrument", "check", saved(tmp_path, FORM))
    assert result.exit_code == 0
    for words in ("card, версия 1", "Вопросов: 6", "число — 1", "длинный текст — 1", "нет, только ответы"):
        assert words in flat(result.output)
    scored = run("instrument", "check", saved(tmp_path, MEANS))
    assert "Лёгкость (до 3)" in flat(scored.output)


def test_every_mistake_is_told(tmp_path: Path) -> None:
    data = spoilt(FORM, lambda d: (d["items"][2].update(low=99), d.update(minutes=0)))
    refused(
        run("instrument", "check", saved(tmp_path, data)), "ошибок: 2", "file: minutes is 0", "item 3: high 80"
    )
    refused(run("instrument", "check", tmp_path / "none.yaml"), "Нет файла")


def test_an_added_instrument_is_kept_once_and_never_changed(url: str, tmp_path: Path) -> None:
    path = saved(tmp_path, FORM)
    assert "Добавлено" in run("instrument", "add", path).output
    assert "Уже добавлено" in run("instrument", "add", path).output
    refused(run("instrument", "add", saved(tmp_path, FORM | {"title": "Другая карта"})), "Поставьте в файле новую")
    assert run("instrument", "add", saved(tmp_path, FORM | {"title": "Другая", "version": "2"})).exit_code == 0
    assert [(one.version, one.title) for one in stored()] == [("1", "Карта школы"), ("2", "Другая")]


def test_our_own_instruments_are_not_replaced(url: str, tmp_path: Path) -> None:
    ours = yaml.safe_load((INSTRUMENTS / "boyko.yaml").read_text(encoding="utf-8"))
    assert "уже есть" in run("instrument", "add", INSTRUMENTS / "boyko.yaml").output
    refused(run("instrument", "add", saved(tmp_path, ours | {"title": "Иначе"})), "boyko версии 1 уже есть")


def test_a_converted_form_can_be_added(url: str, tmp_path: Path) -> None:
    out = tmp_path / "training.yaml"
    result = run("instrument", "convert", book(tmp_path / "training.xlsx"), "--out", out)
    assert result.exit_code == 0
    assert "Вопросов: 7" in flat(result.output)
    assert run("instrument", "add", out).exit_code == 0
    [form] = stored()
    assert form.id == "training"
    refused(
        run(
            "instrument",
            "convert",
            book(tmp_path / "odd.xlsx", SURVEY, CHOICES[:2]),
            "--out",
            tmp_path / "odd.yaml",
        ),
        "Лист survey, строка 4",
    )
    assert not (tmp_path / "odd.yaml").exists()
