"""The first meeting: invite, consent, registration."""
