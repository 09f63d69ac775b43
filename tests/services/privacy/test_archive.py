"""The file that a copy of one's data comes in."""

import io
import json
import zipfile
from html.parser import HTMLParser

from handlers.routes import ANYWHERE
from handlers.table import all_routes
from services.delivery.model import Kind
from services.diagnostics.session import State
from services.privacy.archive import JSON_NAME, PAGE_NAME, make_archive
from services.privacy.copy_titles import PARCELS, STATES, STEPS
from services.privacy.scribe import Section

SPITEFUL = '<script>alert("х")</script> & {made_on}'
SECTIONS = (
    Section("Кто вы", "", ((("Имя", "Иванова Мария"), ("Должность", SPITEFUL)),)),
    Section("Роли", "Заметка <b>", ((("Роль", "педагог"),), (("Роль", "наставник"),))),
)


class Reader(HTMLParser):
    """Collects the tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def unpacked() -> tuple[str, str]:
    with zipfile.ZipFile(io.BytesIO(make_archive("21 ноября 2026 г.", SECTIONS))) as archive:
        assert sorted(archive.namelist()) == [PAGE_NAME, JSON_NAME]
        return archive.read(PAGE_NAME).decode(), archive.read(JSON_NAME).decode()


def test_the_page_shows_what_people_wrote_as_text_and_needs_nothing_from_elsewhere() -> None:
    page, _ = unpacked()
    reader = Reader()
    reader.feed(page)
    assert SPITEFUL in reader.text
    assert not {"script", "img", "link", "iframe", "b"} & set(reader.tags)
    assert "21 ноября 2026 г." in reader.text


def test_the_json_says_the_same_and_is_readable_as_it_is() -> None:
    _, text = unpacked()
    assert "Иванова Мария" in text
    told = json.loads(text)
    assert [section["название"] for section in told["разделы"]] == ["Кто вы", "Роли"]
    assert told["разделы"][0]["записи"] == [{"Имя": "Иванова Мария", "Должность": SPITEFUL}]
    assert [record["Роль"] for record in told["разделы"][1]["записи"]] == ["педагог", "наставник"]


def test_every_kind_of_message_and_state_of_a_test_has_words() -> None:
    assert set(PARCELS) == {kind.value for kind in Kind}
    assert set(STEPS) == set(all_routes().steps) - {ANYWHERE}
    assert set(STATES) == {state.value for state in State}
