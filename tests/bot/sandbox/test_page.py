"""The page in a real browser of a phone's width: links to the bot and files. The test plays the bot."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup
from playwright.async_api import Page, async_playwright, expect

from bot.sandbox.messenger import Messenger
from bot.sandbox.server import BotApiServer
from bot.sandbox.webchat import add_web_chat
from tests.bot.sandbox.conftest import ANNA, BORIS, png

pytestmark = pytest.mark.browser

WEB = Path(__file__).parents[3] / "bot" / "sandbox" / "web"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PHONE = {"width": 390, "height": 844}
LINK = "https://t.me/school_bot?start=Teacher_7-x"
TABLE = "Школа;Фамилия\nШкола № 1;Иванова\n".encode()


@pytest.fixture
async def server(messenger: Messenger) -> AsyncIterator[BotApiServer]:
    server = BotApiServer(messenger)
    add_web_chat(server, messenger, WEB)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def page(server: BotApiServer, messenger: Messenger) -> AsyncIterator[Page]:
    """Anna's chat on a phone. Fails without Chromium: its path is in CHROMIUM."""
    messenger.add_user(BORIS, "Борис", "Дёмин", role="куратор")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS)
        context = await browser.new_context(viewport=PHONE, has_touch=True)
        await context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
        page = await context.new_page()
        page.set_default_timeout(15_000)
        expect.set_options(timeout=15_000)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        await page.goto(f"{server.url}/#person={ANNA}")
        await expect(page.get_by_test_id("composer")).to_be_visible()
        yield page
        await browser.close()
    assert faults == []


def said(messenger: Messenger, person: int) -> list[str]:
    return [message.text for message in messenger.history(person) if not message.from_bot]


async def clipboard(page: Page) -> str:
    return str(await page.evaluate("navigator.clipboard.readText()"))


async def attach(page: Page, name: str, data: bytes, mime: str) -> None:
    await page.get_by_test_id("file").set_input_files({"name": name, "mimeType": mime, "buffer": data})


async def drop(page: Page, name: str, data: str) -> None:
    """Drag a file over the chat and let it go."""
    script = """([name, data]) => {
        const carried = new DataTransfer();
        carried.items.add(new File([data], name));
        window.tell = (kind) => document.querySelector("#thread").dispatchEvent(
            new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
        window.tell("dragover");
    }"""
    await page.evaluate(script, [name, data])
    await expect(page.get_by_test_id("drop")).to_be_visible()
    await page.evaluate("window.tell('drop')")
    await expect(page.get_by_test_id("drop")).to_be_hidden()


async def test_a_link_to_the_bot_is_opened_by_whom_one_chooses(
    page: Page, server: BotApiServer, messenger: Messenger, bot: Bot
) -> None:
    await bot.send_message(ANNA, f"Ссылка для коллеги:\n{LINK}")
    await page.get_by_role("link", name=LINK).click()
    await expect(page.get_by_test_id("link-sheet")).to_contain_text("t.me/school_bot?start=Teacher_7-x")
    await expect(page.get_by_test_id("link-search")).to_be_hidden()
    await page.get_by_test_id(f"opener-{BORIS}").click()
    await server.until(lambda: said(messenger, BORIS) == ["/start Teacher_7-x"])
    await expect(page.locator("#as-person")).to_contain_text("Борис Дёмин")
    await expect(page.locator("#thread")).to_contain_text("/start Teacher_7-x")
    assert said(messenger, ANNA) == ["/start"]


async def test_a_button_with_a_link_to_the_bot_is_opened_by_a_new_person(
    page: Page, server: BotApiServer, messenger: Messenger, bot: Bot
) -> None:
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Открыть приглашение", url=LINK)]])
    await bot.send_photo(
        ANNA, BufferedInputFile(png(600, 600), "qr.png"), caption="Для школы", reply_markup=markup
    )
    await page.get_by_test_id("inline-button").click()
    await page.get_by_test_id("link-newcomer").click()
    await page.get_by_test_id("new-person-name").fill("Вера Новикова")
    await page.get_by_test_id("new-person-save").click()
    await expect(page.locator("#as-person")).to_contain_text("Вера Новикова")
    await expect(page.locator("#thread")).to_contain_text("/start Teacher_7-x")
    newcomer = messenger.users()[-1]
    assert (newcomer.name, said(messenger, newcomer.id)) == ("Вера Новикова", ["/start Teacher_7-x"])


async def test_many_people_are_searched_by_name(
    page: Page, server: BotApiServer, messenger: Messenger, bot: Bot
) -> None:
    for number in range(10):
        messenger.add_user(100 + number, "Анна", f"Учительница {number}", role="педагог")
    await expect(page.locator("#people .person")).to_have_count(12)
    await bot.send_message(ANNA, LINK)
    await page.get_by_role("link", name=LINK).click()
    await page.get_by_test_id("link-search").fill("демин борис")
    await expect(page.locator("#link-people .person")).to_have_count(1)
    await page.get_by_test_id(f"opener-{BORIS}").click()
    await server.until(lambda: said(messenger, BORIS) == ["/start Teacher_7-x"])


