"""What the parts of a program are called."""

from collections.abc import Callable, Sequence
from datetime import date

from services.mentoring.programs.program import Direction, Program, Stage, StageNumber, present

STAGE_TITLES = {
    StageNumber.ADAPTATION: "Адаптационный",
    StageNumber.MAIN: "Основной",
    StageNumber.CONTROL: "Контрольно-оценочный",
}
STAGE_ABOUT = {
    StageNumber.ADAPTATION: "знакомство, первые встречи и уроки, договорённости о том, как работать дальше",
    StageNumber.MAIN: "совместная работа над задачами программы: уроки, разборы, новые приёмы",
    StageNumber.CONTROL: "подведение итогов: что получилось и насколько педагог готов работать самостоятельно",
}
DIRECTION_TITLES = {
    Direction.ADAPTATION: "Адаптационная работа",
    Direction.SUPPORT: "Психологическая поддержка",
    Direction.SELF_EDUCATION: "Мотивация самообразования",
    Direction.COMMUNICATION: "Организация профессиональной коммуникации",
}
ALL_DONE = "все этапы пройдены"


def in_numbers(day: date) -> str:
    """«29.01.2027»."""
    return f"{day:%d.%m.%Y}"


def stage_name(number: StageNumber) -> str:
    """«адаптационный этап»."""
    return f"{STAGE_TITLES[number].lower()} этап"


def stage_line(
    program: Program, stages: Sequence[Stage], today: date, written: Callable[[date], str] = in_numbers
) -> str:
    """Where the pair stands in its program: «адаптационный этап, до 29.01.2027», with days `written` so."""
    stage = present(stages)
    if stage is None:
        return ALL_DONE
    return f"{stage_name(stage.number)}, {stage_term(stage, today, written)}"


def stage_term(stage: Stage, today: date, written: Callable[[date], str] = in_numbers) -> str:
    """How the end of a stage stands: «до 29.01.2027», «ждёт подтверждения наставника с 29.01.2027»."""
    if stage.done_on is not None:
        return f"завершён {written(stage.done_on)}"
    if stage.ends_on == today:
        return "завершается сегодня"
    if stage.overdue(today):
        return f"ждёт подтверждения наставника с {written(stage.ends_on)}"
    return f"до {written(stage.ends_on)}"
