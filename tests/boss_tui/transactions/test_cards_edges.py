"""What another card (C3) asks and does, act by act: at once, once the network has it, called off, on the spot."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from boss_tui.answers.business import Quote
from boss_tui.business.registry import BUSINESSES
from boss_tui.business.run import LISTED
from boss_tui.transactions.c03 import exchange_sim as c03_exchange_sim
from boss_tui.transactions.c03 import form as c03_form
from boss_tui.transactions.c03.form import WHYS
from boss_tui.transactions.lists import CARDS
from data.errors import NotAllowed, OutOfStock
from data.message import say
from data.tables.life import Suspension
from data.tables.product import Product
from data.tables.resource import SimCard
from data.tables.stock import BlankCard
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.acts import Acts, Does, changing, order
from tests.boss_tui.transactions.stand_in import amounts, line, priced, told

CARD: Any = BUSINESSES["C3"]
NUMBER, ICCID, BLANK = "13957000001", "89860012345678901234", "2026000000000001"


def form(**typed: Any) -> Any:
    standard = {
        "why": "exchange",
        "lift": False,
        "returned": False,
        "iccid": ICCID,
        "by_agent": False,
        "document_number": "D1",
        "number": NUMBER,
    }
    return SimpleNamespace(**{**standard, **typed})


def cause(name: str) -> Any:
    return row(Suspension, id=name, cause=name, extent="outgoing" if name == "arrears_outgoing" else "all")


def card(kind: str = "sim", **values: Any) -> Any:
    return row(SimCard, **{"iccid": ICCID, "imsi": "460", "kind": kind, **values})


def looked(typed: Any, *, holder: str = "individual", state: str = "active", **said: Any) -> tuple[Any, Any, Acts]:
    """A form of C3 looked at, on a line that works, with a card that fits; what it held."""
    acts, one = Acts(), line(state=state, customer={"holder": holder})
    standard: dict[str, dict[str, Any]] = {
        "products": {"causes": [], "cause": None, "product": row(Product, pay_type="postpaid"), "on": []},
        "resources": {"sim": card(), "blank": row(BlankCard, kind="sim"), "kind_must_fit": None},
    }
    run = acts.step(**{name: {**standard.get(name, {}), **said.get(name, {})} for name in {*standard, *said}})
    CARD.look(run, typed, one)
    return run, one, acts


# who may have another one


@pytest.mark.parametrize(
    ("state", "causes", "why", "wrong"),
    [
        ("active", [], "exchange", {}),
        ("active", ["loss"], "lost", {}),
        ("active", ["loss"], "exchange", {"why": "reported as lost"}),
        ("active", ["fraud"], "lost", {"number": "not for loss alone"}),
        ("suspended", ["loss"], "lost", {}),
        ("suspended", ["loss"], None, {}),
        ("suspended", ["loss"], "broken", {"why": "reported as lost"}),
        ("suspended", ["loss", "fraud"], "lost", {"number": "not for loss alone"}),
        ("suspended", [], "exchange", {"number": "not for loss alone"}),
    ],
)
def test_a_line_that_is_stopped_has_another_card_for_loss_alone(
    state: str, causes: list[str], why: str | None, wrong: dict[str, str]
) -> None:
    run, _, _ = looked(form(why=why), state=state, products={"causes": [cause(name) for name in causes]})
    found = told(run)
    assert list(found) == list(wrong)
    assert all(said in found[field] for field, said in wrong.items())


@pytest.mark.parametrize(
    ("why", "holder", "by_agent", "document", "wrong"),
    [
        ("exchange", "individual", True, "", []),
        ("lost", "individual", False, "D1", []),
        ("lost", "individual", True, "D1", ["by_agent"]),
        ("broken", "individual", True, "D1", ["by_agent"]),
        ("lost", "organization", True, "D1", []),
        ("lost", "organization", False, "D1", []),
        ("broken", "individual", False, "", ["document_number"]),
        (None, "individual", True, "", []),
    ],
)
def test_a_replacement_is_for_the_owner_in_person(
    why: str | None, holder: str, by_agent: bool, document: str, wrong: list[str]
) -> None:
    run, _, acts = looked(form(why=why, by_agent=by_agent, document_number=document), holder=holder)
    assert list(run.errors) == wrong
    assert ("customers.shows(owner, D1)" in acts) is (why in {"lost", "broken"} and bool(document))


@pytest.mark.parametrize(
    ("lift", "why", "known", "wrong"),
    [
        (True, "lost", None, ["lift"]),
        (True, "lost", "loss", []),
        (False, "lost", None, []),
        (True, "broken", None, []),
        (True, "exchange", None, []),
    ],
)
def test_only_a_loss_that_was_reported_is_lifted(lift: bool, why: str, known: str | None, wrong: list[str]) -> None:
    run, _, _ = looked(form(lift=lift, why=why), products={"cause": cause(known) if known else None})
    assert list(run.errors) == wrong


@pytest.mark.parametrize(
    ("lift", "why", "touches"),
    [
        (True, "lost", ("card", "stop:loss")),
        (False, "lost", ("card",)),
        (True, "broken", ("card",)),
        (None, "lost", ("card",)),
    ],
)
def test_what_lifts_the_loss_touches_it(lift: bool | None, why: str, touches: tuple[str, ...]) -> None:
    assert CARD.touches(Acts().step(), form(lift=lift, why=why), line()) == touches


# which one


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        (ICCID, ["resources.let_go(blank)", f"resources.reserve(sim, {ICCID})"]),
        (BLANK, ["resources.let_go(sim)", f"resources.reserve(blank, {BLANK})", "resources.next_imsi()"]),
        ("", []),
    ],
)
def test_one_card_is_held_and_no_other(typed: str, held: list[str]) -> None:
    run, one, acts = looked(form(iccid=typed))
    assert (acts, run.errors) == (held, {})
    assert (one.more, "iccid" in run.notes) == (("sim", True) if typed else (None, False))


@pytest.mark.parametrize(
    ("kind", "plan", "fits", "wrong"),
    [
        ("sim", "postpaid", True, ""),
        ("prepaid", "prepaid", True, ""),
        ("prepaid", "postpaid", True, "prepaid plans"),
        ("sim", "prepaid", True, "prepaid plans"),
        ("sim", "any", True, ""),
        ("sim", "postpaid", False, "needs STK"),
    ],
)
def test_a_card_is_of_a_kind_that_the_line_takes(kind: str, plan: str, fits: bool, wrong: str) -> None:
    def must_fit(*_: Any) -> None:
        if not fits:
            raise NotAllowed(say("needs STK"))

    run, _, _ = looked(
        form(),
        products={"product": row(Product, pay_type=plan)},
        resources={"sim": card(kind), "kind_must_fit": must_fit},
    )
    assert list(run.errors) == (["iccid"] if wrong else [])
    assert wrong in "".join(told(run).values())


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        (BLANK, True),
        (BLANK[:-1], False),
        (BLANK + "1", False),
        ("２" * 16, False),
        ("a" * 16, False),
        ("8" * 20, False),
    ],
)
def test_a_blank_cards_serial_has_sixteen_digits(typed: str, taken: bool) -> None:
    if taken:
        assert c03_form._check_card(typed) == typed
    else:
        with pytest.raises(PydanticCustomError):
            c03_form._check_card(typed)


PRICED = Quote((priced("sim_fee", 50), priced("handling_fee", 10), priced("else", 1)))


@pytest.mark.parametrize(
    ("why", "lines"),
    [
        ("exchange", [("sim_fee", 50)]),
        ("lost", [("sim_fee", 50), ("handling_fee", 10)]),
        ("broken", []),
        (None, []),
    ],
)
def test_a_broken_card_costs_nothing_and_a_loss_its_handling_too(why: str | None, lines: Any) -> None:
    assert amounts(CARD.price(Acts().step(tariff={"price": PRICED}), form(why=why), line()).lines) == lines


# done


SOLD = [
    f"resources.sell(sim, {ICCID}, line)",
    f"network.order(change_sim, HLR01, msisdn={NUMBER}, imsi=old, new_imsi=460)",
    f"network.forward_again(line, HLR01, {NUMBER})",
]


@pytest.mark.parametrize(
    ("typed", "known", "before", "done"),
    [
        (form(), None, [], SOLD),
        (form(iccid=BLANK), None, [], [f"resources.write_held({BLANK}, line)", *SOLD[1:]]),
        (
            form(why="lost", lift=True),
            "loss",
            ["loss"],
            [*SOLD, "products.lift(loss)", "network.bar(line, all, , 460)"],
        ),
        (
            form(why="lost", lift=True),
            "loss",
            ["loss", "arrears_outgoing"],
            [*SOLD, "products.lift(loss)", "network.bar(line, all, outgoing, 460)"],
        ),
        (form(why="lost", lift=True), None, ["fraud"], SOLD),
        (form(why="lost"), "loss", ["loss"], SOLD),
    ],
)
def test_the_network_has_the_new_card_and_the_loss_is_over_with_it(
    typed: Any, known: str | None, before: list[str], done: list[str]
) -> None:
    acts, one = Acts(), line(imsi="old")
    run = acts.step(
        resources={"sim": card(), "write_held": Does(card())},
        network={"element_of": "HLR01"},
        products={"cause": cause(known) if known else None, "causes": [cause(name) for name in before]},
    )
    CARD.act(run, typed, one)
    assert acts == [*done, "behaviour.watch(owner)"]
    assert CARD.facts(run, typed, one) | {"customer": ""} == {
        "number": NUMBER,
        "customer": "",
        "iccid": ICCID,
        "imsi": "460",
    }


@pytest.mark.parametrize(
    ("typed", "causes", "done"),
    [
        ({"why": "exchange", "returned": "y"}, [], ["resources.void(OLD, returned)"]),
        ({"why": "exchange"}, [], ["resources.void(OLD, exchange)"]),
        ({"why": "lost"}, ["loss"], ["resources.void(OLD, lost)"]),
        (
            {"why": "lost", "lift": "y"},
            [],
            ["resources.void(OLD, lost)", "products.change_subscription(line, state=active)"],
        ),
        (
            {"why": "lost", "lift": "y"},
            ["fraud"],
            ["resources.void(OLD, lost)", "products.change_subscription(line, state=suspended)"],
        ),
        ({"why": "broken", "lift": "y"}, [], ["resources.void(OLD, broken)"]),
    ],
)
def test_the_old_card_is_void_once_the_network_has_the_new_one(
    typed: dict[str, str], causes: list[str], done: list[str]
) -> None:
    acts = Acts()
    run = acts.step(
        products={"owned": line(iccid="OLD").subscription, "causes": causes, "change_subscription": Does(changing)},
        resources={"card_named": card()},
    )
    CARD.finish(run, order(iccid=ICCID, **typed))
    assert acts == [
        f"resources.put_into_use(iccid={ICCID})",
        f"products.change_subscription(line, iccid={ICCID}, imsi=460)",
        *done,
        "network.done()",
        "statistics.count(changed, 700)",
        "service.call_back(owner, 3, C3)",
    ]


def test_called_off_the_new_card_goes_into_stock_and_the_loss_stands() -> None:
    acts = Acts()
    CARD.cancel(acts.step(resources={"card_named": card()}), order(iccid=BLANK))
    assert acts == [f"resources.take_back(iccid={ICCID})", "products.cancel_suspension(order)"]


@pytest.mark.parametrize(
    ("again", "causes", "bars"),
    [
        (None, [["loss"]], []),
        ("loss", [[], ["loss"]], ["network.bar(line, , all, 999)"]),
        ("loss", [["arrears_outgoing"], ["loss"]], ["network.bar(line, outgoing, all, 999)"]),
    ],
)
def test_on_the_spot_the_network_has_the_old_card_again_and_the_loss(
    again: str | None, causes: list[list[str]], bars: list[str]
) -> None:
    acts, asked = Acts(), [[cause(name) for name in names] for names in causes]
    run = acts.step(
        products={
            "owned": line(imsi="460").subscription,
            "value_before": lambda *_: "OLD",
            "cancel_suspension": Does(cause(again) if again else None),
            "causes": lambda _: asked.pop(0),
        },
        resources={"give_again": Does(card(imsi="999"))},
        network={"element_of": "HLR01"},
    )
    assert CARD.reverse(run, order()) is True
    assert acts == [
        "resources.give_again(OLD, line)",
        f"network.order(change_sim, HLR01, msisdn={NUMBER}, imsi=460, new_imsi=999)",
        f"network.forward_again(line, HLR01, {NUMBER})",
        "products.cancel_suspension(order)",
        *bars,
        "service.call_no_more(order)",
    ]


@pytest.mark.parametrize(("causes", "state"), [([], "active"), (["loss"], "suspended")])
def test_once_it_has_it_the_new_card_is_void(causes: list[str], state: str) -> None:
    acts, made = Acts(), order()
    before = {("first", "iccid"): "OLD", ("first", "imsi"): "999"}
    run = acts.step(
        products={
            "owned": line(iccid=ICCID).subscription,
            "causes": causes,
            "change_subscription": Does(changing),
            "value_before": lambda key, name: before[key, name],
        },
    )
    CARD.finish_reversal(run, changing(made, reverses="first"))
    assert acts == [
        "resources.put_into_use(iccid=OLD)",
        "products.change_subscription(line, iccid=OLD, imsi=999)",
        f"resources.void({ICCID}, returned)",
        f"products.change_subscription(line, state={state})",
        "network.done()",
    ]


# papers, lists, examples


@pytest.mark.parametrize(("typed", "labels"), [(ICCID, 2), (BLANK, 3)])
def test_both_cards_stand_on_the_paper_and_a_blank_one(typed: str, labels: int) -> None:
    one = line(iccid="OLD")
    one.more = card()
    values = [value for _, value in CARD.about(Acts().step(), form(iccid=typed), one)]
    assert values == ["OLD", ICCID, BLANK][:labels]


@pytest.mark.parametrize(
    ("state", "lift", "why", "words"),
    [
        ("active", False, "lost", []),
        ("suspended", False, "lost", ["still stopped"]),
        ("suspended", True, "lost", ["is lifted with"]),
        ("suspended", True, "broken", ["still stopped"]),
        ("active", True, "lost", ["is lifted with"]),
    ],
)
def test_a_slip_says_whether_the_line_is_still_stopped(state: str, lift: bool, why: str, words: list[str]) -> None:
    first, second, *rest = CARD.advice(Acts().step(), form(lift=lift, why=why), line(state=state))
    assert ("old card works" in str(first), "does not move" in str(second)) == (True, True)
    assert len(rest) == len(words)
    assert all(word in str(message) for word, message in zip(words, rest, strict=True))


@pytest.mark.parametrize(("why", "title"), [("lost", WHYS["lost"]), ("", CARD.name), ("x", CARD.name)])
def test_an_exchange_is_called_by_its_reason(why: str, title: Any) -> None:
    assert CARD.titled({"why": why}) == title


def stock(kinds: list[str], pairs: int, blanks: int) -> dict[str, Any]:
    """So many paired cards and blank ones of kind sim; what was asked of it."""
    return {
        "kinds_of_sims": kinds,
        "kind_must_fit": None,
        "sims": lambda count, wanted: (
            [card(iccid=f"{n}") for n in range(pairs)] if count in {1, CARDS} and "sim" in wanted else []
        ),
        "blanks": lambda count: (
            [row(BlankCard, serial=f"b{n}", kind="sim") for n in range(blanks)]
            + [row(BlankCard, serial="x", kind="prepaid")]
            if count == CARDS
            else []
        ),
    }


@pytest.mark.parametrize(
    ("pairs", "blanks", "shown", "first_blank"), [(2, 1, 3, 2), (LISTED, 50, LISTED, LISTED - 40), (160, 40, 200, 160)]
)
def test_paired_cards_come_first_and_forty_blank_ones(pairs: int, blanks: int, shown: int, first_blank: int) -> None:
    run = Acts().step(
        products={"product": row(Product, pay_type="postpaid"), "on": []},
        resources=stock(["sim", "prepaid"], pairs, blanks),
    )
    found = [choice.value for choice in c03_exchange_sim._cards(run, line(), "")]
    assert (len(found), found.index("b0")) == (shown, first_blank)
    assert "x" not in found


def test_without_a_line_every_kind_is_shown() -> None:
    run = Acts().step(resources=stock(["sim", "prepaid"], 1, 1))
    assert [choice.value for choice in c03_exchange_sim._cards(run, None, "")] == ["0", "b0", "x"]


@pytest.mark.parametrize(("field", "values"), [("why", list(WHYS)), ("iccid", ["0", "b0", "x"]), ("lift", [])])
def test_reasons_and_cards_have_lists(field: str, values: list[str]) -> None:
    run = Acts().step(resources=stock(["sim", "prepaid"], 1, 1))
    assert [choice.value for choice in CARD.choices(run, form(number=""), field, "")] == values


@pytest.mark.parametrize(("pairs", "found"), [(1, "0"), (0, None)])
def test_an_example_is_a_line_and_a_card_that_go_together(pairs: int, found: str | None) -> None:
    one = line(customer={"document_number": "D"})
    run = Acts().step(
        products={
            "some_lines": lambda _states, **wanted: [one.subscription] if wanted == {"state": "active"} else [],
            "product": row(Product, pay_type="postpaid"),
            "on": [],
        },
        processes={"running": False},
        customers={"owner": one.customer},
        resources=stock(["sim"], pairs, 0),
    )
    if found is None:
        with pytest.raises(OutOfStock):
            CARD.example(run)
    else:
        assert CARD.example(run)["iccid"] == found
