"""What a mentor or curator decides."""
