"""A plan of an import in words, a line a fact; for the chat and the command line alike (plain text)."""

from collections.abc import Sequence
from enum import StrEnum

from handlers.ui.russian import plural
from services.people.roster.model import (
    Addition,
    Applied,
    Change,
    FieldChange,
    Move,
    NewSchool,
    Plan,
    Problem,
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
        ("Строк с ошибками", wrong, ", они не загрузятся"),
        ("Повторов в файле", len(plan.doubles), ", возьмём первую строку"),
        ("Нет в файле, но есть в базе", len(plan.absent), ", никого не удаляем"),
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
            return _problems(plan.problems)
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
    # «Двух человек», but «двадцать два человека».
    few = "человек" if number < 5 else "человека"
    return f"Загрузить {plural(number, 'человека', few, 'человек')}"


def _problems(problems: Sequence[Problem]) -> list[str]:
    """A line for each thing to mend: rows that are wrong in the same way share one."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.column, problem.text), []).append(problem)
    return [
        str(same[0]) if len(same) == 1 else f"«{column}»: {text} (строки {_rows([each.row for each in same])})"
        for (column, text), same in alike.items()
    ]


def _rows(numbers: Sequence[int]) -> str:
    """«2, 5–9, 14»: the numbers, which stand in order, with neighbours drawn together."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1].append(number)
        else:
            ranges.append([number])
    return ", ".join(str(found[0]) if len(found) == 1 else f"{found[0]}–{found[-1]}" for found in ranges)


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
    line = f"{_quoted(school.name)}, {people(school.people)}"
    if school.like is not None:
        line += f". Похоже на {_quoted(school.like)}: если это она, исправьте название в файле"
    return line


def _quoted(name: str) -> str:
    """The name in quotes; its own quotes become the inner ones: «Лицей „Речной“»."""
    return f"«{name.replace('«', '„').replace('»', '“')}»"


def _places(places: Sequence[School]) -> str:
    return ", ".join(place.name for place in places)


def _short(text: str, length: int = 30) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
