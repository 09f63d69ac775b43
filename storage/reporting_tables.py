"""Tables of reports: plans, amounts entered by hand, facts of days, statements, what is pushed and to whom."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from storage.tables import metadata
from storage.types import BigId, UtcDateTime

# Plans of indicators; the key of a period is services.reporting.periods'.
plans = Table(
    "plans",
    metadata,
    Column("organisation_id", BigId, ForeignKey("organisations.id"), primary_key=True, autoincrement=False),
    Column("period", String(24), primary_key=True),
    Column("indicator", String(64), primary_key=True),
    # Exactly one of them is set: a number, or tenths of a per cent.
    Column("number", Integer),
    Column("share", Integer),
    CheckConstraint("(number IS NULL) <> (share IS NULL)", name="either"),
)

# What a period before the service was, as somebody knows it from papers.
given_amounts = Table(
    "given_amounts",
    metadata,
    Column("organisation_id", BigId, ForeignKey("organisations.id"), primary_key=True, autoincrement=False),
    Column("period", String(24), primary_key=True),
    Column("indicator", String(64), primary_key=True),
    Column("numerator", Float, nullable=False),
    Column("denominator", Float),
    Column("given_by", BigId, ForeignKey("people.id"), index=True),
    Column("given_at", UtcDateTime, nullable=False),
)

# Facts that only their own day can tell (how many teachers there are), by their codes.
fact_days = Table(
    "fact_days",
    metadata,
    Column("organisation_id", BigId, ForeignKey("organisations.id"), primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("facts", JSON, nullable=False),
)

# What was handed out stays as it was: figures only, no names.
statements = Table(
    "statements",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("organisation_id", BigId, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("period", String(24), nullable=False),
    # services.reporting.statement.model.Statement as JSON; NULL until it is made.
    Column("content", Text),
    Column("asked_by", BigId, ForeignKey("people.id"), index=True),
    Column("asked_at", UtcDateTime, nullable=False),
    # The event that asked for it: a job done twice leaves one.
    Column("cause", String(100), nullable=False, unique=True),
    sqlite_autoincrement=True,
)

report_choices = Table(
    "report_choices",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("organisation_id", BigId, ForeignKey("organisations.id"), nullable=False),
    Column("period", String(24), nullable=False),
)

# How often somebody wants to hear; without a row it is the usual.
push_settings = Table(
    "push_settings",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("what", String(16), primary_key=True),
    Column("how", String(16), nullable=False),
    CheckConstraint("what IN ('weekly', 'monthly', 'alerts', 'cyclogram')", name="what"),
)

# The last summary that somebody got, as a fingerprint of its figures: what has not changed is not told again.
push_marks = Table(
    "push_marks",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("what", String(16), primary_key=True),
    # The week or month, and the figures by their codes.
    Column("period", String(24), nullable=False),
    Column("figures", JSON, nullable=False),
)

# A threshold that was crossed, until it is no longer.
alerts = Table(
    "alerts",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("organisation_id", BigId, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("code", String(32), nullable=False),
    # What it is about within the organisation: a campaign's number; 0 for the organisation itself.
    Column("subject", BigId, nullable=False, server_default=text("0")),
    Column("figures", JSON, nullable=False),
    Column("raised_at", UtcDateTime, nullable=False),
    Column("cleared_at", UtcDateTime),
    Index(
        "uq_alerts_open",
        "organisation_id",
        "code",
        "subject",
        unique=True,
        sqlite_where=text("cleared_at IS NULL"),
        postgresql_where=text("cleared_at IS NULL"),
    ),
    sqlite_autoincrement=True,
)

# The last day on which thresholds were looked at in a municipality: once a day is enough.
alert_checks = Table(
    "alert_checks",
    metadata,
    Column("organisation_id", BigId, ForeignKey("organisations.id"), primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False),
)

# What of the year's cyclogram was done for a municipality: offered, prepared, written up, or declined.
cyclogram_marks = Table(
    "cyclogram_marks",
    metadata,
    Column("organisation_id", BigId, ForeignKey("organisations.id"), primary_key=True, autoincrement=False),
    # "2026-09:deficits"
    Column("monitoring", String(48), primary_key=True),
    Column("stage", String(16), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("statement_id", BigId, ForeignKey("statements.id"), index=True),
    CheckConstraint("stage IN ('offered', 'prepared', 'declined', 'written')", name="stage"),
)

# The plan of events.
events = Table(
    "events",
    metadata,
    Column("id", BigId, primary_key=True),
    # Who holds it: a municipality for its schools, or a school for itself.
    Column("organisation_id", BigId, ForeignKey("organisations.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("title", String(200), nullable=False),
    Column("held_on", Date, nullable=False),
    # "HH:MM" if an hour is known.
    Column("held_at", String(5)),
    Column("place", String(200), nullable=False, server_default=text("''")),
    Column("audience", String(16), nullable=False),
    # A member, or anybody in words.
    Column("responsible_id", BigId, ForeignKey("people.id"), index=True),
    Column("responsible", String(200), nullable=False, server_default=text("''")),
    Column("expected", Text, nullable=False, server_default=text("''")),
    # What came of it, once it was held; or why it was cancelled.
    Column("outcome", Text, nullable=False, server_default=text("''")),
    Column("state", String(16), nullable=False),
    Column("turn", Integer, nullable=False, server_default="0"),
    Column("seats", Integer),
    Column("announced_at", UtcDateTime),
    # The next day with a reminder to whoever is responsible. NULL: none.
    Column("remind_on", Date),
    Column("created_by", BigId, ForeignKey("people.id"), index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    CheckConstraint("state IN ('planned', 'held', 'cancelled')", name="state"),
    CheckConstraint("audience IN ('everybody', 'early', 'mentors', 'mentees', 'curators')", name="audience"),
    CheckConstraint("seats BETWEEN 1 AND 10000", name="seats"),
    Index("ix_events_organisation_id_held_on", "organisation_id", "held_on"),
    Index(
        "ix_events_remind_on",
        "remind_on",
        sqlite_where=text("remind_on IS NOT NULL"),
        postgresql_where=text("remind_on IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
)

event_people = Table(
    "event_people",
    metadata,
    Column("event_id", BigId, ForeignKey("events.id"), primary_key=True, autoincrement=False),
    Column("person_id", BigId, ForeignKey("people.id"), primary_key=True, autoincrement=False, index=True),
    Column("school_id", BigId, ForeignKey("organisations.id"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("signed_up_at", UtcDateTime),
    # NULL: nobody has told.
    Column("attended", Boolean),
    # What they thought of it: 1 to 5, and words.
    Column("mark", Integer),
    Column("words", Text, nullable=False, server_default=text("''")),
    CheckConstraint("state IN ('invited', 'signed_up', 'declined')", name="state"),
    CheckConstraint("mark BETWEEN 1 AND 5", name="mark"),
)
