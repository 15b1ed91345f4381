"""Transfer notes at the office: written by one, packed and settled by two, each act on record."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.headquarters import transferring
from data.errors import NotAllowed, NotFound
from data.journal import Author
from data.tables.act import Act
from data.tables.organisation import RoleRight
from data.tables.sync import EnrolledOutlet
from data.tables.transfer import TransferCount, TransferNote
from tests.hall import FACTS
from tests.head_office import CHECKER, MAKER, HeadOffice

BOX = {"kind": "card", "pieces": 3, "of": "5000"}


@pytest.fixture
def office(head_office: HeadOffice) -> HeadOffice:
    """The office, and an outlet that it knows."""
    with head_office.store.transaction(Author("", "", ""), journalled=False) as tx:
        tx.add(EnrolledOutlet, outlet=FACTS.outlet, public_key="-")
    return head_office


def acts(office: HeadOffice) -> list[tuple[str, str, dict[str, Any]]]:
    """What is on record of notes: act, who signed along, what was said."""
    found = [row for row in office.rows(Act) if row.act.startswith("transfer.")]
    return [(row.act, row.approved_by, json.loads(row.form_json)) for row in sorted(found, key=lambda row: row.id)]


def out(office: HeadOffice, **said: Any) -> TransferNote:
    return transferring.draft(office.maker, **{**BOX, "receiver": FACTS.outlet, **said})


def back(office: HeadOffice, **said: Any) -> TransferNote:
    return transferring.draft(office.maker, **{**BOX, "sender": FACTS.outlet, **said})


def test_a_note_is_numbered_and_on_record(office: HeadOffice) -> None:
    assert [(out(office, reason=" 春节 ").number, back(office).number)] == [(1, 2)]
    sent = {"kind": "card", "of": "5000", "sender": "", "receiver": FACTS.outlet, "pieces": 3, "missing": 0}
    assert acts(office)[0] == ("transfer.draft", "", {"number": 1, **sent})
    assert [row.reason for row in office.rows(TransferNote, number=1)] == ["春节"]


def test_a_box_is_packed_by_two_of_whom_the_other_signs(office: HeadOffice) -> None:
    note = out(office)
    sent, paper = transferring.send(office.maker, note.number, CHECKER)
    assert (sent.state, sent.pieces) == ("sent", 3)
    (count,) = office.rows(TransferCount, note_id=note.id)
    assert (count.pieces, count.counted_by, count.approved_by) == (3, MAKER, CHECKER)
    assert json.loads(count.listed)[0] in "".join(paper.preview)
    act, approved, said = acts(office)[-1]
    assert (act, approved, said["number"], said["pieces"]) == ("transfer.send", CHECKER, 1, 3)


@pytest.mark.parametrize(
    ("number", "checker", "told", "field"),
    [
        (2, CHECKER, f"Outlet {FACTS.outlet} sends this box.", "number"),
        (1, MAKER, None, "approved_by"),
        (1, "1001", "1001 may not allow this: their role lacks the right M5.check.", "approved_by"),
        (1, "", None, "approved_by"),
    ],
)
def test_who_can_not_pack_or_sign_is_told_and_nothing_is_sent(
    office: HeadOffice, number: int, checker: str, told: str | None, field: str
) -> None:
    out(office)
    back(office)
    with pytest.raises(NotAllowed) as refused:
        transferring.send(office.maker, number, checker)
    assert refused.value.field == field
    assert told is None or str(refused.value) == told
    assert office.rows(TransferCount) == []
    assert [act for act, *_ in acts(office)] == ["transfer.draft"] * 2


def test_what_an_outlet_unpacks_is_not_unpacked_here(office: HeadOffice) -> None:
    out(office)
    with pytest.raises(NotAllowed, match=f"Outlet {FACTS.outlet} unpacks this box") as refused:
        transferring.receive(office.maker, 1, 3, CHECKER)
    assert refused.value.field == "number"


@pytest.mark.parametrize("why", ["", "  "])
def test_a_draft_is_cancelled_for_a_reason(office: HeadOffice, why: str) -> None:
    out(office)
    with pytest.raises(NotAllowed) as refused:
        transferring.cancel(office.maker, 1, why)
    assert refused.value.field == "why"
    assert transferring.cancel(office.maker, 1, " 写了两次 ").state == "cancelled"
    assert (acts(office)[-1][0], acts(office)[-1][2]["why"]) == ("transfer.cancel", "写了两次")


def test_a_note_that_there_is_not_is_said_so(office: HeadOffice) -> None:
    asked: dict[str, Any] = {
        "cancel": lambda: transferring.cancel(office.maker, 7, "x"),
        "send": lambda: transferring.send(office.maker, 7, CHECKER),
        "receive": lambda: transferring.receive(office.maker, 7, 1, CHECKER),
        "settle": lambda: transferring.settle(office.maker, 7, "lost", "x", CHECKER),
    }
    for act in asked.values():
        with pytest.raises(NotFound, match="no transfer note 7"):
            act()


def test_notes_are_of_the_office_and_of_whoever_has_the_right(office: HeadOffice) -> None:
    hall: Any = SimpleNamespace(seat=SimpleNamespace(is_office=False, writing=office.maker.seat.writing))
    with pytest.raises(NotAllowed, match="at headquarters' office"):
        transferring.draft(hall, kind="card", pieces=1, receiver=FACTS.outlet)
    with office.store.transaction(Author("", "", ""), journalled=False) as tx, tx.received():
        for right in tx.all(RoleRight, business="M5"):
            tx.remove(right)
    with pytest.raises(NotAllowed):
        out(office)
    assert office.rows(TransferNote) == []
