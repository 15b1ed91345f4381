"""What the desk in memory answers with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from boss_tui.answers.business import Offline
from boss_tui.desk.station import LastOn
from data.message import Message, both


class Operator(Struct, frozen=True):
    staff_no: str
    name: str
    role: str
    language: str
    last: LastOn = field(default_factory=LastOn)
    change: str = ""
    days_left: int | None = None


class State(Struct, frozen=True):
    outlet: str = "3701"
    outlet_name: str = "济南泉城路"
    counter: str = "03"
    business_date: str = "2026-11-23"
    operator: str = ""
    grade: str = ""
    shift_open: bool = True
    training: bool = False
    advice: tuple[Message, ...] = ()
    staff_no: str = "1001"
    is_office: bool = False
    shift_suspended: bool = False
    dismissed: Message | None = None
    is_demo: bool = False


class HeldForm(Struct, frozen=True):
    number: int
    code: str
    label: Message
    note: str
    operator: str
    since: str
    customer: str = ""
    phone: str = ""
    unfinished: bool = False
    counter: str = ""


class Business(Struct, frozen=True):
    code: str
    label: Message
    aliases: tuple[str, ...]
    allowed: bool = True
    offline: Offline = "allowed"


class Found(Struct, frozen=True):
    kind: str
    title: str
    detail: str
    values: Mapping[str, Any] = field(default_factory=dict)


class Customer(Struct, frozen=True):
    customer_id: str
    name: str
    document: str
    numbers: tuple[str, ...]
    lines: tuple[tuple[Message, str], ...] = ()
    number: str = ""
    certain: bool = True
    sought: bool = True
    category: Message = Message("")
    colour: str = ""


OPEN = Business("C1", both("开户", "Open account"), ("开户", "kh", "open account"))
BUSINESSES = (
    OPEN,
    Business("C2", both("变更", "Change"), ("变更", "bg", "change")),
    Business("C3", both("销户", "Close account"), ("销户", "xh", "close account"), offline="refused"),
    Business("C11", both("充值卡", "Recharge cards"), ("充值卡", "czk", "recharge cards"), offline="up_to_amount"),
    Business("C12", both("收费", "Collect fees"), ("收费", "sf", "collect fees")),
    Business("M5", both("资源管理", "Resources"), ("资源管理", "zygl", "resources"), allowed=False),
)
