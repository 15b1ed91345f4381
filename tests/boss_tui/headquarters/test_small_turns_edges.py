"""Where rules turn that no lie of a whole day comes by: each alone, on rows in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from boss_tui.headquarters.absence import Absence
from boss_tui.headquarters.rules import closes, moves, named, people, points, reversals, sums, whose
from boss_tui.headquarters.rules.claim import Known
from boss_tui.reports.closing import digest_of
from data.journal import Change
from data.parameters import OPENING_POINTS
from data.tables.finance import (
    BusinessDay,
    ClosingReport,
    Payment,
    PaymentTender,
    Posting,
    PostingLine,
    Shift,
    ShiftCount,
    TenderKind,
)
from data.tables.network import WorkOrder
from data.tables.order import ProductOrder, Subscription
from data.tables.organisation import Alarm, Authority, Grant, Operator, Outlet, Role
from data.tables.resource import PhoneNumber, SimCard
from data.tables.service import Interaction, LoyaltyEntry
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, Stored, change, claim, form, known, order, published, told

ANOTHER_S = row(ProductOrder, id="o9", outlet="HZ02", serial="S9")


def test_what_hangs_on_another_outlet_s_order_is_told_once_and_what_is_about_it_never() -> None:
    paid: list[Fact] = [(Payment, {"id": f"p{at}", "order_id": "o9", "outlet": "HZ01"}) for at in (1, 2)]
    assert told(whose.judge(known(ANOTHER_S), claim(*paid))) == [("foreign", False)]
    about: Fact = (Interaction, {"id": "i", "order_id": "o9"})
    assert told(whose.judge(known(ANOTHER_S), claim(about))) == []
    second = row(ProductOrder, id="o8", outlet="HZ02", serial="S8")
    both = [change("product_order", "o9", touches=""), change("product_order", "o8", touches="")]
    assert told(whose.judge(known(ANOTHER_S, second), claim(changed=both))) == [("foreign", False)]


def test_an_outlet_reads_what_is_for_it_and_for_where_it_was() -> None:
    here = row(Outlet, code="HZ01", region="杭州", channel="own")
    lines = [
        published(1, "outlet", ["HZ01"], "2020-01-01", "add", code="HZ01", region="宁波", channel="own"),
        published(2, "outlet", ["HZ01"], DAY, region="杭州"),
    ]
    assert Known(Stored(here, *lines)).published.views == (None,)  # type: ignore[arg-type]
    views = Known(Stored(here, *lines), Absence(), "HZ01").published.views  # type: ignore[arg-type]
    assert ["region:宁波" in (view or ()) for view in views] == [False, True]
    assert ["region:杭州" in (view or ()) for view in views] == [True, False]


def test_what_was_read_by_an_outlet_is_what_counted_by_then() -> None:
    lines = [
        published(1, "role", ["x"], "2020-01-01", "add", code="x", grade="a"),
        published(2, "role", ["x"], DAY, grade="b"),
        published(3, "role", ["x"], "2026-11-30", grade="c"),
    ]
    has = known(*lines).published
    grades = [
        (has.read_to(number, Role, ("x",), day) or {}).get("grade") for number, day in [(1, DAY), (2, DAY), (3, DAY)]
    ]
    assert grades == ["a", "b", "b"]
    assert (has.read_to(3, Role, ("x",), "2026-11-30") or {}).get("grade") == "c"
    assert (has.read_to(2, Role, ("x",), "2026-11-22") or {}).get("grade") == "a"
    assert has.read_to(0, Role, ("x",), DAY) is None


SUPERVISOR = [
    row(Operator, staff_no="2001", outlet="HZ01", role="supervisor", state="active"),
    row(Role, code="supervisor", grade="supervisor"),
    published(1, "operator", ["2001"], DAY, "add", staff_no="2001", outlet="HZ01", role="supervisor", state="active"),
]
BEFORE = "2026-11-22"


@pytest.mark.parametrize(
    ("business_date", "made_at", "found"),
    [
        ("", f"{DAY}T01:00:00.000000Z", []),
        ("", f"{BEFORE}T01:00:00.000000Z", [("approval", True)]),
        (DAY, f"{BEFORE}T01:00:00.000000Z", []),
        (BEFORE, f"{DAY}T01:00:00.000000Z", [("approval", True)]),
    ],
)
def test_a_word_is_given_on_the_date_of_its_entry_else_on_that_day(
    business_date: str, made_at: str, found: list[tuple[str, bool]]
) -> None:
    given: Fact = (Grant, {"id": "g", "supervisor": "2001", "draft_id": "d"})
    entry = claim(given, kind="approve", business_date=business_date, made_at=made_at)
    assert told(people.judge(known(*SUPERVISOR), entry)) == found


@pytest.mark.parametrize(
    ("table", "model", "column", "until", "found"),
    [
        ("authority", Authority, "valid_until", "2026-11-23T09", []),
        ("authority", Authority, "valid_until", "2026-11-23T11", [("right", False)]),
        ("operator_grant", Grant, "expires_at", "2026-11-23T09", []),
        ("operator_grant", Grant, "expires_at", "2026-11-23T11", [("right", False)]),
    ],
)
def test_a_right_runs_no_longer_by_a_clock_that_is_believed(
    table: str, model: Any, column: str, until: str, found: list[tuple[str, bool]]
) -> None:
    here = row(model, id="g", **{column: "2026-11-23T10"})
    longer: dict[str, Any] = {column: until}
    moved = claim(changed=[change(table, "g", **longer)], kind="clock.vouched")
    assert told(people.judge(known(here), moved)) == found
    other = claim(changed=[change(table, "g", state="withdrawn"), change(table, "none", **longer)], kind="x")
    assert told(people.judge(known(here), other)) == []


@pytest.mark.parametrize(
    ("operator", "seen_by", "found"),
    [
        ("2001", "2001", []),
        ("1001", "1001", [("right", False)]),
        ("1001", "2001", [("right", False)]),
        ("2001", "1001", [("right", False)]),
        ("9999", "9999", [("right", False)]),
    ],
)
def test_an_alarm_is_looked_into_by_a_supervisor(operator: str, seen_by: str, found: list[tuple[str, bool]]) -> None:
    clerk = row(Operator, staff_no="1001", outlet="HZ01", role="clerk", state="active")
    seen = change("alarm", "a", state="seen", seen_by=seen_by, words="x")
    entry = claim(changed=[seen], kind="settle.alarm", operator=operator)
    alarm = row(Alarm, id="a", outlet="HZ01")
    assert told(people.judge(known(clerk, alarm, *SUPERVISOR), entry)) == found
    another_s = row(Alarm, id="a", outlet="HZ02")
    assert told(people.judge(known(clerk, another_s, *SUPERVISOR), entry)) == [], "told elsewhere"
    both = claim(changed=[change("alarm", "b", state="seen"), seen], kind="settle.alarm", operator=operator)
    other = row(Alarm, id="b", outlet="HZ02")
    assert told(people.judge(known(clerk, alarm, other, *SUPERVISOR), both)) == found, "whatever comes before it"


ABOUT = '{"template":"refused","values":{"about":"e"}}'


@pytest.mark.parametrize(
    ("operator", "kind", "message", "invoice", "state", "found"),
    [
        ("system", "electronic", ABOUT, "e", "issued", []),
        ("1001", "electronic", ABOUT, "e", "issued", [("right", False)]),
        ("system", "codes", ABOUT, "e", "issued", [("right", False)]),
        ("system", "electronic", ABOUT, "e", "issuing", [("right", False)]),
        ("system", "electronic", ABOUT, "another", "issued", [("right", False)]),
        *(
            ("system", "electronic", other, "e", "issued", [("right", False)])
            for other in ("{}", "[]", '{"values":[]}')
        ),
    ],
)
def test_an_alarm_about_a_refused_invoice_ends_with_the_entry_that_issues_it(
    operator: str, kind: str, message: str, invoice: str, state: str, found: list[tuple[str, bool]]
) -> None:
    clerk = row(Operator, staff_no="1001", outlet="HZ01", role="clerk", state="active")
    alarm = row(Alarm, id="a", outlet="HZ01", kind=kind, message=message)
    over = change("alarm", "a", state="seen", seen_by=operator, words="x")
    entry = claim(
        changed=[change("electronic_invoice", invoice, state=state), over], kind="invoice.electronic", operator=operator
    )
    assert told(people.judge(known(clerk, alarm, *SUPERVISOR), entry)) == found


def report(kind: str, taken: int, difference: int = 0) -> Fact:
    values = {"outlet": "HZ01", "business_date": DAY, "kind": kind, "number": taken, "content": "{}"}
    return ClosingReport, {**values, "digest": digest_of("{}"), "taken": taken, "difference": difference}


@pytest.mark.parametrize(
    ("reports", "found"),
    [
        ([report("z", 100), report("z", 50, 1), report("day", 150, 1)], 0),
        ([report("z", 100), report("z", 50, 1), report("day", 150)], 1),
        ([report("z", 100), report("z", 50, 1), report("day", 149, 1)], 1),
        ([report("z", 100), report("z", 50)], 0),
    ],
)
def test_a_day_s_report_is_the_sum_of_its_shifts(reports: list[Fact], found: int) -> None:
    here = [row(BusinessDay, outlet="HZ01", business_date=DAY, state="open"), *SUPERVISOR]
    number = next((values["number"] for _, values in reports if values["kind"] == "day"), None)
    ends = Change(
        "business_day", "change", ("HZ01", DAY), 1, {"state": "closed", "closed_by": "2001", "number": number}
    )
    shifts = [change("shift", f"s{n}", z_number=n) for n in (100, 50)]
    unknown = Change("business_day", "change", ("HZ01", "2020-01-01"), 1, {"state": "closed"})  # told elsewhere
    entry = claim(*reports, changed=[unknown, *shifts, ends], kind="day.close", operator="2001")
    assert told(closes.judge(known(*here), entry)) == [("sums", True)] * found


@pytest.mark.parametrize(
    ("fen", "item", "expected", "noted"),
    [
        (300, "", 300, 0),
        (300, "difference", 0, 0),
        (300, "difference", 300, 1),
        (300, "handover", 0, 0),
        (300, "", 0, 1),
    ],
)
def test_a_drawer_is_held_against_what_was_told_in_the_same_batch(
    fen: int, item: str, expected: int, noted: int
) -> None:
    here = known(
        row(Shift, id="h", outlet="HZ01", operator="1001", business_date=DAY, state="open", difference=0), scalars=[0]
    )
    here.learn(
        claim(
            (Posting, {"id": "p", "outlet": "HZ01", "shift_id": "h", "business_date": DAY}),
            (PostingLine, {"posting_id": "p", "line": 1, "account": "1001", "amount": fen, "item": item}),
            (PostingLine, {"posting_id": "p", "line": 2, "account": "6004", "amount": -fen, "item": item}),
            (Posting, {"id": "q", "outlet": "HZ01", "shift_id": "g", "business_date": DAY}),
            (PostingLine, {"posting_id": "q", "line": 1, "account": "1001", "amount": 7, "item": ""}),
        )
    )
    ends: dict[str, Any] = {
        "state": "closed",
        "closed_by": "1001",
        "counted_cash": expected,
        "expected_cash": expected,
        "difference": 0,
    }
    counted: Fact = (ShiftCount, {"shift_id": "h", "denomination": 1, "pieces": expected})
    entry = claim(counted, changed=[change("shift", "h", **ends)], kind="shift.close")
    assert told(closes.judge(here, entry)) == [("sums", True)] * noted


def test_each_payment_is_looked_at_whatever_the_one_before_it_is_of() -> None:
    ways = [row(TenderKind, code="cash", account="1001"), row(TenderKind, code="card", account="1002")]
    facts: list[Fact] = []
    for key, of, account in (("y", None, "1001"), ("z", "o1", "1002")):
        facts += [
            (Payment, {"id": key, "order_id": of, "posting_id": f"p{key}", "shift_id": "h", "due": 5, "tendered": 5}),
            (PaymentTender, {"payment_id": key, "line": 1, "kind": "cash", "amount": 5}),
            (Posting, {"id": f"p{key}", "order_id": of, "shift_id": "h"}),
            (
                PostingLine,
                {"posting_id": f"p{key}", "line": 1, "account": account, "amount": 5},
            ),
            (PostingLine, {"posting_id": f"p{key}", "line": 2, "account": "6004", "amount": -5}),
        ]
    (fault,) = sums.judge(known(*ways), claim(*facts))
    assert fault.detail["what"] == "tenders of payment z"


@pytest.mark.parametrize(("reason", "found"), [("given back", 0), ("C1", 1), ("won", 1)])
def test_what_is_given_back_is_not_earned_again(reason: str, found: int) -> None:
    """An opening earns its points once, whatever was given back with it."""
    most = OPENING_POINTS.first
    opens = row(ProductOrder, id="o0", business="C1", business_date=DAY)
    before = row(LoyaltyEntry, id="b", customer_id="k", order_id="o0", points=1, reason=reason)
    earned: Fact = (LoyaltyEntry, {"id": "e", "customer_id": "k", "order_id": "o0", "points": most, "reason": "C1"})
    grown = Change("loyalty_account", "increase", ("k",), 0, {"points": most})
    assert len(told(points.judge(known(opens, before), claim(earned, changed=[grown], kind="C1.completion")))) == found


LINE = {"id": "l", "number": "13800000001", "tail": "0001", "iccid": "89860050112600000148", "plan": "P1"}
PIECES: list[Fact] = [
    (PhoneNumber, {"number": LINE["number"], "subscription_id": "l"}),
    (SimCard, {"iccid": LINE["iccid"], "subscription_id": "l"}),
]


@pytest.mark.parametrize(
    ("plan", "pieces", "found"), [("P1", PIECES, 0), ("P2", PIECES, 1), ("P1", PIECES[:1], 1), ("P2", [], 1)]
)
def test_a_line_is_what_its_form_says_and_has_its_pieces(plan: str, pieces: Sequence[Fact], found: int) -> None:
    typed = order("C1", form_json=form(number=LINE["number"], iccid=LINE["iccid"], plan=plan))
    assert len(told(named.judge(known(), claim(typed, (Subscription, LINE), *pieces, kind="C1")))) == found


@pytest.mark.parametrize(
    ("values", "wrong"), [({}, ""), ({"tail": "0002"}, "tail"), ({"imsi": "460000000000001"}, "imsi")]
)
def test_a_new_line_has_its_card_s_imsi_and_is_found_by_its_last_digits(values: dict[str, str], wrong: str) -> None:
    typed = order("C1", form_json=form(number=LINE["number"], iccid=LINE["iccid"], plan="P1"))
    faults = named.judge(known(), claim(typed, (Subscription, {**LINE, **values}), *PIECES, kind="C1"))
    assert [fault.detail["what"] for fault in faults] == [f"subscription l: {wrong}"] * bool(wrong)


# an order that a cancellation leaves to the network

CANCELLED = row(ProductOrder, id="o0", serial="S0", business="C4.3", subscription_id="l", state="inProgress")
ENDS = change("product_order", "o0", state="cancelled")


@pytest.mark.parametrize(
    ("new", "changed", "left"),
    [
        ({}, [ENDS], True),
        ({}, [], False),
        ({}, [change("product_order", "o0", state="completed")], False),
        ({"business": "C9"}, [ENDS], False),
        ({"amount": 1}, [ENDS], False),
        ({"subscription_id": "m"}, [ENDS], False),
    ],
)
def test_what_the_network_is_told_since_an_order_is_cancelled_was_typed_by_nobody(
    new: dict[str, Any], changed: list[Change], left: bool
) -> None:
    follows = order(**{"business": "C6", "subscription_id": "l", "form_json": "{}", "state": "inProgress", **new})
    work: Fact = (WorkOrder, {"id": "w", "order_id": "o1", "state": "open", "follow_up": 0})
    entry = claim(follows, work, changed=changed, kind="C4.3.cancellation")
    assert reversals.is_left(known(CANCELLED), entry, entry.added["product_order"][0]) is left
    assert ("form" in {reason for reason, _ in told(moves.judge(known(CANCELLED), entry))}) is not left
    more = claim(follows, order("C99", id="o2"), work, changed=changed, kind="C4.3.cancellation")
    assert told(moves.judge(known(CANCELLED), more))[-1:] == [("form", False)], "those after it are looked at"
    paid = claim(follows, (Payment, {"id": "y", "order_id": "o1"}), changed=changed, kind="C4.3.cancellation")
    assert not reversals.is_left(known(CANCELLED), paid, paid.added["product_order"][0])


def test_an_account_of_points_that_grows_by_none_needs_no_entry() -> None:
    nothing, one = (Change("loyalty_account", "increase", ("k",), 0, by) for by in ({}, {"points": 1}))
    assert told(points.judge(known(), claim(changed=[nothing]))) == []
    assert told(points.judge(known(), claim(changed=[one]))) == [("sums", False)]
