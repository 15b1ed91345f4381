import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from boss_tui.components.identity.kinds import RULES, check_document, check_iccid, check_imsi, check_mobile
from boss_tui.sync.first import FirstEdition
from data import demo, schema
from data.clock import SeededClock, stamp
from data.demo import cards, people
from data.demo.hall import OFFICE
from data.search import search
from data.standard.codes import BUSINESSES
from data.store import Store
from data.tables.billing import CustomerBill, PlanRate
from data.tables.customer import Customer, DocumentKind
from data.tables.document import PaperDocument
from data.tables.finance import Posting
from data.tables.order import Subscription
from data.tables.organisation import RoleRight
from data.tables.product import Product
from data.tables.resource import PhoneNumber, SimCard
from data.tables.sync import JournalHead
from printers.document import Document
from tests.data.conftest import KEY, OUTLET, sqlite_schema
from tests.engines import with_tables
from tests.tiers import nightly

CUSTOMERS = 330  # some more than have a history


def make(store: Store, role: Any = "outlet", clock: SeededClock | None = None) -> None:
    demo.make(
        store,
        hasher=lambda word: f"hash of {word}",
        publish=FirstEdition(),
        clock=clock or SeededClock(),
        customers=CUSTOMERS,
        role=role,
    )


@pytest.fixture(scope="module", params=["encrypted", *nightly("postgresql")])
def hall(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A hall that is only looked at."""
    if request.param == "postgresql":
        made = Store(request.getfixturevalue("postgres_databases")())
        schema.create(made)
    else:
        made = Store(with_tables(tmp_path_factory.mktemp("demo") / "store.db", KEY), KEY)
    make(made)
    yield made
    made.close()


NOTHING_WRONG = {
    "postings balance": "SELECT posting_id FROM posting_line GROUP BY posting_id HAVING sum(amount) <> 0",
    "running totals are sums": "SELECT 1 FROM (SELECT p.outlet, p.business_date, p.till, l.account, "
    "sum(l.amount) AS s, "
    "count(DISTINCT p.id) AS n FROM posting_line l JOIN posting p ON p.id = l.posting_id GROUP BY 1, 2, 3, 4) AS t "
    "LEFT JOIN running_total r ON r.outlet = t.outlet AND r.business_date = t.business_date AND r.till = t.till "
    "AND r.account = t.account WHERE r.amount IS NULL OR r.amount <> t.s OR r.postings <> t.n",
    "buckets are their entries": "SELECT b.id FROM balance_bucket b LEFT JOIN balance_entry e ON e.bucket_id = b.id "
    "GROUP BY b.id, b.amount HAVING b.amount <> coalesce(sum(e.amount), 0)",
    "buckets are their lines": "SELECT b.id FROM balance_bucket b LEFT JOIN posting_line l ON l.bucket_id = b.id "
    "GROUP BY b.id, b.amount HAVING b.amount <> coalesce(-sum(l.amount), 0)",
    "tills are empty": "SELECT till FROM running_total WHERE account = '1001' GROUP BY till HAVING sum(amount) <> 0",
    "tenders are what was due": "SELECT p.id FROM payment p LEFT JOIN payment_tender t ON t.payment_id = p.id "
    "GROUP BY p.id, p.due HAVING p.due <> coalesce(sum(t.amount), 0)",
    "shifts were counted": "SELECT s.id FROM shift s JOIN shift_count c ON c.shift_id = s.id "
    "GROUP BY s.id, s.counted_cash HAVING s.counted_cash <> sum(c.denomination * c.pieces)",
    "numbers have one holder": "SELECT s.id FROM subscription s LEFT JOIN phone_number n ON n.number = s.number "
    "AND n.subscription_id = s.id AND n.state = 'in_use' WHERE n.number IS NULL",
    "cards have one holder": "SELECT s.id FROM subscription s LEFT JOIN sim_card c ON c.iccid = s.iccid "
    "AND c.imsi = s.imsi AND c.subscription_id = s.id AND c.state = 'in_use' WHERE c.iccid IS NULL",
    "papers are of their range": "SELECT r.id FROM document_range r LEFT JOIN paper_document d ON d.range_id = r.id "
    "AND d.number >= r.first_number AND d.number < r.next_number GROUP BY r.id, r.first_number, r.next_number "
    "HAVING count(d.id) <> r.next_number - r.first_number",
    "bills are their lines": "SELECT b.id FROM customer_bill b LEFT JOIN bill_line l ON l.bill_id = b.id "
    "GROUP BY b.id, b.amount HAVING b.amount <> coalesce(sum(l.amount), 0)",
    "the books are owed what is unpaid": "SELECT 1 FROM (SELECT sum(amount - paid) AS owed FROM customer_bill) AS b, "
    "(SELECT sum(amount) AS held FROM posting_line WHERE account = '1122') AS l WHERE b.owed <> l.held",
    "usage is charged by the rate of its plan": "SELECT u.month FROM usage_month u JOIN subscription s ON "
    "s.id = u.subscription_id LEFT JOIN plan_rate r ON r.plan = s.plan AND r.kind = u.kind "
    "WHERE r.plan IS NULL OR (u.quantity <= r.included AND u.amount <> 0) "
    "OR (u.quantity > r.included AND u.amount < r.price)",
    "work orders are done": "SELECT id FROM work_order WHERE state <> 'done'",
}


def test_the_hall_is_consistent(hall: Store) -> None:
    with hall.reading() as reading:
        wrong = {what: reading.rows(text(statement)) for what, statement in NOTHING_WRONG.items()}
        assert [what for what, found in wrong.items() if found] == []
        assert len(reading.all(Customer)) == CUSTOMERS
        assert len(reading.all(Subscription)) == CUSTOMERS + 4
        assert reading.one(JournalHead, outlet=OUTLET).seq == 0
        for paper in reading.all(PaperDocument)[:20]:
            assert Document.from_json(json.loads(paper.content)).kind == paper.kind


def test_most_bills_are_settled_and_a_few_long_overdue(hall: Store) -> None:
    with hall.reading() as reading:
        bills, plans = reading.all(CustomerBill), reading.all(Product, kind="plan")
        rated = {rate.plan for rate in reading.all(PlanRate)}
        sold = reading.rows(text("SELECT count(*) FROM product_order"))[0][0]
        billed = reading.rows(text("SELECT count(DISTINCT subscription_id) FROM bill_line"))[0][0]
    states = Counter(bill.state for bill in bills)
    long_ago = (SeededClock().now().date() - timedelta(days=30)).isoformat()
    assert len({bill.month for bill in bills}) == 3
    assert states["settled"] > len(bills) * 3 // 4
    assert min(states["sent"], states["partiallyPaid"]) > 5
    assert 5 < sum(bill.state != "settled" and bill.due_on < long_ago for bill in bills) < 50
    assert rated == {plan.code for plan in plans}
    assert billed > sold // 2  # the newest have no closed month yet, and prepaid cards no bills


def test_what_facts_says_is_there(hall: Store) -> None:
    facts = demo.facts()
    with hall.reading() as reading:
        for known in facts.customers:
            found = reading.one(Customer, document_kind=known.document_kind, document_number=known.document_number)
            assert found.name == known.name
            assert found.id in {hit.key for hit in search(reading, known.name)}
        for known in (facts.new_customer, facts.passport, facts.minor, facts.organization, facts.red_listed):
            assert reading.find(Customer, document_number=known.document_number) is None
        full = reading.one(Customer, document_number=facts.full_document.document_number)
        assert len(reading.all(Subscription, customer_id=full.id)) == 5
        assert {right.business for right in reading.all(RoleRight, role="clerk")} == set(BUSINESSES)


def test_documents_cards_and_numbers_pass_the_desks_own_rules(hall: Store) -> None:
    today = SeededClock().now().date()
    with hall.reading() as reading:
        kinds = {kind.code: kind.rule for kind in reading.all(DocumentKind)}
        assert set(kinds.values()) <= set(RULES)
        for customer in reading.all(Customer):
            assert check_document(kinds[customer.document_kind], customer.document_number, today)
        for card in reading.all(SimCard):
            assert check_iccid(card.iccid) == card.iccid
            assert check_imsi(card.imsi) == card.imsi
        for number in reading.all(PhoneNumber):
            assert check_mobile(number.number) == number.number
    facts = demo.facts()
    for known in (facts.new_customer, facts.passport, facts.minor, facts.organization, facts.blacklisted):
        assert check_document(kinds[known.document_kind], known.document_number, today)


@pytest.mark.parametrize("day", ["2026-12-01", "2026-12-02"])
def test_what_was_done_before_a_hall_began_is_not_of_its_journal(other_bare_store: Store, day: str) -> None:
    """Also of one that is made at night, on the day of a bill run, or before bills are due."""
    began = datetime.fromisoformat(f"{day}T00:20+08:00")
    make(other_bare_store, clock=SeededClock(began))
    with other_bare_store.reading() as reading:
        assert max(posting.made_at for posting in reading.all(Posting)) < stamp(began)


def test_headquarters_has_the_same_people_and_free_stock(hall: Store, other_bare_store: Store) -> None:
    make(other_bare_store, "headquarters")
    with hall.reading() as outlet, other_bare_store.reading() as above:
        assert {c.id for c in outlet.all(Customer)} == {c.id for c in above.all(Customer)}
        assert len(above.all(PhoneNumber, outlet="")) == 3000
        assert len(above.all(PhoneNumber, outlet=OUTLET, state="idle")) == 3000
        assert len(above.all(SimCard, outlet="")) == sum(cards.STOCK.values())
        assert [head.outlet for head in above.all(JournalHead)] == [OFFICE]  # its own station's


def test_making_it_leaves_the_schema_as_it_was(sqlite_bare: Store) -> None:
    before = sqlite_schema(sqlite_bare)
    make(sqlite_bare)
    assert sqlite_schema(sqlite_bare) == before


@pytest.mark.parametrize(
    ("number", "grade"),
    [
        ("13857488888", "A5"),
        ("13857478888", "AAAA"),
        ("13857471888", "AAA"),
        ("13857471234", "ABCD"),
        ("13857474321", "ABCD"),
        ("13857471122", "AABB"),
        ("13857471212", "ABAB"),
        ("13857471288", "L88"),
        ("13857470168", "L88"),
        ("13857471074", "N"),
    ],
)
def test_grades_of_beautiful_numbers(number: str, grade: str) -> None:
    assert demo.grade_of(number) == grade


@given(st.integers(0, 999_999), st.integers(0, 999_999))
def test_no_two_people_have_one_document(one: int, other: int) -> None:
    first, second = (people.person(n, random.Random(0)).document_number for n in (one, other))
    assert (first == second) is (one == other)
