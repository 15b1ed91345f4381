"""What M9 asks of layouts, and what a layout would print: bytes of a real printer, read again."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.components.paper_layouts.kinds import KINDS
from boss_tui.components.paper_layouts.layouts import shipped_text
from boss_tui.editions.lines import RowEdit
from boss_tui.locale import words
from boss_tui.management.m09 import trial
from boss_tui.management.m09.layout_checks import begins_alone, can_be_printed, ends_after_it_begins
from boss_tui.management.m09.samples import sample
from boss_tui.management.m09.trial import LayoutTrialForm, as_printed
from data.errors import BadForm
from data.tables.document import PaperDocument, PaperLayout
from data.tables.order import ProductOrder
from data.tables.organisation import Outlet
from tests.boss_tui.components.rows import DAY, Rows, context, rehearsal, row

LINE = RowEdit("paper_layout", ("L1",), "add", {})
INVOICE = shipped_text("invoice")


def layout(key: str = "L1", **values: Any) -> Any:
    return row(PaperLayout, **{"id": key, "kind": "invoice", "layout": INVOICE, **values})


def wrong(check: Any, *rows: Any) -> list[str]:
    return [fault.column for fault in check(rehearsal(Rows(*rows), {1: LINE}, DAY))]


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({}, []),
        ({"kind": "bill"}, ["kind"]),
        ({"kind": "receipt"}, ["layout"]),  # fields of another paper
        ({"layout": INVOICE.replace("pair left: [税号|Tax number] | {buyer_tax_number}", "")}, ["layout"]),
        ({"layout": INVOICE + "text: x"}, ["layout"]),
        ({"layout": INVOICE.replace("{total}", "{totals}")}, ["layout"]),
        ({"layout": INVOICE.replace("row 0 9 11:", "row 0 21 11:")}, ["layout"]),
        ({"layout": INVOICE.replace("end\n", "", 1)}, ["layout"]),
        ({"layout": "# [汉|" + "x" * 33 + "]\n" + INVOICE}, []),
        ({"layout": "text: [汉|" + "x" * 33 + "]\n" + INVOICE}, ["layout"]),
        ({"layout": "text: [汉|" + "x" * 33 + "]\n" + INVOICE, "language": "zh_CN"}, []),
        ({"layout": "text: [汉|" + "x" * 33 + "]\n" + INVOICE, "state": "ended"}, []),
    ],
)
def test_a_layout_can_be_printed_and_loses_nothing(values: dict[str, str], refused: list[str]) -> None:
    assert sorted(set(wrong(can_be_printed, layout(**values)))) == refused


def test_each_layout_of_an_edition_is_looked_at_whatever_the_others_are() -> None:
    rows: Any = Rows(layout(kind="bill"), layout("L2", layout="cut"), layout("L3"), layout("L4", kind="slips"))
    lines = {at: RowEdit("paper_layout", (f"L{at}",), "add", {}) for at in (1, 2, 3, 4)}
    lines[5] = RowEdit("paper_layout", ("L9",), "end", {})  # which is there no more
    lines[6] = RowEdit("tax_rate", ("L1",), "change", {})
    faults = {(fault.position, fault.column) for fault in can_be_printed(rehearsal(rows, lines, DAY))}
    assert faults == {(1, "kind"), (2, "layout"), (4, "kind")}


def test_each_fault_is_told_by_line_and_column() -> None:
    rows: Any = Rows(layout(layout="text: {a}\npair: x\ncut"))
    (fault, *_) = can_be_printed(rehearsal(rows, {1: LINE}, DAY))
    assert str(fault.message).startswith("Line 2, column 6: A pair has a label and a value")


@pytest.mark.parametrize(
    ("other", "refused"),
    [
        ({}, True),
        ({"valid_from": "2026-12-01"}, False),
        ({"language": "en"}, False),
        ({"kind": "receipt"}, False),
        ({"state": "ended"}, False),
    ],
)
def test_no_two_layouts_of_a_paper_begin_on_one_date(other: dict[str, str], refused: bool) -> None:
    assert wrong(begins_alone, layout(), layout("L2", **other)) == (["valid_from"] if refused else [])


@pytest.mark.parametrize(
    ("since", "until", "refused"),
    [
        ("2026-12-02", "2026-12-01", True),
        ("2026-12-01", "2026-12-01", False),
        ("", "2026-12-01", False),
        ("2026-12-01", "", False),
    ],
)
def test_a_layout_does_not_end_before_it_begins(since: str, until: str, refused: bool) -> None:
    found = wrong(ends_after_it_begins, layout(valid_from=since, valid_to=until))
    assert found == (["valid_to"] if refused else [])


class Papers(Rows):
    """Rows of which the papers on record are looked through."""

    def models(self, model: Any, _: Any, **where: Any) -> list[Any]:
        return self.all(model, **where)


def tried(*rows: Any, **asked: str) -> list[tuple[str, str]]:
    facts = as_printed(context(Papers(*rows)), LayoutTrialForm.read(asked))
    return [(str(fact.label), str(fact.value)) for fact in facts]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_printed_in_each_width_and_language_without_a_fault(kind: str) -> None:
    found = tried(kind=kind)
    heads = [label for label, _ in found if label]
    assert heads == ["58 mm, Chinese", "80 mm, Chinese", "58 mm, English", "80 mm, English"]
    assert not [value for _, value in found if value.startswith("!!")]


def test_the_language_of_whoever_looks_comes_first() -> None:
    at = context(Papers()).but(reads="en")
    found = as_printed(at, LayoutTrialForm.read({"kind": "receipt", "width": "58"}))
    assert [str(fact.label) for fact in found if str(fact.label)] == ["58 mm, English", "58 mm, Chinese"]


def test_a_layout_is_printed_as_it_is_typed() -> None:
    typed = "text center: [样票|Specimen]\n" + INVOICE
    assert ("", "            Specimen") in tried(kind="invoice", layout=typed, width="58", language="en")
    ((label, told), *_) = tried(kind="invoice", layout="text: {x}\n" + INVOICE, width="58")
    assert (label, told[:17]) == ("Fault", "Line 1, column 7:")


def test_what_is_published_is_printed_where_nothing_is_typed() -> None:
    mine = layout(layout="text: mine\n" + INVOICE)
    assert tried(mine, kind="invoice", width="80", language="en")[:2] == [("80 mm, English", "L1/1"), ("", "mine")]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"kind": "bill"}, "kind"),
        ({"kind": "invoice", "width": "72"}, "width"),
        ({"kind": "invoice", "language": "fr"}, "language"),
        ({"kind": "invoice", "number": "1440-00000012"}, "number"),
        ({"kind": "invoice", "number": "x"}, "number"),
    ],
)
def test_what_can_t_be_tried_is_told_beside_its_field(asked: dict[str, str], field: str) -> None:
    with pytest.raises(BadForm) as fault:
        tried(**asked)
    assert list(fault.value.errors) == [field]


@pytest.mark.parametrize(
    ("kind", "on_record", "found"),
    [
        ("receipt", [None, {"n": 2}, {"n": 3}], {"n": 2}),
        ("receipt", [{"business": "开户"}, {"n": 3}], {"n": 3}),  # one in another language
        ("receipt", [None], {"sample": "receipt"}),
        ("receipt", [], {"sample": "receipt"}),
        ("listing", [{"n": 1}], {"sample": "listing"}),
    ],
)
def test_a_layout_is_tried_with_the_latest_paper_that_says_all_of_it_else_with_a_sample(
    monkeypatch: pytest.MonkeyPatch, kind: str, on_record: list[Any], found: dict[str, Any]
) -> None:
    """Of a kind that is not kept word by word there is none on record."""
    monkeypatch.setattr(trial, "_of_row", lambda _, one, *__: one)
    monkeypatch.setattr(trial, "sample", lambda kind, _: {"sample": kind})
    reading: Any = SimpleNamespace(models=lambda *_, **__: on_record)
    asked = LayoutTrialForm.model_construct(kind=kind, number=" ", layout="")
    assert trial._said(reading, asked, "en") == found


WORDS = {name: f"<{name}>" for name in KINDS["receipt"].kept}
ON_RECORD = {
    "kind": "receipt",
    "outlet": "HZ01",
    "operator": "1001",
    "business_date": DAY,
    "made_at": "2026-11-23T01:00:00Z",
    "code": "SJ27",
    "number": 12,
    "amount": 12_345,
    "collection": "COLLECTED",
}
HALL = row(Outlet, code="HZ01", name_zh="延安路", name_en="Yan'an Road")


@pytest.mark.parametrize(
    ("values", "rows", "outlet", "serial"),
    [
        ({}, [HALL], "Yan'an Road", "COLLECTED"),
        ({}, [], "HZ01", "COLLECTED"),
        ({"order_id": "o"}, [HALL, row(ProductOrder, id="o", serial="S-1")], "Yan'an Road", "S-1"),
        ({"order_id": "gone"}, [row(ProductOrder, id="", serial="S-2")], "HZ01", "COLLECTED"),
    ],
)
def test_a_paper_on_record_says_where_it_was_made_and_for_which_order(
    values: dict[str, str], rows: list[Any], outlet: str, serial: str
) -> None:
    paper = row(PaperDocument, **ON_RECORD, **values, content=json.dumps({"said": WORDS}))
    said = trial._of_row(Rows(*rows), paper, "receipt", "en")  # type: ignore[arg-type]
    assert said is not None
    assert (said["outlet"], said["serial"], said["staff"]) == (outlet, serial, "1001")
    assert WORDS.items() <= said.items()


@pytest.mark.parametrize("without", [*WORDS][:3])
def test_a_paper_that_does_not_say_all_of_it_is_none_to_try_with(without: str) -> None:
    content = json.dumps({"said": {name: text for name, text in WORDS.items() if name != without}})
    for kind in ("receipt", "listing"):
        assert trial._of_row(Rows(), row(PaperDocument, **ON_RECORD, content=content), kind, "en") is None  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "stored"), [("invoice", "invoice"), ("red_invoice", "invoice"), ("cash", "report")])
def test_a_paper_is_printed_as_the_kind_that_it_is_stored_as(
    monkeypatch: pytest.MonkeyPatch, kind: str, stored: str
) -> None:
    monkeypatch.setattr(trial, "printed", lambda _, document, __: [document.kind])
    assert tried(kind=kind, width="58", language="en")[1] == ("", stored)


def test_what_a_sample_says_adds_up() -> None:
    papers = {kind: sample(kind, words("en")) for kind in KINDS}

    def fen(text: str) -> int:
        return round(100 * float(text))

    def told(kind: str, name: str) -> int:
        """One amount, or the sum of the amounts of its rows."""
        said = papers[kind][name]
        return fen(said) if isinstance(said, str) else sum(fen(each["amount"]) for each in said)

    for kind, lines, total in (
        ("invoice", "lines", "total"),
        ("red_invoice", "lines", "total"),
        ("receipt", "lines", "due"),
        ("red_receipt", "lines", "total"),
        ("slip", "once", "due"),
        ("slip", "monthly", "each_month"),
        ("refund", "tenders", "refunded"),
        ("handover", "counts", "counted"),
        ("safe_count", "counts", "counted"),
    ):
        assert told(kind, lines) == told(kind, total) != 0
    assert told("receipt", "tenders") - told("receipt", "change") == told("receipt", "due") == 15_000
    assert told("red_receipt", "tenders") == told("red_receipt", "total") == -15_000
    assert told("refund", "lines") == -told("refund", "refunded")
    assert told("cash", "amount") == told("handover", "counted")
    (taxed,) = papers["receipt"]["rates"]
    assert fen(taxed["tax"]) == told("invoice", "tax") == -told("red_invoice", "tax") == round(5_000 * 9 / 109)
    assert (taxed["rate"], papers["invoice"]["lines"][0]["rate"], taxed["amount"]) == ("9%", "9%", "50.00")
    assert "129" in papers["slip"]["monthly"][0]["item"]
    assert told("slip", "each_month") == 12_900
    assert f"for {papers['agreement']['months']} months" in papers["agreement"]["promised"]
    assert [cells[-1] for cells in papers["stock_count"]["table"].rows] == ["-2", "+3"]
    assert papers["report"]["sections"][0]["table"].total[-1] == "150.00"
    assert int(papers["transfer"]["table"].rows[0][1]) == int(papers["transfer"]["pieces"]) == 10
