"""The document of a route as a .docx, made of a template; slow libraries are imported where they are needed."""

import logging
import re
import zipfile
from dataclasses import asdict
from io import BytesIO
from pathlib import Path

from services.iom.document import Answer, Document, StepLine

log = logging.getLogger(__name__)

OURS = Path(__file__).with_name("templates") / "iom.docx"
"""The template that is used while the operator has none; `document_template` makes it."""
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BODY = "word/document.xml"
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


class TemplateError(ValueError):
    """The template cannot be used; the message says in Russian what is wrong with it."""


def make_document(document: Document, template: Path | None = None) -> bytes:
    """A .docx of the route by the operator's template, by ours where there is none or theirs does not work."""
    if template is not None:
        try:
            return filled(document, template)
        except TemplateError as error:
            log.error("IOM_TEMPLATE does not work, ours is used: %s", error)
    return filled(document, OURS)


def filled(document: Document, template: Path) -> bytes:
    """The template filled with the document's words. Raises TemplateError."""
    looked_at(template)
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
    from jinja2.sandbox import SandboxedEnvironment

    file = BytesIO()
    try:
        paper = DocxTemplate(template)
        # Strict, so that a misspelt name is told of and does not leave a hole in the document.
        environment = SandboxedEnvironment(undefined=StrictUndefined)
        paper.render(_tidy(asdict(document)), jinja_env=environment, autoescape=True)
        paper.save(file)
    except TemplateSyntaxError as error:
        raise TemplateError(f"{template}: ошибка в метках {{{{ }}}} или {{% %}}: {error.message}") from error
    except UndefinedError as error:
        raise TemplateError(f"{template}: неизвестная метка: {error.message}") from error
    except Exception as error:
        # What lies in a stranger's file may break the libraries in any way.
        raise TemplateError(f"{template}: не удалось заполнить ({type(error).__name__})") from error
    return file.getvalue()


def looked_at(template: Path) -> None:
    """Look whether the file may be a template at all; quick. Raises TemplateError."""
    try:
        with zipfile.ZipFile(template) as archive:
            names = archive.namelist()
    except FileNotFoundError:
        raise TemplateError(f"нет файла {template}") from None
    except (OSError, zipfile.BadZipFile):
        raise TemplateError(f"{template}: это не документ Word (.docx)") from None
    if _BODY not in names:
        raise TemplateError(f"{template}: это не документ Word (.docx)")


def tried(template: Path) -> None:
    """Fill the template with a sample. Raises TemplateError."""
    filled(SAMPLE, template)


def _tidy(value: object) -> object:
    """The same without characters that no XML may hold."""
    if isinstance(value, str):
        return _NOT_XML.sub("", value.replace("\r\n", "\n"))
    if isinstance(value, dict):
        return {name: _tidy(each) for name, each in value.items()}
    return [_tidy(each) for each in value] if isinstance(value, (list, tuple)) else value
