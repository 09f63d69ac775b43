"""What is told before anyone asks, and how often."""

from handlers.routes import Routes

routes = Routes()
