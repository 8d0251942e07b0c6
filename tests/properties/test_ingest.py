"""For any bytes and any text: the bytes come back, the lines tile, a refusal is an IngestError."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minutes_cli.errors import IngestError
from minutes_cli.ingest.text import decode, from_text, line_starts

# Mostly the characters that matter, some of everything.
MATTERS = "○◯議長君（）〔〕「」、。　あいうアイウーｱ①㈱髙-12 \t\r\n\f\x0b\x85\u2028\u3099𠮷"
TEXT = st.text(st.sampled_from(MATTERS), max_size=80) | st.text(max_size=40)
# What the oldest encodings hold, and what a record consists of.
PROSE = st.text(st.sampled_from("○議長君（）〔〕「」、。あいうかきくけこサシスー会市町村ABC 12\r\n"), min_size=1).map(
    lambda text: "これより会議を開きます。" + text
)


@given(st.binary(max_size=200) | TEXT.map(str.encode))
@example(b"\xef\xbb\xbf\xef\xbb\xbfa")
@example(b"\xff\xfe\x00\x00")
@example(b'\x1b$B$"\x1b(B\x1b(J')
@settings(deadline=None)
def test_decoding_keeps_the_bytes_or_refuses(raw):
    try:
        source = decode(raw, "x")
    except IngestError as e:
        assert str(e).startswith("x: ") and "\n" not in str(e)
        return
    assert source.raw == raw
    assert raw.decode(source.encoding) == source.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp932", "euc-jp", "iso-2022-jp"])
@given(text=PROSE)
@settings(deadline=None, max_examples=50)
def test_prose_is_read_in_the_encoding_it_was_written_in(encoding, text):
    source = decode(text.encode(encoding), "x")
    assert (source.text, source.encoding) == (text, encoding)


@given(TEXT)
@settings(deadline=None)
def test_lines_tile_the_text_and_end_where_they_should(text):
    starts = line_starts(text)
    lines = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    assert "".join(lines) == text
    for line in lines[:-1]:
        assert line.endswith(("\n", "\r", "\f"))
    for line in lines:
        body = line.removesuffix("\n").removesuffix("\r") if line.endswith("\r\n") else line[:-1]
        assert not set(body) & set("\r\n\f")
    assert all(lines) or text == ""


@given(TEXT, st.data())
@settings(deadline=None)
def test_a_place_leads_back_to_its_character(text, data):
    source = from_text(text)
    offset = data.draw(st.integers(0, len(text)))
    place = source.place(offset)
    assert source.line_starts[place.line - 1] + place.column - 1 == offset
