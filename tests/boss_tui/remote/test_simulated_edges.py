"""The simulated services, most of it by their memory alone: what each answers, at its bounds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import httpx
import pytest

from boss_tui.remote import simulated, simulated_porting, simulated_tax
from boss_tui.remote.simulated import FAULTS, LIMIT, ORGANIZATION, PATHS, Asked, ServiceState, Simulated
from data.errors import NotAllowed

DOCUMENT, NUMBER, MONTH = "110101199003070011", "13800000000", "2026-11"


@pytest.fixture
def state() -> Iterator[ServiceState]:
    kept = ServiceState(Path(":memory:"))
    yield kept
    kept.close()


def ask(state: ServiceState, service: str, key: str = "", **sent: Any) -> dict[str, Any]:
    return state.answer(PATHS[service], key, sent)


# the number check


@pytest.mark.parametrize(
    ("elsewhere", "here", "kind", "over"),
    [
        *((0, 0, "00", False), (4, 0, "00", False), (5, 0, "00", True), (2, 2, "00", False), (2, 3, "00", True)),
        (9, 9, ORGANIZATION, False),
    ],
)
def test_a_document_has_five_numbers_in_the_country_unless_it_is_an_organisation_s(
    state: ServiceState, elsewhere: int, here: int, kind: str, over: bool
) -> None:
    state.elsewhere(DOCUMENT, elsewhere)
    found = ask(state, "number-check", document_kind=kind, document_number=DOCUMENT, here=here)
    told = f"该证件全国已有 {elsewhere + here} 个号码" if over else ""
    assert found == {
        "result": "over" if over else "pass",
        "count": elsewhere + here,
        "limit": LIMIT,
        "reason": told,
    }


def test_what_was_reported_from_here_last_counts_and_so_does_what_is_told_of_elsewhere_last(
    state: ServiceState,
) -> None:
    for here, elsewhere, count in ((3, 0, 3), (1, 2, 3), (1, 1, 2)):
        state.elsewhere(DOCUMENT, elsewhere)
        assert ask(state, "number-check", document_number=DOCUMENT, here=here)["count"] == count
    assert ask(state, "number-check", document_number=DOCUMENT)["count"] == 1


# who a document belongs to


def test_a_name_is_learned_once_and_held_against_the_document_from_then_on(state: ServiceState) -> None:
    first = [ask(state, "identity", number=DOCUMENT, name=name)["result"] for name in ("王", " 王 ", "李")]
    assert first == ["match", "match", "mismatch"]
    state.person(DOCUMENT, "李", "挂失")
    assert ask(state, "identity", number=DOCUMENT, name="李") == {"result": "review", "reason": "挂失"}
    assert ask(state, "identity", number=DOCUMENT, name="王")["result"] == "mismatch"


def test_a_repeat_gets_the_first_answer_and_counts_as_one_question(state: ServiceState) -> None:
    one = {"number": DOCUMENT, "name": "王"}
    answers = [ask(state, "identity", key, **one) for key in ("k", "k", "")]
    state.person(DOCUMENT, "李")
    answers += [ask(state, "identity", key, **one) for key in ("k", "k2", "")]
    assert [each["result"] for each in answers] == ["match"] * 4 + ["mismatch"] * 2
    path = PATHS["identity"]
    assert state.asked() == [Asked("k", path, one, answers[0], 3), Asked("k2", path, one, answers[-1], 1)]


# what goes wrong


def test_a_fault_hits_so_many_questions_of_its_service_or_all_until_it_is_mended(state: ServiceState) -> None:
    here, there = PATHS["identity"], PATHS["credit"]
    state.fault("slow", 1.5, times=2, service="identity")
    state.fault("down")
    assert state.faults() == [("down", "", 0.0, -1), ("slow", here, 1.5, 2)]
    assert state.strikes(there) == {"down": 0.0}
    assert [sorted(state.strikes(here)) for _ in range(3)] == [["down", "slow"]] * 2 + [["down"]]
    state.mend()
    assert (state.strikes(here), state.faults()) == ({}, [])


def test_only_faults_and_services_that_there_are_can_be_named(state: ServiceState) -> None:
    for name in FAULTS:
        state.fault(name)
    for name, service in (("tired", ""), ("down", "weather")):
        with pytest.raises(NotAllowed):
            state.fault(name, service=service)
    assert len(state.faults()) == len(FAULTS)


def test_a_secret_is_asked_for_once_there_is_one(state: ServiceState) -> None:
    assert state.knows("")
    for secret in ("old", "new"):
        state.secret(secret)
    assert [state.knows(said) for said in ("new", "old", "")] == [True, False, False]
    state.secret("")
    assert state.knows("whatever")


def test_what_ends_in_a_fault_has_changed_nothing(state: ServiceState) -> None:
    with pytest.raises(KeyError):
        state.tax(simulated_tax.answer, PATHS["invoices"], {})
    with pytest.raises(ZeroDivisionError):
        state.tell(lambda memory: memory.execute("DELETE FROM secret").rowcount / 0)
    state.secret("s")  # the memory is free again
    assert state.knows("s")


# the porting centre


def test_a_code_counts_until_another_is_asked_for_or_the_number_is_gone(state: ServiceState) -> None:
    about = {"number": NUMBER, "document_kind": "00", "document_number": DOCUMENT}
    first, second = (ask(state, "porting", **about) for _ in range(2))
    assert first == {"result": "authorised", "code": "314159", "minutes": 60, "reason": ""}
    assert second["code"] == "628318"
    other = ask(state, "porting", **{**about, "number": "139"})["code"]

    def status(code: str, number: str = NUMBER) -> str:
        return str(ask(state, "porting-status", number=number, code=code)["state"])

    assert [status(first["code"]), status(second["code"]), status(other)] == ["lapsed", "waiting", "unknown"]
    state.tell(simulated_porting.take_over, NUMBER)
    assert [status(first["code"]), status(second["code"]), status(other, "139")] == ["lapsed", "taken_over", "waiting"]


def test_a_number_that_the_centre_keeps_gets_no_code(state: ServiceState) -> None:
    state.tell(simulated_porting.keep, NUMBER, "欠费")
    assert ask(state, "porting", number=NUMBER) == {"result": "refused", "reason": "欠费"}
    assert ask(state, "porting", number="139")["result"] == "authorised"


# the tax platform


def invoice(state: ServiceState, amount: int = 100, key: str = "i", **values: Any) -> dict[str, Any]:
    sent = {"title": "王", "lines": [{"amount": amount}], "amount": amount, "month": MONTH, **values}
    return state.answer(PATHS["invoices"], "", {"key": key, **sent})


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ({}, "issued"),
        ({"amount": 1}, "issued"),
        ({"amount": 0}, "failed"),
        ({"amount": -1}, "failed"),
        ({"title": ""}, "failed"),
        ({"lines": [{"amount": 99}]}, "failed"),
        ({"lines": [{"amount": 99}, {"amount": 1}]}, "issued"),
        ({"tax_number": "1" * 15}, "issued"),
        ({"tax_number": "1" * 18}, "issued"),
        ({"tax_number": "1" * 20}, "issued"),
        ({"tax_number": "1" * 16}, "failed"),
        ({"amount": simulated_tax.LIMIT}, "issued"),
        ({"amount": simulated_tax.LIMIT + 1}, "no_credit"),
    ],
)
def test_an_invoice_is_issued_for_a_title_its_lines_and_within_the_credit(
    state: ServiceState, values: dict[str, Any], outcome: str
) -> None:
    found = invoice(state, **values)
    assert found["state"] == outcome
    if outcome == "issued":
        number = f"26332000000{1:09d}"
        assert (found["number"], found["amount"]) == (number, values.get("amount", 100))
        assert len(found["issued_at"]) == 19
        assert state.tax(simulated_tax.issued) == [("i", number, values.get("amount", 100))]


def test_buyers_are_taken_unless_the_platform_refuses_them(state: ServiceState) -> None:
    for on, outcome in ((True, "failed"), (False, "issued")):
        state.tax(simulated_tax.refuse, on)
        assert invoice(state)["state"] == outcome


def test_an_invoice_that_takes_time_is_issued_once_it_was_asked_about_so_often(state: ServiceState) -> None:
    state.tax(simulated_tax.take_time, 2)
    query = {"key": "i"}
    assert state.answer(PATHS["invoices-query"], "", query) == {"state": "unknown"}
    assert [invoice(state)["state"] for _ in range(2)] == ["issuing", "issuing"]
    asked = [state.answer(PATHS["invoices-query"], "", query) for _ in range(3)]
    assert [each["state"] for each in asked] == ["issuing", "issued", "issued"]
    assert invoice(state) == asked[-1]
    assert len(state.tax(simulated_tax.issued)) == 1


def credit(state: ServiceState, month: str = MONTH) -> dict[str, Any]:
    return state.answer(PATHS["credit"], "", {"month": month})


def red(state: ServiceState, number: str, amount: int, key: str = "r") -> dict[str, Any]:
    return state.answer(PATHS["red"], "", {"key": key, "number": number, "amount": amount})


def test_a_month_s_credit_is_what_is_left_of_it_after_invoices_and_red_ones(state: ServiceState) -> None:
    state.tax(simulated_tax.set_credit, 150)
    number = invoice(state)["number"]
    assert credit(state) == {"limit": 150, "used": 100, "left": 50}
    assert credit(state, "2026-12") == {"limit": 150, "used": 0, "left": 150}
    assert [invoice(state, fen, key)["state"] for fen, key in ((51, "j"), (50, "k"))] == ["no_credit", "issued"]
    red(state, number, 30)
    assert credit(state) == {"limit": 150, "used": 120, "left": 30}


@pytest.mark.parametrize(
    ("amounts", "states"),
    [((100,), ["01"]), ((101,), ["06"]), ((0,), ["06"]), ((1, 99), ["01", "01"]), ((1, 100), ["01", "06"])],
)
def test_no_more_is_taken_back_than_an_invoice_is_of(
    state: ServiceState, amounts: tuple[int, ...], states: list[str]
) -> None:
    number = invoice(state)["number"]
    assert [red(state, number, fen, str(at))["state"] for at, fen in enumerate(amounts)] == states
    assert red(state, "nobody's", 1, "n") == {"state": "06", "slip": "", "reason": "冲红金额超过可冲金额"}


def test_a_red_invoice_has_its_slip_and_number_and_is_the_same_when_it_is_asked_again(state: ServiceState) -> None:
    number = invoice(state)["number"]
    assert state.answer(PATHS["red-query"], "", {"key": "r"}) == {"state": "unknown"}
    found = red(state, number, 40)
    assert found == {"state": "01", "slip": f"HZ26332000000{3:09d}", "number": f"26332000000{2:09d}"}
    assert red(state, number, 40) == state.answer(PATHS["red-query"], "", {"key": "r"}) == found
    assert credit(state)["used"] == 60


@pytest.mark.parametrize(("yes", "outcome", "used"), [(True, "04", 60), (False, "05", 100)])
def test_a_buyer_who_used_an_invoice_is_asked_first(state: ServiceState, yes: bool, outcome: str, used: int) -> None:
    number, other = invoice(state)["number"], invoice(state, key="j")["number"]
    state.tax(simulated_tax.used_by_buyer, number)
    found, free = red(state, number, 40), red(state, other, 100, "free")
    assert (found["state"], found["number"], free["state"]) == ("02", "", "01")
    assert credit(state)["used"] == 100
    assert red(state, number, 61, "more")["state"] == "06"  # what waits is counted
    state.tax(lambda memory: simulated_tax.confirm(memory, found["slip"], yes=yes))
    said = state.answer(PATHS["red-query"], "", {"key": "r"})
    assert (said["state"], bool(said["number"]), credit(state)["used"]) == (outcome, yes, used)
    state.tax(lambda memory: simulated_tax.confirm(memory, found["slip"], yes=not yes))
    assert state.answer(PATHS["red-query"], "", {"key": "r"}) == said


def test_a_slip_that_nobody_confirmed_lapses_after_three_days(state: ServiceState) -> None:
    number = invoice(state)["number"]
    state.tax(simulated_tax.used_by_buyer, number)
    red(state, number, 40)
    told = []
    for hours in (71, 1, 1):
        state.tax(simulated_tax.pass_hours, hours)
        told.append(state.answer(PATHS["red-query"], "", {"key": "r"})["state"])
    assert told == ["02", "07", "07"]
    assert red(state, number, 100, "again")["state"] == "02"


def test_each_service_has_a_path_of_its_own() -> None:
    assert len(set(PATHS.values())) == len(PATHS) == 9


def test_what_goes_wrong_at_the_door(tmp_path: Path) -> None:
    """A question over a socket under each fault: its status, what is said, and whether it was taken."""
    with Simulated(tmp_path) as services, httpx.Client(base_url=services.address) as client:

        def post(path: str = PATHS["identity"], sent: str = '{"number": "1", "name": "x"}', secret: str = "") -> Any:
            headers = {"Authorization": f"Bearer {secret}"} if secret else {}
            try:
                answer = client.post(path, content=sent, headers={"Idempotency-Key": "k", **headers})
            except httpx.TransportError:
                return None
            return answer.status_code, answer.text

        told = {}
        for fault in ("", "down", "broken", "garbage", "wrong", "lose"):
            services.state.mend()
            if fault:
                services.state.fault(fault)
            before = sum(asked.times for asked in services.state.asked())
            told[fault] = post(), sum(asked.times for asked in services.state.asked()) - before
        services.state.mend()
        assert told == {
            "": ((200, '{"result": "match", "reason": ""}'), 1),
            "down": (None, 0),
            "broken": ((500, '{"reason": "broken"}'), 0),
            "garbage": ((200, "<html>oops</html>"), 0),
            "wrong": ((200, '{"code": 0, "data": null}'), 0),
            "lose": (None, 1),
        }
        statuses = [
            post("/v1/weather"),
            post(sent="no JSON"),
            post(PATHS["invoices"], "[]"),
            post(PATHS["invoices"], "{}"),
        ]
        assert [status for status, _ in statuses] == [404, 400, 400, 400]
        assert client.post("/v1/weather").reason_phrase == "Not Found"
        services.state.secret("s")
        assert [post()[0], post(secret="t")[0], post(secret="s")[0]] == [401, 401, 200]


def test_questions_that_are_under_way_when_the_services_end_are_hung_up_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[BaseException | None] = []
    monkeypatch.setattr(simulated._Server, "handle_error", lambda *_: faults.append(sys.exc_info()[1]))
    with ThreadPoolExecutor(4) as pool:
        with Simulated(tmp_path) as services:
            services.state.fault("slow", 600, times=4)
            url = services.address + PATHS["identity"]
            asked = [pool.submit(httpx.post, url, content="{}", timeout=60) for _ in range(4)]
            while services.state.faults():  # until it has hit each of them
                assert not wait(asked, 0.01).done
        assert [type(each.exception()) for each in asked] == [httpx.RemoteProtocolError] * 4
    assert faults == []
