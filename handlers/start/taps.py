"""Buttons of the first meeting: consent, invites, registration."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count


class ConsentTap(CallbackData, prefix="consent"):
    """What the person says to the consent: `agree`, `refuse`, `full` (read the whole text) or `short`."""

    say: str


class InviteTap(CallbackData, prefix="invite"):
    """A person who is registered takes another role (`yes`), or does not; the token is in the conversation."""

    say: str


class FieldTap(CallbackData, prefix="field"):
    """One of the suggested values of a field of the profile, by its place in the list."""

    field: str
    choice: Count


class StepTap(CallbackData, prefix="step"):
    """Go to a field of the profile: back to it, or from the check card to mend it."""

    field: str


class DoneTap(CallbackData, prefix="done"):
    """Everything on the check card is right."""
