"""What is refused of an edition: who may not, what can't be, and what does not go with the rows."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from boss_tui.editions import columns, drafts, lifecycle, standing
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import EditionSubject, Fault, Rehearsal, Unsound
from data.errors import Conflict, DayClosed, NotAllowed
from data.journal import Author
from data.message import say
from data.tables.edition import EditionLine
from data.tables.stock import Handset
from data.tables.tariff import PriceRule
from tests.boss_tui.editions.office import (
    CHECKER,
    CLERK,
    LAST,
    LATER,
    MAKER,
    RULES,
    TODAY,
    TOMORROW,
    Desk,
    end,
    new_price,
    price,
)


def test_nobody_decides_what_they_made(office: Desk) -> None:
    made = office.submitted(price(1500))
    for act in (lambda at: lifecycle.approve(at, made, RULES), lambda at: lifecycle.reject(at, made, "no")):
        with pytest.raises(NotAllowed, match="another person"):
            office.act(MAKER, act)


def test_to_make_and_to_check_are_two_rights_and_the_one_that_lacks_is_said(office: Desk) -> None:
    with pytest.raises(NotAllowed, match=r"M6$|M6\.$"):
        office.drafted(price(1500), by="2001")
    made = office.submitted(price(1500), by=CLERK)
    with pytest.raises(NotAllowed, match=r"M6\.check"):
        office.act(CLERK, lifecycle.approve, office.submitted(price(1, "P2")), RULES)
    with pytest.raises(NotAllowed, match=r"M6\.emergency"):
        office.act(CLERK, lifecycle.let_count_at_once, office.drafted(price(2, "P2"), by=CLERK), RULES)
    assert office.act("2001", lifecycle.approve, made, RULES).state == "in_force"  # who may check need not make


def test_the_approver_signs_what_was_seen_and_what_was_submitted(office: Desk) -> None:
    made = office.submitted(price(1500))
    with pytest.raises(Conflict):
        office.act(CHECKER, lifecycle.approve, made, RULES, seen="another")
    with office.at_work(MAKER) as at:  # altered behind the editions' back
        at.tx.change(at.tx.one(EditionLine, edition=made, position=0), after='{"amount":1}')
    with pytest.raises(Conflict):
        office.act(CHECKER, lifecycle.approve, made, RULES)


def test_a_date_is_not_over(office: Desk) -> None:
    for day, kept in ((TODAY, ""), (TOMORROW, TOMORROW), ("", "")):
        assert office.act(MAKER, drafts.new, title="t", effective_from=day).effective_from == kept
    with pytest.raises(NotAllowed) as refused:
        office.act(MAKER, drafts.new, title="t", effective_from="2026-11-22")
    assert refused.value.field == "effective_from"


def test_what_waited_too_long_is_not_approved_for_a_date_that_is_over(office: Desk) -> None:
    over, today = (
        office.submitted(price(1, rule), effective_from=day) for rule, day in (("P1", TOMORROW), ("P2", LATER))
    )
    late = office.drafted(price(3), effective_from=TOMORROW, by=CHECKER)
    office.open_day(LATER)
    for refused in (lambda at: lifecycle.approve(at, over, RULES), lambda at: lifecycle.submit(at, late, RULES)):
        with pytest.raises(NotAllowed) as fault:
            office.act(CHECKER, refused)
        assert fault.value.field == "effective_from"
    assert office.act(CHECKER, lifecycle.approve, today, RULES).state == "in_force"
    assert office.price("P2") == 1


def test_without_a_reason_or_a_title_nothing_is_submitted(office: Desk) -> None:
    with pytest.raises(NotAllowed) as refused:
        office.act(MAKER, drafts.new, title=" ")
    assert refused.value.field == "title"
    with pytest.raises(NotAllowed) as refused:
        office.submitted(price(1), reason="  ")
    assert refused.value.field == "reason"
    with pytest.raises(NotAllowed) as refused:
        office.act(CHECKER, lifecycle.reject, office.submitted(price(1)), " ")
    assert refused.value.field == "why"


def test_a_draft_is_its_authors_alone_and_what_was_published_is_not_edited(office: Desk) -> None:
    made = office.drafted(price(1500))
    for refused in (
        lambda at: drafts.put_line(at, made, price(1), RULES),
        lambda at: drafts.drop_line(at, made, 0),
        lambda at: drafts.rebase(at, made),
        lambda at: drafts.describe(at, made, title="x"),
        lambda at: lifecycle.submit(at, made, RULES),
        lambda at: lifecycle.withdraw(at, made, "x", RULES),
    ):
        with pytest.raises(NotAllowed, match=MAKER):
            office.act(CHECKER, refused)
    for other in (office.approved(price(1)), office.approved(price(2, "P2"), effective_from=LATER)):
        with pytest.raises(NotAllowed):
            office.act(MAKER, drafts.put_line, other, price(3), RULES)


def test_nothing_is_done_while_no_business_date_is_open(office: Desk) -> None:
    from boss_tui.components.till.shifts import close_day

    made = office.submitted(price(1500))
    with office.store.transaction(Author("HQ", "day.close", MAKER, "HQ01", business_date=TODAY)) as tx:
        close_day(tx, "HQ", TODAY, MAKER)
    with pytest.raises(DayClosed):
        office.act(CHECKER, lifecycle.approve, made, RULES)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (RowEdit("no_table", ("a",), "add", {}), ""),
        (RowEdit("customer", ("a",), "add", {}), ""),
        (RowEdit("price_rule", ("P1", "x"), "change", {"amount": 1}), ""),
        (price(1, colour=3), "colour"),
        (RowEdit("price_rule", ("P1",), "change", {"amount": "1"}), "amount"),
        (RowEdit("price_rule", ("P1",), "change", {"amount": True}), "amount"),
        (RowEdit("price_rule", ("P1",), "change", {"amount": None}), "amount"),
        (RowEdit("price_rule", ("P1",), "change", {"business": "\x00"}), "business"),
        (RowEdit("price_rule", ("P1",), "change", {"state": "gone"}), "state"),
        (price(1, valid_to="2026-11-31"), "valid_to"),
        (price(1, valid_from="26-11-30"), "valid_from"),
        (RowEdit("price_rule", ("P1",), "change", {"id": "P7"}), "id"),
        (RowEdit("price_rule", ("P1",), "change", {"revision": 7}), "revision"),
        (RowEdit("price_rule", ("P9",), "add", {"item": "card", "business": "C1"}), "amount"),
    ],
)
def test_a_line_that_a_table_cannot_take_is_said_by_column(line: RowEdit, field: str) -> None:
    assert [column for column, _ in columns.faults(line)] == [field]


def test_what_a_table_cannot_take_does_not_stand_in_the_draft(office: Desk) -> None:
    with pytest.raises(Unsound) as refused:
        office.drafted(price(1), price(2, "P2", state="gone"))
    assert refused.value.field == "1.state"


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        ([], "0"),
        ([price(1000)], "0"),
        ([price(1, "P8")], "0"),
        ([new_price("P1")], "0"),
        ([end("price_rule", "P8")], "0"),
        ([price(2), new_price("P9", item="none")], "1.item"),
        ([end("interface", "own")], "0"),
        ([price(2), price(1, "P2", product="none")], "1.product"),
        ([price(1, valid_from=LATER, valid_to=TOMORROW)], "0.valid_to"),
    ],
)
def test_what_does_not_go_with_the_rows_is_refused_at_submit_by_line_and_column(
    office: Desk, lines: list[RowEdit], field: str
) -> None:
    made = office.drafted(*lines)
    with pytest.raises(Unsound) as refused:
        office.act(MAKER, lifecycle.submit, made, RULES)
    assert refused.value.field == field
    assert office.edition(made).state == "draft"


def test_a_reference_is_looked_for_on_the_date_from_which_it_counts(office: Desk) -> None:
    office.approved(
        RowEdit("charge_item", ("new",), "add", {"name_zh": "新", "ledger_account": "6001"}), effective_from=LATER
    )
    for day, passes in ((TOMORROW, False), (LATER, True), (LAST, True)):
        made = office.drafted(new_price(f"P{day}", item="new"), effective_from=day)
        if passes:
            office.act(MAKER, lifecycle.submit, made, RULES)
        else:
            with pytest.raises(Unsound, match=day):
                office.act(MAKER, lifecycle.submit, made, RULES)


@pytest.mark.parametrize(
    ("line", "day", "passes"),
    [
        (new_price("P9", product="PLAN"), "", False),
        (new_price("P9", product="PLAN", valid_to=TOMORROW), "", True),
        (new_price("P9", product="PLAN", valid_to=LATER), "", True),
        (new_price("P9", product="PLAN", valid_to="2026-11-26"), "", False),
        (new_price("P9", product="PLAN"), LATER, False),
        (new_price("P9", product="PLAN"), LAST, False),
        (new_price("P9", product="SOON", valid_to=LATER), "", True),
        (new_price("P9", product="SOON"), "", False),
        (price(1, product="PLAN"), "", False),
        (price(9, "P3"), "", True),
        (price(1, "P3", valid_to=LAST), "", False),
    ],
)
def test_what_ends_first_is_not_referred_to(office: Desk, line: RowEdit, day: str, passes: bool) -> None:
    """PLAN is not sold from the 26th on, SOON says so itself; the price P3 of PLAN was there before."""
    office.approved(
        new_price("P3", product="PLAN"), RowEdit("product", ("SOON",), "add", {"name_zh": "短", "valid_to": LATER})
    )
    office.approved(end("product", "PLAN"), effective_from="2026-11-26")
    made = office.drafted(line, effective_from=day, by=CHECKER)
    if passes:
        office.act(CHECKER, lifecycle.submit, made, RULES)
    else:
        with pytest.raises(Unsound) as refused:
            office.act(CHECKER, lifecycle.submit, made, RULES)
        assert refused.value.field == "0.product"


def test_what_was_sold_keeps_what_makes_it_what_it_is(office: Desk) -> None:
    with office.store.transaction(Author("", "C1", ""), journalled=False) as tx:
        tx.add_many(Handset, [{"imei": "1", "model": "PLAN", "colour": "", "outlet": ""}])
    for column, value in (("kind", "service"), ("pay_type", "prepaid"), ("network_act", "x"), ("name_zh", "另")):
        change = RowEdit("product", ("PLAN",), "change", {column: value})
        if column == "name_zh":
            office.submitted(change)
        else:
            with pytest.raises(Unsound) as refused:
                office.submitted(change)
            assert refused.value.field == f"0.{column}"
    new = RowEdit("product", ("NEW",), "add", {"name_zh": "新"})
    office.approved(new)
    office.submitted(RowEdit("product", ("NEW",), "change", {"kind": "service"}))  # nobody has it yet


def test_what_others_are_going_to_change_does_not_end_first(office: Desk) -> None:
    office.approved(price(1500), effective_from=LATER)
    made = office.drafted(end("price_rule", "P1"), by=CHECKER, effective_from=TOMORROW)
    with pytest.raises(Unsound, match=LATER):
        office.act(CHECKER, lifecycle.submit, made, RULES)
    office.act(CHECKER, drafts.describe, made, effective_from=LAST)
    office.act(CHECKER, lifecycle.submit, made, RULES)


def test_an_edition_has_five_thousand_lines_at_most(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST_LINES", 2)
    made = office.drafted(price(1), price(2, "P2"))
    with pytest.raises(Unsound, match="It has 3 lines; 2 is the most"):
        office.act(MAKER, drafts.put_line, made, new_price("P3"), RULES)
    assert len(office.act(MAKER, lambda at: standing.rows_of(at.tx, made))) == 2


def test_a_subject_has_its_own_tables_and_checks(office: Desk) -> None:

    def positive(at: Rehearsal):  # type: ignore[no-untyped-def]
        for position, line in at.lines.items():
            row = at.reading.find(PriceRule, id=line.key[0])
            if row and row.amount < 0:
                yield Fault(position, "amount", say("Not below nothing."))

    rules = replace(RULES, subjects={"M6": EditionSubject("M6", frozenset({"price_rule"}), (positive,))})
    made = office.drafted()
    with pytest.raises(NotAllowed, match="product"):
        office.act(MAKER, drafts.put_line, made, RowEdit("product", ("PLAN",), "change", {"rank": 1}), rules)
    office.act(MAKER, drafts.put_line, made, price(-1), rules)
    with pytest.raises(Unsound) as refused:
        office.act(MAKER, lifecycle.submit, made, rules)
    assert refused.value.field == "0.amount"
    office.act(MAKER, drafts.put_line, made, price(0), rules)
    office.act(MAKER, lifecycle.submit, made, rules)
