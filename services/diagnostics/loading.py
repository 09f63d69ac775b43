"""Reads instruments from YAML files, strictly: a file with one mistake is refused with every mistake it has.

The format is the one of `instruments/boyko.yaml`: the fields of `instrument.Instrument`, plus `item_count`
of the whole file and, where wanted, of a scale. The last band, and only that, has no `high`.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

try:
    # Five times as fast, where the package was built with it.
    from yaml import CSafeLoader as SafeLoader
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]

from services.diagnostics.fields import (
    COUNT,
    ID,
    INTRODUCTION,
    LIST,
    TEXT,
    VERSION,
    Reading,
    Record,
    one_of,
    some_of,
)
from services.diagnostics.instrument import Audience, Instrument, Privacy, version_key
from services.diagnostics.item_fields import (
    check_scales,
    item_of,
    options_of,
    points_of,
    read_items,
    read_options,
)
from services.diagnostics.scale_fields import band_of, factor_of, read_bands, read_factors, read_scales, scale_of

INSTRUMENTS = Path(__file__).parent / "instruments"
TOTAL_LIMIT = 32_767
"""Scores are kept in 16 bits."""

_TEXTS = ("id", "version", "title", "short_title", "source", "wording", "instruction", "disclaimer")
_FILE = {
    **dict.fromkeys(_TEXTS, TEXT),
    "id": ID,
    "version": VERSION,
    "instruction": INTRODUCTION,
    "disclaimer": INTRODUCTION,
    "minutes": COUNT,
    "item_count": COUNT,
    "items": LIST,
}
_OPTIONAL = {
    "privacy": one_of(*Privacy),
    "audience": some_of(*Audience),
    **dict.fromkeys(("options", "scales", "scale_bands", "factors", "factor_bands"), LIST),
}


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
    return sorted(found.values(), key=lambda instrument: (instrument.id, version_key(instrument.version)))


def load_instrument(path: Path) -> Instrument:
    """The instrument written in a YAML file (UTF-8).

    Raises InstrumentError with all mistakes of the file together, OSError when it cannot be read at all.
    """
    try:
        source = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InstrumentError(path, [f"file: it is not YAML in UTF-8: {error}"]) from error
    return read_instrument(source, path)


def read_instrument(source: str, path: Path) -> Instrument:
    """The instrument of the text of a file; `path` is what errors name. Raises InstrumentError."""
    reading = Reading()
    file = reading.record("file", _parse(source, path, reading), _FILE, _OPTIONAL)
    shared = read_options(reading, "", file["options"]) if "options" in file else None
    scale_bands = read_bands(reading, "scale", file.get("scale_bands"))
    factor_bands = read_bands(reading, "factor", file.get("factor_bands"))
    scales = read_scales(reading, file.get("scales"), scale_bands)
    factors = read_factors(reading, file.get("factors"), factor_bands, scales)
    items = read_items(reading, file.get("items"), shared, scales)
    _check_parts(reading, file)
    _check_counts(reading, file, items, scales)
    if reading.problems:
        raise InstrumentError(path, reading.problems)

    return Instrument(
        **{name: file[name] for name in _TEXTS},
        minutes=file["minutes"],
        options=options_of(shared or ()),
        items=tuple(item_of(item) for item in items),
        scales=tuple(scale_of(scale) for scale in scales),
        factors=tuple(factor_of(factor) for factor in factors),
        scale_bands=tuple(band_of(band) for band in scale_bands),
        factor_bands=tuple(band_of(band) for band in factor_bands),
        privacy=Privacy(file.get("privacy", Privacy.PSYCHOLOGICAL)),
        audience=tuple(Audience(word) for word in file.get("audience", (Audience.TEACHER,))),
    )


class _Loader(SafeLoader):
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


def _parse(source: str, path: Path, reading: Reading) -> object:
    try:
        loader = _Loader(source)
        value: object = loader.get_single_data()
    except yaml.YAMLError as error:
        raise InstrumentError(path, [f"file: it is not YAML in UTF-8: {error}"]) from error
    for line, name in loader.repeated:
        reading.wrong(f"line {line}", f"the key {name!r} is written twice in one mapping; leave one")
    return value


def _check_parts(reading: Reading, file: Record) -> None:
    """Levels need bands, bands something to measure, and factors scales."""
    for part, needed in (
        ("scales", "scale_bands"),
        ("scale_bands", "scales"),
        ("factors", "factor_bands"),
        ("factor_bands", "factors"),
        ("factors", "scales"),
    ):
        if part in file and needed not in file:
            reading.wrong("file", f"there are {part}, but no {needed}; add them or remove {part}")


def _check_counts(reading: Reading, file: Record, items: list[Record], scales: list[Record]) -> None:
    declared = file.get("item_count", len(items))
    if not items:
        return
    if len(items) != declared:
        reading.wrong("items", f"there are {len(items)}, but item_count is {declared}; mend either")
    if not all(item.get("sound") for item in items):
        return  # sums over unreadable items would only repeat what is reported already
    check_scales(reading, items, scales)
    if sum(max(points_of(item).values()) for item in items if "scale" in item) > TOTAL_LIMIT:
        reading.wrong("items", f"all points together exceed {TOTAL_LIMIT}; make them smaller")
