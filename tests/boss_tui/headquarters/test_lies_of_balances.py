"""An outlet that takes more out of a balance than is in it, or that signs alone for what a count misses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from boss_tui.headquarters.rules import balances, cash
from boss_tui.sync.states import reason_words
from data.journal import Change
from data.tables.account import BalanceBucket, BalanceEntry
from data.tables.finance import Posting, SafeCount
from data.tables.organisation import CashLimit
from data.tables.sync import SyncException
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, change, claim, known, told
from tests.boss_tui.headquarters.liar import headquarters, lying, morning, orders, push
from tests.boss_tui.headquarters.liar import row as of_entry
from tests.boss_tui.headquarters.test_cash_moves_edges import STAFF


@pytest.mark.parametrize("before", [-1, -1_000_000])
def test_no_balance_begins_below_nothing(tmp_path: Path, before: int) -> None:
    lie = lying(morning(), lambda body, _: of_entry(body, "balance_entry").update(before=before))
    office = headquarters(tmp_path)
    assert [(found.reason, found.state) for found in push(office, lie)] == [("balance", "open")]
    assert orders(office, lie) == [True, True, False, True]


BUCKET = row(BalanceBucket, id="b", account_id="a", amount=500)
OURS = [row(Posting, id="p0", outlet="HZ01"), row(BalanceEntry, id="e0", bucket_id="b", posting_id="p0", amount=500)]
THEIRS = [row(Posting, id="p9", outlet="HZ02"), row(BalanceEntry, id="e9", bucket_id="b", posting_id="p9", amount=1)]


FALSE, NOTED = ("balance", False), ("balance", True)


def waits(outlet: str, state: str = "open") -> Any:
    """Something of an outlet that was put aside."""
    return row(SyncException, id="x", outlet=outlet, state=state)


def entered(amount: int, before: int = 500, bucket: str = "b", key: str = "e1") -> Fact:
    return BalanceEntry, {"id": key, "bucket_id": bucket, "posting_id": "p1", "amount": amount, "before": before}


@pytest.mark.parametrize(
    ("rows", "entries", "found"),
    [
        ([BUCKET, *OURS], [entered(-500)], []),
        ([BUCKET, *OURS], [entered(-501)], [FALSE, FALSE]),
        ([BUCKET, *OURS], [entered(-300), entered(-201, before=200, key="e2")], [FALSE, FALSE]),
        ([BUCKET, *OURS], [entered(-300), entered(-200, before=200, key="e2")], []),
        ([BUCKET, *OURS], [entered(-300), entered(-200, key="e2")], [FALSE]),
        ([BUCKET, *OURS], [entered(-400), entered(400, before=100, key="e2")], []),
        ([BUCKET, *OURS], [entered(100, before=501)], [FALSE]),
        ([BUCKET, *OURS], [entered(100, before=499)], [FALSE]),
        ([BUCKET, *OURS], [entered(-501, before=501)], [FALSE, FALSE]),
        ([BUCKET, *OURS], [entered(100, before=-1)], [FALSE]),
        ([BUCKET, *OURS, *THEIRS], [entered(-501, before=501)], [NOTED]),  # what others moved is not known here
        ([BUCKET, *OURS, *THEIRS], [entered(100, before=9)], []),
        ([BUCKET, *OURS, waits("HZ01")], [entered(-501, before=501)], [NOTED, NOTED]),
        ([BUCKET, *OURS, waits("HZ02")], [entered(-501, before=501)], [FALSE, FALSE]),
        ([BUCKET, *OURS, waits("HZ01", "decided")], [entered(1, before=501)], [NOTED]),
        ([BUCKET, *OURS, waits("HZ01", "decided")], [entered(-501, before=501)], [NOTED, FALSE]),
        ([], [entered(-1, before=0)], [FALSE, NOTED]),
        ([], [entered(1, before=0)], []),
    ],
)
def test_no_more_is_taken_out_than_went_in(rows: list[Any], entries: list[Fact], found: list[tuple[str, bool]]) -> None:
    assert told(balances.judge(known(*rows), claim(*entries))) == found


def test_what_entries_before_it_in_its_batch_put_in_counts() -> None:
    here = known(BUCKET, *OURS)
    here.learn(claim(entered(300, key="e5"), entered(7, bucket="other", key="e6")))
    assert told(balances.judge(here, claim(entered(-800, before=800)))) == []
    assert told(balances.judge(here, claim(entered(-801, before=801)))) == [FALSE, FALSE]
    assert told(balances.judge(here, claim(entered(-500)))) == [FALSE]


LIMITS = [
    row(CashLimit, role="clerk", difference_limit=1_000),
    row(CashLimit, role="supervisor", difference_limit=5_000),
]


def counted(*changed: Change, new: Sequence[Fact] = ()) -> list[tuple[str, bool]]:
    return told(cash.judge(known(*STAFF, *LIMITS), claim(*new, changed=changed, kind="shift.close")))


@pytest.mark.parametrize(
    ("difference", "closed_by", "approved_by", "found"),
    [
        (0, "1001", "", 0),
        (-1_000, "1001", "", 0),
        (1_000, "1001", "", 0),
        (-1_001, "1001", "", 1),
        (1_001, "1001", "", 1),
        (-1_001, "1001", "2001", 0),
        (-1_001, "2001", "", 0),
        (-1_001, "1001", "1001", 1),
        (-1_001, "1001", "1002", 1),
        (-1_001, "1002", "", 1),
    ],
)
def test_who_signs_for_a_difference_may(difference: int, closed_by: str, approved_by: str, found: int) -> None:
    ends: dict[str, Any] = {"closed_by": closed_by, "approved_by": approved_by, "difference": difference}
    assert counted(change("shift", "h", state="closed", **ends)) == [("approval", False)] * found
    assert counted(change("shift", "h", state="suspended", **ends)) == []
    assert counted(change("shift", "of nobody", state="closed", **ends)) == []


@pytest.mark.parametrize(
    ("difference", "approved_by", "found"),
    [(5_000, "", 0), (-5_001, "", 1), (-5_001, "2001", 1), (-5_001, "2002", 0), (-5_001, "1001", 1)],
)
def test_a_safe_that_differs_is_signed_by_two(difference: int, approved_by: str, found: int) -> None:
    count = {"id": "c", "outlet": "HZ01", "business_date": DAY, "counted_by": "2001", "difference": difference}
    new: Fact = (SafeCount, {**count, "approved_by": approved_by})
    assert counted(new=[new]) == [("approval", False)] * found


def test_a_note_of_a_balance_has_words_of_its_own() -> None:
    assert str(reason_words("balance", noted=True)) != str(reason_words("balance"))
