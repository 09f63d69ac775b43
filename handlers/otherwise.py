"""What nobody else took: words outside a conversation, stickers, old buttons, and people without access."""

from handlers.current import current_screen
from handlers.menu.conversation import menu_now
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.people import consent

NOT_TEXT = "Пока понимаю только текст и кнопки."
OLD_BUTTON = "Эта кнопка устарела."
NOT_UNDERSTOOD = "Не получилось понять. Выберите, пожалуйста, что сделать."
NOT_RECORDED = "Сейчас вопрос не открыт, ответ не записан."
UNKNOWN_COMMAND = "Такой команды нет. Вот что есть."
NOT_YOURS = "Этот раздел открыт кураторам и методистам."


async def words(visit: Visit, text: str) -> Reply:
    """Words that belong to no conversation, or an unknown command."""
    if _inside(visit):
        news = UNKNOWN_COMMAND if text.startswith("/") else NOT_UNDERSTOOD
        if text.strip().strip(".!").casefold() in ("да", "нет"):
            news = NOT_RECORDED
        return Reply(await menu_now(visit, news))
    return Reply(await current_screen(visit))


async def not_text(visit: Visit) -> Reply:
    """A sticker, a photo, a voice message."""
    return Reply(with_note(await current_screen(visit), NOT_TEXT))


async def old_button(visit: Visit) -> Reply:
    """A button that no present handler knows."""
    return Reply(await current_screen(visit), toast=OLD_BUTTON)


async def no_access(visit: Visit) -> Reply:
    """A command or button that is not for the person: where they stand instead."""
    if _inside(visit):
        return Reply(await menu_now(visit, NOT_YOURS), toast=NOT_YOURS)
    return Reply(await current_screen(visit))


def with_note(screen: Screen, note: str) -> Screen:
    """The screen with a line said before it."""
    return Screen(f"{note}\n\n{screen.text}", screen.rows, screen.picture)


def _inside(visit: Visit) -> bool:
    person = visit.person
    return person is not None and person.profile is not None and consent.in_force(person)
