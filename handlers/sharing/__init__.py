"""Showing one result to one psychologist."""
