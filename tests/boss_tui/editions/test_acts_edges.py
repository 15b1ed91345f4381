"""Acts on an edition where they turn: described, taken over, met, tried out ahead, let count at once, come due."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.editions import ahead, columns, drafts, lifecycle, noting
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import EditionSubject, Fault, Rehearsal, Rules, Unsound
from boss_tui.management import rules as house
from data.errors import BadForm, NotAllowed
from data.journal import Author
from data.message import say
from data.tables.edition import Edition, Publication
from data.tables.organisation import Operator
from data.tables.sync import WaitingItem
from tests.boss_tui.editions.office import (
    CHECKER,
    LATER,
    MAKER,
    RULES,
    THIRD,
    TODAY,
    TOMORROW,
    Desk,
    end,
    new_price,
    price,
)

HALL = RowEdit("outlet", ("H1",), "add", {"name_zh": "厅", "province": "浙江", "region": "杭州"})


def test_what_a_draft_says_of_itself_is_held_to_the_same_rules_again(office: Desk) -> None:
    office.approved(HALL)
    made = office.drafted(price(1500))
    office.act(MAKER, drafts.describe, made, reason="another")
    assert office.edition(made).title == "Prices"
    office.act(MAKER, drafts.describe, made, title=" Other ", scope=" region:杭州 ", effective_from=TODAY)
    said = office.edition(made)
    assert (said.title, said.scope, said.effective_from, said.reason) == ("Other", "region:杭州", "", "another")
    wrong: dict[str, tuple[type[Exception], str]] = {
        "title": (NotAllowed, " "),
        "scope": (BadForm, "region:宁波"),
        "effective_from": (NotAllowed, "2026-11-22"),
    }
    for field, (fault, value) in wrong.items():
        with pytest.raises(fault):
            office.act(MAKER, drafts.describe, made, **{field: value})


def leaves(office: Desk, staff_no: str, **values: str) -> None:
    with office.store.transaction(Author("", "x", ""), journalled=False) as tx:
        tx.change(tx.one(Operator, staff_no=staff_no), **(values or {"state": "left"}))


def test_what_somebody_left_behind_is_another_s_draft_again(office: Desk) -> None:
    open_, decided = office.submitted(price(1500)), office.approved(price(9, "P2"), effective_from=LATER)
    with pytest.raises(NotAllowed, match=f"{MAKER} still works here"):
        office.act(CHECKER, drafts.take_over, open_)
    leaves(office, MAKER)
    with pytest.raises(NotAllowed, match="M6"):
        office.act("2001", drafts.take_over, open_)
    taken = office.act(CHECKER, drafts.take_over, open_)
    assert (taken.state, taken.author, taken.content_hash, taken.submitted_at) == ("draft", CHECKER, "", "")
    with pytest.raises(NotAllowed, match="not edited any more"):
        office.act(CHECKER, drafts.take_over, decided)
    assert office.edition(decided).author == MAKER


def test_the_place_of_a_new_line_is_the_next_also_where_one_was_taken_out(office: Desk) -> None:
    made = office.drafted(price(1500), price(9, "P2"))
    office.act(MAKER, drafts.drop_line, made, 1)
    new = office.act(MAKER, drafts.put_lines, made, [new_price("P9"), new_price("P8"), new_price("P9")], RULES)
    assert [line.position for line in new] == [2, 3, 2]
    again = office.act(MAKER, drafts.put_line, made, end("price_rule", "P2"), RULES)
    assert (again.position, again.dropped, again.after) == (1, 0, "{}")
    assert [line.before for line in new] == ["{}"] * 3


@pytest.mark.parametrize(
    ("others", "line", "met"),
    [
        (["draft"], price(1400), 0),
        (["draft", "submitted"], price(1400), 1),  # whatever comes before it
        (["approved", "submitted"], price(1400), 2),
        (["submitted"], price(1000, percent=90), 0),
        (["submitted"], end("price_rule", "P1"), 1),
    ],
)
def test_each_that_says_something_else_of_a_row_from_the_same_date_is_named(
    office: Desk, others: list[str], line: RowEdit, met: int
) -> None:
    made = office.drafted(line, by=THIRD, effective_from=LATER)
    for state, fen in zip(others, (1500, 1600), strict=False):
        other = office.drafted(price(fen), effective_from=LATER)
        with office.at_work(MAKER) as at:
            at.tx.change(at.tx.one(Edition, id=other), state=state, counts_from=LATER if state == "approved" else "")
    telling = RULES.telling
    for states, several in ((("submitted", "approved"), met), (("in_force",), 0)):
        with office.at_work(THIRD) as at:
            edition = at.tx.one(Edition, id=made)
            if not several:
                lifecycle._must_not_clash(at.tx, edition, states, telling)
                continue
            with pytest.raises(Unsound) as refused:
                lifecycle._must_not_clash(at.tx, edition, states, telling)
            column = "amount" if line.op == "change" else ""
            assert [(fault.position, fault.column) for fault in refused.value.faults] == [(0, column)] * several
            assert [": -." in str(fault.message) for fault in refused.value.faults] == [not column] * several


def test_an_emergency_waits_for_the_review_of_one_s_own_last_in_the_same_business(office: Desk) -> None:
    office.approved(*(RowEdit("role_right", ("manager", right), "add", {}) for right in ("M4.emergency",)))

    def at_once(by: str, line: RowEdit, business: str = "M6") -> str:
        made = office.drafted(line, by=by, business=business)
        return office.act(by, lifecycle.let_count_at_once, made, RULES, business=business).state

    plan = RowEdit("product", ("PLAN",), "change", {"name_zh": "另"})
    assert at_once(CHECKER, price(901)) == "in_force"
    assert at_once(MAKER, price(900)) == "in_force"
    office.open_day(TOMORROW)
    office.open_day(LATER)
    assert at_once(THIRD, price(902)) == "in_force", "those are others'"
    with pytest.raises(NotAllowed, match="review"):
        at_once(MAKER, price(903))
    assert at_once(MAKER, plan, "M4") == "in_force", "that is another business's"


def test_only_a_draft_is_submitted_and_only_what_counted_at_once_is_reviewed(office: Desk) -> None:
    made = office.submitted(price(1500))
    with pytest.raises(NotAllowed, match="Only a draft"):
        office.act(MAKER, lifecycle.submit, made, RULES)
    with pytest.raises(NotAllowed, match="counted at once"):
        office.act(CHECKER, lifecycle.review, made, "fine")
    with pytest.raises(NotAllowed, match=f"Only {MAKER} takes this back"):
        office.act(CHECKER, lifecycle.withdraw, made, "x", RULES)
    done = office.act(CHECKER, lifecycle.approve, made, RULES)
    assert done.in_force_at
    with pytest.raises(NotAllowed, match="in force: roll it back"):
        office.act(MAKER, lifecycle.withdraw, made, "x", RULES)
    other = office.drafted(price(1))
    office.act(MAKER, lifecycle.withdraw, other, " no ", RULES)
    assert (office.edition(other).state, office.edition(other).decision) == ("withdrawn", "no")
    with pytest.raises(NotAllowed, match="ended already"):
        office.act(MAKER, lifecycle.withdraw, other, "x", RULES)


def test_what_is_asked_of_a_business_of_it_forbids_it(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What only a supervisor's word is wanted for refuses nothing: another person decides anyway."""
    said = [("override", "ask"), ("no", "first"), ("warn", "look"), ("no", "second")]

    def asking(*verdicts: str) -> Any:
        reasons = [SimpleNamespace(verdict=each, message=say(told)) for each, told in said if each in verdicts]
        return lambda _: SimpleNamespace(ask=lambda _: SimpleNamespace(reasons=reasons))

    made = office.drafted(price(1500))
    monkeypatch.setattr(lifecycle, "Eligibility", asking("override", "warn", "no"))
    with pytest.raises(NotAllowed) as refused:
        office.act(MAKER, lifecycle.submit, made, RULES)
    assert (str(refused.value), [str(each) for each in refused.value.reasons]) == ("first", ["first", "second"])
    monkeypatch.setattr(lifecycle, "Eligibility", asking("override", "warn"))
    assert office.act(MAKER, lifecycle.submit, made, RULES).state == "submitted"


