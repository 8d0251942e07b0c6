"""The Chromium of this machine."""

from __future__ import annotations

import os
import shutil

ARGUMENTS = ["--no-sandbox"]
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def executable() -> str | None:
    """Where it is: MINUTES_CHROMIUM, or the first of the usual names on the PATH; None where there is none."""
    return os.environ.get("MINUTES_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
