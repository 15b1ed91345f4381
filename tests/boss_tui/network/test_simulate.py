"""The loop of `boss network simulate`, driven by typed lines."""

from __future__ import annotations

import threading

from boss_tui.network.simulate import command, simulate
from data.message import Message

from .conftest import CREATE, NUMBER, Desk


def test_it_polls_and_says_what_it_does_until_quit(desk: Desk) -> None:
    desk.put([one.text for one in desk.dialect.render("create_subscriber", CREATE)])
    shown: list[str] = []
    simulate(desk.element, lambda message: shown.append(str(message)), ["slow 3\n", "\n", "quit\n"], seconds=30)
    assert sum("Done." in line for line in shown) == 5
    assert shown[-1] == "slow is now 3."
    assert desk.element.faults.slow == 3


def test_it_ends_when_it_is_told_from_outside(desk: Desk) -> None:
    ended = threading.Event()

    def show(message: Message) -> None:
        ended.set()

    simulate(desk.element, show, seconds=30, ended=ended)
    assert ended.is_set()


def test_each_typed_command_does_what_it_says(desk: Desk) -> None:
    desk.create()
    assert "1 subscriber, 0 barred" in str(command(desk.element, "state"))
    for line in ("refuse 1", "lose 2", "rubbish 3", "cut 4", "duplicate 5", f"bar 86{NUMBER}", "off"):
        command(desk.element, line)
    faults = desk.element.faults
    assert (faults.refuse, faults.lose, faults.rubbish, faults.cut, faults.duplicate) == (1, 2, 3, 4, 5)
    assert faults.numbers == {f"86{NUMBER}"}
    assert faults.off
    command(desk.element, f"allow 86{NUMBER}")
    command(desk.element, "on")
    assert not faults.numbers
    assert not faults.off
    name = desk.gateway.path / "outbox/taken"
    (batch,) = [path.name for path in name.iterdir()]
    command(desk.element, "cut 0")
    assert "0002" in str(command(desk.element, f"resend {batch}"))


def test_what_is_not_understood_is_answered(desk: Desk) -> None:
    for line in ("dance", "slow", "slow -1", "refuse many", "resend nothing"):
        assert str(command(desk.element, line))
    assert desk.element.faults.slow == 0
