"""Charts of a report come as pictures, to whom the report is open, with the way back to it."""

import json

from services.people.model import Role
from services.reporting.periods import by_key, to_numbers
from tests.handlers.campaigning import until_sent
from tests.handlers.test_report_home import SCHOOL, answered
from tests.town import Town, titles


async def test_a_curator_gets_a_chart_and_nobody_anothers(town: Town) -> None:
    school, foreign = await town.school(SCHOOL), await town.school("Чужая")
    await answered(town, school, ["y" * 84] * 5)
    curator = await town.person("Ольга").registers(Role.CURATOR, school)
    await curator.says("/report")
    await curator.taps("Учебный год")
    # The first one comes with the figures.
    picture = await curator.gets_picture()
    assert picture.caption.startswith(
        f"Выгорание: фазы и симптомы. {SCHOOL}, 2026/27 учебный год. Данные на 24\xa0ноября 2026\xa0г."
    )
    assert titles(picture) == ["Другие графики", "К отчёту", "Меню"]
    assert "Какой график прислать?" in (await curator.taps("Другие графики", picture)).text

    # Asked for again in the same minute, it is the same one.
    await curator.taps("Выгорание: фазы и симптомы")
    period = by_key("y2026")
    assert period is not None
    for organisation, chart in ((foreign, 0), (school, 99), (school, -1), (school, 1), (9_999, 0)):
        payload = {"organisation_id": organisation, "chart": chart, **to_numbers(period)}
        await town.change(
            "INSERT INTO outbox (key, account_id, kind, payload, state, attempts, not_before, created_at)"
            " SELECT :key, account_id, kind, :payload, 'pending', 0, not_before, created_at FROM outbox"
            " WHERE kind = 'report_chart' ORDER BY id LIMIT 1",
            key=f"forged:{organisation}:{chart}",
            payload=json.dumps(payload),
        )
    await until_sent(town)
    rows = await town.rows("SELECT reason FROM outbox WHERE key LIKE 'forged:%' ORDER BY id")
    assert [row.reason for row in rows] == [
        "out of the person's scope",
        *["no such chart"] * 2,
        "there is nothing to draw",
        "out of the person's scope",
    ]
    assert len(curator.pictures) == 1
