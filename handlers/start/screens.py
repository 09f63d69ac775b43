"""Screens of the first meeting."""

from html import escape

from handlers.menu.taps import MenuTap
from handlers.start import texts
from handlers.start.fields import BY_CODE, CHECK, Field, Given, before
from handlers.start.taps import ConsentTap, DoneTap, FieldTap, InviteTap, StepTap
from handlers.ui.roles import ROLE_TITLES
from handlers.ui.russian import plural
from handlers.ui.screen import Row, Screen, button
from handlers.visit import Visit
from services.people.invites import Refusal
from services.people.model import Invite
from services.people.registration import Unclear, full_name

WIDE = 16
"""Longer titles get a row of their own, so that a phone shows them whole."""


def consent_short(visit: Visit, invite: Invite | None) -> Screen:
    """The consent in short. Whoever agreed to an earlier version is told that it has changed."""
    invitation = f"Вас приглашают: {_as_what(invite)}.\n\n" if invite else ""
    if visit.person is not None and visit.person.profile is not None and visit.person.consent_version is not None:
        invitation = "Текст согласия изменился, поэтому спрашиваем снова. Всё, что вы ответили, сохранено.\n\n"
    elif invite is None and visit.is_admin:
        invitation = texts.ADMIN_GREETING
    text = _filled(visit.desk.consent.short, visit, invitation)
    return Screen(text, (*_consent_choice(), (button("Прочитать полностью", ConsentTap(say="full")),)))


def consent_full(visit: Visit) -> Screen:
    return Screen(
        _filled(visit.desk.consent.full, visit),
        (*_consent_choice(), (button("‹ Назад", ConsentTap(say="short")),)),
    )


def _filled(text: str, visit: Visit, invitation: str = "") -> str:
    consent = visit.desk.consent
    return text.format(
        invitation=invitation,
        asked="\n".join(f"• {item}" for item in consent.asked),
        asked_inline="; ".join(consent.asked),
        min_group=visit.desk.min_group,
        version=consent.version,
        years=plural(visit.desk.retention_years, "года", "лет", "лет"),
    )


def refused() -> Screen:
    return Screen(texts.REFUSED)


def invite_refused(reason: str, *, registered: bool = False) -> Screen:
    """Why the link lets nobody in; who is `registered` has a menu to go back to."""
    ask = "" if reason == Refusal.TAKEN else f" {texts.ASK_FOR_NEW}"
    return Screen(f"{texts.REFUSALS[reason]}{ask}", ((button("Меню", MenuTap()),),) if registered else ())


def another_role(invite: Invite) -> Screen:
    return Screen(
        f"Новое приглашение: {_as_what(invite)}.\n\nПринять? Ваши данные и результаты останутся с вами.",
        ((button("Принять", InviteTap(say="yes")), button("Не сейчас", InviteTap(say="no"))),),
    )


def question(
    field: Field, fields: tuple[Field, ...], given: Given, suggested_name: str, problem: str = ""
) -> Screen:
    """The question of one field: what was wrong with the last answer first, suggested values as buttons."""
    place = fields.index(field) + 1
    head = f"<i>Знакомство: {place} из {len(fields)}</i>\n\n"
    trouble = f"{escape(problem)}\n\n" if problem else ""
    present = given.get(field.code)
    was = f"\n\nСейчас указано: <b>{escape(shown(field.code, given))}</b>" if present is not None else ""
    choices = choices_of(field, suggested_name)
    rows = list(_rows(field, choices))
    earlier = before(field.code, fields)
    if given.get("editing"):
        rows.append((button("‹ Не менять", StepTap(field=CHECK)),))
    elif earlier:
        rows.append((button("‹ Назад", StepTap(field=earlier)),))
    return Screen(f"{head}{trouble}<b>{field.question}</b>{was}", tuple(rows))


def choices_of(field: Field, suggested_name: str) -> tuple[str, ...]:
    """Suggested values of a field; for the name, what the messenger's profile says if it looks like a name."""
    if field.code != "name":
        return field.choices
    try:
        return (full_name(suggested_name),)
    except Unclear:
        return ()


def check(given: Given, fields: tuple[Field, ...], hint: str = "Проверьте, пожалуйста:") -> Screen:
    lines = "\n".join(f"{field.title}: <b>{escape(shown(field.code, given))}</b>" for field in fields)
    edits: list[Row] = [(button("Всё верно", DoneTap()),)]
    edits.extend(
        tuple(button(f"✎ {field.title}", StepTap(field=field.code)) for field in pair)
        for pair in (fields[:2], fields[2:3], fields[3:4], fields[4:])
        if pair
    )
    return Screen(f"{hint}\n\n{lines}", tuple(edits))


def shown(code: str, given: Given) -> str:
    """The value of a field as a person reads it."""
    value = given[code]
    if code == "years":
        return "первый год" if value == 0 else plural(int(value or 0), "год", "года", "лет")
    return str(value)


def current(given: Given, fields: tuple[Field, ...], suggested_name: str) -> Screen:
    """The step of the registration where the person stands."""
    step = str(given["field"])
    return check(given, fields) if step == CHECK else question(BY_CODE[step], fields, given, suggested_name)


def _as_what(invite: Invite) -> str:
    return f"{ROLE_TITLES[invite.role]}, {escape(invite.organisation.name)}"


def _consent_choice() -> tuple[Row, ...]:
    return (
        (button("Согласие даю", ConsentTap(say="agree")),),
        (button("Отказаться", ConsentTap(say="refuse")),),
    )


def _rows(field: Field, choices: tuple[str, ...]) -> tuple[Row, ...]:
    """Short titles two in a row, long ones alone, in the order given."""
    rows: list[Row] = []
    pair: Row = ()
    for number, title in enumerate(choices):
        choice = button(title, FieldTap(field=field.code, choice=number))
        if len(title) > WIDE:
            rows += [row for row in (pair, (choice,)) if row]
            pair = ()
        elif pair:
            rows.append((*pair, choice))
            pair = ()
        else:
            pair = (choice,)
    if pair:
        rows.append(pair)
    return tuple(rows)
