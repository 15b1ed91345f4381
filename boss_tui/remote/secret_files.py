"""What a service of somebody else's knows us by: in a file of its own at each machine (0600), in no row, list or copy.

It is written and never shown. Which file is told by what it is for (`gateway`, `service`) and a code alone.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from data.atomic import replace_atomically
from data.errors import Damaged, NotAllowed, Outside
from data.message import say

FOLDER = "keys"
TRANSPORT = "transport"
"""What the keys are kept for under which makers encipher what comes in their files; by the key's index, in hex."""
_LONGEST = 1_024


def secret_of(home: Path, purpose: str, code: str) -> str:
    """A secret that is kept here; empty: there is none. Damaged: others can read its file."""
    path = _path(home, purpose, code)
    try:
        if path.stat().st_mode & 0o077:
            raise Damaged(say("Others can read {path}: allow its owner alone (mode 0600).", path=str(path)))
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as fault:
        raise Outside(say("{path} can't be read: {fault}", path=str(path), fault=str(fault))) from fault


def transport_key(home: Path, index: str) -> bytes:
    """A transport key that is kept here; empty: there is none. Damaged, Outside: as `secret_of`."""
    return bytes.fromhex(secret_of(home, TRANSPORT, index))


def keep_secret(home: Path, purpose: str, code: str, secret: str) -> None:
    """Keep another secret from now on; an empty one: none. NotAllowed: it is no line of text."""
    if len(secret) > _LONGEST or not (secret.isprintable() or not secret):
        raise NotAllowed(say("A secret is one line of at most {most} characters.", most=_LONGEST), field="secret")
    path = _path(home, purpose, code)
    if secret:
        replace_atomically(path.parent, path.name, secret.encode())
    else:
        path.unlink(missing_ok=True)


def _path(home: Path, purpose: str, code: str) -> Path:
    return home / FOLDER / f"{purpose}-{quote(code, safe='')}.secret"
