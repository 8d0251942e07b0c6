"""minutes model train, minutes model info"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from minutes_cli.cli._files import for_each, gather
from minutes_cli.cli._output import writing
from minutes_cli.cli._print import Line, message, show, width, write_data
from minutes_cli.cli._read import EncodingOption, Files, ForceOption
from minutes_cli.cli._text import count, pad, visible, wrap
from minutes_cli.errors import UsageError
from minutes_cli.ingest import read

_ABOUT_LENGTH = 120
"""Characters of what a model says about itself when the user says nothing."""


def train(
    context: typer.Context,
    files: Files = None,
    out: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="The model to write.")] = "",
    about: Annotated[
        str | None, typer.Option("--about", metavar="TEXT", help="What the records are; kept in the model.")
    ] = None,
    alone: Annotated[
        bool, typer.Option("--alone", help="Only these records, not mixed with the model that comes with minutes.")
    ] = False,
    force: ForceOption = False,
    encoding: EncodingOption = None,
) -> int:
    """Count the characters of records, as they are, and write a model of them mixed with the shipped one."""
    if not out:
        raise UsageError("no model named; say with -o which file to write")
    inputs = gather(files or [])
    texts: list[str] = []
    code = for_each(inputs, lambda file: texts.append(read(file.path, encoding).text), debug=bool(context.obj))
    if not texts:
        return code
    words = _one_line(about) if about else f"{count(len(texts), 'record')}: {', '.join(files or ['-'])}"[:_ABOUT_LENGTH]
    with writing(out, inputs.files, force) as write:
        from minutes_cli.normalize.channel.character_model import load, save, shipped
        from minutes_cli.normalize.channel.training import fair_share, mix
        from minutes_cli.normalize.channel.training import train as count_characters

        try:
            own = count_characters(texts, words)
        except ValueError as e:
            raise UsageError(f"{out}: no model made: {e}; it takes more text") from None
        model = own if alone else mix(own, load(shipped()), fair_share(own.size))
        data = save(model)
        write(data)
    read_of = f"{count(len(texts), 'record')}, {count(own.size, 'character')}"
    message(f"{out}: {read_of}; {count(model.entries, 'entry', 'entries')}, {count(len(data), 'byte')}")
    return code


def _one_line(text: str) -> str:
    return " ".join(text.split())


def info(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A model; without it the one that comes with minutes.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> int:
    """What a model was made of, and how large it is."""
    from minutes_cli.normalize.channel.character_model import load, shipped

    path = file or shipped()
    model = load(path)
    size = path.stat().st_size
    entries = [len(table.keys) for table in model.tables]
    if as_json:
        from minutes_cli.export.json import dumps

        facts = {"path": str(path), "about": model.about, "characters": model.size}
        write_data(dumps({**facts, "alphabet": len(model.alphabet.characters), "entries": entries, "bytes": size}))
        return 0
    by_length = ", ".join(f"{n:,} of {i}" for i, n in enumerate(entries, 1))
    show(
        _facts(
            {
                "file": str(path),
                "made of": model.about,
                "counted": f"{count(model.size, 'character')}, {len(model.alphabet.characters):,} different ones",
                "entries": f"{model.entries:,} by number of characters: {by_length}",
                "size": count(size, "byte"),
            }
        )
    )
    return 0


def _facts(facts: dict[str, str]) -> Iterator[Line]:
    for key, value in facts.items():
        for number, part in enumerate(wrap(visible(value), width() - 9)):
            yield [(pad("" if number else key, 9), "key"), (part, "")]
