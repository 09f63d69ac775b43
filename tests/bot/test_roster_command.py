"""Rosters from the command line: shown first, loaded with --apply, and their invites as files."""

import zipfile
from pathlib import Path

import pytest

from services.people.roster.reading import read_roster
from services.spreadsheets.errors import SheetError
from tests.bot.conftest import refused, run, run_beside
from tests.services.people.roster.files import HEADERS, TODAY, csv, row
from tests.town import TOKEN, Town

pytestmark = pytest.mark.usefixtures("own_logs")


@pytest.fixture
def place(url: str) -> int:
    result = run("school", "add", "--municipality", "Сосновский район", "--name", "Школа № 1")
    assert result.exit_code == 0, result.output
    return 1


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "список.csv"
    path.write_bytes(csv(HEADERS, row(), row(Фамилия="Серова", Школа="Гимназия"), row(Стаж="много")))
    return path


def test_a_dry_run_changes_nothing_and_tells_everything(place: int, file: Path) -> None:
    shown = run("roster", "import", file, "--municipality", place)
    assert shown.exit_code == 0, shown.output
    assert "Добавятся: 2" in shown.stdout
    assert "строка 4, «Стаж»: «много» — нужно число полных лет" in shown.stdout
    assert "«Гимназия», 1\xa0человек" in shown.stdout
    assert "Загрузить 1\xa0человека: добавьте --apply" in shown.stdout
    assert run("roster", "import", file, "--municipality", place).stdout == shown.stdout


def test_an_import_is_done_once(place: int, file: Path) -> None:
    first = run("roster", "import", file, "--municipality", place, "--apply")
    assert "Готово: добавлено 1, личных приглашений 1." in first.stdout
    second = run("roster", "import", file, "--municipality", place, "--apply", "--new-schools")
    assert "добавлено 1, без изменений 1, новых школ 1" in second.stdout
    third = run("roster", "import", file, "--municipality", place, "--apply", "--new-schools")
    assert "Готово: без изменений 2." in third.stdout


def test_what_cannot_be_imported_is_refused(place: int, file: Path, tmp_path: Path) -> None:
    refused(run("roster", "import", tmp_path / "нет.csv", "--municipality", place), "нет.csv")
    refused(run("roster", "import", file, "--municipality", 404), "404", "school list")
    refused(run("roster", "import", file, "--municipality", 2), "2", "school list")
    macros = tmp_path / "список.xlsm"
    macros.write_bytes(b"x")
    refused(run("roster", "import", macros, "--municipality", place), "макросами")


def test_the_template_is_saved(url: str, tmp_path: Path) -> None:
    path = tmp_path / "new" / "шаблон.xlsx"
    assert run("roster", "template", path).exit_code == 0
    with pytest.raises(SheetError, match="впишите людей"):
        read_roster(path.name, path.read_bytes(), TODAY)
    refused(run("roster", "template", tmp_path / "шаблон.doc"), ".xlsx")


async def test_invites_are_saved_by_school(
    town: Town, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("DATABASE_URL", town.settings.database_url), ("BOT_API_URL", town.server.url)):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    school = await town.school("Школа № 1")
    (parent,) = await town.rows("SELECT parent_id FROM organisations WHERE id = :id", id=school)
    place = parent.parent_id
    await run_beside("roster", "import", file, "--municipality", place, "--apply", "--new-schools")
    out = tmp_path / "листы"
    result = await run_beside("roster", "invites", "--municipality", place, "--out", out)
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in out.iterdir()) == [
        "Гимназия.docx",
        "Гимназия.xlsx",
        "Школа 1.docx",
        "Школа 1.xlsx",
    ]
    with zipfile.ZipFile(out / "Школа 1.docx") as archive:
        assert "https://t.me/school_bot?start=" in archive.read("word/document.xml").decode()
    own = tmp_path / "школа"
    await run_beside("roster", "invites", "--school", school, "--out", own)
    assert sorted(path.name for path in own.iterdir()) == ["Школа 1.docx", "Школа 1.xlsx"]
    # A second printing has the same links.
    assert (await town.rows("SELECT count(*) AS count FROM invites"))[0].count == 2
    refused(await run_beside("roster", "invites", "--out", own), "--school")
    refused(await run_beside("roster", "invites", "--school", place, "--out", own), "school list")
