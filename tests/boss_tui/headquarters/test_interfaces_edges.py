"""Where headquarters' rule turns of what is asked before a business: managers' rules, services, what counts without."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.headquarters.absence import Absence
from boss_tui.headquarters.rules import applicants, interfaces
from data.tables.customer import Category, Customer, CustomerAgent, DocumentKind
from data.tables.eligibility import BusinessInterface, Interface, InterfaceAnswer
from data.tables.order import HandwrittenSlip, Subscription
from data.tables.organisation import Operator, Outlet, Role
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.headquarters.known import Fact, claim, form, known, order, published, told

Found = list[tuple[str, bool]]
WRONG, NOTED = [("asked", False)], [("asked", True)]
AWAY = Absence("2026-11-20T00:00:00.000000Z", "2026-11-26T00:00:00.000000Z")
ADULT, OTHER = "330102197509101012", "330102197509101020"
WHO: dict[str, Any] = {
    "id": "k",
    "name": "王小明",
    "holder": "individual",
    "document_kind": "00",
    "document_number": ADULT,
    "birth_date": "1975-09-10",
    "category": "own",
}
HERE = (
    row(DocumentKind, code="00", rule="resident_id", category="own"),
    row(DocumentKind, code="07", rule="passport", category="own"),
    row(Category, code="own", number_limit=2),
    row(Role, code="clerk", grade="clerk"),
    row(Role, code="supervisor", grade="supervisor"),
    row(Operator, staff_no="1001", outlet="HZ01", role="clerk", confirmed_on=DAY),
    row(Operator, staff_no="2001", outlet="HZ01", role="supervisor", confirmed_on=DAY),
    row(Outlet, code="HZ01", channel="own"),
)
LINE: dict[str, Any] = {"id": "l", "customer_id": "k", "state": "active", "outlet": "HZ01", "opened_on": "2026-01-24"}


def does(
    interface: dict[str, Any],
    *rows: Any,
    new: list[Fact] | None = None,
    who: dict[str, Any] | None = None,
    of: dict[str, Any] | None = None,
    on_no: str = "no",
    absence: Absence | None = None,
    body: str = "{}",
) -> Found:
    """What is said of a business that is done with an interface bound to it."""
    done = order(**{"business": "C2", "customer_id": "k", "subscription_id": "l", **(of or {})})
    asked = row(Interface, **{"code": "x", "state": "active", "kind": "local", "offline": "no", **interface})
    bound = row(BusinessInterface, business=done[1]["business"], interface="x", on_no=on_no)
    lines = [] if any(isinstance(each, Subscription) for each in rows) else [row(Subscription, **LINE)]
    here = known(*HERE, asked, bound, row(Customer, **{**WHO, **(who or {})}), *lines, *rows, absence=absence)
    return told(interfaces.judge(here, claim(done, *(new or []), kind=done[1]["business"], body=body)))


ELSEWHERE = row(Subscription, **{**LINE, "id": "m", "outlet": "HZ02"})
GONE = row(Subscription, **{**LINE, "id": "m", "state": "terminated"})
OWN = row(Subscription, **LINE)
AGENT: Fact = (
    CustomerAgent,
    {"id": "g", "order_id": "o1", "customer_id": "k", "name": "李四", "document_kind": "00", "document_number": OTHER},
)


@pytest.mark.parametrize(
    ("rule", "more", "wrong"),
    [
        ("customer.age >= 51", {}, []),
        ("customer.age >= 52", {}, WRONG),
        ("customer.document == '00'", {}, []),
        ("customer.document == '07'", {}, NOTED),  # others may have changed it
        ("customer.category == 'own'", {}, []),
        ("customer.category == 'vip'", {}, WRONG),
        ("customer.known", {}, []),
        ("!customer.known", {}, WRONG),
        ("customer.numbers <= 1", {}, []),
        ("customer.numbers <= 0", {}, WRONG),
        ("customer.numbers <= 1", {"rows": [OWN, ELSEWHERE]}, NOTED),
        ("customer.numbers <= 1", {"rows": [OWN, GONE]}, []),
        ("customer.months >= 9", {}, []),
        ("customer.months >= 10", {}, WRONG),
        ("agent.present", {}, WRONG),
        ("agent.present", {"new": [AGENT]}, []),
        ("agent.age >= 51", {"new": [AGENT]}, []),
        ("agent.age >= 52", {"new": [AGENT]}, WRONG),
        ("agent.age >= 18", {}, WRONG),  # it can't be told, and may not be done without
        ("order.business == 'C2' && order.outlet == 'HZ01' && order.channel == 'own'", {}, []),
        ("order.channel == 'agent'", {}, WRONG),
        ("order.online", {}, []),
        ("order.online", {"body": '{"offline":true}'}, WRONG),
        ("order.opens_number", {}, WRONG),
        ("time.date == '2026-11-23' && time.day == 23 && time.weekday == 1 && time.hour == 9", {}, []),
        ("time.hour < 8", {}, WRONG),
        ("this is no condition", {}, WRONG),
    ],
)
def test_a_rule_of_managers_is_tried_at_headquarters(rule: str, more: dict[str, Any], wrong: Found) -> None:
    rows = more.pop("rows", [])
    assert does({"rule": rule}, *rows, **more) == wrong
    assert does({"rule": rule, "state": "off"}, *rows, **more) == []
    assert does({"rule": rule}, *rows, of={"operator": "scheduler"}, **more) == []
    assert does({"rule": rule}, *rows, of={"approved_by": "2001"}, **more) == wrong
    assert does({"rule": rule}, *rows, absence=AWAY, **more) == wrong  # it was never another
    said = [] if "no condition" not in rule and "agent.age >= 18" not in rule else wrong
    assert does({"rule": rule}, *rows, on_no="override", of={"approved_by": "2001"}, **more) == said
    assert does({"rule": rule}, *rows, on_no="override", **more) == wrong


@pytest.mark.parametrize(
    ("business", "typed", "rule", "wrong"),
    [
        ("C8", {"plan": "P58"}, "'P58' in product.begins", []),
        ("C8", {"plan": "P58"}, "!('P58' in product.begins)", WRONG),
        ("C7.4", {"subscribe": ["MMS"], "cancel": ["CRBT"]}, "'CRBT' in product.begins", WRONG),
        ("C7.4", {"subscribe": ["MMS"]}, "'MMS' in product.begins", []),
        ("C2", {}, "'P58' in product.begins", WRONG),
    ],
)
def test_what_is_sold_is_what_the_form_asks_for(business: str, typed: dict[str, Any], rule: str, wrong: Found) -> None:
    assert does({"rule": rule}, of={"business": business, "form_json": form(**typed)}) == wrong


@pytest.mark.parametrize(
    ("offline", "allowed", "wrong"),
    [("yes", "", []), ("later", "", []), ("override", "", WRONG), ("override", "2001", []), ("no", "2001", WRONG)],
)
def test_what_can_t_be_told_counts_by_its_offline_rule(offline: str, allowed: str, wrong: Found) -> None:
    of = {"approved_by": allowed}
    assert does({"rule": "agent.age > 1", "offline": offline}, of=of) == wrong
    assert does({"rule": "", "offline": offline}, of=of) == wrong  # a rule that this program does not have
    assert does({"kind": "remote", "address": "", "sends": "customer.name", "offline": offline}, of=of) == wrong
    assert does({"kind": "remote", "address": "x:", "sends": "agent.name", "offline": offline}, of=of) == wrong
    assert does({"kind": "remote", "address": "x:", "sends": "no line", "offline": offline}, of=of) == wrong


def test_what_a_slip_says_of_its_hour_counts() -> None:
    slip: Fact = (HandwrittenSlip, {"id": "s", "order_id": "o1", "written_at": "07:30"})
    of = {"hand_slip": "s"}
    assert does({"rule": "time.hour == 7"}, new=[slip], of=of) == []
    assert does({"rule": "time.hour == 9"}, new=[slip], of=of) == WRONG


@pytest.mark.parametrize(("at", "wrong"), [("00:01.999999", []), ("00:02.000000", WRONG)])
def test_the_hour_is_that_in_which_it_was_asked(at: str, wrong: Found) -> None:
    assert does({"rule": "time.hour < 9"}, of={"created_at": f"2026-11-23T01:{at}Z"}) == wrong


def test_a_rule_of_today_an_outlet_may_not_have_heard_of() -> None:
    new = {"code": "x", "state": "active", "kind": "local", "rule": "!customer.known"}
    lines = [
        published(1, "interface", ("x",), day, "add", **row(Interface, **new).__dict__) for day in (DAY, "2026-11-22")
    ]
    assert [does(new, line) for line in lines] == [NOTED, WRONG]
    assert does(new, lines[1], absence=AWAY) == NOTED


def test_the_program_s_own_rule_is_asked_where_managers_put_none_in_its_place() -> None:
    code = next(iter(applicants.RULES))
    assert does({"code": code}) == []
    other = row(Interface, code=code, state="active", kind="local", rule="true")
    assert applicants._is_own(row(Interface, code=code, state="active", kind="local").__dict__)
    assert not applicants._is_own(other.__dict__)
    assert not applicants._is_own(row(Interface, code=code, state="active", kind="remote").__dict__)
    assert not applicants._is_own(row(Interface, code=code, state="off", kind="local").__dict__)


SERVICE = {
    "kind": "remote",
    "address": "https://x",
    "sends": "number = customer.document_number\nname = customer.name\nagent = agent.name ?",
    "offline": "later",
}
SENT = {"number": ADULT, "name": "王小明"}


def answer(**of: Any) -> Fact:
    standard = {"id": "a", "order_id": "o1", "interface": "x", "sent": form(**SENT), "verdict": "yes", "offline": ""}
    made = {**standard, **of}
    begins = "answered" if made["verdict"] else "unasked" if made["offline"] == "yes" else "waiting"
    return InterfaceAnswer, {"state": begins, **made}


@pytest.mark.parametrize(
    ("interface", "said", "allowed", "wrong"),
    [
        ({}, [], "", WRONG),
        ({}, [answer()], "", []),
        ({}, [answer(interface="y")], "", WRONG),
        ({}, [answer(verdict="no")], "2001", WRONG),
        ({}, [answer(verdict="override")], "", WRONG),
        ({}, [answer(verdict="override")], "2001", []),
        ({}, [answer(verdict="", offline="later")], "", []),
        ({}, [answer(verdict="", offline="yes")], "", WRONG),
        ({"offline": "no"}, [answer(verdict="", offline="no")], "2001", WRONG),
        ({"offline": "override"}, [answer(verdict="", offline="override")], "", WRONG),
        ({"offline": "override"}, [answer(verdict="", offline="override")], "2001", []),
        ({"offline": "rule", "rule": "customer.known"}, [answer(verdict="", offline="rule")], "", []),
        ({"offline": "rule", "rule": "!customer.known"}, [answer(verdict="", offline="rule")], "2001", WRONG),
        ({"offline": "rule", "rule": "agent.age > 1"}, [answer(verdict="", offline="rule")], "", WRONG),
        ({"offline": "rule", "rule": "agent.age > 1"}, [answer(verdict="", offline="rule")], "2001", []),
    ],
)
def test_a_service_is_asked_and_its_no_counts(
    interface: dict[str, Any], said: list[Fact], allowed: str, wrong: Found
) -> None:
    assert does({**SERVICE, **interface}, new=said, of={"approved_by": allowed}) == wrong


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        (SENT, []),
        ({**SENT, "number": OTHER}, WRONG),
        ({**SENT, "name": "别人"}, WRONG),
        ({**SENT, "agent": "李四"}, WRONG),
        ({"number": ADULT}, WRONG),
    ],
)
def test_a_service_is_asked_about_whom_a_number_is_opened_for(sent: dict[str, str], wrong: Found) -> None:
    opened: Fact = (Subscription, {**LINE, "state": "pendingActive"})
    of = {"business": "C1"}
    assert does(SERVICE, ELSEWHERE, new=[opened, answer(sent=form(**sent))], of=of) == wrong
    assert does(SERVICE, new=[answer(sent=form(**sent))]) == []  # of who has one, others may have changed that


@pytest.mark.parametrize(
    ("verdict", "offline", "state", "wrong"),
    [
        ("yes", "", "answered", []),
        ("yes", "", "confirmed", [("move", False)]),
        ("", "later", "waiting", []),
        ("", "later", "settled", [("move", False)]),
        ("", "later", "unasked", [("move", False)]),
        ("", "yes", "unasked", []),
    ],
)
def test_an_answer_begins_as_it_was_given(verdict: str, offline: str, state: str, wrong: Found) -> None:
    said = answer(verdict=verdict, offline=offline, state=state)
    assert told(interfaces.judge(known(), claim(said))) == wrong


def test_who_is_not_asked_about_is_no_matter() -> None:
    never = {"rule": "!customer.known"}
    assert does(never, of={"business": "C11"}) == []  # whoever buys cards
    assert does(never, of={"business": "C11", "form_json": form(number="138")}) == WRONG
    assert does(never, of={"customer_id": None, "subscription_id": None}) == []
    assert does(never, of={"form_json": "["}) == []  # told elsewhere
    assert does({"rule": "customer.age > 1", "offline": "yes"}, of={"business": "C12"}) == []
    assert does({"rule": "customer.age > 1"}, of={"business": "C12"}) == WRONG


def test_another_document_is_asked_about_as_an_opening_is() -> None:
    from tests.boss_tui.headquarters.known import change

    asked = row(Interface, code="x", state="active", kind="local", rule="customer.document == '00'")
    bound = row(BusinessInterface, business="C1", interface="x", on_no="no")
    here = known(*HERE, asked, bound, row(Customer, **WHO), row(Subscription, **LINE))
    done = order(business="C4.1", customer_id="k", subscription_id="l")
    corrected = [change("customer", "k", document_kind="07", document_number="E12345678")]
    assert told(interfaces.judge(here, claim(done, changed=corrected, kind="C4.1"))) == WRONG
    assert told(interfaces.judge(here, claim(done, changed=[change("customer", "k", name="王明")], kind="C4.1"))) == []
