"""What the character model calls a character: width folded, digits and Latin letters each one class."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.uint16]

#: Id of everything the model does not know, and of the ends of lines that are no wraps.
UNKNOWN = 0
#: Ids fit into this many bits, so that four of them are one key.
BITS = 12
_SIZE = 0x10000  # what lies beyond the first plane (rare kanji, emoji) is unknown
_JAPANESE = np.zeros(_SIZE, dtype=bool)
for _first, _last in ((0x3041, 0x3096), (0x30A1, 0x30FA), (0x30FC, 0x30FC), (0x3005, 0x3005), (0x4E00, 0x9FFF)):
    _JAPANESE[_first : _last + 1] = True


def fold(character: str) -> str:
    """The character that stands for *character* in the model: ``１`` and ``7`` are ``0``, ``ｂ`` is ``A``."""
    code = ord(character)
    if 0xFF01 <= code <= 0xFF5E:
        code -= 0xFEE0
        character = chr(code)
    if character.isascii():
        if character.isdigit():
            return "0"
        if character.isalpha():
            return "A"
    return {",": "、", ".": "。", "〇": "○", "◯": "○"}.get(character, character)


def is_japanese(character: str) -> bool:
    """Whether *character* is a kana or kanji: only these does the channel ever touch."""
    return bool(_JAPANESE[min(ord(character), _SIZE - 1)])


def japanese(text: str) -> npt.NDArray[np.bool_]:
    """For each code point of *text* whether it is a kana or kanji."""
    return _JAPANESE[np.minimum(codes(text), _SIZE - 1)]


class Alphabet:
    """Characters and their ids; ``characters[i - 1]`` has the id ``i``."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = "".join(characters)
        if len(self.characters) >= 1 << BITS:
            raise ValueError(f"an alphabet holds at most {(1 << BITS) - 1} characters")
        self._ids = np.zeros(_SIZE, dtype=np.uint16)
        for i, character in enumerate(self.characters, 1):
            self._ids[ord(character)] = i
        for code in [*range(0x21, 0x7F), *range(0xFF01, 0xFF5F), 0x3007, 0x25EF]:
            self._ids[code] = self._ids[ord(fold(chr(code)))]

    def __len__(self) -> int:
        return len(self.characters) + 1

    def encode(self, text: str) -> Ids:
        """One id per code point of *text*."""
        return self._ids[np.minimum(codes(text), _SIZE - 1)]

    def character(self, number: int) -> str:
        """The character with the id *number*, which must not be ``UNKNOWN``."""
        return self.characters[number - 1]


def codes(text: str) -> npt.NDArray[np.uint32]:
    """The code points of *text* as an array; a lone surrogate counts as itself."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
