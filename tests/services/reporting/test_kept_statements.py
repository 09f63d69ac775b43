"""Statements that earlier versions have kept are read by this one, whatever has come and gone since."""

import json
from io import BytesIO

import docx

from services.reporting.note import job
from services.reporting.statement.codec import from_json

KEPT = {
    "organisation_id": 1,
    "name": "Школа № 3",
    "kind": "school",
    "period": {
        "kind": "y",
        "key": "y2026",
        "title": "2026/27 учебный год",
        "begins": "2026-09-01",
        "ends": "2027-09-01",
    },
    "previous": {
        "kind": "y",
        "key": "y2025",
        "title": "2025/26 учебный год",
        "begins": "2025-09-01",
        "ends": "2026-09-01",
    },
    "made_at": "2026-11-24T10:00:00+03:00",
    "min_group": 5,
    "kept_on": "2026-11-24",
    "whole": {
        "organisation_id": 1,
        "name": "Школа № 3",
        "figures": {
            "teachers.count": {"code": "teachers.count", "amount": {"numerator": 153.0}},
            "no.more": {
                "code": "no.more",
                "amount": {"numerator": 7.0, "denominator": 9.0},
                "plan": {"share": 500},
                "column_of_old": 1,
            },
        },
    },
    "drafted": {
        "conclusions": [{"indicator": "no.more", "words": "Так было сказано.", "good": False}],
        "measures": [
            {"indicator": "no.more", "words": "Сделать", "due_on": "2026-12-01", "responsible": "директор"}
        ],
    },
    "mood": "a field that is no more",
}
"""What the first version keeps at least: whatever fields come later have to have a default."""


def test_a_statement_of_an_earlier_version_becomes_a_note() -> None:
    statement = from_json(json.dumps(KEPT))
    paper = docx.Document(BytesIO(job.write(statement, None, 7)))
    words = [paragraph.text for paragraph in paper.paragraphs]
    words += [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "153" in words
    assert any("Так было сказано." in each for each in words)
    assert "01.12.2026" in words
