"""What headquarters binds to a business is asked before it is done: managers' own rules, and services of others (F1).

A rule of managers is tried over headquarters' rows, as the desk tries it. What a service said is the hall's word; that
it was asked, about whom, and that its no, or its silence, stopped what it had to, is told by its answer, which comes
with the order. What an outlet may not have heard of, and facts that it may have otherwise, are noted. The program's own
rules: `applicants`. Source: catalogue F1, M2.1, M2.2; at the desk: `boss_tui.components.qualification.eligibility`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any, Literal

from msgspec import Struct

from boss_tui.business.sold import sold_by
from boss_tui.chores.scheduling import SCHEDULER
from boss_tui.components.identity.kinds import age_on
from boss_tui.components.qualification.eligibility import OPENINGS, RULES
from boss_tui.components.qualification.expressions import condition
from boss_tui.components.qualification.questions import sent_by
from boss_tui.headquarters.absence import Answer
from boss_tui.headquarters.rules.ages import age_by_document, age_of
from boss_tui.headquarters.rules.applicants import CORRECTS, OPENS, OVER, Applicant, applicants_of
from boss_tui.headquarters.rules.claim import Claim, Known, Row
from boss_tui.headquarters.rules.network import parameters
from boss_tui.headquarters.rules.people import word_of_supervisor
from boss_tui.headquarters.rules.prices import categories_in
from boss_tui.headquarters.rules.reversals import is_left, is_opposite
from boss_tui.sync.effects import Fault
from data.clock import moment, on_the_wall, stamp
from data.errors import NotAllowed
from data.names import name_key
from data.tables.customer import Customer
from data.tables.eligibility import BusinessInterface, Interface
from data.tables.order import Subscription
from data.tables.organisation import Outlet

Says = Literal["yes", "override", "no"]
Facts = Mapping[str, Any]
"""What is known of whom is asked about, by name (customer.age); what is not known is left out."""
WITHOUT = ("C10", "C11")
"""The businesses that are done for anybody, and ask about somebody only where a number was typed."""
MOMENT = timedelta(seconds=2)
"""So long may it take from when something is asked until its order is written."""
PAYS = "C12"
"""The business that asks about who pays, whose age it does not look up."""
LINES = frozenset({"customer.numbers", "customer.months"})
"""The facts that turn on which numbers somebody has, of which others may have opened some."""
OTHERS = frozenset({"customer.document", "customer.document_number", "customer.name"})
"""The facts of a row that others may have changed."""
SAME = ("customer.document", "customer.document_number", "customer.name", "agent.document_number", "agent.name")
"""The facts that a service is told as a form has them."""


class Questioned(Struct, frozen=True):
    """What an interface is asked: for whom, what is known of them in each way in which the outlet may have it, what was
    answered in the entry.

    on_no: what its no means. worded: whether a supervisor did or allowed the order. form: whether those facts are the
    form's, and no row's that others may have changed.
    """

    facts: list[Facts]
    answers: list[Row]
    on_no: Says = "no"
    worded: bool = False
    form: bool = False

    def passes(self, interface: Row) -> bool:
        """Whether an interface, as it stood, lets the order pass."""
        if interface["state"] != "active" or _is_own(interface):
            return True
        says = {self._says(interface, facts) for facts in self.facts}
        return "yes" in says or ("override" in says and self.worded)

    def _says(self, interface: Row, facts: Facts) -> Says:
        if interface["kind"] == "remote":
            return self._service(interface, facts)
        if not interface["rule"]:
            return _unreachable(interface["offline"])
        try:
            return "yes" if _holds(interface, facts) else self.on_no
        except NotAllowed:
            return _unreachable(interface["offline"])

    def _service(self, interface: Row, facts: Facts) -> Says:
        sends = _sends(interface)
        if not interface["address"] or not sends or any(s.fact not in facts and not s.optional for s in sends):
            return self._without(interface, facts)  # it can't be asked
        wanted = {each.field: facts.get(each.fact, "") for each in sends if each.fact in SAME} if self.form else {}
        found = [row for row in self.answers if row["interface"] == interface["code"] and _is_about(row, wanted)]
        return min((self._answer(interface, row, facts) for row in found), key=ORDER.index, default="no")

    def _answer(self, interface: Row, answer: Row, facts: Facts) -> Says:
        if answer["verdict"]:
            return SAID.get(answer["verdict"], self.on_no)
        return self._without(interface, facts) if answer["offline"] == interface["offline"] else "no"

    def _without(self, interface: Row, facts: Facts) -> Says:
        """What counts while a service can't be asked."""
        if interface["offline"] != "rule":
            return _unreachable(interface["offline"])
        try:
            return "yes" if _holds(interface, facts) else self.on_no
        except NotAllowed:
            return "override"


