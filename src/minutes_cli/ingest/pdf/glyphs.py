"""The glyphs of a PDF with their boxes, page by page: run as a program of its own by :mod:`.process`.

A library that reads hostile files in C may use up memory or time, or crash: here it takes down nothing but itself.
The bytes of the PDF come on standard input; limits are arguments. One JSON object per line goes to standard output:
``{"pages": N}``, then one for every page as it is read (:func:`_page`), or ``{"fault": WORD}`` instead of either.

Boxes are those of the page as it is shown (turned, cropped), in hundredths of a point, from its top left corner.
"""

from __future__ import annotations

import ctypes
import faulthandler
import math
import os
import sys
import time
from typing import IO, Any, NamedTuple

#: Before the first page may have come, and for every page, in seconds. pdfium and this file take 5 to 10 ms for a page.
START_SECONDS, PAGE_SECONDS = 8.0, 0.2
#: How far an em box reaches below and above the line that its glyph stands on, in ems: so draw the fonts of Japan.
BELOW, ABOVE = 0.12, 0.88

_IMAGES_LOOKED_AT = 2_000
_PIECES_LOOKED_AT = 20_000
_LITTLE_TEXT = 20


def main(most_pages: int, most_glyphs: int, most_memory: int) -> None:
    """Read standard input, write standard output; see the module."""
    out = os.fdopen(os.dup(1), "wb")
    raw = sys.stdin.buffer.read()
    _limit_memory(most_memory)
    with open(os.devnull, "w") as nowhere:
        _read(raw, out, nowhere, most_pages, most_glyphs)
        faulthandler.cancel_dump_traceback_later()


def _limit_memory(most: int) -> None:
    """At most this many bytes of memory, where the system can be told so (Windows and macOS cannot)."""
    try:
        import resource
    except ModuleNotFoundError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(raw: bytes, out: IO[bytes], nowhere: IO[str], most_pages: int, most_glyphs: int) -> None:
    started = time.monotonic()

    def limit_time(pages: int) -> None:
        """End this program when it stays too long with what comes next, also inside the library."""
        left = START_SECONDS + PAGE_SECONDS * pages - (time.monotonic() - started)
        faulthandler.dump_traceback_later(max(left, 0.01), exit=True, file=nowhere)

    limit_time(0)
    import orjson
    import pypdfium2

    def say(message: dict[str, Any]) -> None:
        out.write(orjson.dumps(message) + b"\n")
        out.flush()

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as e:
        code = getattr(e, "err_code", None)
        say({"fault": {pypdfium2.raw.FPDF_ERR_PASSWORD: "password", pypdfium2.raw.FPDF_ERR_SECURITY: "locked"}.get(
            code, "damaged")})  # fmt: skip
        return
    with document:
        pages = len(document)
        say({"pages": pages})
        if pages > most_pages:
            return
        for index in range(pages):
            limit_time(index)
            try:
                page = document[index]
            except pypdfium2.PdfiumError:
                say({"fault": "damaged"})
                continue
            say(_page(page, most_glyphs))
            page.close()


def _page(page: Any, most_glyphs: int) -> dict[str, Any]:
    """``size`` of the page as shown; ``glyphs``: see :func:`_glyphs`; how many ``images`` are on it, lines and areas
    (``drawn``, counted where there is hardly any text), and notes and form fields over it (``notes``)."""
    import pypdfium2
    import pypdfium2.raw as c

    left, bottom, right, top = page.get_bbox()
    turned = page.get_rotation() // 90
    width, height = (right - left, top - bottom) if turned % 2 == 0 else (top - bottom, right - left)
    found: dict[str, Any] = {"size": [round(width * 100), round(height * 100)], "notes": _notes(page)}
    try:
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return {**found, "fault": "damaged"}
    count = c.FPDFText_CountChars(text)
    if count > most_glyphs:
        return {**found, "fault": "crowded", "count": count}
    box = (left, bottom, right, top)
    found["glyphs"] = _glyphs(text, count, box, turned) + _blanks(page, text, count, box, turned) if count else []
    objects = min(int(c.FPDFPage_CountObjects(page)), _IMAGES_LOOKED_AT)
    kinds = [c.FPDFPageObj_GetType(c.FPDFPage_GetObject(page, i)) for i in range(objects)]
    forms = 0 if found["glyphs"] else kinds.count(c.FPDF_PAGEOBJ_FORM)  # they hold pictures then, or nothing
    found["images"] = kinds.count(c.FPDF_PAGEOBJ_IMAGE) + forms
    if len(found["glyphs"]) < 8 * _LITTLE_TEXT:
        found["drawn"] = kinds.count(c.FPDF_PAGEOBJ_PATH)
    text.close()
    return found


