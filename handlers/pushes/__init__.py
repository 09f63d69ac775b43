"""What is told before anyone asks, and how often."""
