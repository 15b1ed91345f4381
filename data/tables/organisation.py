"""Who works where (catalogue F7, M7): outlets, counters, operators, their rights, and supervisors' grants."""

from collections.abc import Mapping
from typing import Any, ClassVar

from data.tables.base import (
    OUTLET,
    Index,
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


class Outlet(Table, table=True):
    """A service hall 营业厅 or rural outlet. `channel`: own hall or agent; an agent's sales earn commission."""

    __owner__ = headquarters("organisation")
    __component__ = "F7"
    __ended__: ClassVar[Mapping[str, Any]] = {"state": "closed"}
    __refers__: ClassVar[Mapping[str, tuple[str, ...]]] = {"partner": ("partner",)}
    __table_args__ = options()
    code: str = text(key=True)
    name_zh: str = text()
    name_en: str = text("")
    province: str = text()
    region: str = text("")
    channel: str = state("channel", "own", "agent", default="own")
    partner: str | None = text(None)
    state: str = state("state", "active", "closed", default="active")
    revision: int = revision()


class Counter(Table, table=True):
    """A counter 台席 of an outlet, with its till. States: active, closed (what was done there names it still)."""

    __owner__ = headquarters("organisation")
    __component__ = "F7"
    __scope__ = "outlet"
    __ended__: ClassVar[Mapping[str, Any]] = {"state": "closed"}
    __identity__ = ("outlet",)
    __table_args__ = options()
    code: str = text(key=True)
    outlet: str = ref("outlet.code")
    name_zh: str = text()
    name_en: str = text("")
    printer: str = text("")
    state: str = state("state", "active", "closed", default="active")
    revision: int = revision()


class Operator(Table, table=True):
    """A member of staff by staff number 工号, as headquarters has them; what an outlet knows of them is in
    `data.tables.staff`.

    `password_hash` (Argon2id) is of the password that headquarters gave; empty: none yet, so that nobody signs on. An
    initial one is changed at the first sign-on, a lasting one (a hall to show or to learn in) need not be.
    `confirmed_on`: the business date on which their rights were looked at last (`components.operators.rights_review`).
    `birth_date` is empty where it is not known. A number is never anybody else's again, also once its holder has left.
    """

    __owner__ = headquarters("organisation")
    __component__ = "F7"
    __scope__ = "outlet"
    __ended__: ClassVar[Mapping[str, Any]] = {"state": "left"}
    __hashed__ = ("password_hash",)
    __table_args__ = options(Index("operator_role", "role", "state", "staff_no"))
    staff_no: str = text(key=True)
    outlet: str = ref("outlet.code")
    name: str = text()
    birth_date: str = text("")
    role: str = text("clerk")
    password_hash: str = text("")
    password_use: str = state("password_use", "initial", "lasting", default="initial")
    language: str = text("")
    confirmed_on: str = text("")
    state: str = state("state", "active", "locked", "left", default="active")
    revision: int = revision()


GRADES = ("clerk", "supervisor", "manager")
"""What a role is in the house: one who serves, one whose word clerks need, one who runs a hall or an office."""


class Role(Table, table=True):
    """A role 岗位 that people have: its grade 级别, and when it works. States: active, closed. The grades are roles
    themselves, from the first on; a row of theirs says how they are called and when they work.

    `weekdays`: digits, 1 is Monday; `from_time`, `to_time`: HH:MM on the hall's wall, the last minute not in it; past
    midnight where the last is the earlier one. Empty: any.
    """

    __owner__ = headquarters("organisation")
    __component__ = "F7"
    __ended__: ClassVar[Mapping[str, Any]] = {"state": "closed"}
    __table_args__ = options()
    code: str = text(key=True)
    name_zh: str = text()
    name_en: str = text("")
    grade: str = state("grade", *GRADES, default="clerk")
    weekdays: str = text("")
    from_time: str = text("")
    to_time: str = text("")
    state: str = state("state", "active", "closed", default="active")
    revision: int = revision()


class RoleRight(Table, table=True):
    """What a role may do: a business, up to an amount in fen (0: any), alone or with a supervisor's approval.

    `amount_limit`: of what is taken in. `refund_limit`, `refund_day_limit`: of what is paid out at once, and by one
    person on a business date.
    """

    __owner__ = headquarters("organisation")
    __component__ = "F7"
    __table_args__ = options()
    role: str = text(key=True)
    business: str = text(key=True)
    amount_limit: int = integer(0)
    refund_limit: int = integer(0)
    refund_day_limit: int = integer(0)
    approval: str = state("approval", "alone", "supervised", default="alone")
    revision: int = revision()


class DutyConflict(Table, table=True):
    """Two rights that no role has both of 不相容职责 (management-facts 6), and why.

    A right is a business (C12), or what is done with one of management (M4, M4.check, M4.emergency); C* is every
    business of the counter.
    """

    __owner__ = headquarters("organisation")
    __component__ = "F7"
    __table_args__ = options()
    holds: str = text(key=True)
    excludes: str = text(key=True)
    reason_zh: str = text()
    reason_en: str = text("")
    revision: int = revision()


class CashLimit(Table, table=True):
    """How much cash a role may move at once by itself, in fen 现金限额; more with the word of somebody whose role may.

    `float_limit`: into a drawer, from the safe or for a slip that can't be done. `expense_limit`: out of a
    drawer for the house, and back into it. `bank_limit`: between safe and bank. `difference_limit`: over or short at
    a count.
    """

    __owner__ = headquarters("organisation")
    __component__ = "F11"
    __table_args__ = options()
    role: str = text(key=True)
    float_limit: int = fen(0)
    expense_limit: int = fen(0)
    bank_limit: int = fen(0)
    difference_limit: int = fen(0)
    revision: int = revision()


class Grant(Table, table=True):
    """A supervisor's approval of one thing that a rule would not let a clerk do alone.

    It holds for what was shown: `shown` is the digest of that (`boss_tui.desk.shown`), `paid_out` how money was to be
    paid out, as JSON. `authority`: the code that it was given by, if it was. `on_behalf_of`: whom the supervisor stood
    in for (`Delegation`).
    """

    __owner__ = OUTLET
    __tablename__ = "operator_grant"
    __table_args__ = options()
    id: str = text(key=True)
    draft_id: str = text(index=True)
    rule: str = text()
    supervisor: str = ref("operator.staff_no")
    on_behalf_of: str = text("")
    shown: str = text("")
    paid_out: str = text("")
    authority: str | None = ref("authority.id", None)
    granted_at: str = text()
    expires_at: str = text()
    used_order: str | None = text(None)
    revision: int = revision()


class Authority(Table, table=True):
    """What a supervisor allowed in advance (授权): to one operator for a time (grant), or to whoever has a code.

    A code is read out over the phone and holds without a link; only its hash is kept, and `number`, its first part,
    finds it. `business` and `operator` empty: any. `amount_limit` in fen, 0: any. `uses_left` counts down;
    `valid_until` is a stored time.
    """

    __owner__ = OUTLET
    __table_args__ = options(UniqueConstraint("outlet", "number", name="authority_number"))
    id: str = text(key=True)
    outlet: str = text()
    number: int = integer()
    kind: str = state("kind", "grant", "code")
    supervisor: str = ref("operator.staff_no")
    operator: str = text("")
    business: str = text("")
    amount_limit: int = fen(0)
    uses_left: int = integer(1)
    secret_hash: str = text("")
    made_at: str = text()
    valid_until: str = text()
    state: str = state("state", "active", "used_up", "withdrawn", default="active")
    revision: int = revision()


class Delegation(Table, table=True):
    """What one person has handed to another 代班授权: a right of their own role (C12, M6.check), or their word for what
    others do (`components.operators.delegations.APPROVALS`).

    From `since` until `until`, business dates, the last one included; `withdrawn_on`: on which it was ended before.
    """

    __owner__ = OUTLET
    __component__ = "F7"
    __table_args__ = options(Index("delegation_taker", "taker"))
    outlet: str = text(key=True)
    number: int = integer(key=True)
    giver: str = ref("operator.staff_no")
    taker: str = ref("operator.staff_no", index=False)
    right: str = text()
    since: str = text()
    until: str = text()
    reason: str = text()
    made_at: str = text()
    withdrawn_on: str = text("")
    withdrawn_by: str = text("")
    revision: int = revision()


class Tries(Table, table=True):
    """Wrong tries at a secret 错误次数: how many, and when the last was made. `subject`: of what, such as `codes`
    (all of the outlet's) or `code 12`. See `boss_tui.components.operators.pauses` for what they cost."""

    __owner__ = OUTLET
    __table_args__ = options()
    outlet: str = text(key=True)
    subject: str = text(key=True)
    tries: int = integer(0)
    last_at: str = text("")
    revision: int = revision()


class Alarm(Table, table=True):
    """Something that a supervisor and headquarters must know of 告警: open until a supervisor has said what it was.

    `kind` names what raised it, such as `codes`; `message` is a Message as JSON; `seen_by` and `words` say who looked
    into it, and what it was.
    """

    __owner__ = OUTLET
    __table_args__ = options(Index("alarm_open", "state", "outlet"))
    id: str = text(key=True)
    outlet: str = text()
    counter: str = text("")
    operator: str = text("")
    kind: str = text()
    message: str = text()
    raised_at: str = text()
    state: str = state("state", "open", "seen", default="open")
    seen_by: str = text("")
    words: str = text("")
    revision: int = revision()
