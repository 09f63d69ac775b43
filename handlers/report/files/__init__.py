"""The note and the table as files, and those handed out before."""
