"""The plan of events: what is held, for whom, who comes, what came of it."""
