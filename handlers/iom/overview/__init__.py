"""Counts, lists and the plan of a school or municipality."""
