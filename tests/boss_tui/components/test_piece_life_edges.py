"""What became of a piece: each thing that befell it, in the order of time, whatever befell it besides."""

from __future__ import annotations

from typing import Any

from boss_tui.components.stock.piece_life import life_of
from data.tables.life import ValueChange
from data.tables.order import ProductOrder, Subscription
from data.tables.resource import SimCard
from data.tables.stock import Handset, PieceCount, PieceDifference
from data.tables.stockroom import CardBatch, StockBatch, StockEvent
from data.tables.sync import Lease
from data.tables.transfer import TransferNote, TransferPiece
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import row

SERIAL = "89860011000000000019"
MADE = {"operator": "3001", "business_date": "2026-11-01"}


def at(day: int) -> str:
    return f"2026-11-{day:02d}T02:00:00.000000Z"


def told(tx: Loose, *rows: Any, kind: str = "sim") -> list[tuple[str, str, str]]:
    tx.put(*rows)
    return [(line.when[5:10], str(line.what), line.who) for line in life_of(kind)(tx, SERIAL)]


def card(**values: Any) -> Any:
    return row(SimCard, iccid=SERIAL, **{"state": "in_stock", "outlet": "HZ01", **values})


NOW = ("", "is in stock now", "HZ01")


def test_a_piece_of_which_nothing_is_known_stands_as_it_is(tx: Loose) -> None:
    tx.put(row(SimCard, iccid="another", imsi="1", batch_id="b"), row(StockBatch, id="b", made_at=at(1), **MADE))
    assert told(tx, card()) == [NOW]
    assert told(tx, row(Subscription, id="line", number="13957990001", outlet="HZ01", opened_on="2026-11-09")) == [NOW]


def test_it_came_with_a_batch_was_boxed_counted_and_found(tx: Loose) -> None:
    note = {"sender": "HQ", "receiver": "HZ01", "pieces": 1}
    rows = [
        card(batch_id="b"),
        row(StockBatch, id="b", name="s.csv", made_at=at(1), **MADE),
        row(CardBatch, id="b", accepted_at=at(2), accepted_by="3002"),
        row(TransferNote, id="n", number=7, sent_at=at(3), received_at=at(4), **note),
        row(TransferNote, id="m", number=1_000_008, sent_at=at(8), **note),
        row(TransferPiece, note_id="n", piece=SERIAL, state="received"),
        row(TransferPiece, note_id="m", piece=SERIAL, state="in_transit"),
        row(TransferPiece, note_id="m", piece="another", state="missing"),
        row(PieceCount, id="c", outlet="HZ01", state="closed", started_at=at(5)),
        row(PieceCount, id="d", outlet="HZ01", state="closed", started_at=at(6)),
        row(PieceDifference, count_id="c", piece=SERIAL, verdict="missing"),
        row(PieceDifference, count_id="d", piece=SERIAL, verdict="found"),
        row(PieceDifference, count_id="d", piece="another", verdict="extra"),
    ]
    assert told(tx, *rows) == [
        ("11-01", "came into stock with s.csv", "3001"),
        ("11-02", "its batch was counted and accepted", "3002"),
        ("11-03", "was sent with note DB-000007", "HQ"),
        ("11-04", "note DB-000007: received", "HZ01"),
        ("11-05", "was not found when it was counted", "HZ01"),
        ("11-06", "was found again when it was counted", "HZ01"),
        ("11-08", "was sent with note DB-1000008", "HQ"),
        NOW,
    ]


def test_what_waits_to_be_accepted_is_not_yet(tx: Loose) -> None:
    batch = row(StockBatch, id="b", name="s.csv", made_at=at(1), **MADE), row(CardBatch, id="b", accepted_at="")
    assert told(tx, card(batch_id="b"), *batch) == [("11-01", "came into stock with s.csv", "3001"), NOW]


def test_what_was_decided_of_it_is_told_beside_the_block_that_it_came_back_from(tx: Loose) -> None:
    event = {"kind": "sim", "piece": SERIAL, **MADE}
    rows = [
        card(),
        row(Lease, id="L", kind="sim", outlet="HZ01", handed_at=at(1), sell_until=at(30)),
        row(StockEvent, id="1", act="returned", reason="L", made_at=at(2), **event),
        row(StockEvent, id="2", act="settled", before="disputed", after="void", reason="破", made_at=at(3), **event),
        row(StockEvent, id="3", act="settled", made_at=at(4), **{**event, "kind": "blank"}),
    ]
    assert [(when, what) for when, what, _ in told(tx, *rows)] == [
        ("11-01", "leased to HZ01, until 2026-11-30"),
        ("11-02", "came back from HZ01 unsold"),
        ("11-03", "in dispute becomes void: 破"),
        ("", "is in stock now"),
    ]


def test_it_is_with_a_number_since_it_came_there_last_or_since_the_line_was_opened(tx: Loose) -> None:
    line = row(Subscription, id="line", number="13957990001", outlet="HZ01", opened_on="2026-11-02")
    found = told(tx, card(state="in_use", subscription_id="line"), line)
    assert found == [("11-02", "is with number 13957990001", "HZ01"), ("", "is in use now", "HZ01")]
    change = {"subject": "line", "after": SERIAL, "order_id": "o"}
    tx.put(
        row(ValueChange, id="1", field="iccid", made_at=at(3), **change),
        row(ValueChange, id="2", field="iccid", made_at=at(5), **change),
        row(ValueChange, id="3", field="number", made_at=at(9), **change),
    )
    assert told(tx)[0] == ("11-05", "is with number 13957990001", "HZ01")


def test_each_order_that_it_was_in_is_told_once(tx: Loose) -> None:
    order = {"business": "C10", "operator": "1001"}
    change = {"subject": SERIAL, "field": "state"}
    rows = [
        row(Handset, imei=SERIAL, model="A100", state="sold", outlet="HZ01", sold_order="o1"),
        row(ProductOrder, id="o1", serial="S1", created_at=at(2), **order),
        row(ProductOrder, id="o2", serial="S2", created_at=at(4), **order),
        row(ValueChange, id="1", order_id="o1", made_at=at(2), **change),
        row(ValueChange, id="2", order_id="gone", made_at=at(3), **change),
        row(ValueChange, id="3", order_id="o2", made_at=at(4), **change),
    ]
    assert told(tx, *rows, kind="handset") == [
        ("11-02", "C10 S1", "1001"),
        ("11-04", "C10 S2", "1001"),
        ("", "is sold now", "HZ01"),
    ]
