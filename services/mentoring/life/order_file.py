"""The list of pairs for the director's order as a .docx, made of a template."""

from pathlib import Path

from services.mentoring.life.order import Order
from services.word_template import filled

TEMPLATE = Path(__file__).with_name("templates") / "pair_order.docx"
"""`order_template` makes it."""


def make_order(order: Order) -> bytes:
    """The .docx: each school's list begins on a page of its own."""
    return filled(order, TEMPLATE)
