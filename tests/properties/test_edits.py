"""For any text and any edits: nothing is lost, order does not matter, and every place leads back."""

from hypothesis import given, settings
from hypothesis import strategies as st

from minutes_cli.edits import settle, undo, view
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Edit, Span

MATTERS = "○議長山田君（）これより会議を開きます。〔拍手〕- 12\n\r\f\u3000𠮷か\u3099A"
TEXT = st.text(st.sampled_from(MATTERS), max_size=80) | st.text(max_size=40)


@st.composite
def edited(draw):
    """A source and edits that fit it; they may touch, overlap, insert, delete or change nothing."""
    text = draw(TEXT)
    edits = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 5)))
        after = draw(st.text("あO0\n", max_size=3))
        edits.append(Edit(Span(start, end), text[start:end], after, draw(st.sampled_from("AB"))))
    return from_text(text), edits


@given(edited())
@settings(deadline=None)
def test_undo_gives_back_the_original(case):
    source, edits = case
    assert undo(view(source, settle(edits)[0])) == source.text


@given(edited())
@settings(deadline=None)
def test_no_edit_vanishes(case):
    _, edits = case
    kept, refused = settle(edits)
    real = [e for e in edits if e.before != e.after]
    assert sorted(map(repr, real)) == sorted(map(repr, [*kept, *refused]))


@given(edited(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_settling_does_not_depend_on_order(case, random):
    _, edits = case
    shuffled = edits[:]
    random.shuffle(shuffled)
    assert settle(edits)[0] == settle(shuffled)[0]


@given(edited(), st.data())
@settings(deadline=None)
def test_the_source_of_a_cut_explains_it(case, data):
    source, edits = case
    seen = view(source, settle(edits)[0])
    start = data.draw(st.integers(0, len(seen.text)))
    end = data.draw(st.integers(start, len(seen.text)))
    span = seen.to_source(start, end)
    assert 0 <= span.start <= span.end <= len(source.text)
    # Read again through the edits inside it, that part of the source contains the cut.
    inside = [e for e in seen.edits if span.start <= e.span.start and e.span.end <= span.end]
    parts, last = [], span.start
    for edit in inside:
        parts += [source.text[last : edit.span.start], edit.after]
        last = edit.span.end
    parts.append(source.text[last : span.end])
    assert seen.text[start:end] in "".join(parts)
    # No edit is half inside.
    for edit in seen.edits:
        assert edit in inside or edit.span.end <= span.start or span.end <= edit.span.start


@given(edited())
@settings(deadline=None)
def test_the_whole_view_is_the_whole_source(case):
    source, edits = case
    seen = view(source, settle(edits)[0])
    assert seen.to_source(0, len(seen.text)) == Span(0, len(source.text))
