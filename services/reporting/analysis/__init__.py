"""What follows from a statement: schools compared, conclusions, recommendations, measures and their effect."""
