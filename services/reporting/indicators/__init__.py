"""Indicators: what each is, and how it is computed from facts."""
