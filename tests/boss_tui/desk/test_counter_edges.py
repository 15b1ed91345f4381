"""What a person does at a counter beside the businesses: states, lists, copies, inquiries, reports, rare characters."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.answers.hall import Bounds
from boss_tui.business.registry import BUSINESSES
from boss_tui.catalogue import BUSINESS_NAMES
from boss_tui.desk import Desk, Station, rare, staff
from boss_tui.desk.drafts import begin
from data.errors import BadForm, NotAllowed, NotFound
from data.message import say
from data.tables.customer import Customer
from data.tables.document import PaperDocument
from data.tables.finance import BusinessDay, Shift
from data.tables.order import Draft, ProductOrder, Subscription
from data.tables.organisation import Authority, Operator, RoleRight
from data.tables.sync import TRAINING, AccessLog, JournalEntry, Printer, PrintJob, Setting
from printers import glyphs
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are compared as they are: hashing them is another's to hold."""
    monkeypatch.setattr(staff, "matches", lambda stored, typed: stored != staff.NOBODYS and typed == FACTS.password)


def acts(shop: Shop, *of: str) -> list[tuple[str, str, str]]:
    return sorted((row.act, row.subject, row.reason) for row in shop.rows(AccessLog) if row.act in of)


def fee(shop: Shop) -> str:
    """The serial of a C12."""
    view = shop.desk.forms.begin("C12", shop.desk.forms.example("C12"))
    return shop.desk.orders.complete(view.id, [Tender("cash", view.quote.due)]).serial


# where we are


def test_the_state_says_where_who_and_on_which_day(shop: Shop) -> None:
    state = shop.desk.signing.state()
    (me,) = shop.rows(Operator, staff_no=FACTS.clerk)
    assert (state.outlet, state.counter, state.operator, state.grade) == ("HZ01", "HZ0101", me.name, "clerk")
    assert (state.business_date, state.shift_open, state.training) == ("2026-11-23", True, False)
    nobody = Desk(shop.store, Station(FACTS.outlet, "HZ0102"), advice=(say("Mind the step."),))
    nobody.signing.warn(say("Fire."))
    told = nobody.signing.state()
    assert (told.operator, told.grade, told.shift_open) == ("", "", False)
    assert [str(advice) for advice in told.advice] == ["Fire.", "Mind the step."]
    shop.add(Setting, name=TRAINING, value="1")
    shop.alter(BusinessDay, {"outlet": FACTS.outlet, "state": "open"}, state="closed")
    shop.alter(Shift, {"till": FACTS.counter, "state": "open"}, state="closed")
    state = shop.desk.signing.state()
    assert (state.training, state.business_date, state.shift_open) == (True, "", False)


def test_the_state_says_that_a_shift_waits_to_be_resumed_by_who_is_signed_on(shop: Shop) -> None:
    def told(**values: str) -> tuple[bool, bool]:
        shop.alter(Shift, {"till": FACTS.counter}, **values)
        state = shop.desk.signing.state()
        return state.shift_open, state.shift_suspended

    assert told(state="open") == (True, False)
    assert told(state="suspended") == (False, True)
    assert told(operator=FACTS.supervisor) == (False, False)  # a colleague's is nothing to resume
    assert told(operator=FACTS.clerk, till="HZ0102", state="open") == (False, False)


@pytest.mark.parametrize("there", [True, False])
def test_the_businesses_say_which_of_them_this_role_may_do(shop: Shop, there: bool) -> None:
    for right in shop.rows(RoleRight, role="clerk"):
        if right.business not in {"C1", "C12"}:
            shop.alter(RoleRight, {"role": "clerk", "business": right.business}, role="nobody")
    desk = shop.desk if there else Desk(shop.store, Station(FACTS.outlet, FACTS.counter))
    lines = {line.code: line for line in desk.signing.businesses()}
    assert set(lines) == set(BUSINESSES)
    assert {code for code, line in lines.items() if line.allowed} == ({"C1", "C12"} if there else set())
    assert lines["C5"].offline == "form_only"


def test_a_business_that_the_role_may_not_do_is_not_begun(shop: Shop) -> None:
    shop.alter(RoleRight, {"role": "clerk", "business": "C2"}, role="nobody")
    before = len(shop.rows(Draft))
    with pytest.raises(NotAllowed, match="Your role may not do C2"):
        shop.desk.forms.begin("C2")
    assert len(shop.rows(Draft)) == before
    shop.alter(RoleRight, {"role": "clerk", "business": "C8"}, approval="supervised")
    assert shop.desk.forms.begin("C8").code == "C8"


# a form


