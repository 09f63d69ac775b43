"""How updates come in: by polling or webhook, in order for each person, acknowledged after the commit."""
