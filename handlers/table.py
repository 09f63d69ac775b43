"""The whole table of what people can do."""

from handlers.menu import conversation as menu
from handlers.privacy import conversation as privacy
from handlers.report import conversation as report
from handlers.results import conversation as results
from handlers.routes import Routes
from handlers.start import arrival, registration
from handlers.survey import conversation as survey


def all_routes() -> Routes:
    """Every handler of every conversation. Raises ValueError when two claim the same name."""
    routes = Routes()
    for conversation in (arrival, registration, menu, survey, results, report, privacy):
        routes.include(conversation.routes)
    return routes
