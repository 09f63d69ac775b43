"""Schools, invites, wordings and reports from the command line."""

import csv
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import docx
import pytest
from PIL import Image

from services.diagnostics.loading import load_instruments
from tests.bot.conftest import ITEMS, Teacher, enrol, flat, refused, run, run_beside
from tests.town import BOYKO, TOKEN, Town

pytestmark = pytest.mark.usefixtures("own_logs")

# school, invite.


def test_schools_are_added_once_and_listed(url: str) -> None:
    assert "Школ пока нет" in run("school", "list").stdout
    for name in ("Школа № 1", "  Школа   № 1 ", "Школа [2]"):
        result = run("school", "add", "--municipality", "Сосновский район", "--name", name)
        assert result.exit_code == 0, result.output
    assert "Школа 3: Школа [2] (Сосновский район, муниципалитет 1)" in result.stdout
    assert "python -m bot invite --school 3" in result.stdout
    shown = run("school", "list").stdout
    assert shown.count("Школа № 1") == 1
    assert "Школа [2]" in shown


@pytest.mark.parametrize("name", ["", "   ", "Ш" * 101])
def test_a_school_needs_a_name_of_a_sensible_length(url: str, name: str) -> None:
    result = run("school", "add", "--municipality", "Сосновский район", "--name", name)
    assert result.exit_code == 2
    assert "от 1 до 100" in flat(result.stderr)
    assert "Школ пока нет" in run("school", "list").stdout


async def test_an_invite_is_a_link_that_lets_in_and_a_qr_picture(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("DATABASE_URL", town.settings.database_url), ("BOT_API_URL", town.server.url)):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    school = await town.school("Школа № 9")
    picture = tmp_path / "qr" / "invite.png"
    result = await run_beside("invite", "--school", school, "--role", "curator", "--uses", 2, "--qr", picture)
    assert result.exit_code == 0, result.output
    found = re.fullmatch(r"https://t\.me/school_bot\?start=([\w-]{22})\n", result.stdout)
    assert found is not None, result.stdout
    with Image.open(picture) as image:
        image.load()
        assert image.width == image.height >= 250
    maria = town.person()
    assert "куратор, Школа № 9" in (await maria.says(f"/start {found.group(1)}")).text

    svg = tmp_path / "invite.svg"
    assert (await run_beside("invite", "--school", school, "--role", "teacher", "--qr", svg)).exit_code == 0
    assert "<svg" in svg.read_text(encoding="utf-8")
    (row,) = await town.rows("SELECT max_uses, used FROM invites WHERE role = 'curator'")
    assert tuple(row) == (2, 0)


async def test_invites_that_make_no_sense_are_refused(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("DATABASE_URL", town.settings.database_url), ("BOT_API_URL", town.server.url)):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    school = await town.school()
    refused(await run_beside("invite", "--role", "teacher"), "--school")
    refused(await run_beside("invite", "--role", "teacher", "--school", 404), "404", "school list")
    refused(await run_beside("invite", "--role", "methodist", "--school", school), "methodist")
    refused(await run_beside("invite", "--role", "teacher", "--municipality", 1), "teacher")
    both = ("--school", school, "--municipality", 1)
    refused(await run_beside("invite", "--role", "teacher", *both), "--school")
    refused(await run_beside("invite", "--role", "teacher", "--school", school, "--qr", "x.gif"), ".png")
    for wrong in (("--role", "director"), ("--role", "teacher", "--uses", 0), ("--role", "teacher", "--days", 0)):
        assert (await run_beside("invite", "--school", school, *wrong)).exit_code == 2
    monkeypatch.delenv("BOT_TOKEN")
    refused(await run_beside("invite", "--role", "teacher", "--school", school), "BOT_TOKEN")
    assert await town.rows("SELECT id FROM invites") == []


# instrument wording.


