# ruff: noqa: ARG002 (a port has arguments that one in memory has no use for)
"""Parts of the desk in memory that could not stand in one class with the others; what they know is the desk's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from boss_tui.answers.business import (
    Basket,
    Collected,
    Handwritten,
    Invoicing,
    MobileView,
    OrderView,
    PaperView,
    Tender,
)
from boss_tui.answers.hall import Compared, QueueItem, Queues, SafeView, Way
from boss_tui.catalogue import COMPONENTS
from boss_tui.components.operators.leaving import Leaver
from boss_tui.desk.act_view import ActView
from boss_tui.desk.day_check import ToDo
from boss_tui.desk.electronic import ElectronicView, PutOff
from boss_tui.management.m19.times import ProcessStanding, Step, StepTimes
from boss_tui.matrix import Cell, CellState
from data.errors import NotAllowed
from data.message import Message, both, say
from data.progress import Report, unreported
from tests.screens.fake_records import OPEN, Found, HeldForm

if TYPE_CHECKING:
    from tests.screens.fake_desk import FakeDesk


def cell(business: str, component: str, state: CellState) -> Cell:
    """A cell of the catalogue."""
    code = f"{business}-{component}"
    if state == "alive":
        return Cell(code, state, ("ask",), "3701-03-20261123-0001")
    return Cell(code, state, reason=both("无此用途", "no use for it") if state == "empty" else Message(""))


class FakeLookups:
    """What is looked for."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk

    def order(self, serial: str) -> OrderView:
        state, stays = "inProgress", self.desk.stays
        if serial in self.desk.cancelled:
            state, stays = "cancelled", say("The order is cancelled already.")
        return OrderView(
            serial,
            "C1",
            state,
            "pending",
            (
                (Message("HLR create"), "queued", Message("")),
                (Message("SMSC create"), "unknown", both("自 06:05 无应答", "no answer since 06:05")),
            ),
            ((Message("receipt SJ00000001"), "acknowledged", Message("")),),
            ((both("姓名", "Name"), "张三丰"), (both("号码", "Number"), "13812345678")),
            stays,
            made_at="2026-11-23T06:05:00.000000Z",
            business=OPEN.label,
            phone="13812345678",
            customer="张**",
            amount=15_000,
        )

    def matrix_of(self, codes: Iterable[str]) -> dict[str, list[Cell]]:
        """Each row has a cell of each state, in turn."""
        states: tuple[CellState, ...] = ("alive", "empty", "waiting", "unbuilt")
        return {code: [cell(code, each, states[n % 4]) for n, each in enumerate(COMPONENTS)] for code in codes}

    def standings(self, business: str = "") -> list[ProcessStanding]:
        """One business with a step over its limit."""
        times = StepTimes("create_subscriber", 4, 2, 1, 1.0, 9.0, 90.0, 0.8, 60)
        return [ProcessStanding(business or "C1", "BP001", 3, {"inProgress": (2, 90.0)}, {3: 2}, (times,))]

    def at_step(self, business: str, act: str) -> list[Step]:
        """One that is late, one that waits, one that is done."""
        return [Step(business, f"S{n}", "HZ01", act, minutes, n < 2, 60) for n, minutes in enumerate((90.0, 5.0, 9.0))]

    def act(self, serial: str) -> ActView:
        at = ("HQ", "HQ01", "2026-11-23", "2026-11-23T06:05:00.000000Z")
        edition = "e" if serial.endswith("1") else ""
        used = ((both("F6 资费优惠", "F6 Tariff"), "tried"),)
        return ActView(serial, "M6", say("Tried out"), "3001", *at, edition, "", (("business", "C1"),), used)

    def orders(self, text: str, *, under_way: bool = False) -> Sequence[OrderView]:
        found = [self.order(f"3701-03-20261123-000{n}") for n in (1, 2, 3)]
        return [order for order in found if text in order.serial + order.phone]

    def papers(self, serial: str) -> Sequence[PaperView]:
        return [PaperView("p1", "receipt", "SJ00000001", ("      某某通信 业务受理单", "业务: 开户", "收款: 150.00"))]


class FakeBasket:
    """Nothing is ever collected here."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk

    def collect(self, draft_id: str) -> Basket:
        """Nothing is ever collected here."""
        raise NotAllowed(say("This pays money out: complete it by itself."))

    def shown(self) -> Basket:
        """Empty."""
        return Basket()

    def complete(self, tenders: list[Tender]) -> Collected:
        """Nothing waits."""
        raise NotAllowed(say("Nothing waits in the basket any more."))


class FakeHandwriting:
    """No slip is entered here."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk

    def check(self, slip: Handwritten) -> Handwritten:
        return slip

    def put_down(
        self,
        slip: Handwritten,
        code: str,
        why: str,
        taken: int = 0,
        way: str = "cash",
        reference: str = "",
        approver: str = "",
        password: str = "",
    ) -> None:
        raise NotImplementedError(slip, code, why, taken, way, reference, approver, password)

    def waiting(self, key: str) -> tuple[str, Handwritten]:
        raise NotImplementedError(key)


