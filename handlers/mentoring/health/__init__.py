"""How pairs do, for whoever looks after them."""
