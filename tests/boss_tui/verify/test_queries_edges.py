"""Rules that are one query, over an empty store: each bound on both sides, and whom a finding names."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components.till.blind import ALONE
from boss_tui.verify.rule import Rule
from boss_tui.verify.run import RULES
from data.tables.counting import BlindCount
from data.tables.document import DocumentRange, NumberMove, PaperDocument
from data.tables.finance import Shift
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import row

__all__ = ["empty_store", "tx"]
BY_NAME = {rule.name: rule for rule in RULES if isinstance(rule, Rule)}


def numbers(key: str = "r", first: int = 10, last: int = 19, next_: int = 13, **values: Any) -> Any:
    about = {"kind": "invoice", "code": "A", "outlet": "HZ01", "state": "open", **values}
    return row(DocumentRange, id=key, first_number=first, last_number=last, next_number=next_, **about)


def paper(number: int, key: str = "", **values: Any) -> Any:
    about = {"kind": "invoice", "code": "A", "outlet": "HZ01", "range_id": "r", **values}
    return row(PaperDocument, id=key or f"d{number}", number=number, **about)


def blind(number: int, state: str = "accepted", **values: Any) -> Any:
    key = f"b{values.get('subject', 's')}{number}{values.get('outlet', '')}"
    return row(BlindCount, id=key, number=number, state=state, **{"outlet": "HZ01", "subject": "s", **values})


USED = tuple(paper(number) for number in (10, 11, 12))
WITHIN, AT_END = "next number is within the range", "range is used up at its end"
MISSING, UNUSED = "used number has its document", "document is of a used number"
FITS, ONCE, APART = "document fits its range", "document number is used once", "ranges do not overlap"
ANEW = "what is printed anew has a supervisor's word"
WORD = "a count after the books have answered has a supervisor's word"
RISE, OF_SHIFT = "counts that are put down rise by one", "a count that was put down is the shift's"


@pytest.mark.parametrize(
    ("rule", "rows", "keys"),
    [
        (WITHIN, [numbers()], []),
        (WITHIN, [numbers(first=19)], ["r"]),
        (WITHIN, [numbers(first=13, last=13)], []),
        (WITHIN, [numbers(first=14, last=13, next_=14)], ["r"]),
        (WITHIN, [numbers(next_=9)], ["r"]),
        (WITHIN, [numbers(next_=10)], []),
        (WITHIN, [numbers(next_=20)], []),
        (WITHIN, [numbers(next_=21)], ["r"]),
        (AT_END, [numbers(next_=19)], []),
        (AT_END, [numbers(next_=20)], ["r"]),
        (AT_END, [numbers(next_=20, state="used_up")], []),
        (AT_END, [numbers(next_=19, state="used_up")], ["r"]),
        (AT_END, [numbers(next_=20, state="returned")], []),
        (MISSING, [numbers(), *USED], []),
        (MISSING, [numbers(next_=10)], []),
        (MISSING, [numbers(), USED[0], USED[2]], ["r 11 11"]),
        (MISSING, [numbers(), USED[2]], ["r 10 11"]),
        (MISSING, [numbers(), USED[0]], ["r 11 12"]),
        (MISSING, [numbers()], ["r 10 12"]),
        (UNUSED, [numbers(), paper(10), paper(12)], []),
        (UNUSED, [numbers(), paper(9)], ["d9"]),
        (UNUSED, [numbers(), paper(13)], ["d13"]),
        (FITS, [numbers(), paper(10)], []),
        (FITS, [numbers(), paper(10, kind="receipt")], ["d10"]),
        (FITS, [numbers(), paper(10, code="B")], ["d10"]),
        (FITS, [numbers(), paper(10, outlet="HZ02")], ["d10"]),
        (ONCE, [paper(10), paper(11), paper(10, "x", code="B"), paper(10, "y", kind="receipt")], []),
        (APART, [numbers(), numbers("t", 20, 29)], []),
        (APART, [numbers(), numbers("t", 19, 29)], ["r", "t"]),
        (APART, [numbers(), numbers("t", 19, 29, code="B")], []),
        (APART, [numbers(), numbers("t", 19, 29, kind="receipt")], []),
        (ANEW, [row(NumberMove, id="m", act="anew", approved_by="2001")], []),
        (ANEW, [row(NumberMove, id="m", act="anew")], ["m"]),
        (ANEW, [row(NumberMove, id="m", act="void")], []),
        # counts made blind
        (WORD, [blind(ALONE)], []),
        (WORD, [blind(ALONE + 1)], [f"bs{ALONE + 1}"]),
        (WORD, [blind(ALONE + 1, approved_by="2001")], []),
        (WORD, [blind(ALONE + 1, "put_down")], []),
        (WORD, [blind(2), blind(1, "answered")], ["bs2"]),
        (WORD, [blind(2), blind(1, "put_down")], []),
        (WORD, [blind(2), blind(1, "answered", subject="t")], []),
        (WORD, [blind(2), blind(1, "answered", outlet="HZ02")], []),
        (RISE, [blind(1), blind(2), blind(3)], []),
        (RISE, [blind(2)], ["bs2"]),
        (RISE, [blind(1), blind(3)], ["bs3"]),
        (RISE, [blind(1), blind(1, subject="t"), blind(1, outlet="HZ02")], []),
        (OF_SHIFT, [blind(1, amount=5), row(Shift, id="s", state="closed", counted_cash=5)], []),
        (OF_SHIFT, [blind(1, amount=5), row(Shift, id="s", state="closed", counted_cash=6)], ["bs1"]),
        (OF_SHIFT, [blind(1, amount=5), row(Shift, id="s", state="open", counted_cash=5)], ["bs1"]),
        (OF_SHIFT, [blind(1, "answered", amount=5), row(Shift, id="s", state="open", counted_cash=6)], []),
    ],
)
def test_what_breaks_a_rule_is_found(tx: Loose, rule: str, rows: list[Any], keys: list[str]) -> None:
    tx.put(*rows)
    found = list(BY_NAME[rule](tx, {}))
    assert {(each.rule, each.table) for each in found} <= {(rule, BY_NAME[rule].model.__tablename__)}
    if rule == MISSING:
        told = [f"{each.key} {each.message.values['first']} {each.message.values['last']}" for each in found]
    else:
        told = sorted(each.key for each in found)
    assert told == keys
