"""A box on its way from the office to a hall: written by one, packed by two, unpacked by two, then sold from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.headquarters import transferring
from data.errors import NotAllowed, NotFound
from data.tables.act import Act
from data.tables.order import Subscription
from data.tables.stock import BlankCard, RechargeCard
from data.tables.sync import Lease, SyncException
from data.tables.transfer import TransferCount, TransferNote
from tests.boss_tui.desk import card_batches, stock_intake
from tests.hall import FACTS
from tests.linked_hall import CHECKER, LinkedHall

WORD = (FACTS.supervisor, FACTS.password)


def sent(linked: LinkedHall, pieces: int = 3) -> tuple[TransferNote, list[str]]:
    """A box of recharge cards that the hall knows of, and their serials."""
    desk = linked.at_office()
    note = transferring.draft(
        desk, kind="card", pieces=pieces, of="5000", receiver=FACTS.outlet, reason="for the feast"
    )
    note, paper = transferring.send(desk, note.number, CHECKER)
    linked.exchange()
    serials = sorted(row.serial for row in linked.central_rows(RechargeCard, lease_id=note.lease_id))
    assert serials[0] in "".join(paper.preview)
    return note, serials


def sell(linked: LinkedHall, serial: str) -> Any:
    view = linked.hall.desk.forms.begin("C11", {"serial": serial, "count": "1"})
    if view.errors:
        return view.errors
    return linked.hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])


def test_the_counter_sells_what_has_arrived_and_nothing_that_has_not(linked: LinkedHall) -> None:
    note, serials = sent(linked)
    assert "serial" in sell(linked, serials[0])
    (line,) = linked.hall.desk.transfers.notes()
    assert (line.number, line.end_of, line.pieces, line.reason) == (note.number, "received", None, "for the feast")
    paper = linked.hall.desk.transfers.receive(note.number, 2, serials[1], "the seal was broken", *WORD)
    assert serials[1] in "".join(paper.preview)
    assert linked.hall.desk.transfers.notes() != []  # one may still be found
    assert sell(linked, serials[0]).state == "completed"
    assert "serial" in sell(linked, serials[1])
    linked.exchange()
    (row,) = linked.central_rows(TransferNote)
    assert (row.state, row.missing) == ("differs", 1)
    assert linked.is_sound()


def test_a_batch_of_recharge_cards_comes_by_range_to_a_hall_where_it_is_sold_and_redeemed(
    linked: LinkedHall, tmp_path: Path
) -> None:
    maker, checker = linked.at_office(), linked.at_office(CHECKER)
    card_batches.with_key(maker, checker, tmp_path)
    path = card_batches.written(tmp_path, card_batches.cards(20))
    stock_intake.taken_by(maker, card_batches.NAME, path)
    note = transferring.draft(maker, kind="card", pieces=5, of="5000", receiver=FACTS.outlet)
    first = str(card_batches.FIRST + 10)
    with pytest.raises(NotAllowed) as refusal:  # nobody has counted them yet
        transferring.send(maker, note.number, CHECKER, first)
    assert refusal.value.field == "first"
    checker.acting.do("M5", "accept", {"order": card_batches.ORDER, "pieces": "20"})
    with pytest.raises(NotAllowed):
        transferring.send(maker, note.number, CHECKER, str(card_batches.FIRST + 99))
    note, paper = transferring.send(maker, note.number, CHECKER, first)
    serials = [str(card_batches.FIRST + 10 + n) for n in range(5)]
    assert [serial for serial in (serials[0], serials[-1]) if serial not in "".join(paper.preview)] == []
    linked.exchange()
    linked.hall.desk.transfers.receive(note.number, 5, "", "", *WORD)
    here = linked.hall.rows(RechargeCard, lease_id=note.lease_id, order=("serial",))
    assert [(row.serial, row.state, row.pin_cipher) for row in here] == [(serial, "idle", "") for serial in serials]
    assert sell(linked, serials[0]).state == "completed"
    number = linked.hall.rows(Subscription, state="active")[0].number
    pin = card_batches.pin(card_batches.FIRST + 10)
    view = linked.hall.desk.forms.begin("C11", {"action": "redeem", "number": number, "pin": pin})
    assert not view.errors
    assert linked.hall.desk.orders.complete(view.id, []).state == "completed"
    linked.exchange()
    assert [row.state for row in linked.central_rows(RechargeCard, serial=serials[0])] == ["used"]
    assert linked.is_sound()


def test_a_supervisor_is_told_how_much_is_in_the_box(linked: LinkedHall) -> None:
    sent(linked, 7)
    (line,) = linked.hall.counter(FACTS.supervisor, "HZ0102").transfers.notes()
    assert line.pieces == 7


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ((4, "", "r", *WORD), "pieces"),
        ((2, "", "r", *WORD), "missing"),
        ((2, "123", "r", *WORD), "missing"),
        ((3, "", ""), "approved_by"),
        ((3, "", "", FACTS.clerk, FACTS.password), "staff_no"),
    ],
)
def test_a_count_that_is_wrong_is_refused_beside_its_field(
    linked: LinkedHall, said: tuple[Any, ...], field: str
) -> None:
    note, _ = sent(linked)
    with pytest.raises(NotAllowed) as refusal:
        linked.hall.desk.transfers.receive(note.number, *said)
    assert refusal.value.field == field
    assert linked.hall.rows(TransferCount) == []
    with pytest.raises(NotFound):
        linked.hall.desk.transfers.receive(99, 1)


def test_who_supervises_does_not_sign_for_what_they_counted(linked: LinkedHall) -> None:
    note, _ = sent(linked)
    desk = linked.hall.counter(FACTS.supervisor, "HZ0102")
    for word in ((), WORD):
        with pytest.raises(NotAllowed) as refusal:
            desk.transfers.receive(note.number, 3, "", "", *word)
        assert refusal.value.field == "approved_by"
    desk.transfers.receive(note.number, 3, "", "", FACTS.clerk, FACTS.password)  # whichever of the two supervises
    (count,) = linked.hall.rows(TransferCount, end_of="received")
    assert (count.counted_by, count.approved_by) == (FACTS.supervisor, FACTS.clerk)
    linked.exchange()
    assert linked.is_sound()


def test_back_to_headquarters_with_a_recall(linked: LinkedHall) -> None:
    note, serials = sent(linked)
    linked.hall.desk.transfers.receive(note.number, 3, "", "", *WORD)
    linked.exchange()
    back = transferring.recall(linked.at_office(), note.lease_id, "another kind sells better")
    linked.exchange()
    assert "serial" in sell(linked, serials[0])  # recalled
    (line,) = linked.hall.desk.transfers.notes()
    assert (line.number, line.end_of, line.pieces) == (back.number, "sent", 3)
    paper = linked.hall.desk.transfers.send(back.number, 2, f"{serials[0]}-{serials[1]}", "one is lost", *WORD)
    assert serials[1] in "".join(paper.preview)
    assert linked.hall.desk.transfers.notes() == []
    linked.exchange()
    desk = linked.at_office()
    with pytest.raises(NotAllowed):
        transferring.receive(desk, back.number, 3, CHECKER)
    ended, paper = transferring.receive(desk, back.number, 2, CHECKER)
    assert (ended.state, ended.pieces) == ("received", 2)
    assert [row.state for row in linked.central_rows(Lease, id=note.lease_id)] == ["running"]
    linked.exchange()
    assert linked.is_sound()
    again = transferring.recall(linked.at_office(), note.lease_id)  # it was found after all
    linked.exchange()
    linked.hall.desk.transfers.send(again.number, 1, "", "", *WORD)
    linked.exchange()
    assert [row.state for row in linked.central_rows(Lease, id=note.lease_id)] == ["returned"]
    transferring.receive(linked.at_office(), again.number, 1, CHECKER)
    linked.exchange()
    assert linked.is_sound()


def test_each_act_of_the_office_is_on_record_with_who_signed(linked: LinkedHall) -> None:
    note, serials = sent(linked)
    linked.hall.desk.transfers.receive(note.number, 2, serials[2], "not there", *WORD)
    linked.exchange()
    desk = linked.at_office()
    ended = transferring.settle(desk, note.number, "lost", "the carrier pays", CHECKER)
    assert (ended.state, ended.outcome, ended.settled_by) == ("resolved", "lost", "3001")
    spare = transferring.draft(desk, kind="card", pieces=1, receiver=FACTS.outlet)
    assert transferring.cancel(desk, spare.number, "written twice").state == "cancelled"
    done = [(act.act, act.approved_by) for act in linked.central_rows(Act, business="M5", order=("made_at",))]
    assert done == [
        ("transfer.draft", ""),
        ("transfer.send", CHECKER),
        ("transfer.settle", CHECKER),
        ("transfer.draft", ""),
        ("transfer.cancel", ""),
    ]
    linked.exchange()
    assert linked.is_sound()


def test_nobody_packs_alone_nor_without_the_right(linked: LinkedHall) -> None:
    desk = linked.at_office()
    note = transferring.draft(desk, kind="card", pieces=1, receiver=FACTS.outlet)
    for checker in ("3001", "1001", "9999"):
        with pytest.raises(NotAllowed):
            transferring.send(desk, note.number, checker)
    with pytest.raises(NotAllowed):
        transferring.cancel(desk, note.number, "  ")
    with pytest.raises(NotFound):
        transferring.send(desk, 99, CHECKER)
    assert linked.central_rows(TransferNote)[0].state == "draft"
    assert linked.central_rows(TransferCount) == []


def test_the_life_of_a_piece_tells_of_boxes_counts_and_who_bought_it(linked: LinkedHall) -> None:
    desk = linked.at_office()
    blank = transferring.draft(desk, kind="blank", pieces=2, of="32K", receiver=FACTS.outlet)
    blank, _ = transferring.send(desk, blank.number, CHECKER)
    linked.exchange()
    first, second = sorted(row.serial for row in linked.central_rows(BlankCard, lease_id=blank.lease_id))
    linked.hall.desk.transfers.receive(blank.number, 1, second, "not there", *WORD)
    counting = linked.hall.desk.piece_counting
    counting.start("blank")
    here = sorted(row.serial for row in linked.hall.rows(BlankCard, state="blank", outlet=FACTS.outlet))
    counting.scan("blank", " ".join(serial for serial in here if serial != first))
    counting.finish("blank", "gone", *WORD)
    linked.exchange()
    told = [str(line.what) for line in desk.acting.life("M5/blank_card", (first,))]
    assert [word for word in ("note DB-000001", "not found when it was counted") if word not in " ".join(told)] == []
    lost = [str(line.what) for line in desk.acting.life("M5/blank_card", (second,))]
    assert "missing" in " ".join(lost)
    assert linked.is_sound()
    counting.start("blank")
    counting.scan("blank", " ".join(here))
    counting.finish("blank", "behind the shelf", *WORD)
    linked.exchange()
    told = [str(line.what) for line in desk.acting.life("M5/blank_card", (first,))]
    assert [word for word in ("not found when it was counted", "found again") if word not in " ".join(told)] == []
    for rows in (linked.central_rows, linked.hall.rows):
        assert [row.state for row in rows(BlankCard, serial=first)] == ["blank"]
    assert linked.central_rows(SyncException) == []
    assert linked.is_sound()
