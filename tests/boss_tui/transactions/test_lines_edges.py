"""What all businesses on a number share: who may ask, in which state, what money moves, what keeps it back."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from boss_tui.answers.business import Quote, Reason
from boss_tui.business.entries import BusinessEntry
from boss_tui.business.process import Run
from boss_tui.business.vault import PROVEN
from boss_tui.components.customers.customers import Person
from boss_tui.transactions import lines
from boss_tui.transactions.line_forms import LineForm, OwnerForm, PasswordForm
from boss_tui.transactions.lines import LineTransaction
from boss_tui.transactions.secrets import six_digits_or
from data.errors import NotAllowed, NotFound
from data.message import say
from data.tables.order import ProductOrder
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.acts import Acts, Does
from tests.boss_tui.transactions.stand_in import line, priced, told

NUMBER = "13957000001"


class Plain(LineTransaction[Any]):
    """A business that does one thing."""

    form: type[Any] = OwnerForm

    def __init__(self) -> None:
        super().__init__(BusinessEntry("X", "", "", say("Plain"), ()))

    def look(self, run: Run, form: Any, line: Any) -> None:
        """Nothing is special."""

    def act(self, run: Run, form: Any, line: Any) -> None:
        """One act."""
        run.behaviour.watch(f"acted on {line.number}" if form.number else "")


class ByPassword(Plain):
    """One that a service password will do for."""

    form, identity = PasswordForm, "password"


class Anybody(Plain):
    """One that nobody shows anything for, and no money moves with, whatever is under way."""

    form, identity, touched, paid, binds = LineForm, "none", (), False, False


def form(kind: type[Any] = OwnerForm, **typed: Any) -> Any:
    empty = {name: field.default for name, field in kind.model_fields.items() if name != "number"}
    return kind.model_construct(**{**empty, "number": NUMBER, **typed})


FOUND = {"document_number": "D1", "name": "张小明", "birth_date": "1990-05-17", "document_kind": "00"}


def looked(business: Any, typed: Any, **said: Any) -> Run:
    """The run of a form that was looked through; see `worked_out`."""
    return worked_out(business, typed, **said)[0]


def worked_out(
    business: Any, typed: Any, *, acts: Acts | None = None, secrets: Any = None, **said: Any
) -> tuple[Run, Any]:
    """A form filled on an active postpaid line of 张小明's, unless something is said."""
    one = line(**{"state": "active", **said.pop("line", {})}, customer=FOUND)
    components: dict[str, dict[str, Any]] = {
        "products": {"subscription": one.subscription, "name": "Plan", "causes": []},
        "customers": {"owner": one.customer, "shows": Does(None)},
        "accounts": {"of": one.account},
        "operators": {"may": []},
        "finance": {"ready": ()},
        "eligibility": {"ask": SimpleNamespace(reasons=())},
        "processes": {"in_the_way": None},
        "tariff": {"price": Quote((priced("fee", 5),))},
    }
    for name, more in said.pop("components", {}).items():
        components[name] = {**components.get(name, {}), **more}
    run = (Acts() if acts is None else acts).step(about=said, **components)
    run.secrets.update(secrets or {})
    return run, business.fill(run, typed)


# who asks


@pytest.mark.parametrize(
    ("business", "typed", "secrets", "identified", "wrong"),
    [
        (Plain(), {"document_number": "D1"}, {}, (), ""),
        (Plain(), {}, {}, (), "Ask for the owner's document."),
        (Plain(), {}, {}, ("document:owner",), ""),
        (Plain(), {}, {}, ("password:line",), "Ask for the owner's document."),
        (Plain(), {}, {}, ("document:x",), "Ask for the owner's document."),
        (Plain(), {}, {"password": f"{PROVEN}line"}, (), "Ask for the owner's document."),
        (ByPassword(), {}, {"password": f"{PROVEN}line"}, (), ""),
        (ByPassword(), {}, {"password": f"{PROVEN}other"}, (), "or the service password"),
        (ByPassword(), {}, {}, (), "or the service password"),
        (ByPassword(), {}, {"password": None}, (), "or the"),
        (ByPassword(), {"document_number": "D1"}, {}, (), ""),
        (ByPassword(), {}, {}, ("password:line",), ""),
        (ByPassword(), {}, {}, ("document:owner",), ""),
        (ByPassword(), {}, {}, ("password:other",), "or the service password"),
        (Anybody(), {}, {}, (), ""),
    ],
)
def test_who_asks_has_shown_who_they_are(
    business: Any, typed: Any, secrets: Any, identified: tuple[str, ...], wrong: str
) -> None:
    run = looked(business, form(business.form, **typed), secrets=secrets, identified=frozenset(identified))
    assert list(run.errors) == (["document_number"] if wrong else [])
    assert wrong in "".join(told(run).values())


