"""/privacy: what is kept, who sees it, and revoking the consent."""

from handlers.menu.taps import MenuTap
from handlers.privacy.taps import PrivacyTap
from handlers.routes import Access, Routes
from handlers.start.texts import ASKED
from handlers.ui.screen import Reply, Row, Screen, button
from handlers.visit import Visit
from services.people import consent

routes = Routes()

REVOKED = (
    "Согласие отозвано. Незаконченные тесты остановлены, бот больше не задаёт вопросов, "
    "ваши ответы не входят в отчёты.\n\nЕсли передумаете, нажмите /start."
)


@routes.command("privacy", Access.ANYONE)
async def command_privacy(visit: Visit, _: str) -> Reply:
    return Reply(_shown(visit))


@routes.tap(PrivacyTap, Access.ANYONE)
async def tap_privacy(visit: Visit, tap: PrivacyTap) -> Reply:
    if not consent.in_force(visit.person) or tap.do not in ("ask", "revoke"):
        return Reply(_shown(visit))
    if tap.do == "ask":
        return Reply(
            Screen(
                "<b>Отозвать согласие?</b>\n\nНезаконченный тест остановится, а ваши ответы перестанут "
                "входить в отчёты. Вернуться можно будет в любой момент.",
                (
                    (button("Отозвать согласие", PrivacyTap(do="revoke")),),
                    (button("Не отзывать", PrivacyTap(do="show")),),
                ),
            )
        )
    await visit.work.people.revoke_consent(visit.member.id, visit.now)
    await visit.leave()
    return Reply(Screen(REVOKED))


def _shown(visit: Visit) -> Screen:
    asked = "\n".join(f"• {item}" for item in ASKED)
    agreed = consent.in_force(visit.person)
    state = "Ваше согласие действует." if agreed else "Согласия сейчас нет: о вас ничего не спрашиваем."
    rows: tuple[Row, ...] = ()
    if agreed:
        rows = ((button("Отозвать согласие", PrivacyTap(do="ask")),),)
        if visit.member.profile is not None:
            rows += ((button("Меню", MenuTap()),),)
    return Screen(
        f"<b>Ваши данные</b>\n\nС вашего согласия храним:\n{asked}\n\n"
        "Результаты психологических тестов видите только вы. Куратор и методист получают общие цифры по группе "
        f"не меньше {visit.desk.min_group} человек, без имён. Наставник ваших результатов не видит.\n\n{state}",
        rows,
    )
