"""Options stand before the name of a command or behind it, in every group: they mean the same, and none is passed
over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from boss_tui.commands.root import Group
from tests.boss_tui.commands.conftest import COMMANDS, Boss

FLAGS = {True: [], False: ["a value"]}
"""What stands behind an option, by whether it is a flag."""


def groups(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every group of commands, with how it is come to."""
    yield path, group
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from groups(command, (*path, name))


def test_each_option_of_each_command_may_stand_before_its_name() -> None:
    tried = 0
    for path, group in groups(COMMANDS):
        assert isinstance(group, Group), path
        for name, command in group.commands.items():
            options: list[Any] = [each for each in command.params if each.param_type_name == "option"]
            for option in options:
                if not path and option.opts[0] == "--home":
                    continue  # it is of every command
                tried += 1
                typed = [option.opts[0], *FLAGS[option.is_flag]]
                assert group.in_order([*typed, name, "x"]) == [name, *typed, "x"], (path, name)
                assert group.in_order([name, *typed, "x"]) == [name, *typed, "x"], (path, name)
    assert tried > 300


@pytest.mark.parametrize(
    "typed",
    [
        ("manage", "M6", "list", "--filter", "C1-05", "--json", "--operator", "3002"),
        ("manage", "M6", "--operator", "3002", "list", "--filter", "C1-05", "--json"),
        ("manage", "--json", "--operator=3002", "M6", "--filter", "C1-05", "list"),
        ("--operator", "3002", "manage", "M6", "--json", "list", "--filter", "C1-05"),
    ],
)
def test_both_orders_do_the_same(boss: Boss, typed: tuple[str, ...]) -> None:
    ran = boss(*typed)
    assert ran.code == 0, ran.err
    assert (ran.json["fit"], ran.json["rows"][0]["key"]) == ("1", ["C1-05"])


def test_who_does_it_is_not_passed_over_before_the_code(boss: Boss) -> None:
    """Else a manager of the office's would do it in their place."""
    before, behind = (
        boss("manage", "--operator", "9999", "M6", "list"),
        boss("manage", "M6", "list", "--operator", "9999"),
    )
    assert (before.code, before.err) == (behind.code, behind.err)
    assert before.code != 0


def test_what_no_command_knows_is_told(boss: Boss) -> None:
    ran = boss("edition", "--gone", "list")
    assert (ran.code, "--gone" in ran.err) == (2, True)
    ran = boss("manage", "--json", "M7", "withdraw-delegation", "1")
    assert (ran.code, "--json" in ran.err) == (2, True)
