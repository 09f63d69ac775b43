"""Results of diagnostics of groups, published so that nobody can be told from them."""
