"""`boss manage CODE …` over headquarters' home: the way of a change from a row to in force, and files in and out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from boss_tui.home.settings import Home
from boss_tui.start.home_files import home_key, renew_head
from data.clock import CHINA, SystemClock
from tests.boss_tui.commands.conftest import Boss
from tests.boss_tui.editions.office import Desk as Stage

MAKER, CHECKER, THIRD = ("--operator", "3001"), ("--operator", "3002"), ("--operator", "3003")
_DAY = SystemClock().now().astimezone(CHINA).date()
TODAY, TOMORROW = _DAY.isoformat(), (_DAY + timedelta(days=1)).isoformat()


@pytest.fixture
def boss(tmp_path: Path) -> Boss:
    """A home of headquarters with the editions' own office in it."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    Stage.made(url, SystemClock(), TODAY).store.close()
    home = Home.make(tmp_path / "home", outlet="HQ", counter="HQ01", store=url, encrypted=False)
    store = home.open_store()
    home_key(home, "headquarters")
    renew_head(home, store)
    store.close()
    return Boss(home.folder)


def test_a_price_goes_its_way_by_command(boss: Boss) -> None:
    assert "M6/price_rule" in boss("manage", *MAKER, "M6").out
    assert "M6/price_rule" in [each["name"] for each in boss("manage", "--json", *MAKER).json]
    new = boss(
        "manage",
        "M6",
        "new",
        "item=card",
        "business=c2",
        "amount=12.50",
        "id=N1",
        "--title",
        "Cards",
        "--reason",
        "dearer",
        "--from",
        TOMORROW,
        "--json",
        *MAKER,
    )
    assert (new.code, new.json["rows"], new.json["edition"]["state"]) == (0, 1, "draft")
    assert boss("manage", "M6", "edit", "P1", "amount=11", *MAKER).code == 0
    assert boss("manage", "M6", "end", "P2", *MAKER).code == 0
    still = boss("manage", "M6/charge_item", "end", "card", *MAKER)
    assert (still.code, "still name it" in still.err, still.out) == (1, True, "")  # as its submission would tell
    shown = boss("manage", "M6", "show", "P1", "--json", *MAKER).json
    assert (shown["before"]["amount"], shown["after"]["amount"], shown["edition"]["number"]) == ("10.00", "11.00", 1)
    listed = boss("manage", "M6", "list", "--filter", "is:pending", "--json", *CHECKER).json
    rows = (*listed["coming"], *listed["rows"])
    marks = [(row["key"], row["pending"][0]["author"], row["pending"][0]["op"]) for row in rows]
    assert marks == [(["N1"], "3001", "add"), (["P1"], "3001", "change"), (["P2"], "3001", "end")]
    said = ("--title", "Ends", "--reason", "too few", "--anyway")
    assert boss("manage", "M6/charge_item", "end", "card", *said, *MAKER).code == 0
    refused = boss("manage", "M6", "submit", "2", *MAKER)
    can_not = "charge item card can't end"
    assert (refused.code, can_not in still.err, can_not in refused.err) == (1, True, True)
    out = ("manage", "M6/charge_item", "drop", "card", "--edition", "2", *MAKER)
    assert boss(*out).out == "0 rows in edition 2, Ends: draft.\n"
    assert (boss(*out).code, boss("manage", "M6", "drop", "P3", *MAKER).code) == (1, 1)
    assert boss("manage", "M6", "submit", "1", *MAKER).code == 0
    assert "3002, and another" in boss("manage", "M6", "approve", "1", *CHECKER).out  # a price that ends: a large cut
    assert boss("manage", "M6", "approve", "1", *CHECKER).code == 1
    assert boss("manage", "M6", "approve", "1", *THIRD).code == 0
    table = boss("manage", "M6", "list", "--sort", "-amount", "--as-of", TOMORROW, *MAKER)
    assert [line.split()[0] for line in table.out.splitlines()] == ["Rule", "N1", "P1"]
    assert "2 of 2" in table.err
    told = boss("manage", "M6", "history", "P1", "--json", *MAKER).json
    assert [(each["author"], each["approver"], each["state"]) for each in told] == [
        ("3001", "3003", "approved"),
        ("", "", "in_force"),
    ]
    assert boss("manage", "M6", "diff", TODAY, "--json", *MAKER).json == []
    differs = boss("manage", "M6", "diff", TODAY, TOMORROW, "--json", *MAKER).json
    assert {(d["key"][0], d["op"]) for d in differs} == {("N1", "add"), ("P1", "change"), ("P2", "end")}
    before = boss("manage", "M6", "list", "--json", *MAKER).json
    assert (before["fit"], before["of"], [row["amount"] for row in before["rows"]]) == ("2", "2", [1000, 2000])
    assert boss("manage", "M6", "withdraw", "1", "a mistake", *MAKER).code == 0
    assert boss("manage", "M6", "diff", TODAY, TOMORROW, "--json", *MAKER).json == []
    assert boss("verify").code == 0


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        (("M99", "list"), 1, "Managers keep nothing called M99"),
        (("M6/nosuch", "list"), 1, "keeps no nosuch"),
        (("M6", "list", "--filter", "colour:red"), 2, "colour"),
        (("M6", "list", "--sort", "colour"), 2, "colour"),
        (("M6", "list", "--as-of", "soon"), 1, "Not a day"),
        (("M6", "show", "P9"), 1, "There is no price rule P9"),
        (("M6", "edit", "P1", "amount=x", "--title", "t"), 2, "amount"),
        (("M6", "edit", "P1", "amount"), 2, "FIELD"),
        (("M6", "edit", "P1", "amount=1", "amount=2"), 2, "twice"),
        (("M6", "edit", "P1", "amount=1"), 1, "few words"),
        (("M6/tax_rate", "show", "std"), 1, "Tax category/From"),
        (("M6", "diff", "2026-03-01", "2026-02-01"), 1, "is after"),
        (("M6", "import", "/no.csv"), 3, "/no.csv"),
        (("M1", "list"), 1, "lacks the right M1"),
    ],
)
def test_what_is_refused_says_why_and_ends_with_its_code(
    boss: Boss, command: tuple[str, ...], code: int, told: str
) -> None:
    ran = boss("manage", *command, *MAKER)
    assert (ran.code, told in ran.err) == (code, True), ran


