"""Consent to the processing of personal data: asked before any question, versioned, revocable."""

from services.people.model import Person

CONSENT_VERSION = "1"
"""Raised whenever the text of the consent changes; an older consent is then asked for again."""


def in_force(person: Person | None) -> bool:
    """Whether the person agreed to the present text."""
    return person is not None and person.consent_version == CONSENT_VERSION
