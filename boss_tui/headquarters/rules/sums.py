"""Sums of an entry: order, payment, tenders, postings, items and papers tell of the same money.

Source: design 5.1 and 5.9; `boss_tui.verify` holds the same over the whole store (`payments`, `items`, `taxes`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from boss_tui.components.ledger.ledger import OUTPUT_TAX
from boss_tui.components.statistics import CHARGED_AS
from boss_tui.components.tenders.tenders import ways
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.sync.effects import Fault
from data.tables.finance import TenderKind
from data.tables.order import ProductOrder

Rows = list[Row]
CARD = "card"
"""The kind of a piece that is a recharge card: its product is what it is worth."""
_PIECES = frozenset(CHARGED_AS.values())


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first sum that does not agree."""
    lines: defaultdict[str, Rows] = defaultdict(list)
    for line in told.added.get("posting_line", ()):
        lines[line["posting_id"]].append(line)
    for what in (
        *_payments(known, told, lines),
        *_movements(told, lines),
        *_orders(told, lines),
        *_papers(known, told),
    ):
        yield Fault("sums", {"what": what})
        return


def _payments(known: Known, told: Claim, lines: dict[str, Rows]) -> Iterator[str]:
    """Tenders make what was due, and were posted for the same order, each to its account."""
    payments = told.added.get("payment", ())
    if not payments:
        return
    tenders: defaultdict[str, Rows] = defaultdict(list)
    for tender in told.added.get("payment_tender", ()):
        tenders[tender["payment_id"]].append(tender)
    postings = {posting["id"]: posting for posting in told.added.get("posting", ())}
    known_ways = ways(known.reading)
    accounts = {way.account for way in known_ways.values()}
    for payment in payments:
        taken = tenders[payment["id"]]
        posting = postings.get(payment["posting_id"])
        due = payment["due"]
        if sum(tender["amount"] for tender in taken) != due or payment["tendered"] - payment["change"] != due:
            yield f"payment {payment['id']}"
        if posting is None or (posting["order_id"], posting["shift_id"]) != (payment["order_id"], payment["shift_id"]):
            yield f"posting of payment {payment['id']}"
            continue
        if payment["order_id"] is None:
            continue
        unknown = {tender["kind"] for tender in taken} - known_ways.keys()
        if unknown:  # one that is taken no more may have been, on that day
            day, there = posting["business_date"], lambda _: True
            if "no" in {known.stood(TenderKind, (kind,), day, there) for kind in unknown}:
                yield f"tenders of payment {payment['id']}"
            continue
        posted = _by(lines[posting["id"]], "account", of=accounts)
        if posted != _sums((known_ways[tender["kind"]].account, tender["amount"]) for tender in taken):
            yield f"tenders of payment {payment['id']}"


def _movements(told: Claim, lines: dict[str, Rows]) -> Iterator[str]:
    """Cash that was moved without an order is what its posting moved, from one account to another."""
    moved = Counter[str]()
    for movement in told.added.get("cash_movement", ()):
        moved[movement["posting_id"]] += movement["amount"]
    for posting, amount in moved.items():
        if amount != sum(line["amount"] for line in lines[posting] if line["amount"] > 0):
            yield f"cash movement of posting {posting}"


def _orders(told: Claim, lines: dict[str, Rows]) -> Iterator[str]:
    """An order's amount is what its payments were due; the pieces that it sold are worth what was posted for them."""
    orders = told.added.get("product_order", ())
    if not orders:
        return
    due, sold, posted = Counter[str](), Counter[str](), Counter[str]()
    for payment in told.added.get("payment", ()):
        due[payment["order_id"]] += payment["due"]
        for line in lines[payment["posting_id"]]:
            if line["item"] in _PIECES and line["bucket_id"] is None:
                posted[payment["order_id"]] -= line["amount"]
    for item in told.added.get("order_item", ()):
        if not _is_counted(item):
            yield f"items of order {item['order_id']}"
        if item["kind"] in CHARGED_AS:
            sold[item["order_id"]] += item["amount"]
    for order in orders:
        if order["amount"] != due[order["id"]]:
            yield f"order {order['serial']}"
        if sold[order["id"]] != posted[order["id"]]:
            yield f"items of order {order['serial']}"


def _is_counted(item: Row) -> bool:
    """Whether so many pieces can have been sold: one of each thing, and of recharge cards what they are worth."""
    if item["kind"] != CARD:
        return bool(abs(item["count"]) <= 1)
    return bool(item["amount"] == item["count"] * int(item["product"]))


def _papers(known: Known, told: Claim) -> Iterator[str]:
    """A paper's tax is that of its rates; what papers of the entry's orders say was taxed is what their postings
    enter."""
    before = (known.row(ProductOrder, *change.key) for change in told.changed.get("product_order", ()))
    of_entry = (*(order for order in before if order is not None), *told.added.get("product_order", ()))
    orders = {order["id"]: order["collection"] or order["id"] for order in of_entry}
    papers = told.added.get("paper_document", ())
    if not orders and not papers:
        return
    of_paper: defaultdict[str, Rows] = defaultdict(list)
    for tax in told.added.get("paper_tax", ()):
        of_paper[tax["document_id"]].append(tax)
    said: defaultdict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for paper in papers:
        if paper["tax"] != sum(tax["tax"] for tax in of_paper[paper["id"]]):
            yield f"document {paper['code']}-{paper['number']:08d}"
        of = orders.get(paper["order_id"]) or (paper["collection"] if paper["order_id"] is None else "")
        if not of or paper["drawn_later"] or paper["state"] == "void":
            continue
        for tax in of_paper[paper["id"]]:
            said[of, tax["rate"]].update(amount=tax["amount"], tax=tax["tax"])
    postings = {posting["id"]: orders.get(posting["order_id"]) for posting in told.added.get("posting", ())}
    for line in told.added.get("posting_line", ()):
        of = postings.get(line["posting_id"])
        if of and (line["tax_rate"] or line["account"] == OUTPUT_TAX):
            entered = line["amount"] if line["account"] == OUTPUT_TAX else 0
            said[of, line["tax_rate"]].update(amount=line["amount"], tax=entered)
    for (of, _), left in said.items():
        if any(left.values()):
            yield f"papers of order {of}"


def _by(rows: Rows, column: str, *, of: set[str]) -> dict[str, int]:
    return _sums((row[column], row["amount"]) for row in rows if row[column] in of)


def _sums(amounts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """What is not nothing, by its name."""
    found: Counter[str] = Counter()
    for name, amount in amounts:
        found[name] += amount
    return {name: amount for name, amount in found.items() if amount}
