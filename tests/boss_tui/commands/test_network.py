"""The network by commands: handed over, obeyed by the simulated element, fetched, settled by hand, reconciled."""

from __future__ import annotations

import fcntl
import sqlite3
from typing import Any

from boss_tui.commands.network import element_of
from boss_tui.home.settings import Home
from boss_tui.start.demonstration import ELEMENT_FILE, LOCK_FILE
from data.journal import Author
from data.tables.network import NetworkElement, WorkOrder
from data.tables.sync import JournalHead
from tests.boss_tui.commands.conftest import Boss


def obey(boss: Boss) -> None:
    """Let the simulated element take what waits."""
    ran = boss("network", "simulate", "HLR01", typed="quit\n")
    assert ran.code == 0, ran.err


def accepted(boss: Boss) -> None:
    """As if headquarters had acknowledged all of the journal: commands may leave then."""
    home = Home(boss.folder)
    store = home.open_store()
    with store.transaction(Author(home.settings.outlet, "test", "nobody"), journalled=False) as tx:
        head = tx.one(JournalHead, outlet=home.settings.outlet)
        tx.change(head, acked_seq=head.seq)
    store.close()


def sell(boss: Boss) -> Any:
    done = boss("do", "C1", "--form", "-", typed=boss.example())
    assert done.code == 0, done.err
    accepted(boss)
    return done.json


def order(boss: Boss, serial: str) -> str:
    return str(boss("order", serial, "--json").json["state"])


def test_an_order_goes_through_the_network(boss: Boss) -> None:
    done = sell(boss)
    assert boss("network", "status", "--json").json["open"] == 1
    assert boss("network", "send", "--json").json["sent"] == ["HLR01"]
    assert boss("network", "send", "--json").json["sent"] == []
    element = boss("network", "status", "--json").json["elements"][0]
    assert sum(element["commands"].values()) > 0
    assert boss("network", "receive", "--json").json["received"] == []
    obey(boss)
    ran = boss("network", "receive", "HLR01", "--json")
    assert ran.json == {"received": ["HLR01"], "completed": [done["serial"]]}
    assert order(boss, done["serial"]) == "completed"
    assert "0 open, 0 failed, 0 manual" in boss("network", "status").out
    accepted(boss)
    assert boss("network", "reconcile", "HLR01").code == 0


def test_work_does_all_of_it(boss: Boss) -> None:
    done = sell(boss)
    assert boss("network", "work", "--json").json["completed"] == []
    obey(boss)
    assert boss("network", "work", "--json").json["completed"] == [done["serial"]]
    assert boss("network", "receive", "NONE").code == 1
    assert boss("network", "send", "NONE").code == 1


def refuse(boss: Boss, number: str) -> None:
    """Let the element refuse all that names this number, until it is settled that a person must do it."""
    home = Home(boss.folder)
    with boss.reading() as reading:
        element = element_of(home, reading.one(NetworkElement, code="HLR01"))
    element.faults.numbers |= {number, f"86{number}"}
    for _ in range(5):
        boss("network", "work")
        element.step()
    element.close()


def test_a_refused_order_is_settled_by_hand(boss: Boss) -> None:
    done = sell(boss)
    refuse(boss, str(done["facts"]["number"]))
    assert "1 failed, 1 manual" in boss("network", "status").out
    found = boss("network", "manual", "--json").json
    work = found[0]["key"]
    assert (found[0]["serial"], found[0]["owner"], found[0]["level"]) == (done["serial"], "", 0)
    assert work in boss("network", "manual").out
    assert boss("network", "hold", work, "--until", "20200101", "--words", "parts are missing").code == 1
    for said in (("take", work), ("hand", work, "2001", "--words", "knows the element")):
        assert boss("network", *said).code == 0
    assert boss("network", "settle", work, "--done", "--words", "x").code == 1  # it is another's by now
    assert boss("network", "hand", work, "1004", "--words", "back", "--operator", "2001").code == 0
    assert "knows the element" in boss("network", "show", work).out
    assert boss("network", "manual", "--overdue", "--json").json == []
    assert boss("network", "settle", work, "--given-up").code == 1
    assert boss("network", "cancel", "none", "--words", "x").code == 1
    assert boss("network", "requeue", work).code == 1
    settled = boss("network", "settle", work, "--done", "--words", "done at the element")
    assert settled.code == 0, settled.err
    assert done["serial"] in settled.out
    assert order(boss, done["serial"]) == "completed"


def test_an_order_that_has_not_left_is_cancelled(boss: Boss) -> None:
    sell(boss)
    with boss.reading() as reading:
        work = reading.one(WorkOrder, state="open").id
    assert boss("network", "cancel", work, "--words", " ").code == 1
    assert boss("network", "cancel", work, "--words", "the customer left").code == 0
    assert boss("network", "status", "--json").json["open"] == 0


def test_book_and_network_are_compared(boss: Boss) -> None:
    assert boss("network", "reconcile", "HLR01").code == 0
    with sqlite3.connect(boss.folder / ELEMENT_FILE) as state:
        table = next(
            name
            for (name,) in state.execute("SELECT name FROM sqlite_master WHERE type='table'")
            if "imsi" in [row[1] for row in state.execute(f"PRAGMA table_info({name})")]
        )
        imsi = state.execute(f"SELECT imsi FROM {table} LIMIT 1").fetchone()[0]
        for (name,) in state.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall():
            if "imsi" in [row[1] for row in state.execute(f"PRAGMA table_info({name})")]:
                state.execute(f"DELETE FROM {name} WHERE imsi = ?", (imsi,))
    state.close()
    ran = boss("network", "reconcile", "HLR01", "--json")
    assert ran.code == 1
    assert {each["field"] for each in ran.json} == {"subscriber"}
    assert boss("verify").code == 1
    asked = boss("network", "reconcile", "HLR01", "--number", ran.json[0]["number"], "--seconds", "0")
    assert asked.code == 3  # it was asked, and nobody has answered yet
    (boss.folder / ELEMENT_FILE).unlink()
    assert boss("network", "reconcile", "HLR01").code == 1


def test_a_gateway_that_is_away_ends_with_3(boss: Boss) -> None:
    sell(boss)
    home = Home(boss.folder)
    store = home.open_store()
    with store.transaction(Author(home.settings.outlet, "test", "nobody")) as tx:
        tx.change(tx.one(NetworkElement, code="HLR01"), gateway="folder:settings.toml/none")
    store.close()
    for line in (("send",), ("receive",)):
        ran = boss("network", *line)
        assert ran.code == 3, (line, ran)
        assert "settings.toml" in ran.err


def test_the_element_is_not_run_twice(boss: Boss) -> None:
    with (boss.folder / LOCK_FILE).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert boss("network", "simulate").code == 1
    assert boss("network", "simulate", "NONE").code == 1
