"""Who can be written to, and where."""

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, func, select

from storage.tables import accounts, consents, people


def reachable(person_id: ColumnElement[int], consent: str | None) -> ColumnElement[bool]:
    """Whether the person is registered, agrees to that version of the consent, and has an account to write to.

    With None any version of the consent will do.
    """
    registered = people.alias("registered")
    return and_(
        exists().where(registered.c.id == person_id, registered.c.registered_at.is_not(None)),
        agrees(person_id, consent),
        exists().where(accounts.c.person_id == person_id, accounts.c.blocked_at.is_(None)),
    )


def agrees(person_id: ColumnElement[int], consent: str | None) -> ColumnElement[bool]:
    """Whether a consent of that version, with None of any, is in force."""
    in_force = [consents.c.person_id == person_id, consents.c.revoked_at.is_(None)]
    if consent is not None:
        in_force.append(consents.c.version == consent)
    return exists().where(*in_force)


def newest_account(person_id: ColumnElement[int]) -> ScalarSelect[int]:
    """The last account of the person that has not blocked the bot."""
    return (
        select(func.max(accounts.c.id))
        .where(accounts.c.person_id == person_id, accounts.c.blocked_at.is_(None))
        .scalar_subquery()
    )
