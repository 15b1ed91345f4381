"""The secret of an element's gateway: in a file of its own at each outlet (`remote.secret_files`)."""

from __future__ import annotations

from pathlib import Path

from boss_tui.remote import secret_files

_PURPOSE = "gateway"


def secret_of(home: Path, element: str) -> str:
    """The secret of an element's gateway; empty: there is none here. Damaged: others can read its file."""
    return secret_files.secret_of(home, _PURPOSE, element)


def keep_secret(home: Path, element: str, secret: str) -> None:
    """Keep another secret from now on; an empty one: none. NotAllowed: it is no line of text."""
    secret_files.keep_secret(home, _PURPOSE, element, secret)
