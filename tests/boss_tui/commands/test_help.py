"""The command line tells what there is, quickly, and refuses what it does not know."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from boss_tui.commands.shared import by_command
from tests.boss_tui.commands.conftest import COMMANDS, Boss

DESIGNED = (
    "demo",
    "init",
    "upgrade",
    "backup",
    "restore",
    "do",
    "find",
    "matrix",
    "verify",
    "report",
    "order",
    "sync",
    "carry export",
    "carry import",
    "headquarters serve",
    "headquarters enrol",
    "headquarters status",
    "headquarters code",
    "headquarters lease",
    "headquarters take",
    "network status",
    "network send",
    "network receive",
    "network work",
    "network reconcile",
    "network settle",
    "network simulate",
    "printer status",
    "printer test",
    "printer simulate",
    "print list",
    "print show",
    "print retry",
    "print copy",
    "print decide",
    "till open",
    "till x",
    "till close",
    "till in",
    "till out",
    "till day-open",
    "till day-close",
    "till suspend",
    "till resume",
    "till hand-over",
    "till drawer",
    "till shifts",
    "till bank",
    "till safe",
    "till safe-count",
    "till slips",
    "till blind",
)
NO_FACTS = {"demo", "init", "do", "dump", "serve", "simulate"}
"""Commands that print JSON in any case, or a stream."""
LOOK = """
import sys
sys.argv = ["boss", *sys.argv[1:]]
try:
    from boss_tui.cli import main
    main()
except SystemExit as ended:
    assert ended.code == 0, ended.code
import json
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command, by the words that run it; a group that does something by itself is one, too."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        if getattr(command, "invoke_without_command", True):
            yield (*path, name), command


ALL = dict(commands(COMMANDS))


def test_every_command_of_the_design_is_there() -> None:
    assert {" ".join(path) for path in ALL} >= set(DESIGNED)


def test_every_command_and_option_says_what_it_does() -> None:
    silent = [path for path, command in ALL.items() if not (command.help or "").strip()]
    silent += [
        (*path, each.name)
        for path, command in ALL.items()
        for each in command.params
        if not (getattr(each, "help", "") or "").strip()
    ]
    assert not silent


def test_every_command_that_prints_facts_takes_json(boss: Boss) -> None:
    facts = (
        "status",
        "list",
        "show",
        "order",
        "find",
        "matrix",
        "report",
        "verify",
        "sync",
        "backup",
        "restore",
        "x",
        "export",
        "import",
        "take",
        "lease",
        "code",
        "upgrade",
        "work",
        "send",
        "receive",
        "reconcile",
        "manual",
        "copy",
        "test",
        "exceptions",
        "load",
    )
    lacking = [
        path
        for path, command in ALL.items()
        if path[-1] in facts and path[-1] not in NO_FACTS and not any("--json" in each.opts for each in command.params)
    ]
    assert not lacking


def test_help_groups_the_commands(boss: Boss) -> None:
    shown = boss("--help").out
    panels = ("Customers and orders", "Till", "Headquarters, network, paper", "The store")
    places = [shown.index(f"─ {panel} ─") for panel in panels]
    assert places == sorted(places)
    assert shown.index("verify") > places[-1]


def test_wrong_usage_ends_with_2(boss: Boss) -> None:
    for line in (["nonsense"], ["report", "y"], ["report"], ["do", "C1", "--nonsense"], ["till", "in", "5"]):
        ran = boss(*line)
        assert ran.code == 2, (line, ran)
        assert ran.err


def test_without_a_home_it_says_how_to_make_one(tmp_path: Path) -> None:
    for line in (
        ["find", "x"],
        ["verify"],
        ["sync"],
        ["headquarters", "status"],
        ["print", "list"],
        ["network", "work"],
    ):
        ran = Boss(tmp_path / "none")(*line)
        assert ran.code == 3, (line, ran)
        assert "boss init" in ran.err


def test_a_home_without_its_store_is_told(boss: Boss) -> None:
    (boss.folder / "store.db").unlink()
    ran = boss("matrix")
    assert ran.code == 3
    assert "boss init" in ran.err


def test_a_wrong_setting_is_a_wrong_form(boss: Boss) -> None:
    settings = boss.folder / "settings.toml"
    good = settings.read_text()
    for told, bad in (("exchange_seconds", good.replace("= 1.0", '= "soon"')), ("line 6", good + "demo = true\n")):
        settings.write_text(bad)
        ran = boss("matrix")
        assert ran.code == 2
        assert told in ran.err


@pytest.mark.whole
def test_help_loads_neither_store_nor_screens() -> None:
    for line in (["--help"], ["headquarters", "--help"], ["do", "--help"]):
        ran = subprocess.run([sys.executable, "-c", LOOK, *line], capture_output=True, text=True, check=True)
        loaded = set(json.loads(ran.stderr.splitlines()[-1]))
        assert not loaded & {"sqlmodel", "sqlalchemy", "textual", "fastapi", "httpx", "escpos"}, line
        assert "Usage" in ran.stdout


def test_the_home_may_stand_before_the_command(boss: Boss, tmp_path: Path) -> None:
    there, other = boss.folder, tmp_path / "other"
    there.rename(other)
    process = boss.process("--home", other, "matrix", "C1-F5", "--json")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert json.loads(out)["C1"][0]["code"] == "C1-F5"


def test_what_a_command_says_of_itself_flows() -> None:
    """Its lines end where the window does, and nowhere else."""

    def commands(group: Any) -> Iterator[Any]:
        for name in group.commands:
            found = group.get_command(None, name)
            yield found
            yield from commands(found) if hasattr(found, "commands") else ()

    said = [each.help for each in commands(COMMANDS)]
    assert len(said) > 200
    assert [told for told in said if "\n" in told.replace("\n\n", "")] == []


def test_what_was_left_out_is_told_with_its_option(boss: Boss) -> None:
    ran = boss("manage", "M6", "end", "C1-05", "--reason", "because", "--operator", "3001")
    assert (ran.code, ran.err) == (1, "Say in a few words what it changes. (--title)\n")


@pytest.mark.parametrize(
    ("told", "by_a_command"),
    [
        ("There is no product P9. F4 shows the products.", "There is no product P9."),
        ("没有产品 P9。按 F4 查看产品。", "没有产品 P9。"),
        ("The invoice of this order is drawn already: F4 shows it.", "The invoice of this order is drawn already."),
        ("该单已开票：按 F4 查看。", "该单已开票。"),
        ("Say which account gets them. F4.", "Say which account gets them."),
        ("F4 shows them.", "F4 shows them."),
        ("Rule F4A1 is there already: change it.", "Rule F4A1 is there already: change it."),
        ("12.50 is too much, 9.00 is the most.", "12.50 is too much, 9.00 is the most."),
    ],
)
def test_what_a_command_tells_leaves_out_what_a_key_would_do(told: str, by_a_command: str) -> None:
    assert by_command(told) == by_a_command


def test_what_was_typed_may_be_of_any_length_in_what_is_told() -> None:
    typed = "王" * 200_000
    assert by_command(f"There is no {typed}. F4 shows them.") == f"There is no {typed}."
