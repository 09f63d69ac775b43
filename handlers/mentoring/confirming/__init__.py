"""Meetings that are logged: confirmed, corrected, changed, deleted."""
