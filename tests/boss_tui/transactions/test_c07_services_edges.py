"""What services that begin and end (C7.2, C7.4) do at each step of their order, and which of them a line may have."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import Quote
from boss_tui.business.process import Run
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.network_elements import SERVICE
from boss_tui.components.products.products import Basket, PlanMove
from boss_tui.transactions import services
from boss_tui.transactions.services import ServicesCase, Wanted
from data.errors import NotAllowed, OutOfStock
from data.message import Message
from data.tables.order import Subscription
from data.tables.product import Product
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.deeds import doing, hears, order
from tests.boss_tui.transactions.stand_in import amounts, line, priced, told

ADDED: Any = BUSINESSES["C7.4"]
ACTS = {"VMAIL": "", "CLIR": f"{SERVICE}clir", "DATA": "data", "STK": "manual", "BONUS": "", "CLIP": f"{SERVICE}clip"}
FEES = {"VMAIL": 500, "DATA": 1_000, "STK": 0, "BONUS": 0, "CLIP": 600}


def product(code: str, **values: Any) -> Any:
    return row(Product, code=code, name_zh=code, name_en=code, network_act=ACTS.get(code, ""), **values)


def having(*, has: tuple[str, ...] = ("P88",), altered: Any = None, **more: Any) -> tuple[Any, Run, list[str]]:
    """A line with these products. A month's fees come for all of a line, whatever is asked for."""
    one = line(state="active", **more.pop("line", {}))
    moved = PlanMove(Basket(product("P88"), (), ()), ("DATA",), ("VMAIL",))
    run, done = doing(
        products={
            "has": has,
            "owned": one.subscription,
            "product": product,
            "name": Message,
            "hang_together": sorted,
            "offered": [product(code) for code in ACTS],
            "altered": altered or (lambda *_: moved),
        },
        tariff={
            "monthly": lambda codes, _: [
                priced("monthly_fee", FEES[code], monthly=True, resource=code)
                for code in (*codes, "CLIP")
                if FEES.get(code)
            ],
            "price": Quote(lines=(priced("change_fee", 100),)),
        },
        network={"element_of": "HLR01"},
        customers={"owner": one.customer},
        partners={"provider": None},
        billing={"owed": []},
        credit={"beyond": None},
        **more,
    )
    return one, run, done


def test_each_service_has_its_own_act_in_the_network_or_none() -> None:
    one, run, done = having()
    moved = PlanMove(Basket(product("P88"), (), ()), ("CLIR", "STK", "BONUS"), ("DATA", "CLIP"))
    services.tell_network(run, one.subscription, moved)
    assert done == [
        "network.order('set_supplementary', 'HLR01', msisdn='13957000001', service='clir', on='off')",
        "network.order('manual', '', product='STK', msisdn='13957000001', on='off')",
        "network.order('set_data', 'HLR01', msisdn='13957000001', data='on')",
        "network.order('set_supplementary', 'HLR01', msisdn='13957000001', service='clip', on='on')",
    ]


# looking


@pytest.mark.parametrize(
    ("begins", "ends", "verdict"), [((), (), "no"), (("VMAIL",), (), "yes"), ((), ("DATA",), "yes")]
)
def test_something_changes(begins: tuple[str, ...], ends: tuple[str, ...], verdict: str) -> None:
    one, run, done = having(has=("P88", "DATA"))
    ADDED.look(run, SimpleNamespace(subscribe=begins, cancel=ends), one)
    assert run.qualification.verdict == verdict
    assert (one.more.moved is not None) is (verdict == "yes")
    assert done == ([] if verdict == "no" else [f"resources.must_fit('', [{', '.join(begins)}])"])
    assert ADDED.touches(run, None, one) == tuple(f"{SERVICE}{code}" for code in (*ends, *begins))


def test_what_begins_and_ends_is_told_with_its_fee_and_held_against_the_credit() -> None:
    asked: list[Any] = []
    one, run, _ = having(has=("P88", "DATA"))
    vars(run)["credit"] = SimpleNamespace(beyond=hears(asked))
    ADDED.look(run, SimpleNamespace(subscribe=("VMAIL",), cancel=("DATA",)), one)
    assert [str(notice.text) for notice in run.notices] == [
        "VMAIL begins today: 5.00 yuan a month, this month by days.",
        "DATA ends today: 10.00 yuan a month less.",
    ]
    assert asked == [("owner", "ordinary", 0, 500)]
    assert run.facts["services"] == [
        {"code": "DATA", "now": True, "then": False, "fee": 1_000, "name": Message("DATA").as_json()},
        {"code": "VMAIL", "now": False, "then": True, "fee": 500, "name": Message("VMAIL").as_json()},
    ]