def _notes(page: Any) -> int:
    """Notes, stamps and fields of a form: they show text which is not part of the page."""
    import pypdfium2.raw as c

    shown = {c.FPDF_ANNOT_TEXT, c.FPDF_ANNOT_FREETEXT, c.FPDF_ANNOT_STAMP, c.FPDF_ANNOT_WIDGET}
    found = 0
    for i in range(min(c.FPDFPage_GetAnnotCount(page), _IMAGES_LOOKED_AT)):
        note = c.FPDFPage_GetAnnot(page, i)
        found += c.FPDFAnnot_GetSubtype(note) in shown
        c.FPDFPage_CloseAnnot(note)
    return found


def _glyphs(text: Any, count: int, box: tuple[float, float, float, float], turned: int) -> list[int]:
    """Eight numbers for every glyph, in the order of the file: its character (0 for none), the four sides of its em box
    (left, top, right, bottom), the size of its font, its direction (0 to the right, 1 down, 2 to the left, 3 up, 4
    anything else), and 1 for a letter that shares one glyph with the letter before it.
    """
    import pypdfium2.raw as c

    x, y, loose = ctypes.c_double(), ctypes.c_double(), c.FS_RECTF()
    x_at, y_at, loose_at = ctypes.addressof(x), ctypes.addressof(y), ctypes.addressof(loose)
    handle = ctypes.cast(text.raw, ctypes.c_void_p).value
    unicode_of = _quick(c.FPDFText_GetUnicode, ctypes.c_uint)
    unknown = _quick(c.FPDFText_HasUnicodeMapError, ctypes.c_int)
    object_of = _quick(c.FPDFText_GetTextObject, ctypes.c_void_p)
    origin_of = _quick(c.FPDFText_GetCharOrigin, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
    loose_of = _quick(c.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p)
    found: list[int] = []
    last, face = None, _face(text, 0, turned)
    at_x = at_y = 0.0
    for i in range(count):
        character = unicode_of(handle, i)
        if character <= 32:
            if c.FPDFText_IsGenerated(text, i) == 1:
                continue  # the library's guess at blanks and line ends
            if character < 32:
                character = 45 if character == 2 and c.FPDFText_IsHyphen(text, i) == 1 else 0
        elif unknown(handle, i) == 1:
            character = 0
        elif 0xDC00 <= character < 0xE000 and found and 0xD800 <= found[-8] < 0xDC00:
            found[-8] = 0x10000 + (found[-8] - 0xD800 << 10) + (character - 0xDC00)
            continue  # the library counts in UTF-16
        owner = object_of(handle, i)
        same_owner = owner == last
        if not same_owner or owner is None:
            last = owner
            face = _face(text, i, turned)
        origin_of(handle, i, x_at, y_at)
        loose_of(handle, i, loose_at)
        same_place = same_owner and at_x == x.value and at_y == y.value
        at_x, at_y = x.value, y.value
        advance = abs(loose.right - at_x) if face.straight else abs(loose.top - at_y)
        if not 0 < advance <= 3 * face.size:
            advance = face.size if character > 0x2E7F else face.size / 2
        found.append(character)
        found += _box(at_x, at_y, advance, face, box, turned)
        found.append(int(same_place and 65 <= character <= 122))
    return found


def _blanks(page: Any, text: Any, count: int, box: tuple[float, float, float, float], turned: int) -> list[int]:
    """As :func:`_glyphs`: pieces of text that are nothing but blanks, which the library leaves out or shortens to one.

    LibreOffice takes the blanks between kanji from another font, and all those of a line into one piece. A piece is
    given as one blank from its first blank to where the last one begins: of no width where there is but one.
    """
    import pypdfium2.raw as c

    owners, found = _owners(text, count), list[int]()
    (*sides, height), at = [ctypes.c_float() for _ in range(5)], c.FS_MATRIX()
    for i in range(min(int(c.FPDFPage_CountObjects(page)), _PIECES_LOOKED_AT)):
        piece = c.FPDFPage_GetObject(page, i)
        owner = ctypes.cast(piece, ctypes.c_void_p).value
        if owners.get(owner) or c.FPDFPageObj_GetType(piece) != c.FPDF_PAGEOBJ_TEXT:
            continue
        bounded = c.FPDFPageObj_GetBounds(piece, *sides) and c.FPDFPageObj_GetMatrix(piece, at)
        length = max(sides[2].value - sides[0].value, sides[3].value - sides[1].value)
        if (
            bounded and (owner in owners or not length) and c.FPDFTextObj_GetFontSize(piece, height)
        ):  # else text drawn over itself
            found.append(32)
            found += _box(at.e, at.f, length, _face_of(at, height.value, turned), box, turned)
            found.append(0)
    return found


def _owners(text: Any, count: int) -> dict[int | None, bool]:
    """The pieces to which characters belong, and whether any of those is more than a blank."""
    import pypdfium2.raw as c

    object_of = _quick(c.FPDFText_GetTextObject, ctypes.c_void_p)
    unicode_of = _quick(c.FPDFText_GetUnicode, ctypes.c_uint)
    handle, found = ctypes.cast(text.raw, ctypes.c_void_p).value, dict[int | None, bool]()
    for i in range(count):
        if not found.get(owner := object_of(handle, i)):
            found[owner] = unicode_of(handle, i) != 32
    return found


def _quick(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of the library that takes the address of a page of text and a number: asked for every character."""
    kind = ctypes.PYFUNCTYPE(result, ctypes.c_void_p, ctypes.c_int, *arguments)
    return kind(ctypes.cast(function, ctypes.c_void_p).value or 0)


class _Face(NamedTuple):
    """How the glyphs of one piece of text are drawn: the size of the font, and which way they follow each other.

    ``straight``: to the right or left in the file's own directions. The box of a glyph reaches from ``near`` to ``far``
    of where it stands, without its advance.
    """

    size: float
    along: tuple[float, float]
    direction: int
    straight: bool
    near: tuple[float, float]
    far: tuple[float, float]


def _face(text: Any, i: int, turned: int) -> _Face:
    import pypdfium2.raw as c

    matrix = c.FS_MATRIX()
    c.FPDFText_GetMatrix(text, i, matrix)
    return _face_of(matrix, c.FPDFText_GetFontSize(text, i), turned)


def _face_of(matrix: Any, height: float, turned: int) -> _Face:
    size = abs(height) * math.hypot(matrix.c, matrix.d)
    along = _unit(_shown(matrix.a, matrix.b, turned))
    up = (along[1], -along[0])
    direction = _direction(along)
    straight = direction in (turned % 4, (turned + 2) % 4)
    near, far = (-BELOW * size * up[0], -BELOW * size * up[1]), (ABOVE * size * up[0], ABOVE * size * up[1])
    return _Face(size, along, direction, straight, near, far)


def _box(
    x: float, y: float, advance: float, face: _Face, page: tuple[float, float, float, float], turned: int
) -> tuple[int, int, int, int, int, int]:
    """Left, top, right and bottom of a glyph on the page as shown, its size and direction."""
    left, bottom, right, top = page
    if turned == 0:
        at, down = x - left, top - y
    elif turned == 1:
        at, down = y - bottom, x - left
    elif turned == 2:
        at, down = right - x, y - bottom
    else:
        at, down = top - y, right - x
    size, along, direction, _, near, far = face
    if direction == 0:
        ends, sides = (at, at + advance), (down + far[1], down + near[1])
    else:
        first, second = at + near[0], at + far[0] + advance * along[0]
        ends = (first, second) if first < second else (second, first)
        first, second = down + near[1], down + far[1] + advance * along[1]
        sides = (first, second) if first < second else (second, first)
    (start, end), (over, under) = ends, sides
    return round(start * 100), round(over * 100), round(end * 100), round(under * 100), round(size * 100), direction


def _shown(x: float, y: float, turned: int) -> tuple[float, float]:
    """A direction of the file as it is on the page when shown, where y counts downwards."""
    return ((x, -y), (y, x), (-x, y), (-y, -x))[turned % 4]


def _unit(vector: tuple[float, float]) -> tuple[float, float]:
    length = math.hypot(*vector)
    return (vector[0] / length, vector[1] / length) if length else (1.0, 0.0)


def _direction(along: tuple[float, float]) -> int:
    for direction, (x, y) in enumerate(((1, 0), (0, 1), (-1, 0), (0, -1))):
        if along[0] * x + along[1] * y > 0.995:  # about 6 degrees: scans are seldom straight
            return direction
    return 4


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
