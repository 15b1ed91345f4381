"""Pieces that headquarters had put out of stock and that are there after all: two people put them back; and what stays
of the blocks that a piece was in, once it has left them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from boss_tui.answers.hall import Scanned
from boss_tui.desk import Desk
from boss_tui.headquarters import closing
from boss_tui.headquarters.leases import free_pieces
from boss_tui.headquarters.office import author
from boss_tui.locale import words
from data.demo_staff import OFFICE_MANAGERS, PASSWORD
from data.errors import BadForm, BossError, NotAllowed
from data.tables.act import Act
from data.tables.resource import PhoneNumber, SimCard
from data.tables.stock import BlankCard, Handset, RechargeCard
from data.tables.sync import Lease
from tests.boss_tui.desk import card_batches, stock_intake
from tests.hall import FACTS
from tests.linked_hall import CHECKER, LinkedHall

MAKER = OFFICE_MANAGERS[0]
SIGNED = (CHECKER, PASSWORD)
GONE = [str(card_batches.FIRST + n) for n in (3, 4, 5)]


@pytest.fixture
def office(linked: LinkedHall, tmp_path: Path) -> Desk:
    """An office that has accepted a batch of which three cards were missing."""
    maker, checker = linked.at_office(), linked.at_office(CHECKER)
    card_batches.with_key(maker, checker, tmp_path)
    stock_intake.taken_by(maker, card_batches.NAME, card_batches.written(tmp_path, card_batches.cards()))
    said = {"pieces": "7", "missing": f"{GONE[0]}-{GONE[-1]}", "reason": "the box was open"}
    checker.acting.do("M5", "accept", {"order": card_batches.ORDER, **said})
    return maker


def found(desk: Desk, serials: str, *signed: str, reason: str = "behind the shelf") -> dict[str, str]:
    told = desk.acting.do("M5", "found", {"serials": serials, "reason": reason}, *signed)
    return {str(fact.label): str(fact.value) for fact in told}


def cards(linked: LinkedHall) -> list[tuple[str, str]]:
    return [(row.state, row.reason) for row in linked.central_rows(RechargeCard, order=("serial",)) if row.batch_id]


def life(desk: Desk, table: str, key: str) -> list[str]:
    return [str(line.what) for line in desk.acting.life(f"M5/{table}", (key,))]


def test_cards_that_were_missing_when_their_batch_was_accepted_come_back_by_two(
    linked: LinkedHall, office: Desk
) -> None:
    assert office.acting.begun(card_batches.NAME, "found", (GONE[1],)) == {"serials": GONE[1]}
    assert office.acting.begun(card_batches.NAME, "found", (str(card_batches.FIRST),)) == {}
    told = found(office, f"{GONE[0]}-{GONE[1]}", *SIGNED)
    assert told == {"Kind": "recharge card", "In stock again": "2", "Serials": f"{GONE[0]}, {GONE[1]}"}
    assert [row.state for serial in GONE for row in linked.central_rows(RechargeCard, serial=serial)] == [
        "idle",
        "idle",
        "locked",
    ]
    with linked.office.store.transaction(author("", "test"), journalled=False) as tx:
        free = {row.serial for row in free_pieces(tx, "card", 100_000, "5000")}
    assert free & set(GONE) == set(GONE[:2]), "they can be handed out like any other"
    (act,) = linked.central_rows(Act, act="stock.found")
    assert (act.operator, act.approved_by) == (MAKER, CHECKER)
    assert life(office, "recharge_card", GONE[0])[-3:] == [
        "idle becomes locked: the box was open",
        "locked becomes idle: behind the shelf",
        "is idle now",
    ]
    assert linked.is_sound()


@pytest.mark.parametrize(
    ("serials", "said", "field"),
    [
        ("", {}, "serials"),
        (GONE[0], {"reason": ""}, "reason"),
        (f"{GONE[2]}-{GONE[0]}", {}, "serials"),  # turned round
        (f"{GONE[0]}-{card_batches.FIRST + 6}", {}, "serials"),  # one too many
        (f"{GONE[0]} {card_batches.FIRST}", {}, "serials"),  # is in stock
        (f"{GONE[0]} 33011261000000001", {}, "serials"),  # the hall's
        ("33011261000000999", {}, "serials"),  # nobody's
        ("第三张", {}, "serials"),
        ("３３０１１２６９０００００００４", {}, "serials"),
        (f"{GONE[0]} 8986", {}, "serials"),
        (GONE[0], {"signed": ()}, "approved_by"),
        (GONE[0], {"signed": (MAKER, PASSWORD)}, "staff_no"),  # who does it signs it
        (GONE[0], {"signed": (CHECKER, "wrong-9876")}, "password"),
        (GONE[0], {"signed": (FACTS.clerk, PASSWORD)}, "password"),
    ],
)
def test_what_is_not_away_or_not_signed_by_another_stays_as_it_is(
    linked: LinkedHall, office: Desk, serials: str, said: dict[str, Any], field: str
) -> None:
    before = cards(linked)
    with pytest.raises(BossError) as refused:
        found(office, serials, *said.get("signed", SIGNED), reason=said.get("reason", "here"))
    where = set(refused.value.errors) if isinstance(refused.value, BadForm) else {getattr(refused.value, "field", "")}
    assert where & {field, ""}, refused.value
    assert cards(linked) == before
    assert linked.central_rows(Act, act="stock.found") == []


def test_what_was_found_is_not_found_again_before_it_was_missing_again(linked: LinkedHall, office: Desk) -> None:
    found(office, GONE[0], *SIGNED)
    with pytest.raises(BadForm) as refused:
        found(office, GONE[0], *SIGNED)
    assert str(refused.value.errors["serials"]) == f"{GONE[0]} is idle: it is not missing."


def test_a_count_at_the_office_misses_its_own_stock_and_finds_what_was_missing(
    linked: LinkedHall, office: Desk
) -> None:
    counting, signed = office.piece_counting, SIGNED
    counting.start("card")
    here = [row.serial for row in linked.central_rows(RechargeCard, outlet="", state="idle", order=("serial",))]
    lost = here[5]
    halls = linked.central_rows(RechargeCard, outlet=FACTS.outlet)[0].serial
    assert counting.scan("card", f"{here[0]}-{here[4]} {here[6]}-{here[-1]}") == Scanned(len(here) - 1)
    told = [words("en")(line) for line in counting.scan("card", f"{GONE[0]} {halls}").strange]
    assert sorted(told) == [f"{halls}: belongs elsewhere", f"{GONE[0]}: was missing, found again"]
    assert counting.take_out("card", halls) == 1
    with pytest.raises(NotAllowed) as unsigned:
        counting.finish("card", "looked everywhere")
    assert unsigned.value.field == "approved_by"
    with pytest.raises(NotAllowed):
        counting.finish("card", "looked everywhere", MAKER, PASSWORD)
    assert [row.state for row in linked.central_rows(RechargeCard, serial=lost)] == ["idle"]
    paper = counting.finish("card", "looked everywhere", *signed)
    assert lost in "\n".join(paper.preview)
    states = [linked.central_rows(RechargeCard, serial=each)[0].state for each in (lost, *GONE)]
    assert states == ["locked", "idle", "locked", "locked"]
    assert "was found again when it was counted" in life(office, "recharge_card", GONE[0])
    found(office, lost, *signed)
    assert [row.state for row in linked.central_rows(RechargeCard, serial=lost)] == ["idle"]
    linked.exchange()
    assert linked.is_sound()


def test_pieces_by_kind_are_counted_at_the_office_as_they_lie_there(linked: LinkedHall) -> None:
    desk = linked.at_office()
    here = linked.central_rows(RechargeCard, outlet="", state="idle", face_value=5000)
    (line,) = [one for one in desk.stock.lines() if one.key == "card:5000"]
    assert line.pieces == len(here)
    paper = desk.stock.count({"card:5000": len(here)})
    assert "账实相符" in "\n".join(paper.preview)
    with pytest.raises(NotAllowed) as refused:
        desk.stock.count({"card:5000": len(here) - 1})
    assert refused.value.field == "reason"
    assert linked.is_sound()


@pytest.mark.parametrize(
    ("table", "model", "key", "free"),
    [
        ("sim_card", SimCard, "iccid", "in_stock"),
        ("blank_card", BlankCard, "serial", "blank"),
        ("handset", Handset, "imei", "in_stock"),
        ("recharge_card", RechargeCard, "serial", "idle"),
    ],
)
def test_what_came_from_an_outlet_that_is_closed_is_put_back_by_two(
    linked: LinkedHall, table: str, model: Any, key: str, free: str
) -> None:
    desk = linked.at_office()
    (row, *_) = (row for row in linked.central_rows(model, outlet=FACTS.outlet, state=free) if row.lease_id)
    piece = getattr(row, key)
    closing.close(desk, linked.office, FACTS.outlet, "it is gone", CHECKER)
    (lost,) = linked.central_rows(model, **{key: piece})
    assert (lost.outlet, lost.state == free) == ("", False)
    assert desk.acting.begun(f"M5/{table}", "found", (piece,)) == {"serials": piece}
    found(desk, piece, *SIGNED, reason="brought by the driver")
    (back,) = linked.central_rows(model, **{key: piece})
    assert (back.outlet, back.lease_id, back.state) == ("", "", free)
    told = life(desk, table, piece)
    assert f"taken back without the word of {FACTS.outlet}" in told
    assert any("brought by the driver" in line for line in told)


def test_a_number_that_came_back_from_an_outlet_tells_of_the_block_that_it_was_in(linked: LinkedHall) -> None:
    desk = linked.at_office()
    said = {"outlet": FACTS.outlet, "pieces": "5"}
    lease = next(str(fact.value) for fact in desk.acting.do("M5", "lease", said) if str(fact.label) == "Lease")
    linked.exchange()
    (number, *_) = (row.number for row in linked.central_rows(PhoneNumber, lease_id=lease))
    told = {str(fact.label): str(fact.value) for fact in desk.acting.do("M5", "recall", {"lease": number})}
    assert told["Left of it"] == "5 of 5"
    linked.exchange()
    assert [row.state for row in linked.central_rows(Lease, id=lease)] == ["returned"]
    lines = life(desk, "phone_number", number)
    assert lines[-4].startswith(f"leased to {FACTS.outlet}, until ")
    assert lines[-3:] == ["the lease was asked back", f"came back from {FACTS.outlet} unsold", "idle, grade N"]
    with pytest.raises(NotAllowed):
        desk.acting.do("M5", "recall", {"lease": lease})
    desk.acting.do("M5", "lease", {**said, "numbers": number, "pieces": "1"})
    assert sum(line.startswith("leased to") for line in life(desk, "phone_number", number)) == 2
    linked.exchange()
    assert linked.is_sound()
