"""What is answered in a round: so many people at once, one test after another each."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from services.diagnostics.instrument import Instrument


@dataclass(frozen=True, slots=True)
class Sitting:
    """The first answers to one test, one code an item; never all, so that no result is drawn meanwhile."""

    session: int
    codes: str


@dataclass(frozen=True, slots=True)
class Plan:
    """`phones` go on at the same time, the sittings of each one after another."""

    phones: tuple[tuple[Sitting, ...], ...]

    @property
    def sittings(self) -> Iterator[Sitting]:
        """All of them, of whichever phone."""
        return (sitting for phone in self.phones for sitting in phone)

    @property
    def answers(self) -> int:
        """How many answers the round has."""
        return sum(len(sitting.codes) for sitting in self.sittings)

    def expected(self, instrument: Instrument) -> dict[int, tuple[str, int]]:
        """Packed answers and turn that every test must have in the end."""
        total = len(instrument.items)
        return {each.session: (each.codes.ljust(total, "."), len(each.codes)) for each in self.sittings}


def make_plan(instrument: Instrument, at_once: int, answers: int, seed: int) -> Plan:
    """About `answers` answers by `at_once` people at once. Sessions are numbered from 1."""
    chance = random.Random(seed)
    longest = len(instrument.items) - 2
    each = max(1, answers // at_once)
    sittings = -(-each // longest)
    length = each // sittings
    numbers = iter(range(1, at_once * sittings + 1))
    return Plan(
        tuple(
            tuple(
                Sitting(next(numbers), "".join(chance.choices(instrument.option_codes, k=length)))
                for _ in range(sittings)
            )
            for _ in range(at_once)
        )
    )