class FakeMobile:
    """Mobile payment: it answers what it was told to."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk

    def ask(self, draft_id: str, amount: int, code: str) -> MobileView:
        self.desk.asked.append((amount, code))
        return MobileView("HZ1", "wechat", amount, self.desk.answers.pop(0) if self.desk.answers else "paid")

    def look_at(self, order_no: str) -> MobileView:
        return MobileView(
            order_no, "wechat", self.desk.asked[-1][0], self.desk.answers.pop(0) if self.desk.answers else "paid"
        )

    def drop(self, order_no: str) -> None:
        self.desk.dropped.append(order_no)


class FakeInvoices:
    """Invoices that are asked for."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk

    def asked(self, draft_id: str) -> Invoicing:
        return self.desk.asked_invoices.get(draft_id, Invoicing())

    def keep(self, draft_id: str, asked: Invoicing) -> None:
        self.desk.asked_invoices[draft_id] = asked

    def draw(self, serial: str, title: str = "", tax_number: str = "") -> PaperView:
        self.desk._called("draw_invoice")
        self.desk.drawn.append((serial, title, tax_number))
        return PaperView("p9", "invoice", "133-00000032", ("发票", f"抬头: {title}"))


class FakeElectronic:
    """No invoice was put off here. What the screen does with some, the journeys show."""

    def put_off(self) -> list[PutOff]:
        return []

    def draw(self, serial: str, title: str = "", tax_number: str = "", mail: str = "") -> ElectronicView:
        raise NotImplementedError(serial, title, tax_number, mail)

    def anew(self, serial: str, title: str = "", tax_number: str = "") -> ElectronicView:
        raise NotImplementedError(serial, title, tax_number)

    def red(self, serial: str, amount: int, reason: str, approver: str = "", password: str = "") -> ElectronicView:
        raise NotImplementedError(serial, amount, reason, approver, password)

    def ask_now(self, serial: str, tell: Report = unreported) -> tuple[ElectronicView, Message | None]:
        raise NotImplementedError(serial)

    def credit(self) -> dict[str, int]:
        raise NotImplementedError


class FakeQueues:
    """What waits."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk

    def counts(self) -> Queues:
        return self.desk.queue

    def items(self) -> list[QueueItem]:
        return [
            QueueItem(
                "print",
                "job1",
                Message("发票 133-00000031"),
                "unknown",
                Message("The printer stopped while printing."),
                (Way("came_out", Message("It came out")), Way("lost", Message("It did not"), Message("Why?"))),
            ),
            QueueItem("headquarters", "e1", Message("Journal entry 17"), "dead-letter", Message("Clash.")),
        ]


class FakeWorkByHand:
    """Manual work orders: none."""

    def overdue(self) -> tuple[int, bool]:
        return 0, False

    def listed(self, *, overdue: bool = False, most: int = 500) -> list[QueueItem]:
        return []


class FakePersonnel:
    """The people: nobody has left anything."""

    def leavers(self) -> list[Leaver]:
        return []


class FakeSafe:
    """The safe."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk

    def bank(
        self, amount: int, purpose: str, reference: str, note: str = "", approver: str = "", password: str = ""
    ) -> PaperView:
        self.desk._called("bank")
        return self.desk._moved(amount, purpose, reference)

    def held(self) -> SafeView:
        return SafeView(1_234_500)

    def compared(self, counts: Mapping[int, int]) -> Compared:
        return Compared(say("Counted"), differs=False)

    def count(self, counts: Mapping[int, int], reason: str = "", approver: str = "", password: str = "") -> PaperView:
        self.desk._called("count_safe")
        self.desk.counted = dict(counts)
        return self.desk._moved(0, "count", reason)


class FakeDays:
    """The business day."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk

    def next(self) -> str:
        return "2026-11-24"

    def ahead(self) -> str:
        return ""

    def go_on(self) -> str:
        raise NotAllowed(say("Nobody is at the office."))

    def open(self, business_date: str) -> None:
        self.desk._called("open_day")
        self.desk._state = replace(self.desk._state, business_date=business_date)

    def close(self, word: str = "") -> PaperView:
        self.desk._called("close_day")
        self.desk._state = replace(self.desk._state, business_date="")
        return self.desk.reports.shown("day")

    def check(self) -> list[ToDo]:
        return self.desk.to_do


class FakeHeld:
    """Forms that wait."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk

    def forms(self) -> Sequence[HeldForm]:
        return [
            HeldForm(
                d.number,
                d.code,
                OPEN.label,
                self.desk.notes.get(d.number, ""),
                "王芳",
                "2026-11-23T06:05:00.000000Z",
                d.values.get("name", "")[:1],
                d.values.get("number", ""),
                d.id in self.desk.left,
            )
            for d in self.desk.drafts.values()
            if d.state == "held" or d.id in self.desk.left
        ]

    def in_work(self) -> Sequence[HeldForm]:
        return self.desk.others


class FakeFinding:
    """What is found."""

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk

    def find(self, text: str) -> Sequence[Found]:
        self.desk._called("find")
        people = [
            ("c1", "张三丰", "3701**********1234", "13812345678"),
            ("c2", "[/red]李[b]四", "3702**********5678", "13900001111"),
        ]
        return [
            Found("customer", name, f"{doc} {number}", {"customer_id": key, "number": number})
            for key, name, doc, number in people
            if text in name + number
        ]
