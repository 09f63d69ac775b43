"""Answering a proposed pair."""
