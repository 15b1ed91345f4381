"""Which acts write what: of each table that outlets push, by which entries its rows come, move and grow, and in which
columns.

What is not said here no outlet does. A column that is not named is as it was when its row was made, for ever, and
nobody's word changes that (`frozen`); an act that is not named makes an exception. An act is an entry's kind
(`shift.close`), or what stands before its dot (`shift`); of an entry that does or moves an order it is `order`, the
business (`C7`, of C7.1 too) and the step (`cancellation`). `any`: whatever is done. Source: design 6; catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from boss_tui.business.registry import BUSINESSES
from boss_tui.desk.basket import BASKET
from boss_tui.desk.cancelling import STEP, STOPS
from boss_tui.headquarters.rules.claim import Claim, Known
from boss_tui.headquarters.rules.stock import SOLD
from boss_tui.sync.effects import Fault
from data.journal import Change
from data.statements import keys
from data.tables import all_tables
from data.tables.order import ProductOrder

ANY = "any"
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Writes:
    """What may be done to a table's rows: acts in words. `moves`: columns that change, in words, and by which acts."""

    adds: str = ""
    moves: Mapping[str, str] = field(default_factory=dict)
    grows: str = ""

    @cached_property
    def by_column(self) -> dict[str, frozenset[str]]:
        """The acts that change each column."""
        found = {column: acts.split() for columns, acts in self.moves.items() for column in columns.split()}
        return {column: frozenset(acts) for column, acts in found.items()}

    @cached_property
    def adding(self) -> frozenset[str]:
        """The acts that add rows."""
        return frozenset(self.adds.split())

    @cached_property
    def growing(self) -> frozenset[str]:
        """The acts that add to figures of a row."""
        return frozenset(self.grows.split())


OF_ORDERS = frozenset({"order", "cancellation"})
"""Words for what is done with orders: what calls itself so is none of them."""
BOOKS = "order shift day till safe slip settle"
"""What enters something in the books."""

