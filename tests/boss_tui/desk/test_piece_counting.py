"""The stock counted serial by serial: frozen at first, a difference of sets in the end, approved by another one."""

from __future__ import annotations

import re
from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.answers.hall import Bounds, Scanned
from boss_tui.components.stock.piece_life import life_of
from boss_tui.components.stock.pieces import PIECES
from boss_tui.desk import Desk
from boss_tui.locale import words
from boss_tui.verify import verify
from data.errors import NotAllowed, NotFound
from data.journal import Author
from data.states import state_name
from data.tables.resource import SimCard
from data.tables.stock import Handset, PieceCount, PieceDifference, PieceScan, RechargeCard, StockCount, StockPiece
from data.tables.sync import JournalEntry, Lease
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

WORD = (FACTS.supervisor, FACTS.password)


def cards(shop: Shop) -> list[str]:
    return sorted(row.serial for row in shop.rows(RechargeCard, state="idle", outlet=FACTS.outlet))


def begun(shop: Shop, *left_out: str) -> Desk:
    """A count of the recharge cards, in which all but these were found."""
    desk = shop.desk
    desk.piece_counting.start("card")
    desk.piece_counting.scan("card", " ".join(serial for serial in cards(shop) if serial not in left_out))
    return desk


def verdicts(shop: Shop) -> dict[str, str]:
    return {row.piece: row.verdict for row in shop.rows(PieceDifference)}


def refused(act: Any, *said: Any) -> str:
    with pytest.raises(NotAllowed) as refusal:
        act(*said)
    return refusal.value.field


def is_sound(shop: Shop) -> bool:
    with shop.store.reading() as reading:
        assert [str(found) for found in verify(reading) if found.table != "print_job"] == []
    return True


def test_a_count_that_agrees_needs_nobody_and_is_on_record(shop: Shop) -> None:
    desk = begun(shop)
    pieces = len(cards(shop))
    paper = desk.piece_counting.finish("card")
    assert "账实相符" in "\n".join(paper.preview)
    (row,) = shop.rows(StockCount)
    assert (row.counted_by, row.approved_by) == (FACTS.clerk, "")
    assert sum(one.expected for one in shop.rows(StockPiece)) == pieces
    assert sum(one.counted for one in shop.rows(StockPiece)) == pieces
    assert verdicts(shop) == {}
    assert is_sound(shop)


def test_who_approves_from_afar_by_a_code_shows_nobody_here_what_differs(shop: Shop) -> None:
    desk = begun(shop, cards(shop)[0])
    (code,) = shop.counter(FACTS.supervisor, "HZ0102").approvals.make_codes(1, Bounds(hours=1))
    assert desk.piece_counting.differing("card", code.code, "") == []
    desk.piece_counting.finish("card", "stolen", code.code)
    assert [row.approved_by for row in shop.rows(StockCount)] == [FACTS.supervisor]


def test_what_is_missing_needs_a_reason_and_a_second_person_and_is_sold_no_more(shop: Shop) -> None:
    gone = cards(shop)[3]
    desk = begun(shop, gone)
    assert refused(desk.piece_counting.finish, "card") == "reason"
    assert refused(desk.piece_counting.finish, "card", "stolen") == "approved_by"
    assert refused(desk.piece_counting.finish, "card", "stolen", FACTS.clerk, FACTS.password) == "staff_no"
    assert shop.rows(StockCount) == []
    told = [words("en")(line) for line in desk.piece_counting.differing("card", *WORD)]
    assert told == [
        "recharge card 50.00: 1 missing, 0 not expected",
        f"missing: {gone}",
        "What is missing is never sold as new.",
    ]
    assert refused(desk.piece_counting.differing, "card", FACTS.clerk, FACTS.password) == "staff_no"
    paper = desk.piece_counting.finish("card", "stolen", *WORD)
    assert gone in "\n".join(paper.preview)
    assert verdicts(shop) == {gone: "missing"}
    (row,) = shop.rows(RechargeCard, serial=gone)
    assert row.state == "locked"
    view = desk.forms.begin("C11", {"serial": gone, "count": "1"})
    assert "serial" in view.errors
    assert is_sound(shop)


