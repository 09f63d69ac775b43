"""The menu and the help of whoever asks, by their roles."""

from collections.abc import Sequence
from html import escape

from handlers.audit.taps import AuditTap
from handlers.campaigns.taps import CampaignListTap
from handlers.delivery.taps import DeliveryTap
from handlers.events.taps import EventsTap
from handlers.iom.reviewing.taps import InboxTap
from handlers.iom.taps import IomTap
from handlers.mentoring.taps import MentoringTap
from handlers.menu.taps import HelpTap, MenuTap
from handlers.people.taps import PlacesTap
from handlers.privacy.taps import PrivacyTap
from handlers.profile.taps import ProfileTap
from handlers.report.home.taps import ReportListTap
from handlers.results.taps import ResultListTap
from handlers.survey.taps import GoOnTap, OpenTap
from handlers.ui.roles import ROLE_TITLES
from handlers.ui.screen import Button, Row, Screen, button
from services.diagnostics.instrument import Instrument
from services.diagnostics.session import Session
from services.iom.rights import DECIDERS
from services.people.model import Person, Role
from services.people.rights import MANAGERS

COMMANDS = {
    "survey": "Пройти опрос или продолжить",
    "results": "Мои результаты",
    "iom": "Мой маршрут (ИОМ)",
    "mentoring": "Наставничество: пары, банк, заявки",
    "log": "Записать встречу с наставляемым",
    "events": "События: запись и план",
    "report": "Отчёт по школе или району",
    "digests": "Сводки и сигналы: что и как часто присылать",
    "campaigns": "Кампании: кого опросить и кто ответил",
    "routes": "Маршруты: согласовать и подтвердить",
    "people": "Люди, школы и приглашения",
    "audit": "Журнал: кто что смотрел и менял",
    "delivery": "Доставка: как уходят сообщения",
    "profile": "Мой профиль",
    "menu": "Главное меню",
    "help": "Помощь",
    "privacy": "Мои данные и согласие",
    "cancel": "Остановить текущее действие",
}
"""Commands with the lines that the messenger's menu shows beside them."""

OVERSEERS = (Role.CURATOR, Role.METHODIST)
OF_ROLES = {
    "iom": (Role.TEACHER,),
    "mentoring": (Role.TEACHER, Role.MENTOR, *OVERSEERS),
    "log": (Role.MENTOR,),
    "events": (Role.TEACHER, Role.MENTOR, *OVERSEERS),
    "report": OVERSEERS,
    "digests": OVERSEERS,
    "campaigns": OVERSEERS,
    "routes": DECIDERS,
    "people": MANAGERS,
    "audit": (Role.ADMIN,),
    "delivery": (Role.ADMIN,),
}
"""The roles that a command is for, where it is not for all."""

Begun = tuple[Session, Instrument]


def to_menu(title: str = "Меню") -> Button:
    return button(title, MenuTap())


def is_overseer(person: Person) -> bool:
    """Whether the person gets reports."""
    return _has_any(person, OVERSEERS)


def commands_of(person: Person) -> dict[str, str]:
    """The commands that the person may use."""
    return {
        name: line for name, line in COMMANDS.items() if name not in OF_ROLES or _has_any(person, OF_ROLES[name])
    }


def called(person: Person) -> str:
    """Name and patronymic, as one addresses a teacher."""
    if person.profile is None:
        return ""
    parts = person.profile.full_name.split()
    return escape(" ".join(parts[1:]) or parts[0])


def menu(person: Person, begun: Sequence[Begun], news: str = "") -> Screen:
    """The menu; `begun` are the open tests, the one answered last first, `news` is a line to be said first."""
    head = f"{escape(news)}\n\n" if news else ""
    roles = _roles(person)
    if not person.grants:
        roles = (
            "Сейчас вы не числитесь ни в одной школе, но ваши результаты остались с вами.\n\n"
            "Чтобы войти снова, попросите у куратора школы или методиста района ссылку-приглашение и откройте её: "
            "заполнять всё заново не придётся."
        )
    # Whoever teaches comes for the tests, whoever only oversees for the report.
    rows = (
        [*_own(person, begun), *_kept(person)]
        if person.has(Role.TEACHER) or not person.grants
        else [*_kept(person), *_own(person, begun)]
    )
    rows.append((button("Профиль", ProfileTap()), button("Мои данные", PrivacyTap(do="show"))))
    events = (button("События", EventsTap()),) if _has_any(person, OF_ROLES["events"]) else ()
    rows.append((*events, button("Помощь", HelpTap())))
    return Screen(f"{head}<b>{called(person)}</b>, что сделаем?\n\n{roles}".rstrip(), tuple(rows))


