# ruff: noqa: ARG002 (a port has arguments that one in memory has no use for)
"""A desk in memory, with one business like C1: enough of a form, rules, price and paper to drive every screen."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Self

from msgspec.structs import replace
from pydantic import AfterValidator

from boss_tui.answers.business import (
    DraftView,
    Handwritten,
    Held,
    Invoicing,
    Notice,
    Outcome,
    PaperView,
    Qualification,
    Quote,
    QuoteLine,
    Reason,
    Tender,
    TenderWay,
)
from boss_tui.answers.hall import AuthorityView, Bounds, Compared, Queues, ShiftLine
from boss_tui.components.tenders.tender_slips import TenderSlips
from boss_tui.components.tenders.tenders import standard
from boss_tui.desk.day_check import ToDo
from boss_tui.desk.station import Challenge, StaffLine
from boss_tui.forms.fields import Ask, Choice
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Fen, Flag, wrong, yuan
from data.clock import stamp
from data.errors import BadForm, NotAllowed, NotFound
from data.message import Message, both, say
from tests.screens.fake_day import FakeFigures, FakeFiles, FakeReports
from tests.screens.fake_numbers import FakeNumbers, FakePieceCounting, FakeStock, FakeTransfers
from tests.screens.fake_parts import (
    FakeBasket,
    FakeDays,
    FakeElectronic,
    FakeFinding,
    FakeHandwriting,
    FakeHeld,
    FakeInvoices,
    FakeLookups,
    FakeMobile,
    FakePersonnel,
    FakeQueues,
    FakeSafe,
    FakeWorkByHand,
)
from tests.screens.fake_printers import FakePrinters
from tests.screens.fake_records import BUSINESSES, Business, Customer, HeldForm, Operator, State


def _mobile(text: str) -> str:
    if len(text) != 11 or not text.isdigit() or text[0] != "1":
        raise wrong("A mobile number of 11 digits, such as 13812345678.")
    return text


def _identity(text: str) -> str:
    if len(text) != 18:
        raise wrong("A resident ID has 18 characters.")
    return text


class OpenForm(Form):
    """What C1 asks for, nearly."""

    id_kind: Annotated[
        str,
        Ask(
            label=both("证件类型", "Document"),
            kind="choice",
            choices="id_kinds",
            width=8,
            same=True,
            section=both("客户资料", "Customer"),
        ),
    ] = "1"
    id_no: Annotated[
        str,
        AfterValidator(_identity),
        Ask(
            label=both("证件号码", "Document no."),
            kind="code",
            width=20,
            length=18,
            help=both("18 位，末位可为 X", "18 characters, the last may be X"),
        ),
    ]
    name: Annotated[str, Ask(label=both("姓名", "Name"), kind="name", width=24)]
    address: Annotated[str, Ask(label=both("地址", "Address"), width=32, same=True)]
    agent: Annotated[Flag, Ask(label=both("代办", "By an agent"), kind="flag", width=3)] = False
    agent_name: Annotated[str, Ask(label=both("代办人", "Agent's name"), kind="name", width=24, when="agent")] = ""
    agent_id: Annotated[str, Ask(label=both("代办人证件", "Agent's doc."), kind="code", width=20, when="agent")] = ""
    number: Annotated[
        str,
        AfterValidator(_mobile),
        Ask(
            label=both("号码", "Number"),
            kind="digits",
            choices="numbers",
            width=14,
            length=11,
            section=both("产品", "Product"),
        ),
    ]
    sim: Annotated[str, Ask(label=both("SIM 卡", "SIM card"), kind="digits", choices="sims", width=22)]
    product: Annotated[str, Ask(label=both("产品", "Product"), kind="choice", choices="products", width=10, same=True)]
    months: Annotated[
        str, Ask(label=both("合约期", "Contract"), kind="choice", choices="terms", width=6, same=True)
    ] = "0"
    prepaid: Annotated[Fen, Ask(label=both("预存话费", "Prepayment"), kind="money", width=10)] = 0
    note: Annotated[str, Ask(label=both("备注", "Remark"), width=30)] = ""
    secret: Annotated[str, Ask(label=both("服务密码", "Service pwd"), kind="password", width=8)] = ""


class CloseForm(Form):
    """A business that costs nothing."""

    number: Annotated[str, AfterValidator(_mobile), Ask(label=both("号码", "Number"), kind="digits", width=14)]


_LISTS = {
    "id_kinds": [("1", "居民身份证", "Resident ID"), ("2", "护照", "Passport"), ("3", "军官证", "Officer's card")],
    "products": [
        ("QQT88", "全球通88", "GoTone 88"),
        ("DGDD18", "动感地带18", "M-Zone 18"),
        ("SZX", "神州行", "Easyown"),
    ],
    "numbers": [("13812345678", "普通", "plain"), ("13888888888", "靓号", "golden"), ("13900001111", "普通", "plain")],
    "sims": [("89860012345678901234", "128K", "128K"), ("89860012345678901242", "128K", "128K")],
    "terms": [("0", "无合约", "none"), ("12", "一年", "a year"), ("24", "两年", "two years")],
}


class FakeDesk:
    """A DeskPort, and most of its parts in one. `delay` makes each call slow; `calls` has the names of what was
    called."""

    def __init__(self, delay: float = 0.0, signed_on: bool = True, language: str = "zh_CN") -> None:
        self.looked: list[tuple[str, ...]] = []
        self.to_do: list[ToDo] = []
        self.lookups, self.basket, self.handwriting = FakeLookups(self), FakeBasket(self), FakeHandwriting(self)
        self.mobile, self.invoices, self.queues = FakeMobile(self), FakeInvoices(self), FakeQueues(self)
        self.electronic = FakeElectronic()
        self.safe, self.day, self.numbers, self.stock = FakeSafe(self), FakeDays(self), FakeNumbers(), FakeStock()
        self.transfers, self.piece_counting = FakeTransfers(), FakePieceCounting()
        self.office_notes: Any = None
        self.office_exceptions: Any = None
        self.porting: Any = None
        self.machines: Any = None  # those around are real
        self.printers, self.held, self.finding = FakePrinters(), FakeHeld(self), FakeFinding(self)
        self.managing: Any = None  # a counter manages nothing: tests/journeys/test_managing.py has an office
        self.trying: Any = None
        self.row_files: Any = None
        self.asking: Any = None  # nothing is asked of services here: tests/journeys/test_asking.py does
        self.personnel: Any = FakePersonnel()
        self.delegating: Any = None
        self.work_by_hand: Any = FakeWorkByHand()
        self.list_files: Any = None
        self.acting: Any = None
        self.editions: Any = None
        self.reports, self.figures, self.files = (
            FakeReports(self.looked),
            FakeFigures(self.looked),
            FakeFiles(self.looked),
        )
        self.delay, self.language = delay, language
        self.drafts: dict[str, DraftView] = {}
        self.notes: dict[int, str] = {}
        self.done: list[tuple[str, dict[str, Any], list[Tender]]] = []
        self.calls: list[str] = []
        self.past: Message | None = None
        self.threads: set[str] = set()
        self.locked = False
        self.asked: list[tuple[int, str]] = []
        self.others_open: list[ShiftLine] = []
        self.beside_books: Compared | None = None
        self.slips: tuple[TenderSlips, ...] = ()
        self.answers: list[str] = []
        self.dropped: list[str] = []
        self.handed: dict[str, tuple[Tender, ...]] = {}
        self.asked_invoices: dict[str, Invoicing] = {}
        self.drawn: list[tuple[str, str, str]] = []
        self.changed: Callable[[], None] = lambda: None
        self.fail: dict[str, BaseException] = {}
        self.printed: list[tuple[str, str]] = []
        self.cancelled: dict[str, str] = {}
        self.stays = Message("")
        self.left: set[str] = set()
        self.counted: dict[int, int] = {}
        self.last: dict[str, dict[str, Any]] = {"C1": {"id_kind": "2", "address": "历下区泉城路1号", "product": "SZX"}}
        self.queue = Queues(outbox=3, dead_letters=0, network=2, prints=1, headquarters=True, age=12)
        self.met: Customer | None = None
        self.others: list[HeldForm] = []
        self.elsewhere: dict[str, Message] = {}
        self._state = State(operator="王芳" if signed_on else "", grade="clerk")

    def _called(self, name: str) -> None:
        self.calls.append(name)
        self.threads.add(threading.current_thread().name)
        if self.delay:
            time.sleep(self.delay)
        if name in self.fail:
            raise self.fail.pop(name)

    @property
    def signing(self) -> Self:
        return self

    @property
    def serving(self) -> Self:
        return self

    @property
    def forms(self) -> Self:
        return self

    @property
    def approvals(self) -> Self:
        return self

    @property
    def trust(self) -> Self:
        return self

    @property
    def orders(self) -> Self:
        return self

    @property
    def papers(self) -> Self:
        return self

    @property
    def paying(self) -> Self:
        return self

    @property
    def inquiry(self) -> Self:
        return self

    @property
    def settling(self) -> Self:
        return self

    @property
    def till(self) -> Self:
        return self

    # who and where

    def sign_on(self, staff_no: str, password: str, language: str = "") -> Operator:
        self._called("sign_on")
        if (staff_no, password) != ("8001", "secret"):
            raise NotAllowed(say("Staff number or password is wrong."))
        self._state = replace(self._state, operator="王芳", grade="clerk")
        return Operator(staff_no, "王芳", "clerk", self.language or language)

    def sign_off(self) -> None:
        self._called("sign_off")
        self._state = replace(self._state, operator="")

    def lock(self) -> None:
        self._called("lock")
        self.locked = True

    def prove(self, staff_no: str, password: str) -> None:
        self._called("prove")
        if (staff_no, password) != ("8001", "secret"):
            raise NotAllowed(say("Staff number or password is wrong."))

    def unlock(self, password: str) -> None:
        self._called("unlock")
        if password != "secret":
            raise NotAllowed(say("The password is wrong."))
        self.locked = False

    def change_password(self, old: str, new: str) -> None:
        self._called("change_password")
        if old != "secret":
            raise NotAllowed(say("Staff number or password is wrong."), field="old")

    def staff(self) -> Sequence[StaffLine]:
        """A clerk who was shut out."""
        return [StaffLine("8002", "李雷", "clerk", "shut", 10, "", "2026-11-22T01:00:00.000000Z", "03")]

    def unlock_staff(self, staff_no: str) -> None:
        self._called("unlock_staff")

    def challenge(self, staff_no: str = "") -> Challenge:
        return Challenge("3701", staff_no or "8001", "ABCD-EFGH")

    def unlock_by_code(self, staff_no: str, code: str) -> None:
        self._called("unlock_by_code")
        if code != "good":
            raise NotAllowed(say("This is not headquarters' code for this challenge. Ask for it again."))

    def authorities(self) -> Sequence[AuthorityView]:
        """None."""
        return []

    def vouch_for_clock(self, staff_no: str, password: str) -> None:
        """A supervisor's word for the clock."""
        self._called("vouch")
        self.queue = replace(self.queue, clock=None)

    def accept_store(self, staff_no: str = "", password: str = "") -> None:
        """A supervisor's word for the store."""
        self._called("accept")

    def grant(self, bounds: Bounds) -> AuthorityView:
        """Nobody may."""
        raise NotAllowed(say("A supervisor gives authorities."))

    def make_codes(self, count: int, bounds: Bounds) -> Sequence[AuthorityView]:
        """Nobody may."""
        raise NotAllowed(say("A supervisor gives authorities."))

    def withdraw_authority(self, number: int) -> None:
        """Nobody may."""
        raise NotAllowed(say("A supervisor gives authorities."))

    def speak(self, language: str) -> None:
        """Its reports are in one language."""
        self._called("speak")

    def next_customer(self) -> None:
        """Nobody is in view."""
        self.met = None

    def businesses(self) -> Sequence[Business]:
        return BUSINESSES

    def meet(self, customer_id: str, number: str = "") -> Customer:
        self.met = self.customer(customer_id)
        return self.met

    def in_view(self) -> Customer | None:
        return self.met

    def assumed(self, code: str, typed: Mapping[str, Any]) -> Mapping[str, Any]:
        """What was typed, else what who was looked for says."""
        if self.met is None or typed:
            return typed
        if code != "C1":
            return {"number": self.met.number}
        return {"id_kind": "1", "id_no": "37010219900517123X"} if self.met.sought else typed

    def said(self, code: str, word: str, rest: str) -> Mapping[str, Any]:
        """Each datum into the next field."""
        return dict(zip([spec.name for spec in self.form(code).fields()], rest.split(), strict=False))

    def state(self) -> State:
        return self._state

    # a business

    def begin(self, code: str, values: Mapping[str, Any] | None = None, slip: Handwritten | None = None) -> DraftView:
        self._called("begin")
        number = len(self.drafts) + 1
        draft = DraftView(f"d{number}", number, code, "open", values=dict(values or {}), slip=slip)
        return self._kept(draft)

    def _kept(self, draft: DraftView) -> DraftView:
        form = self.form(draft.code)
        read, errors = form.partial(draft.values)
        held = tuple(
            Held(kind, str(getattr(read, kind)), stamp(datetime.now(UTC) + timedelta(minutes=29, seconds=30)))
            for kind in ("number", "sim")
            if draft.code == "C1" and getattr(read, kind, None)
        )
        notes = {}
        facts: dict[str, Any] = {}
        reasons: tuple[Reason, ...] = ()
        if draft.code == "C1" and getattr(read, "id_no", None):
            notes["id_no"] = say("born {date}", date=f"{draft.values['id_no'][6:10]}-05-17")
            if draft.values["id_no"].startswith("999"):
                reasons = (Reason("F1", "no", say("This customer owes {amount} yuan.", amount="120.00"), "id_no"),)
            if draft.values["id_no"].startswith("888") and draft.state != "approved":
                reasons = (
                    Reason(
                        "F1", "override", both("该客户名下第六个号码。", "The sixth number of this customer."), "id_no"
                    ),
                )
        notices = (
            (
                Notice("notice", both("实名制：请核对证件原件。", "Real-name rule: look at the document itself.")),
                Notice(
                    "recommendation",
                    both("推荐全球通88：每月 88 元，10 GB。", "GoTone 88 fits: 88 yuan a month, 10 GB."),
                ),
            )
            if draft.code == "C1"
            else ()
        )
        draft = replace(
            draft,
            errors=errors,
            notes=notes,
            facts=facts,
            notices=notices,
            held=held,
            qualification=Qualification(reasons),
        )
        brought = self.about(draft)
        if brought:
            self.met = replace(self.customer(brought), sought=self.met is not None and self.met.customer_id == brought)
        draft = replace(draft, in_view=(self.met.customer_id, self.met.number) if self.met else ("", ""))
        self.drafts[draft.id] = draft
        self.changed()
        return draft

    def about(self, draft: DraftView) -> str:
        """Whose key a form is about; nobody's here."""
        return ""

    def fill(self, draft_id: str, changes: dict[str, str]) -> DraftView:
        self._called("fill")
        draft = self.drafts[draft_id]
        return self._kept(replace(draft, values={**draft.values, **changes}))

    def quote(self, draft_id: str) -> DraftView:
        self._called("quote")
        draft = self.drafts[draft_id]
        if draft.code != "C1":
            return draft
        read, _ = OpenForm.partial(draft.values)
        lines = (
            QuoteLine("sim", both("卡费", "SIM card"), 0, 5000, 5000),
            QuoteLine("golden", both("选号费", "Number"), 0, 20000, 10000, discount=both("节日优惠", "Festival")),
            QuoteLine("prepaid", both("预存话费", "Prepayment"), 2, read.prepaid or 0, read.prepaid or 0),
            QuoteLine("rent", both("套餐月费", "Plan"), 0, 8800, 8800, monthly=True),
        )
        draft = replace(draft, quote=Quote(lines))
        self.drafts[draft_id] = draft
        return draft

    def tender_ways(self) -> Sequence[TenderWay]:
        return tuple(standard().values())

    def tendered(self, draft_id: str) -> Sequence[Tender]:
        return self.handed.get(draft_id, ())

    def keep_tenders(self, draft_id: str, tenders: Sequence[Tender]) -> None:
        self.handed[draft_id] = tuple(tenders)

    def complete(self, draft_id: str, tenders: list[Tender]) -> Outcome:
        self._called("complete")
        draft = self.drafts[draft_id]
        self.form(draft.code).read(draft.values)
        self.done.append((draft.code, draft.values, tenders))
        self.drafts[draft_id] = replace(draft, state="completed")
        self.changed()
        tendered = sum(t.amount for t in tenders)
        due = draft.quote.due
        lines = ("      某某通信 业务受理单", f"业务: {draft.code}", "收款: " + yuan(due), "客户签名: ____________")
        paper = PaperView("p1", "receipt", "SJ00000001", lines)
        return Outcome("o1", "3701-03-20261123-0001", draft.code, "completed", due, tendered, tendered - due, (paper,))

    def hold(self, draft_id: str, note: str = "") -> None:
        self._called("hold")
        draft = self.drafts[draft_id]
        self.drafts[draft_id] = replace(draft, state="held")
        self.notes[draft.number] = note

    def recall(self, number: int) -> DraftView:
        self._called("recall")
        for draft in self.drafts.values():
            if draft.number == number:
                return self._kept(replace(draft, state="open"))
        raise NotFound(say("No form No. {number} is held.", number=number))

    def ended(self, draft_id: str) -> Message | None:
        return self.elsewhere.get(draft_id)

    def abandon(self, draft_id: str) -> None:
        self._called("abandon")
        self.drafts[draft_id] = replace(self.drafts[draft_id], state="abandoned")

    def last_values(self, code: str) -> Mapping[str, Any]:
        return self.last.get(code, {})

    def choices(self, draft_id: str, field: str, text: str, most: int = 200) -> Sequence[Choice]:
        self._called("choices")
        name = next(s.ask.choices for s in OpenForm.fields() if s.name == field)
        return [Choice(v, both(zh, en)) for v, zh, en in _LISTS[name] if text.casefold() in f"{v}{zh}{en}".casefold()]

    def approve(
        self, draft_id: str, staff_no: str, password: str, tenders: Sequence[Tender] | None = None, seen: str = ""
    ) -> DraftView:
        self._called("approve")
        if (staff_no, password) != ("9001", "boss"):
            raise NotAllowed(say("Staff number or password is wrong."))
        return self._kept(replace(self.drafts[draft_id], state="approved"))

    def form(self, code: str) -> type[Form]:
        return OpenForm if code == "C1" else CloseForm

    def help(self, code: str, field: str) -> Message:
        return Message("") if field else both("为新客户开通一个号码。", "A number for a new customer.")

    # looking up

    def customer(self, customer_id: str) -> Customer:
        name, number = ("张三丰", "13812345678") if customer_id == "c1" else ("[/red]李[b]四", "13900001111")
        return Customer(customer_id, name, "3701**********1234", (number,), ((both("姓名", "Name"), name),), number)

    def cancel(self, serial: str, reason: str, staff_no: str, password: str, seen: str = "") -> Outcome:
        self._called("cancel")
        if (staff_no, password) != ("9001", "boss"):
            raise NotAllowed(say("Staff number or password is wrong."))
        self.cancelled[serial] = reason
        paper = PaperView("p2", "receipt", "SJ00000002", ("红字收据", "合计: -150.00"))
        return Outcome("o1", serial, "C1", "cancelled", -15_000, -5_000, 10_000, (paper,))

    def settle(
        self, kind: str, key: str, way: str, words: str = "", approver: str = "", password: str = ""
    ) -> PaperView | None:
        self.settled = [*getattr(self, "settled", []), (kind, key, way, words)]
        return None

    def inquire(self, draft_id: str, part: str) -> Sequence[tuple[str | Message, ...]]:
        return [(draft_id, part)]

    def quotation(self, number: int) -> PaperView:
        return PaperView(f"q{number}", "report", str(number), ("报价单",))

    def reprint(self, paper_id: str, reason: str) -> PaperView:
        self._called("reprint")
        self.printed.append((paper_id, reason))
        return PaperView(paper_id, "receipt", "SJ00000001", ("补打 第1次",))

    # the till

    def not_today(self) -> Message | None:
        return self.past

    def open_shift(self, float_fen: int, approver: str = "", password: str = "") -> PaperView | None:
        self._called("open_shift")
        self._state = replace(self._state, shift_open=True)
        self.counted = {0: float_fen}
        return None

    def cash_in(self, amount: int, purpose: str, note: str, approver: str = "", password: str = "") -> PaperView:
        self._called("cash_in")
        return self._moved(amount, purpose, note)

    def cash_out(self, amount: int, purpose: str, note: str, approver: str = "", password: str = "") -> PaperView:
        self._called("cash_out")
        return self._moved(-amount, purpose, note)

    def _moved(self, amount: int, purpose: str, note: str) -> PaperView:
        self.moved = [*getattr(self, "moved", []), (amount, purpose, note)]
        return PaperView("HZ01-000001", "cash", "HZ01-000001", ("现金收付单", yuan(amount), note))

    def blind(self) -> bool:
        return False

    def count_blind(self, *, on: bool) -> None:
        self._called("count_blind")

    def tender_slips(self, of: str = "") -> Sequence[TenderSlips]:
        return self.slips

    def shifts(self) -> Sequence[ShiftLine]:
        state = self._state
        mine = ShiftLine(state.staff_no, "王芳", state.counter, "open", "2026-11-23", "2026-11-23T00:30:00.000000Z")
        return [*([mine] if state.shift_open else []), *self.others_open]

    def suspend_shift(self, reason: str = "", approver: str = "", password: str = "") -> None:
        self._called("suspend_shift")

    def resume_shift(self) -> None:
        self._called("resume_shift")

    def hand_over(
        self,
        counts: Mapping[int, int],
        staff_no: str = "",
        staff_password: str = "",
        reason: str = "",
        approver: str = "",
        password: str = "",
        of: str = "",
        missing: Mapping[str, Collection[str]] | None = None,
        missing_reason: str = "",
    ) -> tuple[PaperView, PaperView]:
        self._called("hand_over")
        self.counted = dict(counts)
        self.handed_over = (staff_no, approver, of)
        return self.reports.shown("z"), self._moved(0, "hand_over", "")

    def open_drawer(self, reason: str, approver: str = "", password: str = "") -> PaperView:
        self._called("open_drawer")
        return self._moved(0, "open_drawer", reason)

    def compared(self, counts: Mapping[int, int], of: str = "") -> Compared | None:
        return self.beside_books

    def close_shift(
        self,
        counts: Mapping[int, int],
        reason: str = "",
        approver: str = "",
        password: str = "",
        of: str = "",
        missing: Mapping[str, Collection[str]] | None = None,
        missing_reason: str = "",
    ) -> PaperView:
        self.lacking = (missing, missing_reason)
        self._called("close_shift")
        self.counted = dict(counts)
        self._state = replace(self._state, shift_open=False)
        return PaperView("z", "report", "Z000017", ("Z", "现金 " + yuan(sum(f * n for f, n in counts.items()))))


__all__ = ["BadForm", "CloseForm", "FakeDesk", "OpenForm"]
