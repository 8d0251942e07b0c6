"""Asking a record the same question in several rules, and answering it once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from minutes_cli.check.subject import Subject

Answer = TypeVar("Answer")


def once(question: Callable[[Subject], Answer]) -> Callable[[Subject], Answer]:
    """*question*, with its answer for the last subject kept: rules run one after the other over one record."""
    kept: list[tuple[Subject, Answer]] = []

    @wraps(question)
    def answer(subject: Subject) -> Answer:
        last = kept[0] if kept else None
        if last is None or last[0] is not subject:
            last = (subject, question(subject))
            kept[:] = [last]
        return last[1]

    return answer
