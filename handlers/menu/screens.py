"""The menu and the help of whoever asks, by their roles."""

from html import escape

from handlers.menu.taps import HelpTap, MenuTap
from handlers.privacy.taps import PrivacyTap
from handlers.report.taps import ReportListTap
from handlers.results.taps import ResultListTap
from handlers.survey.taps import BeginTap, OpenTap
from handlers.ui.roles import ROLE_TITLES
from handlers.ui.screen import Button, Row, Screen, button
from services.diagnostics.session import Session
from services.people.model import Person, Role

COMMANDS = {
    "survey": "Пройти тест или продолжить",
    "results": "Мои результаты",
    "report": "Отчёт по школе или району",
    "menu": "Главное меню",
    "help": "Помощь",
    "privacy": "Мои данные и согласие",
    "cancel": "Остановить текущее действие",
}
"""Commands with the lines that the messenger's menu shows beside them."""

OVERSEER_ONLY = frozenset({"report"})


def to_menu(title: str = "Меню") -> Button:
    return button(title, MenuTap())


def is_overseer(person: Person) -> bool:
    """Whether the person gets reports."""
    return person.has(Role.CURATOR) or person.has(Role.METHODIST)


def commands_of(person: Person) -> dict[str, str]:
    """The commands that the person may use."""
    overseer = is_overseer(person)
    return {name: line for name, line in COMMANDS.items() if overseer or name not in OVERSEER_ONLY}


def called(person: Person) -> str:
    """Name and patronymic, as one addresses a teacher."""
    if person.profile is None:
        return ""
    parts = person.profile.full_name.split()
    return escape(" ".join(parts[1:]) or parts[0])


def menu(person: Person, session: Session | None, news: str = "") -> Screen:
    """The menu; `session` is the open test if there is one, `news` a line to be said first."""
    head = f"{escape(news)}\n\n" if news else ""
    roles = "\n".join(f"• {ROLE_TITLES[grant.role]}, {escape(grant.organisation.name)}" for grant in person.grants)
    own: list[Row] = [(button("Мои результаты", ResultListTap()),)]
    if session is None:
        own.insert(0, (button("Пройти тест", OpenTap()),))
    else:
        done = f"{session.answered} из {len(session.answers)}"
        own.insert(0, (button(f"Продолжить тест: {done}", BeginTap()),))
    report: list[Row] = [(button("Отчёт", ReportListTap()),)] if is_overseer(person) else []
    # Whoever teaches comes for the test, whoever only oversees for the report.
    rows = own + report if person.has(Role.TEACHER) else report + own
    rows.append((button("Мои данные", PrivacyTap(do="show")), button("Помощь", HelpTap())))
    return Screen(f"{head}<b>{called(person)}</b>, что сделаем?\n\n{roles}".rstrip(), tuple(rows))


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
    lines = "\n".join(f"/{name} — {line.lower()}" for name, line in commands_of(person).items())
    overseer = (
        "\n\n<b>Отчёты</b>\nВ отчётах только общие цифры. Группы меньше "
        f"{min_group} человек скрываем, чтобы никого нельзя было узнать."
        if is_overseer(person)
        else ""
    )
    return Screen(
        "<b>Как это работает</b>\n\n"
        "Тест можно прервать в любой момент: каждый ответ сохраняется сразу. Вернуться: /survey.\n"
        "«Назад» открывает прошлый вопрос, ответ можно поменять.\n"
        "На вопросы можно отвечать и словами: да, нет.\n\n"
        "Ваш результат видите только вы." + overseer + f"\n\n<b>Команды</b>\n{lines}",
        ((to_menu(),),),
    )
