"""What is said about messages that have not come about."""

from handlers.menu.screens import to_menu
from handlers.ui.screen import Screen


def not_made() -> Screen:
    return Screen(
        "<b>Файл или график не получился</b>\n\n"
        "Простите: подготовить то, что вы просили, не удалось, хотя бот пробовал несколько раз. "
        "Ваши данные на месте. Попросите ещё раз; если снова не выйдет, скажите администратору сервиса.",
        ((to_menu(),),),
    )
