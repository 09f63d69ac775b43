"""Events: the plan of them, and taking part."""
