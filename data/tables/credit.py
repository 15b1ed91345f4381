"""Credit control 信控 (M8): how customers are rated, what lifts a limit or spares a line for a time, and its stages."""

from typing import ClassVar

from data.tables.base import OUTLET, Index, Table, fen, headquarters, integer, options, ref, revision, state, text

MEASURES = ("tenure", "spend", "overdue")
"""tenure: months with us; spend: yuan a month, the mean of the last six; overdue: bills that are."""
ACTS = ("remind", "call", "stop_outgoing", "stop_all", "precancel", "cancel")
"""What a stage does, from the mildest to the last: it never goes back."""
SPARED = ("red_list", "key_account", "disputed", "instalment", "roaming", "emergency")
"""Why a line may be spared."""
TRUSTED = ("raise", "vouch", "emergency")
"""What a hall may trust somebody with by a word of its own."""


class RatingScore(Table, table=True):
    """A row of the scoring rule 评分规则: who has at least so much of a measure gets its points.

    Of the rows of a measure that somebody reaches, the one that asks the most counts; points of `overdue` are taken
    off.
    `at_least`: months (tenure), yuan a month (spend), bills (overdue).
    """

    __owner__ = headquarters("customers")
    __scope__ = "headquarters"
    __component__ = "F8"
    __ended__: ClassVar = {"state": "ended"}
    __table_args__ = options()
    code: str = text(key=True)
    name_zh: str = text()
    name_en: str = text("")
    measure: str = state("measure", *MEASURES)
    at_least: int = integer(0)
    points: int = integer(0)
    state: str = state("state", "active", "ended", default="active")
    revision: int = revision()


class CustomerRating(Table, table=True):
    """What headquarters has rated somebody as, by their document; it goes before what the counter has.

    `how`: by score, or by hand: that is kept, whatever a score says, until `valid_to` (a business date, inclusive;
    empty: for good). `credit_limit`: a limit of their own in fen; 0: that of the rating. `outlet`: that whose customer
    it is, which alone is told; empty: all are.
    """

    __owner__ = headquarters("customers")
    __component__ = "F8"
    __scope__ = "outlet"
    __published__ = False
    __refers__: ClassVar = {"outlet": ("outlet",)}
    __table_args__ = options(Index("customer_rating_rating", "rating"))
    document_kind: str = ref("document_kind.code", key=True, index=False)
    document_number: str = text(key=True)
    rating: str = ref("credit_rating.code", index=False)
    how: str = state("how", "score", "hand", default="hand")
    points: int = integer(0)
    credit_limit: int = fen(0)
    reason: str = text("")
    valid_to: str = text("")
    outlet: str = text("")
    revision: int = revision()


class CreditRaise(Table, table=True):
    """A limit that headquarters lends somebody for a time 临时额度, in fen: from one business date until another, both
    inclusive; it falls back by itself. Who approved it, is of its edition."""

    __owner__ = headquarters("customers")
    __component__ = "F8"
    __scope__ = "outlet"
    __published__ = False
    __refers__: ClassVar = {"outlet": ("outlet",)}
    __table_args__ = options()
    document_kind: str = ref("document_kind.code", key=True, index=False)
    document_number: str = text(key=True)
    credit_limit: int = fen()
    valid_from: str = text("")
    valid_to: str = text()
    reason: str = text()
    outlet: str = text("")
    revision: int = revision()


class CreditExemption(Table, table=True):
    """Why somebody, or one number of theirs, is spared stages of credit control for a time 信控豁免.

    Attributes:
        kind: red_list and roaming (never stopped, a call instead), key_account (`person` confirms each stop first),
            disputed (what is open of the bills of `month` is not counted), instalment (what is owed is not counted
            while `amount` fen are paid each month), emergency (nothing is done).
        number: the one number; empty: all of theirs.
        person: the member of staff who answers for it.
    """

    __owner__ = headquarters("customers")
    __component__ = "F8"
    __scope__ = "outlet"
    __published__ = False
    __refers__: ClassVar = {"outlet": ("outlet",)}
    __table_args__ = options(
        Index("credit_exemption_document", "document_kind", "document_number"),
        Index("credit_exemption_ending", "valid_to", "id"),
        Index("credit_exemption_known_by", "document_number"),
        Index("credit_exemption_number", "number"),
        Index("credit_exemption_person", "person"),
    )
    id: str = text(key=True)
    kind: str = state("kind", *SPARED)
    document_kind: str = ref("document_kind.code", index=False)
    document_number: str = text()
    number: str = text("")
    month: str = text("")
    amount: int = fen(0)
    person: str = text()
    reason: str = text()
    valid_from: str = text("")
    valid_to: str = text()
    outlet: str = text("")
    revision: int = revision()


class ControlStage(Table, table=True):
    """A stage of credit control 信控阶段: of whom, when, what is done, what the customer reads.

    Stages are looked at by `rank` within a way of paying; any of its `conditions` will do (JSON, a list of objects:
    `components.credit.control_stages`). `exempt`: the kinds of exemption that spare a line this stage, with commas.
    `any_time`: whether it is done by night and on public holidays, too. Dates are business dates, both inclusive.
    """

    __owner__ = headquarters("customers")
    __component__ = "F8"
    __ended__: ClassVar = {"state": "ended"}
    __identity__ = ("pay_type",)
    __table_args__ = options()
    code: str = text(key=True)
    name_zh: str = text()
    name_en: str = text("")
    pay_type: str = state("pay_type", "prepaid", "postpaid")
    rank: int = integer(10)
    act: str = state("act", *ACTS)
    conditions: str = text("[]")
    text_zh: str = text("")
    text_en: str = text("")
    exempt: str = text("")
    any_time: int = integer(0)
    valid_from: str = text("")
    valid_to: str = text("")
    state: str = state("state", "active", "ended", default="active")
    revision: int = revision()


class PublicHoliday(Table, table=True):
    """A public holiday 法定节假日: credit control stops nobody on it, but for high spend."""

    __owner__ = headquarters("customers")
    __component__ = "F8"
    __table_args__ = options()
    day: str = text(key=True)
    name_zh: str = text()
    name_en: str = text("")
    revision: int = revision()


class HallCredit(Table, table=True):
    """What a hall trusts a customer with for a time, by a word of its own 厅内授信; it ends by itself on its date.

    Attributes:
        kind: raise (a limit that is lent 临时额度: `credit_limit`, in fen), vouch (a key account is not stopped
            meanwhile 大客户担保), emergency (a line that arrears have stopped works meanwhile, unpaid 紧急开机:
            `number`).
        operator: who gave their word; of an emergency, who did it: its order says who allowed it.
        business_date, valid_to: the first and the last business date, both inclusive.
        withdrawn_by, withdrawn_for: who took it back, and why.
    """

    __owner__ = OUTLET
    __table_args__ = options(Index("hall_credit_customer", "customer_id", "kind"))
    id: str = text(key=True)
    outlet: str = text()
    kind: str = state("kind", *TRUSTED)
    customer_id: str = ref("customer.id", index=False)
    number: str = text()
    credit_limit: int = fen(0)
    reason: str = text()
    operator: str = text()
    business_date: str = text()
    valid_to: str = text()
    order_id: str | None = ref("product_order.id", None)
    made_at: str = text()
    state: str = state("state", "active", "withdrawn", default="active")
    withdrawn_by: str = text("")
    withdrawn_for: str = text("")
    revision: int = revision()
