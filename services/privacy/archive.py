"""The file that a copy of one's data comes in: a ZIP with a page to be read and the same as JSON."""

import io
import json
import zipfile
from collections.abc import Sequence
from html import escape

from services.privacy.scribe import Record, Section

JSON_NAME = "data.json"
PAGE_NAME = "data.html"

_PAGE = """<!DOCTYPE html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Мои данные</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; color: #1b2430; max-width: 44rem; margin: 0 auto; padding: 1rem; }}
h1 {{ font-size: 1.5rem; }}
h2 {{ font-size: 1.15rem; margin: 2rem 0 .5rem; border-bottom: 1px solid #cfd8e3; }}
p.note {{ color: #5a6675; margin: .25rem 0; }}
dl {{ margin: 0 0 .75rem; padding-bottom: .5rem; border-bottom: 1px dotted #cfd8e3; }}
dt {{ color: #5a6675; font-size: .85rem; }}
dd {{ margin: 0 0 .25rem; overflow-wrap: anywhere; white-space: pre-wrap; }}
</style>
</head>
<body>
<h1>Мои данные</h1>
<p class="note">Всё, что служба поддержки педагогов хранит о вас на {made_on}
Не пересылайте этот файл: здесь ваши ответы и результаты.</p>
{sections}
</body>
</html>
"""


def make_archive(made_on: str, sections: Sequence[Section]) -> bytes:
    """The ZIP; `made_on` is the moment in words."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PAGE_NAME, page(made_on, sections))
        archive.writestr(JSON_NAME, as_json(made_on, sections))
    return file.getvalue()


def as_json(made_on: str, sections: Sequence[Section]) -> str:
    """The copy as JSON, readable as it is."""
    whole = {
        "сделано": made_on,
        "разделы": [
            {
                "название": section.title,
                **({"пояснение": section.note} if section.note else {}),
                "записи": [dict(record) for record in section.records],
            }
            for section in sections
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def page(made_on: str, sections: Sequence[Section]) -> str:
    """The copy as one HTML page that needs nothing else."""
    return _PAGE.format(made_on=escape(made_on), sections="\n".join(map(_section, sections)))


def _section(section: Section) -> str:
    note = f'<p class="note">{escape(section.note)}</p>\n' if section.note else ""
    return f"<h2>{escape(section.title)}</h2>\n{note}" + "\n".join(map(_record, section.records))


def _record(record: Record) -> str:
    return "<dl>" + "".join(f"<dt>{escape(name)}</dt><dd>{escape(said)}</dd>" for name, said in record) + "</dl>"