def test_a_supervisor_approves_no_count_of_their_own(shop: Shop) -> None:
    desk = shop.counter(FACTS.supervisor, "HZ0102")
    desk.piece_counting.start("handset")
    assert refused(desk.piece_counting.differing, "handset", *WORD) == "approved_by", "before it is shown what differs"
    assert refused(desk.piece_counting.finish, "handset", "all gone", *WORD) == "approved_by"
    assert shop.rows(PieceCount, state="closed") == []


def test_what_was_sold_during_the_count_is_excused_by_its_order(shop: Shop) -> None:
    sold = cards(shop)[0]
    desk = begun(shop, sold)
    view = desk.forms.begin("C11", {"serial": sold, "count": "1"})
    outcome = desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    slip = "\n".join(desk.piece_counting.finish("card").preview)
    (row,) = shop.rows(PieceDifference)
    assert (row.piece, row.verdict) == (sold, "left")
    assert outcome.serial in row.detail
    state = row.detail.split(" ")[0]
    assert (words("zh_CN")(state_name(state)) in slip, state in slip, outcome.serial in slip) == (True, False, True)
    assert all(one.expected == one.counted for one in shop.rows(StockPiece))
    assert is_sound(shop)


def test_what_was_sold_before_the_count_can_t_be_there(shop: Shop) -> None:
    sold = cards(shop)[0]
    view = shop.desk.forms.begin("C11", {"serial": sold, "count": "1"})
    shop.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    desk = begun(shop)
    desk.piece_counting.scan("card", sold)
    desk.piece_counting.finish("card", "it lay in the drawer", *WORD)
    assert verdicts(shop) == {sold: "wrong_state"}


def test_what_is_strange_is_told_apart(shop: Shop) -> None:
    with shop.store.transaction(Author(FACTS.outlet, "test", "test"), journalled=False) as tx:
        tx.change(tx.one(RechargeCard, serial=cards(shop)[1]), outlet="HZ99")  # headquarters handed it elsewhere
    desk = begun(shop)
    desk.piece_counting.scan("card", "99999999999999999")
    there = next(row.serial for row in shop.rows(RechargeCard) if row.outlet == "HZ99")
    desk.piece_counting.scan("card", there)
    desk.piece_counting.finish("card", "brought along", *WORD)
    assert verdicts(shop) == {"99999999999999999": "extra", there: "wrong_place"}
    assert {(one.expected, one.counted) for one in shop.rows(StockPiece, of="")} == {(0, 1)}


def test_what_must_be_there_is_frozen_and_one_count_of_a_kind_is_open(shop: Shop) -> None:
    desk = begun(shop)
    (before,) = shop.rows(PieceCount)
    assert refused(desk.piece_counting.start, "card") == "kind"
    desk.piece_counting.start("handset")  # another kind
    assert refused(desk.piece_counting.start, "number") == "kind"
    view = desk.forms.begin("C11", {"serial": cards(shop)[0], "count": "2"})
    desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    (after,) = shop.rows(PieceCount, kind="card")
    assert after.expected == before.expected
    told = {one.kind: one.found for one in desk.piece_counting.counts()}
    assert (told["card"], told["handset"], told["sim"]) == (len(cards(shop)) + 2, 0, 0)


def test_a_serial_counts_once_and_a_run_is_of_what_must_be_there(shop: Shop) -> None:
    desk, serials = shop.desk, cards(shop)
    with pytest.raises(NotFound):
        desk.piece_counting.scan("card", serials[0])
    desk.piece_counting.start("card")
    assert desk.piece_counting.scan("card", f"{serials[0]} {serials[0]}") == Scanned(1)
    assert desk.piece_counting.scan("card", f"{serials[0]}-{serials[4]}") == Scanned(4)
    for wrong in ("no serial!", "x" * 41, f"{serials[1]}-{serials[0]}", "1-2"):
        assert refused(desk.piece_counting.scan, "card", wrong.replace(" ", "")) == "serials"
    assert len(shop.rows(PieceScan)) == 5
    told = [row.body for row in shop.rows(JournalEntry, kind="stock.pieces")]
    assert len(told) == 1  # what is scanned is nobody's but this machine's, until the count is closed


