"""An outlet tells of its own people, acts and serials alone: what it says of others is foreign, and what stands at the
office under its name decides nothing there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from boss_tui.components.operators.passwords import hashed
from boss_tui.components.operators.staff_passwords import digest, next_number
from boss_tui.components.till.shifts import open_day
from boss_tui.desk import Desk
from boss_tui.desk.staff import change_password
from boss_tui.headquarters.desk import desk, station
from boss_tui.headquarters.office import Office, author
from data.demo_staff import OFFICE_MANAGERS, PASSWORD
from data.errors import NotAllowed
from data.journal import Author
from data.tables.act import Act
from data.tables.organisation import Operator
from data.tables.staff import OperatorPassword
from tests.boss_tui.headquarters.liar import LIE, Body, behind, headquarters, lying, morning, orders, push, row
from tests.tiers import some_by_day

DAY, MADE = "2026-11-23", "2026-11-23T01:10:00.000250Z"
MANAGER, CHECKER = OFFICE_MANAGERS
Alter = Callable[[Body, dict[str, Any]], None]


def added(table: str, key: list[Any], **new: Any) -> Alter:
    return lambda body, _: body["changes"].append([table, "add", key, 0, new])


def password(staff_no: str, **new: Any) -> Alter:
    told = {"outlet": "HZ01", "password_hash": "hash", "replaces": "rubbish", "made_at": MADE, **new}
    return added("operator_password", ["HZ01", staff_no, 99], staff_no=staff_no, number=99, **told)


def delegation(giver: str, taker: str) -> Alter:
    dates = {"since": DAY, "until": DAY, "reason": "", "made_at": MADE, "withdrawn_on": "", "withdrawn_by": ""}
    who = {"giver": giver, "taker": taker, "right": "C12", "revision": 1}
    return added("delegation", ["HZ01", 99], outlet="HZ01", number=99, **who, **dates)


def act(operator: str, serial: str = "HZ01012611239999", edition: str = "") -> Alter:
    done = {"business": "M6", "act": "edition.approve", "edition": edition, "business_date": DAY, "made_at": MADE}
    kept = {"form_json": "{}", "cells": "[]", "approved_by": "", "counter": "HZ0101", "outlet": "HZ01"}
    counted = ["figure", "increase", ["HZ01", DAY, operator, "M6", "edition.approve"], 0, {"count": 1}]

    def alter(body: Body, entry: dict[str, Any]) -> None:
        added("act", ["a1"], id="a1", serial=serial, operator=operator, **done, **kept)(body, entry)
        body["changes"].append(counted)

    return alter


def serial(of: str) -> Alter:
    return lambda body, _: row(body, "product_order").update(serial=of)


TOLD: dict[str, tuple[Alter, str]] = {
    "a password of a manager at headquarters": (password(MANAGER), "foreign"),
    "a password of nobody's": (password("9999"), "foreign"),
    "a password of its own clerk's, which no sale chooses": (password("1001"), "act"),
    "what a manager at headquarters handed over": (delegation(MANAGER, "1001"), "foreign"),
    "what was handed to a manager at headquarters": (delegation("2001", CHECKER), "foreign"),
    "what its own supervisor handed over, which no sale does": (delegation("2001", "1001"), "right"),
    "an act on an edition": (act("2001", edition="E1"), "foreign"),
    "an act of a manager's at headquarters": (act(CHECKER), "staff"),
    "an act of its own supervisor's": (act("2001"), ""),
    "an act under a serial of the office's": (act("2001", "HQ012611230001"), "foreign"),
    "an order under a serial of the office's": (serial("HQ012611230001"), "foreign"),
}


@pytest.mark.parametrize("what", some_by_day(TOLD, 3))
def test_an_outlet_speaks_for_its_own_people_alone(tmp_path: Path, what: str) -> None:
    alter, reason = TOLD[what]
    told, office = lying(morning(), alter), headquarters(tmp_path)
    assert [(each.reason, each.state) for each in push(office, told)] == ([(reason, "open")] if reason else [])
    assert orders(office, told) == [not reason or place != LIE for place in range(4)]


def signs_on(office: Office, typed: str) -> Desk | None:
    at = desk(office)
    try:
        at.signing.sign_on(MANAGER, typed)
    except NotAllowed:
        return None
    return at


def test_a_password_that_an_outlet_told_opens_nothing_at_the_office(tmp_path: Path) -> None:
    """Nor does it put another out of force, or out of memory."""
    office, forged = headquarters(tmp_path), "Evil-pass-9999"
    with office.store.transaction(author("HZ01", "push"), journalled=False) as tx, tx.received():
        given = digest(tx.one(Operator, staff_no=MANAGER).password_hash)
        of = {"staff_no": MANAGER, "outlet": "HZ01", "made_at": MADE, "password_hash": hashed(forged)}
        tx.add(OperatorPassword, number=1, replaces=given, **of)
    assert signs_on(office, forged) is None
    assert signs_on(office, PASSWORD)
    with office.store.reading() as reading:
        at = station(reading)
    change_password(office.store, at, MANAGER, PASSWORD, "Own-choice-777")
    with office.store.transaction(author("HZ01", "push"), journalled=False) as tx, tx.received():
        assert [row.number for row in tx.all(OperatorPassword, outlet=at.outlet)] == [1]  # its own count
        tx.add(OperatorPassword, number=2, replaces="rubbish", **of)
    assert (signs_on(office, PASSWORD), signs_on(office, forged)) == (None, None)
    assert signs_on(office, "Own-choice-777")


def test_the_history_of_an_edition_is_what_was_done_at_the_office(tmp_path: Path) -> None:
    office = headquarters(tmp_path)
    at = signs_on(office, PASSWORD)
    assert at is not None
    of_day = Author("HQ", "day.open", MANAGER, "HQ01")
    with office.store.transaction(of_day) as tx:
        of_day.business_date = open_day(tx, "HQ", DAY, MANAGER, approved_by=MANAGER).business_date
    edition = at.editions.new("M6", "A title")
    with office.store.transaction(author("HZ01", "push"), journalled=False) as tx, tx.received():
        told = {"serial": "FORGED", "outlet": "HZ01", "counter": "HZ0101", "operator": CHECKER, "business": "M6"}
        tx.add(Act, id="a", act="edition.approve", business_date=DAY, edition=edition.id, made_at=MADE, **told)
    assert [line.operator for line in at.editions.show(edition.id).acts] == [MANAGER]


def test_who_moves_from_hall_to_hall_chooses_a_password_in_each(tmp_path: Path) -> None:
    """Their first one there is the first of that hall's, and headquarters takes both."""
    office, told = headquarters(tmp_path), morning()
    before = {"staff_no": "1001", "number": 1, "replaces": "", "password_hash": "h", "made_at": MADE}
    with office.store.transaction(author("HZ02", "push"), journalled=False) as tx, tx.received():
        tx.add(OperatorPassword, outlet="HZ02", **before)
    new = ["operator_password", "add", ["HZ01", "1001", 1], 0, {**before, "outlet": "HZ01", "password_hash": "own"}]
    assert push(office, behind(told, "password", [new])) == []
    with office.store.reading() as reading:
        rows = reading.all(OperatorPassword, staff_no="1001", order=("outlet",))
        person = reading.one(Operator, staff_no="1001")
        assert [(row.outlet, row.password_hash) for row in rows] == [("HZ01", "own"), ("HZ02", "h")]
        assert next_number(reading, person) == 2
