"""Meetings of pairs, told by mentors and confirmed by mentees."""
