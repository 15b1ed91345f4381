"""What an order of a provider's service (C7.5) does at each of its steps, and which of them a line may have."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from boss_tui.answers.business import Quote, Reason
from boss_tui.business.process import Run
from boss_tui.business.registry import BUSINESSES
from boss_tui.transactions.c07_5 import looks as c07_5_looks
from boss_tui.transactions.c07_5 import paid_services as c07_5_paid_services
from boss_tui.transactions.c07_5.looks import PaidServiceCase
from data.errors import NotAllowed, NotFound, OutOfStock
from data.message import Message
from data.tables.order import Subscription
from data.tables.provider import Dispute, ProviderService, ProviderSubscription
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.deeds import doing, hears, order
from tests.boss_tui.transactions.stand_in import amounts, line, told

PAID: Any = BUSINESSES["C7.5"]
DISPUTE = row(Dispute, id="dispute", month="2026-10", amount=800, reason="never ordered")
PLATFORM = (
    "network.order('manual', '', task='provider', provider='SP', service='S', msisdn='13957000001', what='{action}')"
)


def service(rhythm: str = "month", code: str = "S", partner: str = "SP") -> Any:
    return row(
        ProviderService, code=code, partner=partner, name_zh=code, name_en=f"Service {code}", fee=800, rhythm=rhythm
    )


def had(code: str = "S", state: str = "active", told_by: str = "counter") -> Any:
    return row(ProviderSubscription, id=f"had {code}", service=code, state=state, since="2026-07-13", told_by=told_by)


def asked(action: str | None = "subscribe", **typed: Any) -> Any:
    empty = {"service": "S", "price_told": True, "agrees_again": True, "month": "", "amount": None, "reason": ""}
    return SimpleNamespace(**{**empty, "action": action, **typed})


def having(partners: dict[str, Any] | None = None, **more: Any) -> tuple[Any, Run, list[str]]:
    one = line(state="active")
    known = {
        "service": lambda code: service(code=code),
        "name": Message,
        "had": [],
        "sold": [service()],
        "barred": None,
        "having": None,
        "provider": lambda code: f"provider {code}",
    }
    run, done = doing(
        partners={**known, **(partners or {})},
        products={"owned": one.subscription},
        billing={"owed": []},
        credit={"beyond": None},
        accounts={"bucket": SimpleNamespace(id="prepaid")},
        tariff={"price": Quote(lines=())},
        **more,
    )
    return one, run, done


# what is typed and looked at


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("", True),
        ("2026-01", True),
        ("2026-12", True),
        ("2026-13", False),
        ("2026-00", False),
        ("2026-1", False),
        ("26-01", False),
        ("2026-011", False),
    ],
)
def test_a_month_has_four_digits_and_two(typed: str, right: bool) -> None:
    if right:
        assert c07_5_paid_services._month(typed) == typed
        return
    with pytest.raises(PydanticCustomError):
        c07_5_paid_services._month(typed)


@pytest.mark.parametrize(
    ("action", "code", "shown", "note", "listed"),
    [
        ("subscribe", "S", True, True, True),
        ("subscribe", "S", False, True, False),
        (None, "S", True, False, True),
        ("subscribe", None, True, False, True),
        ("subscribe", "", False, False, False),
    ],
)
def test_what_a_line_has_is_shown_to_who_may_know_it(
    action: str | None, code: str | None, shown: bool, note: bool, listed: bool
) -> None:
    one, run, _ = having()
    if shown:
        run.proven.add("document:owner")
    PAID.look(run, asked(action, service=code), one)
    assert ("service" in run.notes, "paid_services" in run.facts) == (note, listed)
    assert (one.more.service is not None, one.more.partner) == (note, "SP" if note else "")
    if note:
        assert str(run.notes["service"]) == "Service S of SP"


@pytest.mark.parametrize(
    ("rhythm", "action", "held"), [("month", "subscribe", [800]), ("piece", "subscribe", []), ("month", "bar", [])]
)
def test_what_begins_by_the_month_is_held_against_the_credit(rhythm: str, action: str, held: list[int]) -> None:
    heard: list[Any] = []
    one, run, _ = having({"service": service(rhythm), "sold": [service(rhythm)]})
    vars(run)["credit"] = SimpleNamespace(beyond=hears(heard))
    PAID.look(run, asked(action), one)
    assert [what[-1] for what in heard] == held
    assert run.errors == {}


def test_a_service_that_there_is_not_stands_beside_its_field() -> None:
    def nothing(_code: str) -> Any:
        raise NotFound(Message("None."))

    one, run, _ = having({"service": nothing})
    PAID.look(run, asked(), one)
    assert told(run) == {"service": "None."}


@pytest.mark.parametrize(
    ("action", "role", "verdict"),
    [
        ("refunded", "clerk", "override"),
        ("refused", "clerk", "override"),
        ("refunded", "supervisor", "yes"),
        ("dispute", "clerk", "yes"),
    ],
)
def test_a_supervisor_enters_what_the_provider_answered(action: str, role: str, verdict: str) -> None:
    one, run, _ = having({"disputed": DISPUTE})
    run.operators = SimpleNamespace(supervises=role == "supervisor")  # type: ignore[assignment]
    run.qualification = type(run.qualification)((Reason("first", "yes", Message("")),))
    PAID.look(run, asked(action), one)
    assert run.qualification.verdict == verdict
    assert run.qualification.reasons[0].rule == "first"


@pytest.mark.parametrize(
    ("barred", "rows", "notices", "refused"),
    [
        (None, [], [], False),
        (None, [had("A"), had("B")], ["This ends with it: A, B."], False),
        ("bar", [], [], True),
        (None, [had("A", "ended"), had("OTHER")], [], False),
        (None, [had("A", "ended"), had("B")], ["This ends with it: B."], False),
    ],
)
def test_what_a_bar_ends_is_told(barred: Any, rows: list[Any], notices: list[str], refused: bool) -> None:
    def of(code: str) -> Any:
        return service(code=code, partner="ELSE" if code == "OTHER" else "SP")

    one, run, _ = having({"barred": barred, "had": rows, "service": of})
    with run.beside("service"):
        c07_5_looks._bars(run, asked("bar"), one, PaidServiceCase(partner="SP"))
    assert ([str(notice.text) for notice in run.notices], bool(run.errors)) == (notices, refused)


@pytest.mark.parametrize(("action", "part", "there"), [("unbar", "barred", "bar"), ("cancel", "having", had())])
def test_what_is_not_there_can_not_be_ended(action: str, part: str, there: Any) -> None:
    for found in (there, None):
        one, run, _ = having({part: found})
        with run.beside("service"):
            c07_5_looks.LOOKS[action](run, asked(action), one, PaidServiceCase(partner="SP"))
        assert bool(run.errors) is (found is None)


@pytest.mark.parametrize(
    ("rhythm", "price"),
    [("month", "Say the price: 8.00 yuan a month."), ("piece", "Say the price: 8.00 yuan a piece.")],
)
def test_the_price_is_said(rhythm: str, price: str) -> None:
    one, run, _ = having({"sold": [service(rhythm)]})
    c07_5_looks._subscribes(run, asked(), one, PaidServiceCase(service(rhythm), "SP"))
    assert [str(notice.text) for notice in run.notices] == [price]
    assert str(c07_5_looks.fee(service(rhythm))) in price
    with pytest.raises(NotAllowed, match="not sold"):
        c07_5_looks._subscribes(run, asked(), one, PaidServiceCase())


@pytest.mark.parametrize(
    ("rows", "notices"),
    [
        ([had(told_by="message")], 1),
        ([had(state="ended", told_by="message")], 0),
        ([had()], 0),
        ([], 0),
        ([had(), had("T", told_by="message")], 1),
        ([had(state="ended", told_by="message"), had("T")], 0),
    ],
)
def test_what_was_ordered_by_a_message_is_asked_about(rows: list[Any], notices: int) -> None:
    one, run, _ = having({"had": rows})
    c07_5_paid_services._list(run, one)
    assert (len(run.facts["paid_services"]), len(run.notices)) == (len(rows), notices)
    if rows:
        assert run.facts["paid_services"][0] == {
            "code": "S",
            "name": Message("", {"zh_CN": "S", "en": "Service S"}).as_json(),
            "fee": 800,
            "rhythm": "month",
            "since": "2026-07-13",
            "until": rows[0].until,
            "told_by": rows[0].told_by,
            "state": rows[0].state,
            "provider": Message("SP").as_json(),
        }


# what it costs, and is done


@pytest.mark.parametrize(
    ("action", "change", "lines"),
    [
        ("subscribe", PaidServiceCase(service()), [("provider_fee", 800)]),
        ("subscribe", PaidServiceCase(service("piece")), []),
        ("subscribe", PaidServiceCase(), []),
        ("cancel", PaidServiceCase(service()), []),
        ("refunded", PaidServiceCase(service(), refund=DISPUTE), [("provider_refund", -800), ("prepayment", 800)]),
    ],
)
def test_a_month_begins_or_a_refund_goes_into_the_balance(
    action: str, change: PaidServiceCase, lines: list[tuple[str, int]]
) -> None:
    one, run, _ = having()
    one.more = change
    quote = PAID.price(run, asked(action), one)
    assert amounts(quote.lines) == lines
    assert [(one.monthly, one.resource, str(one.label)) for one in quote.lines if one.item == "provider_fee"] == (
        [(True, "S", "Service S")] if lines and action == "subscribe" else []
    )


ANSWERED = "partners.answered(dispute, '{action}')"


@pytest.mark.parametrize(
    ("action", "change", "deeds"),
    [
        *(
            (action, PaidServiceCase(service(), "SP"), [PLATFORM.format(action=action)])
            for action in ("subscribe", "cancel", "bar", "unbar")
        ),
        ("dispute", PaidServiceCase(service(), "SP", 700), ["partners.dispute('line', 'S', '2026-10', 700, 'why')"]),
        (
            "refunded",
            PaidServiceCase(service(), "SP", 800, DISPUTE, DISPUTE),
            [
                ANSWERED.format(action="refunded"),
                "settlement.owe('provider SP', 'share', -800)",
            ],
        ),
        ("refused", PaidServiceCase(service(), "SP", 800, DISPUTE), [ANSWERED.format(action="refused")]),
        ("refused", PaidServiceCase(service(), "SP"), []),
    ],
)
def test_the_platform_is_told_or_the_dispute_entered(action: str, change: PaidServiceCase, deeds: list[str]) -> None:
    one, run, done = having()
    one.more = change
    PAID.act(run, asked(action, month="2026-10", reason="why"), one)
    assert done == [*deeds, "behaviour.watch('owner')"]
    facts = PAID.facts(run, asked(action), one)
    assert facts == {"number": "13957000001", "customer": "", "action": action, "service": "S", "amount": change.amount}


CHARGED = "billing.charge_from('line', [{lines}], ['{code}'], 2026-11-23)"


@pytest.mark.parametrize(
    ("action", "partners", "deeds"),
    [
        ("subscribe", {}, ["partners.begin('line', 'S')", CHARGED.format(lines="provider_fee 800", code="S")]),
        (
            "subscribe",
            {"service": service("piece")},
            ["partners.begin('line', 'S')", CHARGED.format(lines="", code="S")],
        ),
        ("cancel", {"having": had()}, ["partners.end(had S)", CHARGED.format(lines="", code="S")]),
        ("cancel", {}, []),
        (
            "bar",
            {"bar": [had("A"), had("B")], "having": lambda _line, code: had(code)},
            [
                "partners.end(had A)",
                CHARGED.format(lines="", code="A"),
                "partners.end(had B)",
                CHARGED.format(lines="", code="B"),
            ],
        ),
        ("unbar", {"barred": SimpleNamespace(id="bar")}, ["partners.unbar(bar)"]),
        ("unbar", {}, []),
        ("dispute", {}, []),
        ("refunded", {}, []),
    ],
)
def test_book_and_charges_follow_the_platform(action: str, partners: dict[str, Any], deeds: list[str]) -> None:
    _, run, done = having(partners)
    form = {"number": "13957000001", "action": action, "service": "S"}
    PAID.finish(run, order(form, amount=7))
    assert done == [*deeds, "network.done()", "statistics.count('changed', 7)", "service.call_back('owner', 3, 'C7.5')"]


# lists and examples


@pytest.mark.parametrize(
    ("field", "values"), [("action", list(c07_5_looks.ACTIONS)), ("service", ["S"]), ("month", [])]
)
def test_lists_of_the_fields(monkeypatch: pytest.MonkeyPatch, field: str, values: list[str]) -> None:
    one, run, _ = having()
    monkeypatch.setattr(PAID, "line", lambda *_: one, raising=False)
    found = PAID.choices(run, asked(), field, "")
    assert [choice.value for choice in found] == values
    if field == "service":
        assert (str(found[0].label), str(found[0].detail)) == ("Service S of SP", "8.00 yuan a month")
    monkeypatch.setattr(PAID, "line", lambda *_: None, raising=False)
    assert PAID.choices(run, asked(), "service", "") == []
    assert (list(PAID.known(run, "service")), list(PAID.known(run, "action"))) == (["S"], [])


@pytest.mark.parametrize(
    ("has", "barred", "running", "number"),
    [
        ((), (), (), "1"),
        (("1",), (), (), "2"),
        ((), ("1",), (), "2"),
        ((), (), ("1",), "2"),
        (("1",), ("2",), (), None),
        (("1", "2"), (), (), None),
        ((), (), ("1", "2"), None),
    ],
)
def test_an_example_subscribes_the_music_where_it_can(
    has: tuple[str, ...], barred: tuple[str, ...], running: tuple[str, ...], number: str | None
) -> None:
    lines = [row(Subscription, id=key, number=key, customer_id="owner") for key in "12"]
    run, _ = doing(
        products={"some_lines": lambda *_, **__: lines},
        customers={"owner": SimpleNamespace(document_number="D")},
        partners={
            "having": lambda key, code: key in has and code == "MUSIC",
            "barred": lambda key, partner: key in barred and partner == "SP001",
        },
        processes={"running": lambda key: key in running},
    )
    if number is None:
        with pytest.raises(OutOfStock):
            PAID.example(run)
        return
    assert PAID.example(run) == {
        "number": number,
        "document_number": "D",
        "action": "subscribe",
        "service": "MUSIC",
        "price_told": "y",
        "agrees_again": "y",
    }
