"""What an order of a reach (C7.1 calls, C7.3 roaming) does at each step: told, held, ended by itself, undone."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import Quote
from boss_tui.business.registry import BUSINESSES
from boss_tui.transactions.reach import ReachCase
from data.tables.order import Subscription
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.deeds import doing, order
from tests.boss_tui.transactions.stand_in import line, told

DISTANCE: Any = BUSINESSES["C7.1"]
ROAM: Any = BUSINESSES["C7.3"]
BOTH = pytest.mark.parametrize(("reach", "column"), [(DISTANCE, "long_distance"), (ROAM, "roaming")])
LAST = date(2026, 12, 31)
END = (
    "processes.schedule('line', 2027-01-01, {number: '13957000001', roaming: 'national'}, "
    "touches=['roaming', 'international'])"
)


def knowing(*, until: str = "", before: str = "national", **subscription: Any) -> Any:
    """A step in which a roaming that ends is known so."""
    one = line(**{"state": "active", "roaming": "national", "long_distance": "domestic", **subscription})
    known = {"until": until, "before": before}
    return one, *doing(
        products={"owned": one.subscription, "parameter": lambda _line, _column, name: known[name]},
        network={"element_of": "HLR01"},
        accounts={
            "bucket": lambda _account, kind: SimpleNamespace(id=kind, amount=0),
            "charged": [one.subscription],
            "resting": [],
        },
    )


def setting(column: str, wanted: str, before: str) -> str:
    return f"network.order('set_{column}', 'HLR01', msisdn='13957000001', {column}='{wanted}', old_{column}='{before}')"


# doing it


ABROAD = setting("long_distance", "international", "domestic")


@pytest.mark.parametrize(
    ("change", "deeds"),
    [
        (ReachCase("domestic", "none"), [setting("long_distance", "none", "domestic")]),
        (
            ReachCase("domestic", "international", 300, ("deposit", 300)),
            ["accounts.hold(deposit, 'line', 'long_distance', 300)", ABROAD],
        ),
        (
            ReachCase("domestic", "international", 0, ("prepaid", 500)),
            ["accounts.hold(prepaid, 'line', 'long_distance', 500)", ABROAD],
        ),
        (ReachCase("international", "international", 300), []),
    ],
)
def test_calls_hold_their_money_and_tell_the_network_what_changes(change: ReachCase, deeds: list[str]) -> None:
    one, run, done = knowing()
    one.more = change
    DISTANCE.act(run, None, one)
    assert done == [*deeds, "behaviour.watch('owner')"]


CALLED_OFF = "processes.unschedule('line', 'C7.3', It was changed before.)"


@pytest.mark.parametrize(
    ("change", "told_network", "until", "before"),
    [
        (ReachCase("national", "international", until=LAST), True, "2026-12-31", "national"),
        (ReachCase("international", "international", until=LAST), False, "2026-12-31", ""),
        (ReachCase("national", "province"), True, "", ""),
        (ReachCase("international", "none"), True, "", ""),
    ],
)
def test_roaming_ends_by_itself_on_the_day_after_its_last(
    change: ReachCase, told_network: bool, until: str, before: str
) -> None:
    one, run, done = knowing(until=until)
    one.more = change
    ROAM.act(run, None, one)
    assert done == [
        *([setting("roaming", change.wanted, "national")] if told_network else []),
        CALLED_OFF,
        f"products.set_parameter('line', 'roaming', 'until', '{until}')",
        *([f"products.set_parameter('line', 'roaming', 'before', '{before}')"] if before else []),
        *([END] if until else []),
        "behaviour.watch('owner')",
    ]


@BOTH
@pytest.mark.parametrize("wanted", ["none", "international"])
def test_what_is_given_up_rests_on_nothing_any_more(reach: Any, column: str, wanted: str) -> None:
    one, run, done = knowing()
    run.quote, one.more = Quote(), ReachCase("international", wanted)
    reach.take(run, one, [])
    assert done == ([f"accounts.let_go('line', '{column}')"] if wanted == "none" else [])


# its day, its end


@BOTH
@pytest.mark.parametrize(
    ("state", "wanted", "freed", "changed"),
    [
        ("active", "none", True, True),
        ("suspended", "none", True, True),
        ("terminated", "none", True, False),
        ("cancelled", "none", True, False),
        ("active", "international", False, True),
        ("active", None, True, False),
    ],
)
def test_a_reach_that_is_done_is_in_the_book_of_a_line_that_is_there(
    reach: Any, column: str, state: str, wanted: str | None, freed: bool, changed: bool
) -> None:
    one, run, done = knowing(state=state)
    wanted = wanted or getattr(one.subscription, column)
    reach.finish(run, order({column: wanted}, amount=77))
    assert done == [
        *([f"accounts.let_go('line', '{column}')"] if freed else []),
        *([f"products.change_subscription(line, {column}='{wanted}')"] if changed else []),
        "network.done()",
        "statistics.count('changed', 77)",
        f"service.call_back('owner', 3, '{reach.code}')",
    ]


@pytest.mark.parametrize(
    ("state", "reach", "due"),
    [("active", "international", True), ("active", "national", False), ("terminated", "international", False)],
)
def test_on_the_day_after_its_last_it_ends(state: str, reach: str, due: bool) -> None:
    _, run, done = knowing(state=state, roaming=reach)
    assert ROAM.due(run, order({"roaming": "province"})) is due
    ends = ["products.set_parameter('line', 'roaming', 'until', '')", setting("roaming", "province", "international")]
    assert done == (ends if due else [])


@pytest.mark.parametrize("until", ["2026-12-31", ""])
def test_a_cancelled_roaming_ends_as_it_would_have_before(until: str) -> None:
    _, run, done = knowing(until=until)
    ROAM.cancel(run, order({}))
    assert done == [
        "processes.unschedule('line', 'C7.3', The order was cancelled.)",
        "products.restore_parameters('line', 'order')",
        *([END] if until else []),
    ]
    _, run, done = knowing(until=until)
    DISTANCE.cancel(run, order({}))
    assert done == []


# looking


@pytest.mark.parametrize(
    ("pay_type", "before", "wanted", "wrong"),
    [
        ("prepaid", "none", "province", ""),
        ("prepaid", "none", "national", "A prepaid line can't have this."),
        ("prepaid", "none", "international", "A prepaid line can't have this."),
        ("postpaid", "none", "national", ""),
        ("postpaid", "national", "national", "It is so already."),
    ],
)
def test_a_prepaid_line_roams_in_its_province_at_most(pay_type: str, before: str, wanted: str, wrong: str) -> None:
    one, run, _ = knowing(pay_type=pay_type, roaming=before)
    ROAM.look(run, SimpleNamespace(roaming=wanted, until=None), one)
    expected = {"roaming": wrong} if wrong else {}
    if wanted == "international":
        expected["until"] = "Until which day? 2027-01-21 at the latest."
    assert told(run) == expected
    assert ("to" in str(run.notes["roaming"]).split()) is not bool(wrong)


@pytest.mark.parametrize(
    ("until", "wrong"), [(LAST, []), (date(2026, 12, 30), ["roaming"]), (None, ["roaming", "until"])]
)
def test_international_roaming_goes_on_only_to_another_last_day(until: date | None, wrong: list[str]) -> None:
    one, run, _ = knowing(until="2026-12-30", roaming="international")
    ROAM.look(run, SimpleNamespace(roaming="international", until=until), one)
    assert sorted(run.errors) == wrong
    assert one.more.until == until


def test_a_deposit_alone_is_a_change() -> None:
    one, run, _ = knowing(long_distance="national")
    vars(run)["accounts"] = SimpleNamespace(
        bucket=lambda _account, kind: SimpleNamespace(id=kind, amount=300), charged=lambda _: [], resting=lambda _: []
    )
    DISTANCE.look(run, SimpleNamespace(long_distance="national", until=None), one)
    assert (told(run), one.more.deposit) == ({}, -300)


@BOTH
def test_a_caller_is_told_from_what_to_what(reach: Any, column: str) -> None:
    one, run, _ = knowing()
    for until, said in ((LAST, "2026-12-31"), (None, "")):
        one.more = ReachCase("none", "international", until=until)
        facts = reach.facts(run, None, one)
        assert facts == {
            "number": "13957000001",
            "customer": "",
            "before": "none",
            column: "international",
            "until": said,
        }
        (label, changed), *_ = reach.about(run, None, one)
        assert (label, str(changed).count(" to ")) == (reach.name, 1)


# lists and examples


@pytest.mark.parametrize(
    ("reach", "field", "values"),
    [
        (DISTANCE, "long_distance", ["none", "domestic", "international"]),
        (ROAM, "roaming", ["none", "province", "national", "international"]),
        (ROAM, "until", ["2026-11-29", "2026-12-07", "2026-12-22", "2027-01-21"]),
        (DISTANCE, "until", []),
        (ROAM, "password", []),
    ],
)
def test_lists_of_the_fields(reach: Any, field: str, values: list[str]) -> None:
    found = reach.choices(doing()[0], None, field, "")
    assert [one.value for one in found] == values
    if values and field == "until":
        assert [str(one.label) for one in found] == ["7 days", "15 days", "30 days", "60 days"]


@pytest.mark.parametrize(
    ("reach", "has", "then"),
    [
        (DISTANCE, "none", "domestic"),
        (DISTANCE, "domestic", "none"),
        (ROAM, "none", "national"),
        (ROAM, "national", "province"),
        (ROAM, "international", "national"),
    ],
)
def test_an_example_goes_to_another_that_is_not_international(reach: Any, has: str, then: str) -> None:
    own = row(Subscription, id="line", number="139", customer_id="owner", **{reach.column: has})
    asked: list[Any] = []

    def some(states: Any, **wanted: Any) -> list[Any]:
        asked.append((states, wanted))
        return [own]

    run, _ = doing(products={"some_lines": some}, customers={"owner": SimpleNamespace(document_number="D")})
    assert reach.example(run) == {"number": "139", "document_number": "D", reach.column: then}
    assert asked == [(("active",), {"pay_type": "postpaid"})]
