"""The screen of the delivery: numbers for administrators, and another try for what failed."""

from services.people.model import Role
from tests.conftest import Founder
from tests.handlers.campaigning import present
from tests.handlers.test_audit import with_admin
from tests.town import Town, titles

FAILED = (
    "INSERT INTO outbox (account_id, kind, key, payload, state, reason, not_before, created_at)"
    " SELECT min(id), 'roles_news', :key, '{}', 'failed', :reason, :now, :now FROM accounts"
)


async def fail(town: Town, **reasons: str) -> None:
    """Rows of the outbox that were given up just now."""
    assert town.house is not None
    now = town.house.desk.clock().strftime("%Y-%m-%d %H:%M:%S.%f")
    for key, reason in reasons.items():
        await town.change(FAILED, key=key, reason=reason, now=now)


async def test_an_administrator_sees_what_failed_and_has_it_sent_again(found: Founder) -> None:
    town, admin = await with_admin(found)
    await fail(
        town,
        a="unreachable: TelegramNetworkError",
        b="unreachable: TelegramServerError",
        c="blocked",
        d="refused: Bad Request: chat not found",
        e="the campaign does not run",
    )
    screen = await admin.says("/delivery")
    for line in (
        "Не доставлено за неделю: 4",
        "• Telegram не отвечал трое суток: 2",
        "• Telegram не принял: 1",
        "• бот заблокирован получателем: 1",
        "Устарели и не отправлены: 1",
        "Бота заблокировали: 0\N{NO-BREAK SPACE}человек",
    ):
        assert line in screen.text
    assert titles(screen) == ["Обновить", "Отправить неудачные ещё раз", "Меню"]
    await admin.taps("Отправить неудачные ещё раз")
    assert admin.toasts[-1] == "Снова в очереди: 2\N{NO-BREAK SPACE}сообщения."
    await town.server.until(lambda: sum("Ваши роли" in message.text for message in admin.history) == 2)
    await admin.taps("Обновить", present(admin, screen))
    assert "Не доставлено за неделю: 2" in present(admin, screen).text
    assert titles(present(admin, screen)) == ["Обновить", "Меню"]


async def test_the_screen_is_for_administrators(found: Founder) -> None:
    town, admin = await with_admin(found)
    school = await town.school()
    curator = await town.person("Пётр").registers(Role.CURATOR, school, "Петров Пётр Петрович")
    assert "Доставка" not in titles(await curator.says("/menu"))
    assert "Доставка" not in (await curator.says("/delivery")).text
    await fail(town, a="unreachable: TelegramNetworkError")
    await curator.taps_data("dlvagain")
    assert await town.rows("SELECT 1 FROM outbox WHERE state = 'failed'")
    await admin.says("/menu")
    assert "Доставка сообщений" in (await admin.taps("Доставка")).text
