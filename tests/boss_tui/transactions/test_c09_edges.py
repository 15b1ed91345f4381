"""What a closing (C9) does at each of its steps: looked at, settled, barred, undone, ended for good, taken back."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import Quote
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.billing.final_bills import Charged
from boss_tui.components.tenders.dues import DuesPart
from boss_tui.transactions.c09 import close_account as c09_close_account
from boss_tui.transactions.c09.form import ClosingCase
from data.errors import NotAllowed
from data.message import Message
from data.tables.life import ScheduledAct, Suspension
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.deeds import doing, order
from tests.boss_tui.transactions.stand_in import amounts, line, priced, told

CLOSE: Any = BUSINESSES["C9"]
FIRST = date(2026, 12, 1)
BAR = row(Suspension, id="bar", order_id="closing", cause="closing", extent="all", starts_on="2026-11-20")
PART = DuesPart("bill", "2026-10", "A1", 500, 15)
FINAL = "processes.schedule('line', {day}, {{number: '13957000001', action: 'final'}})"
CANCELLED = [
    "processes.unschedule('line', 'C9', The order was cancelled.)",
    "processes.set_again('line', The number is being closed.)",
]


def bar(cause: str, extent: str = "outgoing") -> Any:
    return row(Suspension, id=cause, cause=cause, extent=extent)


def asked(action: str | None = "close", points: str | None = "spend") -> Any:
    return SimpleNamespace(action=action, points=points)


def with_closing(**values: Any) -> Any:
    one = line(state=values.pop("state", "active"))
    one.more = ClosingCase(values.pop("day", FIRST), **values)
    return one


# looking


@pytest.mark.parametrize(
    ("action", "state", "closing", "day", "wrong", "undoes"),
    [
        ("close", "active", None, "2026-12-01", "", False),
        (None, "active", None, None, "", None),
        ("close", "pendingTerminate", BAR, "2026-12-01", "being closed already", False),
        ("undo", "pendingTerminate", BAR, "2026-12-01", "", True),
        ("undo", "active", None, "2026-12-01", "nothing to undo", True),
        ("undo", "active", BAR, "2026-12-01", "nothing to undo", True),
        ("undo", "pendingTerminate", None, "2026-12-01", "nothing to undo", True),
        ("final", "pendingTerminate", BAR, "2026-12-01", "by itself", False),
    ],
)
def test_a_number_is_closed_or_its_closing_undone(
    monkeypatch: pytest.MonkeyPatch,
    action: str | None,
    state: str,
    closing: Any,
    day: str | None,
    wrong: str,
    undoes: bool | None,
) -> None:
    looked: list[str] = []
    monkeypatch.setattr(c09_close_account, "charge_and_refund", lambda _r, _l, _c, points: looked.append(points))
    monkeypatch.setattr(c09_close_account, "give_back_penalty", lambda *_: looked.append("back"))
    run, _ = doing(products={"cause": closing, "causes": []}, processes={"waiting": []})
    one = line(state=state)
    CLOSE.look(run, asked(action, None), one)
    assert looked == ([] if wrong or action is None else ["back"] if undoes else ["spend"])
    assert (run.facts.get("day"), run.facts.get("undoes")) == (day, undoes)
    assert list(run.errors) == (["action"] if wrong else [])
    assert wrong in "".join(told(run).values())
    assert one.more.bar is closing


@pytest.mark.parametrize(
    ("starts", "today", "day"),
    [
        ("2026-11-20", "2026-11-30", FIRST),
        ("2026-11-20", "2026-12-01", None),
        ("2026-11-20", "2026-12-02", None),
        ("2026-12-31", "2026-12-31", date(2027, 1, 1)),
    ],
)
def test_a_closing_is_undone_until_the_day_before_it_ends(starts: str, today: str, day: date | None) -> None:
    one = with_closing(state="pendingTerminate", bar=row(Suspension, starts_on=starts))
    run, _ = doing(about={"business_date": today})
    if day:
        assert c09_close_account._may_undo(run, one, one.more) == day
        return
    with pytest.raises(NotAllowed, match="2026-12-01"):
        c09_close_account._may_undo(run, one, one.more)


@pytest.mark.parametrize(
    ("causes", "waits", "wrong"),
    [
        ([], [], ""),
        ([bar("request"), bar("loss"), bar("arrears_all")], [], ""),
        ([bar("fraud")], [], "fraud"),
        ([bar("request"), bar("court")], [], "a court's order"),
        ([], [("S1", True)], ""),
        ([], [("S1", False)], "S1"),
        ([], [("S1", True), ("S2", False)], "S2"),
    ],
)
def test_what_keeps_a_number_from_being_closed(causes: list[Any], waits: list[tuple[str, bool]], wrong: str) -> None:
    acts = [row(ScheduledAct, order_id=serial, follows=follows) for serial, follows in waits]
    run, _ = doing(
        products={"causes": causes}, processes={"waiting": acts, "order": lambda key: SimpleNamespace(serial=key)}
    )
    if not wrong:
        c09_close_account._may_close(run, line(state="active"))
        return
    with pytest.raises(NotAllowed, match=wrong):
        c09_close_account._may_close(run, line(state="active"))


@pytest.mark.parametrize(("action", "shown", "notices"), [("close", True, 1), ("close", False, 0), ("undo", True, 0)])
def test_the_month_so_far_is_told_to_who_closes_and_may_know(action: str, shown: bool, notices: int) -> None:
    run, _ = doing(billing={"used_in": [], "unbilled": []})
    if shown:
        run.proven.add("document:owner")
    CLOSE.explain(run, asked(action), line())
    assert len(run.notices) == notices
    CLOSE.explain(run, asked(action), None)
    assert len(run.notices) == notices


@pytest.mark.parametrize(
    ("action", "lines", "quote"),
    [
        ("close", [priced("bill_payment", 5)], [("closing_fee", 9), ("bill_payment", 5)]),
        ("close", [], [("closing_fee", 9)]),
        ("undo", [], []),
        ("undo", [priced("deposit", 5)], [("closing_fee", 9), ("deposit", 5)]),
    ],
)
def test_a_closing_costs_its_fee_and_all_that_is_owed(action: str, lines: list[Any], quote: list[Any]) -> None:
    rules = Quote(lines=(priced("closing_fee", 9), priced("points_spent", 100)))
    run, _ = doing(tariff={"price": rules})
    assert amounts(CLOSE.price(run, asked(action), with_closing(lines=lines)).lines) == quote
    assert CLOSE.rest_line(run, None, 3) is None


# doing


@pytest.mark.parametrize(
    ("state", "freed"),
    [("active", ["accounts.let_go('line')"]), ("suspended", ["accounts.let_go('line')"]), ("pendingTerminate", [])],
)
def test_what_services_rested_on_is_free_when_a_closing_begins(state: str, freed: list[str]) -> None:
    run, done = doing()
    run.quote = Quote()
    CLOSE.take(run, with_closing(state=state), [])
    assert done == freed


@pytest.mark.parametrize(
    ("values", "final", "settled", "points"),
    [
        ({}, [], [], []),
        ({"parts": [PART]}, [], ["DuesPart('bill', '2026-10', 'A1', 500, 15)"], []),
        ({}, [PART], ["DuesPart('bill', '2026-10', 'A1', 500, 15)"], []),
        (
            {"spent": 3, "lapsed": 4},
            [],
            [],
            ["loyalty.award('owner', -3, 'spent')", "loyalty.award('owner', -4, 'lapsed')"],
        ),
        ({"spent": 3}, [], [], ["loyalty.award('owner', -3, 'spent')"]),
    ],
)
def test_a_closing_settles_bars_and_sets_its_day(
    values: dict[str, Any], final: list[Any], settled: list[str], points: list[str]
) -> None:
    run, done = doing(
        billing={"issue_final": final}, finance={"latest_posting": "posting"}, products={"causes": [bar("request")]}
    )
    one = with_closing(entries=[priced("monthly_fee", 7)], **values)
    CLOSE.act(run, asked("close"), one)
    assert done == [
        "finance.bill([monthly_fee 7])",
        *(f"billing.settle([{part}], 'posting')" for part in settled),
        *points,
        "products.suspend(line, 'closing', extent='all', starts=2026-11-23, ends=None, reason='')",
        "network.bar(line, 'outgoing', 'all')",
        "processes.unschedule('line', 'C10', The number is being closed.)",
        FINAL.format(day="2026-12-01"),
        "behaviour.watch('owner')",
    ]


@pytest.mark.parametrize("closing", [BAR, None])
@pytest.mark.parametrize(("causes", "left"), [([], ""), ([bar("request")], "outgoing"), ([bar("loss", "all")], "all")])
def test_an_undone_closing_lifts_what_no_other_cause_bars(closing: Any, causes: list[Any], left: str) -> None:
    run, done = doing(products={"cause": closing, "causes": causes}, network={"ordered": True})
    CLOSE.act(run, asked("undo"), with_closing(bar=closing))
    back = ["loyalty.reverse('closing', 'lapsed')", "accounts.hold_again('closing')"]
    assert done == [
        *(back if closing else []),
        "processes.unschedule('line', 'C9', The closing was undone.)",
        CANCELLED[1],
        *(["products.lift(bar)"] if closing else []),
        f"network.bar(line, 'all', '{left}')",
        "behaviour.watch('owner')",
    ]


# its papers


@pytest.mark.parametrize(
    ("action", "used", "about"),
    [
        (
            "close",
            [Message("2 calls")],
            [
                ("Account", "A1"),
                ("Closed on", "2026-12-01"),
                ("Used this month", "2 calls"),
                ("In the final bill: monthly_fee", "0.09"),
            ],
        ),
        ("close", [], [("Account", "A1"), ("Closed on", "2026-12-01"), ("In the final bill: monthly_fee", "0.09")]),
        (
            "undo",
            [Message("2 calls")],
            [("Account", "A1"), ("Would have closed", "2026-12-01"), ("In the final bill: monthly_fee", "0.09")],
        ),
    ],
)
def test_a_slip_has_the_day_and_what_the_final_bill_is_made_of(
    monkeypatch: pytest.MonkeyPatch, action: str, used: list[Message], about: list[tuple[str, str]]
) -> None:
    monkeypatch.setattr("boss_tui.transactions.this_month.used", lambda *_: tuple(used))
    final = [Charged("monthly_fee", "P88", "", 5), Charged("monthly_fee", "DATA", "", 4), Charged("voice", "", "", 0)]
    found = CLOSE.about(doing()[0], asked(action), with_closing(final=final))
    assert [(str(label), str(value)) for label, value in found] == about


@pytest.mark.parametrize(("action", "lapsed", "said"), [("close", 0, 3), ("close", 1, 4), ("undo", 1, 2)])
def test_who_closes_signs_for_the_day_and_what_lapses(action: str, lapsed: int, said: int) -> None:
    advice = [str(text) for text in CLOSE.advice(doing()[0], asked(action), with_closing(lapsed=lapsed))]
    assert len(advice) == said
    assert ("1 point lapses." in advice) is (said == 4)
    assert ("2026-12-01" in advice[0]) is (action == "close")


@pytest.mark.parametrize(
    ("action", "closing", "order_id"), [("undo", BAR, "closing"), ("close", BAR, ""), ("undo", None, "")]
)
def test_an_undone_closing_corrects_it(action: str, closing: Any, order_id: str) -> None:
    assert CLOSE.corrects(doing()[0], asked(action), with_closing(bar=closing)) == order_id


def test_what_a_caller_is_told() -> None:
    final = [Charged("a", "", "", 100), Charged("b", "", "", 23)]
    assert CLOSE.facts(doing()[0], asked(), with_closing(final=final)) == {
        "number": "13957000001",
        "customer": "",
        "action": "close",
        "closes_on": "2026-12-01",
        "final_bill": "1.23",
    }
    assert [str(CLOSE.titled({"action": action})) for action in ("close", "undo", "final", "")] == [
        "Closing begun",
        "Closing undone",
        "Closed for good",
        "Closing begun",
    ]


# the day of closing


def test_on_its_day_the_network_forgets_who_is_still_being_closed() -> None:
    one = line(state="pendingTerminate").subscription
    run, done = doing(products={"owned": one, "cause": BAR, "on": ("P88",)})
    assert CLOSE.due(run, order({})) is True
    assert done == ["network.delete(line, ['P88'])"]
    run, done = doing(products={"owned": one, "cause": None})
    with pytest.raises(NotAllowed, match="can't be done now"):
        CLOSE.due(run, order({}))
    assert done == []


ENDED = [
    "billing.end('line', '{day}')",
    "products.terminate(line, '{day}')",
    "partners.end_all('line')",
    "processes.unschedule('line', '', The number was closed.)",
    "resources.quarantine('13957000001', fraud=False)",
    "resources.void('', 'closed')",
    "accounts.close_if_done('account')",
]


@pytest.mark.parametrize(
    ("action", "closing", "causes", "deeds", "figure"),
    [
        ("final", BAR, [], [deed.format(day="2026-11-30") for deed in ENDED], "closed"),
        (
            "final",
            row(Suspension, starts_on="2026-12-31"),
            [],
            [deed.format(day="2026-12-31") for deed in ENDED],
            "closed",
        ),
        ("final", None, [], [deed.format(day="2026-11-30") for deed in ENDED], "closed"),
        (
            "final",
            None,
            [bar("loss"), bar("fraud", "all")],
            [deed.format(day="2026-11-30").replace("False", "True") for deed in ENDED],
            "closed",
        ),
        ("undo", None, [], ["products.change_subscription(line, state='active')"], "reopened"),
        ("undo", None, [bar("loss")], ["products.change_subscription(line, state='suspended')"], "reopened"),
        (
            "close",
            BAR,
            [],
            ["products.change_subscription(line, state='pendingTerminate')", "service.call_back('owner', 3, 'C9')"],
            "closing",
        ),
    ],
)
def test_what_is_done_once_the_network_has_it(
    action: str, closing: Any, causes: list[Any], deeds: list[str], figure: str
) -> None:
    run, done = doing(products={"owned": line().subscription, "cause": closing, "causes": causes})
    CLOSE.finish(run, order({"action": action}, amount=77))
    assert done == [*deeds, "network.done()", f"statistics.count('{figure}', 77)"]


# taking back


TAKEN = [
    "billing.settle([DuesPart('bill', '2026-10', 'A1', -500, -15)], 'posting')",
    "finance.bill([monthly_fee -7])",
    "loyalty.reverse('order')",
    *CANCELLED,
]


def taking(causes: list[Any], *, paid: bool = True, ordered: bool = True, **products: Any) -> Any:
    opposite = ([Charged("monthly_fee", "P88", "", -7)], [-1])
    return doing(
        products={"owned": line().subscription, "causes": causes, "cause": BAR, **products},
        billing={"paid_by": [PART] if paid else [], "void_final": opposite},
        finance={"latest_posting": "posting"},
        network={"ordered": ordered},
    )


@pytest.mark.parametrize("paid", [True, False])
def test_a_closing_that_the_network_has_not_is_called_off(paid: bool) -> None:
    run, done = taking([], paid=paid)
    CLOSE.cancel(run, order({"action": "close"}))
    assert done == [*TAKEN[0 if paid else 1 :], "products.cancel_suspension('order')"]


@pytest.mark.parametrize(
    ("found", "day"),
    [(BAR, "2026-12-01"), (row(Suspension, starts_on="2026-10-31"), "2026-11-01"), (None, "2026-12-01")],
)
def test_an_undoing_that_is_called_off_closes_on_its_day(found: Any, day: str) -> None:
    run, done = taking([], cancel_suspension=found)
    CLOSE.cancel(run, order({"action": "undo"}))
    assert done == ["loyalty.reverse('order')", FINAL.format(day=day)]


def test_the_end_itself_is_not_called_off_and_only_a_closing_taken_back() -> None:
    run, done = taking([])
    with pytest.raises(NotAllowed, match="day of closing has come"):
        CLOSE.cancel(run, order({"action": "final"}))
    for action in ("undo", "final"):
        with pytest.raises(NotAllowed, match="Only the closing itself"):
            CLOSE.reverse(run, order({"action": action}))
    assert done == []


@pytest.mark.parametrize(("causes", "left", "state"), [([], "", "active"), ([bar("loss", "all")], "all", "suspended")])
@pytest.mark.parametrize("ordered", [True, False])
def test_a_closing_is_taken_back_whole(causes: list[Any], left: str, state: str, ordered: bool) -> None:
    run, done = taking(causes, ordered=ordered)
    assert CLOSE.reverse(run, order({"action": "close"})) is ordered
    again = [f"products.change_subscription(line, state='{state}')"]
    assert done == [*TAKEN, "products.lift(bar)", f"network.bar(line, 'all', '{left}')", *([] if ordered else again)]
    run, done = taking(causes)
    CLOSE.finish_reversal(run, order({}))
    assert done == [*again, "network.done()"]
