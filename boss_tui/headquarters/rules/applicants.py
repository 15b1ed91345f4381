"""Whom a business is done for may have it: nobody on a black list, nobody with more numbers than their category allows,
no child without a guardian, nobody through an agent who may not act (F1).

Asked is what headquarters binds to the business (M2.2). What an outlet may not have heard of, and numbers that others
opened, it did not know: such an entry is noted. Managers' own rules, and services of others: `interfaces`. At the desk:
`boss_tui.components.qualification.eligibility`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from msgspec import Struct

from boss_tui.chores.scheduling import SCHEDULER
from boss_tui.components.qualification.eligibility import OPENINGS
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.ages import age_by_document, age_of
from boss_tui.headquarters.rules.claim import Claim, Known, Row, the_less_sure
from boss_tui.headquarters.rules.lines import LINE
from boss_tui.headquarters.rules.people import word_of_supervisor
from boss_tui.headquarters.rules.prices import categories_in
from boss_tui.headquarters.rules.reversals import is_left, is_opposite
from boss_tui.sync.effects import Fault
from data.parameters import AGENT_MINIMUM_AGE, AGENT_YEARLY_NUMBERS
from data.tables.customer import Category, Customer, CustomerAgent, DocumentKind, ListedPerson
from data.tables.eligibility import BusinessInterface, Interface
from data.tables.order import ProductOrder, Subscription

BLACK, OWN = "black", "own"
OVER = ("terminated", "cancelled")
CORRECTS, OPENS = "C4.1", "C1"
"""The business that gives a customer another document, and the one that is asked for it as if they opened a number."""


class Applicant(Struct, frozen=True):
    """Whom an order is done for, as its entry leaves them, and who acted for them.

    more: how many numbers come to them with it; keeps: those that they have come under another document.
    """

    order: Row
    business: str
    customer: Row
    agents: list[Row]
    more: int = 0
    keeps: bool = False

    @property
    def day(self) -> str:
        """The business date."""
        return str(self.order["business_date"])


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """The first thing that keeps each of those from it whom an entry's orders are done for."""
    for order in told.added.get("product_order", ()):
        if not order[LINE] or order["operator"] == SCHEDULER or is_opposite(known, told, order):
            continue
        if is_left(known, told, order):
            continue
        for applicant in applicants_of(known, told, order):
            sure, code = _refused(known, told, applicant)
            if sure != "no":
                what = {"what": f"{order['business']} {code}", "order": order["id"]}
                yield Fault("applicant", what, note=sure == "perhaps")


def applicants_of(known: Known, told: Claim, order: Row) -> Iterator[Applicant]:
    """The owner, and whoever owns the line next."""
    keys = [order["customer_id"], *(c.values.get("customer_id") for c in told.changed.get("subscription", ()))]
    new = {row["id"] for row in told.added.get("subscription", ())}
    for key in dict.fromkeys(filter(None, keys)):
        before = told.row(known, Customer, key)
        if before is None:
            continue  # what is not here is told elsewhere (`sync.effects`)
        moved = [c.values for c in told.changed.get("customer", ()) if c.key[0] == key]
        customer = {**before, **{name: value for values in moved for name, value in values.items()}}
        agents = [row for row in told.of_order("customer_agent", order["id"]) if row["customer_id"] == key]
        more = sum(row["customer_id"] == key for row in told.added.get("subscription", ()))
        more += sum(
            c.values.get("customer_id") == key for c in told.changed.get("subscription", ()) if c.key[0] not in new
        )
        papers = order["business"] == CORRECTS and any("document_number" in values for values in moved)
        yield Applicant(order, OPENS if papers else order["business"], customer, agents, more, papers)


def _refused(known: Known, told: Claim, applicant: Applicant) -> tuple[Answer, str]:
    """The surest of what keeps somebody from it, and the interface that says so."""
    found = dict[Answer, str]()
    for code, rule in RULES.items():
        sure = rule(known, told, applicant)
        if sure != "no" and (sure := the_less_sure([sure, _asked(known, told, applicant, code)])) != "no":
            found.setdefault(sure, code)
    return ("yes", found["yes"]) if "yes" in found else ("perhaps", found["perhaps"]) if found else ("no", "")


def _asked(known: Known, told: Claim, applicant: Applicant, code: str) -> Answer:
    """Whether an interface is bound to the business, and its no was not allowed by a supervisor who may."""
    key, day = (applicant.business, code), applicant.day
    bound = known.stood(BusinessInterface, key, day, lambda _: True)
    asked = the_less_sure([bound, known.stood(Interface, (code,), day, _is_own)])
    if asked == "no" or not (
        known.has_heard(told.entry, BusinessInterface, key) and known.has_heard(told.entry, Interface, (code,))
    ):
        return "perhaps" if asked != "no" else asked
    if known.stood(BusinessInterface, key, day, lambda row: row["on_no"] == "override") == "no":
        return asked
    allowed = word_of_supervisor(known, applicant.order)
    return "no" if allowed == "yes" else "perhaps" if allowed == "perhaps" else asked


def _is_own(interface: Row) -> bool:
    """Whether it is asked, and by the program's own rule: managers may put one of theirs in its place."""
    return interface["state"] == "active" and interface["kind"] == "local" and not interface["rule"]


# what keeps somebody from it


