"""Results of diagnoses in aggregate: levels by factor, symptoms, answers to questions that are not scored."""

from services.reporting.facts import Taking
from services.reporting.groups.model import Choice, Frequency, GroupResults
from services.reporting.note.model import Counted, Grid, Question, Row, Test
from services.reporting.shares import share
from services.reporting.statement.model import Statement

_SYMPTOMS = "Выраженные симптомы (сложившиеся и доминирующие)"
_DEFICITS = "Области, в которых найден дефицит"
_NO_LEVELS = Grid((), (), "")


def tests(statement: Statement) -> tuple[Test, ...]:
    """One part for each taking that belongs to the period, also for those whose results are withheld."""
    return tuple(_test(taking, statement.min_group) for taking in statement.takings)


def _test(taking: Taking, min_group: int) -> Test:
    results = taking.results
    about = f"{taking.wave_title}."
    if results is None:
        return Test(taking.title, about, _silence(taking, min_group), _NO_LEVELS, "", (), ())
    about += f" Посчитанных результатов: {results.people}."
    if results.with_deficits is not None:
        found = results.with_deficits
        about += (
            f" Хотя бы один дефицит найден у {found.count} из {found.people} ({share(found.count, found.people)})."
        )
    if taking.withheld:
        about += (
            f" Не учтены: прошли до конца, но ещё не вошли в группу от {min_group} человек — {taking.withheld}; "
            "меньшие группы не показываются, чтобы нельзя было узнать ответы отдельных людей."
        )
    return Test(
        title=taking.title,
        about=about,
        silence="",
        levels=_levels(results),
        symptoms_title=_DEFICITS if results.with_deficits is not None else _SYMPTOMS,
        symptoms=tuple(_symptom(each) for each in sorted(results.symptoms, key=_rarity)),
        questions=tuple(_question(each) for each in results.choices),
    )


def _silence(taking: Taking, min_group: int) -> str:
    if not taking.withheld:
        return "Нет данных: до конца пока никто не прошёл."
    if taking.anonymous and taking.withheld >= min_group:
        return "Результаты скрыты: опрос анонимный, его общий итог появится после завершения."
    return (
        f"Результаты скрыты: до конца прошли {taking.withheld}, а показать можно группу не меньше {min_group} "
        "человек. По маленькой группе можно узнать ответы отдельных людей."
    )


def _levels(results: GroupResults) -> Grid:
    return Grid(
        results.level_titles,
        tuple(
            Row(factor.title, tuple(f"{count} ({share(count, factor.people)})" for count in factor.counts))
            for factor in results.factors
            if factor.people
        ),
        "",
    )


def _rarity(symptom: Frequency) -> int:
    return -symptom.count


def _symptom(symptom: Frequency) -> Counted:
    return Counted(symptom.title, str(symptom.count), share(symptom.count, symptom.people))


def _question(choice: Choice) -> Question:
    told = [f"{title}: {count} ({share(count, choice.people)})" for title, count in choice.options]
    return Question(choice.question, "\n".join(told))
