"""The terms on which this service proposes pairs."""

from datetime import datetime

from handlers.visit import Desk
from services.mentoring.pairing.sending import Terms


def terms_of(desk: Desk, now: datetime) -> Terms:
    """The operator's settings, as the rules about proposing want them."""
    policy = desk.mentoring
    return Terms(policy.answer_days, desk.consent.version, desk.zone, desk.quiet, now, policy.chief_may_mentor)