def _listed(known: Known, told: Claim, applicant: Applicant, *, own: bool) -> Answer:
    """Whether they, or who acts for them, stand on a black list."""
    day, found = applicant.day, set[Answer]()
    for each in (applicant.customer, *applicant.agents):
        named = {"document_kind": each["document_kind"], "document_number": each["document_number"]}
        for row in known.all(ListedPerson, list=BLACK, **named):
            if (row.source == OWN) != own:
                continue
            sure = known.stood(ListedPerson, (row.id,), day, partial(_is_on, named, day))
            heard = known.has_heard(told.entry, ListedPerson, (row.id,))
            found.add("perhaps" if sure == "yes" and not heard else sure)
    return "yes" if "yes" in found else "perhaps" if "perhaps" in found else "no"


def _is_on(named: Mapping[str, str], day: str, entry: Row) -> bool:
    stands = (entry["valid_from"] or day) <= day <= (entry["valid_to"] or day)
    return bool(stands and entry["list"] == BLACK and all(entry[name] == value for name, value in named.items()))


def _own_list(known: Known, told: Claim, applicant: Applicant) -> Answer:
    return _listed(known, told, applicant, own=True)


def _partner_s_list(known: Known, told: Claim, applicant: Applicant) -> Answer:
    return _listed(known, told, applicant, own=False)


def _too_many(known: Known, told: Claim, applicant: Applicant) -> Answer:
    """Whether they come to more numbers than their category may have; of those that others opened or closed the outlet
    need not know."""
    if not applicant.more and not applicant.keeps:
        return "no"
    customer, outlet = applicant.customer, told.entry.outlet
    lines = [row for row in known.told(Subscription, customer_id=customer["id"]) if row["state"] not in OVER]

    codes = categories_in(known, customer)

    def may_have(numbers: int) -> bool:
        return any(
            known.stood(Category, (code,), applicant.day, lambda row: numbers <= row["number_limit"]) != "no"
            for code in codes
        )

    if may_have(len(lines) + applicant.more):
        return "no"
    own = [row for row in lines if row["outlet"] == outlet]
    uncertain = may_have(len(own) + applicant.more) or known.waits(outlet, [row["id"] for row in own])
    return "perhaps" if uncertain else "yes"


def _alone(known: Known, _told: Claim, applicant: Applicant) -> Answer:
    """Whether a child came without a guardian, or somebody of age with a document of children."""
    age, day, kind = (
        age_of(known, applicant.customer, applicant.day),
        applicant.day,
        applicant.customer["document_kind"],
    )
    if age is None:
        return "no"

    def is_child(of_age: int) -> bool:
        return age < of_age

    child = known.number_stood(AGENT_MINIMUM_AGE, "", day, is_child)
    grown = known.number_stood(AGENT_MINIMUM_AGE, "", day, lambda of_age: not is_child(of_age))
    childs = known.stood(DocumentKind, (kind,), day, lambda row: bool(row["minors_only"]))
    return _surest(the_less_sure([childs, grown]), "no" if applicant.agents else child)


def _may_not_act(known: Known, told: Claim, applicant: Applicant) -> Answer:
    """Whether who acted for them is themselves, a child, or has opened too many numbers for others this year."""
    answers, day = list[Answer](), applicant.day
    for agent in applicant.agents:
        if agent["document_number"] == applicant.customer["document_number"]:
            return "yes"
        age = age_by_document(known, agent, day)
        if age is not None:
            answers.append(known.number_stood(AGENT_MINIMUM_AGE, "", day, partial(int.__lt__, age)))
        answers.append(_acts_too_often(known, told, agent, day))
    return _surest(*answers)


def _acts_too_often(known: Known, told: Claim, agent: Row, day: str) -> Answer:
    """Whether somebody had opened so many numbers for others this year; of those elsewhere the outlet need not know."""
    named = {"document_kind": agent["document_kind"], "document_number": agent["document_number"]}
    rows = [row for row in known.told(CustomerAgent, **named) if row["month"][:4] == day[:4]]
    found = [known.row(ProductOrder, row["order_id"]) for row in rows]
    orders = [row for row in found if row is not None and row["business"] in OPENINGS and _stands(known, row)]
    own = [row for row in orders if row["outlet"] == told.entry.outlet]

    def often(of: list[Row]) -> Answer:
        return known.number_stood(AGENT_YEARLY_NUMBERS, "", day, lambda most: len(of) >= most)

    return often(own) if often(own) != "no" else "perhaps" if often(orders) != "no" else "no"


def _stands(known: Known, order: Row) -> bool:
    """Whether an order counts: it was not called off, and not taken back."""
    is_off = order["state"] in ("cancelled", "rejected", "failed")
    return not is_off and not known.told(ProductOrder, reverses=order["id"])


def _surest(*answers: Answer) -> Answer:
    return "yes" if "yes" in answers else "perhaps" if "perhaps" in answers else "no"


Rule = Callable[[Known, Claim, Applicant], Answer]
RULES: Mapping[str, Rule] = {
    "blacklist_own": _own_list,
    "blacklist_partner": _partner_s_list,
    "number_limit": _too_many,
    "guardian": _alone,
    "agent": _may_not_act,
}
"""By interface, whether it surely refuses (`eligibility.RULES`)."""
