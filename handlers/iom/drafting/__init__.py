"""Composing a route and changing it."""
