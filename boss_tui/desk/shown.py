"""What an approver sees and puts their word to, as one digest: whatever changes in it asks again (catalogue F7).

Of a form that is all that was typed and worked out, for whom, by whom and where, the price, and what has to be allowed;
of an order that is taken back, the order as it stands. How money is paid out is told after the approval, so that it
stands beside the digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import asdict

from boss_tui.answers.business import Quote, QuoteLine, Reason, Tender
from boss_tui.business.process import Run
from boss_tui.business.registry import BUSINESSES
from data.journal import canonical
from data.message import say
from data.tables.order import ProductOrder
from data.tender_kinds import WAY

CHANGED = say("It has changed meanwhile: look at it again.")


def of_form(run: Run, typed: Mapping[str, Any], reasons: Sequence[Reason]) -> str:
    """The digest of a form as it stands, with the reasons that a supervisor must allow; empty when there are none, and
    nothing is paid out, the way of which may be one. That way stands beside the digest."""
    asked = [reason for reason in reasons if reason.verdict == "override" and reason.rule != WAY]
    if not asked and run.quote.due >= 0:
        return ""
    context = run.context
    return _digest(
        {
            "draft": context.draft_id,
            "business": context.business,
            "operator": context.operator,
            "counter": context.counter,
            "values": {name: value for name, value in typed.items() if value},
            "found": _found(run),
            "lines": [_line(line) for line in run.quote.lines],
            "terms": [term.as_json() for term in run.quote.terms],
            "slip": asdict(context.slip) if context.slip else None,
            "asked": [[reason.rule, reason.amount, reason.message.as_json()] for reason in asked],
        }
    )


def of_order(order: ProductOrder) -> str:
    """The digest of an order as it stands."""
    return _digest({"order": order.id, "state": order.state, "amount": order.amount, "revision": order.revision})


def paid_out(quote: Quote, tenders: Sequence[Tender] | None) -> str:
    """How money is paid out, as JSON; empty when none is. `tenders`: as far as it was said, else it is all in cash."""
    if quote.due >= 0:
        return ""
    ways = [Tender("cash", -quote.due)] if tenders is None else tenders
    return canonical(sorted([way.kind, way.amount, way.reference] for way in ways))


def at_stake(quote: Quote, reasons: Sequence[Reason]) -> int:
    """What an approver answers for, in fen: what is paid in or out, or more where a reason says so."""
    return max([abs(quote.due), *(reason.amount for reason in reasons if reason.verdict == "override")])


def _found(run: Run) -> dict[str, Any]:
    """What the desk found out and stands in the form's fields, and whom it is about."""
    fields = {spec.name for spec in BUSINESSES[run.context.business].form.fields()}
    return {name: value for name, value in run.facts.items() if name in fields or name == "customer_id"}


def _line(line: QuoteLine) -> list[Any]:
    return [line.item, line.kind, line.list_amount, line.amount, line.monthly, line.resource, line.bucket_id]


def _digest(told: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()
