"""How methodists keep the catalogue of their municipality: edit, hide, add, bring back, import."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.iom.catalogue import Measure, as_measure
from services.iom.catalogue_ports import MeasureFields, OwnMeasure
from services.iom.measures_file import MeasuresFile, Problem, title_key
from services.work import UnitOfWork

OWN_LIMIT = 1_000
"""Measures that one municipality may have of its own."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A measure as methodists see it, the hidden ones, too: as it is now, its row, and how it was shipped."""

    now: Measure
    own: OwnMeasure | None
    shipped: Measure | None

    @property
    def hidden(self) -> bool:
        """Whether teachers are not offered it."""
        return self.own is not None and self.own.hidden

    @property
    def edited(self) -> bool:
        """Whether a shipped one says something else by now."""
        return self.shipped is not None and self.now.fields != self.shipped.fields


@dataclass(frozen=True, slots=True)
class Import:
    """What a file would do: measures to add, those that would change and to what, and rows that cannot be read."""

    added: tuple[MeasureFields, ...]
    changed: tuple[tuple[Kept, MeasureFields], ...]
    unchanged: int
    problems: tuple[Problem, ...]

    @property
    def wrong_rows(self) -> int:
        """Rows that are left out."""
        return len({problem.row for problem in self.problems})

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.added and not self.changed


def catalogue(shipped: Iterable[Measure], own: Sequence[OwnMeasure]) -> list[Kept]:
    """Every measure of a municipality: the shipped ones in their order, then its own."""
    ours = list(shipped)
    instead = {each.code: each for each in own if each.code is not None}
    kept = []
    for each in ours:
        row = instead.pop(each.code, None)
        kept.append(Kept(each if row is None else as_measure(row), row, each))
    left = {each.id for each in instead.values()}
    # One in place of a measure that is shipped no more is the municipality's own by now.
    kept += [Kept(as_measure(each), each, None) for each in own if each.code is None or each.id in left]
    return kept


def find(kept: Iterable[Kept], code: str) -> Kept | None:
    """The measure of that code."""
    return next((each for each in kept if each.now.code == code), None)


def same_titled(kept: Iterable[Kept], fields: MeasureFields) -> Kept | None:
    """The measure of the same domain with the same title, whatever the case of letters."""
    key = (fields.domain, title_key(fields.title))
    return next((each for each in kept if (each.now.domain, title_key(each.now.title)) == key), None)


async def add(work: UnitOfWork, organisation_id: int, fields: MeasureFields) -> OwnMeasure:
    """A new measure, hidden until it is shown."""
    added = await work.measures.add(organisation_id, fields, hidden=True)
    assert added is not None
    return added


async def change(
    work: UnitOfWork, organisation_id: int, kept: Kept, fields: MeasureFields, *, hidden: bool
) -> None:
    """Make the measure say this. A shipped one that is again as it was is no longer the municipality's own."""
    if kept.own is None:
        if fields != kept.now.fields or hidden:
            await work.measures.add(organisation_id, fields, kept.now.code, hidden=hidden)
    elif kept.shipped is not None and fields == kept.shipped.fields and not hidden:
        await work.measures.remove(kept.own.id)
    else:
        await work.measures.change(kept.own.id, fields, hidden=hidden)


async def drop(work: UnitOfWork, kept: Kept) -> None:
    """Forget what the municipality has made of the measure: a shipped one is as it was, its own is gone."""
    if kept.own is not None:
        await work.measures.remove(kept.own.id)


def planned(file: MeasuresFile, kept: Sequence[Kept]) -> Import:
    """What importing the file would do: titles that are there already are updated and shown again."""
    known = {(each.now.domain, title_key(each.now.title)): each for each in kept}
    added: list[MeasureFields] = []
    changed: list[tuple[Kept, MeasureFields]] = []
    unchanged = 0
    for fields in file.measures:
        present = known.get((fields.domain, title_key(fields.title)))
        if present is None:
            added.append(fields)
        elif present.now.fields != fields or present.hidden:
            changed.append((present, fields))
        else:
            unchanged += 1
    return Import(tuple(added), tuple(changed), unchanged, file.problems)


def fits(would: Import, kept: Sequence[Kept]) -> bool:
    """Whether the municipality may have so many measures of its own."""
    return sum(each.own is not None for each in kept) + len(would.added) + len(would.changed) <= OWN_LIMIT


def fingerprint(content: bytes, would: Import) -> str:
    """Names the file together with what it would do, so that what is applied is what was shown."""
    return hashlib.sha256(content + repr((would.added, would.changed)).encode()).hexdigest()


async def apply(work: UnitOfWork, organisation_id: int, would: Import) -> None:
    """Do what the import would."""
    for kept, fields in would.changed:
        await change(work, organisation_id, kept, fields, hidden=False)
    for fields in would.added:
        await work.measures.add(organisation_id, fields)