async def test_a_link_is_copied_from_the_sheet_and_by_a_long_press(
    page: Page, messenger: Messenger, bot: Bot
) -> None:
    markup = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Памятка", url="https://example.com/memo")]]
    )
    await bot.send_message(ANNA, LINK, reply_markup=markup)
    # A long press of a touch screen comes to a page as this event, too.
    await page.get_by_test_id("inline-button").dispatch_event("contextmenu")
    await expect(page.get_by_test_id("toast")).to_have_text("Ссылка скопирована")
    assert await clipboard(page) == "https://example.com/memo"
    await page.get_by_role("link", name=LINK).click()
    await page.get_by_test_id("link-copy").click()
    await expect(page.get_by_test_id("link-copy")).to_have_text("Скопировано")
    assert await clipboard(page) == LINK
    assert said(messenger, ANNA) == ["/start"]


async def test_a_person_sends_files_and_the_bot_gets_their_bytes(
    page: Page, server: BotApiServer, messenger: Messenger, bot: Bot
) -> None:
    await attach(page, "Список педагогов.csv", TABLE, "text/csv")
    await page.get_by_test_id("file-caption").fill("Наш список")
    await page.get_by_test_id("file-send").click()
    row = page.locator("a.doc").last
    await expect(row).to_contain_text("Список педагогов.csv")
    await expect(row).to_contain_text(f"{len(TABLE)} Б")
    await expect(page.locator(".msg").last).to_contain_text("Наш список")

    await drop(page, "Архив.zip", "PK\x05\x06" + "\0" * 18)
    await page.get_by_test_id("file-send").click()
    await expect(page.locator("a.doc").last).to_contain_text("Архив.zip")

    table, archive = (update.message for update in await bot.get_updates() if update.message)
    assert table.document is not None
    assert archive.document is not None
    assert (table.caption, table.document.file_name) == ("Наш список", "Список педагогов.csv")
    for document, content in ((table.document, TABLE), (archive.document, b"PK\x05\x06" + bytes(18))):
        downloaded = await bot.download(document)
        assert downloaded is not None
        assert downloaded.read() == content


async def test_a_picture_goes_as_a_photo_or_as_a_file(page: Page, messenger: Messenger) -> None:
    await attach(page, "грамота.png", png(300, 200), "image/png")
    await page.get_by_test_id("file-send").click()
    await expect(page.locator(".photo img")).to_have_count(1)
    await attach(page, "грамота.png", png(300, 200), "image/png")
    await page.get_by_test_id("file-raw").check()
    await page.get_by_test_id("file-send").click()
    await expect(page.locator("a.doc")).to_contain_text("грамота.png")
    await expect(page.locator(".photo img")).to_have_count(1)
    # Telegram takes no GIF as a photo.
    await attach(page, "схема.gif", b"GIF89a", "image/gif")
    await expect(page.get_by_test_id("file-raw")).to_be_hidden()
    await page.get_by_test_id("file-send").click()
    await expect(page.locator("a.doc").last).to_contain_text("схема.gif")
    assert [message.kind for message in messenger.history(ANNA)] == ["text", "photo", "document", "document"]


async def test_an_empty_file_is_not_sent(page: Page, messenger: Messenger) -> None:
    await attach(page, "пусто.csv", b"", "text/csv")
    await expect(page.get_by_test_id("toast")).to_contain_text("Файл пустой")
    await expect(page.get_by_test_id("file-send")).to_be_hidden()


async def test_documents_and_pictures_of_the_bot(page: Page, messenger: Messenger, bot: Bot) -> None:
    name = "Аналитическая справка за 2025-2026 учебный год по Сосновскому району.docx"
    await bot.send_document(ANNA, BufferedInputFile(b"PK\x03\x04" * 30_000, name), caption="<b>Справка</b> готова")
    row = page.locator("a.doc")
    await expect(row).to_contain_text("117 КБ")
    await expect(page.locator(".msg").last).to_contain_text("Справка готова")
    async with page.expect_download() as waiting:
        await row.click()
    download = await waiting.value
    shown = messenger.history(ANNA)[-1].document
    assert shown is not None
    assert download.suggested_filename == shown.name
    assert (await download.path()).read_bytes() == b"PK\x03\x04" * 30_000

    await bot.send_document(ANNA, BufferedInputFile(png(600, 600), "QR для школы.png"))
    await expect(page.locator("a.doc").last).to_contain_text("QR для школы.png")
    await expect(page.locator(".photo")).to_have_count(0)

    await bot.send_photo(ANNA, BufferedInputFile(png(600, 600), "qr.png"), caption="Покажите код коллегам")
    await page.locator(".photo").click()
    picture = page.locator("#viewer-image")
    await expect(picture).to_be_visible()
    box = await picture.bounding_box()
    assert box is not None
    assert box["width"] == PHONE["width"]
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
