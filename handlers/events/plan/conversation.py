"""The plan of events: list, card, changes, import."""

from handlers.routes import Routes

routes = Routes()
