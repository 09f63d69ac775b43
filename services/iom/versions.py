"""Versions of a route: what it was when it was sent and when it was agreed to, and what has changed since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.iom.model import Event, Happening, Step, StepState

Version = tuple[Mapping[str, str], ...]
"""The steps as plain JSON: `id`, `domain`, `title`, `form`, `due_on` (ISO), `responsible`, `result`."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A step that was in both versions; `fields` are the names of what differs."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a version has that an earlier one had not, has otherwise, and has no more."""

    added: tuple[Mapping[str, str], ...]
    changed: tuple[Changed, ...]
    removed: tuple[Mapping[str, str], ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def snapshot(steps: Iterable[Step]) -> Version:
    """The steps as a version keeps them, by their terms; those cancelled are not part of it."""
    kept = sorted(
        (step for step in steps if step.state is not StepState.CANCELLED),
        key=lambda step: (step.plan.due_on, step.id),
    )
    return tuple(
        {
            "id": str(step.id),
            "domain": step.plan.domain,
            "title": step.plan.title,
            "form": step.plan.form.value,
            "due_on": step.plan.due_on.isoformat(),
            "responsible": step.plan.responsible,
            "result": step.plan.result,
        }
        for step in kept
    )


def changes(old: Version, new: Version) -> Changes:
    """What the new version changes in the old one. Their order does not matter."""
    before = {step["id"]: step for step in old}
    after = {step["id"]: step for step in new}
    both = [(before[id_], step) for id_, step in after.items() if id_ in before]
    return Changes(
        added=tuple(step for id_, step in after.items() if id_ not in before),
        changed=tuple(Changed(was, now, _differing(was, now)) for was, now in both if was != now),
        removed=tuple(step for id_, step in before.items() if id_ not in after),
    )


def last_agreed(history: Sequence[Event]) -> Version | None:
    """The version agreed to last; None when none was. `history` begins with the oldest."""
    agreed = (event.version for event in reversed(history) if event.what is Happening.AGREED)
    return next((version for version in agreed if version is not None), None)


def _differing(was: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in now if was.get(name) != now[name])
