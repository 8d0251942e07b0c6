"""The schema of the SQLite database: the tables of :mod:`minutes_cli.export.tables` with keys, views, and the search.

**The search.** FTS5's tokenizer ``unicode61`` takes a whole clause of Japanese for one word, and ``trigram`` finds
nothing shorter than three characters, so that 雨 and 保育 would never be found. So there are two: ``turns_long``
(trigram) finds whatever has three characters or more, ``turns_short`` holds every character and every pair of
neighbours as a word. The view ``turns_search`` is both as one: what is asked of it is asked of either, and only one
can know the answer::

    SELECT * FROM turns WHERE turn IN (SELECT rowid FROM turns_search WHERE turns_search MATCH '"保育"');

It finds what stands there letter by letter, of any length; the case of ASCII letters does not count. Of several words
it finds turns with all of them. The one limit is FTS5's: beside a word of three characters or more, a shorter one
counts for nothing (the query ``find`` of the metadata, FIND here, has no such limit).

**Datasette** looks for the full-text table of a table by its definition: anything that names ``VIRTUAL TABLE``,
``USING FTS`` and ``content="turns"``. The view has these words in a comment, the two tables have others, so that the
box above the table ``turns`` asks the view.
"""

from __future__ import annotations

import json
from typing import Any

from minutes_cli.export.columns import Type
from minutes_cli.export.tables import TABLES, Field, Table

__all__ = ["APPLICATION", "FIND", "VERSION", "datasette", "descriptions", "indexes", "schema"]

APPLICATION = 0x6D696E75
"""``PRAGMA application_id``: minu."""
VERSION = 1
"""``PRAGMA user_version``: raised whenever a table or column is renamed or changes its meaning."""

_TYPES = {Type.TEXT: "TEXT", Type.INT: "INTEGER", Type.FLOAT: "REAL", Type.DATE: "TEXT", Type.TEXTS: "TEXT"}
_KEYS = {table.name: table.key for table in TABLES}

# What people filter and sort by, beside what is unique.
_INDEXES = {
    "records": ("date", "path"),
    "speakers": ("name",),
    "sections": ("parent",),
    "turns": ("speaker", "section", "kind"),
    "events": ("record", "turn", "kind"),
    "items": ("parent",),
    "attendance": ("record", "name"),
    "edits": ("record", "rule"),
    "findings": ("record", "rule"),
}

_VIEWS = {
    "speeches": (
        "The turns with meeting, speaker and heading, for reading",
        """
SELECT t.turn, r.record, r.path, r.title AS meeting, r.date, t."order", t.kind, t.label, s.name, s.role, s.title,
       s.affiliation, c.heading, t.page, t.place, t.line_from, t.line_to, t.text
FROM turns t
JOIN records r ON r.record = t.record
LEFT JOIN speakers s ON s.speaker = t.speaker
LEFT JOIN sections c ON c.section = t.section
""",
    ),
    "speaker_totals": (
        "Who speaks how much, over all records: by name and affiliation, and by label where there is no name",
        """
SELECT coalesce(name, label) AS who, affiliation, count(DISTINCT record) AS records, sum(turns) AS turns,
       sum(characters) AS characters
FROM speakers
GROUP BY coalesce(name, label), affiliation
""",
    ),
}

# ASCII marks are letters here, as all other characters are: the words of turns_short are what we make them.
_MARKS = "!#$%&''()*+,-./:;<=>?@[\\]^_`{|}~"

_SEARCH = f"""
CREATE VIEW turns_search AS
/* For Datasette: VIRTUAL TABLE, USING FTS5 (content="turns"). What a search finds in turns, however short the words. */
SELECT rowid, turns_long AS turns_search FROM turns_long
UNION ALL
SELECT rowid, turns_short FROM turns_short;
CREATE VIRTUAL TABLE turns_long USING fts5(text, content='turns', content_rowid='turn', tokenize='trigram');
CREATE VIRTUAL TABLE turns_short USING fts5(text, content='', tokenize="ascii tokenchars '{_MARKS}'");
"""

