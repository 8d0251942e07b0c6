"""What is listed of a text so that any literal can be looked up, of one character as of many: its pairs of characters.

Pairs are of the text's :func:`~minutes_cli.lexicon.folding.key`, which knows neither case nor width, so that one list
serves searches with and without -i: a proposal may be wrong, but none is ever missing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise

from minutes_cli.lexicon.folding import key

# FTS5's tokenizer `ascii` splits at ASCII marks and blanks and folds ASCII letters; characters above 127 it leaves
# alone. What a record itself has there only makes a proposal wrong.
_PRIVATE = 0xE000
_SPELLED = {code: _PRIVATE + code for code in range(128)}
#: Behind every passage, so that its last character begins a pair too, and so that none reaches into the next one.
_END = "\n"
#: Pairs of a literal that are looked up: more of them exclude hardly anything.
_ENOUGH = 48


@lru_cache(1 << 17)
def spelled(text: str) -> str:
    """*text* as one token of FTS5."""
    return text.translate(_SPELLED)


def pairs(texts: Sequence[str]) -> str:
    """The list of a record: every pair of characters that stands in one of *texts*, with blanks between."""
    whole = "".join([text + _END for text in texts])
    found = _side_by_side(whole)
    nothing = [character for character in {chr(pair >> 32) for pair in found} if not key(character)]
    if nothing:  # a mark that has no key: what stands around it is side by side
        for character in nothing:
            whole = whole.replace(character, "")
        found = _side_by_side(whole)
    return " ".join([_LISTED[pair] for pair in found])


def _side_by_side(text: str) -> list[int]:
    """The different pairs of characters in *text*, the code of the first above that of the second."""
    import numpy as np

    # Sorting numbers is several times quicker than a set of strings.
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)
    pairs: list[int] = np.unique(codes[:-1] << np.uint64(32) | codes[1:]).tolist()
    return pairs


class _Listed(dict[int, str]):
    """What is listed of two characters side by side, by their codes. Records share most of them."""

    def __missing__(self, pair: int) -> str:
        if len(self) > 300_000:
            self.clear()
        folded = spelled(key(chr(pair >> 32) + chr(pair & 0xFFFFFFFF)))
        self[pair] = " ".join(map("".join, pairwise(folded)))
        return self[pair]


_LISTED = _Listed()


def question(literals: Collection[str]) -> str | None:
    """What to ask FTS5 for the records that may hold at least one of *literals*; None where any record may."""
    asked = [_all_pairs(spelled(key(literal))) for literal in literals]
    return None if "" in asked else " OR ".join(asked)


def _all_pairs(text: str) -> str:
    if len(text) == 1:
        return f'"{text}" *'
    wanted = list(dict.fromkeys(map("".join, pairwise(text))))[:_ENOUGH]
    return "(" + " AND ".join([f'"{pair}"' for pair in wanted]) + ")" if wanted else ""