WRITES: Mapping[str, Writes] = {
    # orders, and what each of them leaves
    "product_order": Writes(
        "order",
        {
            "state": "order due settle",
            "completed_at": "order due",
            "approved_by": "cancellation",
            "reverses": "C10 C12",
        },
    ),
    "order_item": Writes("order"),
    "trail": Writes("order"),
    "extra_value": Writes("order"),
    "value_change": Writes("order"),
    "customer_agent": Writes("order"),
    "interaction": Writes("order control settle", {"state": "order"}),
    "behaviour_signal": Writes("order"),
    "settlement_entry": Writes("order"),
    "scheduled_act": Writes(
        "order number.porting", {"state reason done_at": "order due settle", "done_order_id": "order due"}
    ),
    "control_done": Writes("control", {"undone_at undone_order": "control"}),
    "interface_answer": Writes(
        "order",
        {"state way settled_at settled_by words": "question settle", "later_at later_reason": "question"},
    ),
    "operator_grant": Writes("order approve", {"used_order": "order", "expires_at": "clock"}),
    "handwritten_slip": Writes(
        "order slip",
        {
            "state held": "order slip settle",
            "order_id": "order slip",
            "words": "order settle",
            "business reason entered_by amount tender reference": "slip",
        },
    ),
    "work_order": Writes(
        "order network",
        {
            "state done_at done_by reason": "order network settle work",
            "assigned": "work settle",
            "held_until": "work",
            "act parameters": "network settle work",
            "follow_up": "order",
        },
    ),
    "work_step": Writes("order network work settle"),
    "figure": Writes(grows=ANY),
    # money
    "posting": Writes(BOOKS),
    "posting_line": Writes(BOOKS),
    "running_total": Writes(grows=BOOKS),
    "payment": Writes("order slip settle"),
    "payment_tender": Writes("order slip settle"),
    "suspense_entry": Writes("order slip settle"),
    "cash_movement": Writes("shift till safe settle"),
    "mobile_payment": Writes(
        "order payment",
        {
            "state settled_at": "payment settle",
            "transaction_no": "payment",
            "reason dropped": "payment settle",
            "booked": "order",
        },
    ),
    # papers
    "document_range": Writes(
        "number",
        {
            "next_number": "order invoice number store.accept",
            "state": "order invoice number store.accept",  # the last number of a range may be anybody's
            "last_number counter": "number",
        },
    ),
    "paper_document": Writes(
        "order invoice number store.accept",
        {"state reason ended_on": "order number", "copies": "reprint settle"},
    ),
    "paper_tax": Writes("order invoice number"),
    "invoice_request": Writes(
        "order",
        {"state": "order invoice", "says": "order", "document_id": "invoice number", "title tax_number": "invoice"},
    ),
    "electronic_invoice": Writes(
        "invoice", {"state": "order invoice", "attempt title tax_number message number issued_at": "invoice"}
    ),
    "red_confirmation": Writes("order invoice", {"state slip number message": "invoice"}),
    "number_move": Writes("number store.accept"),
    # what customers have
    "customer": Writes(
        "C1 C5",
        {
            "name name_key pinyin initials": "C1 C4.1 C5",
            "document_expires birth_date gender": "C1 C4.1 C5",
            "address contact_phone email postcode bill_medium": "C1 C4.1 C4.2 C5",
            "document_kind document_number": "C4.1",
            "category": "C1 C5",
        },
    ),
    "customer_credit": Writes("C1 C4.3 C5"),
    "hall_credit": Writes("C6 credit", {"state withdrawn_by withdrawn_for": "C6 credit"}),
    "billing_account": Writes(
        "C1 C4.3 C5",
        {"pay_type": "C4.3", "pay_method bank bank_account": "C4.3 C5", "state": "C1 C4.3 C5 C9"},
    ),
    "balance_bucket": Writes("C1 C4.3 C5 C10", grows="order"),
    "balance_entry": Writes("order"),
    "balance_hold": Writes("C1 C4.3 C5 C7 C9", {"state ended_order": "C1 C4.3 C5 C7 C9"}),
    "subscription": Writes(
        "C1",
        {
            "state": "C1 C3 C6 C9",
            "activated_at": "C1",
            "number tail minimum_spend": "C2",
            "iccid imsi": "C3",
            "customer_id": "C5",
            "account_id": "C4.3 C5",
            "pay_type": "C4.3",
            "plan": "C4.3 C8",
            "password_hash": "C4.4 C5",
            "long_distance roaming": "C4.3 C5 C7 C8",
        },
    ),
    "subscription_product": Writes(
        "C1 C4.3 C7 C8", {"state valid_to": "C1 C4.3 C5 C7 C8 C9", "valid_from": "C4.3 C7 C8"}
    ),
    "charge_schedule": Writes("C1 C4.3 C6 C7 C8", {"state ends_on": "C1 C4.3 C5 C6 C7 C8 C9", "starts_on": "C1"}),
    "agreement": Writes("C1 C2 C4.3 C8 C10", {"state": "C1 C2 C4.3 C5 C8 C9 C10", "customer_id": "C5"}),
    "service_parameter": Writes("C7 C11 C12", {"value": "C6 C7 C11 C12"}),
    "suspension": Writes("C6 C9", {"state lifted_order_id": "C3 C6 C9", "order_id": "C6 C9"}),
    "provider_subscription": Writes("C7", {"state until": "C5 C7 C8 C9"}),
    "provider_bar": Writes("C7", {"state order_id": "C7"}),
    "dispute": Writes("C7", {"state": "C7"}),
    "customer_bill": Writes("C5 C9", {"amount": "C5 C9", "paid state": "C5 C9 C12"}),
    "bill_line": Writes("C5 C9"),
    "bill_payment": Writes("C5 C9 C12"),
    "usage_month": Writes(),
    "loyalty_account": Writes("C1 C5 C9 C10 C12", grows="C1 C9 C10 C12"),
    "loyalty_entry": Writes("C1 C9 C10 C12"),
    "number_porting": Writes("number.porting", {"state left_on back_on": "number.porting"}),
    "password_tries": Writes(grows="password.try"),
    # what is leased: grade, face value, block and IMSI are headquarters' for ever
    "phone_number": Writes(
        moves={
            "state quarantine_until": "C1 C2 C9 quarantine.end number.porting",
            "subscription_id": "C1 C2 C9",
        }
    ),
    "sim_card": Writes("C3", {"state": "C1 C3 C9 stock", "subscription_id": "C1 C3 C9"}),
    "blank_card": Writes(moves={"state": "C3 stock", "iccid": "C3"}),
    "imsi_reserve": Writes(moves={"state": "C3"}),
    "recharge_card": Writes(moves={"state": "C11 stock", "sold_order used_order reason": "C11"}),
    "handset": Writes(moves={"state": "C10 stock", "sold_order sold_on customer_id subscription_id": "C10"}),
    # the hall's own: days, drawers, counts
    "business_day": Writes("day", {"state closed_by closed_at journal_end number closing_word": "day"}),
    "shift": Writes(
        "shift",
        {
            "state": "shift day",
            "closed_at closed_by expected_cash counted_cash difference reason approved_by": "shift day",
            "journal_end z_number": "shift day",
        },
    ),
    "shift_count": Writes("shift day"),
    "shift_tender": Writes("shift day"),
    "drawer_move": Writes("shift"),
    "closing_report": Writes("shift day"),
    "safe_count": Writes("safe"),
    "safe_piece": Writes("safe"),
    "blind_count": Writes("shift stock", {"state approved_by": "shift stock"}),
    "stock_count": Writes("stock"),
    "stock_piece": Writes("stock"),
    "piece_count": Writes("stock", {"state count_id reason": "stock"}),
    "piece_difference": Writes("stock"),
    "transfer_count": Writes("stock"),
    # who may, who looked, who was told
    "authority": Writes("authority", {"state uses_left": ANY, "valid_until": "clock"}),
    "delegation": Writes("delegation", {"withdrawn_on withdrawn_by": "delegation"}),
    "operator_password": Writes("password"),
    "tries": Writes("approve", {"tries": "approve", "last_at": "approve clock"}),
    "access_log": Writes(ANY),
    "act": Writes(ANY),
    "alarm": Writes(ANY, {"state seen_by words": ANY}),
}