def test_a_file_is_looked_at_then_brought_in_once(boss: Boss, tmp_path: Path) -> None:
    file, bad = tmp_path / "new.csv", tmp_path / "bad.csv"
    file.write_bytes("规则,费用项目,业务,金额\nP1,,,15\nP2,,,20\nN1,card,C9,x\n".encode("gb18030"))
    looked = boss("manage", "M6", "import", file, "--bad", str(bad), "--json", *MAKER)
    facts = looked.json
    assert (looked.code, facts["encoding"], facts["new"], facts["changed"], facts["same"], facts["bad"]) == (
        2,
        "GB 18030",
        0,
        1,
        1,
        1,
    )
    assert [(each["line"], each["column"]) for each in facts["faults"]] == [(4, "amount")]
    assert bad.read_text("utf-8-sig").splitlines()[1].startswith("N1,card,C9,x,amount,")
    refused = boss("manage", "M6", "import", file, "--go", *MAKER)
    assert (refused.code, "line 4" in refused.err) == (1, True)
    done = boss("manage", "M6", "import", file, "--go", "--good-rows", "--json", *MAKER).json["job"]
    assert (done["state"], done["done"], done["said"]["editions"][0][1]) == ("done", 1, 1)
    again = boss("manage", "M6", "import", file, "--go", "--good-rows", *MAKER)
    assert (again.code, "into edition 1" in again.err) == (1, True)
    assert boss("manage", "M6", "import", file, "--go", "--good-rows", "--again", *MAKER).code == 0
    assert [job["state"] for job in boss("manage", "M6", "jobs", "--json", *MAKER).json] == ["done", "done"]
    assert "import price_rule: 1 of 1" in boss("manage", "M6", "jobs", *MAKER).out


