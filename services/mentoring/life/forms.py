"""Which form of mentoring a pair is of."""

from collections.abc import Iterable

from services.mentoring.pair import PairForm
from services.people.model import Grant, Organisation, Role


def form_of(mentor_grants: Iterable[Grant], school: Organisation) -> PairForm:
    """Leader and teacher when the mentor is a curator of the mentee's school, else teacher and teacher."""
    leads = any(grant.role is Role.CURATOR and grant.organisation.id == school.id for grant in mentor_grants)
    return PairForm.LEADER_TEACHER if leads else PairForm.TEACHER_TEACHER
