"""Reads instruments from YAML files, strictly: a file with one mistake is refused with every mistake it has.

The format is the one of `instruments/boyko.yaml`: the fields of `instrument.Instrument`, plus `item_count`
of the whole file and, where wanted, of a scale. The last band, and only that, has no `high`.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from services.diagnostics.fields import (
    CODE,
    CODES,
    COUNT,
    LETTER,
    LIST,
    MAPPING,
    POINTS,
    SHORT,
    TEXT,
    Reading,
    Record,
)
from services.diagnostics.instrument import Band, Factor, Instrument, Item, LevelText, Option, Scale

INSTRUMENTS = Path(__file__).parent / "instruments"
TOTAL_LIMIT = 32_767
"""Scores are kept in 16 bits."""

_TEXTS = ("id", "version", "title", "short_title", "source", "wording", "instruction", "disclaimer")
_LISTS = ("options", "scale_bands", "factor_bands", "factors", "scales", "items")
_FILE = {
    **dict.fromkeys(_TEXTS, TEXT),
    "id": CODE,
    "minutes": COUNT,
    "item_count": COUNT,
    **dict.fromkeys(_LISTS, LIST),
}
_OPTION = {"code": LETTER, "title": TEXT}
_BAND = {"code": CODE, "title": TEXT, "low": POINTS}
_FACTOR = {"code": CODE, "title": TEXT, "scales": CODES, "levels": MAPPING}
_SCALE = {"code": CODE, "title": TEXT, "short_title": SHORT, "maximum": COUNT, "levels": MAPPING}
_LEVEL = {"meaning": TEXT, "advice": TEXT}
_ITEM = {"number": COUNT, "scale": CODE, "keyed": LETTER, "weight": COUNT, "text": TEXT}


class InstrumentError(ValueError):
    """An instrument's file is wrong; `problems` has a line for each mistake: place, fault, how to mend it."""

    def __init__(self, path: Path, problems: Sequence[str]) -> None:
        self.path = path
        self.problems = tuple(problems)
        super().__init__(f"{path}:\n" + "\n".join(f"  {problem}" for problem in problems))


def load_instruments(folder: Path = INSTRUMENTS) -> dict[str, Instrument]:
    """The newest version of each instrument of a folder by its id. Raises what `load_versions` raises."""
    return {instrument.id: instrument for instrument in load_versions(folder)}


def load_versions(folder: Path = INSTRUMENTS) -> list[Instrument]:
    """All versions of all instruments of a folder's `*.yaml` files, each read by `load_instrument`.

    Those of one instrument come with the newest last ("2" before "10"): tests taken with an older one are scored
    by it for ever. Raises InstrumentError also when two files have the same id and version.
    """
    found: dict[tuple[str, str], Instrument] = {}
    names: dict[tuple[str, str], str] = {}
    for path in sorted(folder.glob("*.yaml")):
        instrument = load_instrument(path)
        key = (instrument.id, instrument.version)
        if key in found:
            taken = f"id: {instrument.id!r} of version {instrument.version!r} is {names[key]}; raise the version"
            raise InstrumentError(path, [taken])
        found[key] = instrument
        names[key] = path.name
    return sorted(found.values(), key=lambda instrument: (instrument.id, _natural(instrument.version)))


