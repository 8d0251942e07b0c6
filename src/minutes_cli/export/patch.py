"""The corrections of a record as a unified diff against the original, for ``patch -p1`` and ``git apply``.

It is made of the very bytes of the record, so it is in the encoding of the record, with its line ends. A file that is
no text cannot be patched: there the diff is against the text that was read out of it, as ``minutes export --to text
--fix none`` gives it, and says so.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from minutes_cli.errors import UsageError
from minutes_cli.export.encode import byte_view
from minutes_cli.export.model import Options
from minutes_cli.export.results import needs_text
from minutes_cli.export.unified import unified
from minutes_cli.model import Document, View

__all__ = ["write_patch"]


def write_patch(documents: Iterable[Document], options: Options) -> Iterator[bytes]:
    """The diffs of *documents*, one behind the other; nothing for a record without corrections.

    Raises UsageError for a document read back from JSON, and where the encoding of a record lacks a character.
    """
    for document in documents:
        needs_text(document, "patch")
        if document.view.edits:
            yield _patch(document.view)


def _patch(seen: View) -> bytes:
    source = seen.source
    name = os.fsencode(source.name).replace(b"\n", b"?")
    if not source.is_text:
        what = (
            b"# Corrections of the text that minutes read out of %b; the file itself cannot be patched.\n"
            b"# They apply to what minutes export --to text --fix none gives, saved as %b.txt.\n" % (name, name)
        )
        return what + unified(seen, f"{os.fsdecode(name)}.txt").encode("utf-8", "surrogateescape")
    try:
        inside = byte_view(seen)
        if inside is not None:
            return unified(inside, name.decode("latin-1")).encode("latin-1")
        # Characters of such an encoding have no bytes of their own, but lines do: it begins anew with each.
        plain = name.decode("ascii", "replace").replace("\ufffd", "?")
        return unified(seen, plain).encode(source.encoding)
    except UnicodeEncodeError as e:
        word = e.object[e.start : e.end]
        raise UsageError(
            f"{source.name}: {word!r} cannot be written in {source.encoding}, so no patch can put it there; "
            "write the corrected text (--to text)"
        ) from None
