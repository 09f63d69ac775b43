"""A statement as JSON, and back."""

from functools import cache

from pydantic import TypeAdapter

from services.reporting.statement.model import Statement


def to_json(statement: Statement) -> str:
    """The statement as text that `from_json` makes the same statement of."""
    return _adapter().dump_json(statement).decode()


def from_json(text: str) -> Statement:
    """The statement that was kept. Raises ValueError for anything else."""
    return _adapter().validate_json(text)


@cache
def _adapter() -> TypeAdapter[Statement]:
    return TypeAdapter(Statement)
