"""What the service holds about a person: a copy of it, and its end."""
