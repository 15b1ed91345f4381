"""A demonstration home made once, copied for each test, and the command line over it, here or as a process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from boss_tui.commands.tree import app
from boss_tui.home.settings import Home
from data.store import Reading
from data.tables.sync import JournalEntry, JournalHead
from tests.engines import Shared
from tests.homes import plain_home

COMMANDS = typer.main.get_command(app)
"""Made once: it is read from the signatures of all commands."""
PASSWORD = "demo-1234"
SUPERVISOR = "2001"


@dataclass(frozen=True)
class Ran:
    """What a command ended with, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Boss:
    """The command line over one home."""

    folder: Path

    def __call__(self, *arguments: str | Path, typed: str | bytes = "", **environment: str) -> Ran:
        """Run a command in this process."""
        said = {"BOSS_HOME": str(self.folder), "BOSS_LANGUAGE": "en", "BOSS_PASSWORD": PASSWORD, **environment}
        with CliRunner().isolation(input=typed, env=said) as (out, err, _):
            try:
                COMMANDS.main(args=[str(each) for each in arguments], prog_name="boss")
            except SystemExit as ended:
                code = ended.code
            sys.stdout.flush()
            return Ran(int(code or 0), out.getvalue().decode(), err.getvalue().decode())

    def process(self, *arguments: str | Path, **more: Any) -> subprocess.Popen[str]:
        """Start a command as a process of its own."""
        environment = {**os.environ, "BOSS_HOME": str(self.folder), "BOSS_LANGUAGE": "en", "BOSS_PASSWORD": PASSWORD}
        line = [sys.executable, "-m", "boss_tui.cli", *(str(each) for each in arguments)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
        return subprocess.Popen(line, env=environment, text=True, **pipes)

    def example(self, **changes: Any) -> str:
        """A form of C1 that works, with these changes; None takes a field out."""
        values = {**self("do", "C1", "--example").json, **changes}
        return json.dumps({name: value for name, value in values.items() if value is not None})

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """The home's store as it is now."""
        store = Home(self.folder).open_store()
        try:
            with store.reading() as reading:
                yield reading
        finally:
            store.close()


SIGNED_ON = {"access_log", "operator_standing"}
"""Tables that a command writes to by signing on: who was at work is on record, whatever came of it."""


def journalled(reading: Reading) -> list[str]:
    """The journal's entries of all but sign-ons; it may hold nothing else beside them, and ends with the last entry."""
    entries = reading.all(JournalEntry, order=("outlet", "epoch", "seq"))
    (head,) = reading.all(JournalHead)
    assert (head.seq, head.hash) == (entries[-1].seq, entries[-1].hash)
    for entry in entries:
        if entry.kind == "sign_on":
            assert {(table, op) for table, op, *_ in json.loads(entry.body)["changes"]} == {("access_log", "add")}
    return [entry.body for entry in entries if entry.kind != "sign_on"]


@pytest.fixture(scope="session")
def demonstration_home(shared: Shared) -> Path:
    """A demonstration hall of 30 customers, not encrypted, made once."""
    return plain_home(shared, customers=30)


@pytest.fixture
def boss(demonstration_home: Path, tmp_path: Path) -> Boss:
    """The command line over a demonstration home of the test's own."""
    folder = tmp_path / "home"
    shutil.copytree(demonstration_home, folder)
    return Boss(folder)


@pytest.fixture(scope="module")
def unchanged(demonstration_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Boss:
    """The same for tests of what changes nothing: one home for all of a module's."""
    return Boss(Path(shutil.copytree(demonstration_home, tmp_path_factory.mktemp("unchanged") / "home")))
