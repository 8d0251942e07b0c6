"""Runs the program in process: one call costs milliseconds instead of a start of Python."""

from dataclasses import dataclass

import pytest

from minutes_cli.cli.main import main

RECORD = """令和6年度第1回あおば町子育て会議会議録
令和6年5月10日（金）　午前10時開会
○会長（山田太郎君）　これより会議を開きます。
○田中委員　予算の内訳を伺います。
○会長（山田太郎君）　事務局から説明をお願いします。
○田中委員　ありがとうございます。
"""


@dataclass
class Run:
    """What a run left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def minutes(capfdbinary):
    """A function that runs ``minutes`` with the given words."""

    def run(*words):
        capfdbinary.readouterr()
        code = main([str(w) for w in words])
        out, err = capfdbinary.readouterr()
        return Run(code, out.decode(), err.decode())

    return run


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The working directory, with two good records in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    (tmp_path / "a.txt").write_text(RECORD, encoding="utf-8")
    (tmp_path / "b.txt").write_text(RECORD.replace("第1回", "第2回"), encoding="cp932")
    return tmp_path
