"""Items and options of an instrument's file: what each kind of item must hold, and the values made of it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from services.diagnostics.fields import (
    CODE,
    CODES,
    COUNT,
    DAY,
    DIGITS,
    HINT,
    LETTER,
    LIST,
    MAPPING,
    NUMBER,
    OPTION_TITLE,
    POINTS,
    SHORT,
    STATEMENT,
    TRUTH,
    Fields,
    Reading,
    Record,
    codes_of,
    one_of,
)
from services.diagnostics.instrument import (
    ONE_OPTION,
    Bounds,
    Condition,
    CountBounds,
    DateBounds,
    Day,
    Item,
    ItemKind,
    Method,
    NumberBounds,
    Option,
    TextBounds,
)

OPTION_LIMIT = 20
"""Options that one message can show as buttons together with the others."""
TEXT_LIMIT = 3_000
SHORT_TEXT = 200
LONG_TEXT = 2_000

_OPTION = {"code": LETTER, "title": OPTION_TITLE}
_COMMON = {"number": COUNT, "text": STATEMENT}
_ANY = {"kind": one_of(*ItemKind), "hint": HINT, "optional": TRUTH, "show_if": MAPPING}
_CONDITION = {"item": COUNT, "is": CODES}
_SCORED_CHOICE = {"scale": CODE, "keyed": LETTER, "weight": COUNT}
_REQUIRED: dict[str, Fields] = {
    ItemKind.SEVERAL: {"options": LIST},
    ItemKind.NUMBER: {"low": NUMBER, "high": NUMBER},
}
_OPTIONAL: dict[str, Fields] = {
    ItemKind.CHOICE: {"options": LIST},
    ItemKind.LIKERT: {"options": LIST, "scale": CODE, "reversed": TRUTH, "weight": COUNT},
    ItemKind.SEVERAL: {"at_least": COUNT, "at_most": COUNT},
    ItemKind.NUMBER: {"decimals": DIGITS, "unit": SHORT},
    ItemKind.DATE: {"earliest": DAY, "latest": DAY},
    ItemKind.SHORT_TEXT: {"most": COUNT},
    ItemKind.LONG_TEXT: {"most": COUNT},
}
_WITH_OPTIONS = ONE_OPTION | {ItemKind.SEVERAL}


def read_options(reading: Reading, where: str, values: object) -> list[Record]:
    """Options to choose from, at least two; `where` is what their problems begin with."""
    options = reading.records(f"{where}option", values, _OPTION, {"value": POINTS})
    reading.distinct_codes(f"{where}option", options)
    if len(options) == 1:
        reading.wrong(f"{where}options", "there is only one; a person needs at least two to choose from")
    if len(options) > OPTION_LIMIT:
        reading.wrong(f"{where}options", f"there are {len(options)}; leave {OPTION_LIMIT} at the most")
    return options


def read_items(
    reading: Reading, values: object, shared: list[Record] | None, scales: list[Record]
) -> list[Record]:
    """The items; each record of a kind with options has its own or the shared ones under "options"."""
    if not isinstance(values, list):
        return []
    items: list[Record] = []
    for position, value in enumerate(values, start=1):
        item = _item(reading, f"item {position}", value, shared)
        if item.get("number", position) != position:
            reading.wrong(
                f"item {position}", f"its number is {item['number']}; items must be numbered 1, 2, 3 ... in order"
            )
        _check_scoring(reading, f"item {position}", item, scales)
        _check_condition(reading, f"item {position}", item, items)
        items.append(item)
    return items


def item_of(record: Record) -> Item:
    """The item that a right record describes."""
    kind = ItemKind(record["kind"])
    condition = record.get("show_if")
    return Item(
        number=record["number"],
        text=record["text"],
        scale=record.get("scale"),
        keyed=record.get("keyed"),
        weight=record.get("weight", 1 if "scale" in record else 0),
        kind=kind,
        options=options_of(record.get("options", ())),
        points=points_of(record),
        reversed=record.get("reversed", False),
        optional=record.get("optional", False),
        hint=record.get("hint", ""),
        show_if=Condition(condition["item"], frozenset(condition["is"])) if condition else None,
        bounds=_bounds(kind, record),
    )


def options_of(records: Sequence[Record]) -> tuple[Option, ...]:
    """The options that right records describe."""
    return tuple(Option(record["code"], record["title"], record.get("value")) for record in records)


def points_of(record: Record) -> dict[str, int]:
    """What each option adds to the item's scale; empty when the item is not scored."""
    if "scale" not in record:
        return {}
    if record["kind"] == ItemKind.CHOICE:
        return {
            option["code"]: record["weight"] if option["code"] == record["keyed"] else 0
            for option in record["options"]
        }
    values = {option["code"]: option["value"] for option in record["options"]}
    ends = min(values.values()) + max(values.values())
    weight = record.get("weight", 1)
    return {code: weight * (ends - value if record.get("reversed") else value) for code, value in values.items()}


def check_scales(reading: Reading, items: list[Record], scales: list[Record]) -> None:
    """Whether the items of each scale give just its declared maximum and are as many as declared."""
    tops: dict[str, list[int]] = defaultdict(list)
    keyed = all(item["kind"] == ItemKind.CHOICE for item in items if "scale" in item)
    for item in items:
        if "scale" in item:
            tops[item["scale"]].append(max(points_of(item).values()))
    for scale in scales if codes_of(scales) else []:
        where, points = f"scale {scale['code']}", tops[scale["code"]]
        if not points:
            reading.wrong(where, "it has no items; give it some or remove it")
            continue
        mean = scale.get("method") == Method.MEAN
        top = sum(points) / len(points) if mean else sum(points)
        if top != scale.get("maximum", top):
            given = "weights sum" if keyed and not mean else "highest answers come"
            reading.wrong(where, f"its {given} to {top:g}, but maximum is {scale['maximum']}; mend either")
        if len(points) != scale.get("item_count", len(points)):
            reading.wrong(
                where, f"it has {len(points)} items, but item_count is {scale['item_count']}; mend either"
            )
        if scale.get("missing", {}).get("at_least", 1) > len(points):
            reading.wrong(f"{where}, missing", f"at_least is more than its {len(points)} items; make it smaller")


