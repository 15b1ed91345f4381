"""Who a customer is: what a document says of them, which category is theirs, how they are found and kept (F3)."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from boss_tui.components.customers.customers import Customers, Person, name_differs, same_name
from data.errors import NotAllowed, NotFound
from data.tables.customer import Category, Customer, CustomerAgent, DocumentKind, ListedPerson
from data.tables.life import ValueChange
from tests.boss_tui.components.loose import Loose
from tests.boss_tui.components.rows import context, row

RESIDENT = "11010519491231002X"
"""Somebody born on 31 December 1949, a woman."""


def known(key: str = "c", **values: Any) -> Any:
    standard = {
        "id": key,
        "name": "张三",
        "name_key": "张三",
        "document_kind": "00",
        "document_number": RESIDENT,
        "category": "ordinary",
        "holder": "individual",
    }
    return row(Customer, **{**standard, **values})


@pytest.fixture
def f3(tx: Loose) -> Customers:
    ranks = {"red": 1, "vip": 2, "ordinary": 9, "company": 5}
    tx.put(
        *(row(Category, code=code, rank=rank, name_zh=code, name_en=code) for code, rank in ranks.items()),
        row(DocumentKind, code="00", rule="resident_id", category="ordinary"),
        row(DocumentKind, code="02", rule="passport", category="ordinary"),
        row(DocumentKind, code="09", rule="uscc", category="company", holder="organization"),
    )
    return Customers(context(tx))


def test_a_resident_s_number_says_when_they_were_born_and_what_they_are(f3: Customers) -> None:
    person = f3.identify("00", f" {RESIDENT.lower()} ", "1950-01-01")
    assert person == Person(
        "00",
        RESIDENT,
        "individual",
        "1949-12-31",
        "female",
        76,
        "ordinary",
        None,
        "1949-12-31",
        "ordinary",
    )


@pytest.mark.parametrize(
    ("typed", "row_says", "born", "age"),
    [
        ("", None, "", None),
        ("2000-11-23", None, "2000-11-23", 26),
        ("2000-11-24", None, "2000-11-24", 25),
        ("", "2000-11-23", "2000-11-23", 26),
        ("2001-01-01", "2000-11-23", "2001-01-01", 25),
    ],
)
def test_where_the_document_is_silent_the_typed_date_counts_then_the_known_one(
    tx: Loose, f3: Customers, typed: str, row_says: str | None, born: str, age: int | None
) -> None:
    if row_says is not None:
        tx.put(known(document_kind="02", document_number="E48261973", birth_date=row_says, gender="male"))
    person = f3.identify("02", "E48261973", typed)
    assert (person.birth_date, person.age, person.born_by_document) == (born, age, "")
    assert person.gender == ("male" if row_says is not None else "")
    assert (person.known is not None) is (row_says is not None)


def test_an_organisation_has_no_age(f3: Customers) -> None:
    person = f3.identify("09", "91350100M000100Y43", "2000-01-01")
    assert (person.holder, person.age, person.category) == ("organization", None, "company")


def test_a_kind_that_is_none_is_not_found(f3: Customers) -> None:
    with pytest.raises(NotFound):
        f3.identify("99", RESIDENT)


@pytest.mark.parametrize(
    ("rows", "category"),
    [
        ([], "ordinary"),
        ([known(category="vip")], "vip"),
        ([known(category="ordinary")], "ordinary"),
        ([known(category="gone")], "ordinary"),
        ([row(ListedPerson, id="l", list="red", document_kind="00", document_number=RESIDENT)], "red"),
        ([row(ListedPerson, id="l", list="black", document_kind="00", document_number=RESIDENT)], "ordinary"),
        ([row(ListedPerson, id="l", list="red", document_kind="02", document_number=RESIDENT)], "ordinary"),
        ([row(ListedPerson, id="l", list="red", document_kind="00", document_number="1")], "ordinary"),
        (
            [
                known(category="vip"),
                row(ListedPerson, id="l", list="red", document_kind="00", document_number=RESIDENT),
            ],
            "red",
        ),
    ],
)
def test_the_best_category_that_fits_is_theirs(tx: Loose, f3: Customers, rows: list[Any], category: str) -> None:
    tx.put(*rows)
    assert f3.identify("00", RESIDENT).category == category
    assert str(f3.category_name(category)) == category


def test_kinds_are_in_the_order_of_their_codes(f3: Customers) -> None:
    assert [one.code for one in f3.kinds()] == ["00", "02", "09"]


def test_a_kind_that_has_ended_is_of_those_alone_who_were_known_by_it(tx: Loose, f3: Customers) -> None:
    tx.put(row(DocumentKind, code="01", rule="resident_id", category="ordinary", state="ended"))
    assert [one.code for one in f3.kinds()] == ["00", "02", "09"]
    with pytest.raises(NotAllowed):
        f3.identify("01", RESIDENT)
    tx.put(known(document_kind="01"))
    assert f3.identify("01", RESIDENT).known is not None


def test_a_category_that_has_ended_is_nobodys_any_more_unless_there_is_no_other(tx: Loose, f3: Customers) -> None:
    tx.put(row(Category, code="old", rank=0, state="ended"), known(category="old"))
    assert f3.identify("00", RESIDENT).category == "ordinary"
    tx.put(row(DocumentKind, code="03", rule="resident_id", category="old"))
    assert f3.identify("03", RESIDENT).category == "old"


def test_somebody_new_is_entered_somebody_known_brought_up_to_date(tx: Loose, f3: Customers) -> None:
    about = {"name": "李四", "address": "路1号", "phone": "1", "email": "", "expires": "2030-01-01"}
    person = f3.identify("00", RESIDENT)
    made = f3.enter(person, **about)
    assert (made.name, made.name_key, made.pinyin, made.initials, made.holder, made.category) == (
        "李四",
        "李四",
        "lisi",
        "ls",
        "individual",
        "ordinary",
    )
    assert (made.document_kind, made.document_number, made.document_expires, made.email) == (
        "00",
        RESIDENT,
        "2030-01-01",
        "",
    )
    tx.change(made, email="z@x.cn")
    again = f3.enter(f3.identify("00", RESIDENT), **{**about, "address": "", "phone": "2"})
    assert (again.id, again.address, again.contact_phone, again.email) == (made.id, "路1号", "2", "z@x.cn")
    assert len(tx.all(Customer)) == 1
    own = replace(f3.identify("00", RESIDENT), category="staff", own_category="student")
    assert f3.enter(own, **about).category == "student", "what they are today by a rule is not their own"


@pytest.mark.parametrize(
    ("typed", "found"),
    [(RESIDENT.lower(), ["c"]), ("张三", ["b", "c"]), ("张 三", ["b", "c"]), ("张", []), ("2", ["b"])],
)
def test_a_customer_is_known_by_document_or_else_by_name(
    tx: Loose, f3: Customers, typed: str, found: list[str]
) -> None:
    tx.put(known(), known("b", document_number="2"), known("d", name="李四", name_key="李四", document_number="3"))
    assert [one.id for one in f3.known_as(typed)] == found
    assert [one.id for one in f3.with_document("3")] == ["d"]


def test_what_a_value_was_first_is_what_it_was_when_they_were_entered(tx: Loose, f3: Customers) -> None:
    tx.put(
        known(),
        *(
            row(ValueChange, id=key, subject=subject, field=field, before=before, made_at=at)
            for key, subject, field, before, at in (
                ("1", "c", "name", "second", "2"),
                ("2", "c", "name", "first", "1"),
                ("3", "c", "address", "x", "0"),
                ("4", "d", "name", "y", "0"),
            )
        ),
    )
    one = tx.one(Customer, id="c")
    assert [f3.first(one, field) for field in ("name", "address", "category")] == ["first", "x", "ordinary"]


@pytest.mark.parametrize(
    ("shown", "expires", "told"),
    [
        (RESIDENT, "", ""),
        (RESIDENT.lower(), "", ""),
        ("1", "", "not the document"),
        (RESIDENT, "2026-11-23", ""),
        (RESIDENT, "2026-11-22", "no longer valid"),
        (RESIDENT, "2026-11-24", ""),
    ],
)
def test_the_owner_s_own_document_is_shown_while_it_is_valid(
    f3: Customers, shown: str, expires: str, told: str
) -> None:
    owner = known(document_expires=expires)
    if not told:
        f3.shows(owner, shown)
        return
    with pytest.raises(NotAllowed, match=told) as refusal:
        f3.shows(owner, shown)
    assert refusal.value.field == "document_number"


def test_a_corrected_name_is_what_they_are_searched_by(tx: Loose, f3: Customers) -> None:
    tx.put(known(pinyin="zhangsan"))
    f3.correct(tx.one(Customer, id="c"), address="路2号")
    assert tx.one(Customer, id="c").pinyin == "zhangsan"
    after = f3.correct(tx.one(Customer, id="c"), name="王五")
    assert (after.name_key, after.pinyin, after.initials) == ("王五", "wangwu", "ww")
    assert ("name", "张三", "王五") in tx.told(ValueChange, "field", "before", "after")
    assert ("address", "", "路2号") in tx.told(ValueChange, "field", "before", "after")
    assert f3.owner("c").name == "王五"


def test_who_acted_is_kept_with_their_document_and_the_month(tx: Loose, f3: Customers) -> None:
    f3.acted_by(known(), Person("02", "E1"), "代理", "138")
    names = ("order_id", "customer_id", "name", "document_kind", "document_number", "phone", "month")
    assert tx.told(CustomerAgent, *names) == [("order", "c", "代理", "02", "E1", "138", "2026-11")]


@pytest.mark.parametrize(("typed", "same"), [("张三", True), ("张 三", True), ("张山", False)])
def test_a_name_is_the_same_whatever_blanks_it_has(typed: str, same: bool) -> None:
    assert same_name(known(), typed) is same
    assert "张三" in str(name_differs(known()))


@pytest.mark.parametrize("typed", ["", "  "])
def test_nothing_typed_finds_nobody(tx: Loose, f3: Customers, typed: str) -> None:
    tx.put(known())
    assert f3.search(typed) == []
