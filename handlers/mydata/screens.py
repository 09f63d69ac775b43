"""What is said about a copy of one's data, and before and after its end."""

from handlers.mydata.taps import EraseTap, ExportTap
from handlers.privacy.taps import PrivacyTap
from handlers.ui.screen import Row, Screen, button

PREPARING = "Собираю ваши данные, файл придёт следующим сообщением."

ERASED = (
    "Готово: ваших данных в службе больше нет.\n\n"
    "Сообщения в этом чате остались только у вас, удалить их можно в самом мессенджере. "
    "Чтобы вернуться, понадобится новое приглашение."
)


def erase_screen(minute: int, agreed: bool) -> Screen:
    """The question before the end, asked in this minute; a copy is offered to those who have agreed."""
    copy: tuple[Row, ...] = ((button("Сначала выгрузить", ExportTap()),),) if agreed else ()
    before = " Если данные ещё нужны, сначала выгрузите их." if agreed else ""
    return Screen(
        "<b>Удалить все ваши данные?</b>\n\n"
        "<b>Исчезнет сразу и навсегда:</b> имя и сведения о вас, роли, все ответы и результаты, начатые опросы, "
        "доступ к результатам, которые вы показали или которые показали вам, присланные файлы, согласие.\n\n"
        "<b>Останется:</b>\n"
        "• общие цифры групп, уже посчитанные для отчётов: по ним вас не узнать;\n"
        "• анонимные ответы: с вами их ничто не связывает;\n"
        "• строки журнала действий без имени;\n"
        "• резервные копии базы до конца их срока.\n\n"
        "Если ваша школа снова загрузит список педагогов с вашим именем, запись из списка появится опять, "
        "но пустая: без ответов и без согласия.\n\n"
        f"Вернуть удалённое нельзя.{before}",
        (
            *copy,
            (button("Удалить навсегда", EraseTap(do="for_ever", minute=minute)),),
            (button("Не удалять", PrivacyTap(do="show")),),
        ),
    )
