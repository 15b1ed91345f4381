"""What M4 asks of products: that each is what its kind can be, that they go together, that what is sold has a price.

A manager is told by line and column what a clerk would run into at the counter. Source: catalogue M4, F4;
management-facts 1.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from boss_tui.components.resources.resources import KINDS
from boss_tui.editions.lines import RowEdit
from boss_tui.editions.subjects import Fault, Rehearsal
from boss_tui.management.m06.prices import has_monthly_fee, has_price
from boss_tui.network.dialects import DIALECTS
from data.message import Message, say
from data.statements import table_name
from data.states import act_name
from data.store import Reading
from data.tables.product import Product, ProductRelation
from data.tables.resource import ReservationLimit, SimKind
from data.tables.stock import HandsetBundle

PLAIN_ACTS = ("", "data", "manual")
SERVICE = "service:"
_TOGETHER: dict[str, Message] = {
    "contains": say("{product} contains {other}, which is not sold as long as it is."),
    "needs": say("{product} needs {other}, which is not sold as long as it is."),
}


def network_acts() -> tuple[str, ...]:
    """What a product may ask of the network: what every kind of element can do."""
    known = [set(each().values["service"]) for each in DIALECTS.values()]
    return (*PLAIN_ACTS, *(SERVICE + name for name in sorted(set.intersection(*known))))


def network_act_names() -> dict[str, Message]:
    """What a product may ask of the network, in words."""
    services = {
        "waiting": say("call waiting"),
        "hold": say("call hold"),
        "conference": say("conference calls"),
        "clip": say("number shown"),
        "clir": say("number hidden"),
    }
    plain = {"data": say("mobile data"), "manual": act_name("manual")}
    return {act: plain.get(act) or services[act.removeprefix(SERVICE)] for act in network_acts() if act}


def fits_its_kind(at: Rehearsal) -> Iterator[Fault]:
    """SIM cards and acts are such as there are; goods ask for neither."""
    kinds = [row.code for row in at.reading.all(SimKind, state="active", order=("code",))]
    for position, _, product in at.rows(Product):
        strange = [kind for kind in product.sim_kinds.split(",") if kind and kind not in kinds]
        if strange:
            there = ", ".join(kinds)
            told = say("There is no kind of SIM card {code}; there are {codes}.", code=strange[0], codes=there)
            yield Fault(position, "sim_kinds", told)
        if product.network_act not in network_acts():
            yield Fault(position, "network_act", say("One of {words}.", words=", ".join(filter(None, network_acts()))))
        for column in ("sim_kinds", "network_act"):
            if product.kind == "goods" and getattr(product, column):
                yield Fault(position, column, say("Goods ask for no card, and nothing of the network."))


def goes_together(at: Rehearsal) -> Iterator[Fault]:
    """What a product contains or needs is sold as long as it is; what is contained is whole; nothing is at odds."""
    touched = _touched(at.lines)
    relations = at.reading.all(ProductRelation, order=("product", "other"))
    for relation in relations:
        position = touched.get(relation.product, touched.get(relation.other))
        if position is not None:
            yield from _sound(at.reading, position, relation, relations, at.day)


def _touched(lines: Mapping[int, RowEdit]) -> dict[str, int]:
    """The products that an edition's lines are about, each with the first line that is."""
    found: dict[str, int] = {}
    for position, line in lines.items():
        if line.table in (table_name(Product), table_name(ProductRelation)):
            for code in line.key:
                found.setdefault(str(code), position)
    return found


def _sound(
    reading: Reading, position: int, relation: ProductRelation, relations: Iterable[ProductRelation], day: str
) -> Iterator[Fault]:
    product, other = (reading.find(Product, code=code) for code in (relation.product, relation.other))
    names = {"product": relation.product, "other": relation.other}
    if relation.product == relation.other:
        yield Fault(position, "other", say("A product has nothing to do with itself."))
        return
    if product is None or other is None or not _sold(product, day):
        return
    if relation.relation != "excludes" and not _lasts(other, product, day):
        yield Fault(position, "other", Message(_TOGETHER[relation.relation].template, names))
    if relation.relation == "contains" and other.kind != "service":
        yield Fault(position, "other", say("A plan contains services; {other} is none.", other=relation.other))
    theirs = {(each.product, each.other): each.relation for each in relations}
    if relation.relation != "excludes" and "excludes" in _either(theirs, relation.product, relation.other):
        yield Fault(position, "relation", say("{product} and {other} exclude each other.", **names))
    if relation.relation == "contains":
        yield from _whole(position, relation, theirs)


