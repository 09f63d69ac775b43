"""Who counts as an early-career teacher: under 35, or in the first three years of work (the seeds' definition)."""

from datetime import date

from services.people.model import Profile

YOUNG_UNDER = 35
FIRST_YEARS = 3


def years_now(profile: Profile, today: date) -> int | None:
    """Whole years of work today: those the person had told, and those that have passed since."""
    if profile.years_of_work is None:
        return None
    told_on = profile.known_on or today
    passed = today.year - told_on.year - ((today.month, today.day) < (told_on.month, told_on.day))
    return profile.years_of_work + max(0, passed)


def is_early(profile: Profile, today: date) -> bool:
    """Whether the person is an early-career teacher today.

    Only the year of birth is known, so that whoever turns 35 this year is no longer counted as young.
    """
    if profile.birth_year is not None and today.year - profile.birth_year < YOUNG_UNDER:
        return True
    years = years_now(profile, today)
    return years is not None and years < FIRST_YEARS
