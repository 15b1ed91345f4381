"""What an order charged, and lets be charged each month, is what the tariff said on its business date: the same rules,
and the same winner (F6, M6).

A business says what its price rules were asked for (`Transaction.priced`); `tariff.tariff` says which rule wins.
Fees are charged to the fen; of prepayments customers may pay in more. What follows from bills, contracts or an earlier
order is no price, and the books hold it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from itertools import product as product_of
from typing import Any

from boss_tui.business.priced import Priced
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.customers.categories import RED
from boss_tui.components.tariff.price_rules import Sale, winners
from boss_tui.components.tariff.tariff import NUMBER_FEE, OPENING
from boss_tui.editions.lines import folded, line_of
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.reversals import is_left, is_opposite
from boss_tui.sync.effects import Fault
from data.clock import moment, on_the_wall, stamp
from data.statements import instance
from data.tables.customer import Customer, CustomerClass, DocumentKind, ListedPerson
from data.tables.order import Subscription
from data.tables.organisation import Outlet
from data.tables.provider import ProviderService
from data.tables.resource import NumberGrade, PhoneNumber
from data.tables.service import ChargeSchedule
from data.tables.tariff import ChargeItem, PriceRule

FEE, PREPAID = 0, 2
"""Kinds of charge item (domain-facts 8)."""
Sums = Mapping[str, int]


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What of an entry's orders was charged at another price."""
    for order in told.added.get("product_order", ()):
        form = told.form(order)
        if form is None or is_opposite(known, told, order) or is_left(known, told, order):
            continue
        sure = _priced(known, told, order, form.filled)
        if sure != "yes":
            what = {"what": f"{order['business']} {order['serial']}", "order": order["id"]}
            yield Fault("price", what, note=sure == "perhaps")
    yield from _monthly(known, told)
    yield from _least(known, told)


def _priced(known: Known, told: Claim, order: Row, form: Any) -> Answer:
    """Whether an order was charged what its business asks for it: by the rows that should have stood, else perhaps by
    others that its outlet may have had, since it goes by what it was handed last."""
    back, ways = 0, 1
    while back < ways:
        books = _Books(known, told, back)
        asked = BUSINESSES[order["business"]].priced(form, order, books)
        sure = "yes" if asked is None else _right(known, told, order, asked, _number_fee(books, asked.number))
        if sure != "no":
            return "perhaps" if back else sure
        back, ways = back + 1, books.ways
    return "no"


class _Books:
    """Rows as an entry leaves them: its own new ones, else those that are known. A published one is the one that should
    have stood, or so many ways `back` of those in which an outlet may have had it.

    Attributes:
        ways: in how many ways the rows that were asked for may have been had, at most.
    """

    def __init__(self, known: Known, told: Claim, back: int = 0) -> None:
        self._known, self._told, self._back = known, told, back
        self.ways = 1

    def row(self, model: Any, *key: Any) -> Mapping[str, Any] | None:
        """A row by a key of one column."""
        if not model.__owner__.part:
            return self._told.row(self._known, model, key[0])
        found = self._known.versions(model, key, self._told.entry.business_date)
        self.ways = max(self.ways, len(found))
        return found[min(self._back, len(found) - 1)] if found else None


def _right(known: Known, told: Claim, order: Row, asked: Priced, number_fee: int) -> Answer:
    """Whether what was posted for an order is what its rules said."""
    rules = known.all(PriceRule, business=order["business"])
    kinds = {row.code: row.fee_kind for row in known.all(ChargeItem)}
    posted = posted_for(told, order["id"])
    day, times = when(known, told, order)
    products = {*asked.products, *_begun(told, order)}
    categories, regions = categories_of(known, told, order), regions_of(known, order["outlet"])
    charged = _charged(told, order) if order["business"] == OPENING else None

    def right(of: list[PriceRule]) -> bool:
        ruled = {rule.item for rule in of if not rule.monthly} | {NUMBER_FEE}
        for category, time, region in product_of(categories, times, regions):
            sale = Sale(order["business"], tuple(products), category, order["outlet"], day, time, region)
            won = winners(of, sale)
            if charged is not None and charged != Counter((r.item, r.product, _amount(r)) for r in won if r.monthly):
                continue
            wanted = Counter({rule.item: _amount(rule) for rule in won if not rule.monthly})
            for item, amount in asked.instead.items():
                wanted[item] = amount
            wanted[NUMBER_FEE] += number_fee
            if all(_agrees(kinds.get(item, FEE), posted[item], _wanted(wanted, item, asked)) for item in ruled):
                return True
        return False

    if day >= known.today and right(rules):
        return "yes"
    return _right_then(known, rules, day, right)


def _begun(told: Claim, order: Row) -> Iterator[str]:
    """The products that begin on an order's own line: others of one basket have theirs."""
    rows = told.added.get("subscription_product", ())
    return (row["product"] for row in rows if row["subscription_id"] == order["subscription_id"])


def _amount(rule: PriceRule) -> int:
    return rule.amount * rule.percent // 100


