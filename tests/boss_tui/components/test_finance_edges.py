"""Money taken, paid out and given back: every line of the books, every row of the payment, to the fen (F11)."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from boss_tui.answers.business import Quote, QuoteLine, Tender
from boss_tui.components.finance import finance
from boss_tui.components.finance.finance import Finance
from boss_tui.components.tenders.refunds import Back
from boss_tui.components.tenders.taken import Taken
from data.errors import NotAllowed
from data.message import say
from data.tables.account import BalanceBucket
from data.tables.finance import Payment, PaymentTender, Posting, PostingLine, Shift
from data.tables.mobile import MobilePayment
from data.tables.order import ProductOrder
from data.tables.tariff import ChargeItem
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import DAY, context, row

ITEMS = {"fee": "6001", "deposit": "2206", "prepay": "2205", "bill": "1122"}


@pytest.fixture
def till(tx: Loose) -> Loose:
    """An open shift with 100 yuan in the till; a customer's buckets."""
    tx.put(
        row(Shift, id="shift", till="HZ0101", outlet="HZ01", operator="1001"),
        *(row(ChargeItem, code=code, ledger_account=account) for code, account in ITEMS.items()),
        row(Posting, id="float", shift_id="shift", outlet="HZ01"),
        row(PostingLine, posting_id="float", line=1, account="1001", amount=10_000, item="float"),
        row(BalanceBucket, id="pre", kind="prepaid", amount=5_000),
        row(BalanceBucket, id="dep", kind="deposit"),
    )
    return tx


def f11(tx: Loose, **about: Any) -> Finance:
    return Finance(context(tx, **{"shift_id": "shift", "serial": "S1", "draft_id": "draft", **about}))


def line(item: str, amount: int, kind: int = 0, **more: Any) -> QuoteLine:
    return QuoteLine(item, say("x"), kind, amount, amount, **more)


def booked(tx: Loose, posting: str = "") -> list[tuple[str, int, str, int, str | None]]:
    """Account, fen, item, rate and bucket of the lines of a posting, the last one if none is named."""
    last = posting or tx.told(Posting, "id", order=("made_at",))[-1]
    names = ("account", "amount", "item", "tax_rate", "bucket_id")
    found: list[Any] = tx.told(PostingLine, *names, order=("line",), posting_id=last)
    return found


def paid(tx: Loose) -> list[tuple[int, int, int]]:
    return tx.told(Payment, "due", "tendered", "change", order=("id",))


def later(tx: Loose) -> None:
    """A second passes: keys are in order."""
    tx.clock.move(seconds=1)  # type: ignore[attr-defined]


# taking money


@pytest.mark.parametrize(
    ("lines", "tenders", "entered", "payment", "rows"),
    [
        (
            [line("fee", 1090, tax_rate=900)],
            [("cash", 2000)],
            [("1001", 1090, "", 0, None), ("6001", -1000, "fee", 900, None), ("2221", -90, "fee", 900, None)],
            (1090, 2000, 910),
            [("cash", 1090)],
        ),
        (
            [line("fee", 1000)],
            [("card", 600, "r1"), ("cash", 400)],
            [("1002", 600, "", 0, None), ("1001", 400, "", 0, None), ("6001", -1000, "fee", 0, None)],
            (1000, 1000, 0),
            [("card", 600), ("cash", 400)],
        ),
        (
            [line("deposit", 500, 1), line("prepay", 700, 2), line("fee", 8800, monthly=True)],
            [("cash", 1200)],
            [("1001", 1200, "", 0, None), ("2206", -500, "deposit", 0, "dep"), ("2205", -700, "prepay", 0, "pre")],
            (1200, 1200, 0),
            [("cash", 1200)],
        ),
        (
            [line("prepay", 700, 2, bucket_id="dep")],
            [("cash", 700)],
            [("1001", 700, "", 0, None), ("2205", -700, "prepay", 0, "dep")],
            (700, 700, 0),
            [("cash", 700)],
        ),
        (
            [line("bill", 1060, taxed=60, tax_rate=600)],
            [("cash", 1060)],
            [
                ("1001", 1060, "", 0, None),
                ("1122", -1060, "bill", 600, None),
                ("2222", 60, "bill", 600, None),
                ("2221", -60, "bill", 600, None),
            ],
            (1060, 1060, 0),
            [("cash", 1060)],
        ),
        (
            [line("bill", 100)],
            [("cash", 100)],
            [("1001", 100, "", 0, None), ("1122", -100, "bill", 0, None)],
            (100, 100, 0),
            [("cash", 100)],
        ),
        ([line("fee", 0)], [], [("6001", 0, "fee", 0, None)], (0, 0, 0), []),
        ([], [], [("1001", 0, "", 0, None)], (0, 0, 0), []),
    ],
)
def test_what_is_paid_is_booked_line_by_line(
    till: Loose,
    lines: list[QuoteLine],
    tenders: list[tuple[Any, ...]],
    entered: list[Any],
    payment: tuple[int, int, int],
    rows: list[tuple[str, int]],
) -> None:
    handed = [Tender(*one) for one in tenders]
    one = f11(till)
    assert one.latest_posting() == ""
    taken = one.take(Quote(tuple(lines)), handed, {1: "dep", 2: "pre"})
    assert booked(till) == entered
    assert paid(till) == [payment]
    assert till.told(PaymentTender, "kind", "amount", order=("line",)) == rows
    assert till.told(PaymentTender, "line", order=("line",)) == list(range(1, len(rows) + 1))
    assert taken == Taken(taken.payment_id, *payment, tuple(handed))
    assert till.told(Posting, "business", "operator", "shift_id", "till", "order_id", id=one.latest_posting()) == [
        ("C1", "1001", "shift", "HZ0101", "order"),
    ]
    assert one.posting_of("order") == one.latest_posting()


