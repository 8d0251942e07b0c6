"""minutes schema: of which JSON it prints the schema."""

import json

import pytest

from minutes_cli.export import schema as of_records
from minutes_cli.export.findings.json import schema as of_findings
from minutes_cli.export.summary import schema as of_summaries


@pytest.mark.parametrize("words", [(), ("--of", "record")])
def test_it_is_that_of_a_record_unless_one_says_otherwise(minutes, words):
    run = minutes("schema", *words)
    assert (run.code, run.out.encode(), run.err) == (0, of_records.schema(), "")


def test_of_a_summary(minutes):
    run = minutes("schema", "--of", "summary")
    assert (run.code, run.out.encode(), run.err) == (0, of_summaries(), "")


def test_of_findings(minutes):
    run = minutes("schema", "--of", "findings")
    assert (run.code, run.out.encode(), run.err) == (0, of_findings(), "")


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ((), ("parse", "--json")),
        (("--of", "summary"), ("summarize", "--json")),
        (("--of", "findings"), ("check", "--select=empty-turn", "--format=json")),
    ],
)
def test_it_is_the_schema_of_what_the_command_writes(folder, minutes, words, written):
    schema = json.loads(minutes("schema", *words).out)
    assert schema["title"] == json.loads(minutes(*written, "a.txt").out)["format"]


def test_an_unknown_one(minutes):
    run = minutes("schema", "--of", "report")
    assert (run.code, run.out) == (2, "")
    assert run.err == "minutes: Invalid value for '--of': 'report' is not one of 'record', 'summary', 'findings'; " + (
        "see minutes schema --help\n"
    )
