"""Write shipped.json anew from the YAML files beside it: ``python -m minutes_cli.normalize.rules``."""

from minutes_cli.normalize.phrases.rule_files import SHIPPED, compiled

SHIPPED.write_text(compiled(), encoding="utf-8")
