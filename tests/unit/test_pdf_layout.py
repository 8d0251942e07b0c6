"""How characters at places become lines: gaps, indents, columns, readings, doubles; with PDFs of a few lines."""

from __future__ import annotations

from array import array
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from making_pdf import A4, FLAT, SIZE, UPRIGHT, canvas, office_line, page, wrapped
from minutes_cli.ingest.pdf import read
from minutes_cli.ingest.pdf.columns import gutters_of, parts_of
from minutes_cli.ingest.pdf.edges import is_page_number
from minutes_cli.ingest.pdf.lines import Flow, Line, margin_of, sheet_of
from minutes_cli.ingest.pdf.process import PageGlyphs
from minutes_cli.ingest.pdf.text import written

EM = 1000


def text(raw: bytes) -> str:
    return read(raw, "a.pdf", None).text


def line(words: str, start: int = 0, base: int = 0, size: int = EM) -> Line:
    """A line of full-width characters, ``_`` for a place without one."""
    places = [(c, start + i * size) for i, c in enumerate(words) if c != "_"]
    return Line("".join(c for c, _ in places), [at for _, at in places], [at + size for _, at in places], base, size)


def shown(*lines: Line, margin: int = 0) -> list[str]:
    return [found.text for found in written(list(lines), margin, EM, 2 * EM)]


# --- lines -----------------------------------------------------------------------------------------------------------


def test_indents_and_gaps_become_ideographic_blanks() -> None:
    assert shown(line("議事日程"), line("日程__指名", start=EM)) == ["議事日程", "　日程　　指名"]


def test_a_small_gap_between_kanji_is_none_and_between_letters_a_blank() -> None:
    kanji = Line("開会", [0, 1300], [1000, 2300], 0, EM)
    letters = Line("abcd", [0, 500, 1300, 1800], [500, 1000, 1800, 2300], 0, EM)
    assert shown(kanji, letters) == ["開会", "ab cd"]


@given(st.lists(st.text("会長本日議題委員の", min_size=1, max_size=5), min_size=1, max_size=6))
@settings(max_examples=8)
def test_blanks_between_kanji_stay_where_the_file_has_them(words: list[str]) -> None:
    assert text(office_line(words)) == " ".join(words) + "\n"


def test_blanks_that_part_nothing_or_are_in_a_wide_gap_add_nothing() -> None:
    assert text(office_line(["会長", "本日", "開会"], blank=0.02)) == "会長本日開会\n"
    assert text(office_line(["会長", "本日", "開会"], blank=1.0)) == "会長　本日　開会\n"


def test_a_gap_that_is_narrower_than_the_blanks_of_its_line_is_none() -> None:
    drawn = [("会", 0), ("長", 1000), ("本", 2300), ("日", 3400), ("開", 4700)]
    found = glyphs(*((character, x, 0) for character, x in drawn), (" ", 2000, 0), (" ", 2000, 0))
    found.rights[5], found.rights[6] = 2300, 4400
    assert [row.text for row in sheet_of(found).lines] == ["会長 本日 開"]


def test_a_blank_line_stands_for_a_clear_gap_between_lines() -> None:
    lines = [line("一"), line("二", base=2 * EM), line("三", base=6 * EM)]
    assert [found.gap for found in written(lines, 0, EM, 2 * EM)] == [False, False, True]


def test_readings_beside_words_go_behind_them_in_brackets() -> None:
    raw = page((80, 100, "定足数に達しております。"))
    assert text(raw) == "定足数に達しております。\n"
    made, finish = canvas()
    made.setFont(FLAT, 12)
    made.drawString(80, 700, "会議の定足数に達しております。")
    made.setFont(FLAT, 6)
    made.drawString(80 + 36, 711, "ていそくすう")
    made.showPage()
    source = read(finish(), "a.pdf", None)
    assert source.text == "会議の定足数（ていそくすう）に達しております。\n"
    assert [finding.rule for finding in source.findings] == ["pdf-reading"]


def test_what_is_drawn_twice_as_bold_is_there_once_and_doubled_letters_stay() -> None:
    made, finish = canvas()
    made.setFont(FLAT, SIZE)
    for aside in (0, 0.3):
        for i, character in enumerate("会議録ししし"):
            made.drawString(80 + aside + i * SIZE, 700, character)
    made.drawString(80, 680, "ああ、いい会議、committee")
    made.showPage()
    assert text(finish()) == "会議録ししし\nああ、いい会議、committee\n"


