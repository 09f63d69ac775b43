"""Figures in chat: the short form, by school, by indicator, where each comes from."""

from handlers.routes import Routes

routes = Routes()
