"""Reading what a mentor writes of a meeting: dates, durations, forms, people, agreements."""
