"""Plans of indicators, and amounts of years before the service."""

from handlers.routes import Routes

routes = Routes()
