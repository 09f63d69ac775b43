"""What is kept about a person, and the consent."""
