"""Transfer notes as the office's screens have them: both ends' counts, what can be done, two people."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.hall import OfficeNote
from boss_tui.headquarters import note_sheets
from data.demo_staff import PASSWORD
from data.errors import NotAllowed, NotFound, OutOfStock
from data.tables.stock import RechargeCard
from tests.hall import FACTS
from tests.linked_hall import CHECKER, LinkedHall

pytestmark = pytest.mark.light

TWO = (CHECKER, PASSWORD)
SUPERVISOR = (FACTS.supervisor, FACTS.password)


def states(notes: list[OfficeNote]) -> list[tuple[int, str]]:
    return [(note.number, note.state) for note in notes]


def test_what_an_outlet_sends_back_is_counted_here_and_what_was_missing_is_found_later(linked: LinkedHall) -> None:
    notes, hall = linked.at_office().office_notes, linked.hall.desk.transfers
    block = next(one for one in notes.blocks(FACTS.outlet.lower()) if one.kind == "card")
    for text in ("充值卡", "recharge", "城关"):
        assert block in notes.blocks(text), "what stands in the list finds it"
    assert {one.kind for one in notes.blocks("充值卡")} == {"card"}
    assert notes.blocks("nowhere") == []
    assert notes.recall(block.lease, "new cards come") == "DB-000001"
    (line,) = notes.notes()
    assert (line.recalls, line.pieces, line.state) == (True, block.left, "draft")
    assert notes.sheet(1).ways == ("cancel",), "its outlet packs it"
    assert block.lease not in [one.lease for one in notes.blocks()]
    linked.exchange()
    hall.send(1, 3, "", "the others are sold", *SUPERVISOR)
    linked.exchange()
    sheet = notes.sheet(1)
    assert sheet.sent is not None
    assert (sheet.sent.pieces, sheet.sent.approved_by, sheet.ways) == (3, FACTS.supervisor, ("receive",))
    first, last = sheet.sent.runs[0].split(" - ")
    with pytest.raises(NotAllowed) as unsigned:
        notes.receive(1, 2, first, "one was not in the box")
    assert unsigned.value.field == "approved_by"
    notes.receive(1, 2, first, "one was not in the box", *TWO)
    sheet = notes.sheet(1)
    assert (sheet.note.missing, sheet.absent, sheet.ways) == (1, (first,), ("receive", "returned", "lost"))
    assert [(count.pieces, count.runs) for count in sheet.received] == [(2, (first,))]
    notes.receive(1, 1, "", "", *TWO)
    sheet = notes.sheet(1)
    assert (sheet.note.state, [count.pieces for count in sheet.received], sheet.absent) == ("received", [2, 1], ())
    assert sheet.ways == ()
    assert {row.state for row in linked.central_rows(RechargeCard, outlet="") if first <= row.serial <= last} == {
        "idle"
    }
    linked.exchange()
    assert linked.is_sound()


def test_a_box_is_packed_from_a_serial_on_and_only_as_it_was_counted(linked: LinkedHall) -> None:
    notes = linked.at_office().office_notes
    sort = next(one for one in notes.sorts() if (one.kind, one.of) == ("card", "5000"))
    free = [row.serial for row in linked.central_rows(RechargeCard, outlet="", state="idle", face_value=5000)]
    assert sort.free == len(free)
    assert FACTS.outlet in [choice.value for choice in notes.ends()]
    notes.draft("card", "5000", 5, "", FACTS.outlet, "")
    assert notes.sheet(1).ways == ("send", "cancel")
    refused: dict[str, tuple[type[NotAllowed], tuple[Any, ...]]] = {
        "pieces": (NotAllowed, (6, "", "more is better", *TWO)),
        "reason": (NotAllowed, (4, "", "", *TWO)),
        "first": (NotAllowed, (5, "999", "", *TWO)),
        "approved_by": (NotAllowed, (5,)),
    }
    for field, (fault, said) in refused.items():
        with pytest.raises(fault) as refusal:
            notes.send(1, *said)
        assert refusal.value.field == field
    with pytest.raises(NotAllowed, match="Put something into the box"):
        notes.send(1, 0, "", "nothing", *TWO)
    with pytest.raises(OutOfStock) as few:
        notes.send(1, 5, max(free), "", *TWO)
    assert few.value.field == "pieces"
    begin = sorted(free)[10]
    paper = notes.send(1, 5, begin, "", *TWO)
    assert begin in "".join(paper.preview)
    sheet = notes.sheet(1)
    assert sheet.sent is not None
    assert sheet.sent.runs[0].startswith(begin)
    assert sheet.ways == (), "it is on its way to the hall"


def test_a_case_is_settled_by_two_and_the_list_shows_what_is_to_be_done_first(linked: LinkedHall) -> None:
    notes = linked.at_office().office_notes
    for _ in range(3):
        notes.draft("card", "5000", 2, "", FACTS.outlet, "")
    notes.cancel(3, "written twice")
    notes.send(1, 2, "", "", *TWO)
    linked.exchange()
    (box,) = [line for line in linked.hall.desk.transfers.notes() if line.end_of == "received"]
    missing = notes.sheet(1).sent.runs[0].split(" - ")[0]  # type: ignore[union-attr]
    linked.hall.desk.transfers.receive(box.number, 1, missing, "not in the box", *SUPERVISOR)
    linked.exchange()
    assert states(list(notes.notes())) == [(1, "differs"), (2, "draft"), (3, "cancelled")]
    assert states(list(notes.notes("db-000003"))) == [(3, "cancelled")]
    assert states(list(notes.notes("", 2))) == [(1, "differs"), (2, "draft")]
    assert states(list(notes.notes(FACTS.outlet.lower(), 1))) == [(1, "differs")]
    assert states(list(notes.notes("nowhere", 9, ["draft"]))) == [(2, "draft")]
    assert (len(notes.notes("card")), notes.notes("handset")) == (3, [])
    assert notes.notes("nowhere") == []
    for said, field in (((1, "lost", " "), "why"), ((1, "lost", "fell off"), "approved_by")):
        with pytest.raises(NotAllowed) as refusal:
            notes.settle(*said)
        assert refusal.value.field == field
    notes.settle(1, "returned", "it had stayed in the safe", *TWO)
    sheet = notes.sheet(1)
    assert (sheet.outcome, sheet.words, sheet.ways) == ("returned", "it had stayed in the safe", ())
    assert [row.state for row in linked.central_rows(RechargeCard, serial=missing)] == ["idle"]
    with pytest.raises(NotFound):
        notes.sheet(9)
    linked.exchange()
    assert linked.is_sound()


def test_a_hall_has_boxes_and_no_notes_of_the_office(linked: LinkedHall) -> None:
    with pytest.raises(NotAllowed):
        _ = linked.hall.desk.office_notes


@pytest.mark.parametrize(
    ("listed", "of", "shown"),
    [
        ([], "abc", ()),
        (["b"], "abc", ("b",)),
        (["a", "b"], "abc", ("a - b",)),
        (["a", "c"], "abc", ("a", "c")),
        (["a", "b", "d"], "abcd", ("a - b", "d")),
        (["x", "w"], "abc", ("w - x",)),  # of another box
    ],
)
def test_serials_of_a_count_are_shown_in_runs_of_what_the_box_held(
    listed: list[str], of: str, shown: tuple[str, ...]
) -> None:
    assert note_sheets._shown(listed, [*of]) == shown
