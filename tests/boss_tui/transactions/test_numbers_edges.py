"""What another number (C2) and another password (C4.4) ask and do, act by act, and how C2 is taken back."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.answers.business import Quote
from boss_tui.business.registry import BUSINESSES
from data.errors import NotAllowed, OutOfStock
from data.message import say
from data.tables.life import Agreement
from data.tables.resource import NumberGrade, PhoneNumber
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.acts import Acts, Does, changing, order
from tests.boss_tui.transactions.stand_in import line, told

CHANGE: Any = BUSINESSES["C2"]
PASSWORD: Any = BUSINESSES["C4.4"]
NUMBER, NEW = "13957000001", "13957001234"
GRADE = row(NumberGrade, code="B", name_zh="靓", name_en="Fine", fee=5_000, minimum_spend=3_000, contract_months=12)


def form(**typed: Any) -> Any:
    return SimpleNamespace(**{"new_number": NEW, "announce": False, "number": NUMBER, **typed})


# C2


@pytest.mark.parametrize(
    ("typed", "bound", "element", "wrong", "held"),
    [
        (NEW, False, "A", {}, True),
        ("", False, "A", {}, False),
        (NEW, True, "A", {"number": "under contract"}, True),
        (NEW, False, "B", {"new_number": "another element"}, True),
        ("", True, "A", {"number": "under contract"}, False),
    ],
)
def test_a_new_number_is_free_and_of_the_same_element(
    typed: str, bound: bool, element: str, wrong: dict[str, str], held: bool
) -> None:
    acts, one = Acts(), line()
    contract = row(Agreement, ends_on="2027-01-01") if bound else None
    run = acts.step(
        products={"bound": lambda _key, kind: contract if kind == "number" else None},
        resources={"grade": GRADE},
        network={"element_of": lambda number: element if number == NEW else "A"},
    )
    CHANGE.look(run, form(new_number=typed), one)
    found = told(run)
    assert list(found) == list(wrong)
    assert all(said in found[field] for field, said in wrong.items())
    looked = [] if bound else ["resources.must_not_be_locked(13957000001)"]
    assert acts == [*looked, *([f"resources.reserve(number, {NEW})"] if held else [])]
    is_graded = held and element == "A"
    assert (one.more, "new_number" in run.notes) == (GRADE if is_graded else None, is_graded)


def test_the_new_numbers_grade_is_priced() -> None:
    one = line(customer={"category": "student"})
    one.more = GRADE
    asked = CHANGE.asked(Acts().step(), form(), one)
    assert (asked.products, asked.category, asked.grade) == (("P88",), "student", GRADE)


@pytest.mark.parametrize("announce", [True, False])
def test_the_network_is_told_and_callers_where_that_is_wanted(*, announce: bool) -> None:
    acts = Acts()
    run = acts.step(network={"element_of": "HLR01", "stands": {"imsi": "460"}})
    CHANGE.act(run, form(announce=announce), line())
    follow = f"network.follow_up(task=announce, msisdn={NUMBER}, new_msisdn={NEW})"
    assert acts == [
        f"resources.sell(number, {NEW}, line, new_number)",
        f"network.order(change_number, HLR01, msisdn={NUMBER}, new_msisdn={NEW}, imsi=460)",
        f"network.forward_again(line, HLR01, {NEW})",
        *([follow] if announce else []),
        "behaviour.watch(owner)",
    ]


def test_the_new_number_takes_the_old_ones_place_once_the_network_has_it() -> None:
    acts = Acts()
    CHANGE.finish(acts.step(products={"owned": line().subscription}, resources={"grade": GRADE}), order(new_number=NEW))
    assert acts == [
        f"resources.quarantine({NUMBER})",
        f"resources.put_into_use(number={NEW})",
        f"products.change_subscription(line, number={NEW}, tail=1234, minimum_spend=3000)",
        "products.bind(line, number, 12, value=3000)",
        "network.done()",
        "statistics.count(changed, 700)",
        "service.call_back(owner, 3, C2)",
    ]


def test_called_off_the_new_number_is_free_again() -> None:
    acts = Acts()
    CHANGE.cancel(acts.step(), order(new_number=NEW))
    assert acts == [f"resources.take_back(number={NEW})"]


def test_on_the_spot_the_network_has_the_old_number_again() -> None:
    acts = Acts()
    run = acts.step(
        products={"owned": line(number=NEW).subscription, "value_before": lambda *_: NUMBER},
        network={"element_of": "HLR01", "stands": {"imsi": "460"}},
    )
    assert CHANGE.reverse(run, order()) is True
    assert acts == [
        f"resources.number_again({NUMBER}, line)",
        f"network.order(change_number, HLR01, msisdn={NEW}, new_msisdn={NUMBER}, imsi=460)",
        f"network.forward_again(line, HLR01, {NUMBER})",
        "products.reverse_contracts(line, order)",
        "service.call_no_more(order)",
    ]


def test_once_it_has_it_the_new_number_rests() -> None:
    acts = Acts()
    run = acts.step(
        products={"owned": line(number=NEW).subscription, "value_before": lambda *_: NUMBER},
        resources={"grade": lambda number: row(NumberGrade, minimum_spend=7) if number == NUMBER else GRADE},
    )
    CHANGE.finish_reversal(run, changing(order(), reverses="first"))
    assert acts == [
        f"resources.quarantine({NEW})",
        f"resources.put_into_use(number={NUMBER})",
        f"products.change_subscription(line, number={NUMBER}, tail=0001, minimum_spend=7)",
        "network.done()",
    ]


def test_both_numbers_and_the_terms_stand_on_the_papers() -> None:
    run, one = Acts().step(), line(customer={"name": "张"})
    run.quote = Quote((), (say("term"),))
    assert [str(value) for _, value in CHANGE.about(run, form(), one)] == ["139 5700 1234"]
    assert [str(word).split()[0] for word in CHANGE.advice(run, form(), one)] == ["The", "term"]
    assert CHANGE.facts(run, form(), one) == {"number": NUMBER, "customer": "张", "new_number": NEW}


@pytest.mark.parametrize(("field", "values"), [("new_number", [NEW]), ("announce", [])])
def test_free_numbers_have_a_list(field: str, values: list[str]) -> None:
    run = Acts().step(resources={"numbers": [(row(PhoneNumber, number=NEW), GRADE)]})
    assert [choice.value for choice in CHANGE.choices(run, form(), field, "")] == values


@pytest.mark.parametrize(("fees", "found"), [([5, 0], "1"), ([0, 0], "0"), ([5], None), ([], None)])
def test_an_example_is_an_ordinary_number(fees: list[int], found: str | None) -> None:
    one = line(customer={"document_number": "D"})
    free = [(row(PhoneNumber, number=str(n)), row(NumberGrade, fee=fee)) for n, fee in enumerate(fees)]
    run = Acts().step(
        resources={"numbers": lambda *asked: free if asked == ("", 50) else []},
        products={"some_lines": [one.subscription]},
        processes={"running": False},
        customers={"owner": one.customer},
    )
    if found is None:
        with pytest.raises(OutOfStock):
            CHANGE.example(run)
    else:
        assert CHANGE.example(run) == {"number": NUMBER, "document_number": "D", "new_number": found}


# C4.4


@pytest.mark.parametrize(
    ("days", "again", "wrong"),
    [
        ([], "H", []),
        ([0], "H", []),
        ([1], "H", ["number"]),
        ([], "G", ["repeat_password"]),
        ([], None, []),
        ([0, 1], "G", ["number", "repeat_password"]),
    ],
)
def test_a_password_waits_for_what_is_overdue(days: list[int], again: str | None, wrong: list[str]) -> None:
    bills = [SimpleNamespace(amount=1, days=late) for late in days]
    run = Acts().step(billing={"owed": bills})
    PASSWORD.look(run, SimpleNamespace(new_password="H", repeat_password=again), line())
    assert list(run.errors) == wrong


def test_it_works_at_once_and_no_paper_says_it() -> None:
    acts, typed = Acts(), SimpleNamespace(new_password="H")
    run = acts.step(products={"change_subscription": Does(None)})
    PASSWORD.act(run, typed, line())
    assert acts == ["products.change_subscription(line, password_hash=H)", "behaviour.watch(owner)"]
    assert [str(value) for _, value in PASSWORD.about(run, typed, line())] == ["********"]
    assert len(PASSWORD.advice(run, typed, line())) == 1


def test_its_example_types_the_new_one_twice() -> None:
    one = line(customer={"document_number": "D"})
    run = Acts().step(products={"some_lines": [one.subscription]}, customers={"owner": one.customer})
    found = PASSWORD.example(run)
    assert (found["number"], found["document_number"]) == (NUMBER, "D")
    assert found["new_password"] == found["repeat_password"]


def test_a_number_that_can_not_be_held_stands_beside_its_field() -> None:
    def refuse(*_: Any) -> None:
        raise NotAllowed(say("gone"))

    run = Acts().step(products={"bound": None}, resources={"reserve": refuse})
    CHANGE.look(run, form(), line())
    assert told(run) == {"new_number": "gone"}
