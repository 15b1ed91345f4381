"""What an approver answers for, and how money is paid out: at the turn of each rule."""

from __future__ import annotations

from typing import Any, cast

import pytest

from boss_tui.answers.business import Handwritten, Quote, QuoteLine, Reason, Tender, Verdict
from boss_tui.business.process import Run
from boss_tui.business.registry import BUSINESSES
from boss_tui.desk import codes
from boss_tui.desk.lists import chooses
from boss_tui.desk.shown import at_stake, of_form, paid_out
from data.message import say
from data.tender_kinds import WAY


def quote(due: int) -> Quote:
    return Quote((QuoteLine("fee", say("Fee"), 0, due, due),))


def reason(verdict: Verdict, amount: int = 0, rule: str = "rule") -> Reason:
    return Reason(rule, verdict, say("Why."), amount=amount)


@pytest.mark.parametrize(
    ("due", "reasons", "stake"),
    [
        (0, [], 0),
        (1, [], 1),
        (-1, [], 1),
        (500, [reason("override", 499)], 500),
        (500, [reason("override", 501)], 501),
        (500, [reason("no", 501)], 500),
        (500, [reason("yes", 501)], 500),
        (-500, [reason("override", 1), reason("override", 900)], 900),
    ],
)
def test_at_stake_is_the_most_that_is_moved_or_allowed(due: int, reasons: list[Reason], stake: int) -> None:
    assert at_stake(quote(due), reasons) == stake


@pytest.mark.parametrize(
    ("due", "tenders", "told"),
    [
        (1, None, ""),
        (0, None, ""),
        (-1, None, '[["cash",1,""]]'),
        (-1, [], "[]"),
        (0, [Tender("cash", 1)], ""),
        (-300, [Tender("transfer", 200, "r"), Tender("cash", 100)], '[["cash",100,""],["transfer",200,"r"]]'),
        (-300, [Tender("cash", 100), Tender("transfer", 200, "r")], '[["cash",100,""],["transfer",200,"r"]]'),
    ],
)
def test_how_money_is_paid_out_is_told_from_the_first_fen(due: int, tenders: list[Tender] | None, told: str) -> None:
    assert paid_out(quote(due), tenders) == told


class Form:
    """A run with a price, and nothing typed."""

    def __init__(self, due: int) -> None:
        self.quote, self.facts, self.context = quote(due), dict[str, Any](), self
        self.draft_id, self.business, self.operator, self.counter = "draft", "C2", "1001", "HZ0101"
        self.slip: Handwritten | None = None


@pytest.mark.parametrize(
    ("due", "reasons", "shown"),
    [
        (0, [], False),
        (100, [], False),
        (-1, [], True),
        (0, [reason("override")], True),
        (0, [reason("no")], False),
        (0, [reason("yes")], False),
        (0, [reason("override", rule=WAY)], False),
        (-1, [reason("override", rule=WAY)], True),
        (0, [reason("override", rule=WAY), reason("override")], True),
    ],
)
def test_there_is_something_to_be_shown_where_a_word_is_wanting_or_money_goes_out(
    due: int, reasons: list[Reason], shown: bool
) -> None:
    assert (of_form(cast("Run", Form(due)), {}, reasons) != "") is shown


def test_what_is_left_empty_is_nothing_typed_and_what_was_found_counts_where_it_stands_in_the_form() -> None:
    def digest(typed: dict[str, Any], **facts: Any) -> str:
        run = Form(-1)
        run.facts = facts
        return of_form(cast("Run", run), typed, [])

    plain = digest({})
    assert digest({"note": ""}) == plain
    assert digest({"note": "x"}) != plain
    assert digest({}, customer_id="a") != plain
    assert digest({}, of_no_field="a") == plain
    field = next(iter(BUSINESSES["C2"].form.fields())).name
    assert len({plain, digest({}, **{field: "a"}), digest({}, **{field: "b"})}) == 3


def test_the_slip_that_is_entered_later_is_a_part_of_what_is_allowed() -> None:
    def digest(slip: Handwritten | None) -> str:
        run = Form(-1)
        run.slip = slip
        return of_form(cast("Run", run), {}, [])

    slips = [None, *(Handwritten(n, day, "14:05", "1001") for n in ("1", "2") for day in ("2026-11-22", "2026-11-23"))]
    assert len({digest(slip) for slip in slips}) == len(slips)


@pytest.mark.parametrize(("typed", "code"), [("12-483920", True), ("-", True), ("9001", False), ("", False)])
def test_a_dash_makes_it_a_code(typed: str, code: bool) -> None:
    assert codes.is_code(typed) is code


class Asked:
    """A field, as far as its list goes."""

    def __init__(self, choices: str, kind: str, several: bool) -> None:
        self.ask, self.choices, self.kind, self.several = self, choices, kind, several


@pytest.mark.parametrize(
    ("choices", "kind", "several", "only"),
    [
        ("list", "choice", False, True),
        ("list", "code", True, True),
        ("list", "choice", True, True),
        ("list", "code", False, False),
        ("", "choice", False, False),
        ("", "code", True, False),
    ],
)
def test_a_field_takes_its_list_alone_where_it_is_a_choice_or_takes_several(
    choices: str, kind: str, several: bool, only: bool
) -> None:
    assert chooses(cast("Any", Asked(choices, kind, several))) is only
