"""Where the simulated services of a home listen: at another port each time, which a file of the home says while they
run."""

from __future__ import annotations

import json
from pathlib import Path

FILE = "services.json"


def address_of(home: Path) -> str:
    """Their address; empty: they are not running."""
    try:
        return str(json.loads((home / FILE).read_text(encoding="utf-8"))["address"])
    except (FileNotFoundError, ValueError, KeyError):
        return ""


def note(home: Path, address: str) -> None:
    """They listen there from now on; empty: nowhere."""
    path = home / FILE
    if address:
        path.write_text(json.dumps({"address": address}), encoding="utf-8")
    else:
        path.unlink(missing_ok=True)
