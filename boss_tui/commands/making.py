"""Making a home and setting one of its values: what `boss init` and headquarters' commands share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import Outside, reason_of
from data.message import say

if TYPE_CHECKING:
    from boss_tui.home.settings import Home
    from data.store import Store


@contextmanager
def made_home(folder: Path, values: Mapping[str, str | bool | float]) -> Iterator[tuple[Home, Store]]:
    """A new home and its store, with empty tables or as another counter made it, to be filled.

    Nothing half is left in a folder that was not there.
    """
    from boss_tui.home.folder import in_the_making
    from boss_tui.home.settings import Home
    from data import migrations, schema

    with in_the_making(folder):
        home = Home.make(folder, **{name: value for name, value in values.items() if value != ""})
        store = home.open_store()
        try:
            if migrations.version_of(store) == 0:
                schema.create(store)
            migrations.check(store)
            yield home, store
        finally:
            store.close()


def keep_setting(home: Home, name: str, value: str) -> None:
    """Set one value in settings.toml; the other lines stay as they are. Outside when it can't be written."""
    import json

    from boss_tui.home.folder import FILE

    path = home.folder / FILE
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.partition("=")[0].strip() != name]
    part = path.with_name(path.name + ".part")
    try:
        part.write_text("\n".join([*lines, f"{name} = {json.dumps(value)}"]) + "\n", encoding="utf-8")
        shutil.copymode(path, part)
        part.replace(path)
    except OSError as fault:
        raise Outside(say("{path} can't be written: {fault}", path=str(path), fault=reason_of(fault))) from fault
