"""What is told before anyone asks: digests, alerts, the year's cyclogram."""
