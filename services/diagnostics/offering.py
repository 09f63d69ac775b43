"""What a person is offered to take: campaigns first, then what is begun, then what their roles open to them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.campaigns.model import Campaign
from services.diagnostics.instrument import Audience, Instrument, Privacy
from services.diagnostics.library import Library
from services.diagnostics.session import Session
from services.people.early_career import is_early
from services.people.model import Organisation, Person, Role

IN_SCHOOL = (Role.TEACHER, Role.MENTOR, Role.CURATOR)
"""A mentor or a curator teaches, too, whatever link they came by."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One instrument with the campaign it is taken in, the session begun and the one finished last, if any.

    `schools` are those that the person may begin an official form for; of other instruments there are none.
    """

    instrument: Instrument
    campaign: Campaign | None = None
    session: Session | None = None
    taken: Session | None = None
    schools: Sequence[Organisation] = ()

    @property
    def anonymous(self) -> bool:
        """Whether nobody will be able to tell whose the answers are."""
        return (self.session is not None and self.session.anonymous) or (
            self.campaign is not None and self.campaign.anonymous
        )


def offers(
    person: Person,
    today: date,
    library: Library,
    campaigns: Sequence[Campaign],
    begun: Sequence[Session],
    finished: Sequence[Session],
    by_pairs: Collection[str] = (),
) -> list[Offer]:
    """All that the person may take now, the most pressing first.

    `campaigns` are those that run for the person, `begun` and `finished` the person's sessions, `by_pairs` the ids
    of instruments that the person's pairs open to them.
    """
    taken = {session.instrument: session for session in finished}
    left = [session for session in begun if session.instrument in library]
    found: list[Offer] = []
    for campaign in campaigns:
        if campaign.instrument not in library:
            continue
        session = next((each for each in left if _is_of(each, campaign)), None)
        if session is not None:
            left.remove(session)
        instrument = library.current(campaign.instrument)
        schools = _schools_left(instrument, person, campaign, finished)
        before = None if campaign.anonymous else taken.get(instrument.id)
        if before is not None and schools and before.organisation_id not in [school.id for school in schools]:
            before = None
        found.append(Offer(instrument, campaign, session, before, schools))
    found += [
        Offer(library.current(session.instrument), None, session, taken.get(session.instrument))
        for session in left
    ]
    named = {offer.instrument.id for offer in found if not offer.anonymous}
    own = [
        Offer(instrument, taken=taken.get(instrument.id), schools=_schools_of(instrument, person))
        for instrument in library.instruments
        if instrument.id not in named and (instrument.id in by_pairs or admits(instrument, person, today))
    ]
    return found + sorted(own, key=lambda offer: offer.taken is not None)


def admits(instrument: Instrument, person: Person, today: date) -> bool:
    """Whether the person is offered the instrument outside campaigns."""
    return any(_admits(audience, person, today) for audience in instrument.audience)


def _schools_of(instrument: Instrument, person: Person) -> Sequence[Organisation]:
    return person.scopes(Role.CURATOR) if instrument.privacy is Privacy.OFFICIAL else ()


def _schools_left(
    instrument: Instrument, person: Person, campaign: Campaign, finished: Sequence[Session]
) -> Sequence[Organisation]:
    """The person's schools that the campaign is about; those not told of yet when there are some."""
    told = {session.organisation_id for session in finished if session.campaign_id == campaign.id}
    chosen = campaign.audience.schools
    mine = [
        school
        for school in _schools_of(instrument, person)
        if campaign.organisation_id in (school.id, school.parent_id) and (not chosen or school.id in chosen)
    ]
    return [school for school in mine if school.id not in told] or mine


def _is_of(session: Session, campaign: Campaign) -> bool:
    return session.instrument == campaign.instrument and session.anonymous == campaign.anonymous


def _admits(audience: Audience, person: Person, today: date) -> bool:
    if audience is Audience.MENTOR:
        return person.has(Role.MENTOR)
    if audience is Audience.CURATOR:
        return person.has(Role.CURATOR)
    in_school = _has_any(person, IN_SCHOOL)
    if audience is Audience.TEACHER:
        return in_school
    return in_school and person.profile is not None and is_early(person.profile, today)


def _has_any(person: Person, roles: Iterable[Role]) -> bool:
    return any(person.has(role) for role in roles)
