"""What the outbox owes, made: one module a kind of parcels."""
