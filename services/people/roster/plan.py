"""What an import would do: the people of a roster are found among those whom the service knows.

A person is known by the name in one spelling and the school; the year of birth tells namesakes apart, and finds
somebody who has moved from another school. What a roster tells of post, subject, years of work and category
holds, also against what a person told in chat (then the change is marked); the name of somebody registered is
spelt as they spell it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.people.names import name_key
from services.people.roster.model import (
    Absent,
    Addition,
    Base,
    Change,
    Double,
    Entry,
    Field,
    FieldChange,
    Known,
    Move,
    NewSchool,
    Plan,
    Problem,
    Roster,
    School,
    Scope,
)
from services.people.roster.schools import likely_same, school_key

_COMPARED = ("position", "subject", "years_of_work", "birth_year", "category")


def make_plan(roster: Roster, base: Base, scope: Scope, *, new_schools: bool) -> Plan:
    """The plan of importing the roster; without `new_schools` people of unknown schools are left out of it."""
    return _Planner(roster, base, scope).plan(new_schools=new_schools)


@dataclass(frozen=True, slots=True)
class _Listed:
    """One person of the file with all schools that list them; the first row speaks for them."""

    entry: Entry
    schools: tuple[School, ...]


class _UnclearError(Exception):
    """The person cannot be told from others; the message says how to mend it, in the column `field`."""

    def __init__(self, text: str, field: Field = Field.BIRTH_YEAR) -> None:
        super().__init__(text)
        self.field = field


class _Planner:
    def __init__(self, roster: Roster, base: Base, scope: Scope) -> None:
        self._roster = roster
        self._scope = scope
        self._names = {school.id: school.name for school in base.schools if school.id is not None}
        self._schools = {school_key(school.name): school for school in reversed(base.schools)}
        self._people = base.people
        self._by_key: dict[str, list[Known]] = defaultdict(list)
        for known in base.people:
            self._by_key[name_key(known.full_name)].append(known)
        self._problems = list(roster.problems)
        self._unclear = {name_key(name) for name in roster.unclear}
        self._doubles: list[Double] = []
        self._new_schools: dict[str, tuple[School, int]] = {}
        self._covered: set[int] = set()

    def plan(self, *, new_schools: bool) -> Plan:
        listed = self._listed(self._placed(new_schools=new_schools))
        contenders: dict[tuple[str, str], int] = defaultdict(int)
        for person in listed:
            for school in person.schools:
                contenders[school_key(school.name), name_key(person.entry.full_name)] += 1
        added: list[Addition] = []
        changed: list[Change] = []
        moved: list[Move] = []
        unchanged: list[int] = []
        met: dict[int, int] = {}
        for person in listed:
            entry = person.entry
            try:
                known = self._find(person, contenders)
                if known is not None and known.id in met:
                    raise _UnclearError(f"это, похоже, тот же человек, что в строке {met[known.id]}")
            except _UnclearError as problem:
                self._complain(entry, problem.field, str(problem))
                continue
            if known is None:
                added.append(Addition(entry, person.schools, self._namesake(person)))
                continue
            met[known.id] = entry.row
            change, move = _change(entry, known), self._move(person, known)
            changed += [change] if change else []
            moved += [move] if move else []
            unchanged += [] if change or move else [known.id]
        return Plan(
            added=tuple(added),
            changed=tuple(changed),
            moved=tuple(moved),
            unchanged=tuple(sorted(unchanged)),
            new_schools=tuple(
                NewSchool(school.name, people, likely_same(school.name, list(self._names.values())))
                for school, people in self._new_schools.values()
            ),
            absent=tuple(self._absent(met)),
            doubles=tuple(self._doubles),
            problems=tuple(sorted(self._problems, key=lambda problem: problem.row)),
        )

    def _complain(self, entry: Entry, field: Field, text: str) -> None:
        self._problems.append(Problem(entry.row, field.value, text))
        self._unclear.add(name_key(entry.full_name))

    def _placed(self, *, new_schools: bool) -> list[tuple[Entry, School]]:
        """Rows with their schools, those that the importer may touch."""
        placed = []
        for entry in self._roster.entries:
            key = school_key(entry.school)
            school = self._schools.get(key)
            if self._scope.schools is not None and (school is None or school.id not in self._scope.schools):
                own = ", ".join(f"«{self._names[number]}»" for number in sorted(self._scope.schools))
                self._complain(
                    entry,
                    Field.SCHOOL,
                    f"«{entry.school}» не ваша школа. Ваша: {own}; название нужно написать так же",
                )
                continue
            if school is None:
                school, people = self._new_schools.get(key, (School(None, entry.school), 0))
                self._new_schools[key] = school, people + 1
                if not new_schools:
                    continue
            elif school.id is not None:
                self._covered.add(school.id)
            placed.append((entry, school))
        return placed

    def _listed(self, placed: Iterable[tuple[Entry, School]]) -> list[_Listed]:
        """Each person once: repeated rows are doubles, rows of two schools with one birth year are one person."""
        together: dict[tuple[str, str], list[tuple[Entry, School]]] = defaultdict(list)
        for entry, school in placed:
            together[school_key(school.name), name_key(entry.full_name)].append((entry, school))
        people: dict[object, _Listed] = {}
        for (place, key), rows in together.items():
            by_year: dict[int | None, tuple[Entry, School]] = {}
            for entry, school in rows:
                first = by_year.setdefault(entry.birth_year, (entry, school))[0]
                if first is not entry:
                    self._doubles.append(Double(entry.row, first.row, entry.full_name))
            if len(by_year) > 1 and None in by_year:
                self._complain(
                    by_year.pop(None)[0],
                    Field.BIRTH_YEAR,
                    "в этой школе несколько человек с таким именем. Укажите год рождения, чтобы их различить",
                )
            for year, (entry, school) in by_year.items():
                identity = (key, year) if year is not None else (key, place, None)
                other = people.get(identity)
                people[identity] = _Listed(
                    other.entry if other else entry, (*other.schools, school) if other else (school,)
                )
        return sorted(people.values(), key=lambda person: person.entry.row)

    def _find(self, person: _Listed, contenders: dict[tuple[str, str], int]) -> Known | None:
        """The known person, None for somebody new. Raises _UnclearError when it cannot be told."""
        entry = person.entry
        key = name_key(entry.full_name)
        places = {school.id for school in person.schools}
        namesakes = self._by_key.get(key, [])
        here = [known for known in namesakes if places.intersection(known.attached_to)]
        if entry.birth_year is None:
            if len(here) > 1:
                raise _UnclearError("в школе несколько человек с таким именем. Укажите год рождения")
            if not here and namesakes:
                raise _UnclearError(
                    "человек с таким именем есть в другой школе. Укажите год рождения, чтобы понять, тот же ли это"
                )
            return here[0] if here else None
        same = [known for known in namesakes if known.birth_year == entry.birth_year]
        found = [known for known in same if known in here] or same
        if not found:
            found = [known for known in here if known.birth_year is None]
            if found and any(contenders[school_key(school.name), key] > 1 for school in person.schools):
                raise _UnclearError(
                    "в базе есть такой человек без года рождения, и непонятно, который из двух это"
                )
        if len(found) > 1:
            raise _UnclearError("в базе несколько таких людей, их не различить. Сообщите администратору")
        if (
            found
            and self._scope.schools is not None
            and not self._scope.schools.intersection(found[0].attached_to)
        ):
            raise _UnclearError(
                "этот человек числится в другой школе района: перевод загружает методист", Field.SCHOOL
            )
        return found[0] if found else None

    def _namesake(self, person: _Listed) -> int | None:
        places = {school.id for school in person.schools}
        years = (
            known.birth_year
            for known in self._by_key.get(name_key(person.entry.full_name), [])
            if places.intersection(known.attached_to)
        )
        return next(years, None)

    def _move(self, person: _Listed, known: Known) -> Move | None:
        to = tuple(school for school in person.schools if school.id not in known.teaches_in)
        if not to:
            return None
        stays = {school.id for school in person.schools}
        left = tuple(
            School(number, self._names[number])
            for number in known.teaches_in
            if number not in stays and (self._scope.schools is None or number in self._scope.schools)
        )
        return Move(known.id, person.entry.row, known.full_name, left, to)

    def _absent(self, met: Iterable[int]) -> Iterable[Absent]:
        for known in sorted(self._people, key=lambda known: (name_key(known.full_name), known.id)):
            if known.id in met or name_key(known.full_name) in self._unclear:
                continue
            for number in known.teaches_in:
                if number in self._covered:
                    yield Absent(known.id, known.full_name, self._names[number])


def _change(entry: Entry, known: Known) -> Change | None:
    fields: list[FieldChange] = []
    told = False
    if not known.registered and entry.full_name != known.full_name:
        fields.append(FieldChange("full_name", known.full_name, entry.full_name))
    for name in _COMPARED:
        before, after = getattr(known, name), getattr(entry, name)
        if after in (None, "") or _alike(before, after):
            continue
        fields.append(FieldChange(name, before, after))
        told = told or (known.registered and before not in (None, ""))
    return Change(known.id, entry.row, known.full_name, tuple(fields), told) if fields else None


def _alike(before: str | int | None, after: str | int) -> bool:
    if isinstance(before, str) and isinstance(after, str):
        return before.casefold() == after.casefold()
    return before == after


def schools_to_add(plan: Plan) -> Sequence[str]:
    """Names of the unknown schools that people of the plan are to be in, each once."""
    places = [place for addition in plan.added for place in addition.schools]
    places += [place for move in plan.moved for place in move.to]
    return list(dict.fromkeys(place.name for place in places if place.id is None))
