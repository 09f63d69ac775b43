"""How often somebody hears: what can be set, for whom, and what it means."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.people.model import Person, Role
from services.pushes.model import How, What
from services.work import UnitOfWork

CHOICES: Mapping[What, tuple[How, ...]] = {
    What.WEEKLY: (How.ON, How.OFF),
    What.ALERTS: (How.ON, How.WEEKLY, How.OFF),
    What.MONTHLY: (How.ON, How.OFF),
    What.CYCLOGRAM: (How.ON, How.OFF),
}
OF_METHODISTS = (What.CYCLOGRAM,)


@dataclass(frozen=True, slots=True)
class Often:
    """How often somebody hears of each."""

    set: Mapping[What, How]

    def of(self, what: What) -> How:
        """What is set, or usual. Alerts that are to come with the weekly digest come at once without one."""
        how = self.set.get(what, How.ON)
        if what is What.ALERTS and how is How.WEEKLY and self.of(What.WEEKLY) is How.OFF:
            return How.ON
        return how

    def wants(self, what: What) -> bool:
        """Whether it is told at all."""
        return self.of(what) is not How.OFF


async def often(work: UnitOfWork, person_id: int) -> Often:
    """How often the person hears."""
    return Often(await work.pushes.settings(person_id))


def offered(person: Person, set_by_now: Often) -> Mapping[What, tuple[How, ...]]:
    """What the person can choose, by what it is about."""
    found = {}
    for what, choices in CHOICES.items():
        if what in OF_METHODISTS and not person.has(Role.METHODIST):
            continue
        alone = what is What.ALERTS and not set_by_now.wants(What.WEEKLY)
        found[what] = tuple(how for how in choices if not (alone and how is How.WEEKLY))
    return found
