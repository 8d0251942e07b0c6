"""Fields of JSON that must be there and of the right kind, for reading back what was written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from minutes_cli.compare.result_fields import Fields, NoResultError
from minutes_cli.ingest.text import MAX_CHARACTERS
from minutes_cli.model import Span

__all__ = ["Checked"]

Choice = TypeVar("Choice", bound=StrEnum)


class Checked(Fields):
    """Fields that must be there; those that this version does not know are refused, as they would be lost."""

    def __init__(self, data: Any, where: str, known: Collection[str], size: int = MAX_CHARACTERS) -> None:
        super().__init__(data, where)
        self.size = size
        for name in self.data:
            if name not in known:
                raise NoResultError(f"{where}{str(name)[:40]} is no field that this version knows; take it out")

    def word(self, name: str) -> str:
        """A text that is not null."""
        value = self.text(name)
        if value is None:
            raise NoResultError(f"{self.where}{name} is missing")
        return value

    def number(self, name: str, least: int = 0) -> int:
        """A whole number."""
        value = self.data.get(name)
        if type(value) is not int or value < least:
            raise NoResultError(f"{self.where}{name} is no number of {least} or more")
        return value

    def share(self, name: str) -> float:
        """A number from 0 to 1."""
        value = self.data.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise NoResultError(f"{self.where}{name} is no number from 0 to 1")
        return float(value)

    def span(self) -> Span:
        """Its place in the record."""
        pair = self.pair("span")
        if pair is None or not pair[0] <= pair[1] <= self.size:
            raise NoResultError(f"{self.where}span is no stretch of the record")
        return Span(*pair)

    def choice(self, name: str, kind: type[Choice]) -> Choice:
        """One of the words of *kind*."""
        word = self.word(name)
        try:
            return kind(word)
        except ValueError:
            words = ", ".join(kind)
            raise NoResultError(f"{self.where}{name} is {word[:40]!r}, none of {words}") from None

    def all(self, name: str, known: Collection[str]) -> Sequence[Checked]:
        """The objects of a list, which must be there."""
        values = self.data.get(name)
        if not isinstance(values, list):
            raise NoResultError(f"{self.where}{name} is no list")
        return [Checked(each, f"{self.where}{name}[{n}]: ", known, self.size) for n, each in enumerate(values)]

    def under(self, name: str, known: Collection[str]) -> Checked:
        """The object *name*, which must be there."""
        return Checked(self.data.get(name), f"{self.where}{name}: ", known, self.size)