def frozen(changes: Iterable[Change]) -> str:
    """The first row of which a column is told to be another that never is; empty: none."""
    for change in changes:
        if change.op == "change":
            still = change.values.keys() - WRITES[change.table].by_column.keys() - {"revision"}
            if still:
                return f"{change.table} {change.key[0]}: {', '.join(sorted(still))}"
    return ""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What of an entry's rows its act does not write; an entry that moves an order which is not here."""
    new = {order["id"]: order for order in told.added.get("product_order", ())}
    orders = list(new.values())
    for change in told.changed.get("product_order", ()):
        here = new.get(change.key[0]) or known.row(ProductOrder, *change.key)
        if here is None:
            yield Fault("dangling", {"table": "product_order", "column": "id", "value": change.key[0]})
            return
        orders.append(here)
    done = acts_of(told.entry.kind, {order["business"] for order in orders})
    for table, row in _unwritten(told, done):
        yield Fault("act", {"what": f"{table} {row}", "table": table, "act": told.entry.kind})
        return


def acts_of(kind: str, businesses: set[str]) -> frozenset[str]:
    """What an entry of a kind is, by the businesses of the orders that it does or moves: only its own kind's count."""
    code, step = business_of(kind)
    if step == STEP:
        businesses = businesses - ({STOPS} - {code})  # what the network is told since an order is cancelled
    if businesses and (kind == BASKET or businesses == {code}):
        families = {business.partition(".")[0] for business in businesses}
        return frozenset({ANY, "order", step, *businesses, *families})
    return frozenset({ANY} if code else {ANY, *({kind, kind.partition(".")[0]} - OF_ORDERS)})


@cache
def business_of(kind: str) -> tuple[str, str]:
    """The business and the step of an order's kind: C7.1.completion is of C7.1. Empty: of no order."""
    code, step = kind, ""
    while code and code not in BUSINESSES:
        code, _, last = code.rpartition(".")
        step = f"{last}.{step}" if step else last
    return code, step if code else ""


def _unwritten(told: Claim, done: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Table and key of what an entry tells, though none of the acts that it is writes it."""
    for table, rows in told.added.items():
        if not WRITES[table].adding & done:
            yield table, str(rows[0][keys(all_tables()[table])[0]])
    for table, changes in told.grown.items():
        if not WRITES[table].growing & done:
            yield table, str(changes[0].key[0])
    for table, changes in told.changed.items():
        by_column = WRITES[table].by_column
        for change in changes:
            unnamed = any(not by_column.get(name, NOBODY) & done for name in change.values if name != "revision")
            if unnamed or ("order" not in done and change.values.get("state") in SOLD.get(table, ())):
                yield table, str(change.key[0])
