"""The bank of mentors: info cards, offered or proposed, approved by curators."""
