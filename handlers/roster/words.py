"""A plan of an import in words, a line a fact; for the chat and the command line alike (plain text)."""

from collections.abc import Sequence
from enum import StrEnum

from handlers.ui.russian import form, plural
from services.people.roster.model import (
    Addition,
    Applied,
    Change,
    FieldChange,
    Move,
    NewSchool,
    Plan,
    Roster,
    School,
)

_FIELDS = {
    "full_name": "имя",
    "position": "должность",
    "subject": "предмет",
    "years_of_work": "стаж",
    "birth_year": "год рождения",
    "category": "категория",
}


class Part(StrEnum):
    """What a plan can be asked about in full."""

    PROBLEMS = "problems"
    CHANGES = "changes"
    ADDED = "added"
    SCHOOLS = "schools"
    ABSENT = "absent"
    DOUBLES = "doubles"


TITLES = {
    Part.PROBLEMS: "Что исправить",
    Part.CHANGES: "Что изменится",
    Part.ADDED: "Кто добавится",
    Part.SCHOOLS: "Новые школы",
    Part.ABSENT: "Кого нет в файле",
    Part.DOUBLES: "Повторы в файле",
}


def people(number: int) -> str:
    return plural(number, "человек", "человека", "человек")


def schools(number: int) -> str:
    return plural(number, "школа", "школы", "школ")


def summary(plan: Plan, roster: Roster) -> list[str]:
    """The counts of everything that there is."""
    wrong = len({problem.row for problem in plan.problems})
    counts = (
        ("Добавятся", len(plan.added), ""),
        ("Изменятся данные", len(plan.changed), ""),
        ("Сменят школу", len(plan.moved), ""),
        ("Без изменений", len(plan.unchanged), ""),
        ("Новых школ", len(plan.new_schools), ""),
        ("Строк с ошибками", wrong, ": они не загрузятся"),
        ("Повторов в файле", len(plan.doubles), ": возьмём первую строку"),
        ("Нет в файле, но есть в базе", len(plan.absent), ": никого не удаляем"),
    )
    lines = [f"{title}: {count}{note}" for title, count, note in counts if count]
    if roster.ignored:
        names = ", ".join(f"«{_short(name)}»" for name in roster.ignored[:5])
        more = " и другие" if len(roster.ignored) > 5 else ""
        lines.append(f"Эти столбцы не нужны, мы их пропустили: {names}{more}")
    return lines


def lines_of(plan: Plan, part: Part) -> list[str]:
    """Everything of one part, a line each."""
    match part:
        case Part.PROBLEMS:
            return [str(problem) for problem in plan.problems]
        case Part.CHANGES:
            return [_move(move) for move in plan.moved] + [_change(change) for change in plan.changed]
        case Part.ADDED:
            return [_addition(addition) for addition in plan.added]
        case Part.SCHOOLS:
            return [_new_school(school) for school in plan.new_schools]
        case Part.ABSENT:
            return [f"{absent.full_name}, {absent.school}" for absent in plan.absent]
        case Part.DOUBLES:
            return [
                f"строка {double.row}: {double.full_name}, уже есть в строке {double.first_row}"
                for double in plan.doubles
            ]


def done(applied: Applied) -> str:
    """What an import has done."""
    counts = (
        ("добавлено", applied.added),
        ("обновлено", applied.changed),
        ("сменили школу", applied.moved),
        ("без изменений", applied.unchanged),
        ("новых школ", applied.schools),
        ("личных приглашений", applied.invited),
    )
    return "Готово: " + (", ".join(f"{title} {count}" for title, count in counts if count) or "всё уже было") + "."


def offer(number: int) -> str:
    """What a button says that applies a plan."""
    return f"Загрузить {people(number)}"


def _addition(addition: Addition) -> str:
    line = f"{addition.entry.full_name}, {_places(addition.schools)}"
    if addition.namesake is not None:
        line += (
            f" (в базе есть однофамилец, год рождения {addition.namesake}; "
            "если это тот же человек, исправьте год в файле)"
        )
    return line


def _change(change: Change) -> str:
    told = " (в боте человек указал иначе)" if change.told else ""
    return f"{change.full_name}: {'; '.join(_field(field) for field in change.fields)}{told}"


def _field(field: FieldChange) -> str:
    before = "не указано" if field.before in (None, "") else str(field.before)
    return f"{_FIELDS[field.name]} {before} → {field.after}"


def _move(move: Move) -> str:
    if not move.left:
        return f"{move.full_name}: добавится {_places(move.to)}"
    return f"{move.full_name}: {_places(move.left)} → {_places(move.to)}"


def _new_school(school: NewSchool) -> str:
    line = f"«{school.name}», {people(school.people)}"
    if school.like is not None:
        line += f". Похоже на «{school.like}»: если это она, исправьте название в файле"
    return line


def _places(places: Sequence[School]) -> str:
    return ", ".join(place.name for place in places)


def _short(text: str, length: int = 30) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def waiting(number: int) -> str:
    return f"{people(number)} {form(number, 'ждёт', 'ждут', 'ждут')} приглашения"
