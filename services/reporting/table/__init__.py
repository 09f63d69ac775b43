"""A statement as a spreadsheet: indicators by school, dynamics, diagnostics, plans, lists of today."""
