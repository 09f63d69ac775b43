"""Small right instruments with items of every kind, as data that a test may spoil."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from services.diagnostics.instrument import Instrument
from services.diagnostics.loading import read_instrument

Data = dict[str, Any]

AGREEMENT = [
    {"code": "0", "title": "Нет", "value": 0},
    {"code": "1", "title": "Скорее нет", "value": 1},
    {"code": "2", "title": "Скорее да", "value": 2},
    {"code": "3", "title": "Да", "value": 3},
]

_HEAD: Data = {
    "version": "1",
    "source": "Составлен для проверки",
    "wording": "первая редакция",
    "instruction": "Ответьте на вопросы.",
    "disclaimer": "Спасибо за ответы.",
    "minutes": 2,
}

FORM: Data = {
    "id": "card",
    "title": "Карта школы",
    "short_title": "Карта школы",
    "privacy": "official",
    "audience": ["curator"],
    **_HEAD,
    "item_count": 6,
    "items": [
        {
            "number": 1,
            "text": "Есть ли вакансии?",
            "options": [{"code": "y", "title": "Да"}, {"code": "n", "title": "Нет"}],
        },
        {
            "number": 2,
            "kind": "several",
            "text": "Какие?",
            "at_most": 2,
            "show_if": {"item": 1, "is": ["y"]},
            "options": [
                {"code": "m", "title": "Математика"},
                {"code": "r", "title": "Русский язык"},
                {"code": "p", "title": "Физика"},
            ],
        },
        {
            "number": 3,
            "kind": "number",
            "text": "Средний возраст?",
            "low": 18,
            "high": 80,
            "decimals": 1,
            "unit": "лет",
        },
        {
            "number": 4,
            "kind": "date",
            "text": "Когда заполнено?",
            "earliest": "2000-01-01",
            "latest": "today",
        },
        {"number": 5, "kind": "short_text", "text": "Кто помогал?", "hint": "Можно коротко.", "optional": True},
        {"number": 6, "kind": "long_text", "text": "Что добавить?", "optional": True},
    ],
}

_LEVELS = {code: {"meaning": f"Это {code}.", "advice": f"Совет {code}."} for code in ("low", "some", "high")}

MEANS: Data = {
    "id": "means",
    "title": "Опрос о лёгкости",
    "short_title": "Лёгкость",
    **_HEAD,
    "item_count": 3,
    "options": AGREEMENT,
    "scale_bands": [
        {"code": "low", "title": "низкий", "low": 0, "high": 1.0},
        {"code": "some", "title": "средний", "low": 1.1, "high": 2.0},
        {"code": "high", "title": "высокий", "low": 2.1, "deficit": True},
    ],
    "scales": [
        {
            "code": "ease",
            "title": "Лёгкость",
            "short_title": "Лёгкость",
            "maximum": 3,
            "method": "mean",
            "missing": {"rule": "mean", "at_least": 2},
            "levels": _LEVELS,
        }
    ],
    "items": [
        {"number": 1, "kind": "likert", "scale": "ease", "text": "Первое."},
        {"number": 2, "kind": "likert", "scale": "ease", "text": "Второе.", "reversed": True},
        {"number": 3, "kind": "likert", "scale": "ease", "text": "Третье.", "optional": True},
    ],
}


def spoilt(right: Data, spoil: Callable[[Data], object] = lambda data: None) -> Data:
    """A copy of a right instrument's data after `spoil`."""
    data = copy.deepcopy(right)
    spoil(data)
    return data


def made(right: Data, change: Callable[[Data], object] = lambda data: None) -> Instrument:
    """The instrument of such data."""
    return read_instrument(yaml.safe_dump(spoilt(right, change), allow_unicode=True), Path("test.yaml"))
