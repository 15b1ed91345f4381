"""Money in suspense: how it is booked in, held, used, given back, and who may do that; each bound on both sides."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import Handwritten, Tender
from boss_tui.components.finance import suspense
from boss_tui.components.ledger import ledger
from boss_tui.components.till.cash import CashReason
from data.errors import BadForm, NotAllowed
from data.message import say
from data.parameters import SUSPENSE_ALONE
from data.tables.finance import Posting, Shift, SuspenseEntry
from data.tables.order import HandwrittenSlip
from tests.boss_tui.components.rows import DAY, Rows, row

HELD = 500
ALONE = SUSPENSE_ALONE.of(Rows())  # type: ignore[arg-type]
SHIFT = row(Shift, id="shift", outlet="HZ01", operator="1001", business_date=DAY)
POSTING = row(Posting, id="p", outlet="HZ01", operator="1002", business_date=DAY, shift_id="shift")


def way(**values: Any) -> Any:
    standard = {"account": "1001", "by_hand": True, "reference": False, "drawer": True, "clears": 0, "name": "Cash"}
    return SimpleNamespace(**{**standard, **values})


WAYS = {
    "cash": way(),
    "cheque": way(account="1012", reference=True, drawer=False, clears=2, name="Cheque"),
    "phone": way(by_hand=False),
}


@pytest.fixture(autouse=True)
def booked(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What is posted, and paid; what the till holds, and who may."""
    made = SimpleNamespace(legs=[], paid=[], till=HELD, supervises=False, gives=False)

    def post(_tx: Any, _shift: Any, _operator: str, *legs: Any, note: str) -> Any:
        made.legs.append((note, [(leg.account, leg.amount, leg.item) for leg in legs]))
        return POSTING

    def pay(_tx: Any, _posting: Any, tenders: list[Tender], *, due: int, tendered: int) -> None:
        made.paid.append(([(tender.kind, tender.amount, tender.reference) for tender in tenders], due, tendered))

    monkeypatch.setattr(suspense, "ways", lambda _: WAYS)
    monkeypatch.setattr(suspense, "post_in", post)
    monkeypatch.setattr(suspense, "enter_payment", pay)
    monkeypatch.setattr(suspense, "move", lambda _tx, what, amount, *_: (what, amount))
    monkeypatch.setattr(suspense, "expected_cash", lambda *_: made.till)
    monkeypatch.setattr(suspense, "is_supervisor", lambda *_: made.supervises)
    monkeypatch.setattr(suspense, "gives", lambda *_: made.gives)
    for name in ("must_supervise", "must_be_within", "check_unused", "must_be_theirs", "must_pay_out"):
        monkeypatch.setattr(suspense, name, lambda *_, **__: None)
    return made


def slip(**values: Any) -> Any:
    standard = {"id": "s", "outlet": "HZ01", "number": "SG-1", "known_as": "SG1", "state": "open", "entered_by": "1003"}
    return row(HandwrittenSlip, **{**standard, "tender": "cash", "held": HELD, **values})


def rows(one: Any, *more: Any, taken: str = DAY) -> Any:
    entry = row(SuspenseEntry, id="e", slip_id="s", posting_id="p", act="taken", amount=HELD, business_date=taken)
    return Rows(one, POSTING, entry, *more)


def entries(tx: Any) -> list[tuple[str, int]]:
    return [(each.act, each.amount) for each in tx.all(SuspenseEntry) if each.id != "e"]


def test_what_is_taken_is_booked_against_suspense(booked: Any) -> None:
    tx = rows(slip(held=0))
    tx.author = SimpleNamespace(operator="1001")
    found = suspense.take(tx, tx.one(HandwrittenSlip, id="s"), SHIFT, Tender("cheque", 700, "C1"), "2001")
    assert booked.legs == [("SG-1", [("1012", 700, "suspense"), (ledger.SUSPENSE, -700, "suspense")])]
    assert booked.paid == [([("cheque", 700, "C1")], 700, 700)]
    assert (found.amount, found.tender, found.reference, found.held) == (700, "cheque", "C1", 700)
    assert entries(tx) == [("taken", 700)]
    assert tx.all(SuspenseEntry)[-1].approved_by == "2001"


