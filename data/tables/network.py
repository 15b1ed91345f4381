"""Network elements (catalogue F10, M10): elements, templates, work orders, commands, batches."""

from data.tables.base import (
    LOCAL,
    OUTLET,
    SHARED,
    Index,
    Partial,
    Table,
    UniqueConstraint,
    headquarters,
    integer,
    options,
    ref,
    revision,
    state,
    text,
)


class NetworkElement(Table, table=True):
    """An element that takes commands, the dialect it speaks, and its gateway's address (folder:… or sftp:…)."""

    __owner__ = headquarters("network")
    __component__ = "F10"
    __table_args__ = options()
    code: str = text(key=True)
    name_zh: str = text()
    name_en: str = text("")
    dialect: str = text()
    gateway: str = text()
    state: str = state("state", "active", "stopped", default="active")
    revision: int = revision()


class CommandTemplate(Table, table=True):
    """The command lines of one act in one dialect, a JSON list that a manager can edit; the program's own when none."""

    __owner__ = headquarters("network")
    __component__ = "F10"
    __table_args__ = options()
    dialect: str = text(key=True)
    act: str = text(key=True)
    lines: str = text()
    revision: int = revision()


class AnswerCode(Table, table=True):
    """What an element's answer code means: done, retry, refused."""

    __owner__ = headquarters("network")
    __component__ = "F10"
    __table_args__ = options()
    dialect: str = text(key=True)
    code: str = text(key=True)
    meaning: str = state("meaning", "done", "retry", "refused")
    text_zh: str = text("")
    text_en: str = text("")
    revision: int = revision()


STILL_OPEN = "state = 'open'"
"""That a work order is open, in SQL: what of it is whose is asked again and again."""


class WorkOrder(Table, table=True):
    """A work order 工单 of an order: automatic (network commands) or manual (a person does it).

    States: open, done, failed, cancelled. An order is completed 竣工 when all its work orders are done; but for those
    that only follow (`follow_up`): a person does them when they can, the number is not held for it. Of a manual one
    `assigned` is whose it is, and `held_until` until when it is put off; what was done about it is told by `WorkStep`.
    """

    __owner__ = SHARED
    __component__ = "F10"
    __table_args__ = options(
        Index("work_order_state", "state", "kind", "created_at", "id"),
        Partial("work_order_assigned", "state", "kind", "assigned", where=STILL_OPEN),
    )
    id: str = text(key=True)
    order_id: str = ref("product_order.id")
    position: int = integer()
    kind: str = state("kind", "automatic", "manual")
    act: str = text()
    element: str = text("")
    parameters: str = text("{}")
    state: str = state("state", "open", "done", "failed", "cancelled", default="open")
    reason: str = text("")
    assigned: str = text("")
    held_until: str = text("")
    follow_up: int = integer(0)
    created_at: str = text()
    done_at: str = text("")
    done_by: str = text("")
    revision: int = revision()


class WorkStep(Table, table=True):
    """What somebody did about a manual work order: took it, handed it over (`to`), put it off (`until`, a stored time),
    took it up again, settled it."""

    __owner__ = OUTLET
    __component__ = "F10"
    __append_only__ = True
    __table_args__ = options()
    id: str = text(key=True)
    work_order_id: str = text(index=True)
    outlet: str = text()
    at: str = text()
    act: str = state("act", "taken", "handed", "held", "resumed", "done", "given_up")
    operator: str = text()
    to: str = text("")
    words: str = text("")
    until: str = text("")


class NetworkCommand(Table, table=True):
    """A command to an element, in order for each subscriber. `command_key` is known to the element and never reused.

    States: queued, sent, answered, failed, unknown (sent, and no answer that can be trusted), cancelled.

    `subscriber` is the number; `chain`, whose work orders `position` counts, is the subscription: it stays when the
    number changes. `number` counts the outlet's commands. `step` is the line of the act: one that is sent again has the
    same step and another key; `doubtful` then says that the one before may have acted (1), or that it was refused all
    the same (2). `undo` (JSON list) takes the command back, `wants` (JSON) is what holds once it has acted. `own`: it
    touches only what this outlet alone holds. `news`: its work order has to be looked at; `closed`: that is settled.
    """

    __owner__ = LOCAL
    __table_args__ = options(
        Index("network_command_state", "state", "element", "subscriber", "position"),
        Index("network_command_order", "work_order_id", "closed"),
        Index("network_command_batch", "batch_id"),
        Index("network_command_chain", "chain", "closed", "position"),
        Index("network_command_subscriber", "subscriber", "state"),
        Index("network_command_due", "state", "due_at"),
        Partial("network_command_news", "news", where="news = 1"),
    )
    command_key: str = text(key=True)
    work_order_id: str = text()
    order_epoch: int = integer(0)
    order_seq: int = integer(0)
    own: int = integer(0)
    element: str = text()
    subscriber: str = text()
    chain: str = text("")
    position: int = integer()
    number: int = integer(0)
    step: int = integer(0)
    command: str = text()
    purpose: str = state("purpose", "act", "undo", "query", default="act")
    undo: str = text("[]")
    wants: str = text("{}")
    limit_minutes: int = integer(60)
    state: str = state("state", "queued", "sent", "answered", "failed", "unknown", "cancelled", default="queued")
    batch_id: str | None = text(None)
    attempts: int = integer(0)
    doubtful: int = integer(0)
    not_before: str = text("")
    answer_code: str = text("")
    answer_meaning: str = text("")
    answer_retry: int = integer(0)
    answer_text: str = text("")
    answer_record: str = text("")
    queued_at: str = text()
    sent_at: str = text("")
    due_at: str = text("")
    answered_at: str = text("")
    news: int = integer(0)
    closed: int = integer(0)
    revision: int = revision()


class NetworkBatch(Table, table=True):
    """A batch file for an element: built, published, partial, answered. Re-created byte for byte after a crash."""

    __owner__ = LOCAL
    __table_args__ = options(UniqueConstraint("element", "sequence", name="network_batch_sequence"))
    id: str = text(key=True)
    element: str = text()
    sequence: int = integer()
    epoch: int = integer(1)
    dialect: str = text("")
    file_name: str = text()
    created_at: str = text()
    commands: int = integer()
    sha256: str = text("")
    state: str = state("state", "built", "published", "partial", "answered", default="built")
    revision: int = revision()