def test_a_service_without_a_fee_is_told_and_shown_so() -> None:
    free = PlanMove(Basket(product("P88"), (), ()), ("STK",), ("BONUS",))
    one, run, _ = having(has=("P88", "STK"), altered=lambda *_: free)
    ADDED.look(run, SimpleNamespace(subscribe=("BONUS",), cancel=("STK",)), one)
    assert [str(notice.text) for notice in run.notices] == ["BONUS begins today, without a fee.", "STK ends today."]
    assert [(fact["code"], fact["fee"]) for fact in run.facts["services"]] == [("STK", 0), ("BONUS", 0)]


@pytest.mark.parametrize(
    ("field", "subscribe", "cancel", "beside"),
    [
        ("begins", ("VMAIL",), ("DATA",), "subscribe"),
        ("ends", ("VMAIL",), ("DATA",), "cancel"),
        ("", ("VMAIL",), ("DATA",), "subscribe"),
        ("", (), ("DATA",), "cancel"),
    ],
)
def test_what_does_not_go_together_is_refused_and_the_table_stays_as_it_is(
    field: str, subscribe: tuple[str, ...], cancel: tuple[str, ...], beside: str
) -> None:
    def refused(*_: Any) -> Any:
        raise NotAllowed(Message("No."), field=field)

    one, run, done = having(has=("P88", "DATA"), altered=refused)
    ADDED.look(run, SimpleNamespace(subscribe=subscribe, cancel=cancel), one)
    assert (told(run), one.more.moved, run.notices, done) == ({beside: "No."}, None, [], [])
    assert [(fact["code"], fact["now"], fact["then"]) for fact in run.facts["services"]] == [("DATA", True, True)]
    assert amounts(ADDED.price(run, None, one).lines) == [("change_fee", 100)]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"subscribe": ("CLIR", "CLIP"), "cancel": ()}, {"subscribe": "CLIR is set with C7.2."}),
        (
            {"subscribe": ("DATA", "CLIP"), "cancel": ("CLIR",)},
            {"subscribe": "CLIP is set with C7.2.", "cancel": "CLIR is set with C7.2."},
        ),
        ({"subscribe": None, "cancel": None}, {}),
        ({"subscribe": ("DATA", "ELSE"), "cancel": ("STK",)}, {}),
    ],
)
def test_services_of_the_switch_are_refused_here(typed: dict[str, Any], wrong: dict[str, str]) -> None:
    one, run, _ = having()
    assert ADDED.also(run, SimpleNamespace(**typed), one) is False
    assert told(run) == wrong


@pytest.mark.parametrize(
    ("subscribe", "cancel", "wanted"),
    [
        (("A", "B", "A"), (), Wanted((), ("A", "B"))),
        (("A",), ("A",), Wanted()),
        (None, None, Wanted()),
        (("A", "B"), ("B", "C"), Wanted(("C",), ("A",))),
    ],
)
def test_what_is_in_both_lists_stays_as_it_is(subscribe: Any, cancel: Any, wanted: Wanted) -> None:
    assert ADDED.wanted(doing()[0], SimpleNamespace(subscribe=subscribe, cancel=cancel), None) == wanted


# doing it


MOVED = PlanMove(Basket(product("P88"), (), ()), ("DATA",), ("VMAIL",))


@pytest.mark.parametrize("moved", [MOVED, None])
def test_what_fits_is_priced_and_told_to_the_network(moved: Any) -> None:
    one, run, done = having()
    one.more = ServicesCase(Wanted(("DATA",), ("VMAIL",)), moved)
    assert amounts(ADDED.price(run, None, one).lines) == [
        ("change_fee", 100),
        *([("monthly_fee", 500)] if moved else []),
    ]
    ADDED.act(run, None, one)
    assert len(done) == (2 if moved else 1)
    assert done[-1] == "behaviour.watch('owner')"


@pytest.mark.parametrize(
    ("wanted", "labels"),
    [(Wanted(("A",), ("B",)), ["Begins", "Ends"]), (Wanted(("A",)), ["Ends"]), (Wanted((), ("B",)), ["Begins"])],
)
def test_a_paper_has_what_begins_and_what_ends(wanted: Wanted, labels: list[str]) -> None:
    one, run, _ = having()
    one.more = ServicesCase(wanted)
    assert [str(label) for label, _ in ADDED.about(run, None, one)] == labels
    facts = ADDED.facts(run, None, one)
    assert (facts["begins"], facts["ends"]) == (list(wanted.begins), list(wanted.ends))


