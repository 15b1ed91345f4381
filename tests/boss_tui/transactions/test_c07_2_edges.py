"""Services of the switch (C7.2): which are switched, what goes to the network, what the book has afterwards."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.business.process import Run
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.network_elements import SERVICE
from boss_tui.components.products.products import Basket, PlanMove
from boss_tui.transactions.c07_2_supplementary import SupplementaryForm
from boss_tui.transactions.services import ServicesCase, Wanted
from data.errors import NotAllowed
from data.message import Message
from data.tables.life import Suspension
from data.tables.order import Subscription
from data.tables.product import Product
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.deeds import doing, order
from tests.boss_tui.transactions.stand_in import line, told

SWITCH: Any = BUSINESSES["C7.2"]
TO, ELSE, OWN = "057188886666", "13900000002", "13957000001"
SOLD = {f"{SERVICE}waiting": "CW", f"{SERVICE}hold": "HOLD", f"{SERVICE}clip": "CLIP", f"{SERVICE}clir": "CLIR"}
KINDS = ("cfu", "cfb", "cfnry", "cfnrc")
FIELDS = ("waiting", "hold", "conference", "clip", "clir")


def asked(**typed: Any) -> Any:
    empty = dict.fromkeys((*KINDS, *FIELDS, "barring"), "")
    return SupplementaryForm.model_construct(**{**empty, **typed})


def having(
    *,
    has: tuple[str, ...] = (),
    forwarding: dict[str, str] | None = None,
    program: str = "",
    causes: tuple[str, ...] = (),
    **values: Any,
) -> tuple[Any, Run, list[str]]:
    """A line with these services of those that are sold; conferences are not."""
    one = line(state="active", **values)
    run, done = doing(
        products={
            "has": has,
            "by_act": SOLD,
            "forwarding": forwarding or {},
            "parameter": program,
            "owned": one.subscription,
            "causes": [row(Suspension, cause=cause) for cause in causes],
            "hang_together": list,
            "product": lambda code: row(Product, code=code, network_act=f"{SERVICE}{code.lower()}"),
            "name": Message,
        },
        network={"element_of": "HLR01"},
        customers={"owner": one.customer},
        tariff={"monthly": []},
    )
    return one, run, done


# what is typed


@pytest.mark.parametrize(
    ("typed", "kept"), [("n", "N"), ("N", "N"), ("", ""), (TO, TO), (ELSE, ELSE), ("12", None), ("x", None)]
)
def test_calls_go_to_a_number_or_no_more(typed: str, kept: str | None) -> None:
    for kind in KINDS:
        form, wrong = SupplementaryForm.partial({"number": OWN, kind: typed})
        assert (getattr(form, kind), kind in wrong) == (kept, kept is None)


@pytest.mark.parametrize(
    ("has", "typed", "wanted"),
    [
        ((), {}, Wanted()),
        ((), {"waiting": "y"}, Wanted((), ("CW",))),
        (("CW",), {"waiting": "y"}, Wanted()),
        (("CW",), {"waiting": "n"}, Wanted(("CW",))),
        ((), {"waiting": "n"}, Wanted()),
        ((), {"conference": "y"}, Wanted()),
        (("CLIP",), {"conference": "n"}, Wanted()),
        (
            ("CW", "HOLD"),
            {"waiting": "n", "hold": "n", "clip": "y", "clir": "y"},
            Wanted(("CW", "HOLD"), ("CLIP", "CLIR")),
        ),
    ],
)
def test_a_service_that_is_so_already_is_not_switched(
    has: tuple[str, ...], typed: dict[str, str], wanted: Wanted
) -> None:
    one, run, _ = having(has=has)
    assert SWITCH.wanted(run, asked(**typed), one.subscription) == wanted


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "number"),
        ({"waiting": "y"}, "waiting"),
        ({"waiting": "y", "clip": "n"}, "clip"),
        ({"clir": "y", "hold": "y"}, "clir"),
        ({"cfu": TO}, "number"),
    ],
)
def test_a_refusal_stands_beside_the_last_service_that_is_switched(typed: dict[str, str], field: str) -> None:
    assert SWITCH.beside(asked(**typed), NotAllowed(Message("No."))) == field


# looking


def test_what_is_on_now_stands_beside_each_field() -> None:
    one, run, _ = having(has=("CW",), forwarding={"cfb": TO}, program="outgoing")
    assert SWITCH.also(run, asked(), one) is False
    assert {name: str(note) for name, note in run.notes.items()} == {
        "waiting": "On now",
        "hold": "Off now",
        "conference": "Off now",
        "clip": "Off now",
        "clir": "Off now",
        "cfu": "Off now",
        "cfb": f"Now: {TO}",
        "cfnry": "Off now",
        "cfnrc": "Off now",
        "barring": "Now: Outgoing",
    }
    assert (run.errors, run.notices) == ({}, [])
    one, run, _ = having()
    SWITCH.also(run, asked(), one)
    assert str(run.notes["barring"]) == "Now: No barring"


@pytest.mark.parametrize(
    ("forwarding", "program", "typed", "also"),
    [
        ({}, "", {"cfu": TO}, True),
        ({"cfu": TO}, "", {"cfu": TO}, False),
        ({"cfu": TO}, "", {"cfu": ELSE}, True),
        ({"cfu": TO}, "", {"cfu": "N"}, True),
        ({}, "", {"cfu": "N"}, False),
        ({}, "", {"barring": "none"}, False),
        ({}, "", {"barring": "outgoing"}, True),
        ({}, "outgoing", {"barring": "outgoing"}, False),
        ({}, "outgoing", {"barring": "none"}, True),
        ({}, "outgoing", {}, False),
        ({}, "", {"cfnrc": TO}, True),
    ],
)
def test_forwarding_and_barring_change_to_what_they_are_not(
    forwarding: dict[str, str], program: str, typed: dict[str, str], also: bool
) -> None:
    one, run, _ = having(forwarding=forwarding, program=program)
    assert SWITCH.also(run, asked(**typed), one) is also


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [({}, "no"), ({"cfb": ELSE}, "yes"), ({"cfb": TO}, "no"), ({"barring": "incoming"}, "yes"), ({"clip": "y"}, "yes")],
)
def test_something_changes(typed: dict[str, str], verdict: str) -> None:
    one, run, _ = having(forwarding={"cfb": TO})
    vars(run)["products"]._answers["altered"] = PlanMove(Basket(row(Product, code="P88"), (), ()), (), ())
    SWITCH.look(run, asked(**typed), one)
    assert run.qualification.verdict == verdict


@pytest.mark.parametrize(
    ("typed", "reach", "wrong"),
    [
        ({"cfu": OWN}, "domestic", {"cfu": "A line can't forward to itself."}),
        ({"cfu": TO}, "domestic", {}),
        ({"cfb": "0085212345678"}, "domestic", {"cfb": "Calls go abroad only where the line may call abroad (C7.1)."}),
        ({"cfb": "0085212345678"}, "international", {}),
        ({"cfnrc": None}, "domestic", {}),
        ({"conference": "y"}, "domestic", {"conference": "This is not sold here."}),
        ({"conference": "n", "clip": "y"}, "domestic", {"conference": "This is not sold here."}),
    ],
)
def test_what_a_line_can_not_have(typed: dict[str, Any], reach: str, wrong: dict[str, str]) -> None:
    one, run, _ = having(long_distance=reach)
    SWITCH.also(run, asked(**typed), one)
    assert told(run) == wrong


@pytest.mark.parametrize(
    ("forwarding", "typed", "notices"),
    [
        ({}, {"cfu": TO}, 0),
        ({"cfb": TO}, {"cfu": TO}, 1),
        ({"cfu": TO}, {"cfb": TO}, 1),
        ({"cfb": TO}, {"cfnry": TO}, 0),
        ({"cfu": TO, "cfb": TO}, {"cfu": "N"}, 0),
        ({"cfu": TO, "cfb": TO}, {"cfb": "N"}, 0),
        ({"cfu": TO, "cfb": TO}, {}, 1),
    ],
)
def test_while_all_calls_are_forwarded_the_others_have_no_effect(
    forwarding: dict[str, str], typed: dict[str, str], notices: int
) -> None:
    one, run, _ = having(forwarding=forwarding)
    SWITCH.also(run, asked(**typed), one)
    assert len(run.notices) == notices


@pytest.mark.parametrize(
    ("typed", "program", "touches"),
    [
        ({"cfu": ELSE, "cfb": TO}, "", {"forwarding:cfu"}),
        ({"barring": "outgoing"}, "", {"barring"}),
        ({"barring": "outgoing"}, "outgoing", set()),
        ({"cfb": "N"}, "", {"forwarding:cfb"}),
        ({}, "incoming", set()),
    ],
)
def test_an_order_touches_what_it_changes(typed: dict[str, str], program: str, touches: set[str]) -> None:
    one, run, _ = having(forwarding={"cfb": TO}, program=program)
    one.more = ServicesCase(Wanted(("CW",)))
    assert set(SWITCH.touches(run, asked(**typed), one)) == {f"{SERVICE}CW", *touches}


# doing it


REGISTER = "network.order('register_forwarding', 'HLR01', msisdn='13957000001', kind='{kind}', number='{to}')"
PROGRAM = "network.order('manual', '', task='barring', msisdn='13957000001', program='{program}')"


@pytest.mark.parametrize(
    ("typed", "program", "deeds"),
    [
        ({"cfu": ELSE}, "", [REGISTER.format(kind="always", to=ELSE)]),
        (
            {"cfnry": ELSE, "cfnrc": TO},
            "",
            [REGISTER.format(kind="no_reply", to=ELSE), REGISTER.format(kind="not_reachable", to=TO)],
        ),
        ({"cfb": "N"}, "", [f"network.erase_forwarding(line, {{cfb: '{TO}'}})"]),
        ({"cfb": TO}, "", []),
        ({"barring": "incoming"}, "", [PROGRAM.format(program="incoming")]),
        ({"barring": "none"}, "", []),
        ({"barring": "none"}, "incoming", [PROGRAM.format(program="none")]),
        ({}, "incoming", []),
    ],
)
def test_only_what_changes_goes_to_the_network(typed: dict[str, str], program: str, deeds: list[str]) -> None:
    one, run, done = having(forwarding={"cfb": TO}, program=program)
    one.more = ServicesCase(Wanted())
    SWITCH.act(run, asked(**typed), one)
    assert [deed for deed in done if "behaviour" not in deed] == deeds


@pytest.mark.parametrize(
    ("form", "touches", "causes", "deeds"),
    [
        ({"cfu": TO}, "forwarding:cfu", (), [f"products.set_parameter('line', 'cfu', 'forward_to', '{TO}')"]),
        ({"cfu": TO}, "forwarding:cfb", (), []),
        ({"cfu": TO}, "forwarding:cfu", ("loss",), ["products.set_parameter('line', 'cfu', 'forward_to', '')"]),
        ({"cfu": TO}, "forwarding:cfu", ("request",), ["products.set_parameter('line', 'cfu', 'forward_to', '')"]),
        (
            {"cfu": TO},
            "forwarding:cfu",
            ("court", "fraud"),
            [f"products.set_parameter('line', 'cfu', 'forward_to', '{TO}')"],
        ),
        ({"cfb": "n"}, "forwarding:cfb", (), ["products.set_parameter('line', 'cfb', 'forward_to', '')"]),
        ({"barring": "none"}, "barring", (), ["products.set_parameter('line', 'barring', 'program', '')"]),
        ({"barring": "incoming"}, "barring", (), ["products.set_parameter('line', 'barring', 'program', 'incoming')"]),
        ({"barring": "incoming"}, "forwarding:cfu", (), []),
        ({}, "barring", (), []),
    ],
)
def test_numbers_and_the_program_are_in_the_book_where_the_order_touches_them(
    form: dict[str, str], touches: str, causes: tuple[str, ...], deeds: list[str]
) -> None:
    _, run, done = having(forwarding={"cfb": TO}, causes=causes)
    SWITCH.finish(run, order({"number": OWN, **form}, touches=touches))
    assert [deed for deed in done if "set_parameter" in deed] == deeds
    assert "network.done()" in done


# papers, lists, examples


@pytest.mark.parametrize(
    ("typed", "about", "said"),
    [
        ({"cfu": ELSE}, [("Forward always", ELSE)], 0),
        ({"cfb": "N"}, [("When busy", "ended")], 0),
        ({"barring": "incoming"}, [("Barring", "Incoming")], 1),
        ({"barring": "none"}, [], 0),
        ({"barring": "none", "cfb": TO}, [], 0),
    ],
)
def test_a_paper_has_every_change(typed: dict[str, str], about: list[tuple[str, str]], said: int) -> None:
    one, run, _ = having(forwarding={"cfb": TO})
    one.more = ServicesCase(Wanted())
    found = [(str(label), str(value)) for label, value in SWITCH.about(run, asked(**typed), one)]
    assert [value for _, value in found] == [value for _, value in about]
    assert len(SWITCH.advice(run, asked(**typed), one)) == said


def test_lists_and_an_example() -> None:
    _, run, _ = having()
    assert [one.value for one in SWITCH.choices(run, None, "barring", "")] == [
        "none",
        "outgoing",
        "international",
        "incoming",
    ]
    for field in FIELDS:
        assert [one.value for one in SWITCH.choices(run, None, field, "")] == ["y", "n"]
    assert SWITCH.choices(run, None, "cfu", "") == []
    own = row(Subscription, id="line", number="139", customer_id="owner")
    for forwarding, then in (({}, TO), ({"cfb": ELSE}, "n"), ({"cfu": ELSE}, TO)):
        run, _ = doing(
            products={"some_lines": lambda *_, **__: [own], "forwarding": forwarding},
            customers={"owner": SimpleNamespace(document_number="D")},
        )
        assert SWITCH.example(run) == {"number": "139", "document_number": "D", "cfb": then}
