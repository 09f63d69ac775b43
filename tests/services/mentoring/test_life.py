"""Small rules of the life of a pair: its form, its questionnaires, what it needs, what is said of its end."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.diagnostics.session import Session, State
from services.mentoring.life import readiness
from services.mentoring.life.forms import form_of
from services.mentoring.life.groups import Need, by_need, need_of
from services.mentoring.life.pausing import may_end
from services.mentoring.life.ports import PairLine
from services.mentoring.life.surveys import PairSurvey, comfort_began, is_due
from services.mentoring.life.wording import END_REASONS, HAPPENINGS, end_words
from services.mentoring.pair import EndReason, Pair, PairForm, PairHappening, PairState
from services.people.model import Grant, Kind, Organisation, Role
from tests.town import TUESDAY

TODAY = TUESDAY.date()
KAMCHATKA = ZoneInfo("Asia/Kamchatka")
SCHOOL = Organisation(2, Kind.SCHOOL, "Школа № 1", 1)
OTHER = Organisation(3, Kind.SCHOOL, "Школа № 2", 1)


def line(number: int, state: PairState, *, met: date | None = None, asked: bool = False) -> PairLine:
    return PairLine(
        id=number,
        state=state,
        form=PairForm.TEACHER_TEACHER,
        turn=0,
        mentor_id=10,
        mentor="Опытова Вера",
        mentee_id=20 + number,
        mentee="Новикова Анна",
        school_id=2,
        school="Школа № 1",
        mentor_agreed=True,
        mentee_agreed=False,
        started_on=TODAY - timedelta(days=60),
        ended_on=None,
        end_reason=None,
        last_met_on=met,
        paused_until=None,
        end_asked=asked,
    )


def pair(state: PairState, ended_on: date | None = None) -> Pair:
    moment = datetime.combine(TODAY, datetime.min.time())
    return Pair(1, 10, 20, 2, PairForm.TEACHER_TEACHER, state, moment, moment, ended_on=ended_on)


def test_only_a_curator_of_the_mentees_own_school_leads_as_a_leader() -> None:
    assert form_of([Grant(Role.CURATOR, SCHOOL)], SCHOOL) is PairForm.LEADER_TEACHER
    for grants in ([Grant(Role.CURATOR, OTHER)], [Grant(Role.MENTOR, SCHOOL)], []):
        assert form_of(grants, SCHOOL) is PairForm.TEACHER_TEACHER


def test_what_is_most_pressing_comes_first() -> None:
    lines = [
        line(1, PairState.PAUSED),
        line(2, PairState.PROPOSED),
        line(3, PairState.ACTIVE, met=TODAY - timedelta(days=14)),
        line(4, PairState.APPROVED),
        line(5, PairState.ACTIVE, met=TODAY - timedelta(days=13)),
        line(6, PairState.ACTIVE, met=TODAY, asked=True),
    ]
    assert [each.id for each in by_need(lines, TODAY, 14, KAMCHATKA)] == [6, 4, 3, 2, 1, 5]
    assert need_of(line(7, PairState.PAUSED, met=TODAY - timedelta(days=90)), TODAY, 14, KAMCHATKA) is Need.NOTHING


def test_a_pair_fresh_from_a_pause_is_not_silent_yet() -> None:
    # In UTC it is still the day before.
    morning = datetime.combine(TODAY, datetime.min.time(), KAMCHATKA) + timedelta(hours=9)
    rested = replace(line(1, PairState.ACTIVE, met=TODAY - timedelta(days=90)), resumed_at=morning)
    assert need_of(rested, TODAY + timedelta(days=13), 14, KAMCHATKA) is Need.NOTHING
    assert need_of(rested, TODAY + timedelta(days=14), 14, KAMCHATKA) is Need.SILENT


def test_who_has_told_after_the_end_is_asked_no_more_wherever_they_live() -> None:
    # In UTC both moments are of the day before.
    ended = datetime.combine(TODAY, datetime.min.time(), KAMCHATKA) + timedelta(hours=9)
    done = pair(PairState.COMPLETED, TODAY)
    for hours, asked in ((-1, True), (1, False)):
        at = (ended + timedelta(hours=hours)).astimezone(UTC)
        told = Session(1, 20, "mentee_satisfaction", "1", None, "", 0, 0, State.FINISHED, at, at)
        assert is_due(done, PairSurvey.MENTEE, [told], TODAY, ended) is asked


def test_satisfaction_is_asked_about_after_the_end_and_not_for_ever() -> None:
    done = pair(PairState.COMPLETED, TODAY)
    assert is_due(done, PairSurvey.MENTEE, [], TODAY, TUESDAY)
    assert not is_due(done, PairSurvey.MENTEE, [], TODAY + timedelta(days=61), TUESDAY)
    assert not is_due(done, PairSurvey.COMFORT, [], TODAY, TUESDAY)
    assert not is_due(pair(PairState.ACTIVE), PairSurvey.MENTOR, [], TODAY, None)
    assert is_due(pair(PairState.ACTIVE), PairSurvey.COMFORT, [], TODAY, None)


def test_a_day_on_which_nobody_could_be_asked_about_comfort_is_made_up_for() -> None:
    began = TODAY - timedelta(days=30)
    numbers = [comfort_began(TODAY + timedelta(days=late)).get(began) for late in (-1, 0, 6, 7, 90)]
    assert numbers == [None, 0, 0, None, 1]


def test_nobody_reads_that_the_other_one_wanted_to_end() -> None:
    assert end_words(EndReason.MENTEE_ASKED, to_mentee=True) == "по просьбе наставляемого"
    assert end_words(EndReason.MENTEE_ASKED, to_mentor=True) == "по решению куратора"
    assert end_words(EndReason.MENTOR_ASKED, to_mentee=True) == "по решению куратора"
    assert end_words(EndReason.MENTOR_ASKED) == "по просьбе наставника"


def test_everything_that_may_happen_has_words() -> None:
    assert set(HAPPENINGS) == set(PairHappening)
    assert set(END_REASONS) == set(EndReason)


@pytest.mark.parametrize("digits", ["", "0", "00000", "0000000", "000004", "00000a", "00000²"])
def test_half_an_evaluation_is_none(digits: str) -> None:
    assert readiness.levels_of(digits) is None


def test_the_mentee_reads_the_evaluation_in_kind_words() -> None:
    levels = readiness.levels_of("012312")
    assert levels is not None
    told = readiness.for_mentee(levels)
    assert told[0].endswith("есть чем поделиться с коллегами")
    assert told[-1].endswith("здесь пока нужна поддержка коллег")
    assert readiness.for_mentee({"gone": 3}) == []


def test_a_pause_ends_within_a_year() -> None:
    assert may_end(TODAY, TODAY)
    assert not may_end(TODAY - timedelta(days=1), TODAY)
    assert not may_end(TODAY + timedelta(days=366), TODAY)
