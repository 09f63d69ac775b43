"""Schools of a municipality compared."""

from services.people.model import Kind
from services.reporting.analysis.factors import going_together
from services.reporting.analysis.groups import alike
from services.reporting.analysis.ranking import centres, ranked
from services.reporting.analysis.rule import features, links
from services.reporting.indicators.registry import registry
from services.reporting.statement.model import Analysis, Statement


def compared(statement: Statement) -> Analysis:
    """Groups of schools alike, what goes with the result, ranking, means and medians; nothing for a school."""
    if statement.kind is not Kind.MUNICIPALITY:
        return Analysis()
    schools, indicators = statement.schools, registry()
    groups, grouping = alike(schools, [indicators.of(code) for code in features()])
    factors, factor_words = going_together(schools, indicators, links())
    means, medians = centres(schools, indicators)
    return Analysis(groups, grouping, factors, factor_words, ranked(schools, indicators), means, medians)
