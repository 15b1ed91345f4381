import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import TextClause

from data import name_index, search
from data.bulk import Keys, bulk
from data.names import initials, name_key, pinyin
from data.store import Store
from data.tables.account import BillingAccount
from data.tables.customer import Category, Customer, DocumentKind
from data.tables.document import DocumentRange, PaperDocument
from data.tables.order import ProductOrder, Subscription
from data.tables.product import Product
from data.tables.resource import NumberGrade, NumberSegment, PhoneNumber, SimCard
from tests.data.conftest import OUTLET, author

NAMES = ("张小明", "张小红", "李小明", "单田芳", "John Smith", "杭州明天科技有限公司")
AT = "2026-11-01T00:00:00.000000Z"


def document_number(n: int) -> str:
    return f"33010219900101{n:03d}X"


def customers(keys: Keys) -> Iterator[dict[str, Any]]:
    for n, name in enumerate(NAMES):
        yield {
            "id": keys(),
            "outlet": OUTLET,
            "name": name,
            "name_key": name_key(name),
            "pinyin": pinyin(name),
            "initials": initials(name),
            "document_kind": "00",
            "document_number": document_number(n),
            "category": "ordinary",
            "created_at": AT,
        }


def order(key: str, serial: str, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "serial": serial,
        "outlet": OUTLET,
        "counter": "01",
        "operator": "1001",
        "business": "C1",
        "business_date": "2026-11-01",
        "state": "completed",
        "draft_id": key,
        "created_at": AT,
        **more,
    }


def fill(store: Store) -> list[str]:
    keys = Keys(1, 1_790_000_000_000)
    people = list(customers(keys))
    first, account = people[0]["id"], keys()
    with bulk(store) as rows:
        rows.insert(Category, [{"code": "ordinary", "name_zh": "普通客户"}])
        kind = {"code": "00", "name_zh": "居民身份证", "rule": "resident_id", "category": "ordinary"}
        rows.insert(DocumentKind, [kind])
        rows.insert(Customer, people)
        rows.insert(NumberSegment, [{"prefix": "1385748"}])
        rows.insert(NumberGrade, [{"code": "N", "name_zh": "普通"}])
        rows.insert(
            PhoneNumber,
            [{"number": n, "segment": "1385748", "grade": "N", "tail": n[-4:]} for n in ("13857480001", "13857480002")],
        )
        rows.insert(SimCard, [{"iccid": "89860012345678901231", "imsi": "460001234567890", "kind": "32K"}])
        rows.insert(Product, [{"code": "P1", "name_zh": "套餐"}])
        about = {"id": account, "outlet": OUTLET, "number": "1", "customer_id": first, "pay_type": "postpaid"}
        rows.insert(BillingAccount, [{**about, "opened_at": AT}])
        subscription = {
            "id": keys(),
            "outlet": OUTLET,
            "customer_id": first,
            "account_id": account,
            "number": "13857480001",
            "tail": "0001",
            "iccid": "89860012345678901231",
            "imsi": "460001234567890",
            "plan": "P1",
            "pay_type": "postpaid",
            "state": "active",
            "opened_on": "2026-11-01",
        }
        old = {**subscription, "id": keys(), "number": "13857480002", "tail": "0002", "state": "terminated"}
        rows.insert(Subscription, [subscription, old])
        rows.insert(ProductOrder, [order(keys(), "HZ0120261101010001"), order(keys(), "HZ0120261101010002")])
        span = {"first_number": 1, "last_number": 99, "next_number": 9, "outlet": OUTLET, "kind": "invoice"}
        rows.insert(DocumentRange, [{"id": "R", "code": "133012600001", **span}])
        paper = {"id": keys(), "outlet": OUTLET, "range_id": "R", "kind": "invoice", "code": "133012600001"}
        rows.insert(
            PaperDocument,
            [{**paper, "number": 7, "content": "{}", "operator": "1001", "business_date": "2026-11-01", "made_at": AT}],
        )
    return [person["id"] for person in people]


def titles(store: Store, typed: str, limit: int = 20) -> list[tuple[str, str]]:
    with store.reading() as reading:
        return [(found.kind, found.title) for found in search.search(reading, typed, limit)]