def test_what_was_scanned_by_mistake_is_taken_out_again(shop: Shop) -> None:
    desk, of_all = begun(shop), cards(shop)
    desk.piece_counting.scan("card", "999999")
    assert refused(desk.piece_counting.take_out, "card", "888888") == "serials"
    assert refused(desk.piece_counting.take_out, "card", f"{of_all[3]}-{of_all[1]}") == "serials"
    assert desk.piece_counting.take_out("card", f"999999 {of_all[1]}-{of_all[3]} {of_all[2]}") == 4
    assert desk.piece_counting.take_out("card", "") == 0
    desk.piece_counting.scan("card", f"{of_all[1]}-{of_all[3]}")
    desk.piece_counting.finish("card")
    assert verdicts(shop) == {}
    assert is_sound(shop)


def test_a_count_is_given_up_with_a_reason_and_changes_nothing(shop: Shop) -> None:
    desk = begun(shop, cards(shop)[0])
    assert refused(desk.piece_counting.give_up, "card", " ") == "reason"
    desk.piece_counting.give_up("card", "the lights went out")
    assert shop.rows(StockCount) == []
    assert {row.state for row in shop.rows(RechargeCard, serial=cards(shop)[0])} == {"idle"}
    desk.piece_counting.start("card")
    assert is_sound(shop)


def test_a_handset_that_is_missing_is_not_sold_as_new(shop: Shop) -> None:
    imeis = sorted(row.imei for row in shop.rows(Handset, state="in_stock", outlet=FACTS.outlet))
    desk = shop.desk
    desk.piece_counting.start("handset")
    desk.piece_counting.scan("handset", " ".join(imeis[1:]))
    desk.piece_counting.finish("handset", "not on the shelf", *WORD)
    assert [row.state for row in shop.rows(Handset, imei=imeis[0])] == ["returned"]
    assert is_sound(shop)


def missed(shop: Shop, kind: str, model: Any, key: str, free: str) -> str:
    """A piece that a count has missed by mistake."""
    here = sorted(getattr(row, key) for row in shop.rows(model, state=free, outlet=FACTS.outlet))
    counting = shop.desk.piece_counting
    counting.start(kind)
    counting.scan(kind, " ".join(here[1:]))
    counting.finish(kind, "not on the shelf", *WORD)
    return str(here[0])


@pytest.mark.parametrize(
    ("kind", "model", "key"),
    [("card", RechargeCard, "serial"), ("handset", Handset, "imei"), ("sim", SimCard, "iccid")],
)
def test_what_a_count_missed_and_a_later_one_finds_is_in_stock_again(
    shop: Shop, kind: str, model: Any, key: str
) -> None:
    about = PIECES[kind]
    gone = missed(shop, kind, model, key, about.free)
    counting = shop.desk.piece_counting
    counting.start(kind)
    here = [getattr(row, key) for row in shop.rows(model, state=about.free, outlet=FACTS.outlet)]
    assert counting.scan(kind, " ".join(here)) == Scanned(len(here))
    (told,) = counting.scan(kind, gone).strange
    assert words("en")(told) == f"{gone}: was missing, found again"
    assert refused(counting.finish, kind) == "reason"
    assert refused(counting.finish, kind, "behind the shelf") == "approved_by"
    assert [row.state for row in shop.rows(model, **{key: gone})] == [about.lost]
    differs = [words("en")(line) for line in counting.differing(kind, *WORD)]
    assert differs[0].endswith(": 0 missing, 0 not expected, 1 found again")
    assert differs[1:] == [
        f"was missing, found again: {gone}",
        "What an earlier count missed and this one found is in stock again.",
    ]
    assert gone in "\n".join(counting.finish(kind, "behind the shelf", *WORD).preview)
    assert [row.state for row in shop.rows(model, **{key: gone})] == [about.free]
    with shop.store.reading() as reading:
        life = " ".join(words("en")(line.what) for line in life_of(kind)(reading, gone))
    assert re.search("was not found when it was counted.*was found again when it was counted", life)
    assert is_sound(shop)
    # it is a piece like any other: it can be missed again, and found again
    assert missed(shop, kind, model, key, about.free) == gone
    counting.start(kind)
    assert [words("en")(each) for each in counting.scan(kind, gone).strange] == [words("en")(told)]


