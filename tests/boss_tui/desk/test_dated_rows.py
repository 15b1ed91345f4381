"""What headquarters published for a later business date counts from its opening, without a link, and verify holds."""

from __future__ import annotations

import json

from boss_tui.editions.lines import RowEdit
from boss_tui.sync.edition_items import KIND, KIND_VERSION, About, ItemPart
from boss_tui.sync.shapes import Item, StreamPage
from boss_tui.sync.stream import take_page
from boss_tui.verify.handed import check
from data.demo.hall import SCOPES
from data.tables.sync import JournalEntry, JournalHead
from data.tables.tariff import PriceRule
from tests.hall import FACTS, Hall

TOMORROW = "2026-11-24"


def test_the_hall_sells_at_the_old_price_until_its_business_date(hall: Hall) -> None:
    rules = hall.rows(PriceRule, business="C1")
    before = hall.filled().quote.due
    lines = tuple(RowEdit("price_rule", (one.id,), "change", {"amount": one.amount + 100}) for one in rules)
    cursor = hall.rows(JournalHead)[0].stream_cursor
    about = About("E1", 1, "M6", "Dearer", "3001", "3002", TOMORROW, False)
    item = Item(
        number=cursor + 1,
        kind=KIND,
        kind_version=KIND_VERSION,
        body=ItemPart(about, 1, 1, lines).body(),
        made_at="2026-11-23T00:00:00.000000Z",
        signature="",
    )
    page = StreamPage(after=cursor, through=cursor + 1, next=cursor + 2, scopes=list(SCOPES), items=[item])
    assert take_page(hall.store, FACTS.outlet, page).applied == 1
    assert hall.filled().quote.due == before
    assert hall.rows(PriceRule, business="C1") == rules
    hall.desk.till.close_shift({100_00: 5})
    supervisor = hall.counter(FACTS.supervisor, FACTS.counter)
    supervisor.day.close()
    hall.clock.move(days=1)
    supervisor.day.open(TOMORROW)
    told = json.loads([one for one in hall.rows(JournalEntry) if one.kind == "day.open"][-1].body)
    assert told["dated"]["to"] == TOMORROW
    assert told["dated"]["rows"] == len(rules)
    assert [one.amount for one in hall.rows(PriceRule, business="C1")] == [one.amount + 100 for one in rules]
    clerk = hall.counter(FACTS.clerk, FACTS.counter)
    clerk.till.open_shift(50_000)
    hall.desk = clerk
    assert hall.filled().quote.due > before
    with hall.store.reading() as reading:
        assert list(check(reading, {})) == []
