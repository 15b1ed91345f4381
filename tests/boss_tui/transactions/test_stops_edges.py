"""What a stop and a resumption (C6) do, act by act: at once, on their day, once the network has it, called off."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import Quote
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.products.suspending import CAUSES
from boss_tui.transactions.c06 import emergency
from boss_tui.transactions.c06 import suspend as c06_suspend
from boss_tui.transactions.c06.suspend import SuspensionCase
from data.errors import NotAllowed
from data.tables.life import Suspension
from tests.boss_tui.components.rows import DAY, row
from tests.boss_tui.transactions.acts import Acts, Does, order
from tests.boss_tui.transactions.stand_in import line, priced, told

TODAY = date.fromisoformat(DAY)
NEXT, BEFORE = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
STOP: Any = BUSINESSES["C6"]


def cause(name: str, **values: Any) -> Any:
    """One that stands, keyed by its name."""
    extent = "outgoing" if name == "arrears_outgoing" else "all"
    standard = {"id": name, "cause": name, "extent": extent, "starts_on": DAY, "state": "running"}
    return row(Suspension, subscription_id="line", **{**standard, **values})


def form(action: str | None = "suspend", cause: str | None = "request", **more: Any) -> Any:
    return SimpleNamespace(
        **{
            "action": action,
            "cause": cause,
            "emergency": False,
            "reason": "",
            "starts_on": None,
            "ends_on": None,
            "number": "13957000001",
            **more,
        }
    )


def owed(*days: int) -> list[Any]:
    """Bills of 10 yuan that are so many days late."""
    return [SimpleNamespace(amount=1_000, days=late) for late in days]


# once the network has it


COUNTED = ["network.done()", "statistics.count(changed, 700)"]
STOPPED, WORKS = (f"products.change_subscription(line, state={state})" for state in ("suspended", "active"))


@pytest.mark.parametrize(
    ("values", "stopped", "lifted", "left", "done"),
    [
        (
            {},
            "loss",
            None,
            ["loss"],
            ["products.set_parameter(line, cfb, forward_to, )", "service.call_back(owner, 3, C6)", STOPPED],
        ),
        (
            {},
            "request",
            None,
            ["request"],
            [
                "products.set_parameter(line, cfb, forward_to, )",
                "billing.keep_number(request, keep_number_fee 500)",
                "service.call_back(owner, 3, C6)",
                STOPPED,
            ],
        ),
        (
            {"pay_type": "prepaid"},
            "request",
            None,
            ["request"],
            ["products.set_parameter(line, cfb, forward_to, )", "service.call_back(owner, 3, C6)", STOPPED],
        ),
        ({}, "fraud", None, ["fraud"], [STOPPED]),
        ({}, "arrears_all", None, ["arrears_all"], [STOPPED]),
        ({"state": "suspended"}, None, "request", [], ["billing.charge_again(request, keep_number_fee)", WORKS]),
        ({"state": "suspended"}, None, "loss", [], [WORKS]),
        ({"state": "suspended"}, None, "loss", ["fraud"], [STOPPED]),
        ({"state": "suspended"}, None, None, [], [WORKS]),
        ({"state": "pendingActive"}, "fraud", None, ["fraud"], []),
        ({"state": "pendingTerminate"}, None, "court", [], []),
    ],
)
def test_a_line_is_what_its_causes_make_it_once_the_network_has_it(
    values: dict[str, Any], stopped: str | None, lifted: str | None, left: list[str], done: list[str]
) -> None:
    acts = Acts()
    one = line(**{"state": "active", **values})
    run = acts.step(
        products={
            "owned": one.subscription,
            "set_by": cause(stopped) if stopped else None,
            "lifted_by": cause(lifted) if lifted else None,
            "causes": left,
            "forwarding": {"cfb": "057188886666"},
        },
        customers={"owner": one.customer},
        tariff={"price": Quote((priced("else", 9), priced("keep_number_fee", 500, monthly=True)))},
    )
    STOP.finish(run, order())
    assert acts == [*done, *COUNTED]


# on its day


@pytest.mark.parametrize(
    ("action", "name", "known", "before", "bills", "done"),
    [
        (
            "suspend",
            "request",
            {"state": "planned"},
            [],
            [],
            ["products.begin(request)", "network.bar(line, , all)", "network.erase_forwarding(line, {cfb: 1})"],
        ),
        (
            "suspend",
            "request",
            {"state": "planned", "ends_on": "2026-12-10"},
            ["arrears_outgoing"],
            [],
            [
                "products.begin(request)",
                "network.bar(line, outgoing, all)",
                "network.erase_forwarding(line, {cfb: 1})",
                "processes.schedule(line, 2026-12-10, {number: 13957000001, action: resume, cause: request}, "
                "touches=[stop:request])",
            ],
        ),
        ("suspend", "request", None, [], [], []),
        ("suspend", "request", {"state": "running"}, ["request"], [], []),
        ("suspend", "arrears_all", {"state": "planned"}, [], [0], ["products.lift(arrears_all)"]),  # paid meanwhile
        ("resume", "request", None, [], [], []),
        ("resume", "request", {}, ["request"], [1], ["products.lift(request)", "network.bar(line, all, )"]),
        (
            "resume",
            "request",
            {},
            ["request", "arrears_outgoing"],
            [1],
            ["products.lift(request)", "network.bar(line, all, outgoing)"],
        ),
        ("resume", "arrears_all", {}, ["arrears_all"], [0], ["products.lift(arrears_all)", "network.bar(line, all, )"]),
        ("resume", "arrears_all", {}, ["arrears_all"], [1], "overdue still"),
        ("resume", "arrears_outgoing", {}, ["arrears_outgoing"], [1], "overdue still"),
        ("resume", "arrears_outgoing", {}, ["arrears_outgoing"], [2], "beyond its limit"),
    ],
)
def test_on_its_day_a_cause_begins_or_is_gone_unless_somebody_came_before_it(
    monkeypatch: pytest.MonkeyPatch,
    action: str,
    name: str,
    known: dict[str, Any] | None,
    before: list[str],
    bills: list[int],
    done: Any,
) -> None:
    monkeypatch.setattr(c06_suspend, "may_lift", lambda *_: not isinstance(done, str))
    bills = [0] if done == "beyond its limit" else bills
    acts = Acts()
    one = line(state="active")
    there = None if known is None else cause(name, **known)
    run = acts.step(
        products={
            "owned": one.subscription,
            "cause": there,
            "causes": [cause(each) for each in before],
            "forwarding": {"cfb": "1"},
            "begin": Does(there),
        },
        accounts={"of": one.account},
        billing={"owed": owed(*bills)},
        network={"ordered": True},
    )
    made = order(number="13957000001", action=action, cause=name)
    if isinstance(done, str):
        with pytest.raises(NotAllowed, match=done):
            STOP.due(run, made)
        return
    assert STOP.due(run, made) is bool(done)
    assert acts == done


@pytest.mark.parametrize("ordered", [True, False])
def test_what_the_network_need_not_know_is_done_on_its_day(*, ordered: bool) -> None:
    one = line(state="active")
    products = {"owned": one.subscription, "cause": cause("loss"), "causes": []}
    run = Acts().step(products=products, network={"ordered": ordered})
    assert STOP.due(run, order(action="resume", cause="loss")) is ordered


@pytest.mark.parametrize(
    ("state", "refused"),
    [("terminated", True), ("cancelled", True), ("active", False), ("suspended", False), ("pendingActive", False)],
)
def test_a_line_that_has_ended_is_not_stopped_any_more(state: str, refused: bool) -> None:
    run = Acts().step(products={"owned": line(state=state).subscription, "cause": None, "causes": []})
    made = order(action="suspend", cause="request")
    if refused:
        with pytest.raises(NotAllowed, match="this can't be done now"):
            STOP.due(run, made)
    else:
        assert STOP.due(run, made) is False


# called off


@pytest.mark.parametrize(
    ("ends", "again"),
    [(None, False), ("2026-11-22", False), (DAY, True), ("2026-11-24", True), ("", False)],
)
def test_a_resumption_that_is_called_off_waits_for_its_day_again(ends: str | None, again: bool) -> None:
    acts = Acts()
    lifted = None if ends is None else cause("request", ends_on=ends)
    STOP.cancel(acts.step(products={"cancel_suspension": Does(lifted), "owned": line().subscription}), order())
    scheduled = (
        f"processes.schedule(line, {ends}, {{number: 13957000001, action: resume, cause: request}}, "
        "touches=[stop:request])"
    )
    assert acts == ["products.cancel_suspension(order)", *([scheduled] if again else [])]


# at the counter


@pytest.mark.parametrize(
    ("typed", "known", "made", "done"),
    [
        (form(), None, {}, ["network.bar(line, outgoing, all)", "network.erase_forwarding(line, {cfb: 1})"]),
        (
            form(),
            None,
            {"state": "planned"},
            [
                f"processes.schedule(line, {NEXT}, {{number: 13957000001, action: suspend, cause: request}}, "
                "touches=[stop:request, forwarding])"
            ],
        ),
        (form(cause="fraud", reason="x"), None, {}, ["network.bar(line, outgoing, all)"]),
        (
            form("resume"),
            "request",
            {},
            [
                "products.lift(request)",
                "network.bar(line, outgoing, outgoing)",
                "processes.unschedule(line, C6, The cause was lifted before., cause=request)",
            ],
        ),
        (form("resume"), None, {}, []),
    ],
)
def test_a_stop_is_set_at_once_or_for_its_day_and_a_resumption_leaves_no_day(
    typed: Any, known: str | None, made: dict[str, Any], done: list[str]
) -> None:
    acts, one = Acts(), line()
    one.more = SuspensionCase([cause("arrears_outgoing")], cause(known) if known else None, NEXT, None)
    new = cause(typed.cause, **made)
    run = acts.step(products={"suspend": Does(new), "forwarding": {"cfb": "1"}, "owned": one.subscription})
    STOP.act(run, typed, one)
    set_ = f"products.suspend(line, {typed.cause}, extent=all, starts={NEXT}, ends=None, reason={typed.reason})"
    assert acts == [*([set_] if typed.action == "suspend" else []), *done, "behaviour.watch(owner)"]


@pytest.mark.parametrize(("name", "extent"), [("arrears_outgoing", "outgoing"), ("arrears_all", "all")])
def test_only_one_cause_leaves_calls_that_come_in(name: str, extent: str) -> None:
    acts, one = Acts(), line()
    one.more = SuspensionCase([], None, TODAY, None)
    STOP.act(acts.step(products={"suspend": Does(cause(name))}), form(cause=name), one)
    assert f"extent={extent}," in acts[0]


def looked(typed: Any, **said: Any) -> tuple[Any, SuspensionCase]:
    """A form of C6 looked at on a line that nothing stops, unless something is said."""
    one = line()
    nothing: dict[str, Any] = {"causes": [], "cause": None, "forwarding": {}}
    standard: dict[str, dict[str, Any]] = {"products": nothing, "billing": {"owed": []}}
    run = Acts().step(**{name: {**standard.get(name, {}), **said.get(name, {})} for name in {*standard, *said}})
    STOP.look(run, typed, one)
    return run, one.more


@pytest.mark.parametrize(
    ("typed", "bills", "wrong"),
    [
        (form(), [], {}),
        (form(), [0], {"cause": "collect them first"}),
        (form(cause="loss"), [0], {}),
        (form(cause="fraud"), [], {"reason": "Say why"}),
        (form("resume"), [0], {"cause": "not stopped for this cause"}),
        (form(starts_on=BEFORE), [], {"starts_on": "over"}),
    ],
)
def test_whatever_is_wrong_of_a_stop_stands_beside_its_field(
    typed: Any, bills: list[int], wrong: dict[str, str]
) -> None:
    run, _ = looked(typed, billing={"owed": owed(*bills)})
    found = told(run)
    assert list(found) == list(wrong)
    assert all(said in found[field] for field, said in wrong.items())


@pytest.mark.parametrize(
    ("typed", "paid", "late", "wrong"),
    [
        (form("resume", "arrears_all"), False, 1, {"emergency": "10.00 yuan are overdue still"}),
        (form("resume", "arrears_outgoing"), False, 1, {"emergency": "10.00 yuan are overdue still"}),
        (
            form("resume", "arrears_kept"),
            False,
            1,
            {"cause": "10.00 yuan are overdue still"},
        ),  # no emergency lifts that
        (form("resume", "arrears_all"), True, 1, {}),  # within its limit again
        (form("resume", "arrears_all"), False, 0, {}),  # not late yet
        (form("resume", "request"), False, 1, {}),
        (form("resume", "arrears_all", emergency=True, reason="x"), False, 1, {}),
    ],
)
def test_what_arrears_stopped_is_resumed_when_it_is_paid_or_in_an_emergency(
    monkeypatch: pytest.MonkeyPatch, typed: Any, paid: bool, late: int, wrong: dict[str, str]
) -> None:
    monkeypatch.setattr(c06_suspend, "may_lift", lambda *_: paid)
    monkeypatch.setattr(emergency, "look", lambda *_: None)
    stands = cause(typed.cause)
    run, _ = looked(typed, products={"cause": stands, "causes": [stands]}, billing={"owed": owed(late)})
    found = told(run)
    assert list(found) == list(wrong)
    assert all(said in found[field] for field, said in wrong.items())


@pytest.mark.parametrize(("cause_", "refused"), [("arrears_all", True), ("arrears_kept", True), ("request", False)])
def test_a_stop_that_an_emergency_resume_has_planned_is_lifted_by_paying(cause_: str, refused: bool) -> None:
    planned = cause(cause_, state="planned")
    run, _ = looked(form("resume", cause_), products={"cause": planned, "causes": []})
    assert [said.partition(":")[0] for said in told(run).values()] == (["An emergency resume ends then"] * refused)


# in an emergency


@pytest.mark.parametrize(
    ("typed", "stopped", "paid", "refused"),
    [
        (form("resume", "arrears_all"), ["arrears_all"], [], ""),
        (form("resume", "arrears_outgoing"), ["arrears_outgoing"], [], ""),
        (form("suspend", "arrears_all"), [], [], "In an emergency a line is resumed"),
        (form("resume", "arrears_kept"), ["arrears_kept"], [], "In an emergency a line is resumed"),
        (form("resume", "request"), [], [], "In an emergency a line is resumed"),
        (form("resume", "arrears_all"), ["arrears_all", "arrears_kept"], [], "The number is kept only"),
        (form("resume", "arrears_all"), ["arrears_all"], ["arrears_all"], "Nothing keeps it stopped any more"),
        (form("resume", "arrears_all"), ["arrears_all", "arrears_outgoing"], ["arrears_all"], ""),
        (form("resume", "arrears_all"), [], [], ""),  # that it is stopped at all is asked apart
    ],
)
def test_in_an_emergency_what_is_not_paid_is_resumed_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, typed: Any, stopped: list[str], paid: list[str], refused: str
) -> None:
    acts = Acts()
    trusts = SimpleNamespace(may_resume=lambda owner, one: acts.append(f"may_resume({owner.id}, {one.id})"))
    monkeypatch.setattr(emergency, "may_lift", lambda _run, _line, name: name in paid)
    monkeypatch.setattr(emergency, "words_of", lambda _: trusts)
    run = acts.step(billing={"stopped": lambda _line, causes: [each for each in causes if each in stopped]})
    emergency.look(run, typed, line())
    found = told(run)
    assert [said.startswith(refused) for said in found.values()] == [True] * bool(refused)
    assert list(found) == ["emergency"] * bool(refused)
    assert acts == ([] if refused else ["may_resume(owner, line)"])


@pytest.mark.parametrize(
    ("causes", "before", "left"),
    [
        (["arrears_all"], "all", ""),
        (["arrears_outgoing"], "outgoing", ""),
        (["arrears_outgoing", "loss"], "all", "all"),
        (["arrears_all", "request"], "all", "all"),
    ],
)
def test_an_emergency_resume_lifts_what_arrears_stopped_and_plans_it_for_the_day_after(
    monkeypatch: pytest.MonkeyPatch, causes: list[str], before: str, left: str
) -> None:
    acts, stands = Acts(), [cause(each) for each in causes]
    name, extent = stands[0].cause, stands[0].extent
    trusts = SimpleNamespace(resume=lambda *_: SimpleNamespace(valid_to=DAY))
    monkeypatch.setattr(emergency, "words_of", lambda _: trusts)
    planned = Does(cause(name, state="planned", starts_on=NEXT.isoformat()))
    run = acts.step(products={"suspend": planned, "owned": line().subscription})
    emergency.act(run, form("resume", name, reason="x"), line(), stands)
    assert acts == [
        f"products.lift({name})",
        f"network.bar(line, {before}, {left})",
        f"products.suspend(line, {name}, extent={extent}, starts={NEXT}, ends=None, reason=x)",
        f"processes.schedule(line, {NEXT}, {{number: 13957000001, action: suspend, cause: {name}}}, "
        f"touches=[stop:{name}])",
    ]


@pytest.mark.parametrize(
    ("named", "stands", "found"),
    [
        ("arrears_all", ["arrears_outgoing"], "arrears_outgoing"),
        ("arrears_outgoing", ["request", "arrears_all"], "arrears_all"),
        ("arrears_all", ["request"], None),
        ("request", ["arrears_all"], None),
        ("arrears_kept", ["arrears_all"], None),
    ],
)
def test_an_emergency_names_either_stop_of_arrears(named: str, stands: list[str], found: str | None) -> None:
    lifted = emergency.lifted(form("resume", named), [cause(each) for each in stands])
    assert (lifted.cause if lifted else None) == found


@pytest.mark.parametrize(
    ("typed", "sought"), [(form(None), 0), (form(cause=None), 0), (form(None, None), 0), (form("resume", "loss"), 1)]
)
def test_as_long_as_one_of_both_is_missing_nothing_is_said(typed: Any, sought: int) -> None:
    run, change = looked(typed, products={"cause": cause("loss"), "causes": [cause("loss")]})
    assert (run.errors, change.known is not None, "cause" in run.notes) == ({}, bool(sought), bool(sought))
    assert [str(one.text) for one in run.notices] == ["Stopped now: reported lost."]


@pytest.mark.parametrize(("starts", "begins"), [(None, TODAY), (NEXT, NEXT)])
def test_without_a_day_it_is_today(starts: date | None, begins: date) -> None:
    run, change = looked(form(starts_on=starts, ends_on=NEXT + timedelta(days=1)))
    assert (change.starts, change.ends, run.errors, run.notices) == (begins, NEXT + timedelta(days=1), {}, [])


@pytest.mark.parametrize(
    ("typed", "causes", "known", "action", "erased"),
    [
        (form(), [], None, "", True),
        (form(cause="fraud", reason="x"), [], None, "", False),
        (form("resume", "loss"), ["loss"], "running", "", False),
        (form("resume", "loss"), ["loss", "fraud"], "running", "It stays stopped: against fraud.", False),
        (form("resume", "loss"), ["fraud"], "planned", "It stays stopped: against fraud.", False),
        (form("resume"), [], "planned", "It will not be stopped on that day.", False),
        (form("suspend", "loss"), ["fraud"], None, "", True),
    ],
)
def test_the_clerk_says_what_the_line_is_like_then(
    typed: Any, causes: list[str], known: str | None, action: str, erased: bool
) -> None:
    run = Acts().step(products={"forwarding": {"cfb": "1"}})
    there = cause(typed.cause, state=known) if known else None
    c06_suspend._explain(run, typed, line(), SuspensionCase([cause(name) for name in causes], there, TODAY, None))
    assert str(run.notes.pop("action", "")) == action
    assert {field: str(note) for field, note in run.notes.items()} == {"cause": str(CAUSES[typed.cause])}
    assert len(run.notices) == erased


@pytest.mark.parametrize(
    ("typed", "numbers", "erased"),
    [
        (form(), {}, 0),
        (form("resume"), {"cfb": "1"}, 0),
        (form(cause="court"), {"cfb": "1"}, 0),
        (form(), {"c": "1"}, 1),
    ],
)
def test_what_is_forwarded_is_lost_with_a_stop_of_the_owners(typed: Any, numbers: Any, erased: int) -> None:
    run = Acts().step(products={"forwarding": numbers})
    c06_suspend._explain(run, typed, line(), SuspensionCase([], None, TODAY, None))
    assert len(run.notices) == erased
    assert len(STOP.advice(run, typed, line())) == erased


@pytest.mark.parametrize(("monthly", "words"), [(0, 0), (500, 1)])
def test_a_slip_says_what_full_months_cost(monthly: int, words: int) -> None:
    run = Acts().step(products={"forwarding": {}})
    run.quote = Quote((priced("keep_number_fee", monthly, monthly=True),))
    assert len(STOP.advice(run, form(), line())) == words


@pytest.mark.parametrize(
    ("typed", "pay_type", "is_priced"),
    [
        (form(), "postpaid", True),
        (form(), "prepaid", False),
        (form("resume"), "postpaid", False),
        (form(cause="loss"), "postpaid", False),
        (form("resume"), "prepaid", False),
    ],
)
def test_only_a_postpaid_line_pays_for_a_stop_on_request(typed: Any, pay_type: str, is_priced: bool) -> None:
    run = Acts().step(tariff={"price": Quote((priced("keep_number_fee", 500, monthly=True),))})
    assert bool(STOP.price(run, typed, line(pay_type=pay_type)).lines) is is_priced


@pytest.mark.parametrize(
    ("typed", "touches"),
    [
        (form(), ("stop:request", "forwarding")),
        (form(cause="loss"), ("stop:loss", "forwarding")),
        (form(cause="court"), ("stop:court",)),
        (form("resume"), ("stop:request",)),
        (form(cause=None), ()),
        (form(None, "loss"), ("stop:loss",)),
    ],
)
def test_a_stop_touches_its_cause_and_what_it_erases(typed: Any, touches: tuple[str, ...]) -> None:
    assert STOP.touches(Acts().step(), typed, line()) == touches


@pytest.mark.parametrize(("cause_", "by"), [("loss", "reached"), ("request", "subscription")])
def test_a_loss_finds_the_line_by_a_number_that_it_had(cause_: str, by: str) -> None:
    run = Acts().step(products={"reached": "reached", "subscription": "subscription"})
    assert STOP.found(run, form(cause=cause_)) == by


def test_whoever_called_learns_what_was_done() -> None:
    one = line(customer={"name": "张小明"})
    one.more = SuspensionCase([], None, NEXT, None)
    assert STOP.facts(Acts().step(), form(), one) == {
        "number": "13957000001",
        "customer": "张小明",
        "action": "suspend",
        "cause": "request",
        "from": NEXT.isoformat(),
    }


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("action", ["suspend", "resume"]),
        ("cause", ["request", "loss", "arrears_outgoing", "arrears_all", "fraud", "court", "identity"]),
        ("starts_on", []),
        ("number", []),
    ],
)
def test_actions_and_causes_have_lists_and_no_line_is_closed_here(field: str, values: list[str]) -> None:
    run = Acts().step(products={"find_lines": []})
    assert [choice.value for choice in STOP.choices(run, form(), field, "")] == values


@pytest.mark.parametrize(("busy", "number"), [({"a"}, "2"), (set(), "1")])
def test_an_example_is_a_line_that_nothing_is_under_way_on(busy: set[str], number: str) -> None:
    lines = [line(id=key, number=each).subscription for key, each in (("a", "1"), ("b", "2"))]
    run = Acts().step(
        products={"some_lines": lambda states: lines if states == ("active",) else []},
        processes={"running": lambda key: key in busy},
        customers={"owner": line(customer={"document_number": "D"}).customer},
    )
    assert STOP.example(run) == {"number": number, "document_number": "D", "action": "suspend", "cause": "loss"}


@pytest.mark.parametrize(("starts", "waits"), [(BEFORE, False), (TODAY, False), (NEXT, True)])
def test_a_stop_for_a_later_day_says_that_day(starts: date, waits: bool) -> None:
    one = line()
    one.more = SuspensionCase([], None, starts, None)
    assert (str(STOP.starts(Acts().step(), one)) == NEXT.isoformat()) is waits