FIND = """
WITH RECURSIVE split(word, rest) AS (
    SELECT '', replace(trim(:words), '　', ' ') || ' '
    UNION ALL
    SELECT substr(rest, 1, instr(rest, ' ') - 1), ltrim(substr(rest, instr(rest, ' ') + 1)) FROM split WHERE rest <> ''
), words(word) AS (SELECT word FROM split WHERE word <> ''),
longest(word) AS (SELECT replace(word, '"', '""') FROM words ORDER BY length(word) DESC LIMIT 1)
SELECT s.* FROM speeches s
WHERE s.turn IN (
        SELECT rowid FROM turns_search
        WHERE turns_search MATCH '"' || coalesce((SELECT word FROM longest), '') || '"'
    )
    AND NOT EXISTS (SELECT 1 FROM words WHERE instr(lower(s.text), lower(word)) = 0)
ORDER BY s.date, s.record, s."order"
"""
"""All speeches with each of some words, of any length: the index finds the longest, the others are looked for there."""

_METADATA = """
CREATE TABLE metadata (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE descriptions ("table" TEXT NOT NULL, "column" TEXT NOT NULL, about TEXT NOT NULL,
    PRIMARY KEY ("table", "column"));
CREATE VIEW datasette_metadata AS
/* The metadata that Datasette takes with -m, for this database under the name of its file. */
WITH base(file) AS (SELECT replace(file, '\\', '/') FROM pragma_database_list WHERE name = 'main'),
     name(name) AS (SELECT replace(file, rtrim(file, replace(file, '/', '')), '') FROM base),
     stem(stem) AS (SELECT CASE WHEN name LIKE '%.%' THEN rtrim(rtrim(name, replace(name, '.', '')), '.') ELSE name END
                    FROM name)
SELECT json_object('databases', json_object(stem, json(value))) AS json
FROM stem JOIN metadata ON key = 'datasette';
"""


def schema() -> str:
    """All statements that make an empty database."""
    parts = [_table(table) for table in TABLES]
    parts += [f"CREATE VIEW {name} AS{sql.rstrip()};" for name, (_, sql) in _VIEWS.items()]
    return "\n".join([*parts, _SEARCH, _METADATA])


def indexes() -> str:
    """The statements that make the indexes, which is quicker when the rows are there."""
    return "\n".join(
        f'CREATE INDEX {table}_{name} ON {table}("{name}");' for table, names in _INDEXES.items() for name in names
    )


def descriptions() -> list[tuple[str, str, str]]:
    """Table, column and what it says; without a column, what the table says."""
    found = [(name, "", about) for name, (about, _) in _VIEWS.items()]
    for table in TABLES:
        found.append((table.name, "", table.about))
        found += [(table.name, name, about) for name, about in _columns(table).items()]
    return found


def datasette() -> str:
    """What Datasette should know of the database: titles, descriptions, filters, the search; as JSON."""
    tables: dict[str, dict[str, Any]] = {
        table.name: {"description": table.about, "columns": _columns(table)} for table in TABLES
    }
    tables["records"] |= {"label_column": "path", "facets": ["kind", "body"], "sort": "date"}
    tables["speakers"] |= {"label_column": "label"}
    tables["sections"] |= {"label_column": "heading"}
    tables["turns"] |= {"fts_table": "turns_search", "fts_pk": "turn", "facets": ["kind"], "size": 50}
    for name, (about, _) in _VIEWS.items():
        tables[name] = {"description": about}
    tables["speeches"] |= {"fts_table": "turns_search", "fts_pk": "turn", "facets": ["name", "date"], "size": 50}
    tables["speaker_totals"] |= {"sort_desc": "characters"}
    tables |= {name: {"hidden": True} for name in ("metadata", "descriptions", "turns_long", "turns_short")}
    return json.dumps(
        {
            "title": "Records of meetings",
            "tables": tables,
            "queries": {
                "find": {"title": "Speeches with all of these words, of any length", "sql": FIND.strip()},
            },
        },
        ensure_ascii=False,
    )


def _columns(table: Table) -> dict[str, str]:
    first = {table.key: "number of the row"}
    if table.name != "records":
        first["record"] = "record that it is part of"
    return first | {field.name: field.about for field in table.fields}


def _table(table: Table) -> str:
    lines = [f"{table.key} INTEGER PRIMARY KEY"]
    if table.name != "records":
        lines.append("record INTEGER NOT NULL REFERENCES records(record)")
    lines += [_field(field) for field in table.fields]
    if any(field.name == "id" for field in table.fields):
        lines.append("UNIQUE (record, id)")
    return f"CREATE TABLE {table.name} (\n    " + ",\n    ".join(lines) + "\n);"


def _field(field: Field) -> str:
    if field.to:
        return f'"{field.name}" INTEGER REFERENCES {field.to}({_KEYS[field.to]})'
    return f'"{field.name}" {_TYPES[field.type]}'
