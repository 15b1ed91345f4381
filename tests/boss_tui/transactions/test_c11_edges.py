"""What is done with recharge cards (C11), step by step: looked at, paid, changed, told, taken back; and its form."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from boss_tui.answers.business import Quote, Reason
from boss_tui.business.registry import BUSINESSES
from boss_tui.business.vault import PROVEN
from boss_tui.components.customers.applicant import Applicant
from boss_tui.components.tenders.taken import Taken
from boss_tui.transactions.c11 import form as c11_form
from boss_tui.transactions.c11 import recharge_cards as c11_recharge_cards
from boss_tui.transactions.c11.form import RechargeCardsForm
from boss_tui.transactions.c11.recharge_cards import CardsCase
from data.errors import NotAllowed, OutOfStock
from data.message import Message
from data.tables.stock import RechargeCard
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.deeds import doing, hears, order
from tests.boss_tui.transactions.stand_in import line, priced, told

CARDS: Any = BUSINESSES["C11"]
FIRST, NINTH = "33011262000000001", "33011262000000009"
ACTIONS = ("sell", "redeem", "exchange", "return", "damaged", "void")


def card(serial: str, value: int = 5_000, **values: Any) -> Any:
    return row(RechargeCard, serial=serial, face_value=value, valid_to="2028-12-31", **values)


def asked(action: str = "sell", **typed: Any) -> Any:
    empty = {"number": "", "pin": "", "serial": "", "count": 1, "more": "", "reason": "", "new_serial": ""}
    return RechargeCardsForm.model_construct(**{**empty, "action": action, **typed})


# the form


@pytest.mark.parametrize(
    ("typed", "runs"),
    [
        ("", []),
        (FIRST, [(FIRST, 1)]),
        (f"{FIRST}*1", [(FIRST, 1)]),
        (f"{FIRST}*500", [(FIRST, 500)]),
        (f" {FIRST} * 5 ，{FIRST},, ", [(FIRST, 5), (FIRST, 1)]),
        (f"{FIRST}*0", None),
        (f"{FIRST}*501", None),
        (f"{FIRST}*", None),
        (f"{FIRST}*x", None),
        (f"{FIRST}*-1", None),
        (FIRST[:-1], None),
        (f"{FIRST}1", None),
        (f"{FIRST[:-1]}x", None),
        ("*5", None),
        (f"{FIRST[:-1]}٣", None),
        (f"{FIRST}*٣", None),
    ],
)
def test_further_cards_are_serials_with_how_many(typed: str, runs: list[tuple[str, int]] | None) -> None:
    if runs is not None:
        assert c11_form.runs_in(typed) == runs
        assert c11_form._runs(typed) == typed
        return
    with pytest.raises(PydanticCustomError):
        c11_form._runs(typed)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("1" * 18, True),
        ("1" * 17, False),
        ("1" * 19, False),
        ("1" * 17 + "x", False),
        ("1" * 17 + "٣", False),
        (f"{PROVEN}hash", True),
        ("", False),
    ],
)
def test_a_pin_has_18_digits_or_is_a_proof(typed: str, right: bool) -> None:
    assert c11_form.is_pin(typed) is (right and not typed.startswith(PROVEN))
    if right:
        assert c11_form._pin(typed) == typed
        return
    with pytest.raises(PydanticCustomError):
        c11_form._pin(typed)


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        (1, 1),
        (500, 500),
        ("1", 1),
        ("500", 500),
        (0, None),
        (501, None),
        ("501", None),
        ("0", None),
        ("x", None),
        ("٣", None),
        ("", None),
        (None, None),
        (1.5, None),
        (-1, None),
    ],
)
def test_how_many_cards_are_1_to_500(typed: Any, count: int | None) -> None:
    if count is not None:
        assert c11_form._count(typed) == count
        return
    with pytest.raises(PydanticCustomError):
        c11_form._count(typed)


def test_how_long_what_is_typed_may_be() -> None:
    lengths = {spec.name: spec.ask.length for spec in RechargeCardsForm.fields()}
    assert lengths == {
        "action": 10,
        "number": 11,
        "pin": 18,
        "serial": 17,
        "count": 3,
        "more": 200,
        "new_serial": 17,
        "reason": 80,
    }
    assert RechargeCardsForm.model_fields["count"].get_default() == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({}, {}),
        ({"pin": ""}, {}),
        ({"pin": None}, {}),
        ({"pin": f"{PROVEN}x"}, {}),
        ({"pin": "123456 789012 345678"}, {"pin": "hash of 123456789012345678"}),
        ({"pin": "1" * 17}, None),
        ({"pin": "x"}, None),
    ],
)
def test_a_pin_is_kept_as_what_finds_its_card(typed: dict[str, Any], kept: dict[str, str] | None) -> None:
    vault: Any = SimpleNamespace(card=lambda pin: f"hash of {pin}")
    if kept is not None:
        assert CARDS.protect(typed, vault) == kept
        return
    with pytest.raises(PydanticCustomError):
        CARDS.protect(typed, vault)


# looking


@pytest.mark.parametrize("with_line", [True, False])
def test_who_may_and_for_whom_is_asked_for_all_of_its_cards(monkeypatch: pytest.MonkeyPatch, with_line: bool) -> None:
    def look(_run: Any, _form: Any, case: CardsCase) -> None:
        case.cards, case.reasons = [card("1"), card("2")], [Reason("b", "yes", Message(""))]
        case.line = line() if with_line else None

    monkeypatch.setitem(c11_recharge_cards._LOOKS, "void", look)
    limits: list[int] = []
    subjects: list[Applicant] = []

    def may(fen: int) -> list[Reason]:
        limits.append(fen)
        return [Reason("a", "yes", Message(""))]

    def ask(subject: Applicant) -> Any:
        subjects.append(subject)
        return SimpleNamespace(reasons=(Reason("c", "yes", Message("")),))

    run, _ = doing(operators={"may": may}, eligibility={"ask": ask})
    CARDS.fill(run, asked("void", reason="x"))
    assert [one.rule for one in run.qualification.reasons] == ["a", "b", "c"]
    assert limits == [10_000]
    about = Applicant(category="ordinary", customer_id="owner", product="P88", account_id="account")
    assert subjects == [about if with_line else Applicant()]


@pytest.mark.parametrize(
    ("value", "given", "needed"), [("", False, True), (None, False, False), ("x", True, False), (0, False, False)]
)
def test_a_field_that_is_needed_is_asked_for_only_where_nothing_was_typed(
    value: Any, given: bool, needed: bool
) -> None:
    run, _ = doing()
    assert c11_recharge_cards._given(run, asked(serial=value), "serial") is given
    assert told(run) == ({"serial": "This field is needed."} if needed else {})


@pytest.mark.parametrize(
    ("typed", "quote", "notes"),
    [
        ({"serial": ""}, [], {}),
        ({"serial": FIRST, "count": None}, [], {}),
        (
            {"serial": FIRST, "count": 2},
            [(FIRST, 10_000)],
            {"serial": "to 33011262000000002", "count": "2 of 50.00 yuan each"},
        ),
        (
            {"serial": FIRST, "more": f"{NINTH}*3"},
            [(FIRST, 5_000), (NINTH, 9_000)],
            {"serial": f"to {FIRST}", "count": "1 of 50.00 yuan each", "more": "3 of 30.00 yuan each"},
        ),
    ],
)
def test_a_run_of_cards_is_sold_for_what_stands_on_them(
    typed: dict[str, Any], quote: list[tuple[str, int]], notes: dict[str, str]
) -> None:
    def run_of(serial: str, count: int) -> list[Any]:
        return [card(str(int(serial) + n), 5_000 if serial == FIRST else 3_000) for n in range(count)]

    run, _ = doing(cards={"run_of": run_of})
    case = CardsCase()
    c11_recharge_cards._sell(run, asked(**typed), case)
    assert case.value == sum(fen for _, fen in quote)
    assert [(one.resource, one.amount) for one in run.quote.lines] == quote
    assert {name: str(note) for name, note in run.notes.items()} == notes


def test_cards_that_are_not_there_are_refused_beside_their_serial() -> None:
    def refused(*_: Any) -> Any:
        raise NotAllowed(Message("No."))

    for action, field in (("sell", "serial"), ("void", "serial"), ("exchange", "new_serial")):
        run, _ = doing(cards={"run_of": refused, "card": card(FIRST)}, operators={"supervised": []})
        c11_recharge_cards._LOOKS[action](run, asked(action, serial=FIRST, new_serial=FIRST), CardsCase())
        assert told(run) == {field: "No."}


@pytest.mark.parametrize(
    ("action", "typed", "deeds", "quote", "note"),
    [
        (
            "return",
            {"serial": FIRST},
            ["cards.must_be_sold(1)", "cards.must_be_valid(1)"],
            [(-5_000, "1", "sale")],
            "50.00 yuan",
        ),
        (
            "exchange",
            {"serial": FIRST, "new_serial": FIRST},
            ["cards.must_be_sold(1)", "cards.must_be_near_its_end(1)"],
            [],
            "",
        ),
        ("exchange", {"serial": FIRST, "new_serial": ""}, [], [], ""),
        ("exchange", {"serial": "", "new_serial": FIRST}, [], [], ""),
        ("return", {"serial": ""}, [], [], ""),
        ("damaged", {"serial": FIRST, "count": 2}, [], [], "to 33011262000000002"),
        ("void", {"serial": "", "count": 2}, [], [], ""),
        ("void", {"serial": FIRST, "count": None}, [], [], ""),
    ],
)
def test_a_card_is_looked_at_before_it_changes(
    action: str, typed: dict[str, Any], deeds: list[str], quote: list[Any], note: str
) -> None:
    known = {"card": card("1", sold_order="sale"), "run_of": lambda _serial, count: [card("2")] * count}
    rules: list[tuple[str, Message]] = []
    run, done = doing(cards=known, operators={"supervised": hears(rules, ["rule"])})
    case = CardsCase()
    c11_recharge_cards._LOOKS[action](run, asked(action, **typed), case)
    assert done == deeds
    assert [(one.amount, one.resource, one.source) for one in run.quote.lines] == quote
    assert str(run.notes.get("serial", "")) == note
    looked = all(typed.values())
    assert [rule for rule, _ in rules] == (
        {"return": ["return"], "damaged": ["stock"], "void": ["stock"]}.get(action, []) if looked else []
    )
    assert bool(case.cards) is looked
    assert [one for one in (case.fresh,) if one] == ([card("2")] if looked and action == "exchange" else [])


def test_a_card_without_an_order_names_no_source() -> None:
    run, _ = doing(cards={"card": card("1", sold_order=None)}, operators={"supervised": []})
    c11_recharge_cards._take_back(run, asked("return", serial=FIRST), CardsCase())
    assert run.quote.lines[0].source == ""


@pytest.mark.parametrize(("number", "pin"), [("139", f"{PROVEN}abc"), ("", f"{PROVEN}abc"), ("139", "")])
def test_a_card_is_redeemed_for_a_number(number: str, pin: str) -> None:
    one = line(state="active")
    asked_for: list[str] = []
    run, done = doing(
        products={"subscription": one.subscription},
        customers={"owner": one.customer},
        accounts={"of": one.account},
        cards={"of_pin": hears(asked_for, card("1"))},
        operators={"supervised": []},
    )
    case = CardsCase()
    c11_recharge_cards._redeem_card(run, asked("redeem", number=number, pin=pin), case)
    assert (case.line is not None, asked_for) == (bool(number), ["abc"] if pin else [])
    assert done == (["cards.must_be_sold(1)", "cards.must_be_valid(1)"] if pin else [])
    assert run.facts == ({"customer_id": "owner"} if number else {})
    assert list(told(run)) == [field for field, typed in (("number", number), ("pin", pin)) if not typed]


# doing


PUT = {"return": "locked", "damaged": "locked", "void": "void"}


@pytest.mark.parametrize("action", ACTIONS)
def test_each_action_changes_its_cards(action: str) -> None:
    run, done = doing(
        partners={"channel": "agent"},
        accounts={"bucket": SimpleNamespace(id="prepaid")},
        documents={"of": ("paper",)},
        products={"causes": [SimpleNamespace(cause="loss")]},
    )
    case = CardsCase(
        cards=[card("1", 10_199), card("2", 1)],
        fresh=card("9") if action == "exchange" else None,
        line=line() if action == "redeem" else None,
    )
    typed = {"pin": f"{PROVEN}check.proof"} if action == "redeem" else {}
    result = CARDS.perform(run, asked(action, reason="why", **typed), case, [])
    deeds = {
        "sell": ["cards.sell([1, 2])", "settlement.owe('agent', 'commission', 102)"],
        "redeem": [
            "cards.use(1, 'proof')",
            "finance.recharge(10200, 'prepaid')",
            "accounts.extend(line, 10200)",
            "behaviour.watch('owner')",
        ],
        "exchange": ["cards.put_aside([1, 2], 'void', 'why')", "cards.sell([9])"],
    }
    aside = [f"cards.put_aside([1, 2], '{PUT.get(action)}', 'why')"]
    assert done == [*deeds.get(action, aside), "statistics.count('accepted', 0)"]
    ids = ("owner", "line") if action == "redeem" else (None, None)
    assert (result.customer_id, result.subscription_id, result.papers) == (*ids, ("paper",))
    assert (result.amount, result.tendered, result.change) == (0, 0, 0)
    assert result.facts == {"serials": ["1", "2"], "face_value": 10_199}


@pytest.mark.parametrize(("value", "commission"), [(999_999, 9_999), (1_000_000, 10_000), (99, 0)])
def test_an_agent_earns_a_hundredth_of_what_stands_on_the_cards(value: int, commission: int) -> None:
    run, done = doing()
    CARDS._change(run, asked("sell"), CardsCase(cards=[card("1", value)]))
    assert done[-1] == f"settlement.owe(None, 'commission', {commission})"


def test_money_is_taken_where_the_quote_has_any() -> None:
    sales: list[Any] = []
    run, done = doing(finance={"take": Taken("payment", 5_000, 6_000, 1_000, ())}, documents={"of": hears(sales, ())})
    case, run.quote = CardsCase(cards=[card("1")]), Quote((priced("recharge_card", 5_000),))
    result = CARDS.perform(run, asked(), case, [])
    assert (result.amount, result.tendered, result.change, result.state) == (5_000, 6_000, 1_000, "completed")
    assert "statistics.count('accepted', 5000)" in done
    [sale] = sales
    assert (sale.customer_id, str(sale.customer_name), str(sale.title)) == (None, "Bearer", "Recharge cards sold")
    assert len(sale.advice) == 1


def test_nothing_is_done_without_a_card() -> None:
    run, done = doing()
    with pytest.raises(NotAllowed, match="not complete"):
        CARDS.perform(run, asked(), CardsCase(), [])
    assert done == []


@pytest.mark.parametrize(
    ("action", "subscription", "deeds"),
    [
        ("redeem", "line", ["finance.recharge(-5000, 'prepaid')", "accounts.shorten('order')"]),
        ("redeem", None, []),
        ("sell", "line", []),
        ("sell", None, []),
    ],
)
def test_cards_are_taken_back_as_they_were(action: str, subscription: str | None, deeds: list[str]) -> None:
    run, done = doing(
        cards={"used_by": card("1")},
        products={"owned": line().subscription},
        accounts={"bucket": SimpleNamespace(id="prepaid")},
    )
    assert CARDS.reverse(run, order({"action": action}, subscription_id=subscription)) is False
    assert done == [*deeds, "cards.restore('order')"]


# lists and names


@pytest.mark.parametrize(
    ("field", "values"),
    [("action", list(ACTIONS)), ("number", []), ("serial", ["a", "b"]), ("new_serial", ["a", "b"]), ("reason", [])],
)
def test_lists_of_the_fields(field: str, values: list[str]) -> None:
    run, _ = doing(cards={"for_sale": [(3_000, "a", 1), (5_000, "b", 2)]}, products={"find_lines": []})
    found = CARDS.choices(run, asked(), field, "")
    assert [one.value for one in found] == values
    if field == "serial":
        assert [(str(one.label), str(one.detail)) for one in found] == [
            ("30.00 yuan", "1 in stock"),
            ("50.00 yuan", "2 in stock"),
        ]


@pytest.mark.parametrize(("stock", "serial"), [([1, 2], "b"), ([2, 3], "a"), ([1, 1], None), ([], None)])
def test_an_example_sells_two_cards(stock: list[int], serial: str | None) -> None:
    run, _ = doing(cards={"for_sale": [(3_000, name, n) for name, n in zip("ab", stock, strict=False)]})
    if serial:
        assert CARDS.example(run) == {"action": "sell", "serial": serial, "count": "2"}
        return
    with pytest.raises(OutOfStock):
        CARDS.example(run)


def test_each_action_names_its_order() -> None:
    assert [str(CARDS.titled({"action": action})) for action in ACTIONS] == [
        "Recharge cards sold",
        "Recharge card redeemed",
        "Recharge card exchanged",
        "Recharge card taken back",
        "Recharge cards reported damaged",
        "Recharge cards made void",
    ]
    assert str(CARDS.titled({})) == "Recharge cards sold"


def test_a_sale_of_several_runs_tells_each() -> None:
    runs = [[card("1"), card("2")], [card("9", 3_000)]]
    about = c11_recharge_cards._about(asked(), CardsCase(runs=runs, cards=[*runs[0], *runs[1]]))
    assert [value for _, value in about] == ["1 - 2", "2 × 50.00", "9", "1 × 30.00"]
