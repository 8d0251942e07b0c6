"""Write shipped.json and literals.txt anew from the YAML beside them: ``python -m minutes_cli.normalize.rules``."""

from pathlib import Path

from minutes_cli.normalize.phrases import LITERALS
from minutes_cli.normalize.phrases.rule_files import SHIPPED, compiled, literals

SHIPPED.write_text(compiled(), encoding="utf-8")
Path(LITERALS).write_text(literals(), encoding="utf-8")
