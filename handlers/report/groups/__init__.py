"""Results of one diagnostics of a school or municipality."""
