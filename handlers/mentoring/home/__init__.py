"""Where mentoring begins."""
