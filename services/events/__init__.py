"""The plan of events: seminars, contests, a school of young teachers."""
