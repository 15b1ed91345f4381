"""Commands that are run without loading the others: they are those of the whole tree, and nothing else is loaded."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from boss_tui import commands
from boss_tui.commands.tree import app
from tests.boss_tui.commands.conftest import Boss
from tests.tiers import nightly


def names(registered: list) -> dict[str, object]:  # type: ignore[type-arg]
    return {command.name or command.callback.__name__: command.callback for command in registered}


@pytest.mark.parametrize(("name", "module"), commands.ALONE.items())
def test_a_command_that_is_run_alone_is_that_of_the_tree(name: str, module: str) -> None:
    alone = import_module(f"boss_tui.commands.{module}").app.registered_commands
    assert names(alone)[name] is names(app.registered_commands)[name]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("find 王", "find"),
        ("--home /x find 王", "find"),
        ("--home=/x do C1", "do"),
        ("--help", "--help"),
        ("", ""),
        ("--home", ""),
        ("--home find", ""),
    ],
)
def test_the_command_is_what_stands_behind_the_home(typed: str, name: str) -> None:
    assert commands._named(typed.split()) == name


@pytest.mark.whole
@pytest.mark.parametrize(
    ("command", "loaded"), [("find", {"looking"}), ("do", {"business"}), ("till", {"till", "tree"})]
)
def test_only_what_is_asked_for_is_loaded(command: str, loaded: set[str]) -> None:
    code = (
        f"import sys; sys.argv = ['boss', {command!r}, '--help']\n"
        "from boss_tui.commands import run\n"
        "try:\n    run()\nexcept SystemExit as end:\n    assert not end.code\n"
        "print(*(name.rpartition('.')[2] for name in sys.modules if name.startswith('boss_tui.commands.')))"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    found = set(told.splitlines()[-1].split())
    assert loaded <= found
    assert ("tree" in found) == ("tree" in loaded)
    assert ("headquarters" in found) == ("tree" in loaded)


@pytest.mark.parametrize(
    "typed",
    [
        ("verify",),
        ("manage", "M6", "list"),
        *nightly((("matrix",),), (("do", "M6", "--example"),), (("report", "day"),)),
    ],
)
def test_a_command_loads_what_it_needs_itself(unchanged: Boss, typed: tuple[str, ...]) -> None:
    """As a process of its own: what another command had loaded is not there."""
    process = unchanged.process(*typed)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
