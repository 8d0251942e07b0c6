"""What is made safe for a screen: the quick look must let nothing through."""

import sys

from minutes_cli.cli import _text
from minutes_cli.cli._text import visible


def test_every_character_comes_out_as_its_picture():
    characters = [chr(code) for code in range(sys.maxunicode + 1)]
    wrong = [c for c in characters if visible(c) != _text._UNSAFE.sub(_text._picture, c)]
    assert wrong == []
    assert visible("議長\u3000山田") == "議長\u3000山田"
    assert visible("\u3000\x1b[2J") == "\u3000␛[2J"
