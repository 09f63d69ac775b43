"""Telling of a meeting: by a message or by buttons."""