def test_what_a_customer_brought_back_comes_into_stock_by_no_count(shop: Shop) -> None:
    """Its state is that of a missing one, and no count has missed it; or one did, and another has found it since."""
    gone = missed(shop, "card", RechargeCard, "serial", "idle")
    desk = shop.desk
    desk.piece_counting.start("card")
    desk.piece_counting.scan("card", " ".join([gone, *cards(shop)]))
    desk.piece_counting.finish("card", "behind the shelf", *WORD)
    with shop.store.transaction(Author(FACTS.outlet, "test", "test"), journalled=False) as tx:
        tx.change(tx.one(RechargeCard, serial=gone), state="locked")  # damaged
    desk = begun(shop, gone)
    (told,) = desk.piece_counting.scan("card", gone).strange
    assert words("en")(told) == f"{gone}: can't be here by the books: locked"
    desk.piece_counting.finish("card", "it lay in the drawer", *WORD)
    assert verdicts_of(shop, gone) == ["found", "missing", "wrong_state"]
    assert [row.state for row in shop.rows(RechargeCard, serial=gone)] == ["locked"]


def verdicts_of(shop: Shop, piece: str) -> list[str]:
    return sorted(row.verdict for row in shop.rows(PieceDifference, piece=piece))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"outlet": "HZ99"}, "belongs elsewhere"),
        ({"lease": "returned"}, "can't be here by the books: locked"),
        ({"lease": "running"}, "was missing, found again"),
    ],
)
def test_what_is_missing_comes_back_where_it_was_and_in_its_block(
    shop: Shop, change: dict[str, str], told: str
) -> None:
    gone = missed(shop, "card", RechargeCard, "serial", "idle")
    with shop.store.transaction(Author(FACTS.outlet, "test", "test"), journalled=False) as tx:
        card = tx.one(RechargeCard, serial=gone)
        if "outlet" in change:
            tx.change(card, outlet=change["outlet"])
        else:
            block = {"id": "L", "kind": "card", "outlet": FACTS.outlet, "content": "{}", "pieces": 1}
            tx.add(Lease, **block, state=change["lease"], handed_at=tx.now(), sell_until=tx.now())
            tx.change(card, lease_id="L")
    shop.desk.piece_counting.start("card")
    assert [words("en")(each) for each in shop.desk.piece_counting.scan("card", gone).strange] == [f"{gone}: {told}"]


def test_what_should_not_be_there_is_told_when_it_is_scanned(shop: Shop) -> None:
    sold, nobody = cards(shop)[0], "99999999999999999"
    view = shop.desk.forms.begin("C11", {"serial": sold, "count": "1"})
    order = shop.desk.orders.complete(view.id, [Tender("cash", view.quote.due)]).serial
    counting = shop.desk.piece_counting
    counting.start("card")
    scanned = counting.scan("card", f"{nobody} {sold} {cards(shop)[0]}")
    told = [words("en")(each) for each in scanned.strange]
    assert scanned.new == 3
    assert told[1] == f"{nobody}: nobody knows it"
    assert told[0].startswith(f"{sold}: can't be here by the books: sold, order {order}, ")
