"""What rules are told about a record: where its labels stand, and where to point."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import NAMES, record, tight
from minutes_cli.check.run import understand
from minutes_cli.check.subject import _SAMPLE, _distinct
from minutes_cli.ingest import read


@pytest.mark.parametrize("name", NAMES)
def test_every_label_is_found_in_the_original(name: str) -> None:
    subject = understand(read(str(record(name))), [])
    for number, turn, _ in subject.turns():
        span, place = subject.label_spans[number], subject.place_of(number)
        assert (span is None) == (turn.label is None)
        assert "\n" not in subject.text[place.start : place.end]
        if span is not None and turn.label is not None:
            assert tight(turn.label) in tight(subject.text[span.start : span.end])
            assert not subject.text[span.start].isspace()


@given(st.text(min_size=1, max_size=40), st.text(max_size=40))
def test_the_characters_of_a_long_text_are_all_there(often: str, seldom: str) -> None:
    for text in (often + seldom, often * (4 * _SAMPLE // len(often) + 1) + seldom + often):
        assert _distinct(text) == frozenset(text)
