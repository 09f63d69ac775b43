"""How often somebody hears of what, and the buttons that change it."""

from collections.abc import Mapping
from html import escape

from handlers.cyclogram.taps import CyclogramTap
from handlers.iom.words import cut
from handlers.menu.screens import to_menu
from handlers.profile.taps import ProfileTap, RemindersTap
from handlers.pushes.taps import SetPushTap
from handlers.ui.screen import Row, Screen, button
from services.people.model import Organisation
from services.pushes.model import How, What
from services.pushes.switching import Often

TITLES = {
    What.WEEKLY: "Сводка недели",
    What.ALERTS: "Сигналы",
    What.MONTHLY: "Сводка месяца и итоги мер",
    What.CYCLOGRAM: "Циклограмма",
}
SHORT = {
    What.WEEKLY: "Неделя",
    What.ALERTS: "Сигналы",
    What.MONTHLY: "Месяц",
    What.CYCLOGRAM: "Циклограмма",
}
"""On buttons of a phone."""
ABOUT = {
    What.WEEKLY: "по понедельникам: что изменилось в школе и что ждёт вас. Если рассказать не о чем, бот молчит.",
    What.ALERTS: "когда показатель переходит порог: выгорание, пары без встреч, просроченные ИОМ, кампании.",
    What.MONTHLY: "показатели района за месяц, а в январе и июне ещё и то, что дали принятые меры.",
    What.CYCLOGRAM: "мониторинг месяца и справка по его итогам.",
}
MONTHLY_OF_CURATORS = "Итоги мер"
ABOUT_EFFECT = "в январе и июне: что дали меры из прошлых справок."
HOW = {How.ON: "присылать", How.WEEKLY: "раз в неделю", How.OFF: "не присылать"}
AT_ONCE = "сразу"
PLACES, BUTTON = 5, 56


def choice(
    offered: Mapping[What, tuple[How, ...]],
    often: Often,
    hour: int,
    directed: tuple[Organisation, ...],
    note: str = "",
) -> Screen:
    """What is on now, and a row of buttons for each; a methodist of the `directed` places gets there from here."""
    lines = [f"{escape(note)}\n"] if note else []
    lines += ["<b>Сводки и сигналы</b>", "", "Что и как часто присылать?"]
    rows: list[Row] = []
    for what, choices in offered.items():
        title, about = _title(what, directed)
        lines += ["", f"<b>{title}</b>: {how_words(what, often.of(what))}", f"<i>{about}</i>"]
        rows.append(
            tuple(
                button(
                    f"{'✓ ' if often.of(what) is how else ''}{'' if place else f'{SHORT[what]}: '}"
                    f"{how_words(what, how)}",
                    SetPushTap(what=what, how=how),
                )
                for place, how in enumerate(choices)
            )
        )
    lines += ["", f"Час у сводок тот же, что у напоминаний: с {hour}:00."]
    for place in directed[:PLACES]:
        title = "Циклограмма" if len(directed) == 1 else cut(f"Циклограмма: {place.name}", BUTTON)
        rows.append((button(title, CyclogramTap(organisation=place.id)),))
    rows.append((button("Когда напоминать", RemindersTap()), button("Профиль", ProfileTap()), to_menu()))
    return Screen("\n".join(lines), tuple(rows))


def how_words(what: What, how: How) -> str:
    """«присылать»; of alerts «сразу»."""
    return AT_ONCE if what is What.ALERTS and how is How.ON else HOW[how]


def _title(what: What, directed: tuple[Organisation, ...]) -> tuple[str, str]:
    if what is What.MONTHLY and not directed:
        return MONTHLY_OF_CURATORS, ABOUT_EFFECT
    return TITLES[what], ABOUT[what]
