"""The list of pairs for the director's order as a .docx, made of a template; slow libraries are imported here."""

import re
from dataclasses import asdict
from io import BytesIO
from pathlib import Path

from services.mentoring.life.order import Order

TEMPLATE = Path(__file__).with_name("templates") / "pair_order.docx"
"""`order_template` makes it."""
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def make_order(order: Order) -> bytes:
    """The .docx: each school's list begins on a page of its own."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    paper = DocxTemplate(TEMPLATE)
    # Strict, so that a misspelt name does not leave a hole in the document.
    paper.render(_tidy(asdict(order)), jinja_env=SandboxedEnvironment(undefined=StrictUndefined), autoescape=True)
    file = BytesIO()
    paper.save(file)
    return file.getvalue()


def _tidy(value: object) -> object:
    """The same without characters that no XML may hold."""
    if isinstance(value, str):
        return _NOT_XML.sub("", value)
    if isinstance(value, dict):
        return {name: _tidy(each) for name, each in value.items()}
    return [_tidy(each) for each in value] if isinstance(value, (list, tuple)) else value
