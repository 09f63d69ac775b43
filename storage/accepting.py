"""The one statement that accepts answers, many people's at a time, and what the last answer of a test causes.

Synchronous, so that a whole group needs one hop to the writer's thread instead of one a statement: at one person
at a time the hops cost more than everything else together.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Connection, Row, Text, bindparam, exists, select, text, update

from services.delivery.model import Kind
from services.diagnostics.session import Answer, Session, State
from services.people.model import Kind as Place
from services.people.model import Role
from storage.conflict import insertion
from storage.outbox import row_of
from storage.tables import accounts, campaign_people, campaigns, organisations, outbox, roles, survey_sessions
from storage.takers import within
from storage.types import UtcDateTime

# The batch travels as one JSON parameter, so that the statement is the same for any number of answers.
_BATCH = {
    "sqlite": """
        SELECT json_extract(value, '$.session') AS session, json_extract(value, '$.item') AS item,
               json_extract(value, '$.code') AS code, json_extract(value, '$.turn') AS turn,
               json_extract(value, '$.channel') AS channel, json_extract(value, '$.user') AS "user"
          FROM json_each(:batch)""",
    "postgresql": """
        SELECT * FROM jsonb_to_recordset(CAST(:batch AS jsonb))
            AS t(session bigint, item int, code text, turn int, channel text, "user" bigint)""",
}
# Named in full: on PostgreSQL a tap and an account have some of these names, too.
_RETURNED = ", ".join(
    f"survey_sessions.{name} AS {name}"
    for name in (
        *("id", "person_id", "instrument", "version", "wording_id", "answers", "turn", "position", "state"),
        *("started_at", "finished_at", "campaign_id", "anonymous", "organisation_id"),
    )
)
_FIND = {"sqlite": "instr", "postgresql": "strpos"}


def _accepting(dialect: str) -> str:
    answered = "substr(answers, 1, tap.item - 1) || tap.code || substr(answers, tap.item + 1)"
    unanswered = f"{_FIND[dialect]}({answered}, '.')"
    return f"""
        UPDATE survey_sessions
           SET answers = {answered},
               turn = survey_sessions.turn + 1,
               position = {unanswered},
               state = CASE WHEN {unanswered} = 0 THEN 'finished' ELSE 'in_progress' END,
               finished_at = CASE WHEN {unanswered} = 0 THEN :now END,
               updated_at = :now
          FROM ({_BATCH[dialect]}) AS tap, accounts
         WHERE survey_sessions.id = tap.session
           AND survey_sessions.turn = tap.turn
           AND survey_sessions.position = tap.item
           AND survey_sessions.state = 'in_progress'
           AND length(tap.code) = 1
           AND {_FIND[dialect]}(survey_sessions.alphabet, tap.code) > 0
           AND accounts.channel = tap.channel
           AND accounts.external_id = tap."user"
           AND accounts.person_id = survey_sessions.person_id
           AND EXISTS (SELECT 1
                         FROM consents
                        WHERE consents.person_id = survey_sessions.person_id
                          AND consents.revoked_at IS NULL
                          AND consents.version = :consent)
     RETURNING {_RETURNED}"""


_ACCEPT = {
    dialect: text(_accepting(dialect))
    .bindparams(bindparam("now", type_=UtcDateTime), bindparam("batch", type_=Text))
    .columns(started_at=UtcDateTime, finished_at=UtcDateTime, anonymous=Boolean)
    for dialect in _BATCH
}


def accept(
    connection: Connection, answers: Sequence[Answer], now: datetime, consent_version: str
) -> list[Session]:
    """Take those answers that fit their sessions' present state, at most one a session; the sessions after them.

    Only of people whose consent to this version is in force.

    An answer that completes a test leaves its chart in the outbox, in the same transaction.
    """
    batch = [
        {
            "session": answer.session_id,
            "item": answer.item,
            "code": answer.code,
            "turn": answer.turn,
            "channel": answer.account.channel,
            "user": answer.account.external_id,
        }
        for answer in answers
    ]
    statement = _ACCEPT[connection.dialect.name]
    rows = connection.execute(
        statement, {"batch": json.dumps(batch), "now": now, "consent": consent_version}
    ).all()
    sessions = [session_of(row) for row in rows]
    for session in sessions:
        if session.state is State.FINISHED:
            answer = next(answer for answer in answers if answer.session_id == session.id)
            _owe_chart(connection, session, answer, now)
            if session.campaign_id is not None:
                count_finished(connection, session)
    return sessions


def _owe_chart(connection: Connection, session: Session, answer: Answer, now: datetime) -> None:
    account_id = connection.execute(
        select(accounts.c.id).where(
            accounts.c.channel == answer.account.channel, accounts.c.external_id == answer.account.external_id
        )
    ).scalar_one()
    chart = row_of(account_id, Kind.RESULT_CHART, f"result:{session.id}:finished", {"session_id": session.id}, now)
    connection.execute(insertion(connection.dialect, outbox, chart))


def session_of(row: Row[Any]) -> Session:
    """The session that a row of its table holds."""
    return Session(
        row.id,
        row.person_id,
        row.instrument,
        row.version,
        row.wording_id,
        row.answers,
        row.turn,
        row.position,
        State(row.state),
        row.started_at,
        row.finished_at,
        row.campaign_id,
        row.anonymous,
        row.organisation_id,
    )


def count_finished(connection: Connection, session: Session) -> None:
    """Note in the campaign of a finished session that its person has finished. It tells no moment.

    A curator of several schools has finished an official form when none of them is left without one.
    """
    if session.organisation_id is not None and _has_school_left(connection, session):
        return
    connection.execute(
        update(campaign_people)
        .where(
            campaign_people.c.campaign_id == session.campaign_id,
            campaign_people.c.person_id == session.person_id,
        )
        .values(finished=True)
    )


def _has_school_left(connection: Connection, session: Session) -> bool:
    campaign = connection.execute(
        select(campaigns.c.organisation_id, campaigns.c.audience).where(campaigns.c.id == session.campaign_id)
    ).one()
    told = exists().where(
        survey_sessions.c.campaign_id == session.campaign_id,
        survey_sessions.c.organisation_id == roles.c.organisation_id,
        survey_sessions.c.state == State.FINISHED.value,
    )
    left = (
        select(roles.c.organisation_id)
        .join(organisations, organisations.c.id == roles.c.organisation_id)
        .where(
            roles.c.person_id == session.person_id,
            roles.c.role == Role.CURATOR.value,
            organisations.c.kind == Place.SCHOOL.value,
            within(campaign.organisation_id),
            ~told,
        )
    )
    if schools := campaign.audience.get("schools"):
        left = left.where(roles.c.organisation_id.in_(schools))
    return connection.execute(left.limit(1)).first() is not None
