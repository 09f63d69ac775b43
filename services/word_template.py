"""Filling a Word template: ours, or an operator's on a letterhead; slow libraries are imported where needed."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BODY = "word/document.xml"
_FEWEST = 2
_ROUNDING = 1_000
"""What rounding may add to the width of a column, in English metric units (360 to a hundredth of a millimetre)."""


class TemplateError(ValueError):
    """The template cannot be used; the message says in Russian what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG to stand in the text, `width` millimetres wide."""

    content: bytes
    width: float


def filled(values: object, template: Path) -> bytes:
    """The template filled with the fields of a dataclass; a Picture in them becomes one. Raises TemplateError."""
    looked_at(template)
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
    from jinja2.sandbox import SandboxedEnvironment

    file = BytesIO()
    try:
        paper = DocxTemplate(template)
        # Pictures are put into a package that is open already.
        paper.init_docx()
        # Strict, so that a misspelt name is told of and does not leave a hole in the document.
        environment = SandboxedEnvironment(undefined=StrictUndefined)
        paper.render(_tidy(values, paper), jinja_env=environment, autoescape=True)
        for table in paper.docx.tables:
            _fit(table)
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


def _tidy(value: object, paper: Any) -> Any:
    """The same as a template reads it, without characters that no XML may hold."""
    if isinstance(value, str):
        return _NOT_XML.sub("", value.replace("\r\n", "\n"))
    if isinstance(value, Picture):
        from docx.shared import Mm
        from docxtpl import InlineImage

        return InlineImage(paper, BytesIO(value.content), width=Mm(value.width))
    if is_dataclass(value):
        return {field.name: _tidy(getattr(value, field.name), paper) for field in fields(value)}
    if isinstance(value, Mapping):
        return {name: _tidy(each, paper) for name, each in value.items()}
    return [_tidy(each, paper) for each in value] if isinstance(value, (list, tuple)) else value


def _fit(table: Any) -> None:
    """Columns that were repeated ({%tc for %}) share what the first one leaves of the width of the template's."""
    cells = list(table.rows[0].cells) if len(table.rows) else []
    columns = table._tbl.tblGrid.gridCol_lst
    if len(cells) != len(columns) or any(cell.width is None for cell in cells):
        return
    room = sum(column.w for column in columns)
    if len(cells) < _FEWEST or sum(cell.width for cell in cells) <= room + _ROUNDING * len(cells):
        return
    other = (room - cells[0].width) // (len(cells) - 1)
    for at, column in enumerate(columns):
        column.w = other if at else cells[0].width
    for row in table._tbl.tr_lst:
        for at, cell in enumerate(row.tc_lst):
            cell.width = columns[at].w
