"""What happens by the clock, a feature a file. The database decides what is due: once more changes nothing."""
