"""The document of a route as a .docx, made of a template."""

import logging
from pathlib import Path

from services.iom.document import Answer, Document, StepLine
from services.word_template import TemplateError, filled

log = logging.getLogger(__name__)

OURS = Path(__file__).with_name("templates") / "iom.docx"
"""The template that is used while the operator has none; `document_template` makes it."""
SAMPLE = Document(
    mark="Черновик",
    kind="для устранения дефицитов",
    teacher="Образцова Анна Ивановна",
    teacher_short="Образцова А. И.",
    position="Учитель",
    subject="Физика",
    category="Первая",
    years="12",
    school="Школа № 1",
    municipality="Район",
    period="с 05.09.2026 по 20.05.2027",
    mentor="Опытная Вера Петровна",
    mentor_short="Опытная В. П.",
    curator="Чуткая Ольга Юрьевна",
    curator_short="Чуткая О. Ю.",
    agreed="",
    basis="Диагностика профессиональных дефицитов от 05.09.2026",
    steps=(StepLine("1", "Цифровые компетенции", "Курс", "Курс", "15.10.2026", "Педагог", "Сертификат", ""),),
    reflection=(Answer("Что получилось", "Многое"),),
    early_reason="Цель достигнута раньше",
    made_on="22.11.2026",
)
"""What a template is tried with."""


def make_document(document: Document, template: Path | None = None) -> bytes:
    """A .docx of the route by the operator's template, by ours where there is none or theirs does not work."""
    if template is not None:
        try:
            return filled(document, template)
        except TemplateError as error:
            log.error("IOM_TEMPLATE does not work, ours is used: %s", error)
    return filled(document, OURS)


def tried(template: Path) -> None:
    """Fill the template with a sample. Raises TemplateError."""
    filled(SAMPLE, template)
