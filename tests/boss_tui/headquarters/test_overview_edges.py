"""What a person at headquarters sees of outlets and decides: over an empty store, each condition alone."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.headquarters import enrolment, overview, restored
from boss_tui.headquarters.office import Office, Refuse, enrolled_row
from boss_tui.headquarters.snapshot import snapshot
from boss_tui.sync.shapes import Enrolment
from boss_tui.sync.wire import request_text
from data.errors import NotAllowed, NotFound
from data.journal import canonical
from data.message import say
from data.tables.organisation import Alarm, Operator, Outlet
from data.tables.sync import EnrolledOutlet, EnrolmentCode, Setting, SyncException
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose, OneWork
from tests.boss_tui.components.rows import row
from tests.boss_tui.sync.world import device

__all__ = ["empty_store", "tx"]


def outlet(code: str = "HZ01", **values: Any) -> Any:
    return row(EnrolledOutlet, outlet=code, **values)


def test_where_each_outlet_stands_and_what_of_it_is_open(tx: Loose) -> None:
    stopped = canonical(say("Two copies.").as_json())
    tx.put(outlet("HZ02"))
    tx.put(outlet(epoch=2, next_seq=5, durable_seq=3, feed_next=7, last_contact="t", stopped=stopped, stream_cursor=9))
    for n, state in enumerate(("open", "open", "noted", "resolved")):
        tx.put(row(SyncException, id=f"x{n}", outlet="HZ01", state=state))
    for n, state in enumerate(("open", "seen")):
        tx.put(row(Alarm, id=f"a{n}", outlet="HZ01", state=state))
    assert overview.overview(tx) == [
        overview.OutletLine("HZ01", 2, 4, 3, 6, "t", say("Two copies."), 2, 1, 9),
        overview.OutletLine("HZ02", 1, 0, 0, 0, "", None, 0),
    ]
    assert overview.received_so_far(tx) == {"HZ01": 4, "HZ02": 0}


def test_what_is_safe_grows_and_never_shrinks(tx: Loose) -> None:
    store: Any = OneWork(tx)
    tx.put(outlet(durable_seq=3), outlet("HZ02"))
    for told in ({"HZ01": 2, "HZ02": 1}, {"HZ01": 3}, {"HZ01": 4}):
        overview.mark_durable(store, told)
        assert tx.told(EnrolledOutlet, "durable_seq", order=("outlet",)) == [max(3, told["HZ01"]), 1]


def test_a_freeze_is_ended_but_of_who_is_closed(tx: Loose) -> None:
    store: Any = OneWork(tx)
    tx.put(outlet(stopped="why"), outlet("HZ02", stopped="why", closed_at="t"))
    overview.release(store, "HZ01", "3001")
    with pytest.raises(NotAllowed, match="closed for good"):
        overview.release(store, "HZ02", "3001")
    assert tx.told(EnrolledOutlet, "stopped", order=("outlet",)) == ["", "why"]


def test_that_headquarters_was_restored_is_noted_each_time(tx: Loose) -> None:
    store: Any = OneWork(tx)
    told = []
    for _ in range(2):
        overview.mark_restored(store)
        told += tx.told(Setting, "value", name=restored.RESTORED)
    assert len(told) == 2
    assert told[0] < told[1]


def test_what_is_published_is_told_without_secrets_in_the_order_of_keys(tx: Loose) -> None:
    tx.put(*(row(Operator, staff_no=no, name=no, password_hash="secret") for no in ("2", "1")))
    found = snapshot(tx, "organisation")
    assert [person["name"] for person in found["operator"]] == ["1", "2"]
    assert all("password_hash" not in person and person["staff_no"] for person in found["operator"])
    assert "price_rule" not in found


def test_who_is_not_enrolled_is_nobody_s(tx: Loose) -> None:
    with pytest.raises(Refuse) as refused:
        enrolled_row(tx, "HZ01")
    assert (refused.value.status, refused.value.code) == (401, "unknown")


# enrolling


KEY, OTHER = device(7), device(8)


def enrolled(tx: Loose, code: str, *, by: Any = KEY, as_: Any = None, of: str = "HZ01") -> Any:
    asked = Enrolment(outlet=of, code=code, public_key=(as_ or by).public)
    body = b"asked"
    store: Any = OneWork(tx)
    return enrolment.enrol(Office(store, device(1)), asked, body, by.sign(request_text("POST", "/v1/enrol", body)))


def code_of(tx: Loose, outlet: str = "HZ01") -> str:
    store: Any = OneWork(tx)
    return enrolment.make_code(Office(store, device(1)), outlet, "3001")


def test_a_code_is_made_for_an_open_hall_and_not_for_the_office(tx: Loose) -> None:
    tx.put(row(Outlet, code="HZ01"), row(Outlet, code="HZ09", state="closed"), row(Outlet, code="HQ"))
    tx.put(row(Setting, name="office", value="HQ"))
    made = code_of(tx)
    assert len(made.partition("-")[0]) == 16
    assert code_of(tx) != made
    wrong: dict[str, tuple[type[Exception], str]] = {
        "HZ08": (NotFound, "no outlet"),
        "HZ09": (NotAllowed, "closed"),
        "HQ": (NotAllowed, "own station"),
    }
    for outlet_, (fault, told) in wrong.items():
        with pytest.raises(fault, match=told):
            code_of(tx, outlet_)
    assert tx.told(EnrolmentCode, "outlet", "made_by") == [("HZ01", "3001")] * 2


def test_a_code_is_good_once_for_its_outlet_and_a_repeat_says_the_same(tx: Loose) -> None:
    tx.put(row(Outlet, code="HZ01"), row(Outlet, code="HZ02"))
    code = code_of(tx)

    def refused(**asked: Any) -> str:
        with pytest.raises(Refuse) as fault:
            enrolled(tx, **{"code": code, **asked})
        return f"{fault.value.status} {fault.value.code} {fault.value}"

    assert refused(as_=OTHER).startswith("401 signature")
    assert refused(code="none").startswith("401 code This code is not good")
    assert refused(of="HZ02").startswith("401 code This code is not good")
    assert refused(by=device(1)).startswith("401 code This device key is another's")
    first = enrolled(tx, f" {code} ")
    again = enrolled(tx, code)
    assert (again.headquarters_key, again.standing.next_seq) == (first.headquarters_key, 1)
    assert refused(by=OTHER).startswith("401 code This code is not good")
    of_another = code_of(tx, "HZ02")
    assert refused(code=of_another, of="HZ02").startswith("401 code This device key is another's")
    assert tx.told(EnrolledOutlet, "outlet", "public_key") == [("HZ01", KEY.public)]


@pytest.mark.parametrize(("hours", "good"), [(-1, True), (1, False)])
def test_a_code_expires(tx: Loose, hours: int, good: bool) -> None:
    tx.put(row(Outlet, code="HZ01"))
    code = code_of(tx)
    tx.clock.move(hours=enrolment.ENROLMENT_HOURS.of(tx) + hours)  # type: ignore[attr-defined]
    if good:
        assert enrolled(tx, code).standing.epoch == 1
        return
    with pytest.raises(Refuse, match="expired"):
        enrolled(tx, code)


@pytest.mark.parametrize(("closed_at", "stopped"), [("t", ""), ("", "why")])
def test_who_is_known_keeps_its_cursors_and_who_was_closed_begins_again(
    tx: Loose, closed_at: str, stopped: str
) -> None:
    tx.put(row(Outlet, code="HZ01"))
    tx.put(outlet(public_key=OTHER.public, next_seq=9, closed_at=closed_at, stopped="why"))
    assert enrolled(tx, code_of(tx)).standing.next_seq == 9
    told = tx.told(EnrolledOutlet, "public_key", "closed_at", "stopped")
    assert told == [(KEY.public, "", stopped)]