def _charged(told: Claim, order: Row) -> Counter[tuple[str, str, int]]:
    """What the line that an order opens is to be charged each month: item, product, fen."""
    rows = told.added.get("charge_schedule", ())
    own = (row for row in rows if row["subscription_id"] == order["subscription_id"])
    return Counter((row["item"], row["product"], row["amount"]) for row in own)


def _monthly(known: Known, told: Claim) -> Iterator[Fault]:
    """What a line that there is is charged each month from now on, though no rule or provider says so much for it, and
    none ever did; what it was charged before it may be charged again."""
    new = {row["id"] for row in told.added.get("subscription", ())}
    for row in told.added.get("charge_schedule", ()):
        line = row["subscription_id"]
        if line in new or any(_is_as(row, old) for old in known.told(ChargeSchedule, subscription_id=line)):
            continue
        owner = told.row(known, Subscription, line)
        categories = {"", *(categories_of(known, told, owner) if owner is not None else ())}
        day = told.entry.business_date

        def says(rule: Row, amount: int = row["amount"]) -> bool:
            return bool(rule["amount"] * rule["percent"] // 100 == amount)

        def asks(service: Row, amount: int = row["amount"]) -> bool:
            return bool(service["fee"] == amount)

        rules = [rule for rule in known.all(PriceRule, item=row["item"]) if rule.product in ("", row["product"])]
        answers = {known.stood(PriceRule, (each.id,), day, says) for each in rules if each.category in categories}
        answers.add(known.stood(ProviderService, (row["product"],), day, asks))
        if "yes" not in answers:
            what = {"what": f"charge_schedule {row['item']} {row['product']}", "table": "charge_schedule"}
            yield Fault("price", what, note="perhaps" in answers)


def _least(known: Known, told: Claim) -> Iterator[Fault]:
    """What is to be spent on a line each month at least is what the grade of its number says."""
    lines = [(row["id"], row) for row in told.added.get("subscription", ())]
    lines += [(str(change.key[0]), change.values) for change in told.changed.get("subscription", ())]
    for key, line in lines:
        if "minimum_spend" not in line:
            continue
        here = line if "number" in line else told.row(known, Subscription, key)
        number = known.row(PhoneNumber, here["number"]) if here is not None else None
        if number is None:
            continue  # what is not here is told elsewhere (`numbers`)

        def says(grade: Row, fen: int = line["minimum_spend"]) -> bool:
            return bool(grade["minimum_spend"] == fen)

        sure = known.stood(NumberGrade, (number["grade"],), told.entry.business_date, says)
        if sure != "yes":
            what = {"what": f"subscription {key}: minimum_spend", "table": "subscription"}
            yield Fault("price", what, note=sure == "perhaps")


def _is_as(row: Row, old: Row) -> bool:
    return all(row[name] == old[name] for name in ("item", "product", "amount"))


def _wanted(wanted: Counter[str], item: str, asked: Priced) -> int:
    return wanted[item] if asked.items is None or item in asked.items else 0


def _agrees(kind: int, posted: int, wanted: int) -> bool:
    """Fees to the fen; of a prepayment at least so much; deposits are credit's matter."""
    return posted == wanted if kind == FEE else posted >= wanted if kind == PREPAID else True


def _right_then(known: Known, rules: list[PriceRule], day: str, right: Any) -> Answer:
    """By what stood on the business date; else by what stood on any other day that the rules' lines tell of, and by
    what an outlet had that was to read some of those lines yet."""
    lines = {rule.id: known.published.history(PriceRule, (rule.id,)) for rule in rules}
    if not any(lines.values()):
        if right(rules):
            return "yes"
        return "perhaps" if any(rule.revision > 1 for rule in rules) else "no"

    def made(of: Callable[[PriceRule], Row | None]) -> list[PriceRule]:
        found = (of(rule) if lines[rule.id] else rule.__dict__ for rule in rules)
        return [instance(PriceRule, dict(row)) for row in found if row is not None]

    def on(when: str, view: int = 0) -> list[PriceRule]:
        return made(lambda rule: known.published.on(PriceRule, (rule.id,), when, view))

    def read_to(number: int, view: int) -> list[PriceRule]:
        return made(lambda rule: known.published.read_to(number, PriceRule, (rule.id,), day, view))

    if right(on(day)):
        return "yes"
    days = sorted({line.effective_from for each in lines.values() for line in each} | {day})
    numbers, views = (
        sorted({line.number for each in lines.values() for line in each}),
        range(len(known.published.views)),
    )
    others = (on(other, view) for view in views for other in days if view or other != day)
    before = (read_to(number, view) for view in views for number in numbers)
    if right(rules) or any(map(right, others)) or any(map(right, before)) or right(_first(lines, rules)):
        return "perhaps"
    unknown = any(rule.revision > 1 and not lines[rule.id] for rule in rules)
    return "perhaps" if unknown else "no"


def rates(
    known: Known, told: Claim, order: Row, item: str, business: str, product: str = "", monthly: int = 0
) -> list[int]:
    """The least of what an item may cost, as `named_by`."""
    return [min(each) for each in named_by(known, told, order, item, business, product, monthly)]


def named_by(
    known: Known, told: Claim, order: Row, item: str, business: str, product: str = "", monthly: int = 0
) -> list[set[int]]:
    """What the winning rule of a business names for an item of a product, in fen (0: none does), as the outlet of an
    order may have had it, as it should first; several, where headquarters can't tell by which category or minute."""
    rules = known.all(PriceRule, business=business, item=item, monthly=monthly)
    return _named(known, told, order, rules, product, lambda won: next(map(_amount, won), 0))


def sums_of(known: Known, told: Claim, order: Row, business: str, product: str, monthly: int) -> list[set[int]]:
    """What the winning rules of a business that are a product's own ask for it in all, as `named_by`."""
    rules = known.all(PriceRule, business=business, product=product, monthly=monthly)
    return _named(known, told, order, rules, product, lambda won: sum(map(_amount, won)))


def _named(
    known: Known,
    told: Claim,
    order: Row,
    rules: list[PriceRule],
    product: str,
    asked: Callable[[list[PriceRule]], int],
) -> list[set[int]]:
    """What is asked of the rules that count for a product, each time that they may have been others."""
    found = list[set[int]]()
    day, times = when(known, told, order)
    places = list(product_of(categories_of(known, told, order), times, regions_of(known, order["outlet"])))

    def looked_at(of: list[PriceRule]) -> bool:
        business = next((rule.business for rule in of), "")
        sales = (
            Sale(business, (product,) if product else (), category, order["outlet"], day, time, at)
            for category, time, at in places
        )
        found.append({asked(winners(of, sale)) for sale in sales})
        return False

    if day >= known.today:
        looked_at(rules)
    _right_then(known, rules, day, looked_at)
    return found


def _first(lines: Mapping[str, list[Any]], rules: list[PriceRule]) -> list[PriceRule]:
    """The rules as they were first published."""
    found = []
    for rule in rules:
        row = folded(PriceRule, (rule.id,), map(line_of, lines[rule.id][:1])) if lines[rule.id] else rule.__dict__
        if row is not None:
            found.append(instance(PriceRule, dict(row)))
    return found


def posted_for(told: Claim, order_id: str) -> Counter[str]:
    """What an order's payments were posted for, item by item, tax included; a bill is no payment."""
    paid = {payment["posting_id"] for payment in told.of_order("payment", order_id)}
    sums: Counter[str] = Counter()
    for line in told.added.get("posting_line", ()):
        if line["posting_id"] in paid and line["item"]:
            sums[line["item"]] -= line["amount"]
    return sums


def when(known: Known, told: Claim, order: Row) -> tuple[str, tuple[str, ...]]:
    """The business date whose prices count, and the time on the hall's wall, which may have moved on by a minute since
    it was looked at: of a slip that was written by hand, what stands on it."""
    slip = known.slip_of(told, order["id"])
    if slip is not None:
        return slip["written_on"], (slip["written_at"],)
    made = moment(order["created_at"])
    times = (on_the_wall(stamp(at), "%H:%M") for at in (made, made - timedelta(minutes=1)))
    return order["business_date"], tuple(dict.fromkeys(times))


def _number_fee(books: _Books, number: str) -> int:
    row = books.row(PhoneNumber, number) if number else None
    grade = books.row(NumberGrade, row["grade"]) if row is not None else None
    return int(grade["fee"]) if grade is not None else 0


def regions_of(known: Known, outlet: str) -> set[str]:
    """The regions that an outlet is in, was in, or will be: it may not have heard of the last one."""
    row = known.row(Outlet, outlet)
    lines = map(line_of, known.published.history(Outlet, (outlet,)))
    said = {str(line.values["region"]) for line in lines if "region" in line.values}
    return said | ({row["region"]} if row is not None else set()) or {""}


def categories_of(known: Known, told: Claim, order: Row) -> set[str]:
    """The categories that the order's customer, or one who came with it, may have been charged by: what headquarters
    has said or says of them, what their document makes them, the red list."""
    added = told.added.get("customer", ())
    owner = known.row(Customer, order["customer_id"]) if order["customer_id"] is not None else None
    rows = (*added, *((owner,) if owner is not None else ()))
    return {code for row in rows for code in categories_in(known, row)} or {""}


def categories_in(known: Known, customer: Row) -> set[str]:
    """Those in which an outlet may have had a customer: that in which headquarters has them, what it has said or says
    of them, what their document makes them, the red list."""
    kind, number = customer["document_kind"], customer["document_number"]
    rows = (known.row(Customer, customer["id"]), known.row(DocumentKind, kind))
    found = {row["category"] for row in rows if row is not None} | _said(known, kind, number)
    red = known.reading.find(ListedPerson, document_kind=kind, document_number=number, list=RED)
    return found | ({RED} if red is not None else set())


def _said(known: Known, kind: str, number: str) -> set[str]:
    """The categories in which headquarters ever had somebody: an outlet may not have heard of the last one."""
    lines = map(line_of, known.published.history(CustomerClass, (kind, number)))
    found = {str(line.values["category"]) for line in lines if "category" in line.values}
    row = known.reading.find(CustomerClass, document_kind=kind, document_number=number)
    return found | ({row.category} if row is not None else set())
