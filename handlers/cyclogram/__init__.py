"""The monitoring of the month: prepared, offered, written up."""
