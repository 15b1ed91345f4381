"""The books (catalogue F11, M11): double entry, payments and tenders, tills and shifts, business days."""

from typing import ClassVar

from data.tables.base import (
    OUTLET,
    Index,
    Partial,
    Table,
    UniqueConstraint,
    fen,
    headquarters,
    integer,
    options,
    ref,
    revision,
    state,
    text,
)


class LedgerAccount(Table, table=True):
    """An account of the chart of accounts 会计科目."""

    __owner__ = headquarters("tariffs")
    __component__ = "F11"
    __ended__: ClassVar = {"state": "ended"}
    __identity__ = ("kind", "per_till")
    __table_args__ = options()
    code: str = text(key=True)
    name_zh: str = text()
    name_en: str = text("")
    kind: str = state("kind", "asset", "liability", "income", "expense")
    per_till: int = integer(0)
    state: str = state("state", "active", "ended", default="active")
    revision: int = revision()


class TenderKind(Table, table=True):
    """A way of paying 支付方式, as headquarters publishes it (`data.tender_kinds` has those that every outlet has).

    Attributes:
        position: the digit that chooses it in the payment box; 0: it is not chosen, the program itself uses it.
        account: what it is worth, in the books; no two kinds share one, so that reports tell them apart.
        reference: whether its number (slip, cheque, transfer) must be said.
        drawer: whether it lies in the drawer: it is counted at the close, and change is given of it.
        refunds: whether money may be paid out in it.
        offline: whether it may be taken without a link.
        provider: who must be asked before it is money (wechat, alipay, unionpay); empty: nobody.
        clears: how many days it takes until it is money (a cheque); nothing of it is paid out before.
    """

    __owner__ = headquarters("tariffs")
    __component__ = "F11"
    __table_args__ = options(UniqueConstraint("account", name="tender_kind_account"))
    code: str = text(key=True)
    position: int = integer(0)
    name_zh: str = text()
    name_en: str = text()
    account: str = ref("ledger_account.code", index=False)
    reference: int = integer(0)
    drawer: int = integer(0)
    refunds: int = integer(1)
    offline: int = integer(1)
    provider: str = text("")
    clears: int = integer(0)
    revision: int = revision()


class Posting(Table, table=True):
    """An entry in the books. Its lines add up to nothing; debits are positive, credits negative.

    `note` is what the clerk said that the money was for, where the line's item does not say it.
    """

    __owner__ = OUTLET
    __table_args__ = options(Index("posting_day", "business_date", "till"), Index("posting_shift", "shift_id", "id"))
    __append_only__ = True
    id: str = text(key=True)
    outlet: str = text()
    business_date: str = text()
    business: str = text()
    order_id: str | None = ref("product_order.id", None)
    shift_id: str | None = ref("shift.id", None)
    till: str = text("")
    operator: str = text()
    made_at: str = text()
    note: str = text("")


class PostingLine(Table, table=True):
    """A line of a posting, in fen. `bucket_id` says whose money, for accounts that hold customers' money.

    `tax_rate`: the rate, in hundredths of a percent, by which what the line is about is taxed with this posting.
    """

    __owner__ = OUTLET
    __table_args__ = options(Index("posting_line_account", "account", "posting_id", "amount"))
    __append_only__ = True
    posting_id: str = ref("posting.id", key=True)
    line: int = integer(key=True)
    account: str = ref("ledger_account.code", index=False)
    amount: int = fen()
    item: str = text("")
    tax_rate: int = integer(0)
    bucket_id: str | None = ref("balance_bucket.id", None)


class RunningTotal(Table, table=True):
    """What an account moved on a business date at a till, in fen: kept by each posting, compared with the sums."""

    __owner__ = OUTLET
    __table_args__ = options()
    outlet: str = text(key=True)
    business_date: str = text(key=True)
    till: str = text(key=True)
    account: str = ref("ledger_account.code", key=True)
    amount: int = fen(0)
    postings: int = integer(0)


class Payment(Table, table=True):
    """Money taken from, or given to, a customer (TMF676), in fen; `change` went back at once.

    One without an order is of a slip that can't be done: what was taken for it is in suspense (`SuspenseEntry`).
    """

    __owner__ = OUTLET
    __table_args__ = options()
    __append_only__ = True
    id: str = text(key=True)
    outlet: str = text()
    order_id: str | None = ref("product_order.id", None)
    posting_id: str = ref("posting.id")
    shift_id: str = ref("shift.id")
    due: int = fen()
    tendered: int = fen()
    change: int = fen(0)


