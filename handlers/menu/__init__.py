"""The menu, the help and /cancel."""
