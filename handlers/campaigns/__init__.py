"""Campaigns: made, launched, watched."""