NUMBERED = "reference != ''"
"""The tenders and movements of cash that have a reference, in SQL."""


class PaymentTender(Table, table=True):
    """One tender of a payment: its kind (`TenderKind`), fen, and its reference: of a card's slip, of a cheque, in the
    one spelling that references are compared in (`components.tenders.references`); our own order number where a
    provider was asked."""

    __owner__ = OUTLET
    __table_args__ = options(Partial("payment_tender_reference", "reference", "kind", where=NUMBERED))
    __append_only__ = True
    payment_id: str = ref("payment.id", key=True)
    line: int = integer(key=True)
    kind: str = text()
    amount: int = fen()
    reference: str = text("")


class SuspenseEntry(Table, table=True):
    """That money of a slip went into suspense 暂收款, or out of it, in fen; into it is above nothing.

    Attributes:
        act: taken (for a slip that can't be done), given_back (to the customer), used (it paid an order), returned (an
            order that it had paid was taken back).
        outlet, business_date, shift_id: those of the posting.
        approved_by: the supervisor who allowed it, where one did.
    """

    __owner__ = OUTLET
    __table_args__ = options(Index("suspense_entry_day", "outlet", "business_date"))
    __append_only__ = True
    id: str = text(key=True)
    outlet: str = text()
    business_date: str = text()
    shift_id: str = ref("shift.id")
    slip_id: str = ref("handwritten_slip.id")
    posting_id: str = ref("posting.id")
    act: str = state("act", "taken", "given_back", "used", "returned")
    amount: int = fen()
    approved_by: str = text("")
    made_at: str = text()


class Shift(Table, table=True):
    """A cashier's shift at a till: opened with a float, closed with a count and a Z number. Fen.

    Nobody has more than one at a time in an outlet. While it is suspended 挂起 its drawer is out of the counter, and
    nothing is sold in it; it may go on at another till (`DrawerMove`). The Z number belongs to the till: it rises by
    one at each close and is never given twice. `journal_end`: where the journal stood at the close, as sequence and
    hash with a slash between; the Z says it, on paper and out of reach. `taken_from`: the shift whose counted drawer
    this one began with, where it was handed over 交接.
    """

    __owner__ = OUTLET
    __table_args__ = options(
        UniqueConstraint("till", "z_number", name="shift_z"),
        Index("shift_open", "till", "state"),
        Partial("shift_one_open", "till", unique=True, where="state = 'open'"),
        Partial("shift_one_running", "outlet", "operator", unique=True, where="state != 'closed'"),
        Index("shift_day", "outlet", "business_date"),
    )
    id: str = text(key=True)
    outlet: str = text()
    till: str = ref("counter.code", index=False)
    operator: str = ref("operator.staff_no", index=False)
    business_date: str = text()
    opened_at: str = text()
    float_amount: int = fen(0)
    state: str = state("state", "open", "suspended", "closed", default="open")
    taken_from: str | None = ref("shift.id", None)
    closed_at: str = text("")
    closed_by: str = text("")
    z_number: int | None = integer(None)
    expected_cash: int = fen(0)
    counted_cash: int = fen(0)
    difference: int = fen(0)
    reason: str = text("")
    approved_by: str = text("")
    journal_end: str = text("")
    revision: int = revision()


class ShiftCount(Table, table=True):
    """How many notes or coins of one denomination (fen) were counted at a close."""

    __owner__ = OUTLET
    __table_args__ = options()
    __append_only__ = True
    shift_id: str = ref("shift.id", key=True)
    denomination: int = integer(key=True)
    pieces: int = integer()


class DrawerMove(Table, table=True):
    """That a shift's drawer was taken out of a till (suspended) or put into one (resumed): where, when, by whom, and
    which supervisor allowed it, where it was another's."""

    __owner__ = OUTLET
    __table_args__ = options()
    __append_only__ = True
    id: str = text(key=True)
    shift_id: str = ref("shift.id")
    act: str = state("act", "suspended", "resumed")
    till: str = text()
    operator: str = text()
    approved_by: str = text("")
    reason: str = text("")
    made_at: str = text()