ORDER: tuple[Says, ...] = ("yes", "override", "no")
SAID: Mapping[str, Says] = {"yes": "yes", "override": "override"}
"""What a service's verdict says by itself; any other is what the business makes of a no."""


def judge(known: Known, told: Claim) -> Iterator[Fault]:
    """What an entry's orders were done without asking, or against what was answered."""
    for row in told.added.get("interface_answer", ()):
        if row["state"] != _begins(row):
            yield Fault("move", {"what": f"interface_answer {row['interface']}", "table": "interface_answer"})
    for order in told.added.get("product_order", ()):
        if order["operator"] == SCHEDULER or not any(_bound(known, each) for each in _like(order)):
            continue
        if is_opposite(known, told, order) or is_left(known, told, order) or not _asks(told, order):
            continue
        for applicant in applicants_of(known, told, order):
            for binding in _bound(known, applicant.business):
                refused = _refused(known, told, applicant, binding)
                if refused != "no":
                    what = {"what": f"{order['business']} {binding.interface}", "order": order["id"]}
                    yield Fault("asked", what, note=refused == "perhaps")


def _begins(answer: Row) -> str:
    """The state in which an answer begins."""
    return "answered" if answer["verdict"] else "unasked" if answer["offline"] == "yes" else "waiting"


def _like(order: Row) -> tuple[str, ...]:
    """The businesses by whose interfaces an order is asked."""
    return (CORRECTS, OPENS) if order["business"] == CORRECTS else (order["business"],)


def _bound(known: Known, business: str) -> list[BusinessInterface]:
    """What a business is bound to ask, beside the program's own rules."""
    rows = known.all(BusinessInterface, business=business)
    found = ((row, known.row(Interface, row.interface)) for row in rows)
    return [row for row, interface in found if interface is not None and not _is_own(interface)]


def _is_own(interface: Row) -> bool:
    """Whether it is the program's own rule (`applicants`)."""
    return interface["kind"] == "local" and not interface["rule"] and interface["code"] in RULES


def _asks(told: Claim, order: Row) -> bool:
    """Whether an order asks about somebody."""
    form = told.form(order)
    return form is not None and (order["business"] not in WITHOUT or bool(form.values.get("number")))


def _refused(known: Known, told: Claim, applicant: Applicant, binding: BusinessInterface) -> Answer:
    """Whether an interface did not let an order pass."""
    day, code = applicant.day, binding.interface
    interface = known.row(Interface, code) or {}
    turns = _turns(interface)
    facts, sure = _facts(known, told, applicant, turns, turns | {each.fact for each in _sends(interface)})
    keys = (applicant.business, code)
    on_no = {row["on_no"] for row in known.versions(BusinessInterface, keys, day)} or {binding.on_no}
    worded = word_of_supervisor(known, applicant.order) != "no"
    asked = Questioned(
        facts,
        told.of_order("interface_answer", applicant.order["id"]),
        "override" if "override" in on_no else "no",
        worded,
        form=bool(applicant.more or applicant.keeps),
    )
    stood = known.stood(Interface, (code,), day, asked.passes)
    bound = known.stood(BusinessInterface, keys, day, lambda _: True)
    if stood == "yes" or bound == "no":
        return "no"
    heard = known.has_heard(told.entry, BusinessInterface, keys) and known.has_heard(told.entry, Interface, (code,))
    return "yes" if stood == "no" and bound == "yes" and sure and heard else "perhaps"


def _turns(interface: Row) -> frozenset[str]:
    """The facts that a rule turns on."""
    try:
        return condition(interface["rule"]).names if interface["rule"] else frozenset()
    except NotAllowed:
        return frozenset()


def _sends(interface: Row) -> tuple[Any, ...]:
    """What a service is told; nothing, where that can't be read."""
    try:
        return sent_by(interface["sends"])
    except NotAllowed:
        return ()


def _holds(interface: Row, facts: Facts) -> bool:
    grouped: dict[str, dict[str, Any]] = {}
    for name, value in facts.items():
        group, _, own = name.partition(".")
        grouped.setdefault(group, {})[own] = value
    return condition(interface["rule"]).holds(grouped)


