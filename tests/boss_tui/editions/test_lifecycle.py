"""Editions at the office: what each act does, and each that is refused, with the last that is not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import pytest

from boss_tui.editions import columns, drafts, lifecycle, standing
from boss_tui.editions.due import come_due
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import EditionSubject, Fault, Rehearsal, Rules, Unsound
from boss_tui.verify import verify
from data.errors import NotAllowed
from data.message import say
from data.store import UnitOfWork
from data.tables.act import Act
from data.tables.base import Table
from data.tables.edition import Edition, EditionLine, Publication, PublishedLine
from data.tables.organisation import Alarm
from data.tables.sync import FeedItem, JournalEntry
from data.tables.tariff import PriceRule
from tests.boss_tui.editions.office import (
    CHECKER,
    CLERK,
    LAST,
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


def sound(office: Desk) -> None:
    """Nothing is wrong with the store."""
    with office.store.reading() as reading:
        assert verify(reading) == []


# what each act does


def test_a_change_counts_at_once_when_another_person_has_approved_it(office: Desk) -> None:
    made = office.submitted(price(1500))
    assert office.price() == 1000
    done = office.act(CHECKER, lifecycle.approve, made, RULES)
    assert (done.state, done.counts_from, done.at_once, done.decided_by) == ("in_force", TODAY, 1, CHECKER)
    assert office.price() == 1500
    sound(office)


def test_a_dated_one_stays_apart_from_the_rows_until_its_day(office: Desk) -> None:
    made = office.approved(price(1500), effective_from=LATER)
    assert office.edition(made).state == "approved"
    assert office.price() == 1000
    assert office.open_day(TOMORROW) == []
    assert office.price() == 1000
    assert [each.id for each in office.open_day(LATER)] == [made]
    assert office.price() == 1500
    assert office.edition(made).state == "in_force"
    sound(office)


def test_what_is_due_counts_though_its_day_was_never_opened(office: Desk) -> None:
    office.approved(price(1500), effective_from=TOMORROW)
    office.open_day(LATER)
    assert office.price() == 1500


def test_two_dated_changes_of_one_field_count_in_the_order_of_their_dates(office: Desk) -> None:
    office.approved(price(3000), effective_from=LAST)
    office.approved(price(2000), effective_from=LATER, by=CHECKER)
    office.open_day(LATER)
    assert office.price() == 2000
    office.open_day(LAST)
    assert office.price() == 3000


@pytest.mark.both_engines
def test_rows_are_added_and_ended(office: Desk) -> None:
    office.approved(new_price("P9", amount=5), end("price_rule", "P2"))
    assert (office.price("P9"), office.price("P2")) == (5, None)
    sound(office)


def test_each_act_is_an_entry_of_the_journal_under_its_serial_by_who_did_it(office: Desk) -> None:
    made = office.approved(price(1500))
    with office.store.reading() as reading:
        told = reading.all(Act, edition=made, order=("serial",))
        assert [(act.act, act.operator, act.business) for act in told] == [
            ("edition.new", MAKER, "M6"),
            ("edition.submit", MAKER, "M6"),
            ("edition.approve", CHECKER, "M6"),
        ]
        cells = {cell for cell, _ in json.loads(told[-1].cells)}
        assert cells == {"M6-F1", "M6-F6", "M6-F7", "M6-F13", "M6-F14"}
        for act in told:
            entry = reading.one(JournalEntry, serial=act.serial)
            assert (entry.kind, entry.operator, entry.business_date) == (act.act, act.operator, TODAY)
        assert len({act.serial for act in told}) == 3


def test_an_edit_of_what_was_submitted_takes_it_back_into_the_draft(office: Desk) -> None:
    made = office.submitted(price(1500))
    office.act(MAKER, drafts.put_line, made, price(1600), RULES)
    assert (office.edition(made).state, office.edition(made).content_hash) == ("draft", "")
    with pytest.raises(NotAllowed):
        office.act(CHECKER, lifecycle.approve, made, RULES)


def test_a_line_that_was_dropped_does_nothing(office: Desk) -> None:
    made = office.drafted(price(1500), price(1, "P2"))
    office.act(MAKER, drafts.drop_line, made, 1)
    office.act(MAKER, lifecycle.submit, made, RULES)
    office.act(CHECKER, lifecycle.approve, made, RULES)
    assert (office.price(), office.price("P2")) == (1500, 2000)


def test_what_was_rejected_is_edited_and_submitted_again(office: Desk) -> None:
    made = office.submitted(price(1500))
    done = office.act(CHECKER, lifecycle.reject, made, "too dear")
    assert (done.state, done.decision, done.decided_by) == ("rejected", "too dear", CHECKER)
    office.act(MAKER, drafts.put_line, made, price(1200), RULES)
    office.act(MAKER, lifecycle.submit, made, RULES)
    office.act(CHECKER, lifecycle.approve, made, RULES)
    assert office.price() == 1200


# two at once


def test_the_second_on_a_row_sees_the_first(office: Desk) -> None:
    first = office.submitted(price(1500), effective_from=LATER)
    second = office.drafted(price(1400, percent=90), by=CHECKER)
    with office.store.reading() as reading:
        met = standing.meetings(reading, office.edition(second))
        marked = standing.on_row(reading, "price_rule", ("P1",))
    assert [(each.edition.id, each.edition.author, each.columns) for each in met] == [(first, MAKER, ("amount",))]
    assert [each.edition.id for each in marked] == [first, second]


def test_one_field_and_date_is_changed_by_one_edition(office: Desk) -> None:
    office.submitted(price(1500), effective_from=LATER)
    for date, line, passes in (
        (LATER, price(1400), False),
        (LATER, price(1000, percent=90), True),
        (TOMORROW, price(1400), True),
        (LATER, price(2100, "P2"), True),
        (LATER, end("price_rule", "P1"), False),
    ):
        made = office.drafted(line, by=CHECKER, effective_from=date)
        if passes:
            office.act(CHECKER, lifecycle.submit, made, RULES)
            office.act(CHECKER, lifecycle.withdraw, made, "", RULES)
        else:
            with pytest.raises(Unsound) as refused:
                office.act(CHECKER, lifecycle.submit, made, RULES)
            assert MAKER in str(refused.value)


def test_a_field_that_another_edition_moved_makes_it_stale_and_another_field_does_not(office: Desk) -> None:
    same, other = office.submitted(price(1500)), office.drafted(price(1000, percent=90), by=THIRD)
    office.act(THIRD, lifecycle.submit, other, RULES)
    urgent = office.drafted(price(1400), by=CHECKER)
    office.act(CHECKER, lifecycle.let_count_at_once, urgent, RULES)
    assert office.act(CHECKER, lifecycle.approve, other, RULES).state == "in_force"
    done = office.act(CHECKER, lifecycle.approve, same, RULES)
    assert done.state == "stale"
    told = str(lifecycle.faults_of(done)[0])
    assert all(word in told for word in ("price rule P1", "amount", "1000", "1400", CHECKER))
    assert office.price() == 1400


def test_what_moved_is_listed_mine_and_theirs_and_taken_in_field_by_field(office: Desk) -> None:
    made = office.submitted(price(1500, percent=80))
    office.act(CHECKER, lifecycle.let_count_at_once, office.drafted(price(1400, percent=90), by=CHECKER), RULES)
    assert office.act(CHECKER, lifecycle.approve, made, RULES).state == "stale"
    with office.store.reading() as reading:
        found = standing.moved(reading, office.edition(made), TODAY)
    assert [(each.column, each.before, each.mine, each.theirs) for each in found] == [
        ("amount", 1000, 1500, 1400),
        ("percent", 100, 80, 90),
    ]
    assert all(each.by and each.by.author == CHECKER for each in found)
    office.act(MAKER, drafts.rebase, made, [(0, "percent")])
    line = office.row(EditionLine, edition=made, position=0)
    assert (json.loads(line.before), json.loads(line.after)) == ({"amount": 1400}, {"amount": 1500})
    office.act(MAKER, lifecycle.submit, made, RULES)
    office.act(CHECKER, lifecycle.approve, made, RULES)
    assert office.price() == 1500


def test_a_row_that_another_one_ended_or_added_meanwhile(office: Desk) -> None:
    ended, added, both = (
        office.submitted(price(2500, "P2")),
        office.drafted(new_price("P9", amount=7)),
        office.drafted(end("price_rule", "P2")),
    )
    urgent = office.drafted(end("price_rule", "P2"), new_price("P9", amount=5), by=CHECKER)
    office.act(CHECKER, lifecycle.let_count_at_once, urgent, RULES)
    assert office.act(CHECKER, lifecycle.approve, ended, RULES).state == "stale"
    for made in (added, both):
        with pytest.raises(Unsound):
            office.act(MAKER, lifecycle.submit, made, RULES)
        office.act(MAKER, drafts.rebase, made)
    line = office.row(EditionLine, edition=added, position=0)
    assert (line.op, json.loads(line.after)) == ("change", {"amount": 7})
    assert office.row(EditionLine, edition=both, position=0).dropped == 1
    office.act(MAKER, lifecycle.submit, added, RULES)


# taken back


@pytest.mark.both_engines
def test_an_author_withdraws_before_it_counts_and_what_was_published_is_taken_back(office: Desk) -> None:
    made = office.approved(price(1500), new_price("P9"), end("price_rule", "P2"), effective_from=LATER)
    office.act(MAKER, lifecycle.withdraw, made, "wrong", RULES)
    assert office.edition(made).state == "withdrawn"
    with office.store.reading() as reading:
        published = reading.all(Publication, edition=made, order=("number",))
    assert [each.what for each in published] == ["lines", "taken_back"]
    assert office.open_day(LATER) == []
    assert (office.price(), office.price("P2"), office.price("P9")) == (1000, 2000, None)
    sound(office)


def test_one_who_may_check_takes_an_approved_one_back_and_nobody_one_that_counts(office: Desk) -> None:
    made = office.approved(price(1500), effective_from=LATER)
    with pytest.raises(NotAllowed, match=r"M6\.check"):
        office.act(CLERK, lifecycle.withdraw, made, "wrong", RULES)
    with pytest.raises(NotAllowed) as refused:
        office.act(CHECKER, lifecycle.withdraw, made, "", RULES)
    assert refused.value.field == "why"
    office.act(CHECKER, lifecycle.withdraw, made, "wrong", RULES)
    for ended in (made, office.approved(price(1500))):
        with pytest.raises(NotAllowed):
            office.act(MAKER, lifecycle.withdraw, ended, "wrong", RULES)


def test_what_others_rest_on_is_not_withdrawn(office: Desk) -> None:
    made = office.approved(new_price("P9"), effective_from=TOMORROW)
    office.approved(price(5, "P9"), effective_from=LATER)
    with pytest.raises(Unsound, match=LATER):
        office.act(MAKER, lifecycle.withdraw, made, "wrong", RULES)


# an emergency


def test_an_emergency_counts_at_once_and_is_reviewed_by_another_afterwards(office: Desk) -> None:
    made = office.drafted(price(900))
    done = office.act(MAKER, lifecycle.let_count_at_once, made, RULES)
    assert (done.state, done.emergency, done.review_by, office.price()) == ("in_force", 1, TOMORROW, 900)
    with office.store.reading() as reading:
        assert [each.id for each in standing.open_reviews(reading)] == [made]
    with pytest.raises(NotAllowed, match="another person"):
        office.act(MAKER, lifecycle.review, made, "fine")
    with pytest.raises(NotAllowed) as refused:
        office.act(CHECKER, lifecycle.review, made, " ")
    assert refused.value.field == "words"
    done = office.act(CHECKER, lifecycle.review, made, "fine")
    assert (done.reviewed_by, done.review) == (CHECKER, "fine")
    with office.store.reading() as reading:
        assert standing.open_reviews(reading) == []
    with pytest.raises(NotAllowed):
        office.act(CHECKER, lifecycle.review, made, "again")
    with pytest.raises(NotAllowed):
        office.act(CHECKER, lifecycle.review, office.approved(price(1, "P2")), "none")
    sound(office)


def test_an_emergency_has_no_date_and_says_why(office: Desk) -> None:
    for said, field in (({"effective_from": LATER}, "effective_from"), ({"reason": ""}, "reason")):
        with pytest.raises(NotAllowed) as refused:
            office.act(MAKER, lifecycle.let_count_at_once, office.drafted(price(1), **said), RULES)
        assert refused.value.field == field


# on its date


@pytest.mark.both_engines
def test_one_that_cannot_be_any_more_fails_on_its_date_and_holds_nothing_else_up(office: Desk) -> None:
    def refused(at: Rehearsal):  # type: ignore[no-untyped-def]
        if any(line.values.get("amount") == 1500 for line in at.lines.values()):
            yield Fault(0, "amount", say("No more."))

    bad = office.approved(price(1500), new_price("P9"), effective_from=LATER)
    good = office.approved(price(2500, "P2"), effective_from=LATER)
    import tests.boss_tui.editions.office as stage

    before, stage.RULES = stage.RULES, Rules(RULES.publish, {"M6": EditionSubject("M6", checks=(refused,))})
    try:
        done = office.open_day(LATER)
    finally:
        stage.RULES = before
    assert [(each.id, each.state) for each in done] == [(bad, "failed"), (good, "in_force")]
    assert (office.price(), office.price("P9"), office.price("P2")) == (1000, None, 2500)
    assert [str(each) for each in lifecycle.faults_of(office.edition(bad))] == ["No more."]
    assert office.row(Alarm, kind="edition").state == "open"
    sound(office)


def test_what_waits_for_somebody_is_what_others_submitted(office: Desk) -> None:
    made = office.submitted(price(1500))
    with office.store.reading() as reading:
        for who, may, found in ((CHECKER, True, [made]), (CHECKER, False, []), (MAKER, True, [])):
            assert [each.id for each in standing.waiting_for(reading, who, {"M6": may})] == found


@pytest.mark.both_engines
def test_what_only_the_database_refuses_is_said_of_its_line(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "faults", lambda _: [])
    made = office.drafted(price(1), price(2, "P2", state="gone"), new_price("P9"))
    with pytest.raises(Unsound) as refused:
        office.act(MAKER, lifecycle.submit, made, RULES)
    assert refused.value.field == "1"
    office.act(MAKER, drafts.put_line, made, price(2, "P2"), RULES)
    office.act(MAKER, lifecycle.submit, made, RULES)


def test_what_is_changed_after_another_was_withdrawn_stays_on_the_date_of_that(office: Desk) -> None:
    made = office.approved(price(1100), effective_from=LATER)
    office.act(MAKER, lifecycle.withdraw, made, "wrong", RULES)
    office.approved(price(1200), effective_from=TOMORROW)
    again = office.approved(price(1300), effective_from=LATER)
    office.act(MAKER, lifecycle.withdraw, again, "wrong", RULES)
    for day in (TOMORROW, LATER, LAST):
        office.open_day(day)
        assert office.price() == 1200
    sound(office)


def test_one_before_another_that_was_withdrawn_is_withdrawn_too(office: Desk) -> None:
    later = office.approved(price(1100), effective_from=LATER)
    sooner = office.approved(price(1200), effective_from=TOMORROW, by=CHECKER)
    office.act(MAKER, lifecycle.withdraw, later, "wrong", RULES)
    office.act(CHECKER, lifecycle.withdraw, sooner, "wrong", RULES)
    office.open_day(LATER)
    assert office.price() == 1000
    sound(office)


@pytest.mark.parametrize("breaks", ["approve", "withdraw", "emergency", "open_day"])
def test_an_act_that_is_broken_off_in_the_middle_leaves_nothing(office: Desk, breaks: str) -> None:
    class Torn(Exception):
        pass

    def torn(tx: UnitOfWork, edition: Edition, lines: Sequence[RowEdit]) -> Iterable[int]:
        list(RULES.publish(tx, edition, lines))
        raise Torn

    def refuse(at: Rehearsal) -> Iterable[Fault]:
        yield Fault(0, "", say("No more."))

    made = office.drafted(price(1500), new_price("P9"), effective_from="" if breaks == "emergency" else TOMORROW)
    if breaks != "emergency":
        office.act(MAKER, lifecycle.submit, made, RULES)
    if breaks in ("withdraw", "open_day"):
        office.act(CHECKER, lifecycle.approve, made, RULES)
    before = all_of(office)
    rules = Rules(torn, {"M6": EditionSubject("M6", checks=(refuse,))} if breaks == "open_day" else {})
    by, act = {
        "approve": (CHECKER, lambda at: lifecycle.approve(at, made, rules)),
        "withdraw": (MAKER, lambda at: lifecycle.withdraw(at, made, "wrong", rules)),
        "emergency": (MAKER, lambda at: lifecycle.let_count_at_once(at, made, rules)),
        "open_day": (MAKER, lambda at: come_due(at.tx, TOMORROW, rules)),
    }[breaks]
    with pytest.raises(Torn):
        office.act(by, act)
    assert all_of(office) == before
    sound(office)


def all_of(office: Desk) -> list[object]:
    """Everything that an act on an edition may write."""
    models: list[tuple[type[Table], str]] = [
        (Edition, "id"),
        (EditionLine, "position"),
        (Publication, "number"),
        (PublishedLine, "number"),
        (FeedItem, "number"),
        (PriceRule, "id"),
        (Act, "id"),
        (JournalEntry, "seq"),
        (Alarm, "id"),
    ]
    with office.store.reading() as reading:
        return [reading.all(model, order=(key,)) for model, key in models]