def test_a_file_goes_into_a_draft_beside_what_was_typed(boss: Boss, tmp_path: Path) -> None:
    """As rows that are typed do; what the file says of a row that was typed counts. Another's draft is not for it."""
    typed = boss("manage", "M6", "edit", "P1", "amount=12", "--title", "Dearer", "--reason", "x", "--json", *MAKER).json
    file = tmp_path / "new.csv"
    file.write_text("id,item,business,amount\nP1,,,15\nP2,,,25\nN1,card,C9,3\n", "utf-8")
    number = str(typed["edition"]["number"])
    other = boss("manage", "M6", "import", file, "--go", "--edition", number, *CHECKER)
    assert (other.code, "make an edition of your own" in other.err) == (1, True)
    none = boss("manage", "M6", "import", file, "--go", "--edition", "77", *MAKER)
    assert (none.code, "no edition 77" in none.err) == (1, True)
    done = boss("manage", "M6", "import", file, "--go", "--edition", number, "--json", *MAKER).json["job"]
    assert [each[1] for each in done["said"]["editions"]] == [typed["edition"]["number"]]
    shown = boss("edition", "show", number, "--json", *MAKER).json
    assert sorted(d["after"] for d in shown["differences"] if d["column"] == "amount") == [300, 1500, 2500]
    assert len(boss("edition", "list", "--json", *MAKER).json) == 1


@pytest.mark.parametrize(("name", "begins"), [("p.csv", b"\xef\xbb\xbfRule,"), ("p.xlsx", b"PK")])
def test_what_a_list_shows_goes_into_a_file_that_comes_back(
    boss: Boss, tmp_path: Path, name: str, begins: bytes
) -> None:
    path = boss("manage", "M6", "export", tmp_path / name, "--filter", "amount>15", *MAKER, BOSS_LANGUAGE="en").out
    content = Path(path.strip()).read_bytes()
    assert path.strip() == str(tmp_path / name)
    assert content.startswith(begins) or content.startswith(b"\xef\xbb\xbf")
    back = boss("manage", "M6", "import", tmp_path / name, "--json", *MAKER).json
    assert (back["rows"], back["same"]) == (1, 1)
    taken = boss("manage", "M6", "export", tmp_path / name, *MAKER)
    assert (taken.code, "is there already" in taken.err) == (1, True)


def test_a_draft_is_said_more_of_and_is_what_is_tried(boss: Boss) -> None:
    assert (
        boss("manage", "M6", "new", "item=card", "business=c2", "amount=7", "id=N2", "--title", "A", *MAKER).code == 0
    )
    assert "N2" in boss("manage", "M6", "try", "business=C2", *MAKER).out  # the open draft is in the rows
    assert "N2" not in boss("manage", "M6", "try", "business=C2", *CHECKER).out
    assert "N2" in boss("manage", "M6", "try", "--edition", "1", *CHECKER).out  # what it changes, nothing said
    assert "Say why" in boss("manage", "M6", "submit", "1", *MAKER).err
    past = boss("manage", "M6", "describe", "1", "--from", "2020-01-01", *MAKER)
    assert (past.code, "is over" in past.err) == (1, True)
    assert boss("manage", "M6", "describe", "1", "--reason", "dearer", *CHECKER).code == 1
    said = ("--reason", "dearer", "--title", "B", "--from", TOMORROW, "--json")
    told = boss("edition", "describe", "1", *said, *MAKER).json
    assert (told["title"], told["reason"], told["effective_from"]) == ("B", "dearer", TOMORROW)
    told = boss("manage", "M6", "describe", "1", "--from", "-", "--json", *MAKER).json
    assert (told["title"], told["reason"], told["effective_from"]) == ("B", "dearer", "")
    assert boss("manage", "M6", "submit", "1", *MAKER).code == 0
    assert "N2" in boss("manage", "M6", "try", "business=C2", *CHECKER).out  # it waits for them


