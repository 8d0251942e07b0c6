"""The documentation names everything there is, its links lead somewhere, and its examples are what comes out."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from minutes_cli.check.settings import KEYS
from minutes_cli.check.table import GROUPS, RULES
from minutes_cli.cli.app import COMMANDS
from minutes_cli.cli.main import main
from minutes_cli.compare.model import Sort, What
from minutes_cli.export import WRITERS
from minutes_cli.export.columns import NAMES as COLUMNS
from minutes_cli.export.findings import WRITERS as FINDINGS_WRITERS
from minutes_cli.export.summary import WRITERS as SUMMARY_WRITERS
from minutes_cli.export.token_array import TOKENS
from minutes_cli.model import EventKind, Kind, Safety, Severity, TurnKind
from minutes_cli.parse.conventions import CONVENTIONS
from minutes_cli.store.dataset.manifest import Entry, Header
from minutes_cli.summarize.figures import By as FiguresBy
from minutes_cli.summarize.model import By, Form
from minutes_cli.summarize.people import Identity

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.ja.md")
PAGES = [*(ROOT / name for name in READMES), ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
LEFT_OUT = "…"  # a line of an example that stands for lines left out
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.S | re.M)
FILE = re.compile(r"^```text (\S+)\n(.*?)^```$", re.S | re.M)  # a file that the examples of its page are about
EXIT = {"diff": 1}  # the two versions in its examples differ; all other commands end well
SCORE = re.compile(r"\b[01]\.[0-9]{2}\b")  # moves whenever the scoring is tuned; everything else must be the same
LINK = re.compile(r"\]\(([^)\s]+)\)")


def _text(name: str | Path) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _examples() -> list[Any]:
    """(command line, lines that must come out, files that the page shows) of every console example."""
    found = []
    for page in PAGES:
        files = dict(FILE.findall(_text(page)))
        for block in CONSOLE.findall(_text(page)):
            command, *lines = block.splitlines()
            found.append(pytest.param(command, lines, files, id=f"{page.name}: {command}"))
    return found


def _properties(schema: Any) -> set[str]:
    """The names of all fields in a JSON Schema."""
    if isinstance(schema, list):
        return {name for part in schema for name in _properties(part)}
    if not isinstance(schema, dict):
        return set()
    return set(schema.get("properties", ())) | _properties(list(schema.values()))


@pytest.mark.parametrize("page", READMES)
def test_readmes_name_everything(page: str) -> None:
    text = _text(page)
    commands = [f"minutes {row.name}" for row in COMMANDS]
    names = [f"`{name}`" for name in (*Kind, *(row.name for row in CONVENTIONS), *WRITERS)]
    codes = [row.example for row in CONVENTIONS]
    assert [word for word in (*commands, *names, *codes) if word not in text] == []


def test_conventions_page_has_a_part_for_every_row() -> None:
    parts = re.findall(r"^## `(.+)`$", _text("docs/conventions.md"), re.M)
    assert parts == [row.name for row in CONVENTIONS]


def test_examples_of_conventions_stand_in_the_corpus() -> None:
    corpus = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "corpus").glob("*/record.*"))
    for block in re.findall(r"^```text\n(.*?)^```$", _text("docs/conventions.md"), re.S | re.M):
        assert [line for line in block.splitlines() if line.removesuffix(LEFT_OUT) not in corpus] == []


def test_json_page_names_every_field() -> None:
    text = _text("docs/json.md")
    schema = json.loads(import_module("minutes_cli.export.schema").schema())
    names = _properties(schema) | set(Kind) | set(TurnKind) | set(EventKind)
    assert sorted(name for name in names if f"`{name}`" not in text and f"`{name}[]`" not in text) == []


def test_json_page_names_every_field_of_summaries() -> None:
    schema = json.loads(import_module("minutes_cli.export.summary").schema())
    assert _unnamed(_properties(schema) | set(By) | set(Form), "The JSON of summaries") == []


def test_json_page_names_every_field_of_findings() -> None:
    schema = json.loads(import_module("minutes_cli.export.findings.json").schema())
    assert _unnamed(_properties(schema) | set(Severity) | set(Safety), "The JSON of findings") == []


def test_json_page_names_every_field_of_differences(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text("第1回会議録\n○委員長　始めます。\n○田中委員　賛成です。\n", encoding="utf-8")
    new.write_text("第2回会議録\n○委員長　始めます。\n○田中委員　反対です。\n", encoding="utf-8")
    assert main(["diff", "--json", str(old), str(new)]) == 1
    written = json.loads(capfdbinary.readouterr().out)
    assert written["facts"] and written["changes"]
    assert _unnamed(_keys(written) | set(What) | set(Sort), "The JSON of differences") == []


def _unnamed(names: set[str], heading: str) -> list[str]:
    """Those of *names* that the part of docs/json.md below a heading does not name."""
    parts = re.split(r"^## (.*)$", _text("docs/json.md"), flags=re.M)
    [text] = [text for title, text in zip(parts[1::2], parts[2::2], strict=True) if title.startswith(heading)]
    return sorted(name for name in names if f"`{name}`" not in text and f"`{name}[]`" not in text)


def _keys(value: Any) -> set[str]:
    """The names of all fields in a value of JSON."""
    if isinstance(value, list):
        return {name for part in value for name in _keys(part)}
    return set(value) | _keys(list(value.values())) if isinstance(value, dict) else set()


def test_summaries_page_names_everything() -> None:
    text = _text("docs/summarize.md")
    names = {*By, *Form, *Identity, *SUMMARY_WRITERS}
    assert sorted(name for name in names if f"`{name}`" not in text) == []
    assert sorted(name for name in FiguresBy if name not in text) == []


def test_datasets_page_names_every_column_and_every_field_of_the_manifest() -> None:
    text = _text("docs/datasets.md")
    names = {"format", "year", TOKENS, *COLUMNS, *Header._fields, *Entry._fields}
    assert sorted(name for name in names if f"`{name}`" not in text) == []


def test_check_page_lists_every_rule_as_the_table_has_it() -> None:
    rows = re.findall(r"^\| (M\d{3}) \| `(.+?)` \| (.+?) \| (.+?) \|$", _text("docs/check.md"), re.M)
    wanted = [(r.code, r.name, r.severity.value + ("" if r.on else ", off"), r.about) for r in RULES]
    assert rows == wanted


def test_check_page_names_every_setting_and_format() -> None:
    text = _text("docs/check.md")
    assert sorted(key for key in (*KEYS, *FINDINGS_WRITERS, *GROUPS) if f"`{key}`" not in text) == []


def test_both_readmes_show_the_same_commands() -> None:
    shown = [re.findall(r"^(?:\$ )?minutes [^#\n]*?(?= *(?:#.*)?$)", _text(page), re.M) for page in READMES]
    assert len(shown[0]) > 50
    assert shown[0] == shown[1]


def test_dependencies_page_names_every_dependency() -> None:
    project = tomllib.loads(_text("pyproject.toml"))["project"]
    listed = re.findall(r"^\| `(.+?)` \|", _text("docs/dependencies.md"), re.M)
    wanted = project["dependencies"] + [d for extra in project["optional-dependencies"].values() for d in extra]
    assert sorted(d.replace(" ", "") for d in listed) == sorted(wanted)


def test_architecture_page_names_every_module() -> None:
    text = _text("docs/architecture.md")
    modules = [p for p in (ROOT / "src/minutes_cli").rglob("*.py") if not p.name.startswith("__")]
    rules = ROOT / "src/minutes_cli/check/rules"  # docs/check.md lists every rule, and their files are named after them
    assert sorted(p.name for p in modules if p.parent != rules and p.name not in text) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_local_links_lead_somewhere(page: Path) -> None:
    dead = []
    for link in LINK.findall(_text(page)):
        path, _, anchor = link.partition("#")
        if "://" in link:
            continue
        target = page.parent / path if path else page
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            dead.append(link)
    assert dead == []


def _anchors(page: Path) -> set[str]:
    """Anchors of the headings as forges make them: lower case, blanks to hyphens, punctuation dropped."""
    heads = re.findall(r"^#+ (.+)$", _text(page), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize(("command", "lines", "files"), _examples())
def test_examples_are_what_comes_out(
    command: str,
    lines: list[str],
    files: dict[str, str],
    tmp_path: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path if files else ROOT)
    monkeypatch.setenv("COLUMNS", "100")
    dollar, program, *words = shlex.split(command)
    assert (dollar, program) == ("$", "minutes")
    assert main(words) == EXIT.get(words[0], 0)
    out = SCORE.sub("0.00", capfdbinary.readouterr().out.decode()).splitlines()
    at = 0
    for i, line in enumerate(SCORE.sub("0.00", line) for line in lines):
        if line == LEFT_OUT:
            continue
        found = out.index(line, at) if line in out[at:] else None
        assert found is not None, f"not in the output: {line!r}"
        assert found == at or lines[i - 1 : i] == [LEFT_OUT], f"lines were left out before {line!r}"
        at = found + 1
    assert at == len(out) or lines[-1] == LEFT_OUT, "the output goes on"
