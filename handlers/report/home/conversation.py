"""Which report: of whom, for what time, in what form."""

from handlers.routes import Routes

routes = Routes()
