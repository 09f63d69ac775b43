"""Plans of indicators, and amounts of past periods entered by hand: for methodists."""

from handlers.report.plans import given, plans
from handlers.routes import Routes

routes = Routes()
for part in (plans, given):
    routes.include(part.routes)
