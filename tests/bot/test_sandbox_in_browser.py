"""The sandbox in a real browser: the test from registration to its chart, a report, a forwarded link, a file."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect, sync_playwright

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
ITEMS = 84
WEEKDAYS = "пн вт ср чт пт сб вс".split()
MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[str]:
    """The address of a sandbox of one's own."""
    command = [sys.executable, "-m", "bot", "sandbox", "--port", "0", "--folder", str(tmp_path / "sandbox")]
    environment = {**os.environ, "LOG_LEVEL": "WARNING", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=tmp_path) as process:
        try:
            assert process.stdout is not None
            address = next(filter(None, (re.search(r"http://\S+", line) for line in process.stdout)))
            yield address.group()
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0


@pytest.fixture
def page() -> Iterator[Page]:
    """A phone's browser. Fails without Chromium: its path is in CHROMIUM."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS)
        page = browser.new_page(viewport=PHONE)
        page.set_default_timeout(15_000)
        expect.set_options(timeout=15_000)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
        browser.close()
    assert faults == []


def tap(page: Page, title: str) -> None:
    page.get_by_test_id("inline-button").filter(has_text=title).last.click()


def write(page: Page, words: str) -> None:
    page.get_by_test_id("composer").fill(words)
    page.get_by_test_id("send").click()


def test_a_new_teacher_registers_answers_and_sees_the_chart(sandbox: str, page: Page) -> None:
    page.goto(sandbox)
    page.get_by_test_id("new-person").click()
    page.get_by_test_id("new-person-name").fill("Вера Новикова")
    page.get_by_test_id("new-person-save").click()
    thread = page.locator("#thread")

    page.get_by_test_id("invite").click()
    tap(page, "Согласие даю")
    tap(page, "Новикова Вера")
    tap(page, "Учитель")
    tap(page, "Биология")
    expect(thread).to_contain_text("педагогический стаж")
    write(page, "8 лет")
    expect(thread).to_contain_text("В каком году")
    write(page, "1991")
    tap(page, "Всё верно")
    tap(page, "Тесты и опросы")
    tap(page, "тест Бойко")
    # The running campaign invites whoever has just joined, at once or on Monday, with a button of the same name.
    introduction = thread.get_by_role("article").filter(has_text=f"{ITEMS} коротких")
    introduction.get_by_test_id("inline-button").filter(has_text="Начать").click()
    for number in range(1, ITEMS + 1):
        expect(thread).to_contain_text(f"{number} из {ITEMS}")
        tap(page, "Да" if number % 2 else "Нет")
    expect(thread).to_contain_text("Ваш результат")
    picture = thread.locator("img").last
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1080


def test_a_curator_reads_the_report_of_the_demonstration_school(sandbox: str, page: Page) -> None:
    page.goto(f"{sandbox}/#person=5005")
    thread = page.locator("#thread")
    write(page, "/menu")
    tap(page, "Отчёт")
    tap(page, "Диагностики")
    expect(thread).to_contain_text("Профессиональные дефициты, ")
    expect(thread).to_contain_text("Завершили тест")
    tap(page, "Другая диагностика")
    tap(page, "выгорание")
    expect(thread).to_contain_text("Резистенция")
    expect(thread).not_to_contain_text("Ветрова")
    page.goto(f"{sandbox}/#person=5006")
    page.reload()
    write(page, "/report")
    tap(page, "Диагностики")
    expect(thread).to_contain_text("Результаты скрыты")


def test_a_newcomer_opens_a_link_that_a_colleague_forwarded(sandbox: str, page: Page) -> None:
    chat = page.request.get(f"{sandbox}/chat/people/5001/messages").json()
    link = f"https://t.me/{chat['bot']['username']}?start={chat['links'][0]['start']}"
    page.goto(f"{sandbox}/#person=5002")
    write(page, f"Вот ссылка для новой коллеги: {link}")
    page.get_by_role("link", name=link).click()
    page.get_by_test_id("link-newcomer").click()
    page.get_by_test_id("new-person-name").fill("Вера Новикова")
    page.get_by_test_id("new-person-save").click()
    expect(page.locator("#as-person")).to_contain_text("Вера Новикова")
    tap(page, "Согласие даю")
    expect(page.locator("#thread")).to_contain_text("Новикова Вера")


def test_the_bot_answers_a_file_it_did_not_ask_for(sandbox: str, page: Page) -> None:
    page.goto(f"{sandbox}/#person=5002")
    table = {"name": "Список.csv", "mimeType": "text/csv", "buffer": "Школа;Фамилия".encode()}
    page.get_by_test_id("file").set_input_files(table)
    page.get_by_test_id("file-send").click()
    expect(page.locator(".msg.out .doc")).to_contain_text("Список.csv")
    expect(page.locator(".msg.out ~ .msg.in .text")).not_to_be_empty()


def test_the_clock_is_moved_and_messages_come(sandbox: str, page: Page) -> None:
    page.goto(f"{sandbox}/#person=5002")
    shown = page.get_by_test_id("clock-now")
    before = page.request.get(f"{sandbox}/chat/clock").json()["now"]
    expect(shown).to_contain_text(day_in_moscow(before))
    page.get_by_test_id("move-day").click()
    expect(shown).to_contain_text(day_in_moscow(before + 86_400))
    # The running campaign reminds every third day, at an hour that disturbs nobody.
    messages = page.locator("#thread .msg.in")
    for _ in range(8):
        if messages.count():
            break
        page.get_by_test_id("move-event").click()
        expect(page.get_by_test_id("toast")).to_contain_text("Пора")
        expect(page.get_by_test_id("move-event")).to_have_attribute("aria-disabled", "false")
        page.wait_for_timeout(1500)
    expect(messages).not_to_have_count(0)
    expect(page.locator("#thread .day-label").last).to_have_text("Сегодня")
    moved = page.request.get(f"{sandbox}/chat/clock").json()["now"]
    page.reload()
    expect(shown).to_contain_text(day_in_moscow(moved))
    page.get_by_test_id("clock-now").click()
    expect(page.get_by_test_id("alert")).to_contain_text("только вперёд")
    # Nothing of the panel is cut off on a phone.
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    button = page.get_by_test_id("move-event").bounding_box()
    assert button is not None
    assert button["x"] + button["width"] <= PHONE["width"]


def day_in_moscow(seconds: float) -> str:
    """As the panel writes a day: «вс, 22 ноября»."""
    day = datetime.fromtimestamp(seconds, ZoneInfo("Europe/Moscow"))
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]}"
