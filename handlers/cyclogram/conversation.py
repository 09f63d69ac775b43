"""The monitoring of the month: prepared, offered, written up."""

from handlers.routes import Routes

routes = Routes()
