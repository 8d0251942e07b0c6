"""Every type of the linter that travels: what a rule is, what it finds, how a finding is reported."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from minutes_cli.model import Edit, Place, Severity, Span

if TYPE_CHECKING:
    from minutes_cli.check.subject import Subject


class Flaw(NamedTuple):
    """What a rule finds: a place in the original, a sentence for the user, and an edit where one mends it.

    The edit is applied by ``--fix`` only when its safety is ``safe``. A flaw of the whole record stands at
    ``Span(0, 0)``.
    """

    span: Span
    message: str
    fix: Edit | None = None


class Forbidden(NamedTuple):
    """A word that shall not stand in records, and what to do about it ("" where nothing is said)."""

    word: str
    advice: str = ""


class Options(NamedTuple):
    """What the user may set for rules; see ``docs/check.md``.

    ``prh`` are dictionaries of textlint's prh rule.
    ``longest_turn`` counts characters (None: judged from the record itself), ``least_layout_score`` and
    ``most_unknown`` are shares from 0 to 1.
    """

    prh: tuple[Path, ...] = ()
    forbidden: tuple[Forbidden, ...] = ()
    longest_turn: int | None = None
    least_layout_score: float = 0.3
    most_unknown: float = 0.2


class Example(NamedTuple):
    """A whole record, and the lines (from 1) on which its rule finds something there; no line: nothing at all.

    ``fixed`` is the record after the safe fixes of the rule, where it has some. ``encoding`` is the one in which
    the file is written; ``path`` its name, ``sidecar`` what the file with suppressions beside it holds.
    """

    text: str
    lines: tuple[int, ...] = ()
    fixed: str | None = None
    path: str = "record.txt"
    encoding: str = "utf-8"
    options: Options = Options()
    sidecar: str = ""


class Rule(NamedTuple):
    """What a file under ``rules/`` defines: how flaws are found, and what the user is told about them.

    ``explanation`` says in a few sentences what is wrong, why it matters, what to do and what the rule leaves alone.
    ``lacks`` says what the rule needs and the user has not given, None where it can run.
    """

    find: "Callable[[Subject], Iterable[Flaw]]"
    explanation: str
    must: tuple[Example, ...]
    must_not: tuple[Example, ...]
    lacks: Callable[[Options], str | None] = lambda options: None


class Row(NamedTuple):
    """A row of the table of rules. ``code`` is stable, ``on`` says whether it runs without being selected.

    ``words`` marks rules that need Sudachi or the character model: the slow ones.
    """

    code: str
    name: str
    severity: Severity
    about: str
    group: str
    on: bool = True
    words: bool = False


class Reported(NamedTuple):
    """A finding as it is given out: all that a writer needs, without the record.

    ``start`` and ``end`` (behind the last character) are places for people; ``excerpt`` is the line of the record in
    which it begins, without its end, from column ``excerpt_column`` on; ``key`` is what a baseline knows it by.
    """

    rule: str
    code: str
    severity: Severity
    path: str
    span: Span
    start: Place
    end: Place
    message: str
    fix: Edit | None
    excerpt: str
    key: str
    excerpt_column: int = 1

    def as_dict(self) -> dict[str, Any]:
        """The fields of one finding in JSON."""
        return {
            "rule": self.rule,
            "code": self.code,
            "severity": self.severity.value,
            "path": self.path,
            "line": self.start.line,
            "column": self.start.column,
            "end_line": self.end.line,
            "end_column": self.end.column,
            "span": list(self.span),
            "message": self.message,
            "fix": self.fix and _fix(self.fix),
        }


def _fix(edit: Edit) -> dict[str, Any]:
    return {
        "span": list(edit.span),
        "before": edit.before,
        "after": edit.after,
        "safety": edit.safety.value,
        "reason": edit.reason,
    }