def test_a_row_that_would_be_refused_is_told_and_makes_no_draft(boss: Boss) -> None:
    typed = ("item=card", "business=C2", "amount=7", "id=N2", "valid_from=20261231", "valid_to=20261201")
    new = ("manage", "M6", "new", *typed, "--title", "A", *MAKER)
    refused = boss(*new)
    assert (refused.code, "It ends before it begins." in refused.err) == (2, True)
    edit = ("manage", "M6", "edit", "P1", "valid_from=20261231", "valid_to=20261201", "--title", "B", *MAKER)
    assert boss(*edit).code == 2
    assert boss("edition", "list", "--json", *MAKER).json == []
    assert boss(*new, "--anyway").code == 0  # another row may mend it
    assert [each["title"] for each in boss("edition", "list", "--json", *MAKER).json] == ["A"]


def test_a_copy_takes_along_what_belongs_to_it(boss: Boss) -> None:
    def put(entity: str, *typed: str) -> None:
        assert boss("manage", f"M4/{entity}", "new", *typed, *MAKER).code == 0

    put("product", "code=CLIP", "name_zh=显示", "kind=service", "--title", "First", "--reason", "begins")
    put("product_relation", "product=PLAN", "other=CLIP")
    put("plan_rate", "plan=PLAN", "kind=voice", "included=60", "price=0.20")
    put("price_rule", "id=A", "item=fee", "business=C1", "product=PLAN", "amount=29", "monthly=y")
    put("price_rule", "id=B", "item=fee", "business=C1", "product=CLIP", "amount=0", "monthly=y")
    put("price_rule", "id=C", "item=card", "business=C1", "product=PLAN", "amount=1", "state=withdrawn")
    assert boss("manage", "M4", "submit", "1", *MAKER).code == 0
    assert boss("manage", "M4", "approve", "1", *CHECKER).code == 0

    new = ("manage", "M4", "new", "--title", "Copy", "--reason", "cheaper", "code=p2", "name_zh=新", *MAKER)
    assert boss(*new, "--like", "NONE").code == 1
    assert boss(*new, "--like", "PLAN", "--json").json["rows"] == 4
    shown = boss("edition", "show", "2", "--json", *MAKER).json["differences"]
    made = {(each["table"], each["column"]): each["after"] for each in shown if each["column"] in {"product", "amount"}}
    assert made == {("price_rule", "product"): "P2", ("price_rule", "amount"): 2900}
    assert {(each["table"], *each["key"]) for each in shown if each["table"] != "price_rule"} == {
        ("product", "P2"),
        ("product_relation", "P2", "CLIP"),
        ("plan_rate", "P2", "voice"),
    }
    assert boss("manage", "M4", "submit", "2", *MAKER).code == 0
    assert boss("manage", "M4", "new", "--like", "PLAN", "code=PLAN", "--title", "Again", *MAKER).code == 2


def test_what_may_be_typed_is_listed_field_by_field_and_what_may_stand_in_one(boss: Boss) -> None:
    asked = {each["field"]: each for each in boss("manage", "M6", "fields", "--json", *MAKER).json}
    assert (asked["item"]["must"], asked["item"]["takes"]) == ("*", "From a list: boss manage M6 fields item")
    assert (asked["name_en"]["must"], asked["valid_from"]["takes"][:6]) == ("", "A day:")
    assert [
        each["value"] for each in boss("manage", "M6", "fields", "item", "--like", "car", "--json", *MAKER).json
    ] == ["card"]
    assert boss("manage", "M6", "fields", "colour", *MAKER).code == 1
    tried = boss("manage", "M6", "fields", "--try", *MAKER)
    assert (tried.code, "boss manage M6 fields --try products" in tried.out) == (0, True)
    assert "C12" in boss("manage", "M6", "fields", "business", "--try", *MAKER).out
    assert "products" in boss("manage", "M6", "fields", "colour", "--try", *MAKER).err
    leased = boss("manage", "M5", "fields", "--do", "lease", "--json", *MAKER).json
    act = {each["field"]: each["takes"] for each in leased}
    assert act["grade"] == "From a list: boss manage M5 fields --do lease grade"
    assert boss("manage", "M5", "fields", "--do", "lease", "colour", *MAKER).code == 1
    bare = boss("manage", "M6", "try", *MAKER)
    assert (bare.code, bare.out) == (2, "")
    assert bare.err == tried.out + "business: This field is needed.\n"
