"""Instrument files that are right, and every way to get one wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.diagnostics.instrument import Band, Instrument, LevelText
from services.diagnostics.loading import InstrumentError, load_instrument, load_instruments, load_versions
from tests.services.diagnostics.conftest import Write

Data = dict[str, Any]
Spoil = Callable[[Data], object]


def test_a_right_file_is_read_whole(small: Instrument) -> None:
    assert (small.id, small.version, small.wording, small.minutes) == ("small", "1", "первая редакция", 1)
    third = small.items[2]
    assert (third.number, third.text, third.scale, third.keyed, third.weight) == (3, "Третье.", "calm", "c", 3)
    assert third.points == {"a": 0, "b": 0, "c": 3}
    assert small.plain
    assert small.chartable
    assert small.scale_bands == (Band("low", "низкий", 0, 2), Band("high", "высокий", 3, None))
    assert small.option_codes == "abc"
    assert small.factors[1].scales == ("warm",)
    assert small.factors[1].short_title == small.factors[1].title
    assert small.scales[0].levels["high"] == LevelText("Стало труднее.", "Отдохните в субботу.")
    assert small.factors[0].levels["low"].advice == "Так и держите."


def without(record: Data, name: str) -> None:
    del record[name]


BROKEN: list[tuple[str, Spoil, str]] = [
    # the file as a whole
    ("field missing", lambda d: without(d, "disclaimer"), "file: no field 'disclaimer'"),
    ("field unknown", lambda d: d.update(author="я"), "file: unknown field 'author'"),
    ("version not text", lambda d: d.update(version=1), "file: version is 1"),
    ("text empty", lambda d: d.update(instruction="  "), "file: instruction is '  '"),
    ("id not a code", lambda d: d.update(id="Бойко"), "file: id is 'Бойко'"),
    ("minutes zero", lambda d: d.update(minutes=0), "file: minutes is 0"),
    ("no items", lambda d: d.update(items=[], item_count=1), "file: items is []"),
    ("item count", lambda d: d.update(item_count=5), "items: there are 4, but item_count is 5"),
    # options
    ("option code long", lambda d: d["options"][0].update(code="yes"), "option yes: code is 'yes'"),
    ("option code is the blank", lambda d: d["options"][0].update(code="."), "option .: code is '.'"),
    ("option code not ASCII", lambda d: d["options"][0].update(code="а"), "option а: code is 'а'"),
    ("option code is YAML's yes", lambda d: d["options"][0].update(code=True), "option 1: code is True"),
    (
        "option codes equal",
        lambda d: d["options"].append({"code": "a", "title": "Да"}),
        "option a: the code is",
    ),
    ("option without title", lambda d: without(d["options"][1], "title"), "option b: no field 'title'"),
    # bands
    ("bands start late", lambda d: d["scale_bands"][0].update(low=1), "scale band low: low 1 is not 0"),
    ("bands gap", lambda d: d["scale_bands"][1].update(low=4), "scale band high: low 4 leaves a gap"),
    ("bands overlap", lambda d: d["factor_bands"][1].update(low=4), "factor band high: low 4 overlaps"),
    ("last band closed", lambda d: d["scale_bands"][1].update(high=9), "scale band high: the last band must"),
    ("inner band open", lambda d: without(d["factor_bands"][0], "high"), "factor band low: only the last"),
    ("band negative", lambda d: d["scale_bands"][0].update(low=-1), "scale band low: low is -1"),
    ("band code bad", lambda d: d["scale_bands"][0].update(code="Низкий"), "scale band Низкий: code is"),
    ("scale code bad", lambda d: d["scales"][0].update(code="Calm"), "scale Calm: code is 'Calm'"),
    # factors
    (
        "factor's scale unknown",
        lambda d: d["factors"][1]["scales"].append("odd"),
        "factor outer: no scale 'odd'",
    ),
    (
        "scale in two factors",
        lambda d: d["factors"][1]["scales"].append("calm"),
        "scale calm: factors name it 2",
    ),
    ("scales out of order", lambda d: d["factors"].reverse(), "scales: they must stand in the order"),
    ("factor scales not a list", lambda d: d["factors"][0].update(scales="calm"), "factor inner: scales is"),
    # scales
    (
        "maximum",
        lambda d: d["scales"][0].update(maximum=6),
        "scale calm: its weights sum to 5, but maximum is 6",
    ),
    ("scale's item count", lambda d: d["scales"][0].update(item_count=3), "scale calm: it has 2 items, but"),
    ("short title long", lambda d: d["scales"][1].update(short_title="т" * 25), "scale warm: short_title is"),
    # levels
    ("level missing", lambda d: without(d["scales"][0]["levels"], "high"), "scale calm, level high: no text"),
    (
        "factor's level missing",
        lambda d: without(d["factors"][1]["levels"], "low"),
        "factor outer, level low: no",
    ),
    (
        "level unknown",
        lambda d: d["scales"][1]["levels"].update(top={"meaning": "М.", "advice": "С."}),
        "scale warm, level top: no such scale band",
    ),
    (
        "meaning empty",
        lambda d: d["scales"][1]["levels"]["low"].update(meaning=""),
        "scale warm, level low: meaning is ''",
    ),
    (
        "advice missing",
        lambda d: without(d["factors"][0]["levels"]["high"], "advice"),
        "factor inner, level high: no field 'advice'",
    ),
    # items
    ("item twice", lambda d: d["items"][2].update(number=2), "item 3: its number is 2"),
    ("item without text", lambda d: d["items"][3].update(text=" "), "item 4: text is ' '"),
    ("item's field missing", lambda d: without(d["items"][3], "keyed"), "item 4: no field 'keyed'"),
    ("item's field unknown", lambda d: d["items"][0].update(wieght=2), "item 1: unknown field 'wieght'"),
    ("item is a text", lambda d: d["items"].__setitem__(0, "Первое."), "item 1: must be a mapping"),
    ("keyed option unknown", lambda d: d["items"][1].update(keyed="z"), "item 2: no option 'z'"),
    ("weight zero", lambda d: d["items"][1].update(weight=0), "item 2: weight is 0"),
    ("weight negative", lambda d: d["items"][1].update(weight=-1), "item 2: weight is -1"),
    ("weight not whole", lambda d: d["items"][1].update(weight=1.5), "item 2: weight is 1.5"),
    ("weight is a text", lambda d: d["items"][1].update(weight="1"), "item 2: weight is '1'"),
    ("weight is a bool", lambda d: d["items"][1].update(weight=True), "item 2: weight is True"),
]


@pytest.mark.parametrize(
    ("spoil", "expected"), [pytest.param(spoil, expected, id=name) for name, spoil, expected in BROKEN]
)
def test_one_mistake_gives_one_problem_that_names_the_place(
    small_data: Data, write: Write, spoil: Spoil, expected: str
) -> None:
    spoil(small_data)
    path = write(small_data)
    with pytest.raises(InstrumentError) as caught:
        load_instrument(path)
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].startswith(expected)
    assert str(path) in str(caught.value)


def test_an_item_of_no_known_scale_is_named_and_its_scale_falls_short(small_data: Data, write: Write) -> None:
    small_data["items"][1]["scale"] = "wram"
    with pytest.raises(InstrumentError) as caught:
        load_instrument(write(small_data))
    assert caught.value.problems == (
        "item 2: no scale 'wram'; use one of calm, warm",
        "scale warm: its weights sum to 4, but maximum is 5; mend either",
    )


def test_a_band_that_ends_before_it_begins_is_named(small_data: Data, write: Write) -> None:
    small_data["scale_bands"][1:] = [
        {"code": "high", "title": "высокий", "low": 3, "high": 1},
        {"code": "top", "title": "высший", "low": 2},
    ]
    with pytest.raises(InstrumentError, match="scale band high: high 1 is below low 3; mend either"):
        load_instrument(write(small_data))


def test_a_scale_without_items_or_factor_is_named(small_data: Data, write: Write) -> None:
    small_data["scales"].append(small_data["scales"][1] | {"code": "lone"})
    with pytest.raises(InstrumentError) as caught:
        load_instrument(write(small_data))
    assert caught.value.problems == (
        "scale lone: it is in no factor; name it in one",
        "scale lone: it has no items; give it some or remove it",
    )


def test_all_mistakes_of_a_file_are_told_together(small_data: Data, write: Write) -> None:
    del small_data["source"]
    small_data["scale_bands"][1]["low"] = 4
    small_data["items"][0]["keyed"] = "z"
    del small_data["factors"][0]["levels"]["low"]
    with pytest.raises(InstrumentError) as caught:
        load_instrument(write(small_data))
    places = {problem.partition(":")[0] for problem in caught.value.problems}
    assert places == {"file", "scale band high", "item 1", "factor inner, level low"}


def test_a_key_written_twice_is_refused(small_data: Data, write: Write) -> None:
    path = write(small_data)
    text = path.read_text(encoding="utf-8")
    line = text[: text.index("  weight: 3")].count("\n") + 2
    path.write_text(text.replace("  weight: 3\n", "  weight: 3\n  weight: 3\n"), encoding="utf-8")
    with pytest.raises(InstrumentError) as caught:
        load_instrument(path)
    assert caught.value.problems == (f"line {line}: the key 'weight' is written twice in one mapping; leave one",)


@pytest.mark.parametrize(
    "content", ["", "- 1\n- 2\n", "id: [1\n", "? [1]\n: 2\n", "текст", "id: !!python/object:os.system {}\n"]
)
def test_a_file_that_is_no_instrument_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "odd.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InstrumentError, match="file: "):
        load_instrument(path)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.yaml"
    path.write_bytes("title: Опросник".encode("cp1251"))
    with pytest.raises(InstrumentError, match="file: it is not YAML in UTF-8"):
        load_instrument(path)


def test_a_folder_gives_its_instruments_by_id(small_data: Data, write: Write) -> None:
    folder = write(small_data).parent
    (folder / "notes.txt").write_text("не опросник", encoding="utf-8")
    assert list(load_instruments(folder)) == ["small"]


def test_one_version_in_two_files_is_refused(small_data: Data, write: Write) -> None:
    path = write(small_data)
    (path.parent / "another.yaml").write_bytes(path.read_bytes())
    with pytest.raises(InstrumentError, match=r"'small' of version '1' is another\.yaml"):
        load_instruments(path.parent)


def test_older_versions_are_kept_beside_the_newest(small_data: Data, write: Write) -> None:
    folder = write(small_data).parent
    for version in ("10", "2"):
        newer = write(small_data | {"version": version})
        newer.rename(folder / f"small-{version}.yaml")
    write(small_data)
    assert [instrument.version for instrument in load_versions(folder)] == ["1", "2", "10"]
    assert load_instruments(folder)["small"].version == "10"


def test_our_own_instruments_are_all_right() -> None:
    assert "boyko" in load_instruments()
