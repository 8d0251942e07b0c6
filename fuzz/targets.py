"""What is fuzzed: functions from an input to nothing, which fail where something that must hold does not."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

import orjson

from minutes_cli.edits import undo
from minutes_cli.errors import IngestError, MinutesError
from minutes_cli.export import WRITERS, Options
from minutes_cli.export.edits import original_bytes, read_edits, write_edits
from minutes_cli.export.encode import byte_view, corrected_bytes
from minutes_cli.ingest.text import decode, from_text, line_starts
from minutes_cli.model import Document, Kind, Source, Span
from minutes_cli.normalize import Fix, Settings, normalize
from minutes_cli.parse import parse
from minutes_cli.parse.conventions import CONVENTIONS
from minutes_cli.parse.passages import searchable
from minutes_cli.search.model import Filters, Mode, Query, Scope
from minutes_cli.search.needs import of_regex
from minutes_cli.search.raw import raw_search
from minutes_cli.search.run import prepare, search


class Broken(Exception):
    """Something that must hold of every input does not hold of this one."""


class Target(NamedTuple):
    """``run`` takes one input, ``most`` is the size of the largest in bytes; ``as_bytes``: it need not be UTF-8."""

    run: Callable[[bytes], None]
    most: int
    as_bytes: bool = False


def hold(true: bool, what: str) -> None:
    """Raise Broken unless *true*. Not an assert: those are for tests, and vanish under -O."""
    if not true:
        raise Broken(what)


def ingest(data: bytes) -> None:
    """Any bytes are read or refused; what was read keeps its bytes, and its lines tile it."""
    dice = Random(zlib.crc32(data))
    encoding = dice.choice((None, None, None, "utf-8", "utf-16", "cp932", "euc-jp", "iso-2022-jp", "utf-32"))
    try:
        source = decode(data, "x", encoding)
    except IngestError as e:
        hold(str(e).startswith("x: ") and str(e).isprintable(), "a refusal is one line with the name")
        return
    hold(source.raw == data, "the bytes are kept")
    hold(data.decode(source.encoding) == source.text, "the bytes read as the text")
    starts = source.line_starts
    hold(starts == line_starts(source.text) and starts[0] == 0, "line starts")
    lines = [source.text[a:b] for a, b in zip(starts, (*starts[1:], len(source.text)), strict=True)]
    hold("".join(lines) == source.text and all(lines), "lines tile the text")
    hold(all(line.endswith(("\n", "\r", "\f")) for line in lines[:-1]), "a line ends with a line end")
    hold(not any(set(line.removesuffix("\r\n")[:-1]) & set("\r\n\f") for line in lines), "no line end inside a line")


def parsing(data: bytes) -> None:
    """Any text parses, in any layout that is forced on it."""
    dice = Random(zlib.crc32(data))
    convention = dice.choice((None, None, dice.choice(CONVENTIONS).name))
    kind = dice.choice((None, None, dice.choice(list(Kind))))
    source = from_text(data.decode("utf-8", "replace"))
    hold_document(parse(source, kind=kind, convention=convention))


def normalizing(data: bytes) -> None:
    """What is corrected can be undone, and correcting the result finds nothing more to apply."""
    dice = Random(zlib.crc32(data))
    settings, fix = Settings(channel=dice.choice((None, True))), dice.choice(list(Fix))
    source = from_text(data.decode("utf-8", "replace"))
    result = normalize(source, settings, fix)
    hold(undo(result.view) == source.text, "undo gives the original")
    hold(not any("did not settle" in note for note in result.notes), "corrections settle")
    last = 0
    for edit in result.edits:
        hold(last <= edit.span.start <= edit.span.end <= len(source.text), "edits are in order and in range")
        hold(source.text[edit.span.start : edit.span.end] == edit.before != edit.after, "an edit fits the text")
        last = edit.span.end
    again = normalize(from_text(result.view.text), settings, fix)
    hold(again.view.edits == (), "the result is final")
    hold_document(parse(result.view))


def exporting(data: bytes) -> None:
    """Every format can be written, corrections too, and they lead back to the very bytes of the record."""
    dice = Random(zlib.crc32(data))
    source = _in_some_encoding(data.decode("utf-8", "replace"), dice)
    result = normalize(source, fix=dice.choice(list(Fix)))
    document = parse(result.view)
    for name, writer in WRITERS.items():
        if writer.write is None:
            assert writer.files is not None
            hold(
                all(isinstance(piece, bytes) for _, piece in writer.files([document], Options())), "writers give bytes"
            )
            continue
        written = b"".join(writer.write([document], Options()))
        if name == "json":
            hold(orjson.loads(written)["source"]["characters"] == len(source.text), "JSON loads")
        elif name == "jsonl":
            rows = [orjson.loads(line) for line in written.split(b"\n") if line]
            hold([row["text"] for row in rows] == [turn.text for turn in document.turns], "JSON lines load")
    (recorded,) = read_edits(write_edits(result), "edits.json")
    hold(original_bytes(from_text(result.view.text), recorded) == source.raw, "JSON is enough to undo")
    try:
        corrected = corrected_bytes(result.view)
        inside = byte_view(result.view)
    except UnicodeEncodeError:
        return  # documented: the encoding of the record lacks a character
    hold(corrected.decode(source.encoding) == result.view.text, "corrected bytes are the corrected text")
    hold(inside is None or undo(inside).encode("latin-1") == source.raw, "the view of the bytes leads back")


def query(data: bytes) -> None:
    """Any pattern is refused or searches; matches lie in the text, and what is needed stands there."""
    dice = Random(zlib.crc32(data))
    pattern, _, text = data.decode("utf-8", "replace").partition("\n")
    if _may_never_end(pattern):
        return
    patterns = tuple(pattern.split("\v")) if dice.random() < 0.3 else (pattern,)
    asked = Query(
        patterns,
        dice.choice((Mode.REGEX, Mode.REGEX, Mode.REGEX, Mode.LITERAL, Mode.WORD)),
        ignore_case=dice.random() < 0.3,
        whole=dice.random() < 0.2,
        every=dice.random() < 0.2,
        without=(dice.choice(patterns),) if dice.random() < 0.1 else (),
        scope=dice.choice(list(Scope)),
        near=dice.choice((None, None, None, 0, 5)),
        events=dice.random() < 0.3,
        filters=Filters(speaker=pattern if dice.random() < 0.05 else None, since=dice.choice((None, None, pattern))),
    )
    try:
        prepared = prepare(asked)
    except MinutesError as e:
        hold("\n" not in str(e), "a refusal is one line")
        return
    document = parse(from_text(text))
    record = searchable(document)
    result = search(prepared, record)
    for found in result.found:
        for match in found.matches:
            hold(0 <= match.start < match.end <= len(found.passage.text), "a match lies in its passage")
            hold("\n" not in found.passage.text[match.start : match.end], "no match over a line end")
    if asked.mode is Mode.REGEX and not asked.ignore_case and result.found and len(patterns) == 1:
        whole = "\n".join(passage.text for passage in record.passages)
        hold(all(any(s in whole for s in clause) for clause in of_regex(pattern)), "what matches holds what is needed")
    for hit in raw_search(text, [matcher.matches for matcher in prepared.wanted]):
        hold(all(0 <= m.start < m.end <= len(hit.text) for m in hit.matches), "a raw match lies in its line")


def _may_never_end(pattern: str) -> bool:
    """Whether *pattern* repeats inside something that is repeated: ``grep`` has a limit of time for those."""
    return sum(pattern.count(sign) for sign in "*+{") > 2


def _in_some_encoding(text: str, dice: Random) -> Source:
    """*text* as a record in one of the encodings that are read, without what that encoding lacks."""
    encoding = dice.choice(("utf-8", "utf-8-sig", "utf-16", "cp932", "euc-jp", "iso-2022-jp"))
    raw = text.encode(encoding, "ignore")
    return from_text(raw.decode(encoding), raw=raw, encoding=encoding)


def hold_document(document: Document) -> None:
    """What must hold of every document: blocks tile it, spans are in order, speech comes from the record."""
    seen = document.view
    size = len(seen.source.text)
    at = 0
    for block in document.blocks:
        hold(block.start == at < block.end, "blocks tile the view")
        at = block.end
    hold(at == len(seen.text), "blocks reach to the end")
    last = 0
    for turn in document.turns:
        hold(last <= turn.span.start <= turn.span.end <= size, "turns are in order and in range")
        hold(1 <= turn.lines[0] <= turn.lines[1] <= len(seen.source.line_starts), "lines of a turn")
        last = turn.span.start
    for span in _spans(document):
        hold(0 <= span.start <= span.end <= size, "spans are in range")
    hold(len(document.spoken) == len(document.turns), "places of speech, turn by turn")
    for turn, places in zip(document.turns, document.spoken, strict=True):
        said = "".join(seen.text[a:b] for a, b in zip(places[::2], places[1::2], strict=True))
        hold("".join(turn.text.split()) == "".join(said.split()), "a turn says what stands at its places")
        inside = iter("".join(seen.text.split()))
        hold(all(character in inside for character in "".join(turn.text.split())), "a turn says what the record says")
    ids = {speaker.id for speaker in document.speakers}
    hold(all(turn.speaker is None or turn.speaker in ids for turn in document.turns), "speakers are known")
    sections = {section.id for section in document.sections}
    hold(all(turn.section is None or turn.section in sections for turn in document.turns), "sections are known")


def _spans(document: Document) -> Iterator[Span]:
    yield from (section.span for section in document.sections)
    yield from (item.span for item in document.items)
    yield from (person.span for person in document.attendance)
    yield from (event.span for event in document.events_in_order())
    yield from (finding.span for finding in document.findings)


def checking(data: bytes) -> None:
    """Every rule can run on any text, and what it finds stands in it."""
    from minutes_cli.check.run import check, understand  # heavy, and no other target needs it
    from minutes_cli.check.table import RULES

    dice = Random(zlib.crc32(data))
    source = from_text(data.decode("utf-8", "replace"), "record.txt")
    convention = dice.choice((None, None, dice.choice(CONVENTIONS).name))
    rows = [row for row in RULES if not row.words] if dice.random() < 0.5 else list(RULES)
    subject = understand(source, rows, kind=dice.choice((None, None, dice.choice(list(Kind)))), convention=convention)
    hold_document(subject.document)
    checked = check(subject, rows)
    for failure in checked.failures:
        if not isinstance(failure.error, MinutesError):  # a rule that needs something that was not given says so
            raise failure.error
    names = {row.name for row in rows}
    before = Span(0, 0)
    for found in checked.findings:
        hold(found.rule in names, "a finding of a rule that was asked for")
        hold(0 <= found.span.start <= found.span.end <= len(source.text), "a finding lies in the record")
        hold(before <= found.span, "findings come in the order of the record")
        hold(found.start == source.place(found.span.start) and found.end >= found.start, "places are right")
        if found.fix is not None:
            low, high = found.fix.span
            hold(source.text[low:high] == found.fix.before, "a fix fits the text")
        hold(bool(found.message.strip()) and "\n" not in found.message, "a message is one line")
        hold(isinstance(orjson.dumps(found.as_dict()), bytes), "JSON can be written")
        before = found.span
    again = check(subject, rows)
    hold([f.key for f in again.findings] == [f.key for f in checked.findings], "the same text, the same findings")


TARGETS: dict[str, Target] = {
    "ingest": Target(ingest, 6_000, as_bytes=True),
    "parse": Target(parsing, 12_000),
    "normalize": Target(normalizing, 6_000),
    "check": Target(checking, 6_000),
    "export": Target(exporting, 6_000),
    "query": Target(query, 2_000),
}
