"""Days of reminders word for word as the policy says it: slow, and not made of the code that is tested."""

from datetime import date, timedelta

from services.delivery.quiet import Quiet


def slow_model(due_on: date, after: date, until: date, quiet: Quiet) -> list[date]:
    """All reminders of a term later than `after`, up to `until`, in order."""
    days = set()
    for before in (7, 1, 0):
        day = due_on - timedelta(days=before)
        while quiet.rests(day):
            day -= timedelta(days=1)
        days.add(day)
    late: list[date] = []
    for later in (1, 3, *range(7, (until - due_on).days + 8, 7)):
        told = due_on + timedelta(days=later)
        day = told
        while quiet.rests(day):
            day += timedelta(days=1)
        if later < 7 or not any(0 < (day - came).days < 3 for came in late):
            days.add(day)
        if day != told:
            late.append(day)
    return sorted(day for day in days if after < day <= until)