def test_everything_a_counter_asks_for(store: Store) -> None:
    fill(store)
    asked: dict[str, set[tuple[str, str]]] = {
        "张": {("customer", "张小明"), ("customer", "张小红")},
        "张小明": {("customer", "张小明")},
        "小明": {("customer", "张小明"), ("customer", "李小明")},
        "明": {("customer", "张小明"), ("customer", "李小明"), ("customer", "杭州明天科技有限公司")},
        "天科": {("customer", "杭州明天科技有限公司")},
        "zxm": {("customer", "张小明")},
        "ZXM": {("customer", "张小明")},
        "zhangx": {("customer", "张小明"), ("customer", "张小红")},
        "stf": {("customer", "单田芳")},
        "john smith": {("customer", "John Smith")},
        "smith": {("customer", "John Smith")},
        "1385748": {("subscription", "13857480001")},
        "138-5748-0001": {("subscription", "13857480001"), ("number", "13857480001")},
        "13857480002": {("number", "13857480002")},
        "0001": {("subscription", "13857480001")},
        document_number(2): {("customer", "李小明")},
        "33010219900101": {("customer", name) for name in NAMES},
        "HZ0120261101010002": {("order", "HZ0120261101010002")},
        "hz01202611": {("order", "HZ0120261101010001"), ("order", "HZ0120261101010002")},
        "00000007": {("document", "133012600001 00000007")},
        "13301260000100000007": {("document", "133012600001 00000007")},
        "8986001234": {("sim", "89860012345678901231")},
        "46000123": {("sim", "89860012345678901231")},
        "": set(),
        "  ": set(),
        "不存在": set(),
    }
    assert {typed: set(titles(store, typed)) for typed in asked} == asked


def test_the_beginning_of_a_name_comes_first_and_the_limit_holds(store: Store) -> None:
    fill(store)
    assert titles(store, "李")[0] == ("customer", "李小明")
    assert len(titles(store, "330102", limit=3)) == 3


def test_a_name_that_was_changed_is_found_by_the_new_one_alone(store: Store) -> None:
    key = fill(store)[0]
    with store.transaction(author("C4.1")) as tx:
        tx.change(tx.one(Customer, id=key), name="王大伟", name_key="王大伟", pinyin="wangdawei", initials="wdw")
    assert titles(store, "大伟") == [("customer", "王大伟")]
    assert titles(store, "小明") == [("customer", "李小明")]


def test_of_a_number_that_rests_it_is_said_until_when(store: Store) -> None:
    fill(store)
    with store.transaction(author("C9")) as tx:
        number = tx.one(PhoneNumber, number="13857480002")
        tx.change(number, state="quarantined", quarantine_until="2027-04-02")
    with store.reading() as reading:
        idle, rests = (search.search(reading, typed)[-1] for typed in ("13857480001", "13857480002"))
    assert (str(idle.detail), str(rests.detail)) == ("grade N: idle", "grade N: in quarantine, until 2027-04-02")


def test_a_document_number_is_never_shown_whole(store: Store) -> None:
    fill(store)
    with store.reading() as reading:
        found = search.search(reading, "张小明")
    assert document_number(0) not in str(found)


@pytest.mark.parametrize("typed", ['"', "'; --", "%", "_", "*", "·", '"张"', "张*", "\x00", "AND", "1385748 OR 1"])
def test_no_text_breaks_a_question(store: Store, typed: str) -> None:
    fill(store)
    assert isinstance(titles(store, typed), list)


@pytest.mark.parametrize("name", [*search.QUERIES, "part"])
def test_no_question_scans_a_table(sqlite_store: Store, name: str) -> None:
    fill(sqlite_store)
    query: TextClause = name_index.query(True) if name == "part" else search.QUERIES[name]
    prepared = sqlite_store.statements.of(query)
    values = {"low": "1", "high": "2", "exact": "1", "most": 20, "part": "小", "characters": '"小"'}
    with sqlite_store.reading() as reading:
        reading._cursor.execute("EXPLAIN QUERY PLAN " + prepared.sql, prepared.parameters(values))
        plan = [row[3] for row in reading._cursor.fetchall()]
    assert plan
    for step in plan:
        assert re.match(r"SEARCH \w+ USING|SCAN customer_name_part VIRTUAL TABLE INDEX \d+:M", step), plan


@pytest.mark.parametrize("name", [*search.QUERIES, "part"])
def test_no_question_needs_a_scan_on_postgresql(postgres_made: str, postgres_databases: Any, name: str) -> None:
    store = Store(postgres_databases(postgres_made))
    query = name_index.query(False) if name == "part" else search.QUERIES[name]
    prepared = store.statements.of(query)
    exact: int | str = 1 if name == "document" else "1"
    values = {"low": "1", "high": "2", "exact": exact, "most": 20, "part": "小"}
    with store.reading() as reading:
        reading._cursor.execute("SET LOCAL enable_seqscan = off")  # an empty table would be scanned whatever it has
        reading._cursor.execute("EXPLAIN " + prepared.sql, prepared.parameters(values))
        plan = "\n".join(row[0] for row in reading._cursor.fetchall())
    store.close()
    assert "Index" in plan
    assert "Seq Scan" not in plan