class CashMovement(Table, table=True):
    """Cash that was moved without an order, once 现金调拨: what its posting does not say, and the number of its slip.

    Attributes:
        number: of the slip; runs on in the outlet, without gap.
        purpose: float, change, return, drop, expense (a drawer's); deposit, withdrawal (between safe and bank);
            suspense_back: money of a slip that was given back, by card or transfer too; refund: one by telephone that
            the provider refused, paid in cash; bank_short, bank_over: what the bank counted otherwise than a deposit.
        amount: fen, above 0.
        reference: the bank's paper of a deposit or withdrawal, in the one spelling that references are compared in
            (once for each of the two); the slip whose money was given back.
        counterparty: from whom a drawer was taken over, where it was.
        approved_by: the supervisor who allowed it, where one had to.
    """

    __owner__ = OUTLET
    __table_args__ = options(
        UniqueConstraint("outlet", "number", name="cash_movement_number"),
        Partial("cash_movement_reference", "reference", "purpose", where=NUMBERED),
    )
    __append_only__ = True
    id: str = text(key=True)
    outlet: str = text()
    number: int = integer()
    posting_id: str = ref("posting.id")
    purpose: str = state(
        "purpose",
        "float",
        "change",
        "return",
        "drop",
        "expense",
        "deposit",
        "withdrawal",
        "suspense_back",
        "refund",
        "bank_short",
        "bank_over",
    )
    amount: int = fen()
    reference: str = text("")
    counterparty: str = text("")
    approved_by: str = text("")


class SafeCount(Table, table=True):
    """A count of the safe 保险柜盘点: what the books expected, what was found, in fen; the difference is posted.

    `counted_by` is a supervisor; `approved_by` another, where the difference is more than one may sign alone.
    """

    __owner__ = OUTLET
    __table_args__ = options(Index("safe_count_day", "outlet", "business_date"))
    __append_only__ = True
    id: str = text(key=True)
    outlet: str = text()
    business_date: str = text()
    expected: int = fen()
    counted: int = fen()
    difference: int = fen(0)
    reason: str = text("")
    counted_by: str = text()
    approved_by: str = text("")
    posting_id: str | None = ref("posting.id", None)
    made_at: str = text()


class SafePiece(Table, table=True):
    """How many notes or coins of one denomination (fen) were found in the safe at a count."""

    __owner__ = OUTLET
    __table_args__ = options()
    __append_only__ = True
    count_id: str = ref("safe_count.id", key=True)
    denomination: int = integer(key=True)
    pieces: int = integer()


class ShiftTender(Table, table=True):
    """What a shift took by card, cheque, transfer or telephone, as it was ticked off at the close: by kind, how many
    slips and fen the books have (what went back is below nothing), and what of it was not in hand, by its references,
    with the reason."""

    __owner__ = OUTLET
    __table_args__ = options()
    __append_only__ = True
    shift_id: str = ref("shift.id", key=True)
    kind: str = text(key=True)
    slips: int = integer()
    amount: int = fen()
    missing: int = integer(0)
    missing_amount: int = fen(0)
    references: str = text("")
    reason: str = text("")


class BusinessDay(Table, table=True):
    """A business date 营业日 of an outlet, opened and closed by a person. At most one of an outlet is open.

    `note` says what was odd about its opening, such as a clock that went backwards. `number` of its close 日结: it
    rises by one at each close of the outlet; `journal_end`: where the journal stood then: epoch, sequence, hash.
    `closing_word`: what the supervisor said of what was left open.
    """

    __owner__ = OUTLET
    __table_args__ = options(
        Partial("business_day_open", "outlet", unique=True, where="state = 'open'"),
        UniqueConstraint("outlet", "number", name="business_day_number"),
    )
    outlet: str = text(key=True)
    business_date: str = text(key=True)
    state: str = state("state", "open", "closed", default="open")
    opened_by: str = text()
    opened_at: str = text()
    closed_by: str = text("")
    closed_at: str = text("")
    note: str = text("")
    number: int | None = integer(None)
    journal_end: str = text("")
    closing_word: str = text("")
    revision: int = revision()


class ClosingReport(Table, table=True):
    """What the report of a close said: a shift's (Z) or a business day's, as it was signed. It never changes.

    `till` is empty for a day; `number` is the close's, of the till or of the outlet. `content`: the report as JSON
    (`boss_tui.reports.report.Report`), in no language; `digest`: its SHA-256. `taken`, `difference`: fen.
    """

    __owner__ = OUTLET
    __table_args__ = options(Index("closing_report_day", "outlet", "business_date"))
    __append_only__ = True
    outlet: str = text(key=True)
    kind: str = text(key=True)
    till: str = text(key=True)
    number: int = integer(key=True)
    business_date: str = text()
    operator: str = text()
    closed_at: str = text()
    taken: int = fen()
    difference: int = fen()
    content: str = text()
    digest: str = text()