def _item(reading: Reading, where: str, value: object, shared: list[Record] | None) -> Record:
    raw = value if isinstance(value, dict) else {}
    kind = raw.get("kind", ItemKind.CHOICE)
    if kind not in set(ItemKind):
        reading.wrong(where, f"kind is {kind!r}; it must be {_ANY['kind'].expected}")
        return {}
    required = {**_COMMON, **_REQUIRED.get(kind, {})}
    optional = {**_ANY, **_OPTIONAL.get(kind, {})}
    if kind == ItemKind.CHOICE and _SCORED_CHOICE.keys() & raw.keys():
        required |= _SCORED_CHOICE
    faults = len(reading.problems)
    item = reading.record(where, value, required, optional)
    if kind in _WITH_OPTIONS:
        if "options" in item:
            item["options"] = read_options(reading, f"{where}, ", item["options"])
        elif shared is not None:
            item["options"] = shared
        elif "options" not in raw and raw:
            reading.wrong(where, "it has no options, nor has the file; write them in either")
    # What depends on a bad field would only repeat what is reported already.
    read = len(reading.problems) == faults and (kind not in _WITH_OPTIONS or bool(codes_of(item["options"])))
    item["kind"], item["sound"] = kind, read
    if item["sound"]:
        _check_bounds(reading, where, item)
    return item


def _check_scoring(reading: Reading, where: str, item: Record, scales: list[Record]) -> None:
    known = codes_of(scales)
    if "scale" in item and item["scale"] not in known and (known or not scales):
        reading.wrong(where, f"no scale {item['scale']!r}; use one of {', '.join(known) or 'those you declare'}")
    codes = codes_of(item.get("options", []))
    if codes and "keyed" in item and item["keyed"] not in codes:
        reading.wrong(where, f"no option {item['keyed']!r}; use one of {', '.join(codes)}")
        item["sound"] = False
    if item.get("kind") == ItemKind.LIKERT:
        for option in item.get("options", []):
            if "value" not in option:
                reading.wrong(
                    where, f"its option {option.get('code')!r} has no value; a likert item adds the values up"
                )
                item["sound"] = False
                break
        if "scale" not in item and {"weight", "reversed"} & item.keys():
            reading.wrong(where, "it has weight or reversed, but no scale; add the scale or remove them")


def _check_condition(reading: Reading, where: str, item: Record, before: list[Record]) -> None:
    if "show_if" not in item:
        return
    condition = reading.record(f"{where}, show_if", item["show_if"], _CONDITION)
    if not condition.keys() >= _CONDITION.keys():
        item["sound"] = False
        return
    number = condition["item"]
    if number > len(before):
        reading.wrong(f"{where}, show_if", f"item {number} does not come before it; name an earlier one")
        return
    asked = before[number - 1]
    if asked.get("kind") not in _WITH_OPTIONS:
        reading.wrong(f"{where}, show_if", f"item {number} has no options; name an item with options")
        return
    codes = codes_of(asked.get("options", []))
    for code in condition["is"]:
        if codes and code not in codes:
            reading.wrong(f"{where}, show_if", f"item {number} has no option {code!r}; use {', '.join(codes)}")


def _check_bounds(reading: Reading, where: str, item: Record) -> None:
    kind = item["kind"]
    if kind == ItemKind.NUMBER and item["low"] > item["high"]:
        reading.wrong(where, f"high {item['high']} is below low {item['low']}; mend either")
    if kind == ItemKind.SEVERAL:
        most = item.get("at_most", len(item["options"]))
        if not item.get("at_least", 1) <= most <= len(item["options"]):
            reading.wrong(where, f"at_least and at_most do not fit its {len(item['options'])} options; mend them")
    if kind == ItemKind.DATE:
        earliest, latest = _day(item.get("earliest")), _day(item.get("latest"))
        if isinstance(earliest, date) and isinstance(latest, date) and earliest > latest:
            reading.wrong(where, f"latest {latest} is before earliest {earliest}; mend either")
    if item.get("most", 0) > TEXT_LIMIT:
        reading.wrong(where, f"most is {item['most']}; a message has room for {TEXT_LIMIT}")


def _bounds(kind: ItemKind, record: Record) -> Bounds | None:
    if kind is ItemKind.SEVERAL:
        return CountBounds(record.get("at_least", 1), record.get("at_most", len(record["options"])))
    if kind is ItemKind.NUMBER:
        return NumberBounds(record["low"], record["high"], record.get("decimals", 0), record.get("unit", ""))
    if kind is ItemKind.DATE:
        return DateBounds(_day(record.get("earliest")), _day(record.get("latest")))
    if kind in (ItemKind.SHORT_TEXT, ItemKind.LONG_TEXT):
        return TextBounds(record.get("most", SHORT_TEXT if kind is ItemKind.SHORT_TEXT else LONG_TEXT))
    return None


def _day(value: object) -> Day:
    if isinstance(value, date):
        return value
    if value == "today":
        return "today"
    return date.fromisoformat(value) if isinstance(value, str) else None
