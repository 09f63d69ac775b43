"""The note and the table come to the chat as files, and what was handed out keeps its figures."""

from io import BytesIO

import docx
import pytest

from bot.parcels.made import NotDueError
from bot.parcels.making import MAKERS
from handlers.report.files.taps import AgainTap, DocumentTap, TableTap
from services.delivery.model import Kind, Parcel
from services.people.model import Account, Role
from storage.unit_of_work import StoredWork
from tests.handlers.test_report_home import SCHOOL, answered
from tests.handlers.test_roster import gets_documents
from tests.town import Person, Town, titles


def figures(content: bytes) -> str:
    """Words and tables of a note."""
    paper = docx.Document(BytesIO(content))
    lines = [paragraph.text for paragraph in paper.paragraphs]
    rows = ["\t".join(cell.text for cell in row.cells) for table in paper.tables for row in table.rows]
    return "\n".join(lines + rows).replace("\N{NO-BREAK SPACE}", " ")


async def test_files_come_once_made_keep_their_figures_and_go_to_nobody_else(town: Town) -> None:
    school = await town.school(SCHOOL)
    await answered(town, school, ["y" * 84] * 5)
    curator = await town.person("Ольга").registers(Role.CURATOR, school)
    ask = DocumentTap(organisation=school, period="y2026").pack()
    await curator.taps_data(ask)
    [note] = await gets_documents(curator, 1)
    assert note.document is not None
    assert note.document.name == "Справка Школа 3 2026-27.docx"
    assert "Данные на 24\xa0ноября 2026\xa0г." in note.words
    assert "проверьте и поправьте" in note.words
    assert titles(note) == ["К отчёту", "Меню"]
    handed_in = figures(note.document.data)
    assert "Охват диагностикой эмоционального выгорания\t100 % (5 из 5)" in handed_in
    assert "Тайн" not in handed_in

    await answered(town, school, ["n" * 84] * 2)
    # A minute later: two taps in one are one order.
    await town.change("UPDATE outbox SET key = 'a minute ago' WHERE kind = 'report_document'")
    await curator.taps_data(AgainTap(statement=1).pack())
    [_, again] = await gets_documents(curator, 2)
    assert again.document is not None
    assert figures(again.document.data) == handed_in
    await curator.taps_data(TableTap(organisation=school, period="y2026").pack())
    table = (await gets_documents(curator, 3))[-1]
    assert table.document is not None
    assert table.document.name == "Таблица Школа 3 2026-27.xlsx"

    foreign = await town.person("Анна").registers(Role.CURATOR, await town.school("Чужая"))
    await refused(town, foreign, curator)


async def refused(town: Town, foreign: Person, curator: Person) -> None:
    """Whoever gets no reports of the place when the file is made gets no file, whosever order it was."""
    assert town.house is not None
    async with town.second_connection() as database, database.read() as connection:
        work = StoredWork(connection)
        person = (await work.people.visitor(Account("telegram", foreign.id))).person
        owner = (await work.people.visitor(Account("telegram", curator.id))).person
        assert person is not None
        assert owner is not None
        for kind in (Kind.REPORT_DOCUMENT, Kind.REPORT_TABLE):
            for person_id, reason in ((person.id, "scope"), (owner.id, "somebody else")):
                payload = {"statement_id": 1, "person_id": person_id}
                parcel = Parcel(1, Account("telegram", foreign.id), kind, payload, 1)
                with pytest.raises(NotDueError, match=reason):
                    await MAKERS[kind](town.house.desk, work, person, parcel)