def test_without_a_shift_no_money_is_taken_nor_given_back(till: Loose) -> None:
    one = f11(till, shift_id="")
    assert [(reason.rule, reason.verdict) for reason in one.ready()] == [("till", "no")]
    assert f11(till).ready() == []
    with pytest.raises(NotAllowed) as refusal:
        one.take(Quote((line("fee", 1),)), [Tender("cash", 1)], {})
    assert refusal.value.field == "tenders"
    till.put(row(Payment, id="p", order_id="order", posting_id="float"))
    with pytest.raises(NotAllowed) as refusal:
        one.refund("x")
    assert refusal.value.field == "tenders"


@pytest.mark.parametrize(("collection", "again"), [("", False), ("together", True)])
def test_a_reference_pays_once_unless_the_whole_was_looked_at(till: Loose, collection: str, again: bool) -> None:
    till.put(
        row(Payment, id="p", outlet="HZ01", order_id="earlier"),
        row(PaymentTender, payment_id="p", line=1, kind="card", amount=5, reference="R1"),
        row(ProductOrder, id="earlier", outlet="HZ01"),
    )
    one, quote = f11(till, collection=collection), Quote((line("fee", 100),))
    if again:
        assert one.take(quote, [Tender("card", 100, "R1")], {}).due == 100
        return
    with pytest.raises(NotAllowed):
        one.take(quote, [Tender("card", 100, "R1")], {})
    assert booked_orders(till) == []


def booked_orders(tx: Loose) -> list[str]:
    return [one for one in tx.told(Posting, "order_id") if one]


# paying out


@pytest.mark.parametrize(
    ("amount", "tenders", "told"),
    [
        (-1000, [("cash", 1000)], ""),
        (-1000, [("cash", 400), ("card", 600, "r")], ""),
        (-5000, [("cash", 5000)], ""),
        (-1000, [("cash", 999)], "0.01 yuan are missing."),
        (-1000, [("cash", 1001)], "Exactly 10.00 yuan"),
        (-1000, [("wechat", 1000, "r")], "Nothing is paid out by"),
        (-1000, [("cheque", 1000, "r")], None),
        (-4, [("rounding", 4)], "Nothing is paid out by"),
    ],
)
def test_exactly_what_is_due_is_paid_out_in_what_may_be(
    till: Loose, amount: int, tenders: list[tuple[Any, ...]], told: str | None
) -> None:
    one, handed = f11(till), [Tender(*each) for each in tenders]
    quote = Quote((line("prepay", amount, 2, bucket_id="pre"),))
    known = one._ways
    if told is None:
        told = "" if known[tenders[0][0]].refunds else "Nothing is paid out by"
    if told:
        with pytest.raises(NotAllowed, match=told) as refusal:
            one.take(quote, handed, {})
        assert refusal.value.field == "tenders"
        assert paid(till) == []
        return
    taken = one.take(quote, handed, {})
    out = tuple(replace(each, amount=-each.amount) for each in handed)
    assert (taken.due, taken.tendered, taken.change) == (amount, amount, 0)
    assert [(each.kind, each.amount) for each in taken.tenders] == [(each.kind, each.amount) for each in out]
    assert booked(till)[-1] == ("2205", -amount, "prepay", 0, "pre")
    assert till.told(BalanceBucket, "amount", id="pre") == [5_000 + amount]


