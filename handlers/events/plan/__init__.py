"""The plan of events: list, card, changes, import."""
