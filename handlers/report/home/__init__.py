"""Which report: of whom, for what time, in what form."""
