"""Who is in an audience, and how many that is today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.campaigns.model import ROLES, Audience, Campaign, Candidate
from services.people.early_career import is_early
from services.people.model import Person
from services.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Expected:
    """How many a campaign would reach if it began now: `reachable` at once, `later` when they join."""

    reachable: int
    later: int
    schools: tuple[tuple[str, int], ...]

    @property
    def people(self) -> int:
        """Everybody it is for."""
        return self.reachable + self.later


def subject_key(subject: str) -> str:
    """«Математика » and «математика» are the same subject."""
    return " ".join(subject.casefold().split())


def fitting(audience: Audience, candidates: Iterable[Candidate], today: date) -> list[Candidate]:
    """Those in the audience, each once: in the school whose role they were given first."""
    wanted = {subject_key(subject) for subject in audience.subjects}
    found: dict[int, Candidate] = {}
    for candidate in candidates:
        profile = candidate.profile
        if audience.early_career and not is_early(profile, today):
            continue
        if wanted and subject_key(profile.subject) not in wanted:
            continue
        found.setdefault(candidate.person_id, candidate)
    return list(found.values())


def still_holds(campaign: Campaign, person: Person) -> bool:
    """Whether the person has one of the audience's roles in one of its schools."""
    schools = campaign.audience.schools
    return any(
        grant.role in (campaign.audience.roles or ROLES)
        and campaign.organisation_id in (grant.organisation.id, grant.organisation.parent_id)
        and (not schools or grant.organisation.id in schools)
        for grant in person.grants
    )


async def expected(
    work: UnitOfWork, organisation_id: int, audience: Audience, consent: str, today: date
) -> Expected:
    """Whom a campaign would be for today."""
    candidates = await work.campaigns.candidates(organisation_id, audience, consent)
    people = fitting(audience, candidates, today)
    counts: dict[tuple[str, int], int] = {}
    for person in people:
        place = (person.school, person.school_id)
        counts[place] = counts.get(place, 0) + 1
    reachable = sum(person.reachable for person in people)
    schools = tuple((name, count) for (name, _), count in sorted(counts.items()))
    return Expected(reachable, len(people) - reachable, schools)


async def subjects(work: UnitOfWork, organisation_id: int, audience: Audience) -> Sequence[str]:
    """The subjects found among the people of the audience's schools and roles, each once, by name."""
    found: dict[str, str] = {}
    for candidate in await work.campaigns.candidates(organisation_id, audience, None):
        subject = " ".join(candidate.profile.subject.split())
        if subject:
            found.setdefault(subject_key(subject), subject)
    return [found[key] for key in sorted(found)]
