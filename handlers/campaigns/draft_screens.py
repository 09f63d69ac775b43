"""Screens of a campaign that has not begun: what is asked about it, and the preview."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from zlib import crc32

from handlers.campaigns.invitation import invitation
from handlers.campaigns.taps import (
    CampaignListTap,
    ChooseInstrumentTap,
    DecideTap,
    DraftTap,
    DropTap,
    LaunchTap,
    NewCampaignOfTap,
)
from handlers.campaigns.words import ROLES, audience_words, days_words, people_words, until
from handlers.ui.russian import form, plural
from handlers.ui.screen import Button, Row, Screen, button
from services.campaigns.audience import Expected, subject_key
from services.campaigns.model import WORDS_LIMIT, Campaign
from services.diagnostics.instrument import Instrument, Privacy
from services.natural_order import natural
from services.people.model import Organisation

CHOSEN = "✓ "
DAYS = (7, 14, 30)
SHOWN = 8
SCHOOLS_COUNTED = 10
NAME_SHOWN = 60

PURPOSE = {
    Privacy.PSYCHOLOGICAL: "О самочувствии и отношениях; личный результат видит только сам человек",
    Privacy.PROFESSIONAL: "О работе и о том, какая поддержка нужна",
    Privacy.OFFICIAL: "Сведения о школе, заполняет куратор",
}


def places(found: Sequence[Organisation]) -> Screen:
    """Whose campaign it will be."""
    rows: list[Row] = [(button(place.name, NewCampaignOfTap(organisation=place.id)),) for place in found]
    return Screen("<b>Новая кампания</b>\n\nДля какой школы или района?", (*rows, _leave()))


def instruments(organisation: Organisation, found: Sequence[Instrument]) -> Screen:
    """Which instrument, with minutes and what it is for."""
    lines = ["<b>Новая кампания</b>", escape(organisation.name), "", "Что предложим пройти?"]
    rows: list[Row] = []
    for privacy, purpose in PURPOSE.items():
        alike = [one for one in found if one.privacy is privacy]
        lines += ["", f"<i>{purpose}</i>"] if alike else []
        for one in alike:
            lines.append(f"• {escape(one.short_title)}, {plural(one.minutes, 'минута', 'минуты', 'минут')}")
            tap = ChooseInstrumentTap(organisation=organisation.id, instrument=one.id)
            rows.append((button(one.short_title, tap),))
    return Screen("\n".join(lines), (*rows, _leave()))


def audience(
    campaign: Campaign,
    organisation: Organisation,
    schools: Sequence[Organisation],
    expected: Expected,
    *,
    back: bool,
) -> Screen:
    """Whom it is for, with the number of people that makes."""
    wanted = campaign.audience

    def decide(title: str, what: str, value: str, *, chosen: bool) -> Button:
        mark = CHOSEN if chosen else ""
        return button(f"{mark}{title}", DecideTap(campaign=campaign.id, what=what, value=value, back=back))

    def part(title: str, name: str) -> Button:
        return button(title, DraftTap(campaign=campaign.id, part=name, back=back))

    roles = tuple(
        decide(title.capitalize(), "role", role.value, chosen=role in wanted.roles)
        for role, title in ROLES.items()
    )
    early = decide("Только молодые педагоги", "early", "toggle", chosen=wanted.early_career)
    chosen_schools = f"выбрано {len(wanted.schools)}" if wanted.schools else "все"
    chosen_subjects = f"выбрано {len(wanted.subjects)}" if wanted.subjects else "все"
    rows: list[Row] = [roles, (early,)]
    if schools:
        rows.append((part(f"Школы: {chosen_schools}", "schools"),))
    rows.append((part(f"Предметы: {chosen_subjects}", "subjects"),))
    rows.append(_onward(campaign, "audience", back=back))
    rows.append(_to_list())
    return Screen(
        f"<b>{escape(campaign.title)}</b>\n\n<b>Кого приглашаем</b>\n"
        f"{audience_words(wanted, organisation, schools)}\n\n{_expected(expected)}",
        tuple(rows),
    )


def schools(campaign: Campaign, found: Sequence[Organisation], page: int, *, back: bool) -> Screen:
    """A page of the municipality's schools to choose from."""
    chosen = campaign.audience.schools
    options = [(school.name, str(school.id), school.id in chosen) for school in found]
    return _choosing(campaign, _SCHOOLS, options, page, back=back)


def subjects(campaign: Campaign, found: Sequence[str], page: int, *, back: bool) -> Screen:
    """A page of the subjects found among the people."""
    chosen = {subject_key(subject) for subject in campaign.audience.subjects}
    options = [(subject, subject_code(subject), subject_key(subject) in chosen) for subject in found]
    return _choosing(campaign, _SUBJECTS, options, page, back=back)


