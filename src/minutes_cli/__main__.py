"""``python -m minutes_cli`` is ``minutes``."""

import sys

from minutes_cli.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
