"""Where a home folder is, and what its settings say that must be known before all is loaded. Nothing heavy here."""

from __future__ import annotations

import os
from pathlib import Path

FILE = "settings.toml"


def home_folder(chosen: Path | str | None = None) -> Path:
    """The home folder: as chosen (`--home`), as BOSS_HOME says, or `.boss` in the user's own."""
    return Path(chosen or os.environ.get("BOSS_HOME") or Path.home() / ".boss").expanduser().resolve()


def written_setting(folder: Path, name: str) -> str:
    """One value of the settings, as it is written; empty when it is not there. What is wrong with the file is said by
    whoever reads it whole (`boss_tui.settings`)."""
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
        if name not in text:
            return ""
        import tomllib

        return str(tomllib.loads(text).get(name, ""))
    except (OSError, ValueError):
        return ""
