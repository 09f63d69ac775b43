"""Plans of indicators, and amounts of years before the service."""
