"""Rule files of prh (https://github.com/prh/prh), read as rules of ours.

Supported: ``expected``, ``pattern`` and ``patterns`` (texts or /JavaScript regexes/), ``regexpMustEmpty``, ``specs``,
``options.wordBoundary``, ``prh`` (the message), ``imports`` with ``disableImports`` and ``ignoreRules``. ``targets``
choose parts of source files by their path and mean nothing for a record. A style rule is not a slip of OCR, so
everything found is asked about (``ask``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from minutes_cli.errors import UsageError
from minutes_cli.model import Safety
from minutes_cli.normalize.phrases.rule import Examples, Rule, check, needed
from minutes_cli.normalize.phrases.rule_yaml import Entry, RuleDocument, read_yaml
from minutes_cli.patterns import lazy

_KEYS = {"expected", "pattern", "patterns", "regexpMustEmpty", "options", "specs", "prh"}
_BESIDE = {"version", "imports", "targets", "meta"}


def is_prh(document: RuleDocument) -> bool:
    """Whether *document* is in the format of prh: a mapping with its version or its imports."""
    return bool({"version", "imports"} & set(document.beside))


def read_rules(document: RuleDocument, importing: tuple[Path, ...] = ()) -> tuple[Rule, ...]:
    """The rules of *document* and of what it imports, each checked against its specs. Raises UsageError.

    *importing* are the files by which it is being imported; of equal rules the first counts.
    """
    if unknown := [str(key) for key in document.beside if key not in _BESIDE]:
        raise UsageError(f"{document.path}: unknown in a file of prh: {', '.join(unknown)}")
    importing = (*importing, document.path.resolve())
    rules = [_rule(entry, document.path) for entry in document.entries]
    for wanted in _imports(document):
        path = document.path.parent / wanted["path"]
        if path.resolve() in importing:
            raise UsageError(f"{document.path}: imports itself by way of {path}")
        imported = read_yaml(path)
        if wanted.get("disableImports"):
            imported = imported._replace(beside={})
        ignored = list(_ignored(wanted.get("ignoreRules") or [], document.path))
        rules += [r for r in read_rules(imported, importing) if r.pattern not in ignored and r.id not in ignored]
    first: dict[tuple[str, str], Rule] = {}
    for rule in rules:
        first.setdefault((rule.pattern, rule.replacement), rule)
    return tuple(first.values())


def _imports(document: RuleDocument) -> Iterator[Mapping[str, Any]]:
    imports = document.beside.get("imports") or []
    for wanted in imports if isinstance(imports, list) else [imports]:
        wanted = {"path": wanted} if isinstance(wanted, str) else wanted
        if not isinstance(wanted, dict) or not isinstance(wanted.get("path"), str):
            raise UsageError(f"{document.path}: imports are paths of other files")
        yield wanted


def _ignored(wanted: Any, path: Path) -> Iterator[str]:
    """The patterns and ids of the rules that an import leaves out."""
    for one in wanted if isinstance(wanted, list) else [wanted]:
        one = {"pattern": one} if isinstance(one, str) else one
        if not isinstance(one, dict) or not set(one) <= {"pattern", "expected"}:
            raise UsageError(f"{path}: ignoreRules names patterns or what is expected")
        if "pattern" in one:
            yield _one_pattern(str(one["pattern"]), False, str(path))
        if "expected" in one:
            yield _id(str(one["expected"]))


def _id(expected: str) -> str:
    return "prh-" + re.sub(r"[\s+*?\[\]]+", "_", expected)


def _rule(entry: Entry, path: Path) -> Rule:
    place, data = entry
    data = {"expected": data} if isinstance(data, str) else data
    if not isinstance(data, dict) or not isinstance(data.get("expected"), str):
        raise UsageError(f"{place}: a rule of prh names what is expected")
    if unknown := [str(key) for key in data if key not in _KEYS]:
        raise UsageError(f"{place}: unknown in a rule of prh: {', '.join(unknown)}")
    expected = data["expected"]
    patterns = _patterns(data, place)
    pattern = patterns[0] if len(patterns) == 1 else f"(?:{'|'.join(patterns)})"
    needs = [needed(one) for one in patterns]
    try:
        groups = re.compile(pattern).groups
    except re.error as error:
        raise UsageError(f"{place}: pattern {data.get('pattern') or data.get('patterns')!r}: {error}") from error
    rule = Rule(
        id=_id(expected),
        pattern=pattern,
        replacement=_replacement(expected, groups),
        words=(),
        needs=tuple(literal for some in needs for literal in some) if all(needs) else (),
        safety=Safety.ASK,
        reason=f"{path.name} expects {expected}" + (f": {data['prh']}" if data.get("prh") else ""),
        empty_group=_empty_group(data, groups, place),
    )
    check(rule, Examples(tuple(_specs(data, place))), place)
    return rule


def _patterns(data: Mapping[str, Any], place: str) -> list[str]:
    options = data.get("options") or {}
    if not isinstance(options, dict) or not set(options) <= {"wordBoundary"}:
        raise UsageError(f"{place}: the only option is wordBoundary")
    boundary = bool(options.get("wordBoundary"))
    given = data.get("pattern") or data.get("patterns")
    if given is None:
        return [_bounded("".join(map(_any_width, data["expected"])), boundary)]
    patterns = given if isinstance(given, list) else [given]
    if not patterns or not all(isinstance(pattern, str) and pattern for pattern in patterns):
        raise UsageError(f"{place}: pattern must be text, in quotes")
    return [_one_pattern(pattern, boundary, place) for pattern in patterns]


def _one_pattern(pattern: str, boundary: bool, place: str) -> str:
    regex = re.fullmatch(r"/(.*)/([a-z]*)", pattern, re.DOTALL)
    if regex is None:
        return _bounded(re.escape(pattern), boundary)
    source = translate(regex[1], place)
    return f"(?i:{source})" if "i" in regex[2] else source


def _bounded(pattern: str, boundary: bool) -> str:
    return rf"(?a:\b){pattern}(?a:\b)" if boundary else pattern


def _any_width(char: str) -> str:
    """*char* as prh looks for it where a rule gives no pattern: Latin in either case, Latin and digits in any width."""
    if not (char.isascii() and char.isalnum()):
        return re.escape(char)
    forms = dict.fromkeys([char.upper(), char.lower()])
    return f"[{''.join(forms)}{''.join(chr(ord(form) + 0xFEE0) for form in forms)}]"


def _replacement(expected: str, groups: int) -> str:
    def one(match: re.Match[str]) -> str:
        what = match.group(1)
        if what is None:
            return r"\\"
        if what == "$":
            return "$"
        number = 0 if what == "&" else int(what)
        return rf"\g<{number}>" if number <= groups else match.group()

    return re.sub(r"\$([$&]|[1-9][0-9]?)|\\", one, expected)


def _empty_group(data: Mapping[str, Any], groups: int, place: str) -> int:
    given = data.get("regexpMustEmpty")
    if given is None:
        return 0
    number = re.fullmatch(r"\$([1-9][0-9]?)", str(given))
    if number is None or int(number[1]) > groups:
        raise UsageError(f"{place}: regexpMustEmpty: there is no group {given}")
    return int(number[1])


def _specs(data: Mapping[str, Any], place: str) -> Iterator[tuple[str, str]]:
    specs = data.get("specs") or []
    for spec in specs if isinstance(specs, list) else [specs]:
        if not isinstance(spec, dict) or not all(isinstance(spec.get(key), str) for key in ("from", "to")):
            raise UsageError(f"{place}: specs are pairs from and to")
        yield spec["from"], spec["to"]


_JAVASCRIPT = lazy(
    r"\\u\{(?P<long>[0-9A-Fa-f]+)\}|\\(?:u(?=[0-9A-Fa-f]{4})|x)(?P<code>[0-9A-Fa-f]{2,4})"
    r"|\\(?P<not>[pP])\{(?P<property>[^}]*)\}|\\k<(?P<back>\w+)>|(?P<group>\(\?<(?![=!]))|\\(?P<escaped>.)|(?P<plain>.)",
    re.DOTALL,
)
#: JavaScript's classes know ASCII only.
_ASCII = {"d": "0-9", "w": "A-Za-z0-9_"}
_SCRIPTS = {"Hiragana": "ぁ-ゖゝ-ゟ", "Katakana": "ァ-ヺヽ-ヿㇰ-ㇿｦ-ﾟ", "Han": "々〇〻㐀-䶿一-鿿豈-\ufaff𠀀-𳎯"}


def translate(source: str, place: str) -> str:
    """A JavaScript regex as a Python one. Raises UsageError for what Python has no words for."""
    parts: list[str] = []
    in_class = False
    for token in _JAVASCRIPT.finditer(source.replace("[^]", r"[\s\S]")):
        part = _translated(token, in_class)
        if part is None:
            raise UsageError(f"{place}: pattern /{source}/: {token.group()} is not supported")
        parts.append(part)
        if token["plain"] in ("[", "]"):
            in_class = token["plain"] == "["
    return "".join(parts)


def _translated(token: re.Match[str], in_class: bool) -> str | None:
    def chars(inside: str, negated: bool) -> str | None:
        if in_class:
            return None if negated else inside
        return f"[{'^' if negated else ''}{inside}]"

    match token.lastgroup:
        case "long" | "code":
            return re.escape(chr(int(token["long"] or token["code"], 16)))
        case "property":
            inside = _SCRIPTS.get(re.sub(r"^(Script|sc|Script_Extensions|scx)=", "", token["property"]))
            return inside and chars(inside, token["not"] == "P")
        case "back":
            return f"(?P={token['back']})"
        case "group":
            return "(?P<"
        case "plain":
            return "\\" + token["plain"] if in_class and token["plain"] in "[&|~" else token["plain"]
    escaped: str = token["escaped"]
    if escaped.lower() in _ASCII:
        return chars(_ASCII[escaped.lower()], escaped.isupper())
    if escaped in "bB" and not in_class:
        return rf"(?a:\{escaped})"
    if escaped in "bsSnrtfv" or escaped.isdecimal():
        return r"\x00" if escaped == "0" else "\\" + escaped
    return None if escaped.isascii() and escaped.isalpha() else re.escape(escaped)
