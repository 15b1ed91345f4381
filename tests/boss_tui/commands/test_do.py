"""`boss do`: C1 from a form, its refusals, and that a refused form leaves nothing behind."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, func, select

from data.tables import all_tables
from tests.boss_tui.commands.conftest import SIGNED_ON, SUPERVISOR, Boss, Ran, journalled


@cache
def _example(boss: Boss) -> str:
    return boss.example()


def example(boss: Boss, **changes: Any) -> str:
    """A form of C1 that works, with changes, where nothing is ever sold."""
    values = {**json.loads(_example(boss)), **changes}
    return json.dumps({name: value for name, value in values.items() if value is not None})


LEFT = {"draft", "sequence", "setting"} | SIGNED_ON
"""Tables that a refused form may leave something in: the draft itself, given up, its number, and who signed on."""


@cache
def _how_many(model: Any) -> Select[Any]:
    return select(func.count()).select_from(model.table())


def counts(boss: Boss) -> dict[str, Any]:
    """How many rows each table has, what is reserved, which document number comes next, what is journalled."""
    with boss.reading() as reading:
        told: dict[str, Any] = {}
        for name, model in all_tables().items():
            if name not in LEFT | {"reservation", "journal"}:
                told[name] = reading.scalar(_how_many(model))
        tables = all_tables()
        told["reserved"] = len(reading.all(tables["reservation"], state="active"))
        told["open drafts"] = len(reading.all(tables["draft"], state="open"))
        told["next"] = [row.next_number for row in reading.all(tables["document_range"], order=("id",))]  # type: ignore[attr-defined]
        told["journal"] = journalled(reading)
        return told


def test_an_example_can_be_done(boss: Boss) -> None:
    before = counts(boss)
    ran = boss("do", "c1", "--form", "-", typed=boss.example())
    assert (ran.code, ran.err) == (0, "")
    done = ran.json
    assert done["state"] == "inProgress"
    assert done["tendered"] == done["due"] > 0
    assert {paper["kind"] for paper in done["papers"]} == {"invoice", "receipt", "slip", "contract"}
    after = counts(boss)
    assert after["product_order"] == before["product_order"] + 1
    assert after["customer"] == before["customer"] + 1
    order = boss("order", done["serial"], "--json").json
    assert (order["state"], order["outbox"]) == ("inProgress", "pending")
    assert [state for _, state, _ in order["prints"]] == ["queued"] * len(done["papers"])
    assert boss("verify").code == 0


def test_a_form_says_how_it_is_paid(boss: Boss) -> None:
    tenders = [{"kind": "card", "amount": "100.00", "reference": "4711"}, {"kind": "cash", "amount": "200"}]
    ran = boss("do", "C1", "--form", "-", typed=boss.example(tenders=tenders))
    assert ran.code == 0, ran.err
    assert ran.json["tendered"] == 30_000
    assert ran.json["change"] == 30_000 - ran.json["due"]


def test_a_number_pays_once(boss: Boss) -> None:
    def paid(reference: str) -> Ran:
        tenders = [{"kind": "card", "amount": "100.00", "reference": reference}, {"kind": "cash", "amount": "200"}]
        return boss("do", "C1", "--form", "-", typed=boss.example(tenders=tenders))

    first = paid("POS1")
    assert first.code == 0, first.err
    before = counts(boss)
    again = paid("pos 1")
    assert (again.code, again.out) == (1, "")
    assert f"POS1 has paid order {first.json['serial']} of " in again.err
    assert counts(boss) == before
    assert paid("POS2").code == 0
    assert boss("verify").code == 0


def test_an_amount_that_is_unusually_much_is_meant_or_refused(boss: Boss) -> None:
    """As the screen asks about it once more: what is due, one line of it, or the change."""
    due = boss("do", "C1", "--form", "-", "--quote", typed=boss.example()).json["due"]

    def paid(fen: int) -> str:
        return boss.example(tenders=[{"kind": "cash", "amount": f"{fen / 100:.2f}"}])

    forms: list[tuple[Callable[[], str], str]] = [
        (lambda: boss.example(prepayment="10000"), "unusually much. If it is right: --sure."),
        (lambda: paid(due + 100_000), "1000.00 of change is unusually much. If it is right: --sure."),
    ]
    for form, told in forms:
        too_much, before = form(), counts(boss)
        ran = boss("do", "C1", "--form", "-", typed=too_much)
        assert (ran.code, ran.out) == (1, "")
        assert told in ran.err
        assert counts(boss) == before
        assert boss("do", "C1", "--form", "-", "--sure", typed=too_much).code == 0
    assert boss("do", "C1", "--form", "-", typed=paid(due + 99_999)).json["change"] == 99_999


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": None}, "name: This field is needed."),
    ({"password": "12"}, "password: "),
    ({"document_number": "330106199203054421"}, "document_number:"),
    ({"number": "13800000000"}, "number:"),
    ({"number": 13800000000}, "number:"),
    ({"iccid": "89860050112600000404"}, "iccid:"),
    ({"plan": "NOPE"}, "plan:"),
    ({"prepayment": "ten"}, "prepayment: An amount in yuan"),
    ({"long_distance": "mars"}, "long_distance: Not one of the choices."),
    ({"shoe_size": "43"}, "shoe_size: There is no such field in this form; there are "),
    ({"services": ["CLIP", "NOPE"]}, "services:"),
    ({"by_agent": "y"}, "agent_"),
    ({"address": ["a", {"b": 1}]}, "address:"),
    ({"name": "\ud800"}, "name: This is no text."),
    ({"tenders": "all of it"}, "tenders: A list of tenders"),
    ({"tenders": [{"kind": "cash", "amount": "lots"}]}, "tenders: An amount in yuan"),
    ({"tenders": [{"kind": "cash", "amount": 100}]}, "tenders: A list of tenders"),
    ({"tenders": [{"kind": "cash", "amount": "1", "colour": "red"}]}, "tenders: A list of tenders"),
]


@pytest.mark.parametrize(
    ("changes", "told"), WRONG, ids=lambda value: str(value)[:40].encode("ascii", "replace").decode()
)
def test_a_wrong_form_is_refused_and_changes_nothing(unchanged: Boss, changes: dict[str, Any], told: str) -> None:
    form, before = example(unchanged, **changes), counts(unchanged)
    ran = unchanged("do", "C1", "--form", "-", typed=form)
    assert ran.code == 2, ran
    assert told in ran.err
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert counts(unchanged) == before


@pytest.mark.parametrize("tenders", [[], [{"kind": "cash", "amount": "0.01"}], [{"kind": "gold", "amount": "900"}]])
def test_too_little_paid_is_refused(unchanged: Boss, tenders: list[dict[str, str]]) -> None:
    form, before = example(unchanged, tenders=tenders), counts(unchanged)
    ran = unchanged("do", "C1", "--form", "-", typed=form)
    assert ran.code in {1, 2}, ran
    assert ran.err.strip()
    assert counts(unchanged) == before


def test_a_file_says_yuan_to_the_last_digit(unchanged: Boss) -> None:
    form = example(unchanged, prepayment=0)
    for written, due in (("100", 10_000), ("12.30", 1_230)):
        plain = unchanged("do", "C1", "--quote", "--form", "-", typed=form).json["due"]
        more = unchanged("do", "C1", "--quote", "--form", "-", typed=_with(form, written)).json["due"]
        assert more - plain == due
    for written in ("12.300", "1e3", "NaN", "-1", "true"):
        ran = unchanged("do", "C1", "--quote", "--form", "-", typed=_with(form, written))
        assert (ran.code, "prepayment" in ran.err) == (2, True), written


def _with(form: str, written: str) -> str:
    """The form with the amount spelt in just this way."""
    assert '"prepayment": 0' in form
    return form.replace('"prepayment": 0', f'"prepayment": {written}')


BROKEN: list[tuple[Callable[[str], bytes], str]] = [
    (lambda form: _lines(form, 7, '"plan" "P58",'), "line 7: not JSON"),
    (lambda form: _lines(form, 3, '  "name": "\xff",', "latin-1"), "line 3: not UTF-8"),
    (lambda form: form.replace("{", '{"name": "first",', 1).encode(), "name: This field is said twice."),
    (lambda _: b"[]", "one JSON object"),
    (lambda _: b"", "line 1: not JSON"),
    (lambda _: b"[" * 100_000, "one JSON object"),
]


def _lines(form: str, number: int, line: str, encoding: str = "utf-8") -> bytes:
    """The form with one field a line, one line of which is broken."""
    lines = json.dumps(json.loads(form), indent=1).split("\n")
    lines[number - 1] = line
    return "\n".join(lines).encode(encoding)


@pytest.mark.parametrize(("broken", "told"), BROKEN)
def test_a_broken_file_says_where(unchanged: Boss, tmp_path: Path, broken: Callable[[str], bytes], told: str) -> None:
    before, file = counts(unchanged), tmp_path / "form.json"
    file.write_bytes(broken(example(unchanged)))
    ran = unchanged("do", "C1", "--form", file)
    assert ran.code == 2, ran
    assert told in ran.err
    assert counts(unchanged) == before


def test_what_a_form_may_not_be(boss: Boss, tmp_path: Path) -> None:
    assert boss("do", "C1").code == 2
    assert boss("do", "C1", "--form", tmp_path / "none.json").code == 3
    assert boss("do", "C1", "--form", tmp_path).code == 3
    ran = boss("do", "C99", "--example")
    assert (ran.code, ran.err) == (1, "There is no business C99 here.\n")


def test_the_same_number_is_not_sold_twice(boss: Boss) -> None:
    form = boss.example()
    assert boss("do", "C1", "--form", "-", typed=form).code == 0
    before = counts(boss)
    ran = boss("do", "C1", "--form", "-", typed=form)
    assert ran.code == 2
    assert "number:" in ran.err
    assert counts(boss) == before


def test_check_and_quote_do_nothing(boss: Boss) -> None:
    form = boss.example(prepayment="30")
    before = counts(boss)
    checked = boss("do", "C1", "--form", "-", "--check", typed=form)
    assert (checked.code, checked.json["verdict"], checked.json["errors"]) == (0, "yes", {})
    quoted = boss("do", "C1", "--form", "-", "--quote", typed=form).json
    assert quoted["due"] == sum(line["amount"] for line in quoted["lines"] if not line["monthly"])
    for way in ("--check", "--quote"):
        half = boss("do", "C1", "--form", "-", way, typed=example(boss, address="", iccid=None))
        assert half.code == 2
        assert half.json["errors"] == dict.fromkeys(("address", "iccid"), half.json["errors"]["address"])
        assert half.json["errors"]["address"] in ("This field is needed.", "本栏必填。")
    wrong = boss("do", "C1", "--form", "-", "--check", typed=boss.example(plan="NOPE", shoe_size="43"))
    assert wrong.code == 2
    assert {"plan", "shoe_size"} <= set(wrong.json["errors"])
    assert counts(boss) == before


def test_errors_and_facts_are_in_the_language_that_is_asked_for(boss: Boss) -> None:
    form = boss.example(name=None)
    ran = boss("do", "C1", "--form", "-", typed=form, BOSS_LANGUAGE="zh_CN")
    assert ran.err == "name: 本栏必填。\n"


def test_somebody_must_work(boss: Boss) -> None:
    assert boss("do", "C1", "--example", "--operator", SUPERVISOR).code == 0
    wrong = boss("do", "C1", "--example", "--operator", SUPERVISOR, BOSS_PASSWORD="guessed")
    assert (wrong.code, wrong.err) == (1, "Staff number or password is wrong.\n")
    silent = boss("do", "C1", "--example", "--operator", SUPERVISOR, BOSS_PASSWORD="")
    assert silent.code == 2
    assert "BOSS_PASSWORD" in silent.err
    settings = boss.folder / "settings.toml"
    settings.write_text(settings.read_text().replace("demo = true", "demo = false"))
    nobody = boss("do", "C1", "--example")
    assert (nobody.code, "--operator" in nobody.err) == (2, True)


def test_a_slip_of_an_outage_is_entered_once(boss: Boss) -> None:
    today = next(f["value"] for f in boss("report", "day", "--json").json["facts"] if f["label"] == "Business date")
    slip = ("--slip", "sg-17", "--written-on", today, "--written-at", "00:00", "--written-by", "1001")
    done = boss("do", "C1", "--form", "-", *slip, typed=boss.example())
    assert done.code == 0, done.err
    assert "sg-17" in boss("order", done.json["serial"]).out
    again = boss("do", "C1", "--form", "-", *slip, typed=boss.example())
    assert (again.code, again.out) == (2, "")
    assert f"number: Slip sg-17 was entered on {today} already" in again.err
    undone = ("waiting", "slip", "18", "c2", "--why", "number is sold", "--taken", "20", *slip[2:])
    assert boss(*undone).code == 0
    (item,) = (item for item in boss("waiting", "list", "--json").json if item["kind"] == "slip")
    assert boss("waiting", "settle", "slip", item["key"], "back-cash", "--words", "given back").code == 0
    assert boss("verify").code == 0
