"""Steps done, postponed, cancelled; pauses."""
