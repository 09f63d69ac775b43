"""Scales, factors and bands of an instrument's file: what their fields must hold, and the values made of them."""

from collections.abc import Mapping
from typing import Any

from services.diagnostics.fields import (
    CODE,
    CODES,
    COUNT,
    LEVEL_TEXT,
    MAPPING,
    SHORT,
    TENTHS,
    TEXT,
    TRUTH,
    Reading,
    Record,
    codes_of,
    one_of,
)
from services.diagnostics.instrument import Band, Factor, LevelText, Method, Missing, MissingRule, Scale

_METHOD = {"method": one_of(*Method)}
_BAND = {"code": CODE, "title": TEXT, "low": TENTHS}
_FACTOR = {"code": CODE, "title": TEXT, "scales": CODES, "levels": MAPPING}
_SCALE = {"code": CODE, "title": TEXT, "short_title": SHORT, "maximum": COUNT, "levels": MAPPING}
_LEVEL = {"meaning": LEVEL_TEXT, "advice": LEVEL_TEXT}
_MISSING = {"rule": one_of(*MissingRule)}


def read_bands(reading: Reading, kind: str, values: object) -> list[Record]:
    """The bands of scales or factors, from 0 up without gaps."""
    optional = {"high": TENTHS, **({"deficit": TRUTH} if kind == "scale" else {})}
    bands = reading.records(f"{kind} band", values, _BAND, optional)
    _check_bands(reading, kind, bands)
    return bands


def read_scales(reading: Reading, values: object, bands: list[Record]) -> list[Record]:
    """The scales with their texts for each band."""
    scales = reading.records("scale", values, _SCALE, {**_METHOD, "missing": MAPPING, "item_count": COUNT})
    reading.distinct_codes("scale", scales)
    for scale in scales:
        if "missing" in scale:
            _check_missing(reading, f"scale {scale.get('code')}, missing", scale["missing"])
    _check_levels(reading, "scale", scales, bands)
    return scales


def read_factors(reading: Reading, values: object, bands: list[Record], scales: list[Record]) -> list[Record]:
    """The factors: every scale stands in exactly one of them."""
    factors = reading.records("factor", values, _FACTOR, {**_METHOD, "short_title": SHORT})
    reading.distinct_codes("factor", factors)
    _check_membership(reading, factors, scales)
    _check_levels(reading, "factor", factors, bands)
    return factors


def band_of(record: Record) -> Band:
    """The band that a right record describes."""
    return Band(record["code"], record["title"], record["low"], record.get("high"), record.get("deficit", False))


def scale_of(record: Record) -> Scale:
    """The scale that a right record describes."""
    missing = record.get("missing", {"rule": MissingRule.REFUSE})
    return Scale(
        **{name: record[name] for name in _SCALE if name != "levels"},
        levels=_levels(record),
        method=Method(record.get("method", Method.SUM)),
        missing=Missing(MissingRule(missing["rule"]), missing.get("at_least", 1)),
    )


def factor_of(record: Record) -> Factor:
    """The factor that a right record describes."""
    return Factor(
        code=record["code"],
        title=record["title"],
        short_title=record["short_title"] if "short_title" in record else record["title"],
        scales=tuple(record["scales"]),
        levels=_levels(record),
        method=Method(record.get("method", Method.SUM)),
    )


def _check_bands(reading: Reading, kind: str, bands: list[Record]) -> None:
    reading.distinct_codes(f"{kind} band", bands)
    edges = [band[name] for band in bands for name in ("low", "high") if name in band]
    # In tenths, where sums are exact.
    step = 1 if any(isinstance(edge, float) and not edge.is_integer() for edge in edges) else 10
    expected: int | None = 0
    for position, band in enumerate(bands, start=1):
        where = f"{kind} band {band.get('code', position)}"
        low, high = band.get("low"), band.get("high")
        if expected is not None and low is not None and round(low * 10) != expected:
            fault = "overlaps the band before" if low * 10 < expected else "leaves a gap before it"
            right = expected / 10 if step == 1 else expected // 10
            reading.wrong(where, f"low {low} {'is not 0' if position == 1 else fault}; make it {right}")
        if position == len(bands) and high is not None:
            reading.wrong(where, f"the last band must be open; remove its high {high}")
        if position < len(bands) and high is None:
            reading.wrong(where, "only the last band may be open; write its high")
        if low is not None and high is not None and high < low:
            reading.wrong(where, f"high {high} is below low {low}; mend either")
        expected = None if high is None else round(high * 10) + step


def _check_missing(reading: Reading, where: str, value: Mapping[str, object]) -> None:
    filled = isinstance(value, dict) and value.get("rule") == MissingRule.MEAN
    reading.record(where, value, {**_MISSING, **({"at_least": COUNT} if filled else {})})


def _check_membership(reading: Reading, factors: list[Record], scales: list[Record]) -> None:
    declared = codes_of(scales)
    if not factors or not declared or not all("scales" in factor for factor in factors):
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
    codes = codes_of(bands)
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


def _levels(owner: Mapping[str, Any]) -> dict[str, LevelText]:
    return {
        code: LevelText(text["meaning"].strip(), text["advice"].strip()) for code, text in owner["levels"].items()
    }
