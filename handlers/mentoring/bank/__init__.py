"""The bank of mentors: cards, browsing, approving."""
