"""Reflection, the repeat diagnosis, the end; documents."""
