"""Answer sheets collected on paper or in a form, scored from a spreadsheet file to a spreadsheet file."""