@pytest.mark.parametrize(
    ("name", "field", "form"), [("must_be_within", "amount", "taken"), ("check_unused", "tenders", "reference")]
)
def test_more_than_may_be_or_paid_before_is_said_beside_its_field(
    monkeypatch: pytest.MonkeyPatch, name: str, field: str, form: str
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise NotAllowed(say("No."), field=field)

    monkeypatch.setattr(suspense, name, refuse)
    tx = rows(slip(held=0))
    tx.author = SimpleNamespace(operator="1001")
    with pytest.raises(BadForm) as refused:
        suspense.take(tx, tx.one(HandwrittenSlip, id="s"), SHIFT, Tender("cash", 700))
    assert set(refused.value.errors) == {form}
    assert entries(tx) == []


@pytest.mark.parametrize(
    ("kind", "reference", "wrong"),
    [
        ("cash", "", set()),
        ("cheque", "C1", set()),
        ("cheque", "  ", {"reference"}),
        ("phone", "", {"way"}),
        ("shells", "", {"way"}),
    ],
)
def test_what_is_taken_by_hand_has_its_reference(
    monkeypatch: pytest.MonkeyPatch, kind: str, reference: str, wrong: set[str]
) -> None:
    monkeypatch.setattr(suspense, "as_booked", lambda tender, _: tender)
    reading: Any = Rows()
    if not wrong:
        assert suspense.taken_by(reading, kind, reference, 5) == Tender(kind, 5, reference)
        return
    with pytest.raises(BadForm) as refused:
        suspense.taken_by(reading, kind, reference, 5)
    assert set(refused.value.errors) == wrong


@pytest.mark.parametrize(
    ("tenders", "holds"),
    [
        ([("suspense", HELD, "sg 1")], True),
        ([("suspense", HELD + 1, "SG1")], False),
        ([("suspense", HELD - 1, "SG1"), ("suspense", 1, "SG-1")], True),
        ([("suspense", HELD - 1, "SG1"), ("suspense", 2, "SG-1")], False),
        ([("suspense", 1, "SG2")], False),
        ([("cash", HELD + 1, "SG1")], True),
    ],
)
def test_a_slip_pays_what_it_holds(tenders: list[tuple[str, int, str]], holds: bool) -> None:
    asked = [Tender(*each) for each in tenders]
    if holds:
        suspense.must_hold(Rows(slip()), "HZ01", asked)  # type: ignore[arg-type]
    else:
        with pytest.raises(NotAllowed) as refused:
            suspense.must_hold(Rows(slip()), "HZ01", asked)  # type: ignore[arg-type]
        assert refused.value.field == "tenders"


ENTERING = Handwritten("sg-1", DAY, "08:00", "1001")


@pytest.mark.parametrize(
    ("state", "held", "amount", "entering", "left"),
    [
        ("open", HELD, HELD, None, ("settled", 0, "used", "X1")),
        ("parked", HELD, HELD, None, ("settled", 0, "used", "X1")),
        ("open", HELD, HELD - 1, None, ("open", 1, "used", "")),
        ("open", HELD, HELD, ENTERING, ("open", 0, "used", "")),
        ("entered", HELD, HELD, None, ("entered", 0, "used", "")),
        ("settled", 0, -1, None, ("open", 1, "returned", "")),
        ("entered", 0, -1, None, ("entered", 1, "returned", "")),
    ],
)
def test_an_order_uses_a_slip_up_or_gives_back_to_it(
    state: str, held: int, amount: int, entering: Handwritten | None, left: tuple[str, int, str, str]
) -> None:
    tx = rows(slip(state=state, held=held))
    suspense.used(tx, "p", Tender("suspense", amount, "SG-1"), "X1", entering)
    found = tx.one(HandwrittenSlip, id="s")
    assert (found.state, found.held, tx.all(SuspenseEntry)[-1].act, found.words) == left
    assert entries(tx) == [(left[2], -amount)]


def act(note: str = " 张三 ", operator: str = "1001", approved_by: str = "") -> CashReason:
    return CashReason(operator, note, approved_by)


def given_back(tx: Any, kind: str = "cash", why: CashReason | None = None) -> Any:
    return suspense.refund(tx, tx.one(HandwrittenSlip, id="s"), SHIFT, kind, why or act())


@pytest.mark.parametrize(
    ("values", "reference", "state"),
    [
        ({}, "", "settled"),
        ({"state": "entered"}, "", "entered"),
        ({"tender": "cheque", "reference": "C1"}, "C1", "settled"),
    ],
)
def test_what_is_held_is_given_back_the_way_it_came(
    booked: Any, values: dict[str, Any], reference: str, state: str
) -> None:
    tx, kind = rows(slip(**values)), values.get("tender", "cash")
    assert given_back(tx, kind) == ("suspense_back", HELD)
    account = WAYS[kind].account
    legs = [(ledger.SUSPENSE, HELD, "suspense_back"), (account, -HELD, "suspense_back")]
    assert booked.legs == [("张三", legs)]
    assert booked.paid == [([(kind, -HELD, reference)], -HELD, -HELD)]
    found = tx.one(HandwrittenSlip, id="s")
    assert (found.held, found.state, found.words) == (0, state, "张三" if state == "settled" else "")
    assert entries(tx) == [("given_back", -HELD)]


@pytest.mark.parametrize(
    ("values", "kind", "note", "till", "field"),
    [
        ({"held": 0}, "cash", "x", HELD, ""),
        ({}, "cash", " ", HELD, "words"),
        ({}, "cheque", "x", HELD, ""),
        ({}, "cash", "x", HELD - 1, "amount"),
    ],
)
def test_nothing_that_is_not_there_is_given_back(
    booked: Any, values: dict[str, Any], kind: str, note: str, till: int, field: str
) -> None:
    booked.till = till
    with pytest.raises(NotAllowed) as refused:
        given_back(rows(slip(**values)), kind, act(note))
    assert refused.value.field == field
    assert booked.legs == []


@pytest.mark.parametrize(
    ("held", "operator", "supervises", "gives", "may"),
    [
        (ALONE, "1003", False, False, True),
        (ALONE + 1, "1003", False, False, False),
        (ALONE + 1, "1002", False, False, False),
        (ALONE + 1, "1001", False, False, True),
        (ALONE + 1, "1003", True, False, True),
        (ALONE + 1, "1003", False, True, True),
    ],
)
def test_much_is_given_back_by_another_than_who_put_it_down_or_took_it(
    booked: Any, held: int, operator: str, supervises: bool, gives: bool, may: bool
) -> None:
    booked.till, booked.supervises, booked.gives = held, supervises, gives
    tx = rows(slip(held=held))
    if may:
        given_back(tx, why=act(operator=operator))
    else:
        with pytest.raises(NotAllowed) as refused:
            given_back(tx, why=act(operator=operator))
        assert refused.value.field == "approved_by"


@pytest.mark.parametrize(
    ("taken", "approved_by", "supervises", "field"),
    [
        ("2026-11-21", "2001", False, None),
        ("2026-11-22", "2001", False, ""),
        ("2026-11-21", "", False, "approved_by"),
        ("2026-11-21", "", True, None),
    ],
)
def test_cash_for_a_cheque_is_given_once_it_is_cleared_by_a_supervisor(
    booked: Any, taken: str, approved_by: str, supervises: bool, field: str | None
) -> None:
    """A cheque is cleared two days after it was taken."""
    booked.supervises = supervises
    tx = rows(slip(tender="cheque", reference="C1"), taken=taken)
    if field is None:
        given_back(tx, why=act(approved_by=approved_by))
        assert booked.paid[0][0] == [("cash", -HELD, "")]
        return
    with pytest.raises(NotAllowed) as refused:
        given_back(tx, why=act(approved_by=approved_by))
    assert refused.value.field == field
