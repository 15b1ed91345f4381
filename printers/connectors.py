"""python-escpos, imported late and with its doors closed: only its connectors are used, never its text.

Importing it takes 0.4 s, puts a handler on the root logger that scribbles on the screen, loads a pickle, and leaves a
folder behind at each run (printing-facts 2.5). Here the pickle is made by us in a private folder that is gone when
this function returns, from the JSON that the library ships: that is also five times faster than its YAML reader.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import logging
import os
import pickle
import platform
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

_ONE_AT_A_TIME = threading.Lock()
_FOLDER = "ESCPOS_CAPABILITIES_PICKLE_DIR"


def connectors() -> ModuleType:
    """The module `escpos.printer`: Network, Serial, Usb and others."""
    with _ONE_AT_A_TIME:
        if not logging.getLogger().handlers:  # its connectors log by functions that would add one to the screen
            logging.getLogger().addHandler(logging.NullHandler())
        if "escpos.printer" in sys.modules:
            return importlib.import_module("escpos.printer")
        with tempfile.TemporaryDirectory(prefix="boss-escpos-") as folder, _kept_in(folder):
            _make_pickle(Path(folder))
            return importlib.import_module("escpos.printer")


def _make_pickle(folder: Path) -> None:
    found = importlib.util.find_spec("escpos")
    if found is None or found.origin is None:
        raise ImportError("python-escpos is not installed")
    capabilities = json.loads((Path(found.origin).parent / "capabilities.json").read_text(encoding="utf-8"))
    with (folder / f"{platform.python_version()}.capabilities.pickle").open("wb") as file:
        pickle.dump(capabilities, file)


@contextmanager
def _kept_in(folder: str) -> Iterator[None]:
    """While it is imported, in this thread, its temporary folder is ours too: it makes one even if told not to."""
    before, original, here = os.environ.get(_FOLDER), tempfile.mkdtemp, threading.get_ident()

    def mkdtemp(*args: Any, **named: Any) -> Any:
        return folder if threading.get_ident() == here else original(*args, **named)

    os.environ[_FOLDER] = folder
    setattr(tempfile, "mkdtemp", mkdtemp)  # noqa: B010 (its type is overloaded)
    try:
        yield
    finally:
        setattr(tempfile, "mkdtemp", original)  # noqa: B010 (as above)
        if before is None:
            del os.environ[_FOLDER]
        else:
            os.environ[_FOLDER] = before
