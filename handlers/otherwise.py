"""What nobody else took: words outside a conversation, stickers, old buttons, and people without access."""

from dataclasses import replace

from handlers.access import allowed
from handlers.current import current_screen
from handlers.menu.conversation import menu_now
from handlers.routes import Access
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit

NOT_TEXT = "Пока понимаю только текст и кнопки."
WRITE_OR_STOP = "Напишите, пожалуйста, ответ словами. Остановиться: /cancel."
NOT_KEPT = (
    "Такое сообщение сохранить не получится. Напишите, пожалуйста, словами или пришлите фото или файл. "
    "Остановиться: /cancel."
)
SHOWN_AGAIN = frozenset({"consent", "invite", "registration", "survey"})
"""Steps whose question the current screen shows."""
TOO_LARGE = (
    "Файл больше 5 МБ, такой не открыть. Пришлите, пожалуйста, поменьше; "
    "список можно разделить на части, например по школам."
)
TOO_LARGE_HERE = (
    "Файл больше 5 МБ, такой не сохранить. Пришлите, пожалуйста, другой, поменьше. Остановиться: /cancel."
)
OLD_BUTTON = "Эта кнопка устарела."
NOT_UNDERSTOOD = "Не получилось понять. Выберите, пожалуйста, что сделать."
NOT_RECORDED = "Сейчас вопрос не открыт, ответ не записан."
UNKNOWN_COMMAND = "Такой команды нет. Вот что есть."
NOT_HERE = "Здесь это вам не открыто: другая школа, или всё уже изменилось."
NOT_YOURS = {
    Access.OVERSEER: "Этот раздел открыт кураторам и методистам.",
    Access.MANAGER: "Этот раздел открыт кураторам и методистам.",
    Access.METHODIST: "Этот раздел открыт методистам.",
    Access.ADMIN: "Этот раздел открыт администраторам.",
}


async def words(visit: Visit, text: str, hint: str = "") -> Reply:
    """Words that belong to no conversation, or an unknown command; `hint` says what else one may write."""
    if _inside(visit):
        news = UNKNOWN_COMMAND if text.startswith("/") else NOT_UNDERSTOOD
        if text.strip().strip(".!").casefold() in ("да", "нет"):
            news = NOT_RECORDED
        return Reply(await menu_now(visit, f"{news} {hint}".rstrip()))
    return Reply(await current_screen(visit))


async def not_text(visit: Visit, *, asked: bool, files: bool) -> Reply:
    """A sticker, a photo, a voice message. Where words are being `asked` for, or `files` too, that goes on."""
    if files and _inside(visit):
        return Reply(Screen(NOT_KEPT))
    if asked and _inside(visit) and visit.conversation is not None and visit.conversation.step not in SHOWN_AGAIN:
        return Reply(Screen(f"{NOT_TEXT} {WRITE_OR_STOP}"))
    return Reply(with_note(await current_screen(visit), NOT_TEXT))


async def too_large(visit: Visit, asked: bool) -> Reply:
    """A file over the limit. Where one is being `asked` for, that goes on."""
    if asked:
        return Reply(Screen(TOO_LARGE_HERE))
    return Reply(with_note(await current_screen(visit), TOO_LARGE))


async def old_button(visit: Visit) -> Reply:
    """A button that no present handler knows."""
    return Reply(await current_screen(visit), toast=OLD_BUTTON)


async def no_access(visit: Visit, access: Access) -> Reply:
    """A command or button that is not for the person, or not there: where they stand instead."""
    if not _inside(visit):
        return Reply(await current_screen(visit))
    news = NOT_HERE if allowed(access, visit.person, visit.desk.consent) else NOT_YOURS[access]
    return Reply(await menu_now(visit, news), toast=news)


def with_note(screen: Screen, note: str) -> Screen:
    """The screen with a line said before it."""
    return replace(screen, text=f"{note}\n\n{screen.text}")


def _inside(visit: Visit) -> bool:
    return visit.agreed and visit.member.profile is not None
