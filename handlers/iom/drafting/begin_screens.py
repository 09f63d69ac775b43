"""Screens before there is a draft: for which school, from which diagnosis."""

from collections.abc import Sequence
from html import escape
from zoneinfo import ZoneInfo

from handlers.iom.drafting.taps import NewRouteTap
from handlers.iom.taps import IomTap
from handlers.iom.words import cut, domains_words
from handlers.menu.taps import MenuTap
from handlers.survey.taps import GoOnTap, OpenTap
from handlers.ui.russian import day_of, long_date, plural
from handlers.ui.screen import Row, Screen, button
from services.diagnostics.session import Session
from services.iom.drafting import DEFICITS_TEST, PROPOSED_DEFICITS, Diagnosis
from services.iom.model import RouteKind
from services.people.model import Organisation

SCHOOLS_SHOWN = 20
BUTTON_SHOWN = 35
_AWAY: Row = (button("‹ Назад", IomTap()), button("Меню", MenuTap()))


def no_school() -> Screen:
    """The visitor teaches nowhere."""
    return Screen(
        "Маршрут составляет педагог школы, а вы пока не числитесь педагогом ни в одной.\n\n"
        "Если вы преподаёте, попросите куратора школы прислать вам ссылку-приглашение для педагога.",
        (_AWAY,),
    )


def schools(found: Sequence[Organisation]) -> Screen:
    """For which of the schools where the visitor teaches."""
    rows: list[Row] = [
        (button(cut(school.name, BUTTON_SHOWN), NewRouteTap(school=school.id)),)
        for school in found[:SCHOOLS_SHOWN]
    ]
    return Screen(
        "<b>Новый маршрут</b>\n\nВ какой школе вы будете его проходить? Согласует маршрут кто-то из этой школы.",
        (*rows, _AWAY),
    )


def undiagnosed(school: Organisation, begun: Session | None, minutes: int) -> Screen:
    """Nothing is known of deficits yet; `begun` is a test that was not finished, which takes so many minutes."""
    text = (
        "<b>Новый маршрут</b>\n\n"
        "Точнее всего маршрут получается после диагностики профессиональных дефицитов: бот увидит, где нужна "
        "поддержка, и предложит подходящие мероприятия.\n\n"
    )
    if begun is None:
        takes = plural(minutes, "минуты", "минут", "минут")
        text += f"Она займёт около {takes}. Баллы увидите только вы."
        first = button("Пройти диагностику", OpenTap(instrument=DEFICITS_TEST))
    else:
        text += f"Вы её уже начали: отвечено {begun.answered} из {begun.total}."
        first = button("Продолжить диагностику", GoOnTap(session=begun.id))
    without = button("Без диагностики, для роста", NewRouteTap(school=school.id, kind=RouteKind.GROWTH))
    return Screen(text, ((first,), (without,), _AWAY))


def diagnosed(school: Organisation, diagnosis: Diagnosis, zone: ZoneInfo) -> Screen:
    """What the last diagnosis suggests."""
    taken_on = long_date(day_of(diagnosis.finished_at, zone)).rstrip(".")
    growth = NewRouteTap(school=school.id, kind=RouteKind.GROWTH)
    again = (button("Пройти диагностику заново", OpenTap(instrument=DEFICITS_TEST)),)
    if not diagnosis.deficits:
        return Screen(
            "<b>Новый маршрут</b>\n\n"
            f"Диагностика ({escape(taken_on)}.) дефицитов не нашла: можно вкладываться в рост. Бот предложит два "
            "мероприятия, а вы поправите их или замените своими.",
            ((button("Составить маршрут для роста", growth),), again, _AWAY),
        )
    most = (
        "Бот предложит по мероприятию для каждой области"
        if len(diagnosis.deficits) <= PROPOSED_DEFICITS
        else "Бот предложит мероприятия для трёх областей, где помощь нужнее всего"
    )
    return Screen(
        "<b>Новый маршрут</b>\n\n"
        f"По диагностике ({escape(taken_on)}.) поддержка пригодится здесь: <b>{domains_words(diagnosis.deficits)}"
        f"</b>.\n\n{most}, а вы поправите их или замените своими.",
        (
            (button("Составить маршрут", NewRouteTap(school=school.id, kind=RouteKind.DEFICITS)),),
            (button("Не для дефицитов, а для роста", growth),),
            again,
            _AWAY,
        ),
    )
