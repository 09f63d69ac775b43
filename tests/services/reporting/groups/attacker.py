"""A district over time, reports about it at any moment, and what subtracting them from one another gives away.

Everybody gives an answer of their own, so a published figure tells exactly whose answers are in it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from services.diagnostics.instrument import MARKS, SKIPPED, Instrument, Item, Option
from services.reporting.groups.portions import Published, freeze, publish
from services.reporting.groups.suppression import SMALLEST_ALLOWED, Figures
from services.reporting.groups.waves import Wave, of_campaign, school_year
from services.work import UnitOfWork

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
CODES = [chr(code) for code in range(ord("!"), ord("~")) if chr(code) not in MARKS]
SCHOOLS = 3
MUNICIPALITIES = (0, 0, 1)
"""The municipality of each school, both by their numbers."""
LARGEST_SCHOOL = 25
HIGHEST_THRESHOLD = 9
ANONYMOUS = 0
"""The municipality that launches anonymous campaigns."""

_OPTIONS = tuple(Option(code, code) for code in CODES)
REVEALING = Instrument(
    id="revealing",
    version="1",
    title="",
    short_title="",
    source="",
    wording="",
    instruction="",
    disclaimer="",
    minutes=1,
    options=_OPTIONS,
    items=(Item(1, "", options=_OPTIONS), Item(2, "", options=_OPTIONS, optional=True)),
    scales=(),
    factors=(),
    scale_bands=(),
    factor_bands=(),
)
"""Two questions, of which the second may be left out; no two people give the same answer."""
MEASURES = ("item.1", "item.2")


class Place(Protocol):
    """A district in which things happen. People, schools and municipalities are known by their numbers."""

    @property
    def work(self) -> UnitOfWork: ...

    def school(self, number: int) -> int:
        """The id of a school."""
        ...

    def municipality(self, number: int) -> int:
        """The id of a municipality."""
        ...

    async def join(self, person: int, school: int) -> None: ...

    async def launch(self, campaign: int, *, anonymous: bool) -> int:
        """The id of a new campaign for everybody; an anonymous one of the first municipality."""
        ...

    async def finish(self, person: int, wave: Wave, answers: str, at: datetime) -> None: ...

    async def move(self, person: int, school: int) -> None: ...

    async def leave(self, person: int) -> None: ...

    async def revoke(self, person: int) -> None: ...

    async def renew(self, person: int) -> None: ...

    async def delete(self, person: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure that somebody has seen: whose answers it counts, and the threshold it was published under."""

    scope: str
    wave: str
    measure: str
    threshold: int
    answers: frozenset[str]


