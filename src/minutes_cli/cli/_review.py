"""The corrections to ask about, one after the other, at the keyboard."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from minutes_cli.cli._corrections import in_context
from minutes_cli.cli._decisions import Decision, decided, next_number, rules_of, save
from minutes_cli.cli._text import count, visible, wrap
from minutes_cli.errors import UsageError
from minutes_cli.model import Edit, Safety, Source
from minutes_cli.normalize import Normalized
from minutes_cli.normalize.phrases.rule import Rule

DECISIONS = Path("minutes-decisions.yaml")
"""Where the answers go when no other file is named."""

_AROUND = 30
_QUESTION = "correct it? y yes, n no, ya/na the same for all like it, s skip, q quit: "
_HELP = "y: make this correction; n: never make it; a behind it: the same for all like it; s: leave open; q: enough"

Ask = Callable[[str], str]
"""Shows a question and gives the answer, a line; empty at the end of the input."""


class Review:
    """Asks about each record in turn; the answers become rules in the file *path*."""

    def __init__(self, path: Path, ask: Ask | None = None) -> None:
        self.path = path
        self.ask = ask or at_keyboard()
        self.number = 1
        self.stopped = False
        self.same: dict[tuple[str, str, str], bool] = {}
        self.accepted = self.refused = self.open = self.lost = 0

    def number_from(self, known: Sequence[Rule]) -> None:
        """Number new decisions so that none of those among *known* has the same. Raises UsageError."""
        self.number = next_number(self.path, known)

    def __call__(self, result: Normalized) -> Normalized:
        """*result* with what was accepted applied. The answers are in the file when this returns, or raises."""
        decisions: list[Decision] = []
        try:
            edits = [edit for edit in result.proposed if edit.safety is Safety.ASK]
            for number, edit in enumerate(edits, 1):
                accepted = self._decide(result.view.source, edit, f"{number} of {len(edits)}")
                if accepted is None:
                    self.open += 1
                else:
                    decisions.append(Decision(edit, accepted))
        finally:
            self._keep(result, decisions)
        return decided(result, decisions)

    def summary(self) -> str:
        """What was decided, and where it is kept."""
        words = f"{self.accepted:,} accepted, {self.refused:,} refused, {self.open:,} left open"
        if self.accepted + self.refused > self.lost:
            words += f"; kept in {self.path}, for --rules"
        if self.lost:
            words += f"; {count(self.lost, 'decision')} not kept: the words around do not tell the place from others"
        return words

    def _keep(self, result: Normalized, decisions: Sequence[Decision]) -> None:
        rules, lost = rules_of(result, decisions, self.number)
        save(self.path, rules)
        self.number += len(rules)
        self.lost += lost
        self.accepted += sum(d.accepted for d in decisions)
        self.refused += sum(not d.accepted for d in decisions)

    def _decide(self, source: Source, edit: Edit, number: str) -> bool | None:
        kind = (edit.rule, edit.before, edit.after)
        if self.stopped or kind in self.same:
            return self.same.get(kind)
        answer = _answer(self.ask, _shown(source, edit, number))
        self.stopped = "q" in answer
        if "y" not in answer and "n" not in answer:
            return None
        accepted = "y" in answer
        if "a" in answer:
            self.same[kind] = accepted
        return accepted


def _shown(source: Source, edit: Edit, number: str) -> str:
    width = max(40, shutil.get_terminal_size().columns)
    place = source.place(edit.span.start)
    head = f"{source.name}:{place.line}:{place.column} ({number}) {edit.rule}, sure {edit.confidence:.2f}"
    rest = [in_context(source, edit, _AROUND), edit.reason]
    lines = [*wrap(visible(head), width), *("  " + part for text in rest for part in wrap(visible(text), width - 2))]
    return "\n" + "\n".join(lines) + "\n"


def _answer(ask: Ask, shown: str) -> str:
    """``y``, ``n``, ``ya``, ``na``, ``s`` or ``q``."""
    answer = ask(shown + _QUESTION)
    while True:
        letters = "q" if not answer else answer.strip().lower()
        short = {"yes": "y", "no": "n", "skip": "s", "quit": "q", "ay": "ya", "an": "na"}.get(letters, letters)
        if short in ("y", "n", "ya", "na", "s", "q"):
            return short
        answer = ask("the same answer for all like it? ya or na: " if short == "a" else f"{_HELP}\n{_QUESTION}")


def at_keyboard() -> Ask:
    """Questions on stderr, answers from the terminal. Raises UsageError where there is none."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("--review asks at the keyboard, but there is no terminal; --fix all applies without asking")

    def ask(words: str) -> str:
        sys.stderr.write(words)
        sys.stderr.flush()
        return sys.stdin.readline()

    return ask
