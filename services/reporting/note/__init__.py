"""The analytical note of a statement: a Word document that people edit, sign and hand in."""
