"""The job of a frozen statement: schools compared, conclusions, advice and effects filled in. For the worker."""

from dataclasses import replace

from services.reporting.analysis.comparing import compared
from services.reporting.analysis.effect import effects
from services.reporting.analysis.judging import findings
from services.reporting.analysis.recommending import measures, recommendations
from services.reporting.analysis.rules import conclusions
from services.reporting.statement.codec import to_json
from services.reporting.statement.model import Drafted, Statement


def complete(statement: Statement, earlier: Statement | None) -> bytes:
    """The statement with `analysis` and `drafted`, as JSON by the codec; the same one gives the same bytes."""
    found = findings(statement)
    drafted = Drafted(
        conclusions=conclusions(statement),
        recommendations=recommendations(statement, found),
        measures=measures(statement, found),
        effects=effects(earlier, statement),
    )
    return to_json(replace(statement, analysis=compared(statement), drafted=drafted)).encode()
