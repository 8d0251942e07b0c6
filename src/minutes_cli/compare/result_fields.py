"""What is common to all who read parse results: their format, and their fields, each checked when it is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from minutes_cli.errors import MinutesError

__all__ = ["FORMAT", "Fields", "NoResultError", "check_format", "is_turn"]

FORMAT = "minutes/1"
_KNOWN = re.compile(r"minutes/([0-9]{1,9})")

Value = TypeVar("Value")


class NoResultError(MinutesError):
    """A JSON value is no parse result that can be compared; the message says why, in half a line."""


def check_format(data: Mapping[str, Any]) -> None:
    """Raise NoResultError where *data* does not say that it is what this version reads."""
    form = data.get("format")
    if form == FORMAT:
        return
    known = _KNOWN.fullmatch(form) if isinstance(form, str) else None
    if known and int(known[1]) > 1:
        raise NoResultError(f"format {form} is newer than this version reads ({FORMAT}); update minutes")
    what = f"its format is {str(form)[:40]!r}" if form is not None else "it names no format"
    raise NoResultError(f"JSON, but no parse result ({what}); 'minutes parse --json' writes one ({FORMAT})")


def is_turn(data: Mapping[str, Any]) -> bool:
    """Whether *data* looks like a line of ``minutes export --to jsonl``."""
    return "format" not in data and {"path", "order", "speaker", "label", "text", "span"} <= data.keys()


class Fields:
    """An object of JSON whose fields are read with their type; ``where`` says which object it is."""

    def __init__(self, data: Any, where: str) -> None:
        if not isinstance(data, Mapping):
            raise NoResultError(f"{where.rstrip(': ') or 'the value'} is no object")
        self.data, self.where = data, where

    def _field(self, name: str, kind: type[Value], words: str) -> Value | None:
        value = self.data.get(name)
        if value is None or (isinstance(value, kind) and not isinstance(value, bool)):
            return value
        raise NoResultError(f"{self.where}{name} is no {words}")

    def text(self, name: str) -> str | None:
        return self._field(name, str, "text")

    def inside(self, name: str) -> Fields:
        return Fields(self.data.get(name) or {}, f"{self.where}{name}: ")

    def list(self, name: str) -> list[Fields]:
        values = self._field(name, list, "list") or []
        return [Fields(value, f"{self.where}{name}[{number}]: ") for number, value in enumerate(values)]

    def texts(self, name: str) -> tuple[str, ...]:
        values = self._field(name, list, "list") or []
        if not all(isinstance(value, str) for value in values):
            raise NoResultError(f"{self.where}{name} holds what is no text")
        return tuple(values)

    def pair(self, name: str) -> tuple[int, int] | None:
        value = self._field(name, list, "list")
        if value is None:
            return None
        if len(value) != 2 or not all(type(number) is int and number >= 0 for number in value):
            raise NoResultError(f"{self.where}{name} is no pair of numbers")
        return value[0], value[1]
