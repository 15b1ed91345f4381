"""Every business through the command line: its example is done, and forms with one thing wrong change nothing."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest
from sqlalchemy import Select, select

from boss_tui.business.registry import BUSINESSES
from data.tables import all_tables
from data.tables.order import ProductOrder, Subscription
from tests.boss_tui.commands.conftest import PASSWORD, SIGNED_ON, SUPERVISOR, Boss, journalled
from tests.boss_tui.commands.wrong_forms import SPECIAL, UNDER_WAY, Wrong, wrong_forms
from tests.tiers import nightly

CODES = sorted(BUSINESSES)
FEWEST = 10
FEWEST_OF_ITS_OWN = 4
LEFT = {"draft", "reservation", "sequence", "setting", "approval_request"} | SIGNED_ON
"""Tables that a refused form may leave something in: the draft itself, given up, what it held, who signed on."""
UNSTABLE = {"revision", "holder"}
FOREIGN = re.compile(r"[A-Za-z]{3,} [a-z]{2,}")
"""Two words of English side by side, as no message in Chinese has them."""


def test_every_example_is_done_by_the_command_line_in_one_hall(boss: Boss) -> None:
    supervised = []
    for code in CODES:
        example = boss("do", code, "--example")
        assert (example.code, example.err) == (0, "")
        ran = boss("do", code, "--form", "-", typed=example.out)
        if "must approve" in ran.err:
            supervised.append(code)
            ran = boss(
                "do", code, "--form", "-", "--approver", SUPERVISOR, typed=example.out, BOSS_APPROVER_PASSWORD=PASSWORD
            )
        assert (ran.code, ran.err) == (0, ""), (code, ran)
        assert ran.json["code"] == code
    assert supervised == ["C5", "C9"]
    assert boss("verify").code == 0


def rows(boss: Boss) -> dict[str, list[str]]:
    """The whole store, table by table, but what a refused form may leave."""
    with boss.reading() as reading:
        found = {
            name: sorted(repr(row) for row in reading.rows(_stable(model)))
            for name, model in all_tables().items()
            if name not in LEFT | {"journal", "journal_head"}
        }
        return {**found, "journal": journalled(reading)}


@cache
def _stable(model: Any) -> Select[Any]:
    return select(*(column for column in model.table().columns if column.name not in UNSTABLE))


@pytest.mark.parametrize(("code", "every"), [*((code, 9) for code in CODES), *nightly(*((code, 1) for code in CODES))])
def test_a_form_with_one_thing_wrong_is_refused_beside_its_field_and_changes_nothing(
    unchanged: Boss, code: str, every: int
) -> None:
    """By day every ninth of those that are wrong by the kinds of their fields (what a kind refuses has tests of its
    own), and all that are wrong by themselves."""
    under_way(unchanged)
    example, before = unchanged("do", code, "--example").json, rows(unchanged)
    wrong = list(wrong_forms(code, example))
    assert len(wrong) >= FEWEST
    assert len(SPECIAL[code]) >= FEWEST_OF_ITS_OWN
    by_itself = len(wrong) - len(SPECIAL[code]) - 1
    tried = [*wrong[:by_itself:every], *wrong[by_itself:]]
    taken = [found for each in tried if (found := fault(unchanged, code, example, each))]
    assert not taken, "\n".join(taken)
    after = rows(unchanged)
    assert [name for name in before if before[name] != after[name]] == []


def under_way(boss: Boss) -> None:
    """An order waits for the network on the number of which some forms are."""
    form = json.dumps({**UNDER_WAY, "action": "suspend", "cause": "loss"})
    with boss.reading() as reading:
        (line,) = reading.all(Subscription, number=UNDER_WAY["number"])
        if reading.all(ProductOrder, subscription_id=line.id, state="inProgress"):
            return
    assert boss("do", "C6", "--form", "-", typed=form).code == 0


def fault(boss: Boss, code: str, example: dict[str, Any], wrong: Wrong) -> str:
    """What is not as it should be with the refusal of a form, in words; nothing when it is."""
    field, changes = wrong
    form = {name: value for name, value in {**example, **changes}.items() if value is not None}
    ran = boss("do", code, "--form", "-", typed=json.dumps(form), BOSS_LANGUAGE="zh_CN")
    told = dict(line.split(": ", 1) for line in ran.err.splitlines() if ": " in line)
    words = told.get(field, "") if field else ran.err
    if ran.code != (2 if field else 1) or ran.out or not words:
        return f"{code} {wrong}: {ran}"
    return f"{code} {wrong}: {words}" if FOREIGN.search(words) or words.isascii() else ""
