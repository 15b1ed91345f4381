"""A paper ends by what ends it, and says why; it has as many copies as were printed (F9).

What takes an order back makes its slips void and its other papers red, each by a red-letter one under a number of its
own that names it; a sheet that is printed anew makes the spoiled one void. Why is what whoever did it said there. A new
paper is void only where its number was spoiled, and that number's record says why. Source: catalogue F9, M9;
domain-facts 7; at the desk: `Documents.red_letter`, `Documents.anew`, `boss_tui.desk.copying`, `number_stock.void`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from boss_tui.components.documents.number_stock import printed_number
from boss_tui.components.documents.red_letters import TITLES
from boss_tui.components.processes.kept_process import of_row
from boss_tui.desk.cancelling import REVERSAL
from boss_tui.desk.order_view import CANCELLED
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.papers import is_anew, takes_back
from boss_tui.headquarters.rules.reversals import is_opposite
from boss_tui.sync.effects import Fault
from data.characters import is_digits
from data.tables.document import PaperDocument
from data.tables.order import Process, ProductOrder

TABLE = "paper_document"
REPRINT = "reprint"


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first paper that ended otherwise than it can, says another reason than was given, or has other copies than
    were printed. What is not here as the entry found it is told elsewhere (`sync.effects`)."""
    papers = told.added.get(TABLE, ())
    ended = list[tuple[Row, Row]]()
    for key in dict.fromkeys(change.key for change in told.changed.get(TABLE, ())):
        changes = [change for change in told.changed[TABLE] if change.key == key]
        old = known.row(PaperDocument, *key)
        if old is None or old["revision"] != changes[0].base:
            continue
        now: dict[str, Any] = dict(old)
        for change in changes:
            now |= change.values
        if now["copies"] != old["copies"] + _printed(told, old):
            yield _fault("said", old)
            return
        if {"state", "reason"} & set().union(*(change.values for change in changes)):
            ended.append((old, now))
    for old, after in ended:
        if not _ends(known, told, old, after, papers):
            yield _fault("move", old)
            return
    for paper in papers:
        if paper["reason"] != _reason(known, told, paper, [old for old, _ in ended]):
            yield _fault("said", paper)
            return
        if not _copied(known, told, paper):
            yield _fault("said", paper)
            return


def _fault(reason: str, paper: Row) -> Fault:
    return Fault(reason, {"what": f"document {_number(paper)}", "table": TABLE})


def _number(paper: Row) -> str:
    return printed_number(paper["code"], paper["number"])


# how one ends


def _ends(known: Known, told: Claim, old: Row, now: Row, papers: Sequence[Row]) -> bool:
    """Whether a paper that stood ends by what the entry does, and says why."""
    anew = any(is_anew(paper, old) for paper in papers)
    if anew:
        state, whys = "void", {row["reason"] for row in _moves(told, "anew", old)}
    else:
        taken_back = any(takes_back(paper, old) and paper["reason"] == _number(old) for paper in papers)
        state = "void" if old["kind"] not in TITLES else "red" if taken_back else ""
        whys = set(_said(known, told, old))
    ends = (now["state"], now["ended_on"]) == (state, told.entry.business_date)
    return bool(old["state"] == "normal" and ends and now["reason"] in whys)


def _said(known: Known, told: Claim, paper: Row) -> Iterator[str]:
    """Why the order of a paper is taken back: what was said as it was cancelled or reversed; what stands in the form of
    a business that does so."""
    order = told.row(known, ProductOrder, paper["order_id"]) if paper["order_id"] is not None else None
    if order is None:
        return
    for row in told.added.get("access_log", ()):
        if row["act"] in (CANCELLED, REVERSAL) and row["subject"] == order["serial"]:
            yield row["reason"]
    for other in told.added.get("product_order", ()):
        form = told.form(other)
        if other["reverses"] == order["id"] and form is not None and not is_opposite(known, told, other):
            yield getattr(form.filled, "reason", "")


def _moves(told: Claim, act: str, paper: Row) -> Iterator[Row]:
    """What the entry tells of a paper's number besides."""
    for row in told.added.get("number_move", ()):
        of = (row["act"], row["kind"], row["code"]) == (act, paper["kind"], paper["code"])
        if of and row["first_number"] <= paper["number"] <= row["last_number"]:
            yield row


# what a new one says


def _reason(known: Known, told: Claim, paper: Row, ended: Sequence[Row]) -> str | None:
    """The reason that a new paper has: none; of a void one, that of its number; of a red-letter one, the number of what
    it takes back; None: it can't be."""
    if any(is_anew(paper, old) for old in ended):
        return str(paper["reason"]) if paper["state"] == "normal" else None
    if paper["state"] != "normal":
        spoiled = next(_moves(told, "void", paper), None)
        return str(spoiled["reason"]) if spoiled is not None and paper["state"] == "void" else None
    if any(takes_back(paper, old) and paper["reason"] == _number(old) for old in ended):
        return str(paper["reason"])
    if paper["amount"] >= 0:
        return ""
    return str(paper["reason"]) if _is_of_one(known, told, paper) else ""


def _is_of_one(known: Known, told: Claim, paper: Row) -> bool:
    """Whether a red-letter paper names one that there is, of its kind and of as much at least."""
    code, _, number = paper["reason"].rpartition("-")
    if not is_digits(number):
        return False
    named = known.told(PaperDocument, kind=paper["kind"], code=code, number=int(number))
    named += [row for row in told.added.get(TABLE, ()) if _number(row) == paper["reason"]]
    return any(row["id"] != paper["id"] and row["amount"] >= -paper["amount"] for row in named)


# copies


def _printed(told: Claim, paper: Row) -> int:
    """How many copies the entry says that were made of a paper."""
    subject = f"{paper['kind']} {_number(paper)}"
    return sum((row["act"], row["subject"]) == (REPRINT, subject) for row in told.added.get("access_log", ()))


def _copied(known: Known, told: Claim, paper: Row) -> bool:
    """Whether a new paper has as many copies as the process of its order prints at once (M19); of several orders that
    were paid in one go, that of any. What is of no form has none."""
    orders = [order for order in told.added.get("product_order", ()) if _is_of(paper, order)]
    asked = [order for order in orders if not is_opposite(known, told, order)]
    if not asked:
        return not paper["copies"]
    return any(_prints(known, order, paper) for order in asked)


def _is_of(paper: Row, order: Row) -> bool:
    together = paper["order_id"] is None and bool(paper["collection"]) and paper["collection"] == order["collection"]
    return bool(together or paper["order_id"] == order["id"])


def _prints(known: Known, order: Row, paper: Row) -> bool:
    """Whether the version of its process that an order goes by may print so many copies of a paper."""
    key, version = (order["business"],), order["process_version"]

    def prints(row: Row) -> bool:
        sheets = of_row(row).sheets.get(paper["kind"], 1)
        return bool(row["revision"] == version and sheets - 1 == paper["copies"])

    untold = not version or not known.was_published(Process, key)
    return untold or known.stood(Process, key, order["business_date"], prints) != "no"
