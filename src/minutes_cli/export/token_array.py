"""The words of turns as a column of Apache Arrow: a list of structs, each word with its lemma and part of speech."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from minutes_cli.lexicon.token_columns import TokenColumns, lexemes, token_columns
from minutes_cli.lexicon.tokens import identity

if TYPE_CHECKING:
    import numpy
    import pyarrow

__all__ = ["TOKENS", "token_array", "token_field"]

TOKENS = "tokens"
"""The name of the column."""


def token_field() -> pyarrow.Field:
    """The column: what it is called, its type, and in its metadata what cut the words."""
    import pyarrow as pa

    about = f"the words of the text: as printed, as dictionaries list them, and their parts of speech ({identity()})"
    word = pa.struct([("surface", pa.string()), ("lemma", pa.string()), ("pos", pa.string())])
    return pa.field(TOKENS, pa.list_(word), metadata={"about": about})


def token_array(texts: Sequence[str]) -> pyarrow.Array:
    """The words of each of *texts*. They are built of a few large arrays: no object is made for a word."""
    import numpy as np
    import pyarrow as pa

    type_ = token_field().type
    found = token_columns(texts)
    words = np.fromiter(chain.from_iterable(found.words), np.int32, 2 * len(found.words)).reshape(-1, 2)
    numbers, said = pa.array(np.ascontiguousarray(words[:, 0])), _kept()()
    columns = [pa.DictionaryArray.from_arrays(numbers, column).cast(pa.string()) for column in said]
    structs = pa.StructArray.from_arrays([_surfaces(found, words[:, 1]), *columns], fields=list(type_.value_type))
    offsets = np.concatenate([[0], np.cumsum(found.counts)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), structs, type=type_)


class _Said:
    """Lemmas and parts of speech of all words that were met, as arrays; those that are new are put behind."""

    def __init__(self) -> None:
        import pyarrow as pa

        self.columns = (pa.array([], pa.string()), pa.array([], pa.string()))

    def __call__(self) -> tuple[pyarrow.Array, pyarrow.Array]:
        import pyarrow as pa

        new = lexemes()[len(self.columns[0]) :]
        if new:
            more = ([lexeme.lemma for lexeme in new], ["-".join(lexeme.pos) for lexeme in new])
            lemma, pos = (
                pa.concat_arrays([a, pa.array(b, pa.string())]) for a, b in zip(self.columns, more, strict=True)
            )
            self.columns = (lemma, pos)
        return self.columns


@cache
def _kept() -> _Said:
    return _Said()


def _surfaces(found: TokenColumns, ends: numpy.ndarray) -> pyarrow.Array:
    """The words as printed, which end in their sentences at *ends*; they lie side by side, so nothing is cut apart."""
    import numpy as np
    import pyarrow as pa

    said = found.said
    ends = ends + np.repeat(np.array(found.starts, np.int64), found.sizes)
    points = np.frombuffer(said.encode("utf-32-le"), np.uint32)
    # How many bytes each character takes in UTF-8.
    wide = 1 + (points > 0x7F).astype(np.int8) + (points > 0x7FF) + (points > 0xFFFF)
    at = np.concatenate([[0], np.cumsum(wide, dtype=np.int64)])
    offsets = np.concatenate([[0], at[ends]]).astype(np.int32)
    return pa.StringArray.from_buffers(len(ends), pa.py_buffer(offsets), pa.py_buffer(said.encode()))