def roles_changed(person: Person) -> Screen:
    """What somebody else has just made of the person."""
    if not person.grants:
        text = "Ваши роли сняты: сейчас вы не числитесь ни в одной школе. Ваши результаты остались с вами."
    else:
        text = f"Ваши роли изменились. Теперь вы:\n{_roles(person)}"
    return Screen(text, ((to_menu(),),))


def _roles(person: Person) -> str:
    return "\n".join(f"• {ROLE_TITLES[grant.role]}, {escape(grant.organisation.name)}" for grant in person.grants)


def _own(person: Person, begun: Sequence[Begun]) -> list[Row]:
    rows: list[Row] = []
    if begun:
        session, instrument = begun[0]
        title = f"Продолжить: {instrument.short_title}, {session.answered} из {session.total}"
        rows.append((button(title, GoOnTap(session=session.id)),))
    rows.append((button("Тесты и опросы", OpenTap()), button("Мои результаты", ResultListTap())))
    if person.has(Role.TEACHER):
        rows.append((button(COMMANDS["iom"], IomTap()), button("Наставничество", MentoringTap())))
    return rows


def _kept(person: Person) -> list[Row]:
    """What overseers and managers do."""
    rows: list[Row] = []
    if is_overseer(person):
        rows.append((button("Отчёт", ReportListTap()), button("Кампании", CampaignListTap())))
    if _has_any(person, DECIDERS):
        mentoring = () if person.has(Role.TEACHER) else (button("Наставничество", MentoringTap()),)
        rows.append((button("Маршруты педагогов", InboxTap()), *mentoring))
    if _has_any(person, MANAGERS):
        rows.append((button("Люди и школы", PlacesTap()),))
    if person.has(Role.ADMIN):
        rows.append((button("Журнал", AuditTap()), button("Доставка", DeliveryTap())))
    return rows


def _has_any(person: Person, roles: Sequence[Role]) -> bool:
    return any(person.has(role) for role in roles)


ROUTES_HELP = (
    "Маршрут (ИОМ) составляют и ведут в /iom: бот напомнит о сроках, а подтвердить шаг можно словами, фото или "
    "файлом.\n\n"
)


MENTOR_HELP = (
    "Была встреча с наставляемым? Просто напишите о ней сюда обычным сообщением, например: «вчера 40 минут "
    "разбирали план урока». По вопросам: /log.\n\n"
)


def help_for(person: Person | None, min_group: int) -> Screen:
    """What the bot can do, for the person's roles."""
    if person is None:
        return Screen(
            "<b>Что умеет бот</b>\n\n"
            "Здесь педагоги проходят диагностику, видят свои результаты и получают поддержку.\n\n"
            "Вход по приглашению: попросите ссылку у куратора школы или методиста района и откройте её. "
            "Если вы уже начали, нажмите /start — продолжим с того же места.\n\n"
            "/privacy — какие данные нужны и зачем"
        )
    lines = "\n".join(f"/{name} — {line[0].lower()}{line[1:]}" for name, line in commands_of(person).items())
    overseer = (
        "\n\n<b>Отчёты и кампании</b>\nРезультаты диагностик в отчётах только общие, без имён. Группы меньше "
        f"{min_group} человек скрываем, чтобы никого нельзя было узнать. В кампании видно, кто ещё не ответил, "
        "но не ответы."
        if is_overseer(person)
        else ""
    )
    return Screen(
        "<b>Как это работает</b>\n\n"
        "Опрос можно прервать в любой момент: каждый ответ сохраняется сразу. Вернуться: /survey.\n"
        "«Назад» открывает прошлый вопрос, ответ можно поменять.\n"
        "На вопросы можно отвечать и словами: да, нет.\n\n"
        + (ROUTES_HELP if person.has(Role.TEACHER) else "")
        + (MENTOR_HELP if person.has(Role.MENTOR) else "")
        + "Ваш результат видите только вы; показать его кому-то ещё можете лишь вы сами. "
        "Скачать или удалить свои данные: /privacy." + overseer + f"\n\n<b>Команды</b>\n{lines}",
        ((to_menu(),),),
    )