@pytest.mark.parametrize(
    ("business", "typed", "shown"),
    [
        (Plain(), {"document_number": "D1"}, ["customers.shows(owner, D1)"]),
        (Plain(), {}, []),
        (Anybody(), {"document_number": "D1"}, []),
    ],
)
def test_a_document_that_is_typed_must_be_the_owners(business: Any, typed: Any, shown: list[str]) -> None:
    acts = Acts()
    run = looked(business, form(business.form, **typed), acts=acts, identified=frozenset({"document:owner"}))
    assert acts == ["customers.brings(ordinary)", *shown]
    assert run.proven == ({"document:owner"} if shown else set())


def test_one_that_is_not_proves_nothing() -> None:
    def refused(*_: Any) -> None:
        raise NotAllowed(say("not theirs"))

    run = looked(Plain(), form(document_number="D9"), components={"customers": {"shows": refused}})
    assert (told(run), run.proven) == ({"document_number": "not theirs"}, set())


def test_a_password_that_is_right_counts_for_its_own_number() -> None:
    run = looked(ByPassword(), form(PasswordForm), secrets={"password": f"{PROVEN}line"})
    assert (run.proven, run.errors) == ({"password:line"}, {})


@pytest.mark.parametrize(("agent", "wrong"), [("D2", []), ("D1", ["agent_document_number"])])
def test_an_agent_is_somebody_else(agent: str, wrong: list[str]) -> None:
    typed = form(
        document_number="D1",
        by_agent=True,
        agent_document_kind="00",
        agent_document_number=agent,
        agent_name="王芳",
        agent_phone="13812345678",
    )
    run, line = worked_out(
        Plain(), typed, components={"customers": {"identify": lambda _kind, number: Person("00", number)}}
    )
    assert (list(run.errors), line.agent.document_number) == (wrong, agent)


@pytest.mark.parametrize(
    ("born", "agent", "expected"),
    [
        ("1990-05-17", None, (36, "", "", None)),
        ("2000-11-23", None, (26, "", "", None)),
        ("2000-11-24", None, (25, "", "", None)),
        ("", Person("02", "A", age=40), (None, "02", "A", 40)),
    ],
)
def test_both_are_asked_about(born: str, agent: Any, expected: Any) -> None:
    one = line(customer={"birth_date": born, "document_kind": "00", "document_number": "D"})
    one.agent = agent
    found = lines.subject(Acts().step(), one)
    assert (found.age, found.agent_kind, found.agent_number, found.agent_age) == expected
    assert (found.document_kind, found.document_number, found.category, found.customer_id, found.opens_number) == (
        "00",
        "D",
        "ordinary",
        "owner",
        False,
    )


# in which state


@pytest.mark.parametrize(
    ("state", "causes", "states", "touched", "said"),
    [
        ("active", [], ("active",), ("x",), ""),
        ("suspended", [], ("active",), ("x",), "suspended"),
        ("active", ["loss"], ("active",), ("x",), "suspended"),
        ("active", ["loss"], ("active",), (), ""),
        ("active", ["loss"], ("active", "suspended"), ("x",), ""),
        ("suspended", ["loss"], ("active", "suspended"), ("x",), ""),
        ("terminated", [], ("active", "suspended"), ("x",), "can't be done now"),
        ("pendingActive", [], ("active",), (), "can't be done now"),
        ("pendingActive", ["loss"], ("pendingActive",), ("x",), ""),
    ],
)
def test_a_line_whose_stop_the_network_has_not_yet_is_stopped_already(
    monkeypatch: pytest.MonkeyPatch, state: str, causes: list[str], states: Any, touched: Any, said: str
) -> None:
    monkeypatch.setattr(Plain, "states", states)
    monkeypatch.setattr(Plain, "touched", touched)
    components = {"products": {"causes": causes}}
    run, found = worked_out(Plain(), form(document_number="D1"), line={"state": state}, components=components)
    assert list(run.errors) == (["number"] if said else [])
    assert said in "".join(told(run).values())
    assert (found is None) is bool(said)