def test_a_hash_is_nobody_s_to_type_and_an_empty_secret_stays_as_it_was(shop: Shop) -> None:
    view = shop.desk.forms.begin("C1", shop.desk.forms.example("C1"))
    held = json.loads(shop.one(Draft, id=view.id).values_json)
    secret = sorted(view.secrets)
    again = shop.desk.forms.fill(view.id, dict.fromkeys(secret, ""))
    assert again.secrets == view.secrets
    kept = json.loads(shop.one(Draft, id=view.id).values_json)
    assert {name: kept[name] for name in secret} == {name: held[name] for name in secret}
    forged = shop.desk.forms.fill(view.id, {secret[0]: "$argon2id$x"})
    assert str(forged.errors[secret[0]]) == "Six digits."
    kept = json.loads(shop.one(Draft, id=view.id).values_json)
    assert kept[secret[0]] == held[secret[0]]
    wrong = shop.desk.forms.fill(view.id, {secret[0]: "12", "address": "西湖区"})
    assert secret[0] in wrong.errors
    assert secret[0] not in json.loads(shop.one(Draft, id=view.id).values_json)
    assert wrong.values["address"] == "西湖区"


def test_what_is_typed_is_empty_or_gone_when_it_is_taken_away(shop: Shop) -> None:
    view = shop.desk.forms.begin("C12", {"who": "139", "amount": 50})
    assert (view.values["who"], view.values["amount"]) == ("139", "50")
    assert shop.desk.forms.fill(view.id, {"amount": ""}).values["amount"] == ""


def test_help_and_lists_are_of_the_field_that_was_asked_for(shop: Shop) -> None:
    fields = {spec.name: spec.ask for spec in shop.desk.forms.form("C8").fields()}
    assert shop.desk.forms.help("C8", "plan") == fields["plan"].help
    assert shop.desk.forms.help("C8", "none") == BUSINESSES["C8"].name
    view = shop.desk.forms.begin("C8", shop.desk.forms.example("C8"))
    plans = {choice.value for choice in shop.desk.forms.choices(view.id, "plan", "")}
    starts = {choice.value for choice in shop.desk.forms.choices(view.id, "starts", "")}
    assert "P88" in plans
    assert "next" in starts
    assert not plans & starts


# orders and papers


def test_an_order_that_is_opened_says_whether_it_can_be_taken_back(shop: Shop) -> None:
    serial = fee(shop)
    for _ in range(2):
        view = shop.desk.lookups.order(serial)
    assert (str(view.stays), view.serial, view.code) == ("", serial, "C12")
    assert acts(shop, "look.order") == [("look.order", serial, "")]
    shop.alter(ProductOrder, {"serial": serial}, business_date="2026-11-22")
    assert "own business date only" in str(shop.desk.lookups.order(serial).stays)
    shop.alter(BusinessDay, {"outlet": FACTS.outlet, "state": "open"}, state="closed")
    assert str(shop.desk.lookups.order(serial).stays) == ""
    shop.alter(ProductOrder, {"serial": serial}, state="cancelled")
    assert str(shop.desk.lookups.order(serial).stays) == "The order is cancelled already."
    with pytest.raises(NotFound):
        shop.desk.lookups.order("none")


def test_of_the_receipt_of_several_orders_a_copy_is_made_as_well(shop: Shop) -> None:
    views = [shop.desk.forms.begin(code, shop.desk.forms.example(code)) for code in ("C12", "C1")]
    for view in views:
        shop.desk.basket.collect(view.id)
    done = shop.desk.basket.complete([Tender("cash", sum(view.quote.due for view in views))])
    copy = shop.desk.papers.reprint(done.papers[0].id, "lost")
    (job,) = shop.rows(PrintJob, document_id=copy.id, copy_number=1)
    assert (job.order_id, copy.kind) == ("", "receipt")


@pytest.mark.parametrize("copies", [0, 3])
def test_a_copy_is_marked_counted_and_on_record(shop: Shop, copies: int) -> None:
    serial = fee(shop)
    paper = shop.desk.lookups.papers(serial)[0]
    shop.alter(PaperDocument, {"id": paper.id}, copies=copies)
    before = len(shop.rows(PrintJob))
    with pytest.raises(NotAllowed) as refused:
        shop.desk.papers.reprint(paper.id, "  ")
    assert (refused.value.field, len(shop.rows(PrintJob))) == ("reason", before)
    copy = shop.desk.papers.reprint(paper.id, " lost ")
    assert (copy.id, copy.kind, copy.number) == (paper.id, paper.kind, paper.number)
    row = shop.one(PaperDocument, id=paper.id)
    assert row.copies == copies + 1
    (job,) = shop.rows(PrintJob, document_id=paper.id, copy_number=copies + 1)
    assert (job.title, job.order_id, job.operator) == (f"{paper.number} ({copies + 1})", row.order_id, FACTS.clerk)
    assert acts(shop, "reprint") == [("reprint", f"{paper.kind} {paper.number}", "lost")]
    assert tuple(job.preview.split("\n")) == copy.preview


