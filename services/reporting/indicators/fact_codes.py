"""Codes of facts that indicators may be computed from: the list in services/reporting/facts.py, to check by."""

import re

SUM = "sum."
"""Begins the codes of facts that are added up over the schools of a place, one for every other code."""

_CODES = frozenset(
    """
    schools schools.curated schools.model
    teachers teachers.joined teachers.early mentors
    deficits.found boyko.schools boyko.high courses.asked courses.need
    iom.people iom.people.deficits iom.people.growth iom.developed iom.took_part iom.early iom.early.finished
    iom.drafted iom.agreed iom.finished iom.cancelled iom.in_progress iom.waiting iom.overdue
    steps.planned steps.overdue steps.handed_in steps.confirmed
    courses.recommended courses.done
    early.mentored
    pairs.worked pairs.met pairs.open pairs.formed pairs.completed pairs.closed_early pairs.silent
    pairs.form.teacher_teacher pairs.form.leader_teacher
    pairs.stage.1 pairs.stage.2 pairs.stage.3 pairs.stage.none
    pairs.other.forms pairs.other.leader_teacher pairs.other.teacher_pupil pairs.other.pupil_pupil
    pairs.other.student_pupil pairs.other.employer_pupil
    meetings.held meetings.minutes meetings.timed meetings.confirmed
    funnel.requests funnel.proposed funnel.approved funnel.met funnel.completed requests.waiting
    staffing.forms staffing.posts staffing.need staffing.headcount staffing.under_35 staffing.vacancies
    staffing.age_sum staffing.age_people
    documents.forms documents.p documents.o documents.r documents.a documents.i documents.complete
    network.forms network.teachers network.headcount network.schools
    events.planned events.held events.cancelled events.signed_up events.attended events.rated events.rating
    """.split()
)
_PUBLISHED = frozenset({"deficits.found", "boyko.high", "courses.asked", "courses.need"})
_TESTS = (
    "deficits",
    "courses",
    "adaptation",
    "mentee_satisfaction",
    "mentor_satisfaction",
    "pair_comfort",
    "boyko",
)
_PARTICIPATION = ("invited", "finished")
_OF_TEST = re.compile(rf"(?P<test>{'|'.join(_TESTS)})\.(?P<what>[a-z_]+)(?:\.[a-z_]+)?")


def known(code: str) -> bool:
    """Whether there is such a fact. Levels of tests are known by their form alone."""
    code = code.removeprefix(SUM)
    return code in _CODES or _OF_TEST.fullmatch(code) is not None


def test_of(code: str) -> str:
    """The instrument that the fact is counted in; empty for other facts."""
    found = None if code in _CODES - _PUBLISHED else _OF_TEST.fullmatch(code)
    return found["test"] if found else ""


def published(code: str) -> bool:
    """Whether the fact is published of whole portions only: what people answered, never a count of those asked."""
    if code in _PUBLISHED:
        return True
    found = _OF_TEST.fullmatch(code)
    return found is not None and code not in _CODES and found["what"] not in _PARTICIPATION
