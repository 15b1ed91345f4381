"""One rule behind both doors: what the screen refuses for the link, the counter or the clock, a command refuses too."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.home.settings import Home
from data.clock import SystemClock, stamp
from data.journal import Author
from data.tables.billing import CustomerBill
from data.tables.customer import Customer
from data.tables.order import Subscription
from data.tables.sync import JournalHead
from tests.boss_tui.commands.conftest import PASSWORD, Boss
from tests.hall import FACTS


def link(boss: Boss, **head: Any) -> None:
    """How the link stands, as the last try found it."""
    store = Home(boss.folder).open_store()
    with store.transaction(Author(FACTS.outlet, "link", "test")) as tx:
        tx.change(tx.one(JournalHead, outlet=FACTS.outlet), **head)
    store.close()


@pytest.mark.parametrize("code", ["C4.1", "C4.3", "C5", "C9"])
def test_what_the_screen_refuses_without_a_link_a_command_refuses_too(boss: Boss, code: str) -> None:
    """The form waits for headquarters; with a contact of just now it is done."""
    example = boss("do", code, "--example").out
    said = ("do", code, "--form", "-", "--approver", "2001")
    long_ago = "2026-11-20T00:00:00.000000Z"
    for head in ({"last_contact": long_ago, "attempts": 3}, {"last_contact": long_ago, "attempts": 0}):
        link(boss, **head)
        ran = boss(*said, typed=example, BOSS_APPROVER_PASSWORD=PASSWORD)
        assert (ran.code, ran.out) == (1, ""), ran
        assert "Without a link" in ran.err
    link(boss, last_contact=stamp(SystemClock().now()), attempts=0)
    assert boss(*said, typed=example, BOSS_APPROVER_PASSWORD=PASSWORD).code == 0


def test_an_outlet_s_own_headquarters_must_have_answered(boss: Boss) -> None:
    """A home that names one, which was never reached."""
    settings = boss.folder / "settings.toml"
    lines = [line for line in settings.read_text().splitlines() if not line.startswith("demo")]
    settings.write_text("\n".join([*lines, 'headquarters = "http://127.0.0.1:9"']) + "\n")
    example = boss("do", "C5", "--example", "--operator", FACTS.clerk).out
    ran = boss("do", "C5", "--form", "-", "--operator", FACTS.clerk, typed=example)
    assert ran.code == 1
    assert "Without a link" in ran.err


@pytest.mark.parametrize("words", [("do", "C1", "--example"), ("till", "x"), ("authority", "list")])
def test_a_counter_must_exist(boss: Boss, words: tuple[str, ...]) -> None:
    """By option and by the environment."""
    said = (*words, "--operator", "2001")
    for ran in (boss(*said, "--counter", "X1"), boss(*said, BOSS_COUNTER="X1")):
        assert ran.code == 2
        assert "There is no counter X1" in ran.err


def test_a_code_approves_on_the_command_line(boss: Boss) -> None:
    """Without any password; it is used up by the business, and not by looking at its price."""
    made = boss("authority", "codes", "--count", "1", "--operator", "2001").json[0]["code"]
    example = boss("do", "C5", "--example").out
    looked = boss("do", "C5", "--form", "-", "--approver", made, "--quote", typed=example)
    assert looked.code == 1
    done = boss("do", "C5", "--form", "-", "--approver", made, typed=example)
    assert (done.code, done.err) == (0, "")


def test_a_supervisor_allows_another_way_of_paying_out_on_the_command_line(boss: Boss) -> None:
    """What came by a card goes out in cash: the form alone does not tell that somebody must allow it."""
    store = Home(boss.folder).open_store()
    with store.reading() as reading:
        line, owner = next(
            (line, owner)
            for line in reading.all(Subscription, state="active", order=("number",))
            for owner in reading.all(Customer, id=line.customer_id, holder="individual")
            if not [bill for bill in reading.all(CustomerBill, account_id=line.account_id) if bill.state != "settled"]
        )
    store.close()
    paid = {"kind": "card", "amount": "100", "reference": "620000000117"}
    advance = json.dumps({"who": line.number, "action": "advance", "amount": "100", "tenders": [paid]})
    assert boss("do", "C12", "--form", "-", typed=advance).code == 0
    back = json.dumps(
        {
            "who": line.number,
            "action": "refund",
            "amount": "100",
            "reason": "moves away",
            "document_number": owner.document_number,
        }
    )
    refused = boss("do", "C12", "--form", "-", typed=back)
    assert (refused.code, refused.out) == (1, "")
    assert "came another way" in refused.err
    said = ("do", "C12", "--form", "-", "--approver", "2001")
    wrong = boss(*said, typed=back, BOSS_APPROVER_PASSWORD="wrong")
    assert (wrong.code, wrong.out) == (1, "")
    done = boss(*said, typed=back, BOSS_APPROVER_PASSWORD=PASSWORD)
    assert (done.code, done.err) == (0, "")
    assert done.json["due"] == -100_00


def test_the_clock_is_shown_and_vouched_for(boss: Boss) -> None:
    """Ends with 1 while it is doubted."""
    assert boss("clock").code == 0
    link(boss, clock_offset_ms=3_600_000)
    doubted = boss("clock")
    assert doubted.code == 1
    assert "headquarters" in doubted.err
    assert boss("do", "C1", "--form", "-", typed=boss.example()).code == 1
    vouched = boss("clock", "--approver", "2001", BOSS_APPROVER_PASSWORD=PASSWORD)
    assert (vouched.code, vouched.err) == (0, "")
    assert boss("do", "C1", "--form", "-", typed=boss.example()).code == 0


@pytest.mark.parametrize("files", [("store.db",), ("store.db", "store.db-wal")])
def test_an_older_store_sells_nothing_by_command_either(boss: Boss, files: tuple[str, ...]) -> None:
    """As at a desk, which compares before anybody signs on: it must be brought up by headquarters first."""
    example = boss.example()
    older = {name: (boss.folder / name).read_bytes() for name in files if (boss.folder / name).exists()}
    assert boss("do", "C1", "--form", "-", typed=example).code == 0
    for left in boss.folder.glob("store.db*"):
        left.unlink()
    for name, content in older.items():
        (boss.folder / name).write_bytes(content)
    again = boss("do", "C1", "--form", "-", typed=example)
    assert (again.code, again.out) == (1, "")
    assert "The journal ends at entry" in again.err
    assert "boss sync" in again.err
