"""All tables. Core only: busy statements are prebuilt, and values come back as frozen dataclasses."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.types import BigId, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

organisations = Table(
    "organisations",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("parent_id", BigId, ForeignKey("organisations.id")),
    Column("name", String(200), nullable=False),
    UniqueConstraint("parent_id", "name"),
    CheckConstraint("kind IN ('region', 'municipality', 'school')", name="kind"),
)

people = Table(
    "people",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("full_name", String(200), nullable=False),
    Column("position", String(100), nullable=False),
    Column("subject", String(100), nullable=False),
    Column("years_of_work", Integer),
    Column("birth_year", Integer),
    Column("created_at", UtcDateTime, nullable=False),
    Column("registered_at", UtcDateTime),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    Column("channel", String(16), nullable=False),
    Column("external_id", BigId, nullable=False),
    Column("blocked_at", UtcDateTime),
    UniqueConstraint("channel", "external_id"),
)

consents = Table(
    "consents",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False),
    Column("version", String(16), nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    # One consent in force a person: the check on every tap reads this index alone.
    Index(
        "uq_consents_in_force",
        "person_id",
        unique=True,
        sqlite_where=text("revoked_at IS NULL"),
        postgresql_where=text("revoked_at IS NULL"),
    ),
)

roles = Table(
    "roles",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("organisation_id", BigId, ForeignKey("organisations.id"), nullable=False),
    Column("granted_at", UtcDateTime, nullable=False),
    UniqueConstraint("person_id", "role", "organisation_id"),
    Index("ix_roles_organisation_id_role", "organisation_id", "role"),
    CheckConstraint("role IN ('teacher', 'mentor', 'curator', 'methodist')", name="role"),
)

invites = Table(
    "invites",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("organisation_id", BigId, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("max_uses", Integer, nullable=False),
    Column("used", Integer, nullable=False, server_default="0"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    CheckConstraint("used <= max_uses", name="seats"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("external_id", BigId, primary_key=True, autoincrement=False),
    Column("step", String(64), nullable=False),
    Column("data", JSON, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

wordings = Table(
    "wordings",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("instrument", String(32), nullable=False),
    Column("version", String(16), nullable=False),
    Column("title", String(200), nullable=False),
    Column("texts", JSON, nullable=False),
    Column("loaded_at", UtcDateTime, nullable=False),
)

survey_sessions = Table(
    "survey_sessions",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False),
    Column("instrument", String(32), nullable=False),
    Column("version", String(16), nullable=False),
    Column("wording_id", BigId, ForeignKey("wordings.id")),
    Column("answers", Text, nullable=False),
    # Every accepted move (an answer, a step back) adds one; a button made for another turn changes nothing.
    Column("turn", Integer, nullable=False, server_default="0"),
    # Number of the item shown now; 0 when none is left.
    Column("position", Integer, nullable=False, server_default="1"),
    Column("state", String(16), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    CheckConstraint("state IN ('in_progress', 'finished', 'stopped')", name="state"),
    Index("ix_survey_sessions_instrument_state_person_id_id", "instrument", "state", "person_id", "id"),
    Index(
        "uq_survey_sessions_open",
        "person_id",
        "instrument",
        unique=True,
        sqlite_where=text("state = 'in_progress'"),
        postgresql_where=text("state = 'in_progress'"),
    ),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("key", String(100), nullable=False, unique=True),
    Column("account_id", BigId, ForeignKey("accounts.id"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("state", String(16), nullable=False, server_default="pending"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("reason", String(200)),
    CheckConstraint("state IN ('pending', 'sending', 'sent', 'failed')", name="state"),
    Index("ix_outbox_state_not_before", "state", "not_before"),
)

handled_updates = Table(
    "handled_updates",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("update_id", BigId, primary_key=True, autoincrement=False),
    Column("handled_at", UtcDateTime, nullable=False, index=True),
)
