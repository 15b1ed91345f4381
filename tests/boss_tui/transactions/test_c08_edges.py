"""What a change of plan (C8) does at each of its steps, and what is told before: fees by days, services, contracts."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import Quote, Reason
from boss_tui.business.process import Run
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.network_elements import SERVICE
from boss_tui.components.products.products import Basket, PlanMove
from boss_tui.transactions import contracts
from boss_tui.transactions.c08 import change_plan as c08_change_plan
from boss_tui.transactions.c08.change_plan import PlanCase
from boss_tui.transactions.c08.compare import Comparison, Offer
from data.errors import NotAllowed
from data.message import Message
from data.tables.life import Agreement
from data.tables.product import Product
from data.tables.stock import HandsetBundle
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.deeds import doing, order
from tests.boss_tui.transactions.stand_in import amounts, line, priced, told

PLAN: Any = BUSINESSES["C8"]
TODAY, FIRST = date(2026, 11, 23), date(2026, 12, 1)
FEES = {"P88": 8_800, "P128": 12_800, "DATA": 1_000, "VMAIL": 500, "CLIP": 600}
TYPED = {"number": "13957000001", "plan": "P128", "starts": "now"}


def product(code: str, act: str = "") -> Any:
    return row(Product, code=code, kind="plan", name_zh=code, name_en=code, network_act=act, rank=1)


def moved(
    plan: str = "P128", ends: tuple[str, ...] = ("P88", "CLIP"), begins: tuple[str, ...] = ("P128", "DATA")
) -> Any:
    return PlanMove(Basket(product(plan), (product("DATA"),), (product("VMAIL"),)), ends, begins)


def monthly(codes: Any, _category: str) -> list[Any]:
    return [priced("monthly_fee", FEES[code], monthly=True, resource=code) for code in codes]


def asking(products: dict[str, Any] | None = None, **more: Any) -> tuple[Run, list[str]]:
    """A step in which services of the switch are CLIP and DATA."""
    one = line()
    acts = {"CLIP": f"{SERVICE}clip", "DATA": "data"}
    answers = {
        "products": {
            "owned": one.subscription,
            "product": lambda code: product(code, acts.get(code, "")),
            "causes": [],
            "name": Message,
            "moved_to": lambda _line, plan, *_: moved(plan),
            "bound": None,
            "offered": [],
            "plan_before": lambda key: {"order": "P88", "taken": "P39"}[key],
            **(products or {}),
        },
        "customers": {"owner": one.customer},
        "accounts": {"of": one.account},
        "tariff": {"monthly": monthly, "price": Quote(lines=(priced("change_fee", 100),)), "rate": 0},
        "network": {"element_of": "HLR01", "ordered": True},
        "billing": {"used_in": [], "unbilled": [], "before": 70},
        "processes": {"waiting": []},
    }
    about = more.pop("about", None)
    for name, said in more.items():
        answers[name] = {**answers.get(name, {}), **said}
    return doing(about=about, **answers)


def with_change(**values: Any) -> Any:
    one = line(opened_on="2020-01-01")
    one.more = PlanCase(**values)
    return one


SET = [
    "network.order('set_supplementary', 'HLR01', msisdn='13957000001', service='clip', on='off')",
    "network.order('set_data', 'HLR01', msisdn='13957000001', data='on')",
]
MOVED = "PlanMove(Basket(P128, [DATA], [VMAIL]), ['P88', 'CLIP'], ['P128', 'DATA'])"
SWITCHED = [
    "resources.must_fit('', [P128, DATA, VMAIL])",
    f"products.move(line, {MOVED}, {{day}})",
    "billing.charge_from('line', [monthly_fee 12800, monthly_fee 1000, monthly_fee 500], "
    "{{'CLIP', 'DATA', 'P128', 'P88', 'VMAIL'}}, {day})",
]


# what is looked at


@pytest.mark.parametrize(
    ("plan", "starts", "day", "wrong"),
    [
        ("P128", "now", TODAY, ""),
        ("P128", "next", FIRST, ""),
        ("P128", "", FIRST, ""),
        (None, "now", None, ""),
        ("", "now", None, ""),
        ("P128", None, None, ""),
        ("P88", "now", None, "This is the plan in force."),
    ],
)
def test_a_plan_that_is_said_is_looked_at_with_its_first_day(
    plan: str | None, starts: str | None, day: date | None, wrong: str
) -> None:
    kinds: list[tuple[str, ...]] = []
    bound = row(Agreement, id="bound", kind="plan")

    def found(_line: str, *kind: str) -> Any:
        kinds.append(kind)
        return bound if kind == ("plan",) else None

    run, _ = asking({"bound": found})
    one = line(opened_on="2020-01-01")
    PLAN.look(run, SimpleNamespace(plan=plan, starts=starts, keep=False), one)
    change = one.more
    assert (change.day, change.moved is not None, change.bound is bound) == (day, day is not None, day is not None)
    assert told(run) == ({"plan": wrong} if wrong else {})
    assert kinds == ([("plan",), ("handset",)] if day else [])
    assert change.handset is None


def test_a_plan_that_does_not_fit_is_refused_beside_the_plan() -> None:
    def refused(*_: Any) -> Any:
        raise NotAllowed(Message("Not for you."), field="subscribe")

    run, _ = asking({"moved_to": refused})
    PLAN.look(run, SimpleNamespace(plan="P128", starts="now", keep=False), line())
    assert told(run) == {"plan": "Not for you."}


@pytest.mark.parametrize(("change", "marks"), [({}, ("plan",)), ({"moved": moved()}, ("plan", "service:A"))])
def test_an_order_touches_the_plan_and_what_hangs_together_with_its_services(
    change: dict[str, Any], marks: tuple[str, ...]
) -> None:
    asked: list[Any] = []

    def together(codes: Any) -> list[str]:
        asked.append(codes)
        return ["A"]

    run, _ = asking({"hang_together": together})
    assert PLAN.touches(run, None, with_change(**change)) == tuple(m.replace("service:", SERVICE) for m in marks)
    assert asked == ([("P88", "CLIP", "P128", "DATA")] if change else [])


# what it costs


YEAR = row(Agreement, kind="plan", value=36_500, penalty_percent=100, starts_on="2026-01-01", ends_on="2026-12-31")
OVER = row(Agreement, kind="plan", value=36_500, penalty_percent=100, starts_on="2025-01-01", ends_on="2025-12-31")
MONTHLY = [("monthly_fee", 12_800), ("monthly_fee", 1_000), ("monthly_fee", 500)]


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({}, []),
        ({"moved": moved()}, []),
        ({"day": TODAY}, []),
        ({"moved": moved(), "day": TODAY}, MONTHLY),
        ({"moved": moved(), "day": TODAY, "bound": YEAR}, [("plan_penalty", 3_900), *MONTHLY]),
        ({"moved": moved(), "day": FIRST, "bound": YEAR}, [("plan_penalty", 3_100), *MONTHLY]),
        ({"moved": moved(), "day": TODAY, "bound": OVER}, MONTHLY),
        ({"moved": moved(), "day": TODAY, "handset": YEAR}, [("plan_penalty", 3_900), *MONTHLY]),
    ],
)
def test_a_change_costs_its_fee_its_contracts_and_then_a_month(
    change: dict[str, Any], lines: list[tuple[str, int]]
) -> None:
    run, _ = asking()
    assert amounts(PLAN.price(run, None, with_change(**change)).lines) == [("change_fee", 100), *lines]


@pytest.mark.parametrize(("change", "plan"), [({}, "P88"), ({"moved": moved()}, "P128")])
def test_the_price_is_asked_for_the_plan_they_go_to(change: dict[str, Any], plan: str) -> None:
    asked = PLAN.asked(asking()[0], None, with_change(**change))
    assert (asked.products, asked.category) == ((plan,), "ordinary")


def test_what_is_signed_for_is_the_month_and_the_services() -> None:
    run, _ = asking()
    one = with_change(moved=moved(), day=TODAY)
    assert [str(text) for text in PLAN.advice(run, None, one)] == [
        "143.00 yuan a month from then on.",
        "Ends with the change: CLIP.",
        "Runs on: VMAIL.",
        "Begins with it: DATA.",
    ]
    assert PLAN.advice(run, None, with_change()) == ()
    about = PLAN.about(run, SimpleNamespace(plan="P128"), one)
    assert [(str(label), str(value)) for label, value in about] == [
        ("Old plan", "P88"),
        ("New plan", "P128"),
        ("From", "2026-11-23"),
    ]
    facts = PLAN.facts(run, SimpleNamespace(plan="P128"), one)
    assert facts == {"number": "13957000001", "customer": "", "old_plan": "P88", "plan": "P128", "from": "2026-11-23"}


@pytest.mark.parametrize(
    ("ends", "begins", "said"),
    [
        (("P88",), ("P128",), ["Runs on: DATA, VMAIL."]),
        (("P88", "CLIP"), ("P128", "DATA", "VMAIL"), ["Ends with the change: CLIP.", "Begins with it: DATA, VMAIL."]),
        (
            ("P88", "A", "B"),
            ("P128", "VMAIL"),
            ["Ends with the change: A, B.", "Runs on: DATA.", "Begins with it: VMAIL."],
        ),
    ],
)
def test_only_services_are_told_not_the_plans_themselves(
    ends: tuple[str, ...], begins: tuple[str, ...], said: list[str]
) -> None:
    found = c08_change_plan._lost_and_gained(asking()[0], "P88", moved(ends=ends, begins=begins))
    assert [str(text).replace("，", ", ") for text in found] == said


# doing it


@pytest.mark.parametrize("missing", ["moved", "day"])
def test_a_form_that_is_not_complete_is_not_done(missing: str) -> None:
    run, done = asking()
    with pytest.raises(NotAllowed, match="not complete"):
        PLAN.act(run, None, with_change(**{"moved": moved(), "day": TODAY, missing: None}))
    assert done == []


@pytest.mark.parametrize(
    ("day", "handset", "deeds"),
    [
        (TODAY, None, SET),
        (date(2026, 11, 22), None, SET),
        (FIRST, None, ["processes.schedule('line', 2026-12-01, {}, follows=False, touches={'plan'})"]),
        (
            TODAY,
            row(Agreement, kind="handset", product="B", subscription_id="line"),
            [
                *SET,
                "processes.unschedule('line', 'C10', The contract was ended., bundle='B')",
                "products.unbind('line', 'handset')",
            ],
        ),
    ],
)
def test_today_the_network_is_told_and_next_month_waits(day: date, handset: Any, deeds: list[str]) -> None:
    run, done = asking()
    run.touches = frozenset({"plan"})
    PLAN.act(run, None, with_change(moved=moved(), day=day, handset=handset))
    assert done == [*deeds, "behaviour.watch('owner')"]


@pytest.mark.parametrize(("ordered", "state"), [(True, "inProgress"), (False, "completed")])
def test_a_change_of_today_is_done_when_the_network_is(ordered: bool, state: str) -> None:
    run, _ = asking(network={"ordered": ordered})
    assert PLAN.state(run, None, with_change(day=TODAY)) == state
    assert str(PLAN.starts(run, with_change())) == ("As soon as the network has confirmed it" if ordered else "At once")


@pytest.mark.parametrize("ordered", [True, False])
def test_on_its_day_the_network_is_told(ordered: bool) -> None:
    run, done = asking(network={"ordered": ordered})
    assert PLAN.due(run, order(TYPED)) is ordered
    assert done == [SWITCHED[0], *SET]


@pytest.mark.parametrize(("starts", "day"), [("now", "2026-11-20"), ("next", "2026-12-01")])
def test_a_change_that_is_done_is_in_the_book_from_its_first_day(
    monkeypatch: pytest.MonkeyPatch, starts: str, day: str
) -> None:
    bound = row(Product, code="P88", contract_months=12, penalty_percent=30)
    ordered = {("product", ("P88",), "2026-11-20"): bound.__dict__}
    monkeypatch.setattr(contracts, "as_of", lambda _tx, *place: ordered[place])
    run, done = asking(billing={"fee": 3_500})
    PLAN.finish(run, order({**TYPED, "starts": starts}, business_date="2026-11-20", amount=77))
    assert done == [
        *(deed.format(day=day) for deed in SWITCHED),
        "products.unbind('line', 'plan')",
        "products.bind(line, 'plan', 12, product='P88', value=42000, penalty_percent=30)",
        "network.done()",
        "statistics.count('changed', 77)",
        "service.call_back('owner', 3, 'C8')",
    ]


AGAIN = ["products.bind_again('order')", "processes.set_again('line', The contract was ended.)"]


def test_what_waited_for_its_day_does_not_come() -> None:
    run, done = asking()
    PLAN.cancel(run, order(TYPED))
    assert done == ["processes.unschedule('line', 'C8', The order was cancelled.)", *AGAIN]


@pytest.mark.parametrize("ordered", [True, False])
def test_a_change_is_taken_back_to_the_plan_before(ordered: bool) -> None:
    run, done = asking(
        {"moved_to": lambda _line, plan, *_: moved(plan, ("P128", "DATA"), ("P88",))}, network={"ordered": ordered}
    )
    assert PLAN.reverse(run, order(TYPED)) is ordered
    back = [
        "resources.must_fit('', [P88, DATA, VMAIL])",
        "products.move(line, PlanMove(Basket(P88, [DATA], [VMAIL]), ['P128', 'DATA'], ['P88']), 2026-11-23)",
        "billing.charge_from('line', [monthly_fee 8800, monthly_fee 1000, monthly_fee 500], "
        "{'DATA', 'P128', 'P88', 'VMAIL'}, 2026-11-23)",
    ]
    off = "network.order('set_data', 'HLR01', msisdn='13957000001', data='off')"
    never = "products.reverse_contracts('line', 'order')"
    assert done == [back[0], off, never, *AGAIN, *([] if ordered else back)]
    run, done = asking(
        {
            "moved_to": lambda _line, plan, *_: moved(plan, ("P128", "DATA"), ("P88",)),
            "plan_before": {"order": "P88"}.__getitem__,
        }
    )
    PLAN.finish_reversal(run, order({}, id="new", reverses="order", business_date="2026-11-24"))
    assert done == [back[0], *(deed.replace("11-23", "11-24") for deed in back[1:]), "network.done()"]


# what is told before


def offer(code: str, *months: int, fee: int = 500) -> Offer:
    return Offer(product(code), fee, months)


@pytest.mark.parametrize(
    ("months", "offers", "note"),
    [
        (
            ("2026-09", "2026-10"),
            [offer("P128", 100, 200), offer("P88", 250, 250)],
            "P128: 3.00 in 2 months, 5.00 with the plan in force",
        ),
        ((), [offer("P128"), offer("P88")], "P128"),
        (("2026-10",), [offer("P88", 1)], "P128"),
        (("2026-10",), [offer("P128", 1)], "P128"),
        (None, [], "P128"),
    ],
)
def test_the_chosen_plan_is_held_against_the_one_in_force(
    months: tuple[str, ...] | None, offers: list[Offer], note: str
) -> None:
    run, _ = asking()
    comparison = None if months is None else Comparison(months, tuple(offers))
    c08_change_plan._explain(run, line(), moved(), FIRST, comparison)
    assert str(run.notes["plan"]) == note
    assert str(run.notes["starts"]) == "from 2026-12-01"
    assert [(notice.kind, str(notice.text)) for notice in run.notices] == [
        ("change", "Ends with the change: CLIP."),
        ("change", "Runs on: VMAIL."),
        ("change", "Begins with it: DATA."),
    ]


@pytest.mark.parametrize(
    ("today", "fee", "new"),
    [
        ("2026-11-23", 3_000, "8.00"),
        ("2026-11-01", 3_000, "30.00"),
        ("2026-11-30", 3_000, "1.00"),
        ("2026-11-30", 29, "0.00"),
        ("2026-11-30", 59, "0.01"),
        ("2026-12-31", 3_100, "1.00"),
    ],
)
def test_this_month_costs_each_fee_by_its_days(today: str, fee: int, new: str) -> None:
    asked: list[Any] = []

    def before(key: str, day: date) -> int:
        asked.append((key, day))
        return 70

    run, _ = asking(about={"business_date": today}, billing={"before": before})
    day = date.fromisoformat(today)
    c08_change_plan._explain(run, line(), moved(), day, Comparison((), (offer("P128", fee=fee), offer("P88"))))
    assert str(run.notes["starts"]) == f"from today: this month 0.70 of the old fee, {new} of the new"
    assert asked == [("line", day)]
    run, _ = asking(about={"business_date": today})
    c08_change_plan._explain(run, line(), moved(), day, None)
    assert str(run.notes["starts"]) == f"from {today}"


@pytest.mark.parametrize(
    ("shown", "change", "facts", "notes", "notices"),
    [
        (True, {"moved": moved(), "day": FIRST}, True, ["plan", "starts"], 4),
        (True, {}, True, [], 1),
        (False, {"moved": moved(), "day": FIRST}, False, ["plan", "starts"], 3),
        (False, {}, False, [], 0),
        (False, {"moved": moved()}, False, [], 0),
        (False, {"day": FIRST}, False, [], 0),
    ],
)
def test_what_was_used_is_shown_to_who_may_know_it(
    monkeypatch: pytest.MonkeyPatch, shown: bool, change: dict[str, Any], facts: bool, notes: list[str], notices: int
) -> None:
    monkeypatch.setattr(c08_change_plan, "compare", lambda *_: Comparison((), (offer("P88", fee=7), offer("P128"))))
    run, _ = asking()
    if shown:
        run.proven.add("document:owner")
    PLAN.explain(run, None, with_change(**change))
    assert ("comparison" in run.facts, list(run.notes), len(run.notices)) == (facts, notes, notices)
    if facts:
        assert run.facts["months"] == []
        assert [(one["plan"], one["fee"], one["in_force"]) for one in run.facts["comparison"]] == [
            ("P88", 7, True),
            ("P128", 500, False),
        ]
    run, _ = asking()
    PLAN.explain(run, None, None)
    assert run.notes == {}


def test_a_cheaper_plan_is_recommended() -> None:
    run, _ = asking()
    c08_change_plan._show(run, line(), Comparison(("2026-10",), (offer("P39", 10), offer("P88", 110))))
    assert [notice.kind for notice in run.notices] == ["recommendation"]
    run, _ = asking()
    c08_change_plan._show(run, line(), Comparison(("2026-10",), (offer("P88", 10), offer("P39", 110))))
    assert run.notices == []


# handsets whose contract is for certain plans


def test_a_supervisors_word_is_asked_for_beside_what_is_asked_already() -> None:
    bundle = row(HandsetBundle, name_zh="B", name_en="Bundle", plans="P39,P88")
    run, _ = asking({"bound": row(Agreement, kind="handset", product="B")}, handsets={"contract": bundle})
    run.qualification = type(run.qualification)((Reason("first", "yes", Message("")),))
    c08_change_plan._handset_left(run, SimpleNamespace(plan="P128", keep=True), line())  # type: ignore[arg-type]
    assert [(one.rule, str(one.message)) for one in run.qualification.reasons[1:]] == [
        ("contract", "Bundle is for the plans P39,P88 only: a supervisor lets it go on.")
    ]
    assert run.qualification.reasons[0].rule == "first"
