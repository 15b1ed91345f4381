"""Documents are stored as JSON and come back the same; copies are marked and open no drawer."""

from __future__ import annotations

import json

from hypothesis import given

from printers.document import Cut, Document, Drawer, Text, copy_banner, copy_of
from tests.printers.samples import DOCUMENTS, RECEIPT


@given(DOCUMENTS)
def test_any_document_survives_json(document: Document) -> None:
    assert Document.from_json(json.loads(json.dumps(document.as_json()))) == document
    assert json.loads(document.as_text()) == json.loads(json.dumps(document.as_json()))


def test_a_copy_says_which_it_is_and_opens_no_drawer() -> None:
    copy = copy_of(RECEIPT, 2)
    assert copy.blocks[0] == Text("*** 补打 第2次 ***", "center", bold=True)
    assert not any(isinstance(block, Drawer) for block in copy.blocks)
    assert copy.blocks[1:] == tuple(block for block in RECEIPT.blocks if not isinstance(block, Drawer))


def test_every_sheet_of_a_copy_is_marked() -> None:
    two = Document("slip", (Text("客户联"), Cut(), Text("存根联"), Cut()))
    banner = copy_banner(1)
    assert copy_of(two, 1).blocks == (banner, Text("客户联"), Cut(), banner, Text("存根联"), Cut())
