"""Callback data of one's own making about reports gets a plain answer, never an error."""

from services.people.model import Role
from tests.town import Town

NO_SUCH_PERIOD = (
    "rpf:{}:d99991230-99991231:1",
    "rpf:{}::0",
    "rpdoc:{}:y2199",
    # Taps that only read decline as plainly as those that write.
    "ro:{}:y2199:teachers.count:0",
    "rpold:{}:zzz:9999",
    "rpcharts:{}:d99991230-99991231",
)
FAR_DAYS = ("rpdays:{}:1:300:0", "rpdays:{}:3652059:3652059:0", "rpdays:{}:1:1:1")


async def test_periods_and_days_of_nothing_are_told_so(town: Town) -> None:
    school = await town.school("Школа № 3")
    curator = await town.person("Ольга").registers(Role.CURATOR, school)
    for data in NO_SUCH_PERIOD:
        await curator.says("/report")
        assert "За этот период отчёта нет" in (await curator.taps_data(data.format(school))).text, data
    shown = [(await curator.taps_data(data.format(school))).text for data in FAR_DAYS]
    assert "С 26.11.2016 по 26.11.2016" in shown[0]
    assert "методист может ввести их вручную" in shown[0], "a period that is over gets no figures by waiting"
    assert "С 24.11.2026 по 24.11.2026" in shown[1]
    assert "С 26\N{NO-BREAK SPACE}ноября 2016\N{NO-BREAK SPACE}г. и по какой день?" in shown[2]
    assert await town.rows("SELECT id FROM statements") == []
