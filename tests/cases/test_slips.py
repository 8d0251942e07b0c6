"""Single characters that OCR read wrongly, from slips.yaml: they come back, and nothing correct is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from minutes_cli.ingest.text import from_text
from minutes_cli.model import Safety
from minutes_cli.normalize import Settings, normalize

CASES = yaml.safe_load(Path(__file__).with_name("slips.yaml").read_text(encoding="utf-8"))
CHANNEL = Settings(select=("ocr-character",), channel=True)


@pytest.mark.parametrize(("true", "read"), CASES["slips"])
def test_a_slip_comes_back(true: str, read: str) -> None:
    assert true in CASES["text"]
    result = normalize(from_text(CASES["text"].replace(true, read, 1)), CHANNEL)
    assert result.view.text == CASES["text"]
    (edit,) = result.view.edits
    assert "likelier here than" in edit.reason


@pytest.mark.parametrize("text", CASES["keep"])
def test_correct_text_stays(text: str) -> None:
    assert normalize(from_text(text), CHANNEL).view.edits == ()


def test_a_name_is_only_asked_about() -> None:
    text = "潮見町議会議長の山田太郎でございます。" * 3 + "佐藤一部委員が質問いたします。"
    assert not [e for e in normalize(from_text(text), CHANNEL).edits if e.safety is Safety.SAFE]


def test_the_channel_runs_where_a_record_looks_read_by_ocr() -> None:
    slipped = CASES["text"].replace("措置", "惜置").replace("継続", "継統")
    assert normalize(from_text(slipped)).view.text == CASES["text"]
    typed = slipped.replace("(1)", "（１）")
    result = normalize(from_text(typed))
    assert result.view.text == typed
    assert "does not look read by OCR" in result.notes[0]
    assert normalize(from_text(typed), Settings(channel=True)).view.text == CASES["text"].replace("(1)", "（１）")
    assert normalize(from_text(slipped), Settings(channel=False)).view.text == slipped
