"""The whole table of what people can do."""

from handlers.audit import conversation as audit
from handlers.campaigns import conversation as campaigns
from handlers.menu import conversation as menu
from handlers.mydata import conversation as mydata
from handlers.people import conversation as people
from handlers.privacy import conversation as privacy
from handlers.profile import conversation as profile
from handlers.report import conversation as report
from handlers.results import conversation as results
from handlers.roster import conversation as roster
from handlers.routes import Routes
from handlers.sharing import conversation as sharing
from handlers.start import arrival, registration
from handlers.survey import conversation as survey


def all_routes() -> Routes:
    """Every handler of every conversation. Raises ValueError when two claim the same name."""
    routes = Routes()
    for conversation in (
        arrival,
        registration,
        menu,
        survey,
        results,
        report,
        privacy,
        mydata,
        sharing,
        profile,
        people,
        roster,
        campaigns,
        audit,
    ):
        routes.include(conversation.routes)
    return routes