@pytest.mark.parametrize(("business", "name"), [(Plain(), "张**"), (Anybody(), "张小明")])
def test_a_name_is_masked_where_somebody_must_show_who_they_are(business: Any, name: str) -> None:
    run = looked(business, form(business.form))
    assert str(run.notes["number"]).startswith(f"{name}  Plan  ")
    assert run.facts["customer_id"] == "owner"


@pytest.mark.parametrize("typed", ["", None])
def test_without_a_number_only_the_operator_is_asked(typed: str | None) -> None:
    reason = Reason("right", "no", say("no"))
    run, found = worked_out(Plain(), form(number=typed), components={"operators": {"may": [reason]}})
    assert (found, run.errors, run.qualification.reasons, run.quote) == (None, {}, (reason,), Quote())


def test_a_number_that_nobody_has_stands_beside_its_field() -> None:
    def nobody(_number: str) -> None:
        raise NotFound(say("Nobody has the number."))

    run, found = worked_out(Plain(), form(), components={"products": {"subscription": nobody}})
    assert (told(run), found) == ({"number": "Nobody has the number."}, None)


@pytest.mark.parametrize(
    ("business", "reasons"), [(Plain(), ["right", "shift", "list"]), (Anybody(), ["right", "list"])]
)
def test_a_shift_is_open_where_money_may_move(business: Any, reasons: list[str]) -> None:
    asked = {
        "operators": {"may": [Reason("right", "override", say("r"))]},
        "finance": {"ready": (Reason("shift", "no", say("s")),)},
        "eligibility": {"ask": SimpleNamespace(reasons=(Reason("list", "no", say("l")),))},
    }
    run = looked(business, form(business.form), components=asked)
    assert [one.rule for one in run.qualification.reasons] == reasons


@pytest.mark.parametrize(("urgent", "wrong"), [(False, ["number"]), (True, [])])
def test_what_touches_the_same_and_is_under_way_keeps_it_back(
    monkeypatch: pytest.MonkeyPatch, urgent: bool, wrong: list[str]
) -> None:
    monkeypatch.setattr(Plain, "urgent", lambda *_: urgent)
    before = row(ProductOrder, serial="S1", business="C8")

    def in_the_way(key: str, touches: Any) -> Any:
        return before if (key, touches) == ("line", frozenset({"line"})) else None

    run = looked(Plain(), form(document_number="D1"), components={"processes": {"in_the_way": in_the_way}})
    assert list(run.errors) == wrong
    assert (run.touches, run.quote.due) == (frozenset({"line"}), 5)
    assert not wrong or "S1 (C8)" in str(run.errors["number"])


def test_as_a_rule_nothing_is_urgent_and_nothing_is_given_back() -> None:
    one, plain = line(customer={"name": "张小明"}), Plain()
    assert (plain.urgent(form()), plain.corrects(Acts().step(), form(), one), plain.about(None, form(), one)) == (  # type: ignore[arg-type]
        False,
        "",
        (),
    )
    assert plain.facts(Acts().step(), form(), one) == {"number": NUMBER, "customer": "张小明"}


# passwords


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("135790", True),
        ("13579", False),
        ("1357901", False),
        ("13579a", False),
        ("１３５７９０", False),
        ("", False),
        (PROVEN, True),
        (f"{PROVEN}id", True),
        (f"x{PROVEN}", False),
    ],
)
def test_a_service_password_is_six_digits_or_proven(typed: str, taken: bool) -> None:
    if taken:
        assert six_digits_or(PROVEN)(typed) == typed
        return
    with pytest.raises(PydanticCustomError):
        six_digits_or(PROVEN)(typed)


@pytest.mark.parametrize(
    ("business", "typed", "kept"),
    [
        (ByPassword(), "135790", {"password": f"proof of 135790 for {NUMBER}"}),
        (ByPassword(), "", {}),
        (ByPassword(), None, {}),
        (ByPassword(), f"{PROVEN}line", {}),
        (Plain(), "135790", {}),
        (ByPassword(), "１３５７９０", {"password": f"proof of 135790 for {NUMBER}"}),
    ],
)
def test_a_password_is_proven_once_and_not_kept(business: Any, typed: Any, kept: dict[str, str]) -> None:
    vault: Any = SimpleNamespace(proof=lambda number, password: f"proof of {password} for {number}")
    assert business.protect({"password": typed, "number": NUMBER}, vault) == kept