def glyphs(*drawn: tuple[str, int, int], shared: tuple[int, ...] = ()) -> PageGlyphs:
    """A page with glyphs of ten points at (x, y) in hundredths of a point."""
    columns = [
        array("i", values) for values in zip(*((ord(c), x, y, x + EM, y + EM, EM, 0) for c, x, y in drawn), strict=True)
    ]
    return PageGlyphs(59_500, 84_200, *columns, array("i", [i in shared for i in range(len(drawn))]))


def test_a_glyph_over_itself_is_the_same_one_and_a_neighbour_or_a_ligature_is_not() -> None:
    again = glyphs(("し", 1000, 0), ("し", 2000, 0), ("し", 1030, 20), ("し", 2030, 20))
    assert [row.text for row in sheet_of(again).lines] == ["しし"]
    ligature = glyphs(("o", 1000, 0), ("f", 2000, 0), ("f", 2000, 0), shared=(2,))
    assert [row.text for row in sheet_of(ligature).lines] == ["off"]


def test_characters_in_any_order_of_drawing_come_in_the_order_of_reading() -> None:
    words = [
        (80 + i * SIZE, 100 + j * 18, c)
        for j, row in enumerate(("一番上の行", "その下の行"))
        for i, c in enumerate(row)
    ]
    assert text(page(*reversed(words))) == "一番上の行\nその下の行\n"


def test_astral_characters_and_variants_come_through() -> None:
    assert (
        "".join(text(page((80, 80, "𠮷田髙﨑委員"))).split()) == "𠮷田髙﨑委員"
    )  # the font has a place too many for 𠮷


def test_a_page_turned_by_its_entry_reads_as_it_is_shown() -> None:
    out = BytesIO()
    made = Canvas(out, pagesize=(A4[1], A4[0]))
    made.setPageRotation(90)
    made.setFont(FLAT, SIZE)
    made.translate(A4[1], 0)
    made.rotate(90)
    made.drawString(80, 700, "回した紙の一行目です。")
    made.drawString(80, 680, "二行目です。")
    made.showPage()
    made.save()
    assert text(out.getvalue()) == "回した紙の一行目です。\n二行目です。\n"


# --- vertical writing ------------------------------------------------------------------------------------------------


def downwards(*columns: str, size: float = SIZE) -> bytes:
    made, finish = canvas()
    made.setFont(UPRIGHT, size)
    for i, column in enumerate(columns):
        made.drawString(500 - i * 18, 780, column)
    made.setFont(FLAT, 9)
    made.drawString(290, 30, "- 12 -")
    made.showPage()
    return finish()


def test_vertical_writing_is_read_from_the_right_and_a_number_below_it_comes_last() -> None:
    assert text(downwards("○議長（高梨誠一君）　開会します。", "一番議員の発言を許します。")) == (
        "○議長（高梨誠一君）　開会します。\n一番議員の発言を許します。\n- 12 -\n"
    )


def test_two_digits_side_by_side_in_a_vertical_line_keep_their_order() -> None:
    made, finish = canvas()
    for i, character in enumerate("令和年三月の会議"):
        made.setFont(FLAT, 10)
        made.drawString(300, 700 - 10 * (i if i < 2 else i + 1), character)
    made.drawString(299.5, 680, "12")
    made.showPage()
    assert text(finish()) == "令和12年三月の会議\n"


# --- columns ---------------------------------------------------------------------------------------------------------

LEFT = [
    "左の段の行は右の段の前に",
    "読まれることになります。",
    "これは三行目の文であり、",
    "四行目もここにあります。",
    "左はこれで終わりです、と",
]
RIGHT = [words.replace("左", "右") for words in LEFT]


def two(*extra: Line) -> list[Line]:
    rows = [line(f"{a}__{b}", base=2 * EM * (i + 1)) for i, (a, b) in enumerate(zip(LEFT, RIGHT, strict=True))]
    return sorted([*rows, *extra], key=lambda row: row.base)


def order(lines: list[Line]) -> list[str]:
    return [row.text for part in parts_of(lines, gutters_of(lines, EM), EM) for row in part.lines]


