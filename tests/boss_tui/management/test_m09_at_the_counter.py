"""What M9 publishes, at the counter: papers look so from then on, old ones are printed again as they were."""

from __future__ import annotations

import json

import pytest

from boss_tui.components.paper_layouts.layouts import ALARM, shipped_text
from boss_tui.management.m09.trial import LayoutTrialForm, as_printed
from data.errors import BadForm
from data.journal import Author
from data.tables.document import PaperDocument, PaperLayout
from data.tables.organisation import Alarm
from printers.document import Document
from printers.escpos import preview
from printers.layout import layout
from tests.boss_tui.components.rows import context
from tests.boss_tui.transactions.following import sound
from tests.hall import FACTS, Hall
from tests.handed import hand_down, row_line

pytestmark = pytest.mark.light

THANKS = "text center: [谢谢惠顾|Thank you]\n"


def shown(hall: Hall, paper: PaperDocument) -> str:
    return "\n".join(hall.desk.papers.reprint(paper.id, "customer lost it").preview)


def test_a_published_layout_is_printed_and_what_was_printed_before_stays_as_it_was(hall: Hall) -> None:
    first = hall.open_account()
    old = next(row for row in hall.rows(PaperDocument, kind="receipt", order_id=first.order_id))
    hand_down(hall.store, row_line(PaperLayout, "add", id="T", kind="receipt", layout=THANKS + shipped_text("receipt")))
    second = hall.open_account()
    new = next(row for row in hall.rows(PaperDocument, kind="receipt", order_id=second.order_id))
    assert json.loads(new.content)["layout"] == "T/1"
    assert "谢谢惠顾" in shown(hall, new)
    assert "layout" not in json.loads(old.content)
    assert "谢谢惠顾" not in shown(hall, old)
    hand_down(hall.store, row_line(PaperLayout, "change", id="T", layout=shipped_text("receipt")))
    assert "谢谢惠顾" in shown(hall, new)
    assert sound(hall)


def test_a_red_letter_says_what_its_original_said_whatever_that_looked_like(hall: Hall) -> None:
    bare = "\n".join(
        line.replace("row 0 9 11: {item} | {rate} | {amount}", "text: {amount} {rate} {item}")
        for line in shipped_text("invoice").splitlines()
    )
    hand_down(hall.store, row_line(PaperLayout, "add", id="T", kind="invoice", layout="pair: 热线 | 10086\n" + bare))
    outcome = hall.open_account()
    (invoice,) = hall.rows(PaperDocument, kind="invoice", order_id=outcome.order_id)
    hall.desk.orders.cancel(outcome.serial, "客户反悔", FACTS.supervisor, FACTS.password)
    (red,) = [row for row in hall.rows(PaperDocument, kind="invoice", order_id=outcome.order_id) if row.amount < 0]
    said, before = json.loads(red.content)["said"], json.loads(invoice.content)["said"]
    assert said["facts"] == before["facts"]
    assert [line["amount"] for line in said["lines"]] == [f"-{line['amount']}" for line in before["lines"]]
    assert "热线" not in red.content
    assert sound(hall)


@pytest.mark.parametrize("kind", ["invoice", "receipt"])
def test_a_paper_on_record_is_laid_out_anew_and_says_what_it_said(hall: Hall, kind: str) -> None:
    outcome = hall.open_account()
    (paper,) = hall.rows(PaperDocument, kind=kind, order_id=outcome.order_id)
    number = f"{paper.code}-{paper.number:08d}"
    asked = LayoutTrialForm.read({"kind": kind, "number": number, "width": "80", "language": "zh_CN"})
    with hall.store.transaction(Author(FACTS.outlet, "try", FACTS.clerk)) as tx:
        (_, *lines) = as_printed(context(tx, business_date=paper.business_date), asked)
    document = Document.from_json(json.loads(paper.content))
    wanted = [line.rstrip() for line in preview(layout(document, 48)) if line and "[" not in line]
    shown = [str(fact.value).rstrip() for fact in lines]
    assert [line for line in wanted if line.strip() not in " ".join(shown)] == []


def test_of_what_is_only_signed_a_sample_is_laid_out(hall: Hall) -> None:
    asked = LayoutTrialForm.read({"kind": "slip", "number": "S-1"})
    with hall.store.transaction(Author(FACTS.outlet, "try", FACTS.clerk)) as tx, pytest.raises(BadForm):
        list(as_printed(context(tx), asked))


def test_a_layout_that_this_program_can_t_use_stops_no_sale_and_is_told_once(hall: Hall) -> None:
    later = shipped_text("receipt") + "hologram: {number}\n"
    hand_down(hall.store, row_line(PaperLayout, "add", id="T", kind="receipt", layout=later))
    for _ in range(2):
        outcome = hall.open_account()
        (paper,) = hall.rows(PaperDocument, kind="receipt", order_id=outcome.order_id)
        assert "layout" not in json.loads(paper.content)
    (alarm,) = hall.rows(Alarm, kind=ALARM)
    assert "T/1" in alarm.message
    assert "hologram" in alarm.message
    assert sound(hall)
