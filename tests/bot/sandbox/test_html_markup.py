from __future__ import annotations

import pytest

from bot.sandbox.messenger.errors import ApiError
from bot.sandbox.messenger.html_markup import parse_html
from bot.sandbox.messenger.rendering import render_html
from bot.sandbox.messenger.text import bot_text


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("а<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("3 <5", "Unclosed start tag at byte offset 2"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a"'),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ('<span class="red">x</span>', 'Tag "span" must have class "tg-spoiler"'),
        ("a&nbsp;b", 'Unsupported entity "&nbsp;" at byte offset 1'),
    ],
)
def test_what_telegram_cannot_parse_is_refused(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.code == 400
    assert refusal.value.description.startswith(f"Bad Request: can't parse entities: {reason}")


@pytest.mark.parametrize(
    ("source", "text", "html"),
    [
        ("1 &lt; 2 &amp; 3 &#8212; R&D", "1 < 2 & 3 — R&D", "1 &lt; 2 &amp; 3 — R&amp;D"),
        ("😀 <B>да</B>", "😀 да", "😀 <b>да</b>"),
        ("<b>а <i>б</i></b>", "а б", "<b>а <i>б</i></b>"),
        ("<strong>а</strong>\n<em>б</em>", "а\nб", "<b>а</b><br><i>б</i>"),
        (
            "<a href='https://example.com/?a=1&amp;b=2'>т</a>",
            "т",
            '<a href="https://example.com/?a=1&amp;b=2">т</a>',
        ),
        ("<a href='javascript:alert(1)'>т</a>", "т", "т"),
        ("<tg-spoiler>т</tg-spoiler>", "т", "т"),
        ("<pre>а\nб</pre>", "а\nб", "<pre>а\nб</pre>"),
        ("  <b> а</b>  ", "а", "<b>а</b>"),
        ("&lt;script&gt;", "<script>", "&lt;script&gt;"),
        ("см. https://example.com/x.", "см. https://example.com/x.", None),
    ],
)
def test_text_and_page_html(source: str, text: str, html: str | None) -> None:
    plain, entities = bot_text(source, "HTML", None)
    assert plain == text
    linked = 'см. <a href="https://example.com/x">https://example.com/x</a>.'
    assert render_html(plain, entities) == (html if html is not None else linked)


def test_crossing_entities_render_well_nested() -> None:
    entities = [{"type": "bold", "offset": 0, "length": 4}, {"type": "italic", "offset": 2, "length": 4}]
    assert render_html("абвгде", entities) == "<b>аб<i>вг</i></b><i>де</i>"


@pytest.mark.parametrize("source", ["", "  \n ", "<b></b>", "\u200b", "<b> </b>"])
def test_empty_text_is_refused(source: str) -> None:
    with pytest.raises(ApiError, match="message text is empty"):
        bot_text(source, "HTML", None)