@pytest.mark.parametrize(
    ("touches", "ends", "begins", "lines"),
    [
        (f"{SERVICE}DATA {SERVICE}VMAIL", "'DATA'", "'VMAIL'", "monthly_fee 500"),
        (f"{SERVICE}DATA", "'DATA'", "", ""),
        (f"{SERVICE}VMAIL", "", "'VMAIL'", "monthly_fee 500"),
    ],
)
def test_services_that_are_done_are_in_the_book_from_today(touches: str, ends: str, begins: str, lines: str) -> None:
    shared: list[Any] = []
    _, run, done = having()
    vars(run)["settlement"] = SimpleNamespace(owe=hears(shared))
    products = vars(run)["products"]
    products._answers = {**products._answers, "product": lambda code: product(code, partner="SP")}
    ADDED.finish(
        run, order({"number": "13957000001", "subscribe": "VMAIL", "cancel": "DATA"}, touches=touches, amount=7)
    )
    both = ", ".join(filter(None, (ends, begins)))
    assert done == [
        f"products.alter(line, [{ends}], [{begins}], 2026-11-23)",
        f"billing.charge_from('line', [{lines}], [{both}], 2026-11-23)",
        "network.done()",
        "statistics.count('changed', 7)",
        "service.call_back('owner', 3, 'C7.4')",
    ]
    assert len(shared) == bool(begins)


def test_a_partner_that_is_not_known_gets_nothing() -> None:
    owed: list[Any] = []
    run, _ = doing(
        products={"product": product("VMAIL", partner="SP")},
        partners={"provider": None},
        settlement={"owe": hears(owed)},
    )
    services._share(run, "VMAIL", [priced("monthly_fee", 500, resource="VMAIL")])
    assert owed == [(None, "share", 0)]


def test_a_cancelled_order_left_nothing() -> None:
    run, done = doing()
    for code in ("C7.2", "C7.4", "C7.5"):
        BUSINESSES[code].cancel(run, order({}))
    assert done == []


# lists


OFFERED = [
    product("VMAIL"),
    product("DATA", pay_type="postpaid"),
    product("STK", pay_type="prepaid"),
    product("BONUS"),
    product("CLIP"),
]


@pytest.mark.parametrize(
    ("field", "has", "pay_type", "found"),
    [
        (
            "subscribe",
            (),
            "postpaid",
            [("VMAIL", "5.00 yuan a month"), ("DATA", "10.00 yuan a month"), ("BONUS", "no fee")],
        ),
        ("subscribe", ("DATA", "VMAIL"), "postpaid", [("BONUS", "no fee")]),
        ("subscribe", ("VMAIL",), "prepaid", [("STK", "no fee"), ("BONUS", "no fee")]),
        ("cancel", ("DATA", "CLIP", "P88"), "postpaid", [("DATA", "10.00 yuan a month")]),
        ("cancel", (), "postpaid", []),
        ("number", (), "postpaid", []),
    ],
)
def test_a_line_is_offered_what_it_has_not_and_may_have(
    monkeypatch: pytest.MonkeyPatch, field: str, has: tuple[str, ...], pay_type: str, found: list[tuple[str, str]]
) -> None:
    one, run, _ = having(has=has, line={"pay_type": pay_type})
    products = vars(run)["products"]
    products._answers = {**products._answers, "offered": OFFERED, "find_lines": []}
    monkeypatch.setattr(ADDED, "line", lambda *_: one, raising=False)
    assert [(choice.value, str(choice.detail)) for choice in ADDED.choices(run, None, field, "")] == found
    monkeypatch.setattr(ADDED, "line", lambda *_: None, raising=False)
    assert ADDED.choices(run, None, field, "") == []


@pytest.mark.parametrize(
    ("has", "running", "number"),
    [((), None, "1"), (("VMAIL",), None, None), ((), "order", None)],
)
def test_an_example_subscribes_voicemail_where_nothing_is_under_way(
    has: tuple[str, ...], running: Any, number: Any
) -> None:
    lines = [row(Subscription, id="1", number="1", customer_id="owner")]
    run, _ = doing(
        products={"some_lines": lines, "has": has, "offered": OFFERED},
        processes={"running": running},
        customers={"owner": SimpleNamespace(document_number="D")},
    )
    assert ADDED.known(run, "subscribe") == ["VMAIL", "DATA", "STK", "BONUS", "CLIP"]
    if number:
        assert ADDED.example(run) == {"number": "1", "document_number": "D", "subscribe": "VMAIL"}
        return
    with pytest.raises(OutOfStock):
        ADDED.example(run)