def _either(theirs: Mapping[tuple[str, str], str], one: str, other: str) -> set[str]:
    return {theirs.get((one, other), ""), theirs.get((other, one), "")}


def _whole(position: int, relation: ProductRelation, theirs: Mapping[tuple[str, str], str]) -> Iterator[Fault]:
    """What is contained has what it needs inside, and goes with all that is inside."""
    plan = relation.product
    inside = {other for (one, other), kind in theirs.items() if one == plan and kind == "contains"}
    for (one, other), kind in theirs.items():
        if one == relation.other and kind == "needs" and other not in {plan, *inside}:
            told = say(
                "{product} contains {inside}, which needs {other}: contain that too.",
                product=plan,
                inside=one,
                other=other,
            )
            yield Fault(position, "other", told)
        if one == relation.other and kind == "excludes" and other in inside:
            told = say(
                "{product} contains {inside} and {other}, which exclude each other.",
                product=plan,
                inside=one,
                other=other,
            )
            yield Fault(position, "other", told)


def has_a_price(at: Rehearsal) -> Iterator[Fault]:
    """What begins to be sold has a price, if it is none."""
    for position, line, product in at.rows(Product):
        begins = line.op == "add" or line.values.get("state") == "active"
        first = max(at.day, product.valid_from)
        if begins and product.state == "active" and not has_price(at.reading, product, first):
            told = say("{code} has no price on {day}: give it one here, 0 if it is free.", code=product.code, day=first)
            yield Fault(position, "", told)


def binds_by_its_kind(at: Rehearsal) -> Iterator[Fault]:
    """Only a plan binds, and what binds to nothing has no penalty."""
    for position, _, product in at.rows(Product):
        if product.contract_months and product.kind != "plan":
            yield Fault(position, "contract_months", say("Only a plan binds: 0 months."))
        if product.penalty_percent and not product.contract_months:
            yield Fault(position, "penalty_percent", say("A penalty within which months? Say them, or 0 %."))


def binds_to_a_fee(at: Rehearsal) -> Iterator[Fault]:
    """A plan that begins to be sold, or to bind, has a monthly fee of its own: a penalty is of what is left of it."""
    for position, line, product in at.rows(Product):
        begins = line.op == "add" or line.values.keys() & {"state", "contract_months"}
        first = max(at.day, product.valid_from)
        binds = product.kind == "plan" and product.contract_months and product.state == "active"
        if begins and binds and not has_monthly_fee(at.reading, product.code, first):
            told = say("{code} has no monthly fee on {day}: bind to nothing, 0 months.", code=product.code, day=first)
            yield Fault(position, "contract_months", told)


def bundle_has_its_handset(at: Rehearsal) -> Iterator[Fault]:
    """A bundle's handset is goods that are sold as long as it is: of bundles and of handsets in the lines."""
    touched = _touched(at.lines)
    mine = {str(line.key[0]): position for position, line in at.of(HandsetBundle)}
    for bundle in at.reading.all(HandsetBundle, order=("code",)):
        position = mine.get(bundle.code, touched.get(bundle.model))
        model = at.reading.find(Product, code=bundle.model)
        if position is None or model is None:
            continue
        if model.kind != "goods":
            yield Fault(position, "model", say("{code} is no handset.", code=bundle.model))
        elif (not bundle.valid_to or bundle.valid_to >= at.day) and not _lasts(model, bundle, at.day):
            told = say(
                "Bundle {bundle} is of {code}, which is not sold as long as it is.",
                bundle=bundle.code,
                code=bundle.model,
            )
            yield Fault(position, "model", told)


def is_kept_at_all(at: Rehearsal) -> Iterator[Fault]:
    """A time limit is of a kind of resource that a form can keep."""
    for position, line in at.of(ReservationLimit):
        if line.key[0] not in KINDS:
            yield Fault(position, "kind", say("One of {words}.", words=", ".join(KINDS)))


def _sold(product: Product, day: str) -> bool:
    """Whether a product is sold on a day or on a later one."""
    return product.state == "active" and (not product.valid_to or product.valid_to >= day)


def _lasts(other: Product, product: Product | HandsetBundle, day: str) -> bool:
    """Whether one is sold from a day on as long as the other is."""
    first = max(day, product.valid_from)
    until = other.valid_to >= product.valid_to if other.valid_to and product.valid_to else not other.valid_to
    return other.state == "active" and other.valid_from <= first and until
