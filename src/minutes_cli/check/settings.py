"""What ``minutes.toml`` (or ``[tool.minutes]`` of a ``pyproject.toml``) says about checking. Reads no file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import reduce
from pathlib import Path
from typing import Any, NamedTuple

from minutes_cli.check.model import Forbidden, Options, Row
from minutes_cli.check.run import Levels
from minutes_cli.check.table import RULES, fits, known, selected
from minutes_cli.errors import IngestError, UsageError
from minutes_cli.ingest.text import canonical_encoding
from minutes_cli.model import Kind, Severity
from minutes_cli.parse.conventions import CONVENTIONS

#: From the least to the worst.
_ORDER = (Severity.INFO, Severity.WARNING, Severity.ERROR)
#: What ``fail-on`` may also say: the exit code is then never 1.
NEVER = "never"


def rank(severity: Severity) -> int:
    """0 for info, 1 for a warning, 2 for an error."""
    return _ORDER.index(severity)


class Settings(NamedTuple):
    """How records are checked; None and empty: as minutes itself decides.

    ``severity`` is the least that is shown, ``fail_on`` the least that makes the exit code 1 (None: never).
    ``severities`` gives rules (selectors) another severity, the last fitting one counts. ``baseline`` is a path.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: tuple[tuple[str, Severity], ...] = ()
    severity: Severity = Severity.WARNING
    fail_on: Severity | None = Severity.WARNING
    baseline: str | None = None
    encoding: str | None = None
    kind: Kind | None = None
    convention: str | None = None
    options: Options = Options()

    def rows(self) -> tuple[Row, ...]:
        """The rules to run: selected, and severe enough to be shown or to fail. Raises UsageError."""
        levels = self.levels()
        least = min(rank(self.severity), rank(self.fail_on or Severity.ERROR))
        rows = selected(self.select, self.extend_select, self.ignore)
        return tuple(row for row in rows if rank(levels.of(row)) >= least)

    def levels(self) -> Levels:
        """The severity of each rule that has another than its own."""
        return Levels(
            tuple((row.name, level) for selector, level in self.severities for row in RULES if fits(row, selector))
        )


def read_settings(table: Mapping[str, Any], name: str, folder: Path, path: str, base: Settings) -> Settings:
    """*base* with what the table ``check`` of the file *name* says about the record *path*.

    *path* is relative to *folder*, where the file stands, with ``/``; so are the paths in the file. ``per-path`` tables
    count in their order for records that one of their patterns fits. Raises UsageError.
    """
    unknown = [key for key in table if key not in KEYS]
    if unknown:
        raise UsageError(f"{name}: unknown key {unknown[0]!r}{_near(unknown[0], KEYS)}")
    tables = table.get("per-path", [])
    if not isinstance(tables, list) or not all(isinstance(entry, dict) for entry in tables):
        raise UsageError(f"{name}: per-path takes tables: write [[check.per-path]] before each")
    fitting = [_for_path(entry, name, path) for entry in tables]
    return reduce(
        lambda settings, entry: _with(settings, entry, name, folder),
        [{k: v for k, v in table.items() if k != "per-path"}, *[entry for entry in fitting if entry]],
        base,
    )


def _for_path(entry: Mapping[str, Any], name: str, path: str) -> dict[str, Any]:
    """What a ``per-path`` table says, nothing where none of its patterns fits *path*."""
    rest = {key: value for key, value in entry.items() if key != "paths"}
    patterns = _Entry("paths", entry.get("paths", []), name, Path()).texts()
    if not patterns:
        raise UsageError(f'{name}: a per-path table needs paths, as in paths = ["scans/**"]')
    _with(Settings(), rest, name, Path())  # what is wrong in it is said for every record
    return rest if any(path_fits(path, pattern) for pattern in patterns) else {}


def path_fits(path: str, pattern: str) -> bool:
    """Whether *path* is what *pattern* means: a folder, a file, or a pattern in which ``*`` is anything, also ``/``.

    A pattern without a slash may also fit the file's name alone.
    """
    pattern = pattern.strip("/")
    name = path.rpartition("/")[2]
    return (
        fnmatchcase(path, pattern)
        or fnmatchcase(path, f"{pattern}/*")
        or fnmatchcase(path, pattern.replace("**/", "*"))
        or ("/" not in pattern and fnmatchcase(name, pattern))
    )


def _with(settings: Settings, table: Mapping[str, Any], name: str, folder: Path) -> Settings:
    for key, value in table.items():
        reader = _READERS.get(key)
        if reader is None:
            raise UsageError(f"{name}: unknown key {key!r}{_near(key, _READERS)}")
        settings = reader(settings, _Entry(key, value, name, folder))
    return settings


def _near(key: str, keys: Iterable[str]) -> str:
    near = get_close_matches(key, keys, n=1)
    return f"; did you mean {near[0]}?" if near else f"; known are {', '.join(keys)}"


