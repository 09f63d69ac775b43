"""Signing up, attendance, what people thought."""