def subject_code(subject: str) -> str:
    """What stands for a subject in a button: somebody may bring a new one between two taps."""
    return f"{crc32(subject_key(subject).encode()):08x}"


@dataclass(frozen=True, slots=True)
class _Choice:
    """A list to choose from: the part of the draft it is, what a tap decides, and its words."""

    part: str
    what: str
    title: str
    all_title: str


_SCHOOLS = _Choice("schools", "school", "Школы", "Все школы")
_SUBJECTS = _Choice("subjects", "subject", "Предметы", "Все предметы")


def _choosing(
    campaign: Campaign, choice: _Choice, options: Sequence[tuple[str, str, bool]], page: int, *, back: bool
) -> Screen:
    """A page of options, each with its title, its value and whether it is chosen."""
    pages = max(1, -(-len(options) // SHOWN))
    page = min(page, pages - 1)

    def decide(name: str, value: str, *, chosen: bool) -> Row:
        tap = DecideTap(campaign=campaign.id, what=choice.what, value=value, page=page, back=back)
        return (button(f"{CHOSEN if chosen else ''}{name}", tap),)

    rows: list[Row] = [decide(choice.all_title, "all", chosen=not any(chosen for _, _, chosen in options))]
    rows += [
        decide(name, value, chosen=chosen) for name, value, chosen in options[page * SHOWN : (page + 1) * SHOWN]
    ]
    turns = [(page - 1, "‹ Раньше"), (page + 1, "Дальше ›")]
    turning = tuple(
        button(turn, DraftTap(campaign=campaign.id, part=choice.part, page=number, back=back))
        for number, turn in turns
        if 0 <= number < pages
    )
    rows += [turning] if turning else []
    rows.append((button("Готово", DraftTap(campaign=campaign.id, part="audience", back=back)),))
    on_page = f", страница {page + 1} из {pages}" if pages > 1 else ""
    hint = "Отметьте нужные. Если не отмечать ничего, подойдут все."
    if not options:
        hint = "Пока ни у кого не указано."
    return Screen(f"<b>{choice.title}</b>{on_page}\n\n{hint}", tuple(rows))


def term(campaign: Campaign, note: str = "", *, back: bool) -> Screen:
    """Until when; a date may be written."""
    rows: list[Row] = [
        tuple(
            button(days_words(days), DecideTap(campaign=campaign.id, what="days", value=str(days), back=back))
            for days in DAYS
        ),
        _onward(campaign, "term", back=back, title=f"Оставить: {until(campaign.ends_on)}"),
        _back_or_later(campaign, "audience", back=back),
    ]
    head = f"{escape(note)}\n\n" if note else ""
    return Screen(f"{head}<b>До какого дня?</b>\n\nВыберите или напишите, например: до 15 декабря.", tuple(rows))


def anonymity(campaign: Campaign, instrument: Instrument, *, back: bool) -> Screen:
    own = "у каждого будет свой результат" if instrument.scales else "каждый увидит свои ответы"

    def decide(title: str, value: str, *, chosen: bool) -> Row:
        mark = CHOSEN if chosen else ""
        return (
            button(f"{mark}{title}", DecideTap(campaign=campaign.id, what="anonymous", value=value, back=back)),
        )

    return Screen(
        "<b>Анонимно?</b>\n\nВ анонимной кампании ответы ни с кем не связаны: человек не получит личного "
        "результата, а вы увидите, кто ещё не ответил, а после закрытия — общие цифры по всей кампании, без школ.",
        (
            decide(f"Нет, {own}", "no", chosen=not campaign.anonymous),
            decide("Да, анонимно", "yes", chosen=campaign.anonymous),
            _back_or_later(campaign, "term", back=back),
        ),
    )


def words(campaign: Campaign, note: str = "", *, back: bool) -> Screen:
    """The words of the invitation; others may be written."""
    head = f"{escape(note)}\n\n" if note else ""
    usual = button("Обычные слова", DecideTap(campaign=campaign.id, what="words", value="usual", back=back))
    return Screen(
        f"{head}<b>Слова приглашения</b>\n\n{escape(campaign.words)}\n\n"
        f"<i>Можно оставить так или написать свои, до {WORDS_LIMIT} знаков. "
        "Срок, время и кнопку бот добавит сам.</i>",
        (
            _onward(campaign, "words", back=back, title="Оставить так"),
            (usual,),
            _back_or_later(campaign, "anonymity", back=back),
        ),
    )


def preview(
    campaign: Campaign,
    instrument: Instrument,
    organisation: Organisation,
    schools: Sequence[Organisation],
    expected: Expected,
    min_group: int,
    today: date,
    note: str = "",
) -> Screen:
    """Just what people will get, and how many of them."""
    shown = invitation(campaign, instrument, min_group)
    left = (campaign.ends_on - today).days
    official = instrument.privacy is Privacy.OFFICIAL
    anonymous = [] if official else [f"<b>Анонимно</b>: {'да' if campaign.anonymous else 'нет'}"]
    lines = [f"{escape(note)}\n"] if note else []
    lines += [
        "<b>Проверьте перед запуском</b>",
        "",
        "<i>Такое сообщение получит каждый:</i>",
        "— — —",
        shown.text,
        "— — —",
        "",
        f"<b>Кому</b>: {audience_words(campaign.audience, organisation, schools)}",
        f"<b>Срок</b>: {until(campaign.ends_on)} {f'Это {days_words(left)}' if left > 0 else 'Срок уже подошёл'}",
        *anonymous,
        "",
        _expected(expected),
    ]
    counted = sorted(expected.schools, key=lambda school: natural(school[0]))
    if len(counted) > 1:
        lines += ["", *(f"{escape(_short(name))}: {count}" for name, count in counted[:SCHOOLS_COUNTED])]
        if more := len(counted) - SCHOOLS_COUNTED:
            lines += [f"и ещё {plural(more, 'школа', 'школы', 'школ')}"] if more > 0 else []
    if official and (silent := _silent(campaign, schools, expected)):
        lines += ["", f"<b>Некому ответить</b>: {silent}. Назначьте там куратора, и приглашение придёт само."]
    return Screen(
        "\n".join(lines),
        (
            (button("Запустить", LaunchTap(campaign=campaign.id)),),
            (button("Изменить…", DraftTap(campaign=campaign.id, part="change")),),
            (button("Отложить", CampaignListTap()), button("Удалить", DropTap(campaign=campaign.id))),
        ),
    )


def _silent(campaign: Campaign, schools: Sequence[Organisation], expected: Expected) -> str:
    """The schools that nobody would answer for; escaped."""
    wanted = campaign.audience.schools
    answering = {name for name, _ in expected.schools}
    names = [one.name for one in schools if one.name not in answering and (not wanted or one.id in wanted)]
    shown = ", ".join(_short(name) for name in names[:SCHOOLS_COUNTED])
    more = len(names) - SCHOOLS_COUNTED
    return escape(f"{shown} и ещё {more}" if more > 0 else shown)


def changing(campaign: Campaign, instrument: Instrument) -> Screen:
    """What of a draft to change."""
    parts = [("audience", "Кому"), ("term", "Срок"), ("anonymity", "Анонимность"), ("words", "Слова приглашения")]
    if instrument.privacy is Privacy.OFFICIAL:
        parts = [part for part in parts if part[0] != "anonymity"]
    rows: list[Row] = [
        (button(title, DraftTap(campaign=campaign.id, part=part, back=True)),) for part, title in parts
    ]
    rows.append((button("‹ Назад", DraftTap(campaign=campaign.id, part="preview")),))
    return Screen(f"<b>{escape(campaign.title)}</b>\n\nЧто изменить?", tuple(rows))


def _expected(expected: Expected) -> str:
    now, later = expected.reachable, expected.later
    joining = f"{form(later, 'получит, как войдёт', 'получат, как войдут', 'получат, как войдут')}"
    if not expected.people:
        return "Сейчас таких людей нет. Приглашение получат те, кто войдёт позже."
    if not now:
        return f"Пока никто не в боте: {people_words(later)} {joining}."
    get = form(now, "Получит", "Получат", "Получат")
    if not later:
        return f"{get} {people_words(now)}."
    return f"{get} {people_words(now)}, ещё {later} не в боте: {joining}."


def _onward(campaign: Campaign, part: str, *, back: bool, title: str = "Дальше ›") -> Row:
    return (button(title, DecideTap(campaign=campaign.id, what="keep", value=part, back=back)),)


def _back_or_later(campaign: Campaign, before: str, *, back: bool) -> Row:
    """To the part before this one, or to what can be changed if the preview sent here; or off for now."""
    part = "change" if back else before
    return (button("‹ Назад", DraftTap(campaign=campaign.id, part=part)), *_to_list())


def _to_list() -> Row:
    return (button("Отложить", CampaignListTap()),)


def _leave() -> Row:
    return (button("‹ Кампании", CampaignListTap()),)


def _short(name: str) -> str:
    return name if len(name) <= NAME_SHOWN else name[: NAME_SHOWN - 1] + "…"
