"""Partners and what they sell, points, signals, calls, figures, running numbers: each rule where it turns."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components import numbering
from boss_tui.components.alarms import raise_alarm, see, unseen
from boss_tui.components.behaviour import Behaviour
from boss_tui.components.content import ScreenContent
from boss_tui.components.inquiry import InquiryScope
from boss_tui.components.ledger import ledger_checks
from boss_tui.components.loyalty import Loyalty
from boss_tui.components.partners.partners import Partners
from boss_tui.components.service import CustomerService
from boss_tui.components.settlement import Settlement
from boss_tui.components.statistics import Statistics
from data.clock import stamp
from data.errors import NotAllowed, NotFound
from data.message import say
from data.tables.account import BalanceBucket, BalanceEntry, BillingAccount, CustomerCredit
from data.tables.content import Content
from data.tables.finance import BusinessDay, Posting, PostingLine, RunningTotal
from data.tables.order import ProductOrder, Sequence
from data.tables.organisation import Alarm, Counter, Outlet
from data.tables.provider import Dispute, ProviderBar, ProviderService, ProviderSubscription
from data.tables.service import BehaviourSignal, Figure, Interaction, LoyaltyAccount, LoyaltyEntry, Partner
from data.tables.service import SettlementEntry as Entry
from data.tables.sync import AccessLog
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, NOW, context, row


@pytest.fixture
def a4(tx: Loose) -> Partners:
    """Two providers, one whose contract ended, and a channel."""
    tx.put(
        *(
            row(Partner, code=code, kind=kind, state=state, name_zh=code, name_en=code)
            for code, kind, state in (
                ("P", "provider", "active"),
                ("Q", "provider", "active"),
                ("R", "provider", "ended"),
                ("C", "channel", "active"),
                ("D", "channel", "ended"),
            )
        ),
        *(
            row(ProviderService, code=code, partner=partner, state=state, name_zh=code)
            for code, partner, state in (
                ("q1", "Q", "active"),
                ("p2", "P", "active"),
                ("p1", "P", "active"),
                ("p0", "P", "ended"),
                ("r1", "R", "active"),
                ("c1", "C", "active"),
            )
        ),
    )
    return Partners(context(tx))


def having(key: str, service: str, state: str = "active", **values: Any) -> Any:
    return row(
        ProviderSubscription,
        **{"id": key, "subscription_id": "s", "service": service, "state": state, "since": key, **values},
    )


@pytest.mark.parametrize(("partner", "found"), [(None, None), ("C", "C"), ("D", None), ("gone", None)])
def test_the_channel_is_the_agent_whose_outlet_this_is(
    tx: Loose, a4: Partners, partner: str | None, found: str | None
) -> None:
    tx.put(row(Outlet, code="HZ01", partner=partner))
    channel = a4.channel()
    assert (channel.code if channel else None) == found
    provider = a4.provider(partner)
    assert (provider.code if provider else None) == found


def test_what_is_sold_is_of_providers_whose_contract_runs(a4: Partners) -> None:
    assert [one.code for one in a4.sold()] == ["p1", "p2", "q1"]
    assert (a4.service("p0").code, str(a4.name("P"))) == ("p0", "P")
    with pytest.raises(NotFound):
        a4.service("none")


def test_a_service_is_had_from_today_until_it_ends(tx: Loose, a4: Partners) -> None:
    tx.put(having("1", "p1", "ended"), having("2", "q1"), having("3", "p2", subscription_id="t"))
    begun = a4.begin("s", "p1")
    assert (begun.since, begun.state, begun.order_id) == (DAY, "active", "order")
    assert [one.service for one in a4.had("s")] == ["p1", "q1", "p1"]
    assert a4.having("s", "p1") == tx.one(ProviderSubscription, id=begun.id)
    assert a4.having("s", "p2") is None
    assert a4.end_all("s") == ["p1", "q1"]
    assert sorted(tx.told(ProviderSubscription, "state", "until", subscription_id="s")) == [
        ("ended", ""),
        ("ended", DAY),
        ("ended", DAY),
    ]
    assert tx.told(ProviderSubscription, "state", subscription_id="t") == ["active"]


@pytest.mark.parametrize("known", [False, True])
def test_a_bar_ends_what_the_provider_sells_and_is_one(tx: Loose, a4: Partners, known: bool) -> None:
    tx.put(having("1", "p1"), having("2", "q1"), having("3", "p2", "ended"))
    if known:
        tx.put(row(ProviderBar, id="b", subscription_id="s", partner="P", state="lifted", order_id="old"))
    assert a4.barred("s", "P") is None
    assert [one.id for one in a4.bar("s", "P")] == ["1"]
    assert tx.told(ProviderBar, "partner", "state", "order_id") == [("P", "active", "order")]
    bar = a4.barred("s", "P")
    assert bar is not None
    assert a4.barred("s", "Q") is None
    a4.unbar(bar)
    assert a4.barred("s", "P") is None


def test_a_dispute_is_open_until_the_provider_has_answered(tx: Loose, a4: Partners) -> None:
    first = a4.dispute("s", "p1", "2026-10", 500, "why")
    assert (first.amount, first.reason, first.state, first.month) == (500, "why", "requested", "2026-10")
    tx.clock.move(seconds=1)  # type: ignore[attr-defined]
    second = a4.dispute("s", "p1", "2026-09", 300, "")
    found = [a4.disputed("s", "p1"), a4.disputed("s", "p1", "2026-09"), a4.disputed("s", "p1", "2026-08")]
    assert [one.id if one else None for one in found] == [first.id, second.id, None]
    assert a4.disputed("s", "q1") is None
    a4.answered(first, "refunded")
    open_now, of_month = a4.disputed("s", "p1"), a4.disputed("s", "p1", "2026-10")
    assert (open_now.id if open_now else "", of_month.id if of_month else "") == (second.id, first.id)
    a4.answered(tx.one(Dispute, id=second.id), "refused")
    assert a4.disputed("s", "p1") is a4.disputed("s", "p1", "2026-09") is None


@pytest.mark.parametrize(("partner", "amount", "owed"), [("P", 5, 1), ("P", -5, 1), ("P", 0, 0), (None, 5, 0)])
def test_what_an_order_makes_us_owe_is_noted_and_taken_back(
    tx: Loose, a4: Partners, partner: str | None, amount: int, owed: int
) -> None:
    made = Settlement(context(tx)).owe(a4.provider(partner), "share", amount)
    assert (made is not None) == bool(owed)
    Settlement(context(tx, order_id="undo")).reverse("order")
    assert (
        tx.told(Entry, "partner", "kind", "amount", "business_date", order_id="order")
        == [
            ("P", "share", amount, DAY),
        ]
        * owed
    )
    assert tx.told(Entry, "amount", order_id="undo") == [-amount] * owed


# points, signals


def test_points_are_added_and_given_back_by_their_reasons(tx: Loose) -> None:
    a3 = Loyalty(context(tx))
    assert a3.points("c") == 0
    a3.award("c", 100, "C1")
    a3.award("c", -30, "spent")
    assert (a3.points("c"), tx.told(LoyaltyAccount, "tenure_from")) == (70, [DAY])
    Loyalty(context(tx, order_id="undo")).reverse("order", "spent")
    assert a3.points("c") == 100
    Loyalty(context(tx, order_id="again")).reverse("order")
    assert a3.points("c") == 30
    assert sorted(tx.told(LoyaltyEntry, "points", "reason", order_id="again")) == [
        (-100, "given back"),
        (30, "given back"),
    ]


def test_tenure_begins_once(tx: Loose) -> None:
    tx.put(row(LoyaltyAccount, customer_id="c", points=5, tenure_from="2020-01-01"))
    Loyalty(context(tx)).join("c")
    Loyalty(context(tx)).join("d")
    assert sorted(tx.told(LoyaltyAccount, "customer_id", "points", "tenure_from")) == [
        ("c", 5, "2020-01-01"),
        ("d", 0, DAY),
    ]


@pytest.mark.parametrize(
    ("values", "signal"),
    [
        ({}, True),
        ({"customer_id": "d"}, False),
        ({"business": "C2"}, False),
        ({"created_at": "2026-11-23T00:00:00"}, False),
        ({"created_at": "2026-11-23T00:00:01"}, True),
    ],
)
def test_three_of_one_business_within_the_hour_are_a_signal(tx: Loose, values: dict[str, Any], signal: bool) -> None:
    about = {"customer_id": "c", "business": "C1", "created_at": stamp(NOW)}
    tx.put(
        row(ProductOrder, id="1", **about),
        row(ProductOrder, id="2", **about),
        row(ProductOrder, id="3", **{**about, **values}),
    )
    raised = Behaviour(context(tx)).watch("c")
    assert (raised is not None) is signal
    names = ("rule", "subject", "detail", "order_id")
    assert tx.told(BehaviourSignal, *names) == [("burst", "c", "3 × C1", "order")] * signal


# calls, looks, alarms


def test_calls_are_due_and_need_not_be_made_once_the_order_is_taken_back(tx: Loose) -> None:
    a2 = CustomerService(context(tx))
    a2.call_back("c", 7, "how is it")
    a2.consulted("c", "a question")
    tx.put(
        row(Interaction, id="x", order_id="other", kind="call_back", state="open"),
        row(Interaction, id="y", order_id="order", kind="complaint", state="open"),
    )
    names = ("kind", "due_on", "matter", "state")
    assert sorted(tx.told(Interaction, *names, customer_id="c")) == [
        ("call_back", "2026-11-30", "how is it", "open"),
        ("consultation", "", "a question", "completed"),
    ]
    a2.call_no_more("order")
    assert tx.told(Interaction, "state", kind="call_back", order_id="order") == ["completed"]
    assert [tx.one(Interaction, id=key).state for key in ("x", "y")] == ["open", "open"]


def test_a_look_is_logged_and_what_is_the_person_s_is_not_told_of_a_number(tx: Loose) -> None:
    tx.put(row(CustomerCredit, customer_id="c", rating="A"))
    about = context(tx, business="C13")
    a2 = CustomerService(about)
    with pytest.raises(NotAllowed):
        a2.look(InquiryScope("c", lambda *_: say("x"), subscription="s"), "credit", "asked")
    assert tx.all(AccessLog) == []
    for _ in range(2):
        assert len(a2.look(InquiryScope("c", lambda *_: say("x")), "credit", "asked")) == 2
    assert tx.told(AccessLog, "act", "subject", "reason", "operator") == [("look.credit", "c", "asked", "1001")] * 2
    assert about.trail == [["C13-F8", "look.credit"]]
    a2.look(InquiryScope("c", lambda *_: say("x"), subscription="s"), "numbers", "asked")
    assert about.trail[1:] == [["C13-F4", "look.numbers"]]


@pytest.mark.parametrize(("words", "field"), [(" it was me ", None), ("", "words"), ("  ", "words")])
def test_an_alarm_is_open_until_somebody_said_what_it_was(tx: Loose, words: str, field: str | None) -> None:
    tx.put(row(Alarm, id="x", outlet="NB01", state="open"))
    raised = raise_alarm(tx, "lock", say("Fee"))
    assert [one.id for one in unseen(tx, "HZ01")] == [raised.id]
    if field:
        with pytest.raises(NotAllowed) as refusal:
            see(tx, raised.id, "2001", words)
        assert refusal.value.field == field
        return
    seen = see(tx, raised.id, "2001", words)
    assert (seen.state, seen.seen_by, seen.words) == ("seen", "2001", "it was me")
    assert unseen(tx, "HZ01") == []
    with pytest.raises(NotAllowed, match="settled already"):
        see(tx, raised.id, "2001", words)


def test_what_is_published_today_is_shown_clauses_apart(tx: Loose) -> None:
    texts: tuple[tuple[str, dict[str, Any]], ...] = (
        ("b", {"position": 2}),
        ("a", {"position": 1, "kind": "script"}),
        ("c", {"state": "draft"}),
        ("d", {"valid_to": "2026-11-22"}),
        ("e", {"business": "C2"}),
        ("f", {"kind": "clause"}),
        ("g", {"position": 3, "valid_from": DAY, "valid_to": DAY}),
    )
    standard = {"business": "C1", "state": "published", "kind": "notice"}
    tx.put(*(row(Content, id=key, text_zh=key, text_en=key, **{**standard, **values}) for key, values in texts))
    f2 = ScreenContent(context(tx))
    assert [(one.kind, str(one.text)) for one in f2.published()] == [("script", "a"), ("notice", "b"), ("notice", "g")]
    assert [str(one) for one in f2.clauses()] == ["f"]


# figures, running numbers, books


def test_each_measure_is_counted_with_its_fen(tx: Loose) -> None:
    f13 = Statistics(context(tx))
    f13.count("orders", 500)
    f13.count("orders", -100)
    f13.count("looks")
    assert sorted(tx.told(Figure, "measure", "count", "amount")) == [("looks", 1, 0), ("orders", 2, 400)]


def test_serials_and_account_numbers_run_on_and_catch_up(tx: Loose) -> None:
    assert numbering.next_serial(tx, "HZ0101", DAY) == "HZ01012611230001"
    assert numbering.next_serial(tx, "HZ0101", DAY) == "HZ01012611230002"
    assert numbering.next_serial(tx, "HZ0101", "2026-11-24") == "HZ01012611240001"
    assert numbering.next_account(tx, "HZ01") == "HZ0100000001"
    tx.put(
        row(ProductOrder, id="a", serial="HZ01012611230007"),
        row(ProductOrder, id="b", serial="HZ01012611230003"),
        row(ProductOrder, id="c", serial="HZ01022611230012"),
        row(ProductOrder, id="d", serial="HZ01012611240001"),
        row(BillingAccount, id="x", number="HZ0100000042"),
        row(BillingAccount, id="y", number="HZ0100000009"),
        row(Counter, code="HZ0101", outlet="HZ01"),
        row(Counter, code="HZ0102", outlet="HZ01"),
        row(Counter, code="NB0101", outlet="NB01"),
        row(BusinessDay, outlet="HZ01", business_date=DAY),
        row(BusinessDay, outlet="NB01", business_date="2026-11-25"),
    )
    numbering.catch_up(tx)
    assert numbering.reached(tx, "HZ01") == {
        "billing_account": 42,
        "order HZ0101261123": 7,
        "order HZ0102261123": 12,
    }
    assert numbering.next_serial(tx, "HZ0101", DAY) == "HZ01012611230008"
    assert numbering.next_serial(tx, "HZ0101", "2026-11-24") == "HZ01012611240002"
    assert numbering.next_account(tx, "HZ01") == "HZ0100000043"
    numbering.raise_to(tx, {"billing_account": 43, "paper x": 5, "order HZ0102261123": 11, "order HZ0103261123": 5})
    assert dict(tx.told(Sequence, "name", "value"))["order HZ0102261123"] == 12
    assert dict(tx.told(Sequence, "name", "value"))["order HZ0103261123"] == 5
    assert "paper x" not in tx.told(Sequence, "name")
    assert dict(tx.told(Sequence, "name", "value"))["billing_account"] == 43


def test_before_anything_was_numbered_nothing_is_reached(tx: Loose) -> None:
    numbering.catch_up(tx)
    assert numbering.reached(tx, "HZ01") == {}


def test_books_that_do_not_hold_are_told(tx: Loose) -> None:
    at = {"outlet": "HZ01", "business_date": DAY, "till": "t"}
    lines = (("good", 1, "1001", 5), ("good", 2, "6001", -5), ("bad", 1, "1001", 5), ("bad", 2, "6001", -4))
    tx.put(
        *(row(Posting, id=key, **at) for key in ("good", "bad")),
        *(row(PostingLine, posting_id=to, line=n, account=account, amount=fen) for to, n, account, fen in lines),
    )
    assert ledger_checks.unbalanced(tx) == ["bad"]
    tx.put(
        row(RunningTotal, **at, account="1001", amount=10, postings=2),
        row(RunningTotal, **at, account="6001", amount=-9, postings=1),
        row(RunningTotal, **at, account="9", amount=0, postings=0),
    )
    assert ledger_checks.totals_that_differ(tx) == [("HZ01", DAY, "t", "6001"), ("HZ01", DAY, "t", "9")]
    buckets, entries = (("a", 5), ("b", 5), ("c", 0), ("d", 1)), (("1", "a", 8), ("2", "a", -3), ("3", "b", 4))
    tx.put(
        *(row(BalanceBucket, id=key, account_id=key, amount=amount) for key, amount in buckets),
        *(row(BalanceEntry, id=key, bucket_id=of, amount=amount) for key, of, amount in entries),
    )
    assert sorted(ledger_checks.buckets_that_differ(tx)) == ["b", "d"]