def _natural(version: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", version) if part]


def load_instrument(path: Path) -> Instrument:
    """The instrument written in a YAML file (UTF-8).

    Raises InstrumentError with all mistakes of the file together, OSError when it cannot be read at all.
    """
    reading = Reading()
    file = reading.record("file", _parse(path, reading), _FILE)
    options = reading.records("option", file.get("options"), _OPTION)
    scale_bands = reading.records("scale band", file.get("scale_bands"), _BAND, {"high": POINTS})
    factor_bands = reading.records("factor band", file.get("factor_bands"), _BAND, {"high": POINTS})
    factors = reading.records("factor", file.get("factors"), _FACTOR)
    scales = reading.records("scale", file.get("scales"), _SCALE, {"item_count": COUNT})
    items = reading.records("item", file.get("items"), _ITEM)

    _check_options(reading, options)
    _check_bands(reading, "scale", scale_bands)
    _check_bands(reading, "factor", factor_bands)
    _check_factors(reading, factors, scales)
    _check_levels(reading, "factor", factors, factor_bands)
    _check_levels(reading, "scale", scales, scale_bands)
    _check_items(reading, items, options, scales)
    _check_counts(reading, file, items, scales)
    if reading.problems:
        raise InstrumentError(path, reading.problems)

    return Instrument(
        **{name: file[name] for name in _TEXTS},
        minutes=file["minutes"],
        options=tuple(Option(**option) for option in options),
        items=tuple(Item(**item) for item in items),
        scales=tuple(
            Scale(**{name: scale[name] for name in _SCALE} | {"levels": _levels(scale)}) for scale in scales
        ),
        factors=tuple(
            Factor(**factor | {"scales": tuple(factor["scales"]), "levels": _levels(factor)}) for factor in factors
        ),
        scale_bands=tuple(_band(band) for band in scale_bands),
        factor_bands=tuple(_band(band) for band in factor_bands),
    )


class _Loader(yaml.SafeLoader):
    """The safe loader, which also notes keys written twice: plain YAML silently keeps the last of them."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.repeated: list[tuple[int, str]] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        times = Counter(key.value for key in keys)
        last = {key.value: key.start_mark.line + 1 for key in keys}
        self.repeated += [(last[name], name) for name in times if times[name] > 1]
        return super().construct_mapping(node, deep=deep)


def _parse(path: Path, reading: Reading) -> object:
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        value: object = loader.get_single_data()
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InstrumentError(path, [f"file: it is not YAML in UTF-8: {error}"]) from error
    for line, name in loader.repeated:
        reading.wrong(f"line {line}", f"the key {name!r} is written twice in one mapping; leave one")
    return value


def _check_options(reading: Reading, options: list[Record]) -> None:
    reading.distinct_codes("option", options)
    if len(options) == 1:
        reading.wrong("options", "there is only one; a person needs at least two to choose from")


def _check_bands(reading: Reading, kind: str, bands: list[Record]) -> None:
    reading.distinct_codes(f"{kind} band", bands)
    expected: int | None = 0
    for position, band in enumerate(bands, start=1):
        where = f"{kind} band {band.get('code', position)}"
        low, high = band.get("low"), band.get("high")
        if expected is not None and low is not None and low != expected:
            fault = "overlaps the band before" if low < expected else "leaves a gap before it"
            reading.wrong(where, f"low {low} {'is not 0' if position == 1 else fault}; make it {expected}")
        if position == len(bands) and high is not None:
            reading.wrong(where, f"the last band must be open; remove its high {high}")
        if position < len(bands) and high is None:
            reading.wrong(where, "only the last band may be open; write its high")
        if low is not None and high is not None and high < low:
            reading.wrong(where, f"high {high} is below low {low}; mend either")
        expected = None if high is None else high + 1


def _check_factors(reading: Reading, factors: list[Record], scales: list[Record]) -> None:
    reading.distinct_codes("factor", factors)
    reading.distinct_codes("scale", scales)
    declared = _codes(scales)
    if not declared or not all("scales" in factor for factor in factors):
        return
    for factor in factors:
        for code in factor["scales"]:
            if code not in declared:
                reading.wrong(f"factor {factor.get('code')}", f"no scale {code!r}; use a declared code")
    named = [code for factor in factors for code in factor["scales"]]
    for code in dict.fromkeys(declared):
        if code not in named:
            reading.wrong(f"scale {code}", "it is in no factor; name it in one")
        elif named.count(code) > 1:
            reading.wrong(f"scale {code}", f"factors name it {named.count(code)} times; leave one")
    if sorted(named) == sorted(declared) and named != declared:
        reading.wrong("scales", f"they must stand in the order of the factors: {', '.join(named)}")


def _check_levels(reading: Reading, kind: str, owners: list[Record], bands: list[Record]) -> None:
    codes = _codes(bands)
    if not codes:
        return
    for owner in owners:
        if "levels" not in owner:
            continue
        where = f"{kind} {owner.get('code')}, level"
        for code in codes:
            if code not in owner["levels"]:
                reading.wrong(f"{where} {code}", "no text; write meaning and advice")
        for code, level in owner["levels"].items():
            if code in codes:
                reading.record(f"{where} {code}", level, _LEVEL)
            else:
                reading.wrong(f"{where} {code}", f"no such {kind} band; remove it or mend the code")


def _check_items(reading: Reading, items: list[Record], options: list[Record], scales: list[Record]) -> None:
    option_codes, scale_codes = _codes(options), _codes(scales)
    for position, item in enumerate(items, start=1):
        where = f"item {position}"
        if item.get("number", position) != position:
            reading.wrong(where, f"its number is {item['number']}; items must be numbered 1, 2, 3 ... in order")
        if scale_codes and "scale" in item and item["scale"] not in scale_codes:
            reading.wrong(where, f"no scale {item['scale']!r}; use one of {', '.join(scale_codes)}")
        if option_codes and "keyed" in item and item["keyed"] not in option_codes:
            reading.wrong(where, f"no option {item['keyed']!r}; use one of {', '.join(option_codes)}")


def _check_counts(reading: Reading, file: Record, items: list[Record], scales: list[Record]) -> None:
    declared = file.get("item_count", len(items))
    if not items:
        return
    if len(items) != declared:
        reading.wrong("items", f"there are {len(items)}, but item_count is {declared}; mend either")
    if not all({"scale", "weight"} <= item.keys() for item in items):
        return  # sums over unreadable items would only repeat what is reported already
    for scale in scales if _codes(scales) else []:
        code = scale["code"]
        where = f"scale {code}"
        weights = [item["weight"] for item in items if item["scale"] == code]
        maximum, count = scale.get("maximum", sum(weights)), scale.get("item_count", len(weights))
        if not weights:
            reading.wrong(where, "it has no items; give it some or remove it")
            continue
        if sum(weights) != maximum:
            reading.wrong(where, f"its weights sum to {sum(weights)}, but maximum is {maximum}; mend either")
        if len(weights) != count:
            reading.wrong(where, f"it has {len(weights)} items, but item_count is {count}; mend either")
    if sum(item["weight"] for item in items) > TOTAL_LIMIT:
        reading.wrong("items", f"all weights together exceed {TOTAL_LIMIT}; make them smaller")


def _codes(records: list[Record]) -> list[str]:
    """All codes; none when one is missing or bad, since what names it would be reported as wrong too."""
    codes = [record["code"] for record in records if "code" in record]
    return codes if len(codes) == len(records) else []


def _band(band: Record) -> Band:
    return Band(band["code"], band["title"], band["low"], band.get("high"))


def _levels(owner: Mapping[str, Any]) -> dict[str, LevelText]:
    return {
        code: LevelText(text["meaning"].strip(), text["advice"].strip()) for code, text in owner["levels"].items()
    }
