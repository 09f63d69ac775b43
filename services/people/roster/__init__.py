"""A roster: the list of a district's or a school's people in a spreadsheet, brought into the service."""
