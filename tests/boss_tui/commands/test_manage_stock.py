"""`boss manage M5 do`, `import` and `history` over headquarters' home: stock by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from boss_tui.headquarters.stream import publish
from boss_tui.home.settings import Home
from boss_tui.start.home_files import home_key, renew_head
from data.clock import CHINA, SystemClock
from data.journal import Author
from data.tables.edition import Edition
from tests.benchmarks.stocking import published
from tests.boss_tui.commands.conftest import Boss
from tests.boss_tui.editions.office import Desk as Stage

MAKER = ("--operator", "3001")
TODAY = SystemClock().now().astimezone(CHINA).date().isoformat()
NAME = "M5/phone_number"


@pytest.fixture
def boss(tmp_path: Path) -> Boss:
    """A home of headquarters with grades and two segments."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    Stage.made(url, SystemClock(), TODAY).store.close()
    home = Home.make(tmp_path / "home", outlet="HQ", counter="HQ01", store=url, encrypted=False)
    store = home.open_store()
    first = Edition(
        id="numbers", number=0, subject="load", title="N", author="", made_at="", counts_from=TODAY, at_once=1
    )
    with store.transaction(Author("", "first", ""), journalled=False) as tx:
        publish(tx, home_key(home, "headquarters"), first, list(published(20_000)))
    renew_head(home, store)
    store.close()
    return Boss(home.folder)


def test_acts_are_listed_and_done(boss: Boss) -> None:
    listed = boss("manage", "M5", "do", "--json", *MAKER).json
    assert {"act": "block", "fields": "numbers"}.items() <= listed[0].items()
    assert boss("manage", NAME, "do", "block", "numbers=13800001", "--json", *MAKER).json[0]["value"] == "1,000"
    made = boss("manage", NAME, "do", "block", "numbers=13800002", *MAKER)
    assert made.err == "Next: boss manage M5 do lease outlet=… numbers=13800002 pieces=1000\n"
    assert boss("manage", NAME, "do", "block", "numbers=13800001", *MAKER).code == 2
    assert boss("manage", NAME, "do", "block", *MAKER).code == 2
    assert boss("manage", NAME, "do", "block", "numbers=1380000", "numbers=1", *MAKER).code == 2
    assert boss("manage", NAME, "do", "no_such", *MAKER).code == 1
    assert boss("manage", NAME, "do", "block", "numbers=1380000", "--operator", "1001").code == 1
    life = boss("manage", NAME, "history", "13800001000", "--json", *MAKER).json
    assert [(line["who"], bool(line["when"])) for line in life] == [("3001", True), ("", False)]
    assert boss("manage", NAME, "history", "13800003000", *MAKER).code == 1


def test_a_file_is_looked_at_and_taken_in(boss: Boss, tmp_path: Path) -> None:
    file, bad = tmp_path / "n.csv", tmp_path / "bad.csv"
    file.write_text("number,grade\n13800008888,\n13800000001,ZZ\n13900000000,\n", "utf-8")
    looked = boss("manage", NAME, "import", str(file), "--bad", str(bad), "--json", *MAKER)
    assert (looked.code, looked.json["new"], looked.json["bad"], looked.json["encoding"]) == (2, 1, 2, "UTF-8")
    assert len(bad.read_text("utf-8-sig").splitlines()) == 3
    assert boss("manage", NAME, "import", str(file), "--go", *MAKER).code == 1
    taken = boss("manage", NAME, "import", str(file), "--go", "--good-rows", "--json", *MAKER)
    assert (taken.code, taken.json["job"]["state"], taken.json["job"]["said"]["taken"]) == (0, "done", 1)
    rows = boss("manage", NAME, "list", "--filter", "8888", "--json", *MAKER).json["rows"]
    assert [row["grade"] for row in rows] == ["AAAA"]
    assert boss("manage", NAME, "edit", "13800008888", "grade=N", "--title", "x", *MAKER).code == 1
