"""Tables of mentoring: the bank, requests, matching, pairs with their programs, and meetings."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.tables import metadata
from storage.types import BigId, UtcDateTime

# A mentor's info card in the bank of mentors of their school.
mentor_cards = Table(
    "mentor_cards",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("school_id", BigId, ForeignKey("organisations.id"), nullable=False),
    Column("state", String(16), nullable=False),
    # Every accepted change adds one: of two at once, one does nothing.
    Column("turn", Integer, nullable=False, server_default="0"),
    # Codes of the domains of `deficits` in which they are strong.
    Column("strengths", JSON, nullable=False),
    Column("help_with", Text, nullable=False, server_default=text("''")),
    # Codes of the ways to meet, and when in the mentor's words.
    Column("formats", JSON, nullable=False),
    Column("times", String(200), nullable=False, server_default=text("''")),
    Column("capacity", Integer, nullable=False),
    # Takes mentees of other schools of the municipality too.
    Column("reaches_out", Boolean, nullable=False, server_default=false()),
    # Would rather have early-career teachers.
    Column("prefers_early", Boolean, nullable=False, server_default=false()),
    # What was said when it was returned.
    Column("comment", Text, nullable=False, server_default=text("''")),
    Column("proposed_by", BigId, ForeignKey("people.id"), index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("offered_at", UtcDateTime),
    Column("approved_at", UtcDateTime),
    Column("approved_by", BigId, ForeignKey("people.id"), index=True),
    CheckConstraint("state IN ('proposed', 'draft', 'offered', 'approved', 'returned', 'resting')", name="state"),
    CheckConstraint("capacity BETWEEN 1 AND 10", name="capacity"),
    Index("ix_mentor_cards_school_id_state", "school_id", "state"),
)

# As many as the mentor's capacity: a pair sits on one, so that nobody has more pairs than seats.
mentor_seats = Table(
    "mentor_seats",
    metadata,
    Column("mentor_id", BigId, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
)

mentee_requests = Table(
    "mentee_requests",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    Column("school_id", BigId, ForeignKey("organisations.id"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("turn", Integer, nullable=False, server_default="0"),
    # Codes of the domains of `deficits` that help is wanted with.
    Column("domains", JSON, nullable=False),
    Column("purpose", Text, nullable=False, server_default=text("''")),
    Column("wishes", Text, nullable=False, server_default=text("''")),
    Column("formats", JSON, nullable=False),
    # Up to three people, the dearest first.
    Column("first_choice", BigId, ForeignKey("people.id"), index=True),
    Column("second_choice", BigId, ForeignKey("people.id"), index=True),
    Column("third_choice", BigId, ForeignKey("people.id"), index=True),
    # Who made it for the teacher; NULL: the teacher.
    Column("made_by", BigId, ForeignKey("people.id"), index=True),
    Column("created_at", UtcDateTime, nullable=False),
    # From when on they have waited: kept when a pair has not come about.
    Column("waits_since", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    CheckConstraint("state IN ('draft', 'open', 'paired', 'withdrawn')", name="state"),
    Index("ix_mentee_requests_school_id_state", "school_id", "state"),
    Index(
        "uq_mentee_requests_open",
        "person_id",
        unique=True,
        sqlite_where=text("state IN ('draft', 'open')"),
        postgresql_where=text("state IN ('draft', 'open')"),
    ),
    sqlite_autoincrement=True,
)

# Who is never to be proposed to whom.
pair_bars = Table(
    "pair_bars",
    metadata,
    Column("mentor_id", BigId, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("mentee_id", BigId, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("reason", String(16), nullable=False),
    Column("made_by", BigId, ForeignKey("people.id"), index=True),
    Column("made_at", UtcDateTime, nullable=False),
    Index("ix_pair_bars_mentee_id", "mentee_id"),
    CheckConstraint("reason IN ('excluded', 'conflict')", name="reason"),
)

matching_runs = Table(
    "matching_runs",
    metadata,
    Column("id", BigId, primary_key=True),
    # A school, or a municipality with all its schools.
    Column("organisation_id", BigId, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("aim", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("turn", Integer, nullable=False, server_default="0"),
    # The sum of the scores, as the weights of that moment had it, in points.
    Column("total", Integer, nullable=False, server_default="0"),
    Column("made_by", BigId, ForeignKey("people.id"), index=True),
    Column("made_at", UtcDateTime, nullable=False),
    # The event that caused it: a job done twice leaves one.
    Column("cause", String(100), nullable=False, unique=True),
    CheckConstraint("aim IN ('total', 'everyone')", name="aim"),
    CheckConstraint("state IN ('open', 'sent', 'replaced')", name="state"),
    sqlite_autoincrement=True,
)

matching_proposals = Table(
    "matching_proposals",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("run_id", BigId, ForeignKey("matching_runs.id"), nullable=False, index=True),
    Column("request_id", BigId, ForeignKey("mentee_requests.id"), nullable=False, index=True),
    Column("mentee_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    # NULL: nobody was found, for the cause.
    Column("mentor_id", BigId, ForeignKey("people.id"), index=True),
    Column("score", Integer, nullable=False, server_default="0"),
    # Reasons and alternatives as plain JSON; where there is no mentor, the cause.
    Column("details", JSON, nullable=False),
    Column("decision", String(16), nullable=False),
    UniqueConstraint("run_id", "mentee_id"),
    CheckConstraint("decision IN ('open', 'agreed', 'by_hand', 'left_out', 'sent')", name="decision"),
    sqlite_autoincrement=True,
)

pairs = Table(
    "pairs",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("mentor_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    Column("mentee_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    # The mentee's school: its curators look after the pair.
    Column("school_id", BigId, ForeignKey("organisations.id"), nullable=False),
    Column("request_id", BigId, ForeignKey("mentee_requests.id"), index=True),
    Column("form", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("turn", Integer, nullable=False, server_default="0"),
    # The mentor's seat while the pair is open: without a free seat there is no pair.
    Column("seat", Integer),
    # Why these two, as plain JSON: points and words as the curator saw them.
    Column("reasons", JSON, nullable=False),
    Column("score", Integer),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("proposed_by", BigId, ForeignKey("people.id"), index=True),
    # Both answer until then.
    Column("answer_by", UtcDateTime, nullable=False),
    Column("mentor_agreed_at", UtcDateTime),
    Column("mentee_agreed_at", UtcDateTime),
    Column("approved_at", UtcDateTime),
    Column("started_on", Date),
    Column("ended_on", Date),
    # A code of services.mentoring.model.EndReason, with words beside it.
    Column("end_reason", String(16)),
    Column("comment", Text, nullable=False, server_default=text("''")),
    # Levels by the codes of the criteria, once the mentor has evaluated.
    Column("readiness", JSON),
    Column("readiness_words", Text, nullable=False, server_default=text("''")),
    # The day of the last meeting that is logged, and when its silence was told to the mentor.
    Column("last_met_on", Date),
    Column("nudged_on", Date),
    # The pause: from this day on, until that one (NULL: not known yet), for a reason.
    Column("paused_on", Date),
    Column("paused_until", Date),
    Column("pause_reason", String(16)),
    CheckConstraint("form IN ('teacher_teacher', 'leader_teacher')", name="form"),
    CheckConstraint(
        "state IN ('proposed', 'declined', 'approved', 'active', 'paused', 'completed', 'closed_early')",
        name="state",
    ),
    CheckConstraint(
        "(seat IS NOT NULL) = (state IN ('proposed', 'approved', 'active', 'paused'))", name="seat_while_open"
    ),
    CheckConstraint("mentor_id <> mentee_id", name="two_people"),
    ForeignKeyConstraint(["mentor_id", "seat"], ["mentor_seats.mentor_id", "mentor_seats.number"]),
    UniqueConstraint("mentor_id", "seat"),
    Index("ix_pairs_school_id_state", "school_id", "state"),
    Index("ix_pairs_state_answer_by", "state", "answer_by"),
    Index(
        "uq_pairs_open_of_mentee",
        "mentee_id",
        unique=True,
        sqlite_where=text("seat IS NOT NULL"),
        postgresql_where=text("seat IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
)

pair_history = Table(
    "pair_history",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("pair_id", BigId, ForeignKey("pairs.id"), nullable=False, index=True),
    # A plain number: a meeting may be deleted, its history stays.
    Column("meeting_id", BigId),
    Column("at", UtcDateTime, nullable=False),
    # A plain number: history outlives whoever acted. NULL: the service itself.
    Column("actor_id", BigId),
    Column("what", String(32), nullable=False),
    Column("words", Text, nullable=False, server_default=text("''")),
    # A meeting as it was before.
    Column("before", JSON),
)

pair_programs = Table(
    "pair_programs",
    metadata,
    Column("pair_id", BigId, ForeignKey("pairs.id"), primary_key=True, autoincrement=False),
    # The template of the data file that it was made from.
    Column("template", String(64), nullable=False),
    Column("turn", Integer, nullable=False, server_default="0"),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("goal", Text, nullable=False),
    # Lists of lines.
    Column("tasks", JSON, nullable=False),
    Column("directions", JSON, nullable=False),
    Column("results", JSON, nullable=False),
    Column("route_id", BigId, ForeignKey("iom_routes.id", ondelete="SET NULL"), index=True),
)

pair_stages = Table(
    "pair_stages",
    metadata,
    Column("pair_id", BigId, ForeignKey("pairs.id"), primary_key=True, autoincrement=False),
    # 1: adaptation, 2: main, 3: control and evaluation.
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("ends_on", Date, nullable=False),
    Column("done_on", Date),
    Column("summary", Text, nullable=False, server_default=text("''")),
    # The next day with a reminder of its end. NULL: none.
    Column("remind_on", Date),
    CheckConstraint("number BETWEEN 1 AND 3", name="number"),
    Index(
        "ix_pair_stages_remind_on",
        "remind_on",
        sqlite_where=text("remind_on IS NOT NULL"),
        postgresql_where=text("remind_on IS NOT NULL"),
    ),
)

# What a mentor has written of meetings, until it is saved: any number at once, none of them is lost.
meeting_drafts = Table(
    "meeting_drafts",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("author_id", BigId, ForeignKey("people.id"), nullable=False, index=True),
    Column("turn", Integer, nullable=False, server_default="0"),
    # The mentor's own words; empty when it is led by buttons.
    Column("words", Text, nullable=False, server_default=text("''")),
    # What is understood so far, as plain JSON (services.mentoring.meetings.draft).
    Column("fields", JSON, nullable=False),
    # The meeting that is being changed.
    Column("meeting_id", BigId, ForeignKey("meetings.id"), index=True),
    # The event that began it: an update that is delivered twice leaves one.
    Column("cause", String(64), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    sqlite_autoincrement=True,
)

meetings = Table(
    "meetings",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("pair_id", BigId, ForeignKey("pairs.id"), nullable=False),
    # A plain number: one message may tell of meetings of several pairs.
    Column("draft_id", BigId),
    Column("turn", Integer, nullable=False, server_default="0"),
    Column("state", String(16), nullable=False),
    Column("held_on", Date, nullable=False),
    Column("minutes", Integer),
    Column("form", String(32), nullable=False),
    Column("topic", Text, nullable=False, server_default=text("''")),
    Column("agreement", Text, nullable=False, server_default=text("''")),
    # The agreed next meeting, and "HH:MM" if an hour was agreed too.
    Column("next_on", Date),
    Column("next_at", String(5)),
    # The day with its reminder; NULL: none, or dealt with.
    Column("remind_on", Date),
    Column("step_id", BigId, ForeignKey("iom_steps.id", ondelete="SET NULL"), index=True),
    Column("words", Text, nullable=False, server_default=text("''")),
    Column("logged_by", BigId, ForeignKey("people.id"), index=True),
    Column("logged_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime),
    Column("confirmed_at", UtcDateTime),
    # What the mentee says was otherwise.
    Column("objection", Text, nullable=False, server_default=text("''")),
    UniqueConstraint("draft_id", "pair_id"),
    CheckConstraint("state IN ('logged', 'confirmed', 'disputed')", name="state"),
    CheckConstraint("minutes BETWEEN 1 AND 720", name="minutes"),
    Index("ix_meetings_pair_id_held_on", "pair_id", "held_on"),
    Index(
        "ix_meetings_remind_on",
        "remind_on",
        sqlite_where=text("remind_on IS NOT NULL"),
        postgresql_where=text("remind_on IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
)

meeting_files = Table(
    "meeting_files",
    metadata,
    Column("id", BigId, primary_key=True),
    # Of a draft until that is saved, then of the draft's meetings: they share the draft's number.
    Column("draft_id", BigId, nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("file_name", String(200), nullable=False, server_default=text("''")),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("cause", String(64), nullable=False, unique=True),
    Column("given_at", UtcDateTime, nullable=False),
    CheckConstraint("kind IN ('photo', 'voice', 'document')", name="kind"),
    sqlite_autoincrement=True,
)
