"""/privacy: what is kept, who sees it, the consent, and what one can do about one's data."""

from handlers.menu.taps import MenuTap
from handlers.mydata.taps import EraseTap, ExportTap
from handlers.privacy.taps import PrivacyTap
from handlers.routes import Access, Routes
from handlers.sharing.taps import SharesTap
from handlers.start.taps import ConsentTap
from handlers.ui.russian import plural
from handlers.ui.screen import Reply, Row, Screen, button
from handlers.visit import Visit
from services.privacy.erasing import withdraw

routes = Routes()

REVOKED = (
    "Согласие отозвано. Незаконченные опросы остановлены, бот больше не задаёт вопросов, ваши ответы не войдут "
    "в новые отчёты, показанные результаты закрыты.\n\n"
    "Если передумаете, нажмите /start. Удалить данные совсем можно здесь: /privacy."
)


@routes.command("privacy", Access.ANYONE)
async def command_privacy(visit: Visit, _: str) -> Reply:
    return Reply(_shown(visit))


@routes.tap(PrivacyTap, Access.ANYONE)
async def tap_privacy(visit: Visit, tap: PrivacyTap) -> Reply:
    if not visit.agreed or tap.do not in ("ask", "revoke"):
        return Reply(_shown(visit))
    if tap.do == "ask":
        return Reply(
            Screen(
                "<b>Отозвать согласие?</b>\n\nВаши ответы не войдут в новые отчёты, а доступ к показанным "
                "результатам закроется. Незаконченные опросы остановятся, и начинать их придётся заново. "
                "Остальное сохранится, и вернуться можно будет в любой момент.",
                # Not where the button that asked was: a double tap must not revoke.
                (
                    (button("Не отзывать", PrivacyTap(do="show")),),
                    (button("Отозвать согласие", PrivacyTap(do="revoke")),),
                ),
            )
        )
    await withdraw(visit.work, visit.member.id, visit.now)
    await visit.leave()
    return Reply(Screen(REVOKED, ((button("Мои данные", PrivacyTap(do="show")),),)))


def _shown(visit: Visit) -> Screen:
    asked = "\n".join(f"• {item}" for item in visit.desk.consent.asked)
    years = plural(visit.desk.retention_years, "года", "лет", "лет")
    return Screen(
        f"<b>Ваши данные</b>\n\nС вашего согласия храним:\n{asked}\n\n"
        "Результаты психологических тестов видите только вы и тот, кому вы сами их покажете: один результат можно "
        "показать одному психологу. Куратор и методист получают общие цифры по группе "
        f"не меньше {visit.desk.min_group} человек, без имён, и видят, кто ответил, но не ответы. "
        "Наставник ваших результатов не видит.\n\n"
        f"Ответы храним не дольше {years}.\n\n{_state(visit)}",
        _rows(visit),
    )


def _state(visit: Visit) -> str:
    if visit.agreed:
        return f"Ваше согласие действует, редакция {visit.desk.consent.version}."
    if visit.person is None:
        return "Согласия сейчас нет: о вас ничего не спрашиваем."
    return (
        "Согласия сейчас нет: о вас ничего не спрашиваем и ничего нового не записываем. "
        "Чтобы выгрузить свои данные, дайте согласие снова. Удалить их можно и так."
    )


def _rows(visit: Visit) -> tuple[Row, ...]:
    consent = (button("К согласию", ConsentTap(say="short")),)
    if visit.person is None:
        waits = visit.conversation is not None and visit.conversation.step == "consent"
        return (consent,) if waits else ()
    erasing = (button("Удалить мои данные", EraseTap(do="ask")),)
    if not visit.agreed:
        return (consent, erasing)
    rows: tuple[Row, ...] = ((button("Мои данные: выгрузить", ExportTap()),),)
    if visit.person.profile is not None:
        rows += ((button("Кому я показываю результаты", SharesTap()),),)
    rows += (erasing, (button("Отозвать согласие", PrivacyTap(do="ask")),))
    if visit.person.profile is not None:
        rows += ((button("Меню", MenuTap()),),)
    return rows
