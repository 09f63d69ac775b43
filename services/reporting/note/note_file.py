"""The note as a .docx, made of our template or of an operator's."""

import logging
from pathlib import Path

from services.reporting.note.model import Note
from services.word_template import TemplateError, filled

log = logging.getLogger(__name__)

OURS = Path(__file__).with_name("templates") / "note.docx"
"""The template that is used while the operator has none; `note_template` makes it."""


def make_note(note: Note, template: Path | None = None) -> bytes:
    """A .docx by the operator's template, by ours where there is none or theirs does not work."""
    if template is not None:
        try:
            return filled(note, template)
        except TemplateError as error:
            log.error("NOTE_TEMPLATE does not work, ours is used: %s", error)
    return filled(note, OURS)


def tried(template: Path) -> None:
    """Fill the template with a sample. Raises TemplateError."""
    from services.reporting.note.sample import SAMPLE

    filled(SAMPLE, template)
