"""Programs of pairs without a chat: templates, terms of stages, days of reminders."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.delivery.quiet import Quiet
from services.mentoring.programs import schedule, staging
from services.mentoring.programs.beginning import made
from services.mentoring.programs.program import Program, Stage, StageNumber, present
from services.mentoring.programs.templates import (
    Audience,
    Template,
    TemplatesError,
    fitting,
    load_templates,
    shipped,
)
from services.mentoring.programs.wording import stage_line
from services.people.model import Profile

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31))
CONTROL = StageNumber.CONTROL


def a_program(template: Template, begins: date = TODAY) -> tuple[Program, list[Stage]]:
    return made(1, template, begins, begins, None)


def teacher(years: int | None, birth_year: int) -> Profile:
    return Profile("Лугин Олег Игоревич", "Учитель", "Физика", years, birth_year, known_on=TODAY)


@pytest.mark.parametrize(
    ("years", "birth_year", "audience"),
    [
        (0, 2001, Audience.FIRST_YEAR),
        (0, 1975, Audience.FIRST_YEAR),
        (2, 1980, Audience.EARLY),
        (8, 1995, Audience.EARLY),
        (None, 1999, Audience.EARLY),
        (12, 1976, Audience.OTHERS),
    ],
)
def test_a_program_begins_with_what_fits_the_mentee(
    years: int | None, birth_year: int, audience: Audience
) -> None:
    assert fitting(shipped(), teacher(years, birth_year), TODAY).audience is audience


def test_of_whom_nothing_is_known_gets_the_general_one() -> None:
    assert fitting(shipped(), None, TODAY).audience is Audience.OTHERS


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (date(2026, 9, 1), date(2027, 5, 31)),
        (date(2026, 11, 24), date(2027, 5, 31)),
        # The school year is over too soon: the program goes on in the next one.
        (date(2027, 4, 5), date(2027, 12, 30)),
    ],
)
def test_the_first_year_goes_on_until_the_end_of_the_school_year(begins: date, ends: date) -> None:
    template = fitting(shipped(), teacher(0, 2001), begins)
    assert a_program(template, begins)[0].ends_on == ends


@given(DAYS, st.sampled_from(shipped()))
def test_stages_are_in_order_on_working_days_and_no_program_is_short(begins: date, template: Template) -> None:
    program, stages = a_program(template, begins)
    ends = [stage.ends_on for stage in stages]
    assert begins < ends[0] < ends[1] < ends[2] == program.ends_on
    assert (program.ends_on - begins).days >= 80
    workdays = Quiet(saturdays=True)
    assert not any(workdays.rests(day) for day in ends)
    assert program.ends_on.month not in (6, 7, 8)


@given(DAYS, st.integers(0, 400))
def test_reminders_come_a_week_before_and_on_the_day_when_something_is_sent(ends_on: date, before: int) -> None:
    quiet, told, after = Quiet(), [], ends_on - timedelta(days=before)
    while (day := schedule.next_day(ends_on, after, quiet)) is not None:
        told.append(day)
        after = day
    assert len(told) <= 2
    assert not any(quiet.rests(day) for day in told)
    assert all(day <= ends_on for day in told)
    if before > 30:
        assert told[-1] == quiet.open_day_before(ends_on)
        assert told[0] == schedule.first_day(ends_on, quiet)


@given(DAYS, st.sampled_from(StageNumber), st.integers(1, 500))
def test_a_longer_stage_leaves_the_stages_in_order(begins: date, number: StageNumber, days: int) -> None:
    _, stages = a_program(shipped()[0], begins)
    day = stages[number - 1].ends_on + timedelta(days=days)
    later = staging.moved(stages, number, day)
    ends = [stage.ends_on for stage in later]
    assert ends == sorted(set(ends))
    assert ends[number - 1] == day
    assert [stage.ends_on for stage in later[: number - 1]] == [stage.ends_on for stage in stages[: number - 1]]


def test_a_stage_that_ends_sooner_moves_nothing_else() -> None:
    _, stages = a_program(shipped()[0])
    later = staging.moved(stages, StageNumber.MAIN, stages[1].ends_on - timedelta(days=5))
    assert later[2].ends_on == stages[2].ends_on


def test_where_the_pair_stands_is_one_line() -> None:
    program, stages = a_program(shipped()[0])
    first = stages[0].ends_on
    assert stage_line(program, stages, TODAY) == f"адаптационный этап, до {first:%d.%m.%Y}"
    assert stage_line(program, stages, TODAY, lambda day: f"{day.day} мая").endswith(f"до {first.day} мая")
    assert "завершается сегодня" in stage_line(program, stages, first)
    late = stage_line(program, stages, first + timedelta(days=1))
    assert late == f"адаптационный этап, ждёт подтверждения наставника с {first:%d.%m.%Y}"
    done = [Stage(1, stage.number, stage.ends_on, done_on=stage.ends_on) for stage in stages]
    assert present(done) is None
    assert stage_line(program, done, TODAY) == "все этапы пройдены"


def test_a_file_with_mistakes_says_where_they_are(tmp_path: Path) -> None:
    path = tmp_path / "templates.yaml"
    path.write_text(
        "- {code: ours, title: Наш, for: early, goal: Цель, tasks: [Раз], directions: [dance], results: [Два],"
        " months: 6, stages: [10, 60, 30]}",
        "utf-8",
    )
    with pytest.raises(TemplatesError) as caught:
        load_templates(path)
    told = "\n".join(caught.value.problems)
    assert "template ours: directions" in told
    assert "template ours: stages" in told
    assert "no template is for others" in told
