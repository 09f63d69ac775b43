"""Statements: every indicator of a place in a period, with plan, change and origin, as it was made."""
