"""Answers with their speaker at the end: how many lines that end so become turns of that speaker.

``python -m bench.answers FOLDER…`` counts, in Markdown, quoted lines (``> …``) and lines below a question's table tag
that end with a name in brackets, and how many of these names are the label of a turn that ends on the line.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from bench.figures import Figure, at_least
from bench.shared import data, not_here
from minutes_cli.cli._reading import Reading

_ANSWER = re.compile(r"^(?:> ?)?.*[。？！?」）)][（(](?P<name>[^（()）、。「」]{1,20})[）)][ 　]*$")


def count(path: Path) -> tuple[int, int, list[str]]:
    """Lines that end so, those that are the end of such a turn, and the others."""
    document = Reading().document(str(path))
    source = document.view.source
    ends = {source.place(turn.span.end - 1).line: turn.label for turn in document.turns}
    lines = source.text.split("\n")
    asked, right, missed = 0, 0, []
    for number, line in enumerate(lines, 1):
        quoted = line.startswith(">")
        below = number > 1 and 'class="qanda"' in lines[number - 2]
        found = _ANSWER.match(line) if quoted or below else None
        if found is None:
            continue
        asked += 1
        if ends.get(number) == found["name"].strip():
            right += 1
        else:
            missed.append(f"{path.name}:{number}: {found['name']}")
    return asked, right, missed


def counted(folders: Iterable[Path | str]) -> tuple[int, int, list[str]]:
    """The same of all files in *folders* together."""
    asked, right, missed = 0, 0, []
    for path in sorted(p for folder in folders for p in Path(folder).glob("*.md")):
        a, r, more = count(path)
        asked, right, missed = asked + a, right + r, missed + more
    return asked, right, missed


def answers() -> list[Figure]:
    """The counts of ../shared/data/kodaira-markdown."""
    what = "kodaira-markdown: lines that end with a name and are turns of that speaker"
    folders = data("kodaira-markdown")
    if folders is None:
        return [not_here(what, "data/kodaira-markdown")]
    asked, right, _ = counted(folders)
    return [at_least(what, right, "lines", f"of {asked}", None, steady=True)]


def main(folders: list[str]) -> int:
    """Print the counts of all files, and what is missed."""
    asked, right, missed = counted(folders)
    for line in missed:
        print(f"  missed {line}")
    print(f"{right} of {asked} lines that end with a name are turns of that speaker")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