@pytest.mark.parametrize(("state", "mark"), [("normal", ""), ("void", "已作废 "), ("red", "已冲红 ")])
def test_a_copy_of_a_paper_that_holds_no_more_says_so(shop: Shop, state: str, mark: str) -> None:
    paper = shop.desk.lookups.papers(fee(shop))[0]
    shop.alter(PaperDocument, {"id": paper.id}, state=state)
    assert shop.desk.papers.reprint(paper.id, "audit").preview[0].strip() == f"*** {mark}补打 第1次 ***"
    assert shop.one(PaperDocument, id=paper.id).copies == 1


def test_the_matrix_is_of_the_businesses_of_the_catalogue(shop: Shop) -> None:
    for code in BUSINESS_NAMES:
        assert len(shop.desk.lookups.matrix(code)) == 20
    with pytest.raises(NotFound, match="no business C99"):
        shop.desk.lookups.matrix("C99")


def test_work_that_moves_money_is_settled_only_by_a_clock_that_nobody_doubts(shop: Shop) -> None:
    shop.clock.move(hours=-2)
    for kind, doubted in (("payment", True), ("dated", True), ("print", False), ("alarm", False)):
        with pytest.raises(Exception) as refused:  # noqa: PT011 (what differs is what is said)
            shop.desk.settling.settle(kind, "none", "retry")
        assert ("clock" in str(refused.value)) is doubted, kind


# looking into a customer's data


def inquiry(shop: Shop, **typed: str) -> Any:
    line = shop.rows(Subscription, state="active")[0]
    owner = shop.one(Customer, id=line.customer_id)
    given = {"number": line.number, "document_number": owner.document_number, **typed}
    return shop.desk.forms.begin("C13", {name: value for name, value in given.items() if value}), owner


def test_a_part_is_shown_to_who_has_shown_who_they_are(shop: Shop) -> None:
    view, owner = inquiry(shop)
    entries = len(shop.rows(JournalEntry, kind="inquiry"))
    rows = shop.desk.inquiry.inquire(view.id, "customer")
    assert any(owner.name in str(cell) for row in rows for cell in row)
    assert len(shop.rows(JournalEntry, kind="inquiry")) == entries + 1
    assert shop.one(Draft, id=view.id).touched_at == shop.at()
    assert any("C13" in cell for cell, _ in json.loads(shop.one(Draft, id=view.id).trail_json))
    with pytest.raises(NotFound, match="no such part"):
        shop.desk.inquiry.inquire(view.id, "soul")
    assert acts(shop, "look.customer") == [("look.customer", owner.id, "document")]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"number": "", "document_number": ""}, None),
        ({"document_number": "33010219850412173Y"}, None),
        ({"document_number": ""}, None),
        ({"document_number": "", "reason": "警方来函"}, "Private data without proof"),
    ],
)
def test_and_to_nobody_else(shop: Shop, typed: dict[str, str], told: str | None) -> None:
    view, _ = inquiry(shop, **typed)
    with pytest.raises(NotAllowed) as refused:
        shop.desk.inquiry.inquire(view.id, "customer")
    if told:
        assert told in str(refused.value)
        shop.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
        assert shop.desk.inquiry.inquire(view.id, "customer")
        assert [reason for _, _, reason in acts(shop, "look.customer")] == ["警方来函"]
    else:
        first = [view.errors[name] for name in ("number", "document_number") if name in view.errors]
        assert str(refused.value) == str(first[0] if first else "Type the number first.")


# a price to take home


@pytest.mark.parametrize("state", ["open", "held"])
def test_the_price_of_a_form_is_printed_under_no_number(shop: Shop, state: str) -> None:
    view = shop.desk.forms.begin("C1", shop.desk.forms.example("C1"))
    shop.alter(Draft, {"id": view.id}, state=state)
    paper = shop.desk.forms.quotation(view.number)
    assert (paper.id, paper.number, paper.kind) == (f"quotation-{view.number}",) * 2 + ("report",)
    (job,) = shop.rows(PrintJob, document_id=paper.id)
    assert (job.order_id, job.operator) == ("", FACTS.clerk)
    text = "".join(paper.preview)
    assert f"{view.quote.due / 100:.2f}" in text
    for line in view.quote.lines:
        assert f"{line.amount / 100:.2f}" in text


