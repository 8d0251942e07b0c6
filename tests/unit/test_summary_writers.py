"""The formats of a summary: what is written reads back as it was, whatever the record holds."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from datetime import datetime
from functools import cache
from html.parser import HTMLParser

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from minutes_cli.errors import UsageError
from minutes_cli.export.shown import shown as visible
from minutes_cli.export.summary import WRITERS, schema, xlsx
from minutes_cli.export.summary.csv import EXCHANGE_COLUMNS, GROUP_COLUMNS
from minutes_cli.export.summary.markdown import opening
from minutes_cli.export.summary.shown import brief, differs, marked, parts, reading
from minutes_cli.model import Span
from minutes_cli.summarize.model import (
    Answer,
    Asked,
    By,
    Form,
    Group,
    Longest,
    Person,
    Quote,
    Summarized,
    Summary,
    Term,
)

FORMULAS = ["=1+1", "+81-3-1234", "-5", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")']
HOSTILE = ["<script>alert(1)</script>", "| a | *b* | [c](d) |", "# _x_ `y` ~~z~~ $k$", "<r>x</r>", "&amp; &lt;"]
HOSTILE += [
    "a, b",
    "\\\\* x \\_ y \\",
    "1. x",
    "- x",
    "***",
    "===",
    "a_x0041_b",
    "<!-- x -->",
    'a","b',
    "https://example.jp/",
    *FORMULAS,
]

#: Each summary is large, so that few of them show as much as many of something small.
FEW = 500 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 30
#: Sentences, headings and labels never hold a line end; everything else may come.
TEXTS = st.sampled_from(HOSTILE) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), max_size=12
)
NAMES = TEXTS.filter(bool)
COUNTS = st.integers(0, 10**6)
PARTS = st.floats(0, 1)
SCORES = st.floats(-100, 100)
PEOPLE = st.builds(
    Person,
    id=st.none() | st.just("s1"),
    label=NAMES,
    name=st.none() | NAMES,
    role=st.none() | NAMES,
    title=st.none(),
    affiliation=st.none() | NAMES,
)
SPANS = st.tuples(COUNTS, COUNTS).map(lambda pair: Span(min(pair), max(pair)))
QUOTES = st.builds(
    Quote,
    text=NAMES,
    original=st.just("") | NAMES,
    spans=st.lists(SPANS, min_size=1, max_size=2).map(lambda spans: tuple(sorted(spans))),
    path=st.sampled_from(["a.txt", "b|c.txt"]),
    turn=st.sampled_from(["t1", "t2"]),
    line=st.integers(1, 10**5),
    column=st.integers(1, 10**3),
    page=st.none() | st.integers(1, 99),
    score=SCORES,
    shortened=st.booleans(),
    form=st.sampled_from(Form),
    shown=TEXTS,
    pattern=TEXTS,
)


def few(strategy, most=2):
    return st.lists(strategy, max_size=most).map(tuple)


EXCHANGES = st.builds(
    Asked,
    number=st.integers(1, 99),
    path=st.sampled_from(["a.txt", "b|c.txt"]),
    section=st.none() | NAMES,
    person=PEOPLE,
    turn=st.just("t1"),
    question=few(QUOTES),
    answers=few(
        st.builds(Answer, person=PEOPLE, turn=st.just("t2"), sentences=few(QUOTES), score=PARTS, reasons=few(NAMES))
    ),
    follows=st.none() | st.integers(1, 99),
)
GROUPS = st.builds(
    Group,
    heading=NAMES,
    person=st.none() | PEOPLE,
    records=few(NAMES),
    sections=few(NAMES),
    turns=COUNTS,
    characters=COUNTS,
    share=PARTS,
    longest=st.none() | st.builds(Longest, path=NAMES, turn=st.just("t1"), characters=COUNTS, line=st.integers(1, 99)),
    terms=few(st.builds(Term, term=NAMES, times=COUNTS, elsewhere=COUNTS, score=SCORES)),
    sentences=few(QUOTES),
    requests=few(QUOTES),
    questions=few(QUOTES),
    commitments=few(QUOTES),
    considerations=few(QUOTES),
    refusals=few(QUOTES),
    exchanges=few(EXCHANGES, 1),
)
RECORDS = st.builds(
    Summarized,
    path=NAMES,
    title=st.none() | NAMES,
    date=st.none() | st.just("2024-05-10"),
    body=st.none() | NAMES,
    turns=COUNTS,
    characters=COUNTS,
)


def by_group(summary):
    """As minutes makes them: groups, or by exchange exchanges alone."""
    return summary._replace(exchanges=()) if summary.by is not By.EXCHANGE else summary._replace(groups=())


SUMMARIES = st.builds(
    Summary,
    by=st.sampled_from(By),
    records=few(RECORDS),
    turns=COUNTS,
    characters=COUNTS,
    groups=few(GROUPS),
    exchanges=few(EXCHANGES),
).map(by_group)
VOICES = {("a.txt", "t1"): "会長（山田）", ("a.txt", "t2"): None, ("b|c.txt", "t1"): "<b>委員</b>"}

PERSON = Person("s1", "田中委員", "田中", "委員", None, None)


def quote(text="予算の内訳を伺います。", original="", **more):
    """A quote with nothing special about it."""
    made = Quote(
        text, original, (Span(0, 9),), "a.txt", "t1", 4, 7, None, 1.5, False, Form.QUESTION, "伺います", "ukagau"
    )
    return made._replace(**more)


def summary(**parts):
    """A summary of one group, with *parts* of its own."""
    group = Group("田中", PERSON, ("a.txt",), (), 1, 9, 1.0, None, (), (), (), (), (), (), (), ())
    record = Summarized("a.txt", "会議録", "2024-05-10", None, 1, 9)
    return Summary(By.SPEAKER, (record,), 1, 9, (group._replace(**parts),), ())


def written(form, made, voices=VOICES):
    return WRITERS[form].write(made, voices)


def quotes_shown(made):
    """Every quote that a page to read must show."""
    for group in made.groups:
        yield from group.sentences
        for _, found in parts(group, made.by):
            yield from found
        for asked in group.exchanges:
            yield from asked.question
            for answer in asked.answers:
                if not brief(group, made.by, asked, answer):
                    yield from answer.sentences
    yield from (quote for quote in quotes_of(made._replace(groups=())))


def quotes_of(made):
    """Every quote in *made*, those in exchanges too."""
    exchanges = [*made.exchanges, *(asked for group in made.groups for asked in group.exchanges)]
    for group in made.groups:
        for part in ("sentences", "questions", "requests", "commitments", "considerations", "refusals"):
            yield from getattr(group, part)
    for asked in exchanges:
        yield from asked.question
        for answer in asked.answers:
            yield from answer.sentences


@cache
def made_validator():
    made = json.loads(schema())
    jsonschema.Draft202012Validator.check_schema(made)
    return jsonschema.Draft202012Validator(made)


@pytest.fixture
def validator():
    return made_validator()


# Words that were corrected


@given(TEXTS, TEXTS)
def test_the_pieces_of_a_quote_give_both_the_record_and_the_reading(text, original):
    pieces = list(reading(quote(text, original)))
    assert "".join(p.text for p in pieces) == (original or text)
    assert "".join(p.text if p.reading is None else p.reading for p in pieces) == text


@pytest.mark.parametrize(
    ("text", "original", "shows"),
    [
        ("子育て支援", "子育て支援", "子育て支援"),
        ("子育て支援", "", "子育て支援"),
        ("子育て支援", "子育て支授", "子育て支〔授→援〕"),
        ("予算案", "予 算案", "予〔 →〕算案"),
        ("システム", "シテム", "シ〔→ス〕テム"),
        ("(1)と…(2)", "住)と…僻)", "〔住→(1〕)と…〔僻→(2〕)"),
        ("予算について", "子算こついて", "〔子算こ→予算に〕ついて"),
    ],
)
def test_a_quote_is_shown_as_it_stands_with_what_was_read_for_it(text, original, shows):
    assert marked(quote(text, original)) == shows


@pytest.mark.parametrize("form", ["csv", "markdown", "html", "xlsx"])
def test_every_format_for_people_shows_corrections(form):
    made = summary(sentences=(quote("子育て支援", "子育て支授"),))
    data = written(form, made)
    if form == "xlsx":
        data = "\n".join(str(cell) for row in rows(data, "key sentences") for cell in row).encode()
    text = data.decode().replace('<span class="reading">', "").replace("</span>", "")
    assert "子育て支〔授→援〕" in text


# What a page leaves to other pages

OFFICIAL = Person("s2", "保育課長（鈴木花子君）", "鈴木花子", "保育課長", None, None)
ASKED = Asked(
    1,
    "a.txt",
    None,
    PERSON,
    "t1",
    (quote("何か所ですか。"),),
    (Answer(OFFICIAL, "t2", (quote("二か所です。", turn="t2", line=8),), 0.75, ()),),
    None,
)


def test_a_question_stands_with_its_answer_and_not_once_more():
    made = summary(
        questions=(quote("何か所ですか。"), quote("いつですか。", spans=(Span(20, 26),))), exchanges=(ASKED,)
    )
    assert [(title, [q.text for q in found]) for title, found in parts(made.groups[0], By.SPEAKER)] == [
        ("other questions (1)", ["いつですか。"])
    ]
    for form in ("markdown", "html"):
        assert written(form, made).decode().count("何か所ですか。") == 1
    assert len(json.loads(written("json", made))["groups"][0]["questions"]) == 2
    assert [title for title, _ in parts(made.groups[0]._replace(exchanges=()), By.SPEAKER)] == ["questions (2)"]


@pytest.mark.parametrize(
    ("by", "heading", "person", "whole"),
    [
        (By.SPEAKER, "田中", PERSON, False),
        (By.SPEAKER, "鈴木花子", OFFICIAL, True),
        (By.SPEAKER, "田中", PERSON._replace(id="s9", label="五番（田中君）"), False),
        (By.SPEAKER, "会長", Person("s3", "会長", None, "会長", None, None), True),  # of neither, as far as names tell
        (By.ROLE, "委員", None, False),
        (By.ROLE, "保育課長", None, True),
        (By.SECTION, "議事", None, True),
        (By.RECORD, "a.txt", None, True),
    ],
)
@pytest.mark.parametrize("form", ["markdown", "html"])
def test_the_words_of_an_answer_stand_on_the_page_of_who_gives_it(form, by, heading, person, whole):
    made = summary(heading=heading, person=person, exchanges=(ASKED,))._replace(by=by)
    text = written(form, made).decode()
    assert ("二か所です。" in text) is whole
    assert "鈴木花子君" in text
    assert "line 8" in text


# JSON


@given(SUMMARIES)
@settings(max_examples=FEW)
def test_json_fits_its_schema_and_holds_every_quote(made):
    value = json.loads(written("json", made))
    made_validator().validate(value)
    assert [(r["path"], r["title"], r["turns"]) for r in value["records"]] == [
        (r.path, r.title, r.turns) for r in made.records
    ]
    assert [(g["heading"], g["turns"], g["characters"], g["share"]) for g in value["groups"]] == [
        (g.heading, g.turns, g.characters, g.share) for g in made.groups
    ]
    found = sorted((q["text"], q["line"], q["span"], q["spans"]) for q in _json_quotes(value))
    assert found == sorted((q.text, q.line, list(q.span), [list(s) for s in q.spans]) for q in quotes_of(made))


def _json_quotes(value):
    if isinstance(value, list):
        for one in value:
            yield from _json_quotes(one)
    elif isinstance(value, dict) and "shortened" in value:
        yield value
    elif isinstance(value, dict):
        yield from _json_quotes(list(value.values()))


def test_json_names_what_the_issue_names(validator):
    asked = Asked(1, "a.txt", None, PERSON, "t1", (quote(),), (Answer(PERSON, "t2", (), 0.5, ("named",)),), None)
    terms = (Term("待機児童", 5, 2, 3.25),)
    value = json.loads(written("json", summary(terms=terms, sentences=(quote(),), exchanges=(asked,))))
    validator.validate(value)
    group = value["groups"][0]
    assert (value["format"], value["by"]) == ("minutes-summary/1", "speaker")
    assert value["generator"]["tokenizer"].startswith("sudachipy ")
    assert group["terms"] == [{"term": "待機児童", "count": 5, "others": 2, "score": 3.25}]
    assert group["sentences"] == [
        {
            "text": "予算の内訳を伺います。",
            "original": None,
            "span": [0, 9],
            "spans": [[0, 9]],
            "path": "a.txt",
            "turn": "t1",
            "label": "会長（山田）",
            "line": 4,
            "column": 7,
            "page": None,
            "score": 1.5,
            "shortened": False,
            "form": "question",
            "shown": "伺います",
            "pattern": "ukagau",
        }
    ]
    assert group["exchanges"][0]["answers"] == [
        {"speaker": PERSON._asdict(), "turn": "t2", "sentences": [], "score": 0.5, "reasons": ["named"]}
    ]


def test_json_has_the_original_where_it_differs():
    value = json.loads(written("json", summary(sentences=(quote("援", "授"), quote("援", "援")))))
    assert [q["original"] for q in value["groups"][0]["sentences"]] == ["授", None]


def test_the_schema_refuses_what_is_not_in_it(validator):
    value = json.loads(written("json", summary(sentences=(quote(),))))
    del value["groups"][0]["sentences"][0]["line"]
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(value)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(json.loads(written("json", summary())) | {"more": 1})


# CSV


def table(data):
    return list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))


def neutral(text):
    """What a cell holds for *text*."""
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


@given(SUMMARIES)
@settings(max_examples=FEW)
def test_csv_parses_back_to_the_same_values(made):
    head, *found = table(written("csv", made))
    if made.by is By.EXCHANGE:
        assert head == list(EXCHANGE_COLUMNS)
        cells = [dict(zip(head, row, strict=True)) for row in found]
        wanted = [
            (neutral(a.path), str(a.number), neutral("\n".join(map(marked, a.question))), neutral(words))
            for a in made.exchanges
            for words in ["\n".join(map(marked, answer.sentences)) for answer in a.answers] or [""]
        ]
        assert [(c["path"], c["number"], c["question"], c["answer"]) for c in cells] == wanted
        return
    assert head == list(GROUP_COLUMNS)
    for row, group in zip(found, made.groups, strict=True):
        cell = dict(zip(head, row, strict=True))
        assert cell["heading"] == neutral(group.heading)
        assert cell["speaker_name"] == neutral((group.person and group.person.name) or "")
        assert (int(cell["turns"]), int(cell["characters"]), float(cell["share"])) == group[4:7]
        assert cell["sections"] == neutral("\n".join(group.sections))
        assert cell["terms"] == neutral("\n".join(f"{t.term} {t.times}" for t in group.terms))
        for part in ("sentences", "questions", "requests", "commitments", "considerations", "refusals"):
            lines = [f"{q.path}:{q.line}: {marked(q)}" for q in getattr(group, part)]
            assert cell[part] == "\n".join(lines)
        assert int(cell["requests_count"]) == len(group.requests)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_csv_is_a_formula(text):
    made = summary(heading=text, sections=(text,), person=PERSON._replace(label=text))
    cells = [cell for row in table(written("csv", made))[1:] for cell in row]
    assert cells.count("'" + text) == 3
    assert text not in cells


# Markdown


def shown_by_markdown(data):
    """The texts that a reader sees, piece by piece, without blanks at their ends."""
    tokens = MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(data.decode())
    seen = []
    for token in tokens:
        assert token.type not in ("html_block", "code_block", "fence", "hr", "blockquote_open", "ordered_list_open")
        if token.type == "inline":
            assert all(child.type in ("text", "strong_open", "strong_close") for child in token.children)
            seen.append("".join(child.content for child in token.children))
    return seen


@given(SUMMARIES)
@settings(max_examples=FEW)
def test_markdown_shows_words_as_they_are(made):
    seen = "\n".join(shown_by_markdown(written("markdown", made)))
    for one in quotes_shown(made):
        assert visible(marked(one)).strip() in seen
    for group in made.groups:
        assert visible(group.heading).strip() in seen


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_is_not_steered_by_a_record(text):
    record = Summarized("a.txt", text, None, None, 1, 9)
    made = summary(heading=text, sections=(text,), terms=(Term(text, 1, 0, 1.0),), sentences=(quote(text),))
    seen = shown_by_markdown(written("markdown", made._replace(records=(record,))))
    shows = text.strip("\t")
    assert {shows, f"Sections: {text}", f"Key terms: {text} 1", f"{shows} (line 4, question)"} <= set(seen)
    assert seen.count(shows) == 3  # title, table, heading


def test_opening_touches_only_the_beginning_of_lists():
    assert opening("10日は3. の") == "10日は3. の"
    assert opening("令和6年(2024年)・1-2。") == "令和6年(2024年)・1-2。"


# HTML


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.links, self.text, self.inside = set(), [], [], None

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.inside = tag
        self.links += [
            value for name, value in attrs if name in ("href", "src", "style", "action") or name.startswith("on")
        ]

    def handle_data(self, data):
        if self.inside != "style":
            self.text.append(data)


def page(data):
    made = _Page()
    made.feed(data.decode())
    made.close()
    return made


TAGS = set("html head meta title style body h1 h2 h3 p b ul li table thead tbody tr th td span div section a".split())


@given(SUMMARIES)
@settings(max_examples=FEW)
def test_html_shows_words_as_they_are_and_asks_for_nothing(made):
    made_page = page(written("html", made))
    assert made_page.tags <= TAGS
    assert all(link.startswith("#g") for link in made_page.links)
    seen = "".join(made_page.text)
    for one in quotes_shown(made):
        assert visible(marked(one)) in seen
    for group in made.groups:
        assert visible(group.heading) in seen


@pytest.mark.parametrize("text", HOSTILE)
def test_html_is_not_steered_by_a_record(text):
    record = Summarized(text, text, None, None, 1, 9)
    made = summary(
        heading=text,
        sections=(text,),
        terms=(Term(text, 1, 0, 1.0),),
        sentences=(quote(text),),
        person=PERSON._replace(role=text + text),
    )
    made_page = page(written("html", made._replace(records=(record,))))
    assert made_page.tags <= TAGS
    assert "".join(made_page.text).count(text) >= 8


def test_html_loads_nothing():
    text = written("html", summary(sentences=(quote(),))).decode()
    assert not any(word in text for word in ("http", "url(", "@import", "<script", "<img", "<link"))


# xlsx


def rows(data, sheet):
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data))[sheet].iter_rows(min_row=2)]


@given(SUMMARIES)
@settings(max_examples=FEW)
def test_xlsx_holds_the_same_values_and_no_formula(made):
    data = written("xlsx", made)
    book = load_workbook(io.BytesIO(data))
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        for row in sheet.iter_rows():
            assert all(cell.data_type in "sn" and cell.hyperlink is None for cell in row)
    if made.by is By.EXCHANGE:
        assert book.sheetnames == ["exchanges", "records"]
        return
    names = ["groups", "key terms", "key sentences", "requests and commitments", "exchanges", "records"]
    assert book.sheetnames == names
    assert [(r[6], r[7], pytest.approx(r[8])) for r in rows(data, "groups")] == [
        (g.turns, g.characters, g.share) for g in made.groups
    ]
    assert len(rows(data, "requests and commitments")) == sum(
        len(part) for g in made.groups for part in g[10:15]
    )  # every form


@pytest.mark.parametrize("text", [*HOSTILE, "12", "0012", " x ", "1e5"])
def test_xlsx_keeps_texts_as_texts(text):
    data = written("xlsx", summary(heading=text, sentences=(quote(text),), terms=(Term(text, 1, 0, 1.0),)))
    best = rows(data, "key sentences")[0]
    assert (best[0], best[7], best[8]) == (text, text, text)
    assert rows(data, "key terms")[0][:3] == [text, text, 1]


def test_xlsx_says_where_everything_stands():
    data = written("xlsx", summary(requests=(quote(page=3, form=Form.REQUEST, shown="お願いしたい"),)))
    assert rows(data, "requests and commitments") == [
        ["田中", "a.txt", 4, 3, "t1", "会長（山田）", "予算の内訳を伺います。", "予算の内訳を伺います。"]
        + ["request", "お願いしたい", "no"]
    ]


def test_xlsx_is_the_same_for_the_same_summary():
    made = summary(sentences=(quote(),))
    data = written("xlsx", made)
    assert data == written("xlsx", made)
    assert load_workbook(io.BytesIO(data)).properties.created == datetime(2000, 1, 1)


def test_a_cell_that_excel_cannot_hold_ends_with_a_mark():
    data = written("xlsx", summary(sentences=(quote("あ" * 40_000), quote("𠮷" * 20_000), quote("い" * 32_767))))
    first, second, third = (row[7] for row in rows(data, "key sentences"))
    assert first == "あ" * 32_766 + "…"
    assert second == "𠮷" * 16_383 + "…"
    assert third == "い" * 32_767


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    assert written("xlsx", summary(sentences=(quote(),) * 2))
    with pytest.raises(UsageError, match="more than 2 key sentences"):
        written("xlsx", summary(sentences=(quote(),) * 3))


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UsageError, match=r"xlsxwriter.*pip install '\.\[xlsx\]'"):
        written("xlsx", summary())


# All of them


@pytest.mark.parametrize("form", WRITERS)
def test_nothing_to_say_is_written_too(form):
    assert written(form, Summary(By.SPEAKER, (), 0, 0, (), ()))


@pytest.mark.parametrize("form", WRITERS)
def test_file_names_that_are_no_unicode(form):
    record = Summarized("a\udce3.txt", None, None, None, 1, 9)
    made = summary(records=("a\udce3.txt",), sentences=(quote(path="a\udce3.txt"),))._replace(records=(record,) * 2)
    assert written(form, made)


@pytest.mark.parametrize("form", ["html", "markdown"])
@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("予算\x1b[2J案", "予算␛[2J案"),
        ("予算\u202e案", "予算\\u202e案"),
        ("予算\x9b31m案", "予算\\x9b31m案"),
        ("予\u200b算", "予\\u200b算"),
        ("予算\U000e0041", "予算\\U000e0041"),
        ("予算\0案", "予算␀案"),
    ],
)
def test_what_cannot_be_seen_is_shown(form, text, shows):
    record = Summarized(text, text, None, None, 1, 9)
    person = PERSON._replace(label=text, role=text, affiliation=text)
    made = summary(
        heading=text, sections=(text,), person=person, terms=(Term(text, 1, 0, 1.0),), sentences=(quote(text),)
    )
    page_text = written(form, made._replace(records=(record,))).decode()
    assert text not in page_text
    assert visible(page_text) == page_text
    assert page_text.replace("\\\\", "\\").replace("\\[", "[").count(shows) >= 6


def test_a_quote_without_an_original_was_not_corrected():
    assert not differs(quote())
    assert differs(quote(original="予算の内訳を何います。"))


def test_a_page_shows_the_sentences_of_a_form_that_say_most_and_of_how_many():
    said = tuple(quote(f"{i}点目を進めます。", score=float(i % 7), spans=(Span(i, i + 1),)) for i in range(9))
    made = summary(commitments=said)
    ((title, found),) = parts(made.groups[0], By.SPEAKER)
    assert title == "commitments (5 of 9)"
    assert [q.score for q in found] == [2, 3, 4, 5, 6]
    assert "commitments (5 of 9)" in written("markdown", made).decode().lower()
    assert len(json.loads(written("json", made))["groups"][0]["commitments"]) == 9
