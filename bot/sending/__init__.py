"""How what is owed goes out: the sender, its pace, the state of the line."""
