"""Numbers and cards: found, held for a time, sold, in use, at rest, given back (F5)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from boss_tui.answers.business import Held
from boss_tui.components.resources.reservations import release
from boss_tui.components.resources.resources import KINDS, Resources
from data.clock import stamp
from data.errors import Conflict, Expired, NotAllowed, OutOfStock
from data.tables.life import ValueChange
from data.tables.product import Product
from data.tables.resource import NumberGrade, PhoneNumber, Reservation, ReservationLimit, SimCard
from data.tables.stock import BlankCard, Handset, ImsiReserve
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import NOW, context, row

EARLY, LATE = stamp(NOW - timedelta(minutes=5)), stamp(NOW + timedelta(minutes=5))


def number(digits: str, **values: Any) -> Any:
    standard = {"number": digits, "tail": digits[-4:], "grade": "plain", "outlet": "HZ01"}
    return row(PhoneNumber, **{**standard, **values})


def card(iccid: str, **values: Any) -> Any:
    return row(SimCard, **{"iccid": iccid, "imsi": iccid, "kind": "128K", "outlet": "HZ01", **values})


def blank(serial: str, **values: Any) -> Any:
    return row(BlankCard, **{"serial": serial, "outlet": "HZ01", **values})


def held(kind: str, resource: str, until: str = LATE, draft: str = "mine", state: str = "active") -> Any:
    return row(
        Reservation,
        id=f"{kind}{resource}{state}",
        kind=kind,
        resource=resource,
        draft_id=draft,
        until=until,
        state=state,
    )


@pytest.fixture
def f5(tx: Loose) -> Resources:
    """Two grades; this draft is `mine`."""
    tx.put(row(NumberGrade, code="plain"), row(NumberGrade, code="A", fee=10_000, transfer_ban_months=6))
    return Resources(context(tx, draft_id="mine"))


# what is free

NUMBERS = ("13957000002", "13957000001", "13958000139", "18857001390")


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("", ["13957000001", "13957000002", "13958000139", "18857001390", "13900000008"]),
        ("139", ["13957000001", "13957000002", "13958000139", "13900000008"]),
        ("13957", ["13957000001", "13957000002"]),
        (" 13957 ", ["13957000001", "13957000002"]),
        ("13", []),  # too few digits to be a beginning: numbers that end so
        ("39", ["13958000139"]),
        ("0139", ["13958000139"]),
        ("1390", ["13900000008"]),
        ("0001", ["13957000001"]),
        ("001", ["13957000001"]),
        ("*570*", ["13957000001", "13957000002", "18857001390"]),
        ("188*", ["18857001390"]),
        ("*1", ["13957000001"]),
        ("A", ["13900000008"]),
        ("a", ["13900000008"]),
        ("B", []),
        ("13%", []),
        ("139_", []),
        ("13957000001", ["13957000001"]),
        ("57000001", ["13957000001"]),
    ],
)
def test_free_numbers_are_found_by_ends_beginnings_runs_or_grade(
    tx: Loose, f5: Resources, pattern: str, found: list[str]
) -> None:
    tx.put(*map(number, NUMBERS), number("13900000008", grade="A"))
    expected = [one for one in found if one != "13900000008"] + [one for one in found if one == "13900000008"]
    assert [one.number for one, _ in f5.numbers(pattern)] == expected
    assert all(grade.code == one.grade for one, grade in f5.numbers(pattern))
    assert [one.number for one, _ in f5.numbers(pattern, 1)] == expected[:1]


def test_four_digits_that_begin_like_a_number_are_one_s_beginning(tx: Loose, f5: Resources) -> None:
    tx.put(*map(number, NUMBERS))
    assert [one.number for one, _ in f5.numbers("1395")] == ["13957000001", "13957000002", "13958000139"]


@pytest.mark.parametrize(
    ("values", "reservation", "free"),
    [
        ({}, None, True),
        ({"state": "sold"}, None, False),
        ({"state": "quarantined"}, None, False),
        ({"outlet": "NB01"}, None, False),
        ({}, {"until": LATE}, False),
        ({}, {"until": EARLY}, True),
        ({}, {"until": stamp(NOW)}, True),
        ({}, {"state": "released"}, True),
        ({}, {"draft": "theirs"}, False),
        ({}, {"kind": "sim"}, True),
        ({}, {"resource": "1"}, True),
    ],
)
def test_a_number_is_free_that_is_idle_here_and_that_no_draft_holds(
    tx: Loose, f5: Resources, values: dict[str, Any], reservation: dict[str, str] | None, free: bool
) -> None:
    tx.put(number("13957000001", **values))
    if reservation is not None:
        tx.put(held(**{"kind": "number", "resource": "13957000001", **reservation}))
    assert bool(f5.numbers()) is free


@pytest.mark.parametrize(
    ("kind", "values", "told"),
    [
        ("number", {"state": "sold"}, "This number was just taken. Choose another (F4)."),
        ("number", {"state": "in_use"}, "1 is in use: take another (F4)."),
        ("number", {"state": "quarantined"}, "1 is in quarantine: take another (F4)."),
        (
            "number",
            {"state": "quarantined", "quarantine_until": "2027-04-02"},
            "1 is in quarantine, until 2027-04-02: take another (F4).",
        ),
        ("number", {"state": "ported"}, "1 is with another operator: take another (F4)."),
        ("sim", {"state": "sold"}, "This card was just taken. Take another card."),
        ("sim", {"state": "void"}, "1 is void: take another (F4)."),
    ],
)
def test_why_one_can_t_be_had_is_its_state_unless_another_has_just_taken_it(
    tx: Loose, f5: Resources, kind: str, values: dict[str, Any], told: str
) -> None:
    tx.put(number("1", **values) if kind == "number" else card("1", **values))
    with pytest.raises(Conflict) as refusal:
        f5.reserve(kind, "1")
    assert str(refusal.value.message) == told


def test_thirty_are_shown_unless_more_are_asked_for(tx: Loose, f5: Resources) -> None:
    tx.put(
        *(number(f"139{n:08d}") for n in range(33)),
        *(card(f"c{n:02}") for n in range(33)),
        *(blank(f"b{n:02}") for n in range(33)),
    )
    assert [len(f5.numbers()), len(f5.sims()), len(f5.blanks())] == [30, 30, 30]
    assert [len(f5.numbers(limit=32)), len(f5.sims(32)), len(f5.blanks(32))] == [32, 32, 32]


def test_free_cards_are_shown_kind_by_kind(tx: Loose, f5: Resources) -> None:
    tx.put(
        card("3", kind="64K"),
        card("2"),
        card("1"),
        card("4", state="sold"),
        card("5", outlet="NB01"),
        card("6"),
        held("sim", "6"),
        card("7", kind="USIM", state="void"),
        blank("b2", kind="USIM"),
        blank("b1", kind="USIM"),
        blank("b3", kind="32K", state="written"),
        blank("b4", outlet="NB01", kind="NFC"),
        blank("b0", kind="eSIM"),
        held("blank", "b0"),
    )
    assert [one.iccid for one in f5.sims()] == ["1", "2", "3"]
    assert [one.iccid for one in f5.sims(2)] == ["1", "2"]
    assert [one.iccid for one in f5.sims(kinds=["64K"])] == ["3"]
    assert f5.sims(kinds=[]) == []
    assert sorted(f5.kinds_of_sims()) == ["128K", "64K", "USIM", "eSIM"]
    assert [one.serial for one in f5.blanks()] == ["b1", "b2"]


# held for a time


@pytest.mark.parametrize(("limits", "minutes"), [({}, 30), ({"number": 5}, 5), ({"sim": 5}, 30)])
def test_a_resource_is_held_until_its_kind_s_limit(
    tx: Loose, f5: Resources, limits: dict[str, int], minutes: int
) -> None:
    tx.put(number("1"), *(row(ReservationLimit, kind=kind, minutes=most) for kind, most in limits.items()))
    made = f5.reserve("number", "1")
    assert made.until[:16] == stamp(NOW + timedelta(minutes=minutes))[:16]
    assert f5.held() == (Held("number", "1", made.until),)
    assert f5.reserve("number", "1") == made  # again is no other one
    assert len(tx.all(Reservation)) == 1


def test_another_of_its_kind_lets_go_of_the_first_and_only_of_it(tx: Loose, f5: Resources) -> None:
    tx.put(number("1"), number("2"), card("c"))
    f5.reserve("number", "1")
    f5.reserve("sim", "c")
    f5.reserve("number", "2")
    assert [(one.kind, one.key) for one in f5.held()] == [("number", "2"), ("sim", "c")]
    f5.let_go("number")
    f5.let_go("number")
    assert [(one.kind, one.key) for one in f5.held()] == [("sim", "c")]
    assert sorted(tx.told(Reservation, "state")) == ["active", "released", "released"]


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({}, None),
        ({"outlet": "NB01"}, NotAllowed),
        ({"state": "sold"}, Conflict),
        ({"number": "2"}, NotAllowed),
    ],
)
def test_what_is_not_here_or_not_free_is_not_held(
    tx: Loose, f5: Resources, values: dict[str, Any], fault: type[Exception] | None
) -> None:
    tx.put(number("1", **values))
    if fault is None:
        assert f5.reserve("number", "1").key == "1"
        return
    with pytest.raises(fault):
        f5.reserve("number", "1")
    assert tx.all(Reservation) == []


@pytest.mark.parametrize(("until", "free"), [(LATE, False), (EARLY, True), (stamp(NOW), True)])
def test_what_another_draft_holds_is_free_when_its_time_is_over(
    tx: Loose, f5: Resources, until: str, free: bool
) -> None:
    tx.put(number("1"), held("number", "1", until, "theirs"), held("number", "9", EARLY, "theirs", "released"))
    if free:
        assert f5.reserve("number", "1").key == "1"
        assert dict(tx.told(Reservation, "id", "state"))["number1active"] == "expired"
        assert dict(tx.told(Reservation, "id", "state"))["number9released"] == "released"
        return
    with pytest.raises(Conflict):
        f5.reserve("number", "1")


@pytest.mark.parametrize(("until", "shown"), [(LATE, 1), (stamp(NOW), 0), (EARLY, 0)])
def test_what_ran_out_is_held_no_more(tx: Loose, f5: Resources, until: str, shown: int) -> None:
    tx.put(held("number", "1", until), held("sim", "2", LATE, "theirs"), held("sim", "3", LATE, state="used"))
    assert len(f5.held()) == shown


def test_a_draft_that_ends_lets_go_of_all_that_it_holds(tx: Loose) -> None:
    tx.put(held("number", "1"), held("sim", "2"), held("sim", "3", draft="theirs"), held("sim", "4", state="used"))
    release(tx, "mine", "expired")
    assert dict(tx.told(Reservation, "resource", "state")) == {
        "1": "expired",
        "2": "expired",
        "3": "active",
        "4": "used",
    }
    release(tx, "theirs")
    assert tx.told(Reservation, "state", resource="3") == ["released"]


# sold


@pytest.mark.parametrize(
    ("reservation", "state", "field", "fault"),
    [
        ({}, "idle", "", None),
        (None, "idle", "", Expired),
        ({"until": EARLY}, "idle", "", Expired),
        ({"until": stamp(NOW)}, "idle", "", Expired),
        ({"resource": "2"}, "idle", "", Expired),
        ({"draft": "theirs"}, "idle", "", Expired),
        ({"state": "used"}, "idle", "", Expired),
        ({}, "sold", "", Conflict),
        ({}, "sold", "new_number", Conflict),
        (None, "idle", "new_number", Expired),
    ],
)
def test_what_is_sold_is_held_and_free(
    tx: Loose, f5: Resources, reservation: dict[str, str] | None, state: str, field: str, fault: Any
) -> None:
    tx.put(number("1", state=state))
    if reservation is not None:
        tx.put(held(**{"kind": "number", "resource": "1", **reservation}))
    if fault is None:
        sold = f5.sell("number", "1", "s", field)
        assert (sold.state, sold.subscription_id, tx.told(Reservation, "state")) == ("sold", "s", ["used"])
        return
    with pytest.raises(fault) as refusal:
        f5.sell("number", "1", "s", field)
    assert refusal.value.field == (field or "number")


@pytest.mark.parametrize(
    ("kind", "field"), [("number", "number"), ("sim", "iccid"), ("blank", "iccid"), ("handset", "imei")]
)
def test_each_kind_has_its_field(kind: str, field: str) -> None:
    assert KINDS[kind].field == field


def test_a_handset_is_held_and_sold_like_the_rest(tx: Loose, f5: Resources) -> None:
    tx.put(row(Handset, imei="i", outlet="HZ01"))
    f5.reserve("handset", "i")
    assert f5.sell("handset", "i", None).state == "sold"


def test_a_blank_card_that_is_held_is_written_with_the_next_imsi(tx: Loose, f5: Resources) -> None:
    tx.put(
        blank("b", kind="USIM"),
        held("blank", "b"),
        row(ImsiReserve, imsi="3", iccid="i3", outlet="HZ01"),
        row(ImsiReserve, imsi="1", iccid="i1", outlet="HZ01", state="used"),
        row(ImsiReserve, imsi="0", iccid="i0", outlet="NB01"),
        row(ImsiReserve, imsi="2", iccid="i2", outlet="HZ01"),
    )
    made = f5.write_held("b", "s")
    assert (made.iccid, made.imsi, made.kind, made.state, made.outlet, made.subscription_id) == (
        "i2",
        "2",
        "USIM",
        "sold",
        "HZ01",
        "s",
    )
    assert tx.told(BlankCard, "state", "iccid") == [("written", "i2")]
    assert dict(tx.told(ImsiReserve, "imsi", "state")) == {"0": "free", "1": "used", "2": "used", "3": "free"}
    assert f5.next_imsi().imsi == "3"
    assert f5.card_named("i2").imsi == "2"


def test_a_card_is_named_by_its_iccid_or_by_the_serial_that_it_had(tx: Loose, f5: Resources) -> None:
    serial, iccid = "1" * 16, "8" * 20
    tx.put(blank(serial, state="written", iccid=iccid), card(iccid), card("2" * 15), card("3" * 17))
    assert [f5.card_named(typed).iccid for typed in (serial, iccid, "2" * 15, "3" * 17)] == [
        iccid,
        iccid,
        "2" * 15,
        "3" * 17,
    ]
    with pytest.raises(OutOfStock):
        f5.next_imsi()


# in use, at rest, given back


@pytest.mark.parametrize(
    ("act", "number_s", "card_s"), [("put_into_use", "in_use", "in_use"), ("take_back", "idle", "in_stock")]
)
def test_number_card_or_both(tx: Loose, f5: Resources, act: str, number_s: str, card_s: str) -> None:
    tx.put(number("1", state="sold", subscription_id="s"), card("c", state="sold", subscription_id="s"))
    getattr(f5, act)(number="1")
    assert (tx.one(PhoneNumber, number="1").state, tx.one(SimCard, iccid="c").state) == (number_s, "sold")
    getattr(f5, act)(iccid="c")
    assert tx.one(SimCard, iccid="c").state == card_s
    kept = "s" if act == "put_into_use" else None
    assert tx.told(PhoneNumber, "subscription_id") + tx.told(SimCard, "subscription_id") == [kept, kept]


def test_a_number_that_is_given_up_rests_ninety_days(tx: Loose, f5: Resources) -> None:
    tx.put(number("1", state="in_use", subscription_id="s"))
    rests = f5.quarantine("1")
    assert (rests.state, rests.subscription_id, rests.quarantine_until) == ("quarantined", None, "2027-02-21")
    again = f5.number_again("1", "s")
    assert (again.state, again.subscription_id, again.quarantine_until) == ("sold", "s", "")
    with pytest.raises(NotAllowed):
        f5.number_again("1", "s")


def test_a_card_that_is_void_may_be_given_again(tx: Loose, f5: Resources) -> None:
    tx.put(card("c", state="in_use", subscription_id="s"))
    with pytest.raises(NotAllowed):
        f5.give_again("c", "s")
    void = f5.void("c", "lost")
    assert (void.state, void.subscription_id) == ("void", None)
    again = f5.give_again("c", "s")
    assert (again.state, again.subscription_id) == ("sold", "s")
    assert tx.told(ValueChange, "subject", "field", "before", "after", order=("made_at",)) == [
        ("c", "fate", "", "lost"),
        ("c", "fate", "void", "given again"),
    ]


@pytest.mark.parametrize(
    ("kind", "kinds", "fits"),
    [
        ("128K", ("",), True),
        ("128K", ("128K",), True),
        ("128K", ("USIM,128K",), True),
        ("128K", ("USIM",), False),
        ("128K", (), True),
        ("128K", ("128K", "USIM"), False),
        ("128K", ("", "128K,USIM"), True),
    ],
)
def test_a_card_is_of_a_kind_that_every_product_works_on(
    tx: Loose, f5: Resources, kind: str, kinds: tuple[str, ...], fits: bool
) -> None:
    tx.put(card("c", kind=kind))
    products = [row(Product, code=str(n), sim_kinds=one) for n, one in enumerate(kinds)]
    if fits:
        f5.must_fit("c", products)
        return
    with pytest.raises(NotAllowed):
        f5.must_fit("c", products)


def test_a_number_s_grade_says_how_long_it_keeps_its_owner(tx: Loose, f5: Resources) -> None:
    tx.put(number("1"), number("2", grade="A"))
    assert [f5.transfer_ban(one) for one in ("1", "2")] == [0, 6]
