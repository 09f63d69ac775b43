"""`iom` from the command line: routes of a school, their documents, the template."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import docx
import pytest

from bot.wiring import utc_now
from services.iom.model import (
    Attachment,
    EvidenceKind,
    Form,
    Plan,
    RouteKind,
    RouteState,
    StepState,
)
from services.people.consent import load_consent
from services.people.model import Account, Kind, Profile, Role
from storage import migrate
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.bot.conftest import flat, refused, run

pytestmark = pytest.mark.usefixtures("own_logs")

AGREED = datetime(2026, 9, 12, 9, tzinfo=UTC)
SCHOOL = "Школа № 7"
VETROVA, LUGIN, BELOVA = "Ветрова Анна Игоревна", "Лугин Олег Иванович", "Белова Инна Юрьевна"
OSIPOVA, KRYLOVA = "Осипова Галина Викторовна", "Крылова Наталья Сергеевна"
WEBINAR = Plan("digital", "Вебинар", Form.WEBINAR, date(2026, 10, 20), "Наставник", "Два урока")
LESSON = Plan("assessment", "Урок коллеги", Form.LESSON_EXCHANGE, date(2026, 12, 20))


async def person(work: StoredWork, name: str, number: int, school: int, role: Role) -> int:
    found = await work.people.welcome(Account("telegram", number), load_consent().version, AGREED)
    await work.people.grant(found, role, school, AGREED)
    profile = Profile(name, "Учитель", "Химия", 7, 1980, "Первая", known_on=AGREED.date())
    await work.people.save_profile(found, profile, AGREED)
    return found


async def settle(url: str) -> None:
    """A school with three routes: 1 is walked, 2 is closed early, 3 is a draft that nobody has seen."""
    database = Database(url)
    await migrate.upgrade(database)
    async with database.write() as connection:
        work = StoredWork(connection)
        district = await work.organisations.add(Kind.MUNICIPALITY, "Сосновский район", None)
        school = (await work.organisations.add(Kind.SCHOOL, SCHOOL, district.id)).id
        vetrova, lugin, belova = [
            await person(work, name, number, school, Role.TEACHER)
            for number, name in enumerate((VETROVA, LUGIN, BELOVA), start=1)
        ]
        mentor = await person(work, OSIPOVA, 4, school, Role.MENTOR)
        curator = await person(work, KRYLOVA, 5, school, Role.CURATOR)
        for owner, state in ((vetrova, RouteState.ACTIVE), (lugin, RouteState.CLOSED), (belova, RouteState.DRAFT)):
            route = await work.iom.add(owner, school, RouteKind.DEFICITS, ("digital", "subject"), None, AGREED)
            assert route is not None
            for plan in (WEBINAR, LESSON):
                await work.iom.add_step(route.id, plan)
            if state is RouteState.DRAFT:
                continue
            agreed = replace(route, state=state, submitted_at=AGREED, agreed_at=AGREED, agreed_by=curator)
            if state is RouteState.ACTIVE:
                agreed = replace(agreed, mentor_id=mentor)
            else:
                said = {"worked": "Критерии", "hard": "", "reason": "Переезд"}
                agreed = replace(agreed, closed_at=AGREED + timedelta(days=90), reflection=said)
            assert await work.iom.save(agreed) is not None
            first, second = await work.iom.steps(route.id)
            await work.iom.add_words(first.id, "Провели два урока", f"words{route.id}", AGREED)
            for name, kind in (("1.jpg", EvidenceKind.PHOTO), ("План.docx", EvidenceKind.DOCUMENT)):
                await work.iom.add_file(first.id, Attachment(kind, name, b"x"), f"{name}{route.id}", AGREED)
            done = replace(
                first,
                state=StepState.CONFIRMED,
                agreed=True,
                first_due_on=date(2026, 10, 6),
                done_at=AGREED + timedelta(days=30),
                confirmed_by=mentor,
            )
            assert await work.iom.save_step(done) is not None
            assert await work.iom.save_step(replace(second, agreed=True, first_due_on=LESSON.due_on)) is not None
        await work.commit()
    await database.close()


@pytest.fixture
def school(url: str) -> int:
    asyncio.run(settle(url))
    return 2


def asked(url: str, query: str) -> list[tuple[object, ...]]:
    from sqlalchemy import text

    async def ask() -> list[tuple[object, ...]]:
        database = Database(url)
        async with database.read() as connection:
            rows = [tuple(row) for row in await connection.execute(text(query))]
        await database.close()
        return rows

    return asyncio.run(ask())


def read(file: Path) -> tuple[str, list[list[str]]]:
    """All words of a document, and its table of steps."""
    paper = docx.Document(str(file))
    lines = [paragraph.text for part in (paper.sections[0].header, paper) for paragraph in part.paragraphs]
    rows = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
    steps = [[cell.text for cell in row.cells] for row in paper.tables[1].rows]
    return "\n".join([*lines, *("\t".join(row) for row in rows)]).replace("\N{NO-BREAK SPACE}", " "), steps


def test_routes_of_a_school_are_listed_but_for_drafts_nobody_has_seen(url: str, school: int) -> None:
    shown = run("iom", "list", "--school", school)
    assert shown.exit_code == 0, shown.output
    text = flat(shown.stdout)
    assert "Ветрова" in text
    assert "Лугин" in text
    assert "завершён" in text
    assert "Белова" not in text
    refused(run("iom", "list", "--school", 404), "404", "school list")
    refused(run("iom", "list", "--school", 1), "Нет школы")
    assert asked(url, "SELECT action FROM audit") == [("people_seen",)]


def test_the_document_of_a_route_says_what_is_known(url: str, school: int, tmp_path: Path) -> None:
    made = run("iom", "document", "--route", 1, "--out", tmp_path / "иом")
    assert made.exit_code == 0, made.output
    [file] = (tmp_path / "иом").iterdir()
    assert file.name == "ИОМ Ветрова А. И, 1.docx"
    text, steps = read(file)
    for words in (VETROVA, "Химия", SCHOOL, "Сосновский район", OSIPOVA, KRYLOVA, "с 12.09.2026 по 20.12.2026"):
        assert words in text
    assert "для устранения дефицитов" in text
    assert "Основание: Выявленные дефициты: цифровые компетенции." in text
    assert "предметные" not in text.casefold(), "a deficit that has become no step is nobody's business"
    assert "Согласован: 12.09.2026, Крылова Н. С." in text
    assert "/ Осипова Г. В. /" in text
    first, second = steps[1:]
    assert first[:7] == [
        "1",
        "Цифровые компетенции",
        "Вебинар",
        "Вебинар",
        "20.10.2026\n(был 06.10.2026)",
        "Наставник",
        "Два урока",
    ]
    mark = first[7].replace("\N{NO-BREAK SPACE}", " ")
    assert mark == "Выполнено 12.10.2026\n«Провели два урока»; фото; файл «План.docx»\nПринято: Осипова Г. В."
    assert second[7] == ""
    assert asked(url, "SELECT action, person_id, organisation_id FROM audit") == [("iom_exported", 1, 2)]


def test_a_closed_route_has_its_reflection_and_reason(url: str, school: int, tmp_path: Path) -> None:
    assert run("iom", "document", "--route", 2, "--out", tmp_path / "out").exit_code == 0
    text, steps = read(next((tmp_path / "out").iterdir()))
    assert "Что получилось. Критерии" in text
    assert "Что было трудно" not in text
    assert "Причина завершения раньше срока. Переезд" in text
    assert "с 12.09.2026 по 11.12.2026" in text
    assert steps[2][7] == "Не выполнено"


def test_all_open_routes_of_a_school(url: str, school: int, tmp_path: Path) -> None:
    made = run("iom", "document", "--school", school, "--out", tmp_path / "out")
    assert made.exit_code == 0, made.output
    assert "документов: 1" in flat(made.stdout)
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["ИОМ Ветрова А. И, 1.docx"]


def test_a_draft_and_whoever_took_their_consent_back_are_not_exported(
    url: str, school: int, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    refused(run("iom", "document", "--route", 3, "--out", out), "черновик")
    refused(run("iom", "document", "--route", 404, "--out", out), "404", "iom list")
    refused(run("iom", "document", "--out", out), "--route", "--school")
    refused(run("iom", "document", "--out", out, "--route", 1, "--school", 2), "--route", "--school")

    async def revoke() -> None:
        database = Database(url)
        async with database.write() as connection:
            await StoredWork(connection).people.revoke_consent(1, utc_now())
            await connection.commit()
        await database.close()

    asyncio.run(revoke())
    refused(run("iom", "document", "--route", 1, "--out", out), "согласие")
    refused(run("iom", "document", "--school", school, "--out", out), "нет")
    assert not out.exists()
    assert asked(url, "SELECT action FROM audit WHERE action = 'iom_exported'") == []


def test_an_operators_template_from_ours(
    url: str, school: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, out = tmp_path / "шаблоны" / "наш.docx", tmp_path / "out"
    assert run("iom", "template", own).exit_code == 0
    refused(run("iom", "template", own), "уже есть")
    paper = docx.Document(str(own))
    paper.add_paragraph("Наш бланк")
    paper.save(str(own))
    monkeypatch.setenv("IOM_TEMPLATE", str(own))
    assert run("iom", "document", "--route", 1, "--out", out).exit_code == 0
    text, _ = read(next(out.iterdir()))
    assert "Наш бланк" in text
    assert VETROVA in text

    paper.add_paragraph("{{ teecher }}")
    paper.save(str(own))
    refused(run("iom", "document", "--route", 1, "--out", tmp_path / "two"), "teecher")
    assert not (tmp_path / "two").exists()
    examined = flat(run("doctor").stdout)
    assert "✗ Шаблон ИОМ: IOM_TEMPLATE" in examined
    assert "teecher" in examined


def test_a_template_that_is_not_there_is_told_of_at_start(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOM_TEMPLATE", "nowhere.docx")
    refused(run("iom", "list", "--school", 2), "IOM_TEMPLATE: нет файла nowhere.docx")
