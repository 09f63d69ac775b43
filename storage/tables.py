"""All tables. Core only: busy statements are prebuilt, and values come back as frozen dataclasses."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
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
    # An IANA name; NULL: as of the organisation above, and at the top as in the settings.
    Column("timezone", String(40)),
    UniqueConstraint("parent_id", "name"),
    # NULL parents are all different to the constraint above.
    Index(
        "uq_organisations_top",
        "kind",
        "name",
        unique=True,
        sqlite_where=text("parent_id IS NULL"),
        postgresql_where=text("parent_id IS NULL"),
    ),
    CheckConstraint("kind IN ('region', 'municipality', 'school')", name="kind"),
)

# A number that somebody has had is never given to another: old buttons and the audit log still speak of it.
people = Table(
    "people",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("full_name", String(200), nullable=False),
    # The name in the one spelling that rosters are matched by.
    Column("name_key", String(200), nullable=False, server_default=text("''")),
    Column("position", String(100), nullable=False),
    Column("subject", String(100), nullable=False),
    Column("years_of_work", Integer),
    Column("birth_year", Integer),
    Column("category", String(32), nullable=False, server_default=text("''")),
    # The day that `years_of_work` was true on.
    Column("profile_on", Date),
    # The hour of the day from which reminders are welcome; NULL: the usual one.
    Column("reminder_hour", Integer),
    # Who brought the record: a roster, or the person in chat.
    Column("origin", String(16), nullable=False, server_default="chat"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("registered_at", UtcDateTime),
    Index("ix_people_name_key", "name_key"),
    sqlite_autoincrement=True,
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
    # Reports count people of schools by their roles in this index alone.
    Index("ix_roles_organisation_id_role_person_id", "organisation_id", "role", "person_id"),
    CheckConstraint("role IN ('teacher', 'mentor', 'curator', 'methodist', 'admin')", name="role"),
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
    # A personal invite: whoever opens it is this person.
    Column("person_id", BigId, ForeignKey("people.id"), index=True),
    Column("issued_by", BigId, ForeignKey("people.id"), index=True),
    Column("revoked_at", UtcDateTime),
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

instrument_files = Table(
    "instrument_files",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("instrument", String(32), nullable=False),
    Column("version", String(16), nullable=False),
    Column("source", Text, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    UniqueConstraint("instrument", "version"),
)

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("organisation_id", BigId, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("instrument", String(32), nullable=False),
    Column("title", String(200), nullable=False),
    Column("words", Text, nullable=False, server_default=text("''")),
    # Whom it is for: services.campaigns.model.Audience as JSON.
    Column("audience", JSON, nullable=False),
    Column("anonymous", Boolean, nullable=False, server_default=false()),
    Column("state", String(16), nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("repeat_of", BigId, ForeignKey("campaigns.id")),
    Column("created_by", BigId, ForeignKey("people.id")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("launched_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    CheckConstraint("state IN ('draft', 'running', 'closed')", name="state"),
)

campaign_people = Table(
    "campaign_people",
    metadata,
    Column("campaign_id", BigId, ForeignKey("campaigns.id"), primary_key=True, autoincrement=False),
    Column("person_id", BigId, ForeignKey("people.id"), primary_key=True, autoincrement=False, index=True),
    Column("school_id", BigId, ForeignKey("organisations.id"), nullable=False),
    Column("opened_at", UtcDateTime),
    # No moment beside it: in an anonymous campaign that would tell whose sheet came when.
    Column("finished", Boolean, nullable=False, server_default=false()),
    # Reports count a campaign's people by school, and who of them waits, in this index alone.
    Index("ix_campaign_people_standing", "campaign_id", "school_id", "finished", "person_id"),
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
    # The codes that one statement may accept as answers; empty where an answer needs more thought than that.
    Column("alphabet", String(32), nullable=False, server_default=text("''")),
    Column("campaign_id", BigId, ForeignKey("campaigns.id"), index=True),
    Column("anonymous", Boolean, nullable=False, server_default=false()),
    # The school that an official form speaks of.
    Column("organisation_id", BigId, ForeignKey("organisations.id")),
    CheckConstraint("state IN ('in_progress', 'finished', 'stopped')", name="state"),
    # Who has finished outside campaigns, and when: reports ask that of everybody. SQLite looks at what the
    # condition of an index names, too: without the last two columns it would read every row for them.
    Index(
        "ix_survey_sessions_outside",
        "instrument",
        "person_id",
        "finished_at",
        "state",
        "campaign_id",
        sqlite_where=text("state = 'finished' AND campaign_id IS NULL"),
        postgresql_where=text("state = 'finished' AND campaign_id IS NULL"),
    ),
    Index("ix_survey_sessions_instrument_state_person_id_id", "instrument", "state", "person_id", "id"),
    Index(
        "uq_survey_sessions_open",
        "person_id",
        "instrument",
        "anonymous",
        unique=True,
        sqlite_where=text("state = 'in_progress'"),
        postgresql_where=text("state = 'in_progress'"),
    ),
    sqlite_autoincrement=True,
)

survey_values = Table(
    "survey_values",
    metadata,
    Column("session_id", BigId, ForeignKey("survey_sessions.id"), primary_key=True, autoincrement=False),
    Column("item", Integer, primary_key=True, autoincrement=False),
    Column("value", JSON, nullable=False),
)

portions = Table(
    "portions",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("instrument", String(32), nullable=False),
    Column("version", String(16), nullable=False),
    Column("wave", String(32), nullable=False),
    # None: an anonymous campaign, which knows no schools.
    Column("school_id", BigId, ForeignKey("organisations.id")),
    Column("size", Integer, nullable=False),
    Column("figures", JSON, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Index("ix_portions_instrument_wave_school_id", "instrument", "version", "wave", "school_id"),
)

portion_members = Table(
    "portion_members",
    metadata,
    Column("instrument", String(32), primary_key=True),
    Column("version", String(16), primary_key=True),
    Column("wave", String(32), primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id"), primary_key=True, autoincrement=False, index=True),
    Column("portion_id", BigId, ForeignKey("portions.id"), nullable=False, index=True),
)

anonymous_sheets = Table(
    "anonymous_sheets",
    metadata,
    # Random: rows lie in the order of their ids, and must not lie in the order in which people finished.
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("campaign_id", BigId, ForeignKey("campaigns.id"), nullable=False, index=True),
    Column("instrument", String(32), nullable=False),
    Column("version", String(16), nullable=False),
    Column("answers", Text, nullable=False),
    Column("given", JSON, nullable=False),
    Column("portion_id", BigId, ForeignKey("portions.id")),
)

shares = Table(
    "shares",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("session_id", BigId, ForeignKey("survey_sessions.id"), nullable=False),
    Column("owner_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    Column("viewer_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    Column("shared_at", UtcDateTime, nullable=False),
    Column("opened_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Index(
        "uq_shares_in_force",
        "session_id",
        unique=True,
        sqlite_where=text("revoked_at IS NULL"),
        postgresql_where=text("revoked_at IS NULL"),
    ),
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    # Plain numbers: the log outlives the people and things that it speaks of, and names none.
    Column("actor_id", BigId, index=True),
    Column("action", String(32), nullable=False, index=True),
    Column("person_id", BigId, index=True),
    Column("organisation_id", BigId),
    Column("details", JSON, nullable=False),
)

uploads = Table(
    "uploads",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("organisation_id", BigId, ForeignKey("organisations.id"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("content", LargeBinary, nullable=False),
    # Of the plan that was shown: what is applied must be just that.
    Column("fingerprint", String(64), nullable=False, server_default=text("''")),
    Column("uploaded_at", UtcDateTime, nullable=False),
    UniqueConstraint("person_id", "kind"),
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
    # A sender has the row in hand until then; whoever dies with it loses the hold.
    Column("held_until", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("reason", String(200)),
    CheckConstraint("state IN ('pending', 'sending', 'sent', 'failed')", name="state"),
    Index("ix_outbox_state_not_before", "state", "not_before"),
    Index("ix_outbox_account_id_kind", "account_id", "kind"),
)

handled_updates = Table(
    "handled_updates",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("update_id", BigId, primary_key=True, autoincrement=False),
    Column("handled_at", UtcDateTime, nullable=False, index=True),
)

iom_routes = Table(
    "iom_routes",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    Column("school_id", BigId, ForeignKey("organisations.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    # Every accepted change of the route itself adds one: of two at once, one does nothing.
    Column("turn", Integer, nullable=False, server_default="0"),
    # The scales in the deficit band of the diagnosis that it was drafted from, as codes.
    Column("deficits", JSON, nullable=False),
    Column("session_id", BigId, ForeignKey("survey_sessions.id"), index=True),
    Column("repeat_session_id", BigId, ForeignKey("survey_sessions.id"), index=True),
    Column("mentor_id", BigId, ForeignKey("people.id"), index=True),
    # What the one who returned it has said.
    Column("comment", Text, nullable=False, server_default=text("''")),
    # Answers to the closing questions, by their codes.
    Column("reflection", JSON, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("submitted_at", UtcDateTime),
    Column("agreed_at", UtcDateTime),
    Column("agreed_by", BigId, ForeignKey("people.id"), index=True),
    Column("closed_at", UtcDateTime),
    CheckConstraint("kind IN ('deficits', 'growth')", name="kind"),
    CheckConstraint("state IN ('draft', 'review', 'active', 'closed', 'cancelled')", name="state"),
    Index("ix_iom_routes_school_id_state", "school_id", "state"),
    # Reports count people with routes by school.
    Index("ix_iom_routes_school_id_person_id", "school_id", "person_id"),
    Index(
        "uq_iom_routes_open",
        "person_id",
        unique=True,
        sqlite_where=text("state IN ('draft', 'review', 'active')"),
        postgresql_where=text("state IN ('draft', 'review', 'active')"),
    ),
    sqlite_autoincrement=True,
)

iom_steps = Table(
    "iom_steps",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("route_id", BigId, ForeignKey("iom_routes.id"), nullable=False, index=True),
    # Code of the scale that it is to mend; empty for growth.
    Column("domain", String(32), nullable=False),
    Column("title", String(300), nullable=False),
    Column("form", String(32), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("responsible", String(200), nullable=False, server_default=text("''")),
    Column("result", Text, nullable=False, server_default=text("''")),
    Column("state", String(16), nullable=False),
    Column("turn", Integer, nullable=False, server_default="0"),
    # Part of an agreed version of the route; what is not agreed is not reminded of.
    Column("agreed", Boolean, nullable=False, server_default=false()),
    # The term as it was agreed first.
    Column("first_due_on", Date),
    # Why it was returned, postponed or cancelled.
    Column("comment", Text, nullable=False, server_default=text("''")),
    Column("done_at", UtcDateTime),
    Column("confirmed_at", UtcDateTime),
    Column("confirmed_by", BigId, ForeignKey("people.id"), index=True),
    # The next day with a reminder, and the day up to which all reminders are dealt with. NULL: none.
    Column("remind_on", Date),
    Column("reminded_on", Date),
    # When its being overdue was told to the mentor.
    Column("escalated_on", Date),
    CheckConstraint("state IN ('planned', 'done', 'confirmed', 'cancelled')", name="state"),
    Index(
        "ix_iom_steps_remind_on",
        "remind_on",
        sqlite_where=text("remind_on IS NOT NULL"),
        postgresql_where=text("remind_on IS NOT NULL"),
    ),
    Index("ix_iom_steps_state_due_on", "state", "due_on"),
    sqlite_autoincrement=True,
)

iom_evidence = Table(
    "iom_evidence",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("step_id", BigId, ForeignKey("iom_steps.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("words", Text, nullable=False, server_default=text("''")),
    Column("file_name", String(200), nullable=False, server_default=text("''")),
    Column("size", Integer, nullable=False, server_default="0"),
    Column("content", LargeBinary),
    # The event that brought it: an update that is delivered twice leaves one.
    Column("cause", String(64), nullable=False, unique=True),
    Column("given_at", UtcDateTime, nullable=False),
    CheckConstraint("kind IN ('text', 'photo', 'document')", name="kind"),
    sqlite_autoincrement=True,
)

iom_pauses = Table(
    "iom_pauses",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("route_id", BigId, ForeignKey("iom_routes.id"), nullable=False, index=True),
    Column("reason", String(16), nullable=False),
    Column("starts_on", Date, nullable=False),
    # The last day; NULL: not known yet.
    Column("ends_on", Date),
    # Its days have been added to the terms, and it silences nothing any more.
    Column("over", Boolean, nullable=False, server_default=false()),
    CheckConstraint("reason IN ('holidays', 'sick', 'leave', 'other')", name="reason"),
    Index(
        "uq_iom_pauses_present",
        "route_id",
        unique=True,
        sqlite_where=text("over IS FALSE"),
        postgresql_where=text("over IS FALSE"),
    ),
)

iom_history = Table(
    "iom_history",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("route_id", BigId, ForeignKey("iom_routes.id"), nullable=False, index=True),
    Column("step_id", BigId, ForeignKey("iom_steps.id"), index=True),
    Column("at", UtcDateTime, nullable=False),
    # A plain number: history outlives whoever agreed.
    Column("actor_id", BigId),
    Column("what", String(32), nullable=False),
    Column("words", Text, nullable=False, server_default=text("''")),
    # The steps as they were submitted or agreed: a version of the route.
    Column("version", JSON),
)

iom_measures = Table(
    "iom_measures",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("organisation_id", BigId, ForeignKey("organisations.id"), nullable=False, index=True),
    # The measure of the data file that it stands in place of; NULL: the municipality's own.
    Column("code", String(64)),
    Column("domain", String(32), nullable=False),
    Column("title", String(300), nullable=False),
    Column("form", String(32), nullable=False),
    Column("days", Integer, nullable=False),
    Column("result", Text, nullable=False, server_default=text("''")),
    Column("hidden", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("organisation_id", "code"),
)
