"""The database and Python agree on who is an early-career teacher."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select

from services.people.early_career import is_early
from services.people.model import Profile
from storage import early_career
from storage.database import Database
from storage.tables import people
from tests.storage.residents import NOW

DAYS = (date(2026, 11, 24), date(2026, 1, 1), date(2026, 12, 31), date(2028, 2, 29), date(2027, 2, 28))


@pytest.mark.parametrize("day", DAYS)
async def test_the_same_people_are_early_in_their_career(database: Database, day: date) -> None:
    around = [day + timedelta(days=365 * years + off) for years in range(-4, 2) for off in range(-3, 4)]
    profiles = [
        Profile("Сидорова Анна", "Учитель", "Физика", years, born, known_on=told)
        for told in (None, date(2024, 2, 29), *around)
        for years in (None, 0, 1, 2, 3)
        for born in (None, day.year - 34, day.year - 35)
    ]
    names = {"full_name": "Сидорова Анна", "position": "Учитель", "subject": "Физика", "created_at": NOW}
    rows = [
        names
        | {"id": number, "years_of_work": each.years_of_work, "birth_year": each.birth_year}
        | {"profile_on": each.known_on}
        for number, each in enumerate(profiles, start=1)
    ]
    async with database.write() as connection:
        await connection.execute(insert(people), rows)
        found = set(await connection.scalars(select(people.c.id).where(early_career.is_early(day))))
    assert found == {number for number, each in enumerate(profiles, start=1) if is_early(each, day)}
