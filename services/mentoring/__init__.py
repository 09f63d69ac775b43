"""Mentoring: the bank of mentors, requests, pairing, pairs with their programs, meetings, health of pairs."""
