"""The card of a pair, and what it lives through."""