def test_without_a_price_or_a_form_there_is_none(shop: Shop) -> None:
    empty = shop.desk.forms.begin("C12")
    with pytest.raises(NotAllowed, match="no price yet"):
        shop.desk.forms.quotation(empty.number)
    shop.desk.forms.abandon(empty.id)
    for number in (empty.number, 12_345):
        with pytest.raises(NotFound, match="no such form"):
            shop.desk.forms.quotation(number)


# characters that the printer lacks


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("王小明", ""),
        ("Wang", ""),
        ("王㐂", "The printer has no 㐂: drawn on paper."),
        ("王㛃䶮㐂", "The printer has no 㛃䶮: 〓 on paper."),
        ("王𠮷", ""),
        ("王𠮷㐂", "The printer has no 㐂: drawn on paper."),
    ],
)
def test_what_the_printer_lacks_is_said_beside_the_field(
    shop: Shop, name: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which it can draw hangs on the fonts of the machine: here it draws one, and has another."""
    monkeypatch.setattr(glyphs, "way", lambda sign, _: {"㐂": "drawn", "𠮷": "code"}.get(sign, "missing"))
    notes = rare_notes(shop, name)
    assert notes == ({"name": told, "address": f"Fine.  {told}"} if told else {})


@pytest.mark.parametrize(("profile", "lacks"), [("80mm-gb18030", False), ("58mm-silent", True), (None, False)])
def test_it_is_the_printer_of_the_receipt_that_is_asked(shop: Shop, profile: str | None, lacks: bool) -> None:
    for row in shop.rows(Printer):
        shop.alter(Printer, {"code": row.code}, **({"profile": profile} if profile else {"kinds": "report"}))
    assert bool(rare_notes(shop, "王㐂")) is lacks


def rare_notes(shop: Shop, typed: str) -> dict[str, str]:
    """What is said of fields of C1 in which it was typed; one of them has a note already."""
    with shop.work() as tx:
        draft = begin(tx, Station(FACTS.outlet, FACTS.counter), shop.desk.seat.person(tx), "C1")
        run: Any = SimpleNamespace(context=SimpleNamespace(tx=tx), extras=(), notes={"address": say("Fine.")})
        values = {"name": typed, "address": typed, "plan": typed, "document_number": None}
        return {field: str(told) for field, told in rare.notes(run, draft, values).items()}


# given in advance


@pytest.mark.parametrize(("by", "may"), [(FACTS.clerk, False), (FACTS.supervisor, True), (FACTS.manager, True)])
def test_supervisors_give_see_and_withdraw_authorities(shop: Shop, by: str, may: bool) -> None:
    desk = shop.counter(by, "HZ0102")
    if not may:
        for act in (
            desk.approvals.authorities,
            lambda: desk.approvals.grant(Bounds(hours=1)),
            lambda: desk.approvals.withdraw_authority(1),
        ):
            with pytest.raises(NotAllowed, match="A supervisor gives authorities"):
                act()
        return
    given = desk.approvals.grant(Bounds(hours=2, amount=500, uses=3, business="C2", operator=FACTS.clerk))
    assert (given.kind, given.supervisor, given.operator, given.business) == ("grant", by, FACTS.clerk, "C2")
    assert (given.amount, given.uses_left, given.until) == (500, 3, shop.at(hours=2))
    made = desk.approvals.make_codes(2, Bounds(hours=1, uses=9))
    assert [code.number for code in made] == [given.number + 1, given.number + 2]
    assert [code.uses_left for code in made] == [1, 1]
    assert all(code.code.startswith(f"{code.number}-") and len(code.code.split("-")[1]) == 6 for code in made)
    assert [row.number for row in desk.approvals.authorities()] == [given.number, *(code.number for code in made)]
    assert {row.code for row in desk.approvals.authorities()} == {""}
    desk.approvals.withdraw_authority(given.number)
    assert shop.one(Authority, number=given.number).state == "withdrawn"
    shop.clock.move(hours=1)
    assert desk.approvals.authorities() == []


def test_the_time_of_a_form_ends_it_also_for_the_desk_s_housekeeping(shop: Shop) -> None:
    view = shop.desk.forms.begin("C2")
    assert shop.desk.forms.expire() == 0
    shop.alter(Draft, {"id": view.id}, expires_at=shop.at())
    assert shop.desk.forms.expire() == 1
    assert shop.one(Draft, id=view.id).state == "expired"
    with pytest.raises(BadForm):
        shop.desk.orders.complete(shop.desk.forms.begin("C12").id, [])
