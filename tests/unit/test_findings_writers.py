"""The formats of findings: each is what its schema asks for, and reads back as it was, whatever a record holds."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote_to_bytes

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from minutes_cli.check.model import Flaw, Reported
from minutes_cli.check.run import reported
from minutes_cli.check.table import RULES, row_of, rule_of
from minutes_cli.export.findings import WRITERS, Report
from minutes_cli.export.json import escape_surrogates
from minutes_cli.ingest.text import from_text
from minutes_cli.model import Edit, Place, Safety, Severity, Span

DATA = Path(__file__).parent.parent / "data"
SARIF = jsonschema.Draft4Validator(json.loads((DATA / "sarif-schema-2.1.0.json").read_text(encoding="utf-8")))
JUNIT = etree.XMLSchema(etree.parse(DATA / "junit-10.xsd"))

HOSTILE = [
    "\x00",
    "\x1b[31m",
    "\u202e",
    "\ud800",
    "\udce3",
    "]]>",
    "<b>&amp;",
    "%0A",
    "a:b,c",
    "::error::x",
    "\r\n",
    "\ufffe",
]
TEXTS = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=6), max_size=4).map("".join)
#: Names of files: no NUL; surrogates as os.fsdecode makes them of bytes that are no UTF-8.
PATHS = st.binary(min_size=1, max_size=12).filter(lambda b: b"\0" not in b).map(lambda b: os.fsdecode(b))
#: Each report is large, so that few of them show as much as many of something small.
FEW = settings(max_examples=500 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 30)
ROWS = tuple(row_of(name) for name in ("empty-turn", "correction", "hint"))
EDITS = st.builds(
    Edit,
    span=st.tuples(st.integers(0, 99), st.integers(0, 9)).map(lambda p: Span(p[0], p[0] + p[1])),
    before=TEXTS,
    after=TEXTS,
    rule=st.just("latin"),
    safety=st.sampled_from(Safety),
    reason=TEXTS,
)


@st.composite
def findings(draw: st.DrawFn) -> Reported:
    """Any finding of one of three rules."""
    row = draw(st.sampled_from(ROWS))
    start, length, line = draw(st.integers(0, 9)), draw(st.integers(0, 9)), draw(st.integers(1, 9))
    return Reported(
        row.name,
        row.code,
        draw(st.sampled_from(Severity)),
        draw(PATHS),
        Span(start, start + length),
        Place(line, start + 1),
        Place(line + draw(st.integers(0, 1)), start + length + 1),
        draw(TEXTS),
        draw(st.none() | EDITS),
        draw(TEXTS),
        "0123456789abcdef",
    )


REPORTS = st.builds(
    Report,
    findings=st.lists(findings(), max_size=5).map(lambda found: tuple(sorted(found, key=lambda f: f.path))),
    files=st.lists(PATHS, unique=True, max_size=3).map(tuple),
    rules=st.just(ROWS),
    errors=st.lists(TEXTS, max_size=2).map(tuple),
    version=st.just("1.2.3"),
)


def written(name: str, report: Report) -> bytes:
    return b"".join(WRITERS[name].write(report))


def found(text: str, span: Span, fix: Edit | None = None, path: str = "record.txt") -> Reported:
    """A finding at *span* of *text*."""
    [one] = reported(from_text(text, path), row_of("empty-turn"), Severity.WARNING, [Flaw(span, "say something", fix)])
    return one


# --- JSON -------------------------------------------------------------------------------------------------------------


@FEW
@given(REPORTS)
def test_json_holds_every_finding_in_order(report):
    data = json.loads(written("json", report))
    assert data["findings"] == [escape_surrogates(f.as_dict()) for f in report.findings]
    assert sum(data["counts"].values()) == len(report.findings)
    assert data["counts"]["error"] == sum(f.severity is Severity.ERROR for f in report.findings)
    assert (data["format"], data["files"]) == ("minutes-findings/1", len(report.files))
    assert data["errors"] == escape_surrogates(report.errors)


@FEW
@given(REPORTS)
def test_jsonl_is_one_finding_a_line(report):
    lines = written("jsonl", report).splitlines(keepends=True)
    assert all(line.endswith(b"\n") for line in lines)
    assert [json.loads(line) for line in lines] == [escape_surrogates(f.as_dict()) for f in report.findings]


def test_jsonl_writes_a_finding_before_the_next_is_looked_for():
    def one_and_then_a_fault():
        yield found("あいう", Span(0, 1))
        raise AssertionError("the second finding was asked for")

    pieces = WRITERS["jsonl"].write(Report(one_and_then_a_fault()))
    assert json.loads(next(pieces))["line"] == 1


def test_a_finding_in_json_says_where_it_stands():
    [line] = written("jsonl", Report([found("一行目\n○議長\n", Span(5, 7))])).splitlines()
    assert json.loads(line) == {
        "rule": "empty-turn",
        "code": "M302",
        "severity": "warning",
        "path": "record.txt",
        "line": 2,
        "column": 2,
        "end_line": 2,
        "end_column": 4,
        "span": [5, 7],
        "message": "say something",
        "fix": None,
    }


# --- GitHub -----------------------------------------------------------------------------------------------------------

_COMMAND = re.compile(rb"::(error|warning|notice) ([^:]*)::([^\r\n]*)\n")


@FEW
@given(REPORTS)
def test_github_gets_one_command_a_line_and_the_most_severe_first(report):
    lines = written("github", report).splitlines(keepends=True)
    commands = [match.groups() for line in lines if (match := _COMMAND.fullmatch(line))]
    assert len(commands) == len(lines) == len(report.findings) + len(report.errors)
    order = {b"error": 0, b"warning": 1, b"notice": 2}
    ranks = [order[name] for name, _, _ in commands]
    assert ranks == sorted(ranks)
    for _, properties, _ in commands:
        assert all(re.fullmatch(rb"[a-zA-Z]+=[^,]*", one) for one in properties.split(b","))


def test_github_finding():
    fault = found("一行目\n○議長\n", Span(5, 7), path="会議録,100%:1.txt")._replace(message="two\nlines: 100%")
    assert written("github", Report([fault], errors=("b.txt: no such file",))).decode() == (
        "::error title=could not be checked::b.txt: no such file\n"
        "::warning file=会議録%2C100%25%3A1.txt,line=2,col=2,endLine=2,endColumn=4,title=M302 empty-turn"
        "::two%0Alines: 100%25\n"
    )


def test_github_gets_columns_only_where_the_place_is_on_one_line():
    assert ",line=1,endLine=2,title" in written("github", Report([found("あい\nうえ", Span(1, 4))])).decode()


def test_github_gets_no_line_for_what_is_said_of_the_whole_record():
    assert (
        written("github", Report([found("あい", Span(0, 0))])).decode().startswith("::warning file=record.txt,title=")
    )


def test_findings_of_one_severity_keep_their_order_for_github():
    both = [found("あいう", Span(at, at + 1)) for at in (0, 1)]
    mixed = [both[0], both[1]._replace(severity=Severity.ERROR), both[1]]
    lines = written("github", Report(mixed)).decode().splitlines()
    assert [line.split(" ")[0] + re.search("col=.", line)[0] for line in lines] == [
        "::errorcol=2",
        "::warningcol=1",
        "::warningcol=2",
    ]


# --- SARIF ------------------------------------------------------------------------------------------------------------


def run_of(report: Report) -> dict:
    data = json.loads(written("sarif", report))
    SARIF.validate(data)
    [run] = data["runs"]
    return run


@FEW
@given(REPORTS)
def test_sarif_fits_its_schema_and_names_rule_and_file(report):
    run = run_of(report)
    assert len(run["results"]) == len(report.findings)
    for result, finding in zip(run["results"], report.findings, strict=True):
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert (result["ruleId"], rule["id"], rule["name"]) == (finding.code, finding.code, finding.rule)
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(file://)?[A-Za-z0-9%/._~-]*", uri)
        same = unquote_to_bytes(uri.removeprefix("file://"))
        assert os.path.normpath(same) == os.path.normpath(os.fsencode(finding.path))
    [invocation] = run["invocations"]
    assert invocation["executionSuccessful"] == (not report.errors)
    assert len(invocation["toolExecutionNotifications"]) == len(report.errors)


@given(
    st.lists(st.sampled_from(["\n", "\r\n", "\r", "\f", "あ", "𠮷", "a", "\u2028"]), min_size=1).map("".join),
    st.integers(0, 40),
    st.integers(1, 40),
)
def test_sarif_places_lead_to_the_words(text, start, length):
    span = Span(min(start, len(text)), min(start + length, len(text)))
    run = run_of(Report([found(text, span)], rules=ROWS))
    assert run["columnKind"] == "unicodeCodePoints"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert text[region["charOffset"] :][: region["charLength"]] == text[span.start : span.end]
    ends = "|".join(map(re.escape, run["newlineSequences"]))
    starts = [0, *(match.end() for match in re.finditer(ends, text))]
    low, high = (starts[region[f"{end}Line"] - 1] + region[f"{end}Column"] - 1 for end in ("start", "end"))
    assert text[low:high] == text[span.start : span.end]


def test_only_safe_fixes_are_in_sarif_and_applying_them_mends_the_record():
    text = "○議長　ｶﾞイド"
    safe = Edit(Span(4, 6), "ｶﾞ", "ガ", "half-width-kana")
    run = run_of(Report([found(text, Span(4, 6), safe), found(text, Span(4, 6), safe._replace(safety=Safety.ASK))]))
    [fix] = run["results"][0]["fixes"]
    [replacement] = fix["artifactChanges"][0]["replacements"]
    gone = replacement["deletedRegion"]
    mended = text[: gone["charOffset"]] + replacement["insertedContent"]["text"]
    assert mended + text[gone["charOffset"] + gone["charLength"] :] == "○議長　ガイド"
    assert "fixes" not in run["results"][1]


def test_sarif_describes_every_rule_of_the_table():
    rules = run_of(Report([], rules=RULES))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [row.code for row in RULES]
    for rule, row in zip(rules, RULES, strict=True):
        assert rule["fullDescription"]["text"] == rule_of(row).explanation
        assert rule["defaultConfiguration"]["enabled"] == row.on
        assert f"--explain {row.name}" in rule["help"]["text"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("会 議/a#1.txt", "%E4%BC%9A%20%E8%AD%B0/a%231.txt"),
        ("c:d.txt", "c%3Ad.txt"),
        ("./a.txt", "a.txt"),
        ("/records/x.txt", "file:///records/x.txt"),
        ("\udce3.txt", "%E3.txt"),  # the byte e3, which is no UTF-8
        ("\ud800.txt", "%ED%A0%80.txt"),  # half a character, as Windows allows
    ],
    ids=["japanese", "colon", "dot", "absolute", "byte", "half"],
)
def test_sarif_paths(path, uri):
    [result] = run_of(Report([found("あ", Span(0, 1), path=path)]))["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == uri
    assert ("uriBaseId" in place) == (not uri.startswith("file:"))


def test_the_schema_of_sarif_refuses_what_is_broken():
    good = json.loads(written("sarif", Report([found("あ", Span(0, 1))], rules=ROWS)))
    broken = {
        "no tool": lambda run: run.pop("tool"),
        "no message": lambda run: run["results"][0].pop("message"),
        "a level of its own": lambda run: run["results"][0].update(level="info"),
        "a line zero": lambda run: run["results"][0]["locations"][0]["physicalLocation"]["region"].update(startLine=0),
        "a field of its own": lambda run: run["results"][0].update(severity="warning"),
    }
    SARIF.validate(good)
    for what, spoil in broken.items():
        data = json.loads(json.dumps(good))
        spoil(data["runs"][0])
        assert not SARIF.is_valid(data), what


# --- XML --------------------------------------------------------------------------------------------------------------


def tree_of(name: str, report: Report) -> etree._Element:
    return etree.fromstring(written(name, report))


@FEW
@given(REPORTS)
def test_junit_fits_its_schema_and_its_counts_are_true(report):
    root = tree_of("junit", report)
    JUNIT.assertValid(root)
    fails = sum(f.severity is not Severity.INFO for f in report.findings)
    clean = len(set(report.files) - {f.path for f in report.findings})
    assert len(root.findall(".//failure")) == fails == int(root.get("failures"))
    assert len(root.findall(".//error")) == len(report.errors) == int(root.get("errors"))
    assert len(root.findall(".//testcase")) == len(report.findings) + len(report.errors) + clean
    for suite in root:
        cases = suite.findall("testcase")
        assert len(cases) == int(suite.get("tests"))
        assert len({case.get("name") for case in cases}) == len(cases)


def test_junit_of_a_clean_and_a_faulty_record():
    fault = found("一行目\n○議長\n", Span(5, 7), path="bad.txt")
    info = fault._replace(severity=Severity.INFO)
    root = tree_of("junit", Report([fault, info], ("bad.txt", "good.txt"), errors=("c.txt: no such file",)))
    cases = [(suite.get("name"), case.get("name"), [e.tag for e in case]) for suite in root for case in suite]
    assert cases == [
        ("bad.txt", "M302 empty-turn at 2:2", ["failure"]),
        ("bad.txt", "M302 empty-turn at 2:2 (2)", ["system-out"]),
        ("good.txt", "no findings", []),
        ("could not be checked", "1: c.txt: no such file", ["error"]),
    ]
    assert root.find(".//failure").text == "bad.txt:2:2: warning M302 empty-turn: say something"


def test_the_schema_of_junit_refuses_what_is_broken():
    root = tree_of("junit", Report([found("あ", Span(0, 1))]))
    JUNIT.assertValid(root)
    del root.find(".//testcase").attrib["name"]
    assert not JUNIT.validate(root)


@FEW
@given(REPORTS)
def test_checkstyle_has_a_file_for_each_record_and_an_error_for_each_finding(report):
    root = tree_of("checkstyle", report)
    assert (root.tag, *{file.tag for file in root}) in (("checkstyle",), ("checkstyle", "file"))
    assert {error.tag for file in root for error in file} <= {"error"}
    by_path = Counter(f.path for f in report.findings)
    assert [len(file) for file in root if file.get("name")] == [
        by_path[path] for path in dict.fromkeys([*report.files, *(f.path for f in report.findings)])
    ]
    for error in root.iter("error"):
        assert {"line", "severity", "message", "source"} <= set(error.keys())
        assert error.get("severity") in ("error", "warning", "info")
        assert int(error.get("line")) >= 1


def test_checkstyle_finding():
    root = tree_of("checkstyle", Report([found("一行目\n○議長\n", Span(5, 7))]))
    assert dict(root.find("file/error").attrib) == {
        "line": "2",
        "column": "2",
        "severity": "warning",
        "message": "M302 empty-turn: say something",
        "source": "minutes.empty-turn",
    }


@pytest.mark.parametrize("name", ["junit", "checkstyle", "github", "sarif"])
def test_what_cannot_be_seen_or_written_is_shown(name):
    fault = found("あ", Span(0, 1))._replace(message="a\x00b\x1b[31mc\u202ed\udce3e")
    words = written(name, Report([fault], rules=ROWS)).decode()
    assert r"a\x00b\x1b[31mc\u202ed\udce3e" in words.replace(r"\\", "\\")


@pytest.mark.parametrize("name", WRITERS)
def test_no_findings_are_a_whole_file_too(name):
    data = written(name, Report([], ("a.txt",), ROWS))
    assert data == b"" if name in ("jsonl", "github") else data.endswith(b"\n")


@pytest.mark.parametrize("name", WRITERS)
def test_findings_may_come_only_once(name):
    both = [found("あいう", Span(at, at + 1)) for at in (0, 1)]
    assert written(name, Report(iter(both), ("record.txt",), ROWS)) == written(
        name, Report(both, ("record.txt",), ROWS)
    )
