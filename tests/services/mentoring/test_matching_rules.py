"""Rules of matching one by one, and the weights that an operator may set."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from services.mentoring.rules import DISQUALIFYING
from services.mentoring.scoring import CODES, SCORING
from services.mentoring.subjects import subjects
from services.mentoring.weights import OURS, WeightsError, load_weights
from tests.services.mentoring.matching_people import Case, cases


@settings(max_examples=100, deadline=None)
@given(case=cases(5))
def test_a_rule_says_of_all_pairs_at_once_what_it_says_of_each(case: Case) -> None:
    mentors, mentees, facts = case
    for forbidding in DISQUALIFYING:
        marks = forbidding.marks(mentors, mentees, facts)
        assert marks.shape == (len(mentees), len(mentors))
        assert marks.tolist() == [[forbidding.forbids(one, other, facts) for one in mentors] for other in mentees]
    for scoring in SCORING:
        table = scoring.table(mentors, mentees)
        assert table.shape == (len(mentees), len(mentors))
        assert table.tolist() == [[scoring.points(one, other) for one in mentors] for other in mentees]


@settings(max_examples=100, deadline=None)
@given(case=cases(5))
def test_points_are_whole_and_from_0_to_100_and_every_point_has_words(case: Case) -> None:
    mentors, mentees, _ = case
    for one in mentors:
        for other in mentees:
            for scoring in SCORING:
                points = scoring.points(one, other)
                assert isinstance(points, int)
                assert 0 <= points <= 100
                assert not points or scoring.words(one, other)


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("Физика и математика", {"физика", "математика"}),
        ("алгебра, геометрия", {"математика"}),
        ("Русский язык и литература", {"русский язык", "литература"}),
        ("ИЗО", {"изобразительное искусство"}),
        ("  ", set()),
    ],
)
def test_subjects_are_read_as_people_write_them(words: str, read: set[str]) -> None:
    assert subjects(words) == read


def weights_file(folder: Path, **changes: object) -> Path:
    lines = {code: load_weights(OURS).of[code] for code in CODES} | changes
    path = folder / "weights.yaml"
    path.write_text("".join(f"{code}: {weight}\n" for code, weight in lines.items() if weight is not None))
    return path


def test_an_operator_may_set_weights_of_their_own(tmp_path: Path) -> None:
    weights = load_weights(weights_file(tmp_path, subject=46, strengths=0))
    assert weights.of["subject"] == 46
    assert sum(weights.of.values()) == 100


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"subject": None}, "нет веса правила subject: добавьте строку «subject: …»"),
        ({"subject": -1}, "subject: нужно целое число от 0 до 100, а не -1"),
        ({"subject": "много"}, "subject: нужно целое число от 0 до 100, а не 'много'"),
        ({"subject": "yes"}, "subject: нужно целое число от 0 до 100, а не True"),
        ({"subject": 30}, "сумма весов — 108, а должна быть 100: поправьте числа"),
        ({"height": 1}, "правила height нет: уберите строку или выберите из "),
    ],
)
def test_a_file_that_cannot_be_used_says_in_russian_how_to_mend_it(
    tmp_path: Path, changes: dict[str, object], told: str
) -> None:
    path = weights_file(tmp_path, **changes)
    with pytest.raises(WeightsError) as caught:
        load_weights(path)
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].startswith(told)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"- 1", b"a: [", b"\xff\xfe\x00"])
def test_a_file_that_is_no_list_of_weights_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "weights.yaml"
    path.write_bytes(content)
    with pytest.raises(WeightsError):
        load_weights(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="файл не читается"):
        load_weights(tmp_path / "nothing.yaml")
