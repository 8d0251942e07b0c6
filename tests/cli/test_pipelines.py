"""What plugs ``minutes check`` into other people's pipelines is valid, and does what it says when it is run.

Each test works in a folder of its own with a good record and a bad one. The project is built and installed from a
copy of its files, as a stranger's pipeline gets it; what it needs beside itself (100 MB) is not fetched again: pip
finds it already there, see :func:`packages`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import distribution
from pathlib import Path

import jsonschema
import pytest
import yaml
from lxml import etree
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
PROJECT = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "action.yml", "src")

GOOD = """令和6年第1回あおば町議会定例会会議録
令和6年3月4日（月）
○議長（山田太郎君）　ただいまから会議を開きます。
○1番（佐藤花子君）　質問いたします。
○議長（山田太郎君）　本日はこれで散会いたします。
"""
BAD = GOOD.replace("　質問いたします。", "")
#: A label without speech in its fourth line; the examples leave out agenda-order, which has nothing to say here.
SELECT = "--select=empty-turn"

IDENTITY = {
    **{f"GIT_{who}_{what}": "Test" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
#: Against a hang only: most of it is the package index.
PATIENCE = 900


def run(
    *words: object, cwd: Path, env: Mapping[str, str] | None = None, ok: bool = True
) -> subprocess.CompletedProcess:
    """Run a command; its two outputs are one text. With *ok* it must succeed."""
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env={**os.environ, **IDENTITY, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="backslashreplace",
        timeout=PATIENCE,
        check=False,
    )
    assert not ok or done.returncode == 0, done.stdout
    return done


def python(*words: object, cwd: Path, **options) -> subprocess.CompletedProcess:
    return run(sys.executable, *words, cwd=cwd, **options)


def load(path: Path) -> dict:
    """A file in YAML, its numbers and booleans as they stand there."""
    data: dict = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return data


@pytest.fixture
def project(tmp_path):
    """A copy of the files of which the project is installed: neither caches nor what others left lying about."""
    folder = tmp_path / "minutes"
    folder.mkdir()
    for name in PROJECT:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def records(tmp_path):
    """A repository with a good and a bad record, and beside them files that are no records."""
    folder = tmp_path / "work"
    (folder / "records").mkdir(parents=True)
    (folder / "records" / "良い.txt").write_text(GOOD, encoding="utf-8")
    (folder / "records" / "悪い.txt").write_text(BAD, encoding="cp932")
    (folder / "README.txt").write_text(BAD, encoding="utf-8")
    run("git", "init", "--quiet", cwd=folder)
    return folder


@pytest.fixture
def packages(tmp_path):
    """PYTHONPATH with what the project says that it needs, and nothing else of the Python that runs the tests.

    A requirement that is not declared is missing there, one that is not met is fetched by pip.
    """
    folder = tmp_path / "packages"
    folder.mkdir()
    waiting, seen = ["minutes-cli"], set()
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in seen:
            continue
        seen.add(name)
        package = distribution(name)
        needs = map(Requirement, package.requires or ())
        waiting += [need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]
        for part in {file.parts[0] for file in package.files or () if name != "minutes-cli"} - {"..", "__pycache__"}:
            if not (folder / part).exists():
                (folder / part).symlink_to(Path(str(package.locate_file(part))))
    return {"PYTHONPATH": str(folder)}


def only_good(records: Path) -> None:
    (records / "records" / "悪い.txt").write_text(GOOD, encoding="cp932")


# --- the files are what their readers want ----------------------------------------------------------------------------

SCHEMAS = [
    ("github-actions", "action.yml"),
    ("github-workflows", "examples/github-workflow.yml"),
    ("gitlab-ci", "examples/gitlab-ci.yml"),
]


def schema_says(schema: str, path: Path) -> subprocess.CompletedProcess:
    """What the schema that check-jsonschema brings with it says; it asks no network for these."""
    words = ["-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    if schema == "gitlab-ci":
        words += ["--data-transform", "gitlab-ci"]
    return python(*words, path, cwd=path.parent, ok=False)


@pytest.mark.parametrize(("schema", "name"), SCHEMAS)
def test_the_file_fits_its_schema(schema, name):
    done = schema_says(schema, ROOT / name)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("schema", "name"), SCHEMAS)
def test_the_schema_refuses_a_broken_file(schema, name, tmp_path):
    text = (ROOT / name).read_text(encoding="utf-8")
    broken = tmp_path / "broken.yml"
    broken.write_text(re.sub(r"(?m)^(\s*)(runs-on|using|script):", r"\1no-such-key:", text), encoding="utf-8")
    done = schema_says(schema, broken)
    assert done.returncode == 1
    assert "no-such-key" in done.stdout or "required" in done.stdout


def test_pre_commit_takes_the_hooks_and_the_example():
    python("-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml", cwd=ROOT)
    python("-m", "pre_commit", "validate-config", "examples/pre-commit-config.yaml", cwd=ROOT)


def test_the_workflow_sets_only_what_the_action_takes():
    steps = load(ROOT / "examples" / "github-workflow.yml")["jobs"]["check"]["steps"]
    [step] = [step for step in steps if step["uses"].startswith("OWNER/")]
    assert set(step["with"]) <= set(load(ROOT / "action.yml")["inputs"])
    [upload] = [step for step in steps if "upload-sarif" in step["uses"]]
    assert upload["with"]["sarif_file"] == step["with"]["sarif"]


# --- pre-commit -------------------------------------------------------------------------------------------------------


def test_pre_commit_stops_a_bad_record_and_passes_a_good_one(project, records, packages, tmp_path):
    """One test, since pre-commit builds and installs the project for it."""
    run("git", "init", "--quiet", cwd=project)
    run("git", "add", "--all", cwd=project)
    run("git", "commit", "--quiet", "--message=a", cwd=project)
    commit = run("git", "rev-parse", "HEAD", cwd=project).stdout.strip()

    example = (ROOT / "examples" / "pre-commit-config.yaml").read_text(encoding="utf-8")
    config = example.replace("https://HOST/OWNER/MINUTES", project.as_posix()).replace("COMMIT", commit)
    config = config.replace("--ignore=agenda-order", SELECT)
    mend = "      - id: minutes-check-fix\n        files: ^kana/\n        args: [--select=half-width-kana]\n"
    (records / ".pre-commit-config.yaml").write_text(config + mend, encoding="utf-8")
    home = packages | {"PRE_COMMIT_HOME": str(tmp_path / "pre-commit")}
    python("-m", "pre_commit", "install", "--install-hooks", cwd=records, env=home)

    def commits(*paths: str) -> subprocess.CompletedProcess:
        run("git", "add", *paths, cwd=records)
        return run("git", "commit", "--message=a", cwd=records, env=home, ok=False)

    bad = commits("records/悪い.txt")
    assert bad.returncode == 1, bad.stdout
    assert "exit code: 1" in bad.stdout
    assert "records/悪い.txt:4:2: warning M302 empty-turn" in bad.stdout

    run("git", "reset", "--quiet", cwd=records)
    good = commits("records/良い.txt", "README.txt", ".pre-commit-config.yaml")
    assert good.returncode == 0, good.stdout
    assert re.search(r"check records of meetings\.+Passed", good.stdout)
    assert run("git", "log", "--oneline", cwd=records).stdout.count("\n") == 1

    (records / "kana").mkdir()
    (records / "kana" / "a.txt").write_text(GOOD.replace("質問", "ｼﾂﾓﾝ"), encoding="utf-8")
    mended = commits("kana/a.txt")
    assert mended.returncode == 1, mended.stdout
    assert "files were modified by this hook" in mended.stdout
    assert (records / "kana" / "a.txt").read_text(encoding="utf-8") == GOOD.replace("質問", "シツモン")
    assert commits("kana/a.txt").returncode == 0


# --- the action for GitHub --------------------------------------------------------------------------------------------


def filled(text: str, values: Mapping[str, str]) -> str:
    """*text* with what stands in ``${{ … }}`` put in, as the runner does before a step."""
    return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda match: values[match[1]], text)


class Runner:
    """Runs the shell steps of action.yml in their order, as GitHub's runner does.

    ``uses`` steps are not run: what setup-python gives is in *outputs*.
    """

    def __init__(self, project: Path, folder: Path, temporary: Path, env: Mapping[str, str]) -> None:
        temporary.mkdir()
        self.folder = folder
        self.steps = [step for step in load(project / "action.yml")["runs"]["steps"] if "run" in step]
        self.inputs = {name: row["default"] for name, row in load(project / "action.yml")["inputs"].items()}
        self.output = temporary / "output"
        self.env = {
            **env,
            "GITHUB_ACTION_PATH": str(project),
            "GITHUB_OUTPUT": str(self.output),
            "RUNNER_TEMP": str(temporary),
        }
        self.outputs = {"steps.python.outputs.python-path": sys.executable}

    def step(self, number: int, *, ok: bool = True, **inputs: str) -> subprocess.CompletedProcess:
        """Run a step, and keep what it leaves in GITHUB_OUTPUT."""
        step = self.steps[number]
        assert step["shell"] == "bash"
        values = {f"inputs.{name}": value for name, value in (self.inputs | inputs).items()} | self.outputs
        own = {name: filled(value, values) for name, value in step.get("env", {}).items()}
        script = self.output.with_name("step.sh")
        script.write_text(filled(step["run"], values), encoding="utf-8")
        self.output.write_text("", encoding="utf-8")
        words = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script)
        done = run(*words, cwd=self.folder, env=self.env | own, ok=ok)
        for line in self.output.read_text(encoding="utf-8").splitlines():
            name, value = line.split("=", 1)
            self.outputs[f"steps.{step['id']}.outputs.{name}"] = value
        return done


def test_the_steps_of_the_action(project, records, packages, tmp_path):
    runner = Runner(project, records, tmp_path / "runner", packages)
    runner.step(0)

    def check(**inputs: str) -> subprocess.CompletedProcess:
        return runner.step(1, ok=False, **({"paths": "records\n", "args": f"{SELECT}\n"} | inputs))

    bad = check(sarif="minutes.sarif")
    assert bad.returncode == 1, bad.stdout
    assert re.search(r"(?m)^::warning file=records/悪い\.txt,line=4,.*title=M302 empty-turn::", bad.stdout)
    log = json.loads((records / "minutes.sarif").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(json.loads((DATA / "sarif-schema-2.1.0.json").read_bytes())).validate(log)
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["M302"]

    assert check(paths="records/良い.txt").returncode == 0
    assert check(args=f"{SELECT}\n--fail-on=never").returncode == 0
    missing = check(paths="records/良い.txt\nno such file.txt")
    assert missing.returncode == 2
    assert "no such file.txt" in missing.stdout
    assert "悪い.txt:4:2: warning M302" in check(format="text").stdout

    hostile = check(paths="$(touch made)`touch made`\"; touch made; '")
    assert hostile.returncode == 2
    assert not (records / "made").exists()

    only_good(records)
    assert check(sarif="minutes.sarif").returncode == 0
    log = json.loads((records / "minutes.sarif").read_text(encoding="utf-8"))
    assert log["runs"][0]["results"] == []


# --- the example for GitLab -------------------------------------------------------------------------------------------


def test_the_job_for_gitlab(project, records, packages, tmp_path):
    job = load(ROOT / "examples" / "gitlab-ci.yml")["check-records"]
    python("-m", "venv", tmp_path / "image", cwd=tmp_path)
    path = {"PATH": f"{tmp_path / 'image' / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    env = packages | path | job["variables"] | {"MINUTES": str(project)}

    def lines(name: str, ok: bool, **more: str) -> subprocess.CompletedProcess:
        """The lines of a script; the runner stops at the first that fails."""
        return run("bash", "-e", "-o", "pipefail", "-c", "\n".join(job[name]), cwd=records, env=env | more, ok=ok)

    lines("before_script", True)
    used = run("python", "-c", "import minutes_cli; print(minutes_cli.__file__)", cwd=records, env=env).stdout
    assert used.startswith(str(tmp_path / "image"))
    bad = lines("script", False)
    assert bad.returncode == 1, bad.stdout
    assert "records/悪い.txt:4:2: warning M302 empty-turn" in bad.stdout
    report = records / job["artifacts"]["reports"]["junit"]
    tree = etree.parse(report)
    etree.XMLSchema(etree.parse(DATA / "junit-10.xsd")).assertValid(tree)
    assert any("empty-turn" in case.get("name") for case in tree.iter("testcase"))
    assert job["artifacts"]["when"] == "always"

    only_good(records)
    assert lines("script", True).returncode == 0
    assert "良い.txt" in report.read_text(encoding="utf-8")
    assert lines("script", False, RECORDS="no-such-folder").returncode == 2
