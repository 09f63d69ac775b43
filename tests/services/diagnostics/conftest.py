import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.diagnostics.instrument import Instrument
from services.diagnostics.loading import load_instrument, load_instruments

LEVELS = {
    "low": {"meaning": "Всё спокойно.", "advice": "Так и держите."},
    "high": {"meaning": "Стало труднее.", "advice": "Отдохните в субботу."},
}

SMALL: dict[str, Any] = {
    "id": "small",
    "version": "1",
    "title": "Небольшой опросник",
    "short_title": "Опросник",
    "source": "Составлен для проверки",
    "wording": "первая редакция",
    "instruction": "Выберите один ответ.",
    "disclaimer": "Это не диагноз.",
    "minutes": 1,
    "item_count": 4,
    "options": [
        {"code": "a", "title": "Часто"},
        {"code": "b", "title": "Иногда"},
        {"code": "c", "title": "Никогда"},
    ],
    "scale_bands": [
        {"code": "low", "title": "низкий", "low": 0, "high": 2},
        {"code": "high", "title": "высокий", "low": 3},
    ],
    "factor_bands": [
        {"code": "low", "title": "низкий", "low": 0, "high": 4},
        {"code": "high", "title": "высокий", "low": 5},
    ],
    "factors": [
        {"code": "inner", "title": "Внутреннее", "scales": ["calm"], "levels": LEVELS},
        {"code": "outer", "title": "Внешнее", "scales": ["warm"], "levels": LEVELS},
    ],
    "scales": [
        {
            "code": "calm",
            "title": "Спокойствие",
            "short_title": "Спокойствие",
            "maximum": 5,
            "item_count": 2,
            "levels": LEVELS,
        },
        {"code": "warm", "title": "Теплота", "short_title": "Теплота", "maximum": 5, "levels": LEVELS},
    ],
    "items": [
        {"number": 1, "scale": "calm", "keyed": "a", "weight": 2, "text": "Первое."},
        {"number": 2, "scale": "warm", "keyed": "b", "weight": 1, "text": "Второе."},
        {"number": 3, "scale": "calm", "keyed": "c", "weight": 3, "text": "Третье."},
        {"number": 4, "scale": "warm", "keyed": "c", "weight": 4, "text": "Четвёртое."},
    ],
}

Write = Callable[[dict[str, Any]], Path]


@pytest.fixture(scope="session")
def boyko() -> Instrument:
    return load_instruments()["boyko"]


@pytest.fixture
def small_data() -> dict[str, Any]:
    """A right instrument of three options and four items, as a file's data that a test may spoil."""
    data: dict[str, Any] = json.loads(json.dumps(SMALL))  # also parts the levels that stand in many places
    return data


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(data: dict[str, Any]) -> Path:
        path = tmp_path / "small.yaml"
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return path

    return written


@pytest.fixture
def small(small_data: dict[str, Any], write: Write) -> Instrument:
    return load_instrument(write(small_data))
