"""One's own profile, schools and phones."""
