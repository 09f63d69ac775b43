"""Mentoring: the bank, requests, pairing, pairs, programs, meetings, health of pairs."""
