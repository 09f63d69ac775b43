"""Parameters of a call as aiogram's own method classes, strictly."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import aiogram.methods
from aiogram.methods.base import TelegramMethod
from aiogram.types import InputFile
from pydantic import BaseModel, ValidationError

from bot.sandbox.messenger.errors import ApiError, bad_request, not_implemented
from bot.sandbox.messenger.keyboards import Markup, parse_markup
from bot.sandbox.messenger.model import Upload


@dataclass(frozen=True, slots=True)
class Request:
    """A call with checked parameters. `method` is an instance of the aiogram class of that name."""

    method: Any
    markup: Markup | None
    files: Mapping[str, Upload]


@dataclass(frozen=True, slots=True)
class _Spec:
    cls: type[TelegramMethod[Any]]
    fields: frozenset[str]
    structured: frozenset[str]


def method_class(name: str) -> type[TelegramMethod[Any]] | None:
    """aiogram's class of a Bot API method, in any case of letters; None if the Bot API has no such method."""
    return _classes().get(name.lower())


def parse_request(
    name: str, fields: Mapping[str, Any], files: Mapping[str, Upload], honoured: frozenset[str]
) -> Request:
    """Check the parameters of a method.

    Values may be decoded JSON or strings of a form, with JSON inside. Raises ApiError 400 that names an
    unknown field or one that cannot be read, 501 for a field that exists but is not in `honoured`.
    """
    spec = _spec(name.lower())
    values: dict[str, Any] = {}
    for key, value in fields.items():
        if key not in spec.fields:
            raise bad_request(f'unknown field "{key}" in {name}')
        if value is None:
            continue
        if key not in honoured:
            raise not_implemented(f"{name} with {key}")
        values[key] = _decode(key, value) if key in spec.structured and isinstance(value, str) else value
    for key in files:
        if key in spec.fields and key not in values:
            values[key] = f"attach://{key}"
    markup = None
    if "reply_markup" in values:
        markup = parse_markup(values.pop("reply_markup"), inline_only=name.lower().startswith("edit"))
    try:
        method = spec.cls.model_validate(values)
    except ValidationError as error:
        raise _unreadable(error) from None
    for key in spec.structured:
        _refuse_unknown(getattr(method, key), key)
    return Request(method, markup, files)


def _unreadable(error: ValidationError) -> ApiError:
    first = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    if first["type"] == "missing":
        if place == "text":
            return bad_request("message text is empty")
        return bad_request(f"{place} is empty")
    return bad_request(f"can't read {place}: {first['msg']}")


def _decode(key: str, value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        kind = "reply keyboard markup " if key == "reply_markup" else f"{key} "
        raise bad_request(f"can't parse {kind}JSON object") from None


def _refuse_unknown(value: Any, place: str) -> None:
    if isinstance(value, BaseModel):
        if value.model_extra:
            raise bad_request(f'unknown field "{next(iter(value.model_extra))}" in {place}')
        for key in value.model_fields_set:
            _refuse_unknown(getattr(value, key), f"{place}.{key}")
    elif isinstance(value, list):
        for item in value:
            _refuse_unknown(item, place)


@cache
def _classes() -> dict[str, type[TelegramMethod[Any]]]:
    found = (getattr(aiogram.methods, name) for name in aiogram.methods.__all__)
    return {
        cls.__api_method__.lower(): cls for cls in found if isinstance(getattr(cls, "__api_method__", None), str)
    }


@cache
def _spec(name: str) -> _Spec:
    cls = _classes()[name]
    structured = {key for key, info in cls.model_fields.items() if _is_structured(info.annotation)}
    return _Spec(cls, frozenset(cls.model_fields), frozenset(structured))


def _is_structured(annotation: Any) -> bool:
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType, typing.Annotated):
        return any(_is_structured(part) for part in typing.get_args(annotation))
    if origin is list:
        return True
    if not isinstance(annotation, type):
        return False
    return issubclass(annotation, BaseModel) and not issubclass(annotation, InputFile)
