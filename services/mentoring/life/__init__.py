"""What a pair lives through: start, pause, end, evaluation."""
