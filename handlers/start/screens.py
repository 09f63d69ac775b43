"""Screens of the first meeting."""

from html import escape

from handlers.start import texts
from handlers.start.fields import BY_CODE, CHECK, FIELDS, Field, Given, before
from handlers.start.taps import ConsentTap, DoneTap, FieldTap, InviteTap, StepTap
from handlers.ui.roles import ROLE_TITLES
from handlers.ui.russian import plural
from handlers.ui.screen import Row, Screen, button
from services.people.consent import CONSENT_VERSION
from services.people.model import Invite
from services.people.registration import Unclear, full_name

WIDE = 16
"""Longer titles get a row of their own, so that a phone shows them whole."""


def consent_short(min_group: int, invite: Invite | None) -> Screen:
    invitation = f"Вас приглашают: {_as_what(invite)}.\n\n" if invite else ""
    asked = "\n".join(f"• {item}" for item in texts.ASKED)
    text = texts.CONSENT_SHORT.format(invitation=invitation, asked=asked, min_group=min_group)
    return Screen(text, (*_consent_choice(), (button("Прочитать полностью", ConsentTap(say="full")),)))


def consent_full(min_group: int) -> Screen:
    text = texts.CONSENT_FULL.format(
        version=CONSENT_VERSION, asked_inline="; ".join(texts.ASKED), min_group=min_group
    )
    return Screen(text, (*_consent_choice(), (button("‹ Назад", ConsentTap(say="short")),)))


def refused() -> Screen:
    return Screen(texts.REFUSED)


def invite_refused(reason: str) -> Screen:
    return Screen(f"{texts.REFUSALS[reason]} {texts.ASK_FOR_NEW}")


def another_role(invite: Invite) -> Screen:
    return Screen(
        f"Новое приглашение: {_as_what(invite)}.\n\nПринять? Ваши данные и результаты останутся с вами.",
        ((button("Принять", InviteTap(say="yes")), button("Не сейчас", InviteTap(say="no"))),),
    )


def question(field: Field, given: Given, suggested_name: str, problem: str = "") -> Screen:
    """The question of one field: what was wrong with the last answer first, suggested values as buttons."""
    place = FIELDS.index(field) + 1
    head = f"<i>Знакомство: {place} из {len(FIELDS)}</i>\n\n"
    trouble = f"{escape(problem)}\n\n" if problem else ""
    present = given.get(field.code)
    was = f"\n\nСейчас указано: <b>{escape(shown(field.code, given))}</b>" if present is not None else ""
    choices = choices_of(field, suggested_name)
    rows = list(_rows(field, choices))
    earlier = before(field.code)
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


def check(given: Given, hint: str = "Проверьте, пожалуйста:") -> Screen:
    lines = "\n".join(f"{field.title}: <b>{escape(shown(field.code, given))}</b>" for field in FIELDS)
    edits: list[Row] = [(button("Всё верно", DoneTap()),)]
    edits.extend(
        tuple(button(f"✎ {field.title}", StepTap(field=field.code)) for field in pair)
        for pair in (FIELDS[:2], FIELDS[2:3], FIELDS[3:4], FIELDS[4:])
    )
    return Screen(f"{hint}\n\n{lines}", tuple(edits))


def shown(code: str, given: Given) -> str:
    """The value of a field as a person reads it."""
    value = given[code]
    if code == "years":
        return "первый год" if value == 0 else plural(int(value or 0), "год", "года", "лет")
    return str(value)


def current(given: Given, suggested_name: str, problem: str = "") -> Screen:
    """The step of the registration where the person stands."""
    step = str(given["field"])
    return check(given) if step == CHECK else question(BY_CODE[step], given, suggested_name, problem)


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
