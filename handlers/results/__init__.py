"""A person's own results."""
