"""The picture of a closed route."""

from dataclasses import replace
from datetime import date

import pytest

from services.charts.style import BAR, RAIL
from services.iom.model import Form, RouteKind
from services.iom.outcome import Change, Comparison, Summary
from services.iom.summary import draw_summary
from tests.services.charts import drawn

LEVELS = ("уверенное владение", "отдельные затруднения", "дефицит")


def changed(title: str, before: float, after: float) -> Change:
    was, is_now = (LEVELS[(points >= 7) + (points >= 11)] for points in (before, after))
    return Change(title, title, before, after, 18, was, is_now)


SUMMARY = Summary(
    name="Ветрова Анна Игоревна",
    school="Школа № 1",
    kind=RouteKind.DEFICITS,
    begun_on=date(2026, 9, 12),
    ended_on=date(2027, 5, 20),
    done=3,
    total=4,
    forms=((Form.WEBINAR, 2), (Form.COURSE, 1)),
    comparison=Comparison(
        date(2026, 9, 5),
        date(2027, 5, 25),
        (changed("Цифровые компетенции", 14, 8), changed("Психолого-педагогические компетенции", 18, 0)),
    ),
)


def test_it_says_who_what_and_how_it_has_changed() -> None:
    assert drawn.faults(draw_summary(SUMMARY)) == []
    told = drawn.words()
    for words in (
        "Итоги маршрута",
        "для устранения дефицитов",
        SUMMARY.name,
        SUMMARY.school,
        "12.09.2026 – 20.05.2027",
        "3",
        "из 4 мероприятий выполнено",
        "Вебинар",
        "2",
        "было, 05.09.2026",
        "стало, 25.05.2027",
        "14 → 8",
        "дефицит → отдельные затруднения",
        "18 → 0",
    ):
        assert words in told


def test_the_bar_shows_the_share_that_was_done() -> None:
    draw_summary(replace(SUMMARY, comparison=None))
    [done], [whole] = drawn.boxes(BAR), drawn.boxes(RAIL)
    assert done[2] / whole[2] == pytest.approx(3 / 4)
    assert not any("Диагностика" in words for words in drawn.words())


@pytest.mark.parametrize(
    "summary",
    [
        pytest.param(replace(SUMMARY, total=0, done=0, forms=(), comparison=None), id="nothing was left to do"),
        pytest.param(replace(SUMMARY, name="Константинопольская-Преображенская Александра " * 2), id="long name"),
        pytest.param(replace(SUMMARY, school="Школа имени первого учителя " * 6), id="long school"),
        pytest.param(replace(SUMMARY, name="Анна \N{GRINNING FACE} <b>$x^2$", school="№ «»"), id="odd characters"),
        pytest.param(
            replace(SUMMARY, done=20, total=20, forms=tuple((form, 2) for form in Form)), id="every form"
        ),
        pytest.param(
            replace(
                SUMMARY,
                comparison=Comparison(
                    date(2026, 9, 5),
                    date(2027, 5, 25),
                    tuple(changed(f"{'Очень длинная область ' * 3}{n}", 18 - n, 3.3 * n) for n in range(6)),
                ),
            ),
            id="six long domains",
        ),
    ],
)
def test_nothing_overlaps_nor_runs_over_the_rim(summary: Summary) -> None:
    assert drawn.faults(draw_summary(summary)) == []


def test_one_step_is_in_its_form() -> None:
    draw_summary(replace(SUMMARY, done=1, total=1))
    assert "из 1 мероприятия выполнено" in drawn.words()
    draw_summary(replace(SUMMARY, done=11, total=11))
    assert "из 11 мероприятий выполнено" in drawn.words()
