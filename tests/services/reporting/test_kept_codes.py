"""Codes of indicators that statements may have been handed out with: none of them may go."""

from services.reporting.indicators.registry import registry

HANDED_OUT = """
    schools.count schools.curated teachers.count teachers.joined teachers.early teachers.early_share
    mentors.count deficits.coverage deficits.found deficits.technological deficits.social
    deficits.problem_solving courses.coverage courses.need iom.developed iom.people iom.for_deficits
    iom.for_growth iom.took_part iom.drafted iom.agreed iom.finished iom.cancelled iom.in_progress
    iom.waiting iom.overdue steps.confirmed steps.handed_in steps.overdue courses.recommended courses.done
    mentoring.schools pairs.worked pairs.form.teacher_teacher pairs.form.leader_teacher
    pairs.other.leader_teacher pairs.other.teacher_pupil pairs.other.pupil_pupil pairs.other.student_pupil
    pairs.other.employer_pupil pairs.stage.1 pairs.stage.2 pairs.stage.3 pairs.stage.none pairs.formed
    pairs.completed pairs.closed_early pairs.met pairs.silent meetings.held meetings.per_pair
    meetings.minutes meetings.confirmed funnel.requests requests.waiting funnel.proposed funnel.approved
    mentee_satisfaction.coverage mentee_satisfaction.high mentor_satisfaction.coverage
    mentor_satisfaction.high pair_comfort.coverage pair_comfort.high documents.complete documents.p
    documents.o documents.r documents.a documents.i early.mentored early.routed early.finished
    adaptation.coverage adaptation.conditions adaptation.teaching adaptation.team adaptation.confidence
    staffing.forms staffing.posts staffing.need staffing.headcount staffing.vacancies staffing.under_35
    staffing.age events.held events.held_share events.cancelled events.signed_up events.attended
    events.rating network.coverage network.teachers network.schools boyko.coverage boyko.tension
    boyko.resistance boyko.exhaustion boyko.schools boyko.high
""".split()


def test_a_figure_that_was_handed_out_has_its_indicator() -> None:
    assert set(HANDED_OUT) <= {indicator.code for indicator in registry().all}
