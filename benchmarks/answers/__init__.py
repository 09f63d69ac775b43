"""Committed answers a second, side by side with a bare bot that stores nothing."""
