"""How the sending of messages goes, for administrators."""