@dataclass
class History:
    """What has happened in a place, and everything that has ever been published."""

    place: Place
    threshold: int = 5
    waves: list[Wave] = field(default_factory=lambda: [school_year(2026, UTC)])
    now: datetime = NOW
    shown: list[Shown] = field(default_factory=list)
    reports: int = 0
    living: dict[int, int | None] = field(default_factory=dict)
    agreed: set[int] = field(default_factory=set)
    done: set[tuple[int, str]] = field(default_factory=set)
    given: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Whose an answer is, and in which wave."""

    async def begin(self, sizes: Sequence[int]) -> None:
        for school, size in enumerate(sizes):
            for _ in range(size):
                person = len(self.living)
                await self.place.join(person, school)
                self.living[person] = school
                self.agreed.add(person)

    async def happens(self, kind: int, which: int) -> None:
        """One event; `which` chooses among everything it may be about."""
        events = (
            *(self._crowd,) * 5,
            *(self._report,) * 7,
            *(self._finish,) * 2,
            self._move,
            self._leave,
            self._revoke,
            self._renew,
            self._delete,
            self._set_threshold,
            self._set_threshold,
            self._launch,
        )
        await events[kind % len(events)](which)

    async def report_all(self) -> None:
        """Everybody looks at everything."""
        for which in range(5 * len(self.waves)):
            await self._report(which)

    async def _crowd(self, which: int) -> None:
        """Some people of a school finish who have not yet."""
        wave = self.waves[-1]
        fresh = [
            person
            for person, school in self.living.items()
            if school == which % SCHOOLS and (person, wave.key) not in self.done
        ]
        for person in fresh[: 1 + which // SCHOOLS % 11]:
            await self._answer(person, wave, skips=which % 5 == person % 5)

    async def _finish(self, which: int) -> None:
        if self.living:
            person = list(self.living)[which % len(self.living)]
            await self._answer(person, self.waves[which % len(self.waves)], skips=which % 3 == 0)

    async def _answer(self, person: int, wave: Wave, *, skips: bool) -> None:
        if len(self.given) == len(CODES) or person not in self.agreed:
            return
        if wave.anonymous and (person, wave.key) in self.done:
            return
        answer = CODES[len(self.given)]
        self.given[answer] = (person, wave.key)
        self.done.add((person, wave.key))
        self.now += timedelta(minutes=1)
        await self.place.finish(person, wave, answer + (SKIPPED if skips else answer), self.now)

    async def _move(self, which: int) -> None:
        if person := self._somebody(which):
            self.living[person] = which % SCHOOLS
            await self.place.move(person, which % SCHOOLS)

    async def _leave(self, which: int) -> None:
        if person := self._somebody(which):
            self.living[person] = None
            await self.place.leave(person)

    async def _revoke(self, which: int) -> None:
        if (person := self._somebody(which)) in self.agreed:
            self.agreed.remove(person)
            await self.place.revoke(person)

    async def _renew(self, which: int) -> None:
        absent = sorted(set(self.living) - self.agreed)
        if absent:
            person = absent[which % len(absent)]
            self.agreed.add(person)
            await self.place.renew(person)

    async def _delete(self, which: int) -> None:
        if person := self._somebody(which):
            before = [await self._published(scope, wave) for scope in range(5) for wave in self.waves]
            await self.place.delete(person)
            del self.living[person]
            self.agreed.discard(person)
            assert before == [await self._published(scope, wave) for scope in range(5) for wave in self.waves]

    async def _set_threshold(self, which: int) -> None:
        self.threshold = SMALLEST_ALLOWED + which % (HIGHEST_THRESHOLD - SMALLEST_ALLOWED + 1)

    async def _launch(self, which: int) -> None:
        number, anonymous = len(self.waves), which % 2 == 1
        campaign = await self.place.launch(number, anonymous=anonymous)
        self.waves.append(of_campaign(campaign, "", self.now, anonymous=anonymous))

    async def _report(self, which: int) -> None:
        """One of three schools or two municipalities, in one of the waves, the last ones oftener."""
        scope, wave = which % 5, self.waves[-1 - which // 5 % len(self.waves)]
        await freeze(self.place.work, REVEALING, wave, self._id(scope), self.threshold, self.now)
        published = await self._published(scope, wave)
        self.reports += 1
        if published.whole is None:
            assert not published.schools
            return
        self._see(f"scope {scope}", wave, published.whole)
        for number in range(SCHOOLS):
            if (figures := published.schools.get(self.place.school(number))) is not None:
                self._see(f"school {number}", wave, figures)
        if not wave.anonymous:
            self._check_sum(published.whole, published.schools)

    async def _published(self, scope: int, wave: Wave) -> Published:
        return await publish(self.place.work, REVEALING, wave, self._id(scope), self.threshold)

    def _id(self, scope: int) -> int:
        return self.place.school(scope) if scope < SCHOOLS else self.place.municipality(scope - SCHOOLS)

    def _see(self, scope: str, wave: Wave, figures: Figures) -> None:
        for code in MEASURES:
            if (measure := figures.measures.get(code)) is not None:
                assert max(measure.counts) <= 1, "an answer is counted twice"
                answers = frozenset(answer for answer, count in zip(CODES, measure.counts, strict=True) if count)
                assert measure.people == len(answers)
                self.shown.append(Shown(scope, wave.key, code, self.threshold, answers))
        assert figures.people == figures.measures["item.1"].people

    @staticmethod
    def _check_sum(whole: Figures, schools: Mapping[int, Figures]) -> None:
        assert whole.people == sum(figures.people for figures in schools.values())
        for code, measure in whole.measures.items():
            parts = [figures.measures[code].counts for figures in schools.values() if code in figures.measures]
            assert measure.counts == tuple(map(sum, zip(*parts, strict=True)))

    def _somebody(self, which: int) -> int:
        """Not the person 0, which stands for nobody."""
        others = [person for person in self.living if person]
        return others[which % len(others)] if others else 0


def check(history: History) -> None:
    """Nothing that was ever published, taken together, speaks of a smaller group than its threshold allows."""
    takings = {(shown.wave, shown.measure) for shown in history.shown}
    for wave, measure in takings:
        taking = [shown for shown in history.shown if (shown.wave, shown.measure) == (wave, measure)]
        for threshold in {shown.threshold for shown in taking}:
            _check_atoms([shown.answers for shown in taking if shown.threshold >= threshold], threshold)
        _check_people(history, wave, frozenset().union(*(shown.answers for shown in taking)))
        for later, shown in enumerate(taking):
            for earlier in taking[:later]:
                if earlier.scope == shown.scope and earlier.threshold >= shown.threshold:
                    assert earlier.answers <= shown.answers, "what has been shown has been taken back"


def _check_atoms(figures: Sequence[frozenset[str]], threshold: int) -> None:
    """People counted by just the same figures cannot be told apart by any sum or difference; others can."""
    atoms = Counter(tuple(answer in counted for counted in figures) for answer in frozenset().union(*figures))
    smallest = min(atoms.values(), default=threshold)
    assert smallest >= threshold, f"{smallest} people can be told from the others, fewer than {threshold}"


def _check_people(history: History, wave: str, answers: frozenset[str]) -> None:
    owners = [history.given[answer] for answer in answers]
    assert all(given_in == wave for _, given_in in owners), "an answer is counted in another wave"
    assert len({person for person, _ in owners}) == len(owners), "somebody is counted twice in a wave"


async def live(place: Place, story: bytes) -> History:
    """A district: the first bytes are the sizes of its schools, every two more an event; reports at the end."""
    history = History(place)
    await history.begin([size % (LARGEST_SCHOOL + 1) for size in story[:SCHOOLS]])
    events = story[SCHOOLS:]
    for kind, which in zip(events[::2], events[1::2], strict=False):
        await history.happens(kind, which)
    await history.report_all()
    return history
