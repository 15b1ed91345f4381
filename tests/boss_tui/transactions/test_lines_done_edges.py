"""What all businesses on a number share once they are done: money, the agent, papers; and the lists they open."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.answers.business import Quote, QuoteLine, Tender
from boss_tui.business.process import Done
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.customers.customers import Person
from boss_tui.components.invoices.sales import AT_ONCE
from boss_tui.components.tenders.taken import Taken
from boss_tui.transactions import lines
from boss_tui.transactions.line_forms import LineForm
from boss_tui.transactions.lines import ONCE_DONE
from data.errors import NotAllowed, OutOfStock
from data.tables.account import BalanceBucket
from data.tables.customer import DocumentKind
from tests.boss_tui.components.rows import row
from tests.boss_tui.transactions.acts import Acts, Does
from tests.boss_tui.transactions.stand_in import line, priced
from tests.boss_tui.transactions.test_lines_edges import FOUND, NUMBER, Anybody, Plain, form

MONEY = Taken("p", 500, 600, 100, (Tender("cash", 600),))


def done(
    business: Any, typed: Any, one: Any, *, ordered: bool = False, prices: tuple[QuoteLine, ...] = ()
) -> tuple[Done, Acts, Any]:
    """A form that is performed: what it answers, what it did, and the sale that its papers are of."""
    acts, sales = Acts(), []

    def papers(sale: Any) -> tuple[Any, ...]:
        sales.append(sale)
        return ()

    run = acts.step(
        network={"ordered": ordered},
        finance={"take": Does(MONEY)},
        documents={"of": papers},
        accounts={"bucket": lambda _key, kind: row(BalanceBucket, id=kind)},
    )
    run.quote = Quote(prices)
    return business.perform(run, typed, one, [Tender("cash", 600)]), acts, sales[0]


@pytest.mark.parametrize(
    ("ordered", "state", "starts"), [(True, "inProgress", ONCE_DONE), (False, "completed", AT_ONCE)]
)
def test_money_then_what_is_special_then_figures(*, ordered: bool, state: str, starts: Any) -> None:
    one = line(customer=FOUND)
    answer, acts, sale = done(Plain(), form(), one, ordered=ordered, prices=(priced("fee", 500),))
    assert acts == [
        "finance.take(Quote, [Tender], {1: deposit, 2: prepaid})",
        "behaviour.watch(acted on 13957000001)",
        "statistics.count(accepted, 500)",
    ]
    assert answer == Done("owner", "line", state, 500, 600, 100, (), {"number": NUMBER, "customer": "张小明"})
    assert (sale.customer_id, sale.customer_name, sale.starts, sale.corrects) == ("owner", "张小明", starts, "")
    assert [(str(label), value) for label, value in sale.about] == [("Number", "139 5700 0001")]
    assert [(party.customer_id, party.signer) for party in sale.parties] == [("owner", "")]
    assert (sale.invoiced, sale.deferred, sale.clauses, sale.taken, sale.advice) == (True, False, (), MONEY, ())


@pytest.mark.parametrize(
    ("prices", "moved"),
    [
        ((), False),
        ((priced("fee", 500, monthly=True),), False),
        ((priced("fee", 0),), False),
        ((priced("a", 5), priced("b", -5)), True),
        ((priced("fee", 500, monthly=True), priced("b", 1)), True),
        ((priced("fee", -1),), True),
    ],
)
def test_there_is_a_payment_where_money_moves_now(prices: Any, moved: bool) -> None:
    answer, acts, sale = done(Plain(), form(), line(), prices=prices)
    assert ("finance.take(Quote, [Tender], {1: deposit, 2: prepaid})" in acts) is moved
    assert (answer.amount, answer.tendered, answer.change) == ((500, 600, 100) if moved else (0, 0, 0))
    assert (sale.taken.payment_id, sale.taken.tenders) == (("p", MONEY.tenders) if moved else ("", ()))


@pytest.mark.parametrize(
    ("business", "typed", "agent", "recorded"),
    [
        (Plain(), form(agent_name="王芳", agent_phone="1"), Person("00", "A"), True),
        (Plain(), form(agent_name="王芳"), None, False),
        (Anybody(), form(LineForm), Person("00", "A"), False),
    ],
)
def test_who_acts_for_them_is_recorded_and_stands_on_the_slip(
    business: Any, typed: Any, agent: Any, recorded: bool
) -> None:
    one = line()
    one.agent = agent
    _, acts, sale = done(business, typed, one)
    assert ("customers.acted_by(owner, Person, 王芳, 1)" in acts) is recorded
    assert ("Acted for by" in [str(label) for label, _ in sale.about]) is recorded
    signers = ["王芳" if recorded else ""] if business.binds else []
    assert [party.signer for party in sale.parties] == signers


def test_a_form_that_is_not_complete_does_nothing() -> None:
    acts = Acts()
    with pytest.raises(NotAllowed, match="not complete"):
        Plain().perform(acts.step(), form(), None, [])
    assert acts == []


@pytest.mark.parametrize(
    ("case", "due", "kept"), [("line", 1, True), ("line", 0, False), (None, 1, False), ("line", -1, False)]
)
def test_change_goes_into_the_balance_of_a_line_that_pays(case: Any, due: int, kept: bool) -> None:
    run = Acts().step(tariff={"rest": lambda amount: priced("prepayment", amount)})
    run.quote = Quote((priced("fee", due),))
    rest = Plain().rest_line(run, case, 3)
    assert (rest and rest.amount) == (3 if kept else None)


# lists and examples

A, B = NUMBER, "13957000012"


@pytest.mark.parametrize(
    ("view", "text", "found"),
    [
        ("", "0001", ["2"]),
        ("owner", "", [A, B, "2"]),
        ("owner", "0001", [A, B, "2"]),
        ("owner", "12", [B, "2"]),
        ("owner", "０００1", [A, B, "2"]),
        ("owner", "9999", ["2"]),
    ],
)
def test_numbers_of_who_is_in_view_come_first(view: str, text: str, found: list[str]) -> None:
    own = [line(id="a", number=A).subscription, line(id="b", number=B).subscription]
    run = Acts().step(
        about={"in_view": view},
        products={
            "lines_of": lambda who: own if who == "owner" else [],
            "name": "Plan",
            "find_lines": lambda _text: [line(id="c", number="2").subscription],
        },
        customers={"owner": line(customer={"name": "张小明"}).customer},
    )
    choices = Plain().choices(run, form(), "number", text)
    assert [choice.value for choice in choices] == found
    assert {str(choice.label) for choice in choices} == {"张**"}


def test_a_number_that_is_found_twice_is_shown_once() -> None:
    own = line(id="a").subscription
    run = Acts().step(
        about={"in_view": "owner"},
        customers={"owner": line(customer=FOUND).customer},
        products={"lines_of": [own], "find_lines": [own], "name": "Plan"},
    )
    assert len(lines.find_lines(run, "")) == 1


@pytest.mark.parametrize(
    ("field", "values"), [("agent_document_kind", ["00"]), ("document_number", []), ("agent_name", [])]
)
def test_only_kinds_of_documents_have_a_list_beside_numbers(field: str, values: list[str]) -> None:
    run = Acts().step(customers={"kinds": [row(DocumentKind, code="00")]}, products={"find_lines": []})
    assert [choice.value for choice in Plain().choices(run, form(), field, "")] == values


@pytest.mark.parametrize(
    ("business", "busy", "typed"),
    [
        (Plain(), {"a"}, {"number": "2", "document_number": "D1"}),
        (Plain(), set(), {"number": "1", "document_number": "D1"}),
        (Anybody(), {"a"}, {"number": "1"}),
        (Plain(), {"a", "b"}, None),
    ],
)
def test_an_example_is_a_line_that_it_can_be_done_on_now(business: Any, busy: set[str], typed: Any) -> None:
    found = [line(id="a", number="1").subscription, line(id="b", number="2").subscription]

    def some(states: Any, **wanted: str) -> list[Any]:
        return found if (states, wanted) == (("active",), {"plan": "P"}) else []

    run = Acts().step(
        products={"some_lines": some},
        customers={"owner": line(customer=FOUND).customer},
        processes={"running": lambda key: key in busy},
    )
    if typed is None:
        with pytest.raises(OutOfStock):
            business.example_line(run, plan="P")
    else:
        assert business.example_line(run, plan="P")[1] == typed


@pytest.mark.parametrize("code", BUSINESSES)
def test_a_form_that_nothing_was_found_for_is_not_done(code: str) -> None:
    business: Any = BUSINESSES[code]
    with pytest.raises(NotAllowed, match="not complete"):
        business.perform(None, None, None, ())
