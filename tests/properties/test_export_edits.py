"""For any text, encoding and corrections: the diff says what was done, and JSON is enough to undo it byte for byte."""

import re

from hypothesis import given
from hypothesis import strategies as st

from minutes_cli.cli._diff import unified
from minutes_cli.edits import settle, view
from minutes_cli.export.edits import original_bytes, read_edits, write_edits
from minutes_cli.export.encode import byte_view, corrected_bytes
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Edit, Span
from minutes_cli.normalize import Normalized

# Pieces of CP932, some of which Python would write with other bytes.
PIECES = [b"\xfb\xfc", b"\xee\xe0", b"\xfa\x40", b"\xee\xef", b"\x81\xca", b"\xee\xf9", b"\x80", b"\xa0", b"\xb1"]
PIECES += [b"a", b"\n", b"\n", b"\r\n", b"\r", "会".encode("cp932"), "ソ".encode("cp932")]
ENCODINGS = ["utf-8", "utf-16-le", "euc-jp", "iso-2022-jp"]


@st.composite
def read_through_edits(draw):
    """A record in CP932 as Windows writes it or in another encoding, read through edits."""
    if draw(st.booleans()):
        raw = b"".join(draw(st.lists(st.sampled_from(PIECES), max_size=30)))
        source = from_text(raw.decode("cp932"), raw=raw, encoding="cp932")
    else:
        text = draw(st.text("ab\n\n\r会議ー", max_size=40))
        source = from_text(text, encoding=draw(st.sampled_from(ENCODINGS)))
    edits = []
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(source.text)))
        end = draw(st.integers(start, min(len(source.text), start + 4)))
        edits.append(Edit(Span(start, end), source.text[start:end], draw(st.text("xy\n会", max_size=3)), "r"))
    return view(source, settle(edits)[0])


def lines(text):
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def patched(text, diff):
    """What ``patch`` makes of *text*, and that the numbers in the diff are right."""
    old, new = lines(text), []
    at = 0
    for hunk in re.split(r"^(?=@@ )", diff, flags=re.M)[1:]:
        place, *rows = lines(hunk)
        start, size, new_start, new_size = (
            1 if n is None else int(n)
            for n in re.fullmatch(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n", place).groups()
        )
        first = start - 1 if size else start
        new += old[at:first]
        assert len(new) == (new_start - 1 if new_size else new_start)
        rows = [r[:-1] if s.startswith("\\") else r for r, s in zip(rows, [*rows[1:], ""], strict=True) if r[0] != "\\"]
        assert old[first : first + size] == [r[1:] for r in rows if r[0] != "+"]
        added = [r[1:] for r in rows if r[0] != "-"]
        assert len(added) == new_size
        new += added
        at = first + size
    return "".join(new + old[at:])


@given(read_through_edits())
def test_the_diff_makes_the_corrected_text(seen):
    diff = unified(seen, "f")
    assert (diff == "") == (not seen.edits)
    assert patched(seen.source.text, diff) == seen.text


@given(read_through_edits())
def test_the_diff_in_bytes_makes_the_corrected_bytes(seen):
    inside = byte_view(seen)
    if inside is not None:
        assert inside.source.text.encode("latin-1") == seen.source.raw
        assert patched(inside.source.text, unified(inside, "f")).encode("latin-1") == corrected_bytes(seen)


@given(read_through_edits())
def test_corrected_bytes_are_the_corrected_text(seen):
    assert corrected_bytes(seen).decode(seen.source.encoding) == seen.text


@given(read_through_edits())
def test_json_is_enough_to_undo(seen):
    (recorded,) = read_edits(write_edits(Normalized(seen)), "edits.json")
    assert original_bytes(from_text(seen.text), recorded) == seen.source.raw
