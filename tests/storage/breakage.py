"""Ways for a real database to fail in the middle of its work."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.storage.databases import Witness

# A deferred foreign key is checked when the transaction commits, not before.
_DOOMED = "CREATE TABLE doomed (nobody BIGINT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED)"
_FAIL_AT_COMMIT = {
    "sqlite": (
        _DOOMED,
        "CREATE TRIGGER doom AFTER UPDATE ON survey_sessions WHEN {which} "
        "BEGIN INSERT INTO doomed VALUES (-1); END",
    ),
    "postgresql": (
        _DOOMED,
        "CREATE FUNCTION doom() RETURNS trigger LANGUAGE plpgsql "
        "AS $$ BEGIN INSERT INTO doomed VALUES (-1); RETURN NEW; END $$",
        "CREATE TRIGGER doom AFTER UPDATE ON survey_sessions FOR EACH ROW WHEN ({which}) EXECUTE FUNCTION doom()",
    ),
}
_MEND = {
    "sqlite": ("DROP TRIGGER doom", "DROP TABLE doomed"),
    "postgresql": ("DROP TRIGGER doom ON survey_sessions", "DROP FUNCTION doom()", "DROP TABLE doomed"),
}


@asynccontextmanager
async def commits_fail(witness: Witness, session_id: int | None = None) -> AsyncIterator[None]:
    """Whoever changes a session (or that one) meanwhile is refused at COMMIT."""
    which = "1 = 1" if session_id is None else f"NEW.id = {session_id}"
    await witness.change(*(statement.format(which=which) for statement in _FAIL_AT_COMMIT[witness.dialect]))
    yield
    await witness.change(*_MEND[witness.dialect])


@asynccontextmanager
async def without(witness: Witness, table: str) -> AsyncIterator[None]:
    """Whoever needs the table meanwhile fails at that statement."""
    await witness.change(f"ALTER TABLE {table} RENAME TO {table}_away")
    yield
    await witness.change(f"ALTER TABLE {table}_away RENAME TO {table}")
