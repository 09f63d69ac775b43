"""Makes an instrument's file of an XLSForm: a form without scores, to which scales can be added by hand.

Understood are select_one, select_multiple, integer, decimal, date, text, note, groups, required, relevant,
constraint, hint and label. Whatever else a row asks for is a problem: a form that silently lost it would ask
something else.
"""

import math
import re
from pathlib import Path
from typing import Any

import yaml

from services.diagnostics.fields import ID_LIMIT
from services.diagnostics.instrument import MARKS
from services.diagnostics.item_fields import LONG_TEXT, OPTION_LIMIT
from services.diagnostics.xlsform.reading import Form, FormError, Row, read_form

ITEMS_A_MINUTE = 3
_CODES = "abcdefghijklmnopqrstuvwxyz"
_YES = frozenset({"yes", "true", "true()", "да", "1"})
_NUMBERS = {"integer": 0, "decimal": 2}
_REFUSED = ("calculation", "choice_filter", "repeat_count", "trigger")
_COMPARED = re.compile(r"\$\{\s*([^}]+?)\s*\}\s*=\s*['\"]([^'\"]*)['\"]")
_SELECTED = re.compile(r"selected\(\s*\$\{\s*([^}]+?)\s*\}\s*,\s*['\"]([^'\"]*)['\"]\s*\)")
_NUMBER = r"(-?\d+(?:\.\d+)?)"
_LOW = re.compile(rf"\.\s*>=\s*{_NUMBER}")
_HIGH = re.compile(rf"\.\s*<=\s*{_NUMBER}")


def convert(path: Path) -> str:
    """The YAML text of an instrument with the form's questions. Raises FormError with all that is not clear."""
    form = read_form(path)
    work = _Conversion(path, form)
    items = work.items()
    if not items and not work.problems:
        work.problems.append("Лист survey: нет ни одного вопроса.")
    if work.problems:
        raise FormError(path, work.problems)
    title = form.settings.get("form_title") or path.stem
    file = {
        "id": _id(form.settings.get("form_id") or path.stem),
        "version": form.settings.get("version")[:16] or "1",
        "title": title,
        "short_title": title,
        "source": f"Форма {path.name}",
        "wording": f"как в форме {path.name}",
        "instruction": "Ответьте, пожалуйста, на вопросы. Можно прерваться и вернуться позже: ответы сохранятся.",
        "disclaimer": "Спасибо, что нашли время ответить.",
        "privacy": "professional",
        "audience": [],
        "minutes": math.ceil(len(items) / ITEMS_A_MINUTE),
        "item_count": len(items),
        "items": items,
    }
    return yaml.safe_dump(file, allow_unicode=True, sort_keys=False, width=110)


