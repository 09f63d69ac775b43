"""A route and its steps as they are read."""