@pytest.mark.parametrize(("cash", "enough"), [(10_000, True), (10_001, False)])
def test_no_more_cash_goes_out_than_is_in_the_till(till: Loose, cash: int, enough: bool) -> None:
    till.change(till.one(BalanceBucket, id="pre"), amount=20_000)
    quote = Quote((line("prepay", -cash, 2, bucket_id="pre"),))
    if enough:
        assert f11(till).take(quote, [Tender("cash", cash)], {}).due == -cash
        return
    with pytest.raises(NotAllowed, match="not so much cash"):
        f11(till).take(quote, [Tender("cash", cash)], {})


# bills, cards, contracts


@pytest.mark.parametrize(
    ("lines", "entered"),
    [
        (
            [line("fee", 1090, tax_rate=900)],
            [("1122", 1090, "bill", 0, None), ("6001", -1000, "fee", 0, None), ("2222", -90, "fee", 0, None)],
        ),
        (
            [line("fee", 100), line("fee", 50)],
            [("1122", 150, "bill", 0, None), ("6001", -100, "fee", 0, None), ("6001", -50, "fee", 0, None)],
        ),
        ([], None),
    ],
)
def test_a_bill_is_owed_against_income_and_its_tax_waits(
    till: Loose, lines: list[QuoteLine], entered: list[Any] | None
) -> None:
    f11(till).bill(lines)
    assert booked_orders(till) == ([] if entered is None else ["order"])
    if entered is not None:
        assert booked(till) == entered
        assert till.told(Posting, "shift_id", "till", order_id="order") == [(None, "")]


def test_a_card_s_value_becomes_the_customer_s_and_a_month_s_part_is_released(till: Loose) -> None:
    f11(till).recharge(700, "pre", "why")
    assert booked(till) == [("2207", 700, "recharge_card", 0, None), ("2205", -700, "recharge_card", 0, "pre")]
    assert till.told(Posting, "shift_id", "till", "note", order_id="order") == [("shift", "HZ0101", "why")]
    f11(till, order_id="other", shift_id="").recharge(-100, "pre")
    assert till.told(Posting, "shift_id", "till", order_id="other") == [(None, "")]
    f11(till, order_id="third").release(500, "pre", "dep")
    assert booked(till) == [("2208", 500, "contract_prepay", 0, "pre"), ("2205", -500, "contract_prepay", 0, "dep")]
    assert dict(till.told(BalanceBucket, "id", "amount")) == {"pre": 5_100, "dep": 500}


def test_what_an_order_brought_is_told_by_item(till: Loose) -> None:
    f11(till).take(Quote((line("fee", 1090, tax_rate=900), line("prepay", 700, 2))), [Tender("cash", 1790)], {2: "pre"})
    one = f11(till)
    assert [one.brought("order", "fee"), one.brought("order", "prepay"), one.brought("order", "fee", "prepay")] == [
        1090,
        700,
        1790,
    ]
    assert (one.brought("order"), one.brought("other", "fee")) == (0, 0)


# giving back


def test_all_that_an_order_brought_goes_back_with_all_signs_turned(till: Loose) -> None:
    quote = Quote((line("fee", 1090, tax_rate=900), line("prepay", 700, 2)))
    f11(till).take(quote, [Tender("card", 1000, "r1"), Tender("cash", 1000)], {2: "pre"})
    before = booked(till)
    later(till)
    one = f11(till, order_id="back", business="C12")
    taken = one.refund("a mistake", "order")
    assert booked(till) == [(account, -fen, *rest) for account, fen, *rest in before]
    assert (taken.due, taken.tendered, taken.change, taken.payment_id) == (-1790, -1790, 0, "")
    assert [(each.kind, each.amount, each.reference) for each in taken.tenders] == [
        ("card", -1000, "R1"),
        ("cash", -790, ""),
    ]
    assert paid(till)[1:] == [(-1790, -1790, 0)]
    assert till.told(Posting, "note", "business", "shift_id", "till", id=one.latest_posting()) == [
        ("a mistake", "C12", "shift", "HZ0101"),
    ]
    assert till.told(BalanceBucket, "amount", id="pre") == [5_000]
    assert f11(till).refund("x", "none") == Taken("", 0, 0, 0, ())


