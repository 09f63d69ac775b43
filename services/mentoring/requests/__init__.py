"""What teachers ask a mentor for."""
