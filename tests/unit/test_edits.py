"""Edits by example: which are kept, what the view says, where its places stand in the original."""

import pytest

from minutes_cli.edits import settle, undo, view
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Edit, Span


def edit(start, before, after, rule="r"):
    return Edit(Span(start, start + len(before)), before, after, rule)


def test_view_and_back():
    source = from_text("住) 地域の安全\n二) 福祉")
    seen = view(source, [edit(0, "住)", "(1)"), edit(9, "二)", "(2)")])
    assert seen.text == "(1) 地域の安全\n(2) 福祉"
    assert undo(seen) == source.text
    assert source.text == "住) 地域の安全\n二) 福祉"


def test_a_view_without_edits_is_the_text_itself():
    source = from_text("会議録")
    seen = view(source)
    assert seen.text is source.text
    assert seen.to_source(1, 2) == Span(1, 2)


@pytest.mark.parametrize(
    ("cut", "span"),
    [
        ((0, 2), (0, 2)),  # before the edit
        ((2, 5), (2, 3)),  # exactly the edit
        ((3, 4), (2, 3)),  # half of it: widened to the whole
        ((1, 3), (1, 3)),
        ((5, 6), (3, 4)),  # behind it
        ((0, 7), (0, 5)),
    ],
)
def test_places_are_widened_to_whole_edits(cut, span):
    seen = view(from_text("ab①de"), [edit(2, "①", "(1)")])
    assert seen.text == "ab(1)de"
    assert seen.to_source(*cut) == span


def test_of_overlapping_edits_the_earlier_and_then_the_shorter_is_kept():
    first, longer, second = edit(0, "ab", "x"), edit(0, "abc", "y"), edit(2, "c", "z")
    assert settle([second, longer, first]) == ((first, second), (longer,))


def test_ties_go_to_the_name_of_the_rule():
    a, b = edit(0, "a", "x", "first"), edit(0, "a", "y", "second")
    assert settle([b, a]) == ((a,), (b,))


def test_an_edit_that_changes_nothing_is_dropped():
    assert settle([edit(0, "a", "a")]) == ((), ())


@pytest.mark.parametrize(
    "edits",
    [
        [edit(0, "x", "y")],  # not what stands there
        [edit(1, "b", "x"), edit(0, "a", "y")],  # not settled
        [edit(2, "c", "x")],  # behind the end
    ],
)
def test_an_edit_that_does_not_fit_is_refused(edits):
    with pytest.raises(ValueError, match="does not fit"):
        view(from_text("ab"), edits)