class _Entry(NamedTuple):
    """A line of a settings file: *file* is for the words of errors, *folder* where paths in it start."""

    key: str
    value: Any
    file: str
    folder: Path

    def wrong(self, words: str) -> UsageError:
        """The fault of this entry."""
        return UsageError(f"{self.file}: {self.key} {words}")

    def texts(self) -> tuple[str, ...]:
        """One string or several. Raises UsageError."""
        values = [self.value] if isinstance(self.value, str) else self.value
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            raise self.wrong(f'takes strings: {self.key} = ["…", "…"]')
        return tuple(values)

    def text(self) -> str:
        """One string. Raises UsageError."""
        if not isinstance(self.value, str) or not self.value:
            raise self.wrong(f'takes a string: {self.key} = "…"')
        return self.value

    def selectors(self) -> tuple[str, ...]:
        """Strings that mean rules. Raises UsageError."""
        return tuple(self._selector(selector) for selector in self.texts())

    def _selector(self, selector: str) -> str:
        try:
            known(selector)
        except UsageError as e:
            raise UsageError(f"{self.file}: {self.key}: {e}") from None
        return selector

    def share(self) -> float:
        """A number from 0 to 1. Raises UsageError."""
        if not isinstance(self.value, int | float) or isinstance(self.value, bool) or not 0 <= self.value <= 1:
            raise self.wrong("takes a share from 0 to 1")
        return float(self.value)

    def severity(self, value: Any) -> Severity:
        """The severity called *value*. Raises UsageError."""
        if value not in list(Severity):
            raise UsageError(f"{self.file}: {self.key}: unknown severity {value!r}; known are {', '.join(Severity)}")
        return Severity(value)

    def severities(self) -> tuple[tuple[str, Severity], ...]:
        """Severities by selector. Raises UsageError."""
        if not isinstance(self.value, dict):
            raise self.wrong('is a table: severities = { empty-turn = "error" }')
        return tuple((self._selector(selector), self.severity(level)) for selector, level in self.value.items())

    def kind(self) -> Kind:
        """A kind of record. Raises UsageError."""
        if self.value not in list(Kind):
            raise UsageError(f"{self.file}: unknown kind {self.value!r}; known are {', '.join(Kind)}")
        return Kind(self.value)

    def convention(self) -> str:
        """The name of a convention. Raises UsageError."""
        names = [convention.name for convention in CONVENTIONS]
        if self.value not in names:
            raise UsageError(f"{self.file}: unknown convention {self.value!r}; known are {', '.join(names)}")
        return str(self.value)

    def encoding(self) -> str:
        """The name of an encoding. Raises UsageError."""
        try:
            return canonical_encoding(self.text())
        except IngestError as e:
            raise UsageError(f"{self.file}: {e}") from None

    def forbidden(self) -> tuple[Forbidden, ...]:
        """Words, some with advice. Raises UsageError."""
        if not isinstance(self.value, list):
            raise self.wrong('takes words: forbidden = ["…", { word = "…", advice = "…" }]')
        return tuple(self._forbidden(entry) for entry in self.value)

    def _forbidden(self, entry: Any) -> Forbidden:
        table = {"word": entry} if isinstance(entry, str) else entry
        fine = isinstance(table, dict) and set(table) <= {"word", "advice"} and table.get("word")
        if not fine or not all(isinstance(part, str) for part in table.values()):
            raise self.wrong(f'takes "WORD" or {{ word = "…", advice = "…" }}, not {entry!r}')
        return Forbidden(table["word"], table.get("advice", ""))

    def length(self) -> int:
        """A number of characters, 1 or more. Raises UsageError."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < 1:
            raise self.wrong("takes a number of characters, 1 or more")
        return self.value


def _options(settings: Settings, **fields: Any) -> Settings:
    return settings._replace(options=settings.options._replace(**fields))


def _also(settings: Settings, rule: str) -> Settings:
    return settings._replace(extend_select=(*settings.extend_select, rule))


_READERS: dict[str, Callable[[Settings, _Entry], Settings]] = {
    "select": lambda s, e: s._replace(select=e.selectors()),
    "extend-select": lambda s, e: s._replace(extend_select=(*s.extend_select, *e.selectors())),
    "ignore": lambda s, e: s._replace(ignore=(*s.ignore, *e.selectors())),
    "severities": lambda s, e: s._replace(severities=(*s.severities, *e.severities())),
    "severity": lambda s, e: s._replace(severity=e.severity(e.value)),
    "fail-on": lambda s, e: s._replace(fail_on=None if e.value == NEVER else e.severity(e.value)),
    "baseline": lambda s, e: s._replace(baseline=str(e.folder / e.text())),
    "encoding": lambda s, e: s._replace(encoding=e.encoding()),
    "kind": lambda s, e: s._replace(kind=e.kind()),
    "convention": lambda s, e: s._replace(convention=e.convention()),
    # Who gives words wants them looked for: both rules are off otherwise.
    "prh": lambda s, e: _options(_also(s, "prh"), prh=tuple(e.folder / path for path in e.texts())),
    "forbidden": lambda s, e: _options(_also(s, "forbidden-word"), forbidden=e.forbidden()),
    "longest-turn": lambda s, e: _options(s, longest_turn=e.length()),
    "least-layout-score": lambda s, e: _options(s, least_layout_score=e.share()),
    "most-unknown": lambda s, e: _options(s, most_unknown=e.share()),
}
#: Everything that a table of settings may say.
KEYS = (*_READERS, "per-path")
