"""Asking for a mentor."""
