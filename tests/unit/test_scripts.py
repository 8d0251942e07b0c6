"""scripts.py: cases/ocr_scripts.yaml, and that clean records need no dictionary."""

from __future__ import annotations

import subprocess
import sys

from corrections import found
from minutes_cli.normalize.scripts import find


def test_one_character_stands_for_one():
    corrections = found(find, "防災工りアの二ーズ")
    assert [(c.start, c.end, c.after) for c in corrections] == [(2, 3, "エ"), (3, 4, "リ"), (6, 7, "ニ")]


def test_the_reason_names_the_word_and_what_it_saves():
    (correction,) = found(find, "住民の二ーズに応える")
    assert correction.reason.startswith("ニーズ reads as a known word and costs ")


def test_clean_text_needs_no_dictionary():
    code = (
        "import sys; from minutes_cli.normalize.methods import Settings;"
        "from minutes_cli.normalize.scripts import find;"
        "text = '電力システムとパネル二、やはりスピードと日ロ関係、一ページと三カ国とアメリカへの輸出';"
        "print(list(find(text, Settings())), 'sudachipy' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[] False"
