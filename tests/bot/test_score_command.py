"""The command line that scores paper sheets, driven as an operator drives it."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.commands.score import score

NUMBERS = [str(number) for number in range(1, 85)]
YES = ["да"] * 84

app = typer.Typer()
app.command()(score)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def source(folder: Path, rows: list[list[str]], name: str = "in.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([["ФИО", *NUMBERS], *rows])
    return path


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_all_rows_scored(tmp_path: Path) -> None:
    result = run(
        "boyko", source(tmp_path, [["Ирина", *YES], ["Анна", *YES]]), "--out", tmp_path / "new" / "out.csv"
    )

    assert result.exit_code == 0
    assert "Обработано анкет: 2" in result.stdout
    assert result.stderr == ""
    text = (tmp_path / "new" / "out.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].startswith("Ирина;")


def test_rows_left_out_are_shown_and_the_exit_status_is_1(tmp_path: Path) -> None:
    # What a stranger typed must neither steer the terminal nor be taken for markup.
    wrong = [["Ирина", *YES], ["Анна", "[red]\x1b[2Jне знаю[/red]", *YES[1:]], ["Ольга", *YES[:-1], ""]]

    result = run("boyko", source(tmp_path, wrong), "--out", tmp_path / "out.csv")

    assert result.exit_code == 1
    assert "Обработано анкет: 1" in result.stdout
    shown = one_line(result.stderr)
    assert "│ 3 │ B │ 1 │ [red]\ufffd[2Jне знаю[/red] │ непонятный ответ" in shown
    assert "│ 4 │ CG │ 84 │ (пусто) │ нет ответа" in shown
    assert "И ещё" not in shown
    assert "Не обработано строк: 2" in shown
    assert str(tmp_path / "out.errors.csv") in result.stderr
    assert len((tmp_path / "out.errors.csv").read_text(encoding="utf-8-sig").splitlines()) == 3


def test_many_problems_are_counted_after_the_first_twenty(tmp_path: Path) -> None:
    result = run("boyko", source(tmp_path, [["x", "", *YES[1:]]] * 33), "--out", tmp_path / "out.csv")

    assert result.exit_code == 1
    assert result.stderr.count("нет ответа") == 20
    assert "И ещё: 13." in result.stderr


def test_summary_is_printed(tmp_path: Path) -> None:
    rows = [["x", *YES]] * 24 + [["x", *["нет"] * 84]] * 129

    result = run("boyko", source(tmp_path, rows), "--out", tmp_path / "out.csv", "--summary")

    assert result.exit_code == 0
    shown = one_line(result.stdout)
    assert "Обработано анкет │ 153" in shown
    assert "│ Истощение │ сформировалась │ 24 │ 15,7 % │" in shown
    assert str(tmp_path / "out.summary.csv") in result.stdout
    assert (tmp_path / "out.summary.csv").exists()


def test_without_summary_none_is_made(tmp_path: Path) -> None:
    result = run("boyko", source(tmp_path, [["x", *YES]]), "--out", tmp_path / "out.csv")

    assert "Сводка" not in result.stdout
    assert not (tmp_path / "out.summary.csv").exists()


def test_answers_are_kept_when_asked(tmp_path: Path) -> None:
    run("boyko", source(tmp_path, [["x", *YES]]), "--out", tmp_path / "out.csv", "--keep-answers")

    assert ";".join(YES) in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")


def test_numbers_past_the_last_item_are_noticed(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(";".join([*NUMBERS, "85"]) + "\n" + ";".join([*YES, "да"]), encoding="utf-8")

    result = run("boyko", path, "--out", tmp_path / "out.csv")

    assert result.exit_code == 0
    assert "85" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("minnesota", "in.csv", "--out", "out.csv"), "Нет методики «minnesota». Есть: boyko"),
        (("boyko", "no.csv", "--out", "out.csv"), "Файл не найден: no.csv"),
        (("boyko", "in.csv", "--out", "in.csv"), "затёр бы исходный файл"),
        (("boyko", "in.csv", "--out", "out.doc"), "нужен .csv или .xlsx"),
        (("boyko", "in.csv", "--out", "in.csv/out.csv"), "Не удалось прочитать или записать файл"),
        (("boyko", "headers.csv", "--out", "out.csv"), "только заголовки"),
        (("boyko", "short.csv", "--out", "out.csv"), "Не найдены столбцы вопросов: 84."),
        (("boyko", "in.csv"), "--out"),
    ],
)
def test_a_file_that_cannot_be_used_gives_exit_status_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    source(tmp_path, [["Ирина", *YES]])
    source(tmp_path, [], "headers.csv")
    (tmp_path / "short.csv").write_text(";".join(NUMBERS[:-1]), encoding="utf-8")

    result = run(*arguments)

    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert not list(tmp_path.glob("*out*"))


def test_heavy_libraries_wait_until_they_are_used(tmp_path: Path) -> None:
    """The bot registers the command at its start; a table with CSV alone needs nothing for Excel."""
    path = source(tmp_path, [["Ирина", *YES]])
    program = (
        "import sys; from pathlib import Path\n"
        "from bot.commands.score import score\n"
        "heavy = {'polars', 'numpy', 'fastexcel', 'xlsxwriter'}\n"
        "assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()\n"
        f"score('boyko', Path({str(path)!r}), Path({str(tmp_path / 'out.csv')!r}), False, False)\n"
        "assert heavy & sys.modules.keys() == {'polars', 'numpy'}, heavy & sys.modules.keys()\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
    )

    assert done.returncode == 0, done.stderr
