"""Write the JSON of the patterns anew from their YAML."""

from __future__ import annotations

from minutes_cli.summarize.pattern_files import SHIPPED, compiled

if __name__ == "__main__":
    SHIPPED.write_text(compiled(), encoding="utf-8")
