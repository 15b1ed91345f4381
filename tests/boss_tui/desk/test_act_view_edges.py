"""An act of management by its serial: what was said, word by word, and which components it used."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.desk.act_view import act_view
from data.errors import NotFound
from data.tables.act import Act
from tests.boss_tui.components.rows import Rows, row

SAID = {"title": "Fees", "rows": [1, "元"], "sure": True, "none": None}
CELLS = [["M6-F7", "operators.may_manage"], ["M6-A1", "tariff.check"], ["M6-F7", "operators.other"]]


@pytest.mark.parametrize(("approved_by", "shown"), [("3002", "3002"), ("", "-")])
def test_an_act_tells_what_was_said_and_what_it_used(approved_by: str, shown: str) -> None:
    values = {"serial": "A1", "business": "M6", "operator": "3001", "outlet": "HQ", "counter": "HQ01"}
    about = {"form_json": json.dumps(SAID), "cells": json.dumps(CELLS), "approved_by": approved_by}
    reading: Any = Rows(row(Act, act="nobody.knows", **values, **about))
    view = act_view(reading, "A1")
    assert [(str(name), value) for name, value in view.said] == [
        ("Edition title", "Fees"),
        ("rows", '[1, "元"]'),
        ("sure", "true"),
        ("none", "null"),
    ]
    assert [(str(name).split()[0], used) for name, used in view.used] == [
        ("F7", "operators.may_manage, operators.other"),
        ("A1", "tariff.check"),
    ]
    told = {str(label): value for label, value in view.lines}
    assert (told["Approved by"], told["Where"], told["Staff number"]) == (shown, "HQ HQ01", "3001")
    with pytest.raises(NotFound):
        act_view(reading, "A2")


@pytest.mark.parametrize(
    ("business", "act", "name", "called"),
    [
        ("M6", "edition.submit", "hash", "Hash"),
        ("M6", "try", "products", "Products"),
        ("M6", "try", "on", "On the date"),
        ("M5", "stock.lease", "pieces", "How many"),
        ("M5", "stock.lease", "grade", "Grade"),
        ("C1", "stock.lease", "grade", "grade"),
    ],
)
def test_what_was_said_is_called_as_it_was_asked_for(business: str, act: str, name: str, called: str) -> None:
    reading: Any = Rows(
        row(Act, serial="A1", business=business, act=act, form_json=json.dumps({name: "x"}), cells="[]")
    )
    assert [str(label) for label, _ in act_view(reading, "A1").said] == [called]
