"""Buttons of people and schools. Each names the place, person or link that it is about."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id
from services.people.model import Role


class PlacesTap(CallbackData, prefix="places"):
    """The places that the person keeps: a page of them, or the only one."""

    page: Count = 0


class PlaceTap(CallbackData, prefix="place"):
    """The card of a municipality (with a page of its schools), a school or a region."""

    organisation: Id
    page: Count = 0


class FoundPlacesTap(CallbackData, prefix="placesfound"):
    """A page of the schools whose names hold what was written."""

    organisation: Id
    page: Count = 0


class NewMunicipalityTap(CallbackData, prefix="munnew"):
    """Ask for the name of a new municipality, or with `sure` add the one that was written."""

    sure: bool = False


class NewSchoolTap(CallbackData, prefix="schoolnew"):
    """The same for a school of the municipality."""

    organisation: Id
    sure: bool = False


class RenameTap(CallbackData, prefix="rename"):
    """Ask for another name of the place."""

    organisation: Id


class InviteTap(CallbackData, prefix="inv"):
    """Begin an invite to the place: as whom."""

    organisation: Id


class InviteRoleTap(CallbackData, prefix="invrole"):
    """The role is chosen: for how many people."""

    organisation: Id
    role: Role


class InviteSeatsTap(CallbackData, prefix="invseats"):
    """The number of people is chosen: for how long."""

    organisation: Id
    seats: Count


class InviteTermTap(CallbackData, prefix="invterm"):
    """The days are chosen: the link is made."""

    organisation: Id
    days: Count


class LinksTap(CallbackData, prefix="links"):
    """A page of the links of the place that still let somebody in."""

    organisation: Id
    page: Count = 0


class LinkTap(CallbackData, prefix="link"):
    """The card of one link."""

    invite: Id


class RevokeTap(CallbackData, prefix="linkend"):
    """Ask whether to revoke the link, or with `sure` revoke it."""

    invite: Id
    sure: bool = False


class LinkQrTap(CallbackData, prefix="linkqr"):
    """The link as a picture."""

    invite: Id


class PeopleTap(CallbackData, prefix="people"):
    """A page of the people of the place; with `waiting`, of those who have not joined."""

    organisation: Id
    page: Count = 0
    waiting: bool = False


class FoundPeopleTap(CallbackData, prefix="peoplefound"):
    """A page of the people whose names hold what was written."""

    organisation: Id
    page: Count = 0


class MemberTap(CallbackData, prefix="member"):
    """The card of one person in the place."""

    organisation: Id
    person: Id


class ZoneTap(CallbackData, prefix="zone"):
    """The time zones that the place may be set to."""

    organisation: Id


class SetZoneTap(CallbackData, prefix="zoneset"):
    """Set the time zone of the place: `chosen` is its place in the list, 0 for that of the place above."""

    organisation: Id
    chosen: Count


class GiveTap(CallbackData, prefix="give"):
    """Give the person the role in the place."""

    organisation: Id
    person: Id
    role: Role


class TakeTap(CallbackData, prefix="take"):
    """Ask whether to take the role away, or with `sure` take it."""

    organisation: Id
    person: Id
    role: Role
    sure: bool = False


class TakeOutTap(CallbackData, prefix="takeout"):
    """Ask whether to end all roles of the person in the place, or with `sure` end them."""

    organisation: Id
    person: Id
    sure: bool = False


class PersonalLinkTap(CallbackData, prefix="personal"):
    """The link by which only this person comes in; with `qr`, as a picture."""

    organisation: Id
    person: Id
    qr: bool = False