def _unreachable(offline: str) -> Says:
    return "yes" if offline in ("yes", "later") else "override" if offline == "override" else "no"


def _is_about(answer: Row, wanted: Facts) -> bool:
    """Whether a service was told what a form says of somebody."""
    sent = parameters({"parameters": answer["sent"]})
    return all(_same(sent.get(field, ""), value) for field, value in wanted.items())


def _same(sent: Any, value: Any) -> bool:
    return bool(sent == value or name_key(str(sent)) == name_key(str(value)))


# what is known of whom is asked about


def _facts(
    known: Known, told: Claim, applicant: Applicant, turns: frozenset[str], names: frozenset[str]
) -> tuple[list[Facts], bool]:
    """The facts of these names, in each way in which the outlet may have them, and whether it surely has those so that
    a rule turns on."""
    order, opens = applicant.order, bool(applicant.more or applicant.keeps)
    before = known.row(Customer, applicant.customer["id"])
    customer = applicant.customer if opens or before is None else before
    agent: Row = applicant.agents[0] if applicant.agents else {}
    found: dict[str, Any] = {
        "customer.document": customer["document_kind"],
        "customer.document_number": customer["document_number"],
        "customer.name": customer["name"],
        "customer.known": before is not None,
        "agent.present": bool(agent),
        "agent.name": agent.get("name", ""),
        "agent.document_number": agent.get("document_number", ""),
        "agent.document": agent.get("document_kind", ""),
        "order.business": order["business"],
        "order.outlet": order["outlet"],
        "order.opens_number": bool(applicant.more) and order["business"] in OPENINGS,
        "order.online": not json.loads(told.entry.body).get("offline"),
        **_times(order),
    }
    ways: dict[str, set[Any]] = {}
    sure = opens or not turns & OTHERS
    if "order.channel" in names:
        outlet = known.row(Outlet, order["outlet"])
        found["order.channel"] = outlet["channel"] if outlet is not None else ""
    if names & LINES:
        lines = [row for row in known.told(Subscription, customer_id=customer["id"]) if row["state"] not in OVER]
        found["customer.numbers"] = len(lines)
        found["customer.months"] = _months(min((row["opened_on"] for row in lines), default=""), applicant.day)
        sure = sure and (not turns & LINES or all(row["outlet"] == told.entry.outlet for row in lines))
    if "product.begins" in names and (form := told.form(order)) is not None:
        sold = sold_by(order["business"], form.filled)
        found["product.begins"] = None if sold is None else list(sold)
    if "customer.category" in names:
        ways["customer.category"] = set(categories_in(known, customer))
    if "customer.age" in names:
        ways["customer.age"] = _ages(known, applicant, customer, opens=opens)
    if "time.hour" in names:
        ways["time.hour"] = _hours(known, told, order)
    if "agent.age" in names and agent:
        ways["agent.age"] = {age_by_document(known, agent, applicant.day)}
    named = {name: value for name, value in found.items() if name in names and value not in ("", None)}
    each = [dict(zip(ways, way, strict=True)) for way in product(*ways.values())]
    return [{**named, **{name: value for name, value in way.items() if value is not None}} for way in each], sure


def _ages(known: Known, applicant: Applicant, customer: Row, *, opens: bool) -> set[Any]:
    """The ages that somebody may have been taken for: of who opens a number by their document, else as entered."""
    if applicant.order["business"] == PAYS:
        return {None}
    born, today = customer["birth_date"], date.fromisoformat(applicant.day)
    entered = age_on(date.fromisoformat(born), today) if born else None
    return {age_of(known, customer, applicant.day), *(() if opens else (entered,))}


def _months(first: str, day: str) -> int:
    """Whole months since a business date."""
    if not first:
        return 0
    since, today = date.fromisoformat(first), date.fromisoformat(day)
    return (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)


def _times(order: Row) -> Facts:
    """When an order was made."""
    day = date.fromisoformat(order["business_date"])
    return {"time.date": order["business_date"], "time.day": day.day, "time.weekday": day.isoweekday()}


def _hours(known: Known, told: Claim, order: Row) -> set[Any]:
    """The hour on the wall, a moment before an order was written, too; of one by hand, when it was."""
    slip = known.slip_of(told, order["id"]) if order["hand_slip"] else None
    if slip is not None:
        return {int(slip["written_at"][:2])}
    made = moment(order["created_at"])
    return {int(on_the_wall(stamp(at), "%H")) for at in (made - MOMENT, made)}