@pytest.mark.parametrize(("drop", "enough"), [(0, True), (10_000, True), (10_001, False)])
def test_cash_that_is_not_there_is_not_given_back(till: Loose, drop: int, enough: bool) -> None:
    f11(till).take(Quote((line("fee", 300),)), [Tender("cash", 300)], {})
    till.put(
        row(Posting, id="0", shift_id="shift"),
        row(PostingLine, posting_id="0", line=1, account="1001", amount=-drop, item="drop"),
    )
    if enough:
        assert f11(till).refund("x").due == -300
        return
    with pytest.raises(NotAllowed, match="not so much cash"):
        f11(till).refund("x")


def test_what_came_by_a_provider_is_asked_back_of_it(till: Loose) -> None:
    f11(till).take(Quote((line("fee", 300),)), [Tender("wechat", 200, "n1"), Tender("cash", 100)], {})
    f11(till).refund("x")
    assert till.told(MobilePayment, "kind", "amount", "refund_of", "booked", "draft_id") == [
        ("wechat", -200, "n1", 0, "draft"),
    ]


# what is against paying out


@pytest.mark.parametrize(
    ("due", "back", "tenders", "verdicts"),
    [
        (0, Back(), None, []),
        (100, Back(), None, []),
        (-100, Back({"cash": 100}, total=100), None, []),
        (-100, Back({"cash": 100}, total=100, uncleared=1), None, [("uncleared", "no")]),
        (-99, Back({"cash": 100}, total=100, uncleared=1), None, []),
        (-100, Back({"cash": 100}, total=100, cards=1), None, [("cards", "override")]),
        (-99, Back({"cash": 100}, total=100, cards=1), None, []),
        (-100, Back({"cash": 100}, total=100), [("cash", 100)], []),
        (-100, Back({"cash": 100}, total=100), [("card", 1), ("cash", 99)], [("way", "override")]),
        (
            -100,
            Back({"card": 100}, total=100, cards=100),
            [("cash", 100)],
            [("cards", "override"), ("way", "override")],
        ),
        (-100, Back({"card": 100}, 100, total=100), [("cash", 100)], []),
    ],
)
def test_what_is_not_cleared_of_cards_or_came_another_way(
    monkeypatch: pytest.MonkeyPatch, till: Loose, due: int, back: Back, tenders: Any, verdicts: list[tuple[str, str]]
) -> None:
    monkeypatch.setattr(finance, "back_of", lambda *_: back)
    said = None if tenders is None else [Tender(*one) for one in tenders]
    reasons = f11(till).pays_out(Quote((line("prepay", due, 2, bucket_id="pre"),)), said)
    assert [(reason.rule, reason.verdict) for reason in reasons] == verdicts


@pytest.mark.parametrize(
    ("total", "uncleared", "told"),
    [
        (100, 30, "0.30 yuan of it are not cleared yet: 0.70 can be paid out now."),
        (10, 30, "0.30 yuan of it are not cleared yet: 0.00 can be paid out now."),
    ],
)
def test_what_is_not_cleared_is_told(
    monkeypatch: pytest.MonkeyPatch, till: Loose, total: int, uncleared: int, told: str
) -> None:
    monkeypatch.setattr(finance, "back_of", lambda *_: Back(total=total, uncleared=uncleared))
    (reason,) = f11(till).pays_out(Quote((line("prepay", -100, 2),)))
    assert str(reason.message) == told


@pytest.mark.parametrize(
    ("by_way", "told"),
    [({}, "-"), ({"odd": 5}, "-"), ({"cash": 100, "odd": 5}, "1.00"), ({"cash": 100, "card": 250}, "1.00, 2.50")],
)
def test_the_ways_in_which_money_came_are_told_with_their_most(till: Loose, by_way: dict[str, int], told: str) -> None:
    words = str(f11(till).ways_in_words(Back(by_way))).split(", ")
    assert [one.rsplit(" ", 1)[-1] for one in words] == told.split(", ")


def test_a_bucket_s_money_goes_back_as_it_came(till: Loose) -> None:
    f11(till).take(Quote((line("prepay", 700, 2),)), [Tender("card", 700, "r")], {2: "pre"})
    till.put(row(ProductOrder, id="order", business="C12", business_date=DAY))
    one = f11(till, order_id="next")
    assert one.held_as("pre").by_way == {"card": 700}
    back = one.back(Quote((line("prepay", -500, 2, bucket_id="pre"),)))
    assert (back.total, back.by_way) == (500, {"card": 500})
