"""Programs of pairs and their stages."""
