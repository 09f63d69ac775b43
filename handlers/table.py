"""The whole table of what people can do."""

from handlers import unasked
from handlers.audit import conversation as audit
from handlers.campaigns import conversation as campaigns
from handlers.cyclogram import conversation as cyclogram
from handlers.delivery import conversation as delivery
from handlers.events.plan import conversation as events_plan
from handlers.events.taking_part import conversation as events_taking_part
from handlers.iom.card import conversation as iom_card
from handlers.iom.closing import conversation as iom_closing
from handlers.iom.drafting import conversation as iom_drafting
from handlers.iom.measures import conversation as iom_measures
from handlers.iom.overview import conversation as iom_overview
from handlers.iom.reviewing import conversation as iom_reviewing
from handlers.iom.walking import conversation as iom_walking
from handlers.mentoring.bank import conversation as mentoring_bank
from handlers.mentoring.confirming import conversation as mentoring_confirming
from handlers.mentoring.health import conversation as mentoring_health
from handlers.mentoring.home import conversation as mentoring_home
from handlers.mentoring.meeting import conversation as mentoring_meeting
from handlers.mentoring.offers import conversation as mentoring_offers
from handlers.mentoring.pair import conversation as mentoring_pair
from handlers.mentoring.pairing import conversation as mentoring_pairing
from handlers.mentoring.programs import conversation as mentoring_programs
from handlers.mentoring.requests import conversation as mentoring_requests
from handlers.menu import conversation as menu
from handlers.mydata import conversation as mydata
from handlers.people import conversation as people
from handlers.privacy import conversation as privacy
from handlers.profile import conversation as profile
from handlers.pushes import conversation as pushes
from handlers.report.figures import conversation as report_figures
from handlers.report.files import conversation as report_files
from handlers.report.groups import conversation as report_groups
from handlers.report.home import conversation as report_home
from handlers.report.plans import conversation as report_plans
from handlers.results import conversation as results
from handlers.roster import conversation as roster
from handlers.routes import Routes
from handlers.sharing import conversation as sharing
from handlers.start import arrival, registration
from handlers.survey import conversation as survey
from handlers.ui import blank


def all_routes() -> Routes:
    """Every handler of every conversation. Raises ValueError when two claim the same name."""
    routes = Routes()
    for conversation in (
        arrival,
        registration,
        menu,
        survey,
        results,
        report_home,
        report_figures,
        report_files,
        report_plans,
        report_groups,
        privacy,
        mydata,
        sharing,
        profile,
        people,
        roster,
        campaigns,
        audit,
        iom_card,
        iom_drafting,
        iom_reviewing,
        iom_walking,
        iom_closing,
        iom_overview,
        iom_measures,
        delivery,
        mentoring_home,
        mentoring_bank,
        mentoring_requests,
        mentoring_pairing,
        mentoring_offers,
        mentoring_pair,
        mentoring_programs,
        mentoring_meeting,
        mentoring_confirming,
        mentoring_health,
        events_plan,
        events_taking_part,
        pushes,
        cyclogram,
        unasked,
        blank,
    ):
        routes.include(conversation.routes)
    return routes
