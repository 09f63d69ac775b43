"""What is asked and said when pairs begin."""

from collections.abc import Sequence
from html import escape

from handlers.mentoring.pair.taps import StartAllTap
from handlers.mentoring.taps import PairListTap
from handlers.ui.russian import plural
from handlers.ui.screen import Screen, button
from services.mentoring.life.groups import Group
from services.mentoring.life.ports import PairLine
from services.people.model import Organisation
from services.people.names import short_name

STARTED = "Пара начала работу. Оба получат сообщение."
NOBODY_WAITS = "Согласованных пар, которые ждут приказа, нет."
OTHERS_NOW = "Список изменился, посмотрите ещё раз."
SHOWN = 30


def confirm(place: Organisation, agreed: Sequence[PairLine], newest: int) -> Screen:
    """Asks before all of these begin."""
    count = len(agreed)
    lines = [
        f"<b>Начать {plural(count, 'пару', 'пары', 'пар')}</b>",
        escape(place.name),
        "",
        "Приказ подписан? Тогда начнут работу:",
        *(f"• {escape(short_name(line.mentor))} и {escape(short_name(line.mentee))}" for line in agreed[:SHOWN]),
    ]
    if count > SHOWN:
        lines.append(f"и ещё {count - SHOWN}")
    lines += ["", "У каждой пары появится программа, оба получат сообщение."]
    back = PairListTap(organisation=place.id, group=Group.AGREED.value)
    return Screen(
        "\n".join(lines),
        (
            (button("Приказ подписан, начать", StartAllTap(organisation=place.id, count=count, newest=newest)),),
            (button("‹ Пока нет", back),),
        ),
    )


def started(count: int) -> str:
    """What has been done."""
    return f"Начали работу: {plural(count, 'пара', 'пары', 'пар')}."
