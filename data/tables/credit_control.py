"""What credit control did (M8): orders of headquarters to an outlet, what came of each, the list of a run, messages."""

from typing import ClassVar

from data.tables.base import (
    OFFICE,
    OUTLET,
    Index,
    Table,
    fen,
    headquarters,
    integer,
    options,
    ref,
    revision,
    state,
    text,
)
from data.tables.credit import ACTS

ORDERED = ("resume", *ACTS)
"""What an outlet may be told to do, in the order in which it is done."""
OUTCOMES = ("done", "not_needed", "spared", "refused")


class ControlOrder(Table, table=True):
    """What headquarters tells the outlet of a line to do with it 信控指令: made by a run, signed as its edition is.

    It counts from the approval on; taken back (`undone`) within its day, what was done of it is undone. The outlet
    looks again before it does it: who has paid meanwhile is not stopped.

    Attributes:
        run: the job that found it; outlet, subscription_id, number: whose line it is, and which.
        stage: the stage that is due (empty: of a resume). act: what is done. at_stake: the sum it is about, in fen.
        occasion: in a word, so that nobody is reminded twice of one: a due day, a top-up.
        made_on: the business date of the run. any_time: whether it is done by night, too.
    """

    __owner__ = headquarters("customers")
    __component__ = "F8"
    __scope__ = "outlet"
    __published__ = False
    __ended__: ClassVar = {"state": "undone"}
    __identity__ = ("subscription_id", "act", "outlet")
    __refers__: ClassVar = {"outlet": ("outlet",)}
    __table_args__ = options(
        Index("control_order_line", "subscription_id", "made_on"),
        Index("control_order_run", "run"),
        Index("control_order_outlet", "outlet", "made_on"),
        Index("control_order_number", "number"),
    )
    id: str = text(key=True)
    run: str = text("")
    outlet: str = text()
    subscription_id: str = text()
    number: str = text()
    stage: str = text("")
    act: str = state("act", *ORDERED)
    at_stake: int = fen(0)
    occasion: str = text("")
    made_on: str = text()
    any_time: int = integer(0)
    state: str = state("state", "active", "undone", default="active")
    revision: int = revision()


class ControlDone(Table, table=True):
    """What came of an order of headquarters' at its outlet 信控执行结果.

    `outcome`: done; not_needed (it was paid meanwhile, or is so already), spared, refused. `order_id`: the order that
    did it, where the network had to; `undone_order`: the one that took it back. `words`: why, as JSON.
    """

    __owner__ = OUTLET
    __table_args__ = options(Index("control_done_day", "outlet", "business_date"))
    control_order: str = ref("control_order.id", key=True, index=False)
    outlet: str = text()
    outcome: str = state("outcome", *OUTCOMES)
    order_id: str | None = ref("product_order.id", None)
    words: str = text("")
    business_date: str = text()
    done_at: str = text()
    undone_at: str = text("")
    undone_order: str | None = ref("product_order.id", None, index=False)
    revision: int = revision()


class ControlItem(Table, table=True):
    """A line of the list of a control run 信控清单: who comes to which stage, with which sum; or why they are spared.

    `act` is empty where nothing is done, since something spares them: `spared`, JSON, a list of [kind, words].
    `control_order`: the order that came of it.
    """

    __owner__ = OFFICE
    __append_only__ = True
    __table_args__ = options()
    run: str = text(key=True)
    position: int = integer(key=True)
    outlet: str = text()
    number: str = text()
    stage: str = text("")
    act: str = state("act", "", *ORDERED)
    at_stake: int = fen(0)
    spared: str = text("")
    control_order: str = text("")


class SmsMessage(Table, table=True):
    """A message to a customer 短信: queued, sent in a file, and what the SMS centre reports of it.

    States: queued, sent (on its way: nothing is known), delivered, failed (`code`: the centre's). `about`: what it is
    of (a control order's key).
    """

    __owner__ = OFFICE
    __table_args__ = options(Index("sms_message_state", "state", "queued_at", "id"), Index("sms_message_file", "file"))
    id: str = text(key=True)
    about: str = text(unique=True)
    number: str = text()
    body: str = text()
    state: str = state("state", "queued", "sent", "delivered", "failed", default="queued")
    file: int = integer(0)
    code: str = text("")
    queued_at: str = text()
    sent_at: str = text("")
    reported_at: str = text("")
    revision: int = revision()


class SmsFile(Table, table=True):
    """A file of messages to the SMS centre, numbered without a gap; made again byte for byte after a crash.

    `digest`: the SHA-256 of its lines; `written`: whether it lies in the centre's folder. `reports`: how many report
    lines came of it.
    """

    __owner__ = OFFICE
    __table_args__ = options(Index("sms_file_written", "written", "sequence"))
    sequence: int = integer(key=True)
    messages: int = integer()
    digest: str = text()
    made_at: str = text()
    written: int = integer(0)
    reports: int = integer(0)
    revision: int = revision()