def texts(path: Path, count: int = ITEMS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = [(number, f"Наш текст номер {number}") for number in range(1, count + 1)]
        csv.writer(file).writerows([("item", "wording"), *rows])
    return path


async def test_a_new_wording_is_shown_in_new_tests_and_named_by_the_result(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", town.settings.database_url)
    await enrol(town.settings.database_url, [Teacher(77, "y"), Teacher(78, "", "Петрова Анна Ивановна")])
    begun, new = town.person(user_id=77), town.person("Анна", user_id=78)
    await begun.says("/start")

    path = texts(tmp_path / "published.csv")
    result = await run_beside("instrument", "wording", "boyko", path, "--title", "Издание 1996 года")
    assert result.exit_code == 0, result.output
    assert "Загружено: 84 из 84, редакция «Издание 1996 года»" in flat(result.stdout)

    # A test begun goes on with the texts it was begun with.
    await begun.taps("Да")
    assert load_instruments()["boyko"].items[2].text in begun.last.text
    await new.says("/survey")
    introduction = await new.taps(BOYKO)
    assert "Издание 1996 года" in introduction.text
    await new.taps("Начать")
    assert "Наш текст номер 1" in new.last.text
    await town.change(
        "UPDATE survey_sessions SET answers = :sheet, position = 84 WHERE id = 2", sheet="y" * 83 + "."
    )
    await new.taps("Пауза")
    await new.taps("Продолжить")
    assert "Наш текст номер 84" in new.last.text
    await new.taps("Нет")
    assert "Ваш результат" in new.last.text
    assert "Текст утверждений: Издание 1996 года" in new.last.text


def test_a_wording_that_is_not_whole_changes_nothing(url: str, tmp_path: Path) -> None:
    refused(run("instrument", "wording", "boyko", texts(tmp_path / "short.csv", 83)), "Нет текста пунктов: 84.")
    refused(run("instrument", "wording", "boyko", tmp_path / "absent.csv"), "Нет файла", "absent.csv")
    refused(
        run("instrument", "wording", "maslach", texts(tmp_path / "whole.csv")), "Нет методики maslach", "boyko"
    )
    run("migrate")
    with closing(sqlite3.connect(tmp_path / "bot.db")) as connection:
        assert connection.execute("SELECT count(*) FROM wordings").fetchone() == (0,)


# report.


async def filled(url: str) -> int:
    """Schools of six and of three finished tests; the id of the first one."""
    large = [Teacher(100 + number, "yn" * 42, f"Учителева{number} Анна") for number in range(6)]
    small = [Teacher(200 + number, "ny" * 42, f"Редкая{number} Анна") for number in range(3)]
    school = await enrol(url, large, "Большая школа")
    await enrol(url, small, "Малая школа")
    return school


def note_in(folder: Path) -> str:
    """The words of the analytical note and of its tables."""
    paper = docx.Document(str(folder / "note.docx"))
    lines = [paragraph.text for paragraph in paper.paragraphs]
    rows = ["\t".join(cell.text for cell in row.cells) for table in paper.tables for row in table.rows]
    return "\n".join(lines + rows).replace("\N{NO-BREAK SPACE}", " ")


async def test_the_report_of_a_school_as_files(url: str, tmp_path: Path) -> None:
    large = await filled(url)
    out = tmp_path / "large"
    result = await run_beside("report", "--school", large, "--out", out)
    assert result.exit_code == 0, result.output
    written = ["chart.png", "charts", "note.docx", "report.txt", "symptoms.txt", "table.xlsx"]
    assert sorted(path.name for path in out.iterdir()) == written
    report = (out / "report.txt").read_text(encoding="utf-8")
    assert "Большая школа" in report
    assert re.search(r"\d+(,\d)?\s%", report)
    assert not re.search(r"</?\w+>|&\w+;", report)
    with Image.open(out / "chart.png") as image:
        image.load()
        assert image.width >= 720
    texts = "".join(path.read_text(encoding="utf-8") for path in out.glob("*.txt"))
    assert "Учителева" not in texts
    noted = note_in(out)
    assert "№ 1" in noted
    assert "Охват диагностикой эмоционального выгорания\t100 % (6 из 6)" in noted
    assert "Учителева" not in noted

    # Figures that were handed in stay, whoever has come since.
    await enrol(url, [Teacher(300, "")], "Большая школа")
    same = await run_beside("report", "--again", 1, "--out", tmp_path / "again")
    assert same.exit_code == 0, same.output
    assert note_in(tmp_path / "again") == noted
    assert (tmp_path / "again" / "table.xlsx").exists()


async def test_the_report_of_a_municipality_names_its_schools(url: str, tmp_path: Path) -> None:
    await filled(url)
    asked = ("report", "--municipality", 1, "--out", tmp_path / "out", "--period")
    for wrong in ("2026", "h2026-3", "2026-11-15..2026-09-01"):
        refused(await run_beside(*asked, wrong), f"Не удалось понять период {wrong}", "y2026", "2026-09-01..")
    result = await run_beside(*asked, "2026-09-01..2026-11-15")
    assert result.exit_code == 0, result.output
    assert "с 01.09.2026 по 15.11.2026" in note_in(tmp_path / "out")
    schools = (tmp_path / "out" / "schools.txt").read_text(encoding="utf-8")
    assert "Большая школа" in schools
    assert re.search(r"Малая школа\n.*\nрезультаты скрыты: меньше 5\sчеловек", schools)
    whole = (tmp_path / "out" / "report.txt").read_text(encoding="utf-8")
    # Nine finished: five of the large school's six are a whole portion, the small school's three are too few.
    assert "5 педагогов" in whole.replace("\xa0", " ")
    assert "не вошли 4" in whole.replace("\xa0", " ")


def test_a_report_of_nothing_is_refused(url: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    refused(run("report", "--out", out), "--school")
    refused(run("report", "--school", 404, "--out", out), "404", "school list")
    refused(run("report", "--again", 404, "--out", out), "Нет справки с номером 404")
    refused(run("report", "--again", 1, "--school", 1, "--out", out), "--school")
    file = tmp_path / "file"
    file.touch()
    refused(run("report", "--school", 404, "--out", file), "записать нельзя")
    assert not out.exists()


def test_an_operators_template_of_the_note_is_tried_before_anything_is_written(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, out = tmp_path / "бланки" / "справка.docx", tmp_path / "out"
    assert run("note-template", own).exit_code == 0
    refused(run("note-template", own), "уже есть")
    paper = docx.Document(str(own))
    paper.add_paragraph("{{ plaice }}")
    paper.save(str(own))
    monkeypatch.setenv("NOTE_TEMPLATE", str(own))
    refused(run("report", "--school", 1, "--out", out), "plaice")
    assert not out.exists()
    assert "✗ Шаблон справки: NOTE_TEMPLATE" in flat(run("doctor").stdout)
    monkeypatch.setenv("NOTE_TEMPLATE", "nowhere.docx")
    refused(run("report", "--school", 1, "--out", out), "NOTE_TEMPLATE: нет файла nowhere.docx")
