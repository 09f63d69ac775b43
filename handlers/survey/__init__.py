"""Taking a test in chat."""
