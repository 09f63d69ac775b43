"""What a school year of reminders should have been: kept beside the bot, by the words of the policy alone.

A reminder is a day of the policy of one step. It is open from that day until a message names the step, and void
when the step is finished, gets another term or rests before somebody could be told.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from services.delivery.quiet import Quiet
from tests.services.iom.slow_schedule import slow_model

QUIET = Quiet()
BEGINS, ENDS = date(2026, 9, 1), date(2027, 5, 31)
_NAMED = re.compile(r"Шаг (\d+)-(\d+)\b")


@cache
def policy(due_on: date) -> tuple[date, ...]:
    """All days with a reminder of a step that is due then, until the end of the year."""
    return tuple(slow_model(due_on, date(2026, 1, 1), ENDS + timedelta(days=40), QUIET))


@dataclass(slots=True)
class ModelStep:
    """A step as the model knows it; reminders up to `after` are told or void."""

    id: int
    due_on: date
    after: date
    open: bool = True

    def untold(self, today: date) -> list[date]:
        """Days whose reminders are open."""
        return [day for day in policy(self.due_on) if self.after < day <= today] if self.open else []


@dataclass(slots=True)
class ModelTeacher:
    """A teacher as the model knows them; `rest` are the first and the last day of a pause, None: not known."""

    number: int
    chat: int
    route_id: int
    person_id: int
    zone: ZoneInfo
    hour: int
    mentored: bool
    steps: list[ModelStep]
    rest: tuple[date, date | None] | None = None
    blocked: bool = False
    told_today: int = 0
    hindered: bool = False
    """Whether something happened today that excuses the bot: it or they were away, or their route changed."""

    def rests(self, today: date) -> bool:
        return self.rest is not None and self.rest[0] <= today


@dataclass(slots=True)
class Model:
    """Follows the year tick by tick; `wrong` tells of everything that should not have been."""

    teachers: dict[int, ModelTeacher]
    zones: dict[int, ZoneInfo] = field(default_factory=dict)
    after_outage: bool = False
    due: int = 0
    told: int = 0
    void: int = 0
    messages: int = 0
    twice: int = 0
    wrong: list[str] = field(default_factory=list)
    others: Counter[tuple[int, date]] = field(default_factory=Counter)
    heard_late: dict[tuple[int, int], date] = field(default_factory=dict)
    escalations: int = 0
    digests: int = 0

    def drop(self, step: ModelStep, today: date) -> None:
        """What is open of the step is void: it is finished, or has another term."""
        count = len(step.untold(today))
        self.due += count
        self.void += count

    def hear(self, now: datetime, chat: int, text: str, *, killed: bool) -> None:
        """A message has been sent."""
        teacher = self.teachers.get(chat)
        local = now.astimezone(teacher.zone if teacher else self.zones[chat])
        if not QUIET.allows(local):
            self._fault(f"{chat} is disturbed at {local}")
        if teacher is None:
            self._hear_other(local.date(), chat, text, killed=killed)
            return
        named = [(int(number), int(step)) for number, step in _NAMED.findall(text)]
        if not named or {number for number, _ in named} != {teacher.number}:
            self._fault(f"{chat} is told of {named}")
        teacher.told_today += 1
        if teacher.told_today > 1:
            if not killed:
                self._fault(f"{chat} is told {teacher.told_today} times on {local.date()}")
            self.twice += 1
            return
        self.messages += 1
        self._tell(teacher, [teacher.steps[step] for _, step in named], local.date())

    def _tell(self, teacher: ModelTeacher, steps: list[ModelStep], today: date) -> None:
        if teacher.rests(today) or teacher.blocked:
            self._fault(f"{teacher.chat} is told on {today} though they rest or have blocked")
        found = 0
        for step in steps:
            if not step.open:
                self._fault(f"{teacher.chat} is told on {today} of a finished step {step.id}")
            if step.due_on < today:
                self.heard_late.setdefault((teacher.number, teacher.steps.index(step)), today)
            found += len(step.untold(today))
            step.after = max(step.after, today)
        # What waited for the line may have lost its reason to a new term meanwhile.
        if not found and not self.after_outage:
            self._fault(f"{teacher.chat} is told on {today} of nothing new")
        self.due += found
        self.told += found

    def _hear_other(self, today: date, chat: int, text: str, *, killed: bool) -> None:
        """Mentors once a day and after the teacher, curators once a week."""
        digest = "Сводка недели" in text
        day = today - timedelta(days=today.weekday()) if digest else today
        self.others[chat, day] += 1
        if self.others[chat, day] > 1:
            if not killed:
                self._fault(f"{chat} is told twice on {today}")
            self.twice += 1
            return
        if digest:
            self.digests += 1
            return
        self.escalations += 1
        for number, place in ((int(number), int(step)) for number, step in _NAMED.findall(text)):
            teacher = self.teachers[1000 + number]
            step = teacher.steps[place]
            if not step.open or teacher.rests(today) or (today - step.due_on).days < 5:
                self._fault(f"a mentor is told on {today} of step {number}-{place}, due {step.due_on}")
            heard = self.heard_late.get((number, place))
            if not teacher.blocked and (heard is None or heard >= today):
                self._fault(f"a mentor is told on {today} of {number}-{place} before the teacher, {heard}")

    def end_day(self, today: date) -> None:
        """The day is over where teachers live: whatever could be told today must have been."""
        for teacher in self.teachers.values():
            able = not teacher.hindered and not teacher.rests(today) and not teacher.blocked
            if able and not QUIET.rests(today) and not teacher.told_today:
                for step in teacher.steps:
                    if lost := step.untold(today):
                        self._fault(f"{teacher.chat} was not told by {today} of step {step.id}: {lost}")
                        step.after = today
            teacher.told_today = 0
            teacher.hindered = False

    def untold(self, today: date) -> int:
        """Reminders that are open still."""
        return sum(len(step.untold(today)) for teacher in self.teachers.values() for step in teacher.steps)

    def _fault(self, words: str) -> None:
        self.wrong.append(words)
