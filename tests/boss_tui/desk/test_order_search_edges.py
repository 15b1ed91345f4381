"""Finding orders by the end of a serial or of a number, and whom a search leads to: each at the edge where it turns."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from boss_tui.desk import hits, order_search
from data.message import say
from data.search import Found
from data.tables.customer import Customer
from data.tables.document import DocumentRange, PaperDocument
from data.tables.finance import BusinessDay
from data.tables.order import ProductOrder, Subscription
from data.tables.organisation import Counter
from data.tables.stock import Handset, RechargeCard
from tests.boss_tui.desk.shop import Shop
from tests.hall import FACTS

OUTLET = FACTS.outlet


def found(shop: Shop, text: str, outlet: str = OUTLET) -> list[str]:
    """The serials that are found, of those that a test has made."""
    with shop.store.reading() as reading:
        return [row.serial for row in order_search.found(reading, outlet, text) if row.draft_id.startswith("draft of")]


SERIAL = "HZ01012611230042"


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        (SERIAL, True),
        ("hz01012611230042", True),
        ("HZ0101-261123-0042", True),
        (" HZ0101.2611 230042 ", True),
        ("HZ0101261123", True),
        ("HZ010126112300421", False),
        ("HZ01012611230043", False),
        ("2611230042", True),
        ("11230042", True),
        ("0042", True),
        ("042", True),
        ("42", True),
        ("2", False),
        ("2611230041", False),
        ("2611220042", False),
        ("12611230042", False),
        ("01012611230042", False),
        ("43", False),
        ("2042", False),
        ("30042", True),
        ("x", False),
    ],
)
def test_an_order_is_found_by_its_serial_and_by_its_end(shop: Shop, text: str, fits: bool) -> None:
    shop.order("o", serial=SERIAL)
    assert found(shop, text) == ([SERIAL] if fits else [])


@pytest.mark.parametrize(
    ("serial", "text", "outlet", "fits"),
    [
        ("HZ01022611230042", "42", OUTLET, True),
        ("HZ01022611230042", "42", "HZ02", False),
        ("HZ02012611230042", "42", OUTLET, False),
        ("HZ01022611240042", "42", OUTLET, False),  # no such business date
    ],
)
def test_the_end_is_one_of_this_outlet_s_counters_and_dates(
    shop: Shop, serial: str, text: str, outlet: str, fits: bool
) -> None:
    shop.order("o", serial=serial)
    assert found(shop, text, outlet) == ([serial] if fits else [])


@pytest.mark.parametrize(("days", "fits"), [(0, True), (30, True), (31, False)])
def test_the_end_of_a_serial_is_looked_for_so_many_business_dates_back(shop: Shop, days: int, fits: bool) -> None:
    latest = date.fromisoformat("2026-11-23")
    known = {row.business_date for row in shop.rows(BusinessDay, outlet=OUTLET)}
    for day in {(latest - timedelta(days=back)).isoformat() for back in range(35)} - known:
        shop.add(BusinessDay, outlet=OUTLET, business_date=day, state="closed", opened_by="2001", opened_at=shop.at())
    serial = f"HZ0101{(latest - timedelta(days=days)):%y%m%d}0042"
    shop.order("o", serial=serial)
    assert found(shop, "42") == ([serial] if fits else [])
    assert found(shop, serial) == [serial]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("5678", True),
        ("19912345678", True),
        ("345678", True),
        ("678", False),
        ("5677", False),
        ("45679", False),
        ("95678", False),
    ],
)
def test_an_order_is_found_by_the_end_of_the_number_also_of_one_that_has_ended(
    shop: Shop, text: str, fits: bool
) -> None:
    line = shop.rows(Subscription)[0]
    shop.alter(Subscription, {"id": line.id}, number="19912345678", tail="5678", state="terminated")
    shop.order("o", serial="HZ01012611230042", subscription_id=line.id)
    shop.order("p", serial="HZ01012611230043")
    assert found(shop, text) == (["HZ01012611230042"] if fits else [])


def test_an_order_is_found_by_the_name_of_its_customer(shop: Shop) -> None:
    owner = shop.one(Customer, id=shop.rows(Subscription)[0].customer_id)
    shop.order("o", customer_id=owner.id)
    shop.order("p")
    assert found(shop, owner.name) == ["HZ0101261123000o"]
    assert found(shop, f"  {owner.name} ") == ["HZ0101261123000o"]


def test_the_newest_come_first_and_no_more_than_fifty(shop: Shop) -> None:
    for number in range(52):
        minutes = -number if number != 47 else 5
        shop.order(f"{99 - number:04d}", serial=f"HZ0101261123{number:04d}", created_at=shop.at(minutes=minutes))
    first = [f"HZ0101261123{n:04d}" for n in (47, 2, 3, 4)]
    by_serial = found(shop, "HZ0101261123")
    assert len(by_serial) == order_search.MOST == 50
    assert by_serial[:4] == first
    with shop.store.reading() as reading:
        latest = order_search.found(reading, OUTLET, " - ")
    assert len(latest) == 50
    assert [row.id for row in latest] == sorted((row.id for row in latest), reverse=True)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("2611230042", True),
        ("261123-0042", True),
        ("261123 0042", True),
        ("26112300420", False),
        ("611230042", False),
        ("２６１１２３００４２", False),
        ("26112300x2", False),
        ("2611230043", False),
    ],
)
def test_lists_print_ten_digits_by_which_an_order_is_found(shop: Shop, text: str, fits: bool) -> None:
    shop.order("o", serial="HZ01022611230042")
    shop.order("p", serial="HZ02012611230042")
    with shop.store.reading() as reading:
        orders = order_search.of_end(reading, OUTLET, text)
    assert [row.serial for row in orders] == (["HZ01022611230042"] if fits else [])


# whom it leads to


def led(shop: Shop, kind: str, key: str) -> tuple[dict[str, str], str]:
    """What a hit leads to, and what it says."""
    with shop.store.reading() as reading:
        one = hits._hit(reading, Found(kind, key, "title", say("{text}", text="what")))  # type: ignore[arg-type]
    assert (one.kind, one.title) == (kind, "title")
    return dict(one.values), str(one.detail)


def lines(shop: Shop) -> tuple[Subscription, Subscription]:
    """A number of one customer, and one of another."""
    found = shop.rows(Subscription, state="active")
    return found[0], next(line for line in found if line.customer_id != found[0].customer_id)


def test_a_number_an_order_and_a_customer_lead_to_their_own(shop: Shop) -> None:
    line, _ = lines(shop)
    whole = {"customer_id": line.customer_id, "number": line.number}
    assert led(shop, "customer", "c") == ({"customer_id": "c"}, "what")
    assert led(shop, "subscription", line.id) == (whole, "what")
    assert led(shop, "number", line.number) == (whole, "what")
    assert led(shop, "number", "19900000000") == ({}, "what")
    assert led(shop, "sim", line.iccid) == (whole, f"what  {line.number}")
    assert led(shop, "sim", "none") == ({}, "what")
    order = shop.order("o", customer_id=line.customer_id, subscription_id=line.id)
    assert led(shop, "order", "o") == ({**whole, "serial": order.serial}, "what")
    bare = shop.order("p")
    assert led(shop, "order", "p") == ({"serial": bare.serial}, "what")


def test_a_paper_leads_to_its_order_and_to_whose_it_is(shop: Shop) -> None:
    line, other = lines(shop)
    order = shop.order("o", customer_id=line.customer_id, subscription_id=line.id)
    of = shop.rows(DocumentRange)[0]
    for number, (key, values) in enumerate(
        {"own": {"customer_id": other.customer_id, "order_id": "o"}, "order": {"order_id": "o"}, "none": {}}.items()
    ):
        shop.add(
            PaperDocument,
            id=key,
            outlet=OUTLET,
            range_id=of.id,
            kind="slip",
            code="X",
            number=number,
            content="",
            operator="1001",
            business_date="2026-11-23",
            made_at=shop.at(),
            **values,
        )
    at = {"number": line.number, "serial": order.serial}
    assert led(shop, "document", "own")[0] == {**at, "customer_id": other.customer_id}
    assert led(shop, "document", "order")[0] == {**at, "customer_id": line.customer_id}
    assert led(shop, "document", "none")[0] == {}


@pytest.mark.parametrize(
    ("sold", "used", "leads"), [("o", "p", "p"), ("o", None, "o"), (None, "p", "p"), (None, None, "")]
)
def test_a_recharge_card_leads_to_whom_it_was_used_for_else_sold_to(
    shop: Shop, sold: str | None, used: str | None, leads: str
) -> None:
    line, other = lines(shop)
    serials = {key: shop.order(key, customer_id=of.customer_id).serial for key, of in (("o", line), ("p", other))}
    card = shop.rows(RechargeCard)[0]
    shop.alter(RechargeCard, {"serial": card.serial}, sold_order=sold, used_order=used)
    assert led(shop, "card", card.serial)[0].get("serial", "") == serials.get(leads, "")


def test_a_handset_leads_to_its_owner_else_to_whom_it_was_sold(shop: Shop) -> None:
    line, other = lines(shop)
    shop.order("o", customer_id=line.customer_id)
    key = shop.rows(Handset)[0].imei

    def leads(**values: str | None) -> tuple[dict[str, str], str]:
        shop.alter(Handset, {"imei": key}, **values)
        return led(shop, "handset", key)

    assert leads(customer_id=None, subscription_id=None, sold_order=None) == ({}, "what")
    assert leads(sold_order="o") == ({"customer_id": line.customer_id}, "what")
    assert leads(customer_id=other.customer_id) == ({"customer_id": other.customer_id}, "what")
    whole = {"customer_id": other.customer_id, "number": other.number}
    assert leads(subscription_id=other.id) == (whole, f"what  {other.number}")


def test_a_number_that_somebody_has_is_found_with_its_owner_alone(shop: Shop) -> None:
    line, _ = lines(shop)
    with shop.store.reading() as reading:
        assert [(hit.kind, hit.values["number"]) for hit in hits.found(reading, OUTLET, line.number)] == [
            ("subscription", line.number)
        ]
    shop.alter(Subscription, {"id": line.id}, state="terminated")
    with shop.store.reading() as reading:
        assert [hit.kind for hit in hits.found(reading, OUTLET, line.number)] == ["number"]


def test_an_order_is_found_once_and_also_by_the_end_that_lists_print(shop: Shop) -> None:
    order = shop.order("o", serial="HZ01012611230042")
    for text in ("2611230042", "HZ01012611230042"):
        with shop.store.reading() as reading:
            orders = [hit.values["serial"] for hit in hits.found(reading, OUTLET, text) if hit.kind == "order"]
        assert orders == [order.serial], text


def test_a_counter_and_an_order_more_than_twenty_are_left_out(shop: Shop) -> None:
    assert hits.MOST == 20
    for number in range(22):
        shop.order(f"{number:04d}", serial=f"26112300{number:02d}")
    for counter in shop.rows(Counter, outlet=OUTLET):
        shop.order(counter.code, serial=f"{counter.code}2611230001")
    with shop.store.reading() as reading:
        assert len(hits.found(reading, OUTLET, "261123")) == 20
        assert len(hits.found(reading, OUTLET, "2611230001")) == 1 + len(shop.rows(Counter, outlet=OUTLET))


def test_no_order_is_made_up(shop: Shop) -> None:
    assert shop.rows(ProductOrder, serial=SERIAL) == []
    assert found(shop, SERIAL) == []


def test_of_those_that_fit_the_network_is_not_done_with_some(shop: Shop) -> None:
    shop.order("42")
    shop.order("43", state="completed")

    def serials(text: str) -> set[str]:
        with shop.store.reading() as reading:
            found = order_search.under_way(reading, OUTLET, text)
        return {row.serial[-4:] for row in found if row.draft_id.startswith("draft of")}

    assert serials(" ") == serials("HZ010126112300") == serials("0042") == {"0042"}
    assert serials("0043") == set()
