"""Papers are of the money that their orders moved, and say what their rows say (F9).

An invoice is of what was sold or paid in, a red-letter one of what was given back, a receipt of what was paid; slips
and contracts are of no money. What is drawn later is of an order that is here; a sheet that is printed anew says what
the spoiled one said. What of it is tax: `sums`; the number: `stock`. Source: catalogue F9, M9; domain-facts 7.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from boss_tui.components.documents.paper_content import says_otherwise
from boss_tui.components.documents.red_letters import TITLES
from boss_tui.components.tariff.tariff import DEPOSIT
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.reversals import rows_naming
from boss_tui.sync.effects import Fault
from data.tables.document import PaperDocument
from data.tables.finance import Payment, PostingLine

Side = tuple[str, str]
"""A charge item, and the bucket that it went into or came out of; empty: none."""
BACK = "-"
"""What marks the side of what is given back, where the order brings of the same, too."""
SAME = ("kind", "amount", "tax", "order_id", "collection", "drawn_later", "reason")
"""What a sheet that is printed anew has of the one before."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first paper that is of another amount than its order, or of another order than the entry's."""
    papers = told.added.get("paper_document", ())
    if not papers:
        return
    ours = {order["id"] for order in told.added.get("product_order", ())}
    ours |= {change.key[0] for change in told.changed.get("product_order", ())}
    ended = [known.row(PaperDocument, *each.key) or {} for each in told.changed.get("paper_document", ())]
    worth = _worth(told)
    for paper in papers:
        if not _is_right(known, told, paper, ours, worth, ended) or _says_otherwise(paper):
            yield Fault("sums", {"what": f"document {paper['code']}-{paper['number']:08d}", "table": "paper_document"})
            return
    for order in ours:
        invoices = [each for each in papers if (each["order_id"], each["kind"]) == (order, "invoice")]
        if not _is_of(worth[order], [each for each in invoices if not each["drawn_later"]]):
            yield Fault("sums", {"what": f"invoices of order {order}", "table": "paper_document"})
            return


def _says_otherwise(paper: Row) -> bool:
    """Whether what is printed is of other money than its row; a sheet that is void, or of no money, says none."""
    if paper["state"] == "void" or paper["kind"] not in TITLES:
        return False
    number = f"{paper['code']}-{paper['number']:08d}"
    return says_otherwise(paper["kind"], number, paper["amount"], paper["tax"], paper["content"]) is not None


def _is_right(
    known: Known, told: Claim, paper: Row, ours: set[str], worth: Mapping[str, Counter[Side]], ended: Iterable[Row]
) -> bool:
    """Whether a paper is of an order that it may be of, and of its money; how much invoices are of in all: `_is_of`."""
    of, amount = paper["order_id"], paper["amount"]
    anew = any(is_anew(paper, old) for old in ended)
    if paper["state"] == "void" or paper["kind"] not in TITLES:
        return not amount and not paper["tax"] and (of is None or of in ours or anew)
    if paper["collection"] and of is None:
        orders = [each["id"] for each in told.added["product_order"] if each["collection"] == paper["collection"]]
        return bool(amount == sum(sum(_dues(told, each)) for each in orders)) if orders else anew
    if of not in ours:
        return anew or bool(paper["drawn_later"] and _is_of(_before(known, told, of), [paper]))
    if paper["kind"] == "receipt" and not any(takes_back(paper, old) for old in ended):
        dues = _dues(told, of)
        return amount in (sum(dues), *dues, sum(fen for (item, _), fen in worth[of].items() if item == DEPOSIT))
    return True


def is_anew(paper: Row, old: Row) -> bool:
    """Whether it is printed anew for one that ends with it."""
    return all(old.get(name) == paper[name] for name in SAME)


def takes_back(paper: Row, old: Row) -> bool:
    """Whether it takes back one that becomes red with it, to the fen."""
    of = (paper["kind"], -paper["amount"], -paper["tax"])
    return (old.get("kind"), old.get("amount"), old.get("tax")) == of


def _dues(told: Claim, order: str) -> list[int]:
    return [payment["due"] for payment in told.of_order("payment", order)]


def _is_of(worth: Counter[Side], invoices: Iterable[Row]) -> bool:
    """Whether invoices are of what was posted but for deposits, and red-letter ones of no more than was given back:
    where nothing was, to the fen."""
    standing = [each["amount"] for each in invoices if each["state"] != "void"]
    drawn, red = (sum(sign * amount for amount in standing if sign * amount > 0) for sign in (1, -1))
    back = -sum(amount for amount in worth.values() if amount < 0)
    brought = sum(amount for (item, _), amount in worth.items() if amount > 0 and item != DEPOSIT)
    return red <= back and (drawn <= brought if back else drawn in (0, brought))


def _worth(told: Claim) -> Mapping[str, Counter[Side]]:
    """By order, what its payments in an entry were posted for, in fen; negative: what was given back. What puts a
    payment right gives back and brings of the same items: each counts."""
    right = {order["id"] for order in told.added.get("product_order", ()) if order["reverses"]}
    orders = {payment["posting_id"]: payment["order_id"] for payment in told.added.get("payment", ())}
    worth: defaultdict[str, Counter[Side]] = defaultdict(Counter)
    for line in told.added.get("posting_line", ()):
        if line["item"] and line["posting_id"] in orders:
            of, (item, bucket) = orders[line["posting_id"]], _side(line)
            back = BACK if of in right and line["amount"] > 0 else ""
            worth[of][item, bucket + back] -= line["amount"]
    return worth


def _before(known: Known, told: Claim, order: str) -> Counter[Side]:
    """The same of an order of an earlier entry."""
    worth: Counter[Side] = Counter()
    for payment in rows_naming(known, told, Payment, "order_id", order):
        for line in rows_naming(known, told, PostingLine, "posting_id", payment["posting_id"]):
            if line["item"]:
                worth[_side(line)] -= line["amount"]
    return worth


def brought_by(known: Known, told: Claim, order: str) -> int:
    """What an order brought that an invoice is drawn of, in fen: what was posted but for deposits."""
    worth = _before(known, told, order)
    return sum(amount for (item, _), amount in worth.items() if amount > 0 and item != DEPOSIT)


def _side(line: Row) -> Side:
    return line["item"], line["bucket_id"] or ""
