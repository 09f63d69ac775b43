"""Phrases about routes that several screens share."""

from datetime import date, timedelta
from html import escape

from handlers.ui.russian import long_date, plural
from services.iom.model import Pause, Step, StepState
from services.iom.wording import DOMAIN_TITLES, STEP_STATES

_ENDING = " компетенции"


def days_words(number: int) -> str:
    """«3 дня»."""
    return plural(number, "день", "дня", "дней")


def near_date(day: date, today: date) -> str:
    """«25 ноября», with the year when it is another one: «15 января 2027 года»."""
    whole = long_date(day).removesuffix("\N{NO-BREAK SPACE}г.")
    return f"{whole}\N{NO-BREAK SPACE}года" if day.year != today.year else whole.rsplit(" ", 1)[0]


def since_date(day: date, today: date) -> str:
    """«с 25 ноября», but «со 2 ноября», the way it is said."""
    return f"{'со' if day.day == 2 else 'с'} {near_date(day, today)}"


def term_words(step: Step, today: date, pause: Pause | None = None) -> str:
    """How the term of a step stands: «срок завтра, 25 ноября», «просрочено на 3 дня, срок был 21 ноября».

    `pause` is the present one of its route.
    """
    due_on = step.plan.due_on
    day = near_date(due_on, today)
    if step.overdue(today) and not step.overdue(today, pause):
        return f"срок был {day}, после паузы сдвинется"
    if step.overdue(today):
        return f"<b>просрочено на {days_words((today - due_on).days)}</b>, срок был {day}"
    if step.state is StepState.PLANNED and due_on == today:
        return f"срок <b>сегодня</b>, {day}"
    if step.state is StepState.PLANNED and due_on == today + timedelta(days=1):
        return f"срок <b>завтра</b>, {day}"
    left = (due_on - today).days
    if step.state is StepState.PLANNED and 1 < left <= 14:
        return f"срок {day}, через {days_words(left)}"
    return f"срок {day}"


def capitalised(markup: str) -> str:
    """The line with a capital letter, behind the tag that it may begin with."""
    start = markup.index(">") + 1 if markup.startswith("<") else 0
    return f"{markup[:start]}{markup[start].upper()}{markup[start + 1 :]}"


def state_words(step: Step, today: date, pause: Pause | None = None) -> str:
    """Where the step is: its term while it waits to be done, its state afterwards."""
    return term_words(step, today, pause) if step.state is StepState.PLANNED else STEP_STATES[step.state]


def domain_words(domain: str) -> str:
    """The domain as people read it; the code itself of one that has gone from the instrument."""
    return DOMAIN_TITLES.get(domain, domain)


def domains_words(domains: tuple[str, ...]) -> str:
    """«цифровые и оценочные компетенции»; escaped, empty for none."""
    names = [domain_words(each).removesuffix(_ENDING).lower() for each in domains]
    if not names:
        return ""
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} и {names[-1]}"
    return escape(f"{listed}{_ENDING}")


def cut(words: str, most: int) -> str:
    """The words within so many UTF-16 units, which messengers count; what is cut off leaves «…»."""
    if width(words) <= most:
        return words
    kept = words.encode("utf-16-le")[: (most - 1) * 2].decode("utf-16-le", errors="ignore")
    return f"{kept.rstrip()}…"


def width(words: str) -> int:
    """UTF-16 units of the words."""
    return len(words.encode("utf-16-le")) // 2
