"""What we write, opened by the programs that people open it with."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from contextlib import closing
from datetime import date

import docx

from corpus import NAMES
from minutes_cli.export import WRITERS, Options
from minutes_cli.export.sqlite.schema import FIND
from minutes_cli.export.tables import TABLES
from minutes_cli.ingest import read
from minutes_cli.normalize import normalize
from minutes_cli.parse import parse
from parsed import parsed

DOCUMENTS = {name: parsed(name) for name in NAMES}
TURNS = [(d, turn) for d in DOCUMENTS.values() for turn in d.turns]


def has(*words):
    """How many turns of all records hold each of *words*."""
    return sum(all(word in turn.text for word in words) for _, turn in TURNS)


# pandas

PANDAS = """
import json, sys, pandas
sheets = pandas.read_excel(sys.argv[1], sheet_name=None)
turns = sheets["turns"]
comma = pandas.read_csv(sys.argv[2])
tabs = pandas.read_csv(sys.argv[3], sep="\\t", quoting=3)
print(json.dumps({
    "rows": {name: len(sheet) for name, sheet in sheets.items()},
    "types": {name: str(turns[name].dtype) for name in ("date", "order", "line_from")},
    "dates": sorted({str(day.date()) for day in turns["date"].dropna()}),
    "xlsx": list(turns["text"]),
    "csv": list(comma["text"]),
    "tsv": list(tabs["text"]),
}))
"""


def test_pandas_reads_workbooks_csv_and_tsv(client, written):
    read = client(PANDAS, written("xlsx"), written("csv"), written("tsv"))
    texts = [turn.text for _, turn in TURNS]
    assert read["xlsx"] == read["csv"] == texts
    assert [text.replace("\\n", "\n") for text in read["tsv"]] == texts

    assert read["rows"]["records"] == len(DOCUMENTS)
    assert read["rows"]["speakers"] == sum(len(d.speakers) for d in DOCUMENTS.values())
    assert read["rows"]["sections"] == sum(len(d.sections) for d in DOCUMENTS.values())
    assert read["rows"]["edits"] == sum(len(d.view.edits) for d in DOCUMENTS.values()) > 0

    assert read["types"]["date"].startswith("datetime64")  # days are days, numbers are numbers
    assert read["types"]["order"] == read["types"]["line_from"] == "int64"
    assert read["dates"] == sorted({d.meeting.date for d, _ in TURNS if d.meeting.date})


# DuckDB

DUCKDB = """
import json, sys, duckdb
ask = lambda sql: duckdb.sql(sql.replace("RECORDS", f"read_parquet('{sys.argv[1]}/*.parquet')")).fetchall()
print(json.dumps({
    "turns": ask("SELECT count(*), count(DISTINCT path), sum(characters) FROM RECORDS")[0],
    "types": dict((row[0], row[1]) for row in ask("DESCRIBE SELECT * FROM RECORDS")),
    "events": ask("SELECT e.kind, count(*) FROM (SELECT unnest(events) AS e FROM RECORDS) GROUP BY 1 ORDER BY 1"),
    "paragraphs": ask("SELECT sum(len(paragraphs)) FROM RECORDS")[0][0],
    "days": ask("SELECT DISTINCT year(date) FROM RECORDS WHERE date IS NOT NULL ORDER BY 1"),
    "answered": ask('''SELECT count(*) FROM RECORDS q JOIN RECORDS a ON a.path = q.path AND a."order" = q."order" + 1
                       WHERE q.kind = 'question' AND a.kind = 'answer' '''),
}))
"""


def test_duckdb_takes_a_folder_of_parquet_files_for_one_table(client, tmp_path):
    for name, each in DOCUMENTS.items():
        (tmp_path / f"{name}.parquet").write_bytes(b"".join(WRITERS["parquet"].write([each], Options())))
    assert any(not each.turns for each in DOCUMENTS.values())  # their files have the same columns
    read = client(DUCKDB, tmp_path)
    said = sum(len(p) for _, turn in TURNS for p in turn.paragraphs)
    assert read["turns"] == [len(TURNS), len({d.view.source.name for d, _ in TURNS}), said]
    assert read["types"]["date"] == "DATE"
    assert read["types"]["page"] == read["types"]["line_from"] == "INTEGER"
    assert read["types"]["paragraphs"] == "VARCHAR[]"
    assert read["types"]["events"].startswith("STRUCT(kind VARCHAR")
    assert sum(times for _, times in read["events"]) == sum(len(turn.events) for _, turn in TURNS) > 0
    assert read["paragraphs"] == sum(len(turn.paragraphs) for _, turn in TURNS)
    assert [year for (year,) in read["days"]] == sorted(
        {date.fromisoformat(d.meeting.date).year for d, _ in TURNS if d.meeting.date}
    )
    followed = [(a.kind, b.kind) for d in DOCUMENTS.values() for a, b in zip(d.turns, d.turns[1:], strict=False)]
    assert read["answered"] == [[followed.count(("question", "answer"))]]


# SQLite and Datasette


def test_sqlite_reads_the_database(written):
    with closing(sqlite3.connect(written("sqlite"))) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("SELECT count(*) FROM speeches").fetchone() == (len(TURNS),)


def test_datasette_opens_the_database_as_it_is(datasette, written):
    with datasette(written("sqlite")) as site:
        tables = json.loads(site.page("/records.json"))["tables"]
        shown = {table["name"] for table in tables if not table["hidden"]}
        assert shown == {table.name for table in TABLES} | {"descriptions", "metadata"}
        page = site.page("/records/turns")
        assert 'type="search"' in page  # there is a box to search in
        assert 'href="/records/speakers/1"' in page  # keys are links
        assert "潮見" in site.page("/records/speeches")

        for word in ("町", "予算", "質問", "議案第", "ありがとうございます", "図書館の", "委員長"):
            found = site.rows("/records/turns", _search=word, _size="max")
            assert len(found) == has(word) > 0
            assert all(word in row["text"] for row in found)
        assert site.rows("/records/turns", _search="この言葉は無い") == []


def test_datasette_shows_what_the_database_says_of_itself(datasette, written, tmp_path):
    path = written("sqlite", file="令和7年.潮見町.db")
    with closing(sqlite3.connect(path)) as database:
        (text,) = database.execute("SELECT json FROM datasette_metadata").fetchone()
    assert list(json.loads(text)["databases"]) == [path.stem]
    metadata = tmp_path / "metadata.json"
    metadata.write_text(text, encoding="utf-8")
    with datasette(path, "-m", metadata) as site:
        (base,) = set(re.findall(r'href="(/[^"/]+)/turns"', site.page("/")))
        assert "last line in the original" in site.page(f"{base}/turns")
        assert len(site.rows(f"{base}/speeches", _search="予算", _size="max")) == has("予算") > 0
        assert len(site.rows(f"{base}/find", words="町　予算")) == has("町", "予算") > 0
        assert "Speeches with all of these words" in site.page(f"{base}/find")  # before anything is asked


def test_the_query_find_finds_all_words_of_any_length(written):
    with closing(sqlite3.connect(written("sqlite"))) as database:
        for words in ("町", "予算 町", "質問　ありがとう", "ありがとう ございます ご", '"', "無い言葉", "", " "):
            found = database.execute(FIND, {"words": words}).fetchall()
            assert len(found) == (has(*words.split()) if words.split() else 0), words
        assert has("質問", "ありがとう") > 0


# LibreOffice

SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def test_libreoffice_opens_the_workbook(office, written):
    names = ("circle-below", "petition")
    out = office(written("xlsx", names), SHEETS)
    rows = list(csv.DictReader((out / "records-turns.csv").read_text(encoding="utf-8").splitlines(keepends=True)))
    turns = [turn for name in names for turn in DOCUMENTS[name].turns]
    assert [row["text"] for row in rows] == [turn.text for turn in turns]
    assert [row["label"] for row in rows] == [turn.label for turn in turns]
    assert {row["date"] for row in rows} == {"2025-11-18"}
    assert len(list(out.iterdir())) == 9


def test_libreoffice_opens_a_word_file_with_the_turns_that_we_read_in_it(office, tmp_path):
    record = tmp_path / "record.docx"
    made = docx.Document()
    text = parsed("circle-below").view.source.text
    for line in text.splitlines():
        made.add_paragraph(line)
    made.save(str(record))
    (plain,) = office(record, "txt:Text (encoded):UTF8").iterdir()
    seen, ours = (parse(normalize(read(path)).view) for path in (plain, record))
    assert [turn.text for turn in seen.turns] == [turn.text for turn in ours.turns]
    assert [turn.text for turn in ours.turns] == [turn.text for turn in parsed("circle-below").turns]
    assert len(ours.turns) > 5