def test_columns_are_read_one_after_the_other() -> None:
    assert order(two()) == LEFT + RIGHT


def test_a_heading_across_both_columns_stays_in_its_place() -> None:
    heading = line("______この見出しは両方の段の上にあります", base=5 * EM)
    assert order(two(heading)) == [*LEFT[:2], *RIGHT[:2], heading.text, *LEFT[2:], *RIGHT[2:]]


def test_a_list_of_names_in_two_columns_is_read_line_by_line() -> None:
    names = [
        line(f"　{n}番　鏡　　　実　君____{n}番　堂　園　夏　君", base=i * 2 * EM)
        for i, n in enumerate("一二三四五六七八")
    ]
    assert order(names) == [row.text for row in names]


def test_a_label_column_is_no_column_of_the_page() -> None:
    rows = [line(f"議　長__ただいまから会議を{n}回開きます。", base=i * 2 * EM) for i, n in enumerate("一二三四五六七")]
    assert order(rows) == [row.text for row in rows]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12), st.integers(0, 40))
def test_nothing_is_lost_between_gutters(lengths: list[int], place: int) -> None:
    from minutes_cli.ingest.pdf.columns import Gutter

    rows = [line("字" * 3 + "_" * n + "字" * n + "末", base=i * 2 * EM) for i, n in enumerate(lengths)]
    gutter = Gutter(place * EM, place * EM + 2 * EM)
    parts = parts_of(rows, [gutter], EM)
    assert sum(len(row.text) for part in parts for row in part.lines) == sum(len(row.text) for row in rows)


# --- edges, margins, and glyphs anywhere -----------------------------------------------------------------------------


def test_page_numbers_as_they_are_printed() -> None:
    assert all(map(is_page_number, ("3", "- 3 -", "－１２－", "p. 4", "３ページ", "3/12", "〔五〕", "第三頁")))
    assert not any(map(is_page_number, ("3月", "一般質問", "第3号", "令和6年", "")))


def test_the_margin_is_where_lines_begin_though_some_are_indented() -> None:
    assert margin_of([500, 1500, 500, 1500, 1500, 4000], EM) == 500
    assert margin_of([500], EM) is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from([0, 32, 65, 0x3000, 0x3042, 0x4E00, 0x20BB7, 0xFFFE, 0xD800]),
            st.integers(-9_000, 70_000),
            st.integers(-9_000, 90_000),
            st.integers(1, 3_000),
            st.integers(0, 4),
        ),
        max_size=40,
    )
)
@settings(max_examples=200)
def test_every_visible_glyph_is_in_the_lines_or_counted_wherever_it_stands(glyphs: list[tuple[int, ...]]) -> None:
    columns = [array("i", [glyph[i] for glyph in glyphs]) for i in range(5)]
    codes, lefts, tops, sizes, directions = columns
    rights = array("i", [left + size for left, size in zip(lefts, sizes, strict=True)])
    bottoms = array("i", [top + size for top, size in zip(tops, sizes, strict=True)])
    unlike = array("i", [0] * len(glyphs))
    found = sheet_of(PageGlyphs(59_500, 84_200, codes, lefts, tops, rights, bottoms, sizes, directions, unlike))
    lines = [*found.lines, *(row for _, rows in found.others for row in rows)]
    inked = sum(not character.isspace() for row in lines for character in row.text)
    wanted = [code for code in codes if code not in (32, 0x3000)]
    assert inked + found.hidden <= len(codes)
    assert inked + found.hidden >= len({(code, *rest) for code, *rest in glyphs if code in wanted}) - _near(glyphs)
    assert found.flow in Flow


def _near(glyphs: list[tuple[int, ...]]) -> int:
    """How many glyphs stand so near to one of the same sort that they may be the same, drawn twice."""
    return sum(
        any(a[0] == b[0] and abs(a[1] - b[1]) <= 3_000 and abs(a[2] - b[2]) <= 3_000 for b in glyphs[:i])
        for i, a in enumerate(glyphs)
    ) + sum(glyph[0] == 0 for glyph in glyphs)


@given(st.text(alphabet="あいう。、ab 　", max_size=80), st.integers(4, 40))
def test_wrapping_for_tests_loses_nothing(words: str, width: int) -> None:
    whole = "".join("".join(row.text for row in wrapped(words, width)).split())
    assert whole == "".join(words.split())
