"""What the rules about catalogues of measures ask of storage. Every call works inside the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from services.iom.model import Form


@dataclass(frozen=True, slots=True)
class MeasureFields:
    """What a measure says. `domain` is the code of a scale, empty for growth; `days` the usual length in days."""

    domain: str
    title: str
    form: Form
    days: int
    result: str = ""


@dataclass(frozen=True, slots=True)
class OwnMeasure:
    """A measure of one municipality. With a `code` it stands in place of the shipped measure of that code.

    A hidden one is not offered to teachers: neither itself nor what it stands in place of.
    """

    id: int
    code: str | None
    domain: str
    title: str
    form: Form
    days: int
    result: str
    hidden: bool

    @property
    def fields(self) -> MeasureFields:
        """What it says."""
        return MeasureFields(self.domain, self.title, self.form, self.days, self.result)


class MeasureStore(Protocol):
    """Measures that municipalities have written or edited themselves."""

    async def of(self, organisation_id: int, *, lock: bool = False) -> Sequence[OwnMeasure]:
        """All of the municipality, in the order in which they were added.

        With `lock` nobody else changes them until the transaction ends.
        """
        ...

    async def add(
        self, organisation_id: int, fields: MeasureFields, code: str | None = None, *, hidden: bool = False
    ) -> OwnMeasure | None:
        """A new measure; None when the municipality has one in place of that code already."""
        ...

    async def change(self, measure_id: int, fields: MeasureFields, *, hidden: bool) -> bool:
        """Write what the measure says; False when it is gone."""
        ...

    async def remove(self, measure_id: int) -> None: ...