class _Conversion:
    """One form being converted; `problems` grow as rows are read."""

    def __init__(self, path: Path, form: Form) -> None:
        self.problems: list[str] = []
        self._form = form
        self._groups: list[str] = []
        self._note = ""
        self._items: list[dict[str, Any]] = []
        # By the name of a question: its number and the codes of its options by their names.
        self._asked: dict[str, tuple[int, dict[str, str]]] = {}

    def items(self) -> list[dict[str, Any]]:
        """The items of all questions."""
        for row in self._form.survey:
            kind, _, rest = row.get("type").partition(" ")
            if kind in ("begin", "end") or kind in ("begin_group", "end_group"):
                self._group(row, f"{kind} {rest}".replace("_", " ").split()[:2])
            elif kind == "note":
                self._note = " ".join(filter(None, (self._note, row.get("label"))))
            elif kind:
                self._question(row, kind, rest.strip())
        return self._items

    def _wrong(self, row: Row, what: str, sheet: str = "survey") -> None:
        self.problems.append(f"Лист {sheet}, строка {row.number}: {what}")

    def _group(self, row: Row, words: list[str]) -> None:
        if words[1:] != ["group"]:
            self._wrong(row, f"«{row.get('type')}» не поддерживается. Опишите вопросы по одному, без повторов.")
        elif words[0] == "end":
            if self._groups:
                self._groups.pop()
        else:
            self._groups.append(row.get("label"))
            if row.get("relevant"):
                self._wrong(row, "условие у группы не поддерживается. Перенесите relevant к её вопросам.")

    def _question(self, row: Row, kind: str, rest: str) -> None:
        for column in _REFUSED:
            if row.get(column):
                self._wrong(row, f"столбец {column} не поддерживается. Очистите ячейку.")
        made = self._answer(row, kind, rest)
        if made is None:
            return
        if not row.get("label"):
            self._wrong(row, "нет текста вопроса. Заполните label или label::Russian (ru).")
        group = ". ".join(label.rstrip(".") for label in self._groups if label)
        number = len(self._items) + 1
        item: dict[str, Any] = {"number": number, **made}
        item["text"] = f"{group}. {row.get('label')}" if group else row.get("label")
        hint = " ".join(filter(None, (self._note, row.get("hint"))))
        self._note = ""
        if hint:
            item["hint"] = hint
        if row.get("required").lower() not in _YES:
            item["optional"] = True
        if row.get("relevant"):
            self._condition(row, item)
        self._items.append(item)

    def _answer(self, row: Row, kind: str, rest: str) -> dict[str, Any] | None:
        """The kind of the item with what belongs to it."""
        if kind in ("select_one", "select_multiple"):
            return self._options(row, "choice" if kind == "select_one" else "several", rest)
        if kind not in _NUMBERS and row.get("constraint"):
            self._wrong(row, "constraint поддерживается только у чисел. Очистите ячейку.")
        if kind in _NUMBERS:
            return self._number(row, kind)
        if kind == "date":
            return {"kind": "date"}
        if kind == "text":
            if "multiline" in row.get("appearance"):
                return {"kind": "long_text", "most": LONG_TEXT}
            return {"kind": "short_text"}
        self._wrong(
            row,
            f"тип «{row.get('type')}» не поддерживается. Удалите строку или возьмите select_one, select_multiple, "
            "integer, decimal, date, text.",
        )
        return None

    def _options(self, row: Row, kind: str, rest: str) -> dict[str, Any] | None:
        words = rest.split()
        if len(words) != 1:
            self._wrong(row, f"«{row.get('type')}»: нужно одно имя списка, например select_one yes_no.")
            return None
        choices = [choice for choice in self._form.choices if choice.get("list_name") == words[0]]
        if not 2 <= len(choices) <= OPTION_LIMIT:
            self._wrong(
                row,
                f"в списке «{words[0]}» вариантов: {len(choices)}. Нужно от 2 до {OPTION_LIMIT} на листе choices.",
            )
            return None
        names = [choice.get("name") for choice in choices]
        for choice in choices:
            if not choice.get("label") or not choice.get("name"):
                self._wrong(choice, "у варианта нет name или label. Заполните оба.", "choices")
            elif names.count(choice.get("name")) > 1:
                self._wrong(choice, f"имя «{choice.get('name')}» повторяется. Дайте каждому своё.", "choices")
        codes = dict(zip(names, names if all(map(_is_code, names)) else _CODES, strict=False))
        self._asked[row.get("name")] = (len(self._items) + 1, codes)
        options = [{"code": codes[choice.get("name")], "title": choice.get("label")} for choice in choices]
        return {"kind": kind, "options": options}

    def _number(self, row: Row, kind: str) -> dict[str, Any] | None:
        parts = re.split(r"\s+and\s+", row.get("constraint"), flags=re.IGNORECASE)
        lows = [found.group(1) for part in parts if (found := _LOW.fullmatch(part.strip()))]
        highs = [found.group(1) for part in parts if (found := _HIGH.fullmatch(part.strip()))]
        if len(parts) != 2 or len(lows) != 1 or len(highs) != 1:
            self._wrong(row, "нужны границы числа. Напишите в constraint, например: . >= 0 and . <= 100")
            return None
        low, high = (float(edge) if "." in edge else int(edge) for edge in (lows[0], highs[0]))
        return {"kind": "number", "low": low, "high": high, "decimals": _NUMBERS[kind]}

    def _condition(self, row: Row, item: dict[str, Any]) -> None:
        pairs = []
        for part in re.split(r"\s+or\s+", row.get("relevant"), flags=re.IGNORECASE):
            found = _COMPARED.fullmatch(part.strip()) or _SELECTED.fullmatch(part.strip())
            if found is None:
                self._wrong(
                    row, "такое условие не поддерживается. Можно ${q} = 'a' или selected(${q}, 'a'), через or."
                )
                return
            pairs.append((found.group(1), found.group(2)))
        questions = {question for question, _ in pairs}
        if len(questions) != 1 or (question := questions.pop()) not in self._asked:
            self._wrong(row, "условие должно быть об одном вопросе с вариантами, который стоит раньше.")
            return
        number, codes = self._asked[question]
        unknown = [name for _, name in pairs if name not in codes]
        if unknown:
            self._wrong(row, f"у вопроса «{question}» нет варианта «{unknown[0]}». Есть: {', '.join(codes)}.")
            return
        item["show_if"] = {"item": number, "is": [codes[name] for _, name in pairs]}


def _is_code(name: str) -> bool:
    return len(name) == 1 and "!" <= name <= "~" and name not in MARKS + ":"


def _id(name: str) -> str:
    """A code of what letters there are."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    return (plain if plain[:1].isalpha() else f"form_{plain}".rstrip("_"))[:ID_LIMIT]
