"""Runs of matching, as their curator goes through them."""
