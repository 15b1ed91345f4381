"""Whether a document says what its row does: its kind, number, lines, total and tax, each wrong alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boss_tui.components.documents.paper_content import says_otherwise

NUMBER = "SJ26-00000012"


def paper(*blocks: dict[str, Any], kind: str = "invoice", **said: Any) -> str:
    standard = {"number": NUMBER, "lines": [{"amount": "1,200.00"}, {"amount": "-0.50"}], "total": "1199.50"}
    printed = blocks or ({"label": "No.", "value": NUMBER}, {"cells": ["Total", "1199.50"]})
    return json.dumps({"kind": kind, "said": {**standard, "tax": "99.04", **said}, "blocks": printed})


def told(content: str, kind: str = "invoice", amount: int = 119_950, tax: int = 9_904) -> str:
    return str(says_otherwise(kind, NUMBER, amount, tax, content) or "")


OTHER = f"The content is that of another document than invoice {NUMBER}."


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (paper(), ""),
        (paper(tax=""), ""),  # says none
        (paper(number="SJ26-00000013"), OTHER),
        (paper(kind="receipt"), OTHER),
        (paper({"text": "1199.50"}), OTHER),  # it does not show its number
        (paper({"text": NUMBER}), "The lines of the document make"),  # nor its total
        (paper({"text": f"{NUMBER} 1199.50"}), ""),
        (paper(total="1199.51"), "The lines of the document make"),
        (paper(lines=[{"amount": "1199.51"}]), "The lines of the document make 1199.51 yuan"),
        (paper(tax="99.05"), "The document says 99.05 yuan of tax, its row 99.04."),
        ("{", "The content can't be read."),
        (json.dumps({"kind": "invoice"}), "The content can't be read."),
        (json.dumps([]), "The content can't be read."),
        (paper(lines=[{}]), "The content can't be read."),
    ],
)
def test_what_a_document_says_is_what_its_row_does(content: str, why: str) -> None:
    assert told(content).startswith(why)
    assert bool(told(content)) is bool(why)


def test_tax_is_compared_where_there_is_some_and_of_every_invoice() -> None:
    def taxed(kind: str, said: str, tax: int) -> bool:
        return bool(told(paper(kind=kind, tax=said), kind, tax=tax))

    assert [taxed(kind, "0.01", 0) for kind in ("invoice", "receipt")] == [True, False]
    assert [taxed(kind, "0.01", 2) for kind in ("invoice", "receipt")] == [True, True]
    assert not taxed("receipt", "", 2)


def test_a_receipt_says_what_is_due_and_a_slip_no_sum() -> None:
    due = json.loads(paper(kind="receipt"))
    due["said"]["due"] = due["said"].pop("total")
    assert told(json.dumps(due), "receipt") == ""
    for kind in ("slip", "contract"):
        assert told(paper(kind=kind), kind, amount=1) == ""
    assert told(paper(kind="receipt"), "receipt", amount=1)
