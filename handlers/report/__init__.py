"""Reports for curators and methodists."""