def test_no_act_is_noted_that_has_no_word(office: Desk) -> None:
    with pytest.raises(KeyError, match="such"), office.at_work(MAKER) as at:
        noting.note(at, "no.such")


# ahead


def looked(office: Desk, made: str, rules: Rules) -> ahead.Ahead:
    with office.at_work(MAKER) as at:
        return ahead.ahead(at.tx, at.tx.one(Edition, id=made), TODAY, rules)


def test_what_is_ahead_of_a_draft_is_told_before_it_is_submitted(office: Desk) -> None:
    rules = house.rules(RULES.publish)
    assert looked(office, office.drafted(price(1500)), rules) == ahead.Ahead()
    cut = looked(office, office.drafted(price(100)), rules)
    assert (cut.faults, "two people" in str(cut.needs_two)) == ((), True)
    wrong = looked(office, office.drafted(price(100), end("price_rule", "P8")), rules)
    assert ([fault.position for fault in wrong.faults], wrong.needs_two) == ([1], None)
    for day, over in (("2026-11-22", True), (TODAY, False), (TOMORROW, False)):
        made = office.drafted(price(100))
        with office.at_work(MAKER) as at:
            at.tx.change(at.tx.one(Edition, id=made), effective_from=day)
        told = looked(office, made, rules)
        assert ["is over" in str(fault.message) for fault in told.faults] == [True] * over
        assert (told.needs_two is None) is over


def test_what_its_businesses_say_of_it_refuses_nothing(office: Desk) -> None:
    def dear(at: Rehearsal) -> Iterator[Fault]:
        for position, line in at.lines.items():
            yield Fault(position, "amount", say("{day} {fen}", day=at.day, fen=line.values["amount"]))

    rules = Rules(RULES.publish, {"M6": EditionSubject("M6", warns=(dear,))})
    for day in ("", LATER):
        made = office.drafted(price(1500), effective_from=day)
        with office.store.reading() as reading:
            told = list(ahead.warnings(reading, reading.one(Edition, id=made), TODAY, rules))
        assert [str(fault.message) for fault in told] == [f"{day or TODAY} 1500"]
    assert office.act(MAKER, lifecycle.submit, made, rules).state == "submitted"


# come due


def test_what_the_database_refuses_on_its_date_fails_and_waits_no_more(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "faults", lambda _: [])
    monkeypatch.setattr(lifecycle, "rehearse", lambda *_, **__: [])
    made = office.approved(price(1500, state="gone"), effective_from=TOMORROW)
    (done,) = office.open_day(TOMORROW)
    assert (done.id, done.state) == (made, "failed")
    assert "does not fit" in str(lifecycle.faults_of(done)[0])
    assert office.price() == 1000
    assert [row.state for row in rows(office, WaitingItem)] == ["applied"]
    assert [row.what for row in rows(office, Publication, edition=made)] == ["lines", "taken_back"]


def rows(office: Desk, model: Any, **where: Any) -> list[Any]:
    with office.store.reading() as reading:
        return reading.all(model, **where)
