"""The secret of an element's gateway: in a file of its own at each outlet (0600), in no row, no list, no copy.

It is written and never shown. Which file is told by the element's code alone.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from boss_tui.network.atomic import replace_atomically
from data.errors import Damaged, NotAllowed, Outside
from data.message import say

FOLDER = "keys"
_LONGEST = 1_024


def secret_of(home: Path, element: str) -> str:
    """The secret of an element's gateway; empty: there is none here. Damaged: others can read its file."""
    path = _path(home, element)
    try:
        if path.stat().st_mode & 0o077:
            raise Damaged(say("Others can read {path}: allow its owner alone (mode 0600).", path=str(path)))
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as fault:
        raise Outside(say("{path} can't be read: {fault}", path=str(path), fault=str(fault))) from fault


def keep_secret(home: Path, element: str, secret: str) -> None:
    """Keep another secret from now on; an empty one: none. NotAllowed: it is no line of text."""
    if len(secret) > _LONGEST or not (secret.isprintable() or not secret):
        raise NotAllowed(say("A secret is one line of at most {most} characters.", most=_LONGEST), field="secret")
    path = _path(home, element)
    if secret:
        replace_atomically(path.parent, path.name, secret.encode())
    else:
        path.unlink(missing_ok=True)


def _path(home: Path, element: str) -> Path:
    return home / FOLDER / f"gateway-{quote(element, safe='')}.secret"
