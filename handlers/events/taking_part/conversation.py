"""Signing up, attendance, what people thought."""

from handlers.routes import Routes

routes = Routes()
