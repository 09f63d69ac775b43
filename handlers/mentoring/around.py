"""Whose lists a visitor goes back to: of the school alone, or of all that they look after around it."""

from services.people import rights
from services.people.model import Organisation, Person


def list_of(person: Person, school: Organisation) -> int:
    """The municipality's id for a methodist of it, the school's for anybody else."""
    around = school.parent_id if rights.directs(person, school) else None
    return school.id if around is None else around
