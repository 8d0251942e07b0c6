"""Settings and rules that somebody else wrote: YAML and TOML read so that no file can use up time or memory.

Aliases are refused, since a few lines of them stand for billions of values, and so are tags, which could only make
something other than text, numbers, lists and mappings. What is refused is said in one line, with file and line.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from minutes_cli.errors import UsageError
from minutes_cli.patterns import lazy

if TYPE_CHECKING:
    from pathlib import Path

    from yaml.nodes import Node

MOST = 1_000_000
"""Characters in the longest file of settings; that of 10,000 rules has about as many."""
DEEPEST = 50
"""Lists and mappings inside one another."""
_DIGITS = 100
"""Signs of the longest number: YAML also reads base 60, whose cost grows with the square of the length."""

_LINE = lazy(r" \(at line (\d+), column (\d+)\)$")
_TOML_TOKEN = lazy(
    r"""(?P<string>\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
    r"|(?P<key>[\w. \t-]++)|#[^\n]*+|.",
    re.DOTALL,
)
_TEXT_TAG = "tag:yaml.org,2002:str"
_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")


def read_settings(path: Path, what: str = "settings file", most: int = MOST) -> str:
    """The text of a file in UTF-8, of at most *most* bytes; *what* it is called in words. Raises UsageError."""
    try:
        # A FIFO or a device may make us wait for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise UsageError(f"{path}: {what} is no regular file; give the file itself")
            raw = file.read(most + 1)
    except (OSError, ValueError) as error:
        words = getattr(error, "strerror", None) or error
        raise UsageError(f"{path}: {what} cannot be read: {words}") from error
    if len(raw) > most:
        raise UsageError(_too_long(str(path), most, "bytes"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path}:{line}: {what} is not UTF-8: byte {error.start}; save it as UTF-8") from error


def load_toml(text: str, name: str) -> dict[str, Any]:
    """The settings in *text*, TOML. Raises UsageError; *name* is for its words."""
    import tomllib

    _refuse_long(text, name, MOST)
    _refuse_dots(text, name)
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise UsageError(f"{name}: not TOML that can be read: {_nested()}") from None
    except ValueError as error:  # also for numbers of thousands of digits, and dates that do not exist
        words, place = str(error), ""
        if found := _LINE.search(words):
            words, place = words[: found.start()], f":{found[1]}"
        words = "a number too long" if "integer string conversion" in words else _one_line(words)
        raise UsageError(f"{name}{place}: not TOML: {words}") from None
    _refuse_data(data, name)
    return data


def load_yaml(text: str, name: str, most: int = MOST) -> Any:
    """What *text* holds, YAML: text, numbers, dates, lists and mappings. Raises UsageError; *name* is for its words."""
    return compose_yaml(text, name, most)[1]


def compose_yaml(text: str, name: str, most: int = MOST) -> tuple[Node | None, Any]:
    """As :func:`load_yaml`, with the node of the whole, which knows the lines; None for an empty file."""
    import yaml

    _refuse_long(text, name, most)
    loader_class = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _refuse_events(yaml.parse(text, Loader=loader_class), name)
        loader = loader_class(text)
        root: Node | None = loader.get_single_node()
        if root is None:
            return None, None
        _refuse_nodes(root, name)
        return root, loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise UsageError(f"{name}{line}: not YAML: {_one_line(error.problem or str(error))}") from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # ValueError: a date that does not exist
        raise UsageError(f"{name}: not YAML: {_one_line(str(error))}") from None


def _refuse_events(events: Iterator[Any], name: str) -> None:
    """Go through *events* before anything is made of them: building what is nested deeply would break the stack."""
    from yaml import events as kinds

    depth = 0
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, kinds.AliasEvent) or getattr(event, "anchor", None):
            sign = "*" if isinstance(event, kinds.AliasEvent) else "&"
            raise UsageError(
                f"{name}:{line}: {sign}{event.anchor}: anchors and aliases are not read here; write it out, "
                "or put it in quotes where it is text"
            )
        tag = getattr(event, "tag", None)
        if tag is not None and tag not in ("!", _TEXT_TAG):
            raise UsageError(f"{name}:{line}: tags such as {_one_line(tag)} are not read here; put text in quotes")
        if isinstance(event, kinds.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise UsageError(f"{name}:{line}: not YAML that can be read: {_nested()}")
        elif isinstance(event, kinds.CollectionEndEvent):
            depth -= 1


def _refuse_nodes(root: Node, name: str) -> None:
    """Numbers that are too long, and keys that stand twice in a mapping (of which only one would count)."""
    from yaml.nodes import CollectionNode, MappingNode, ScalarNode

    todo: list[Any] = [root]
    while todo:
        node = todo.pop()
        if isinstance(node, MappingNode):
            seen: set[tuple[str, str]] = set()
            for key, value in node.value:
                todo += (key, value)
                if not isinstance(key, ScalarNode):
                    continue
                if (key.tag, key.value) in seen:
                    line = key.start_mark.line + 1
                    raise UsageError(f"{name}:{line}: {_one_line(key.value)} stands twice; leave one of them out")
                seen.add((key.tag, key.value))
        elif isinstance(node, CollectionNode):
            todo += node.value
        elif node.tag in _NUMBERS and len(node.value) > _DIGITS:
            line = node.start_mark.line + 1
            raise UsageError(f"{name}:{line}: a number of {len(node.value):,} signs; put it in quotes if it is text")


def _refuse_long(text: str, name: str, most: int) -> None:
    if len(text) > most:
        raise UsageError(_too_long(name, most, "characters"))


def _too_long(name: str, most: int, what: str) -> str:
    return f"{name}: a file of settings or rules has at most {most:,} {what}; is this the right file? else divide it"


def _refuse_dots(text: str, name: str) -> None:
    """Keys of many parts (``a.a.a``): their cost grows with the square of their number."""
    dots = 0
    for token in _TOML_TOKEN.finditer(text):
        if token.lastgroup == "key":
            dots += token.group().count(".")
            if dots > DEEPEST:
                line = text.count("\n", 0, token.start()) + 1
                raise UsageError(f"{name}:{line}: not TOML that can be read: {_nested()}")
        elif token.lastgroup != "string":  # a part of a key may stand in quotes
            dots = 0


def _nested() -> str:
    return f"lists and mappings inside one another, more than {DEEPEST} deep"


def _refuse_data(data: object, name: str) -> None:
    """What is nested too deeply, or a number too long to be printed. Goes through *data* without recursion."""
    todo = [(data, 1)]
    while todo:
        value, depth = todo.pop()
        if isinstance(value, dict | list):
            if depth > DEEPEST:
                raise UsageError(f"{name}: not TOML that can be read: {_nested()}")
            todo += [(inner, depth + 1) for inner in (value.values() if isinstance(value, dict) else value)]
        elif isinstance(value, int) and value.bit_length() > 64:
            raise UsageError(f"{name}: not TOML: a number of more than 64 bits; put it in quotes if it is text")


def _one_line(words: str) -> str:
    """*words* on one line, shortened, with nothing in it that a terminal would take for a command."""
    line = " ".join(words.split())
    line = "".join(c if c.isprintable() else c.encode("unicode-escape").decode() for c in line)
    return line if len(line) <= 200 else line[:200] + "…"
