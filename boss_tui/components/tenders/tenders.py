"""Tenders: the ways of paying that are published, and what tenders of them must be (catalogue F11)."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence as Listed
from functools import cache
from typing import Any

from msgspec.structs import replace

from boss_tui.answers.business import Tender, TenderWay
from boss_tui.forms.typed import folded, yuan
from data.characters import is_visible
from data.errors import NotAllowed
from data.message import both, say
from data.store import Reading
from data.tables.finance import TenderKind
from data.tender_kinds import CASH, JIAO, REST, ROUNDING, STANDARD, SUSPENSE

Ways = Mapping[str, TenderWay]


def ways(reading: Reading) -> Ways:
    """The ways of paying by their codes, in the order of their digits."""

    def published() -> Ways:
        rows = reading.all(TenderKind, order=("position", "code"))
        return {row.code: _way(row.__dict__) for row in rows} if rows else standard()

    return reading.worked_out("ways of paying", published)


@cache
def standard() -> Ways:
    """Those that every outlet has."""
    return {row["code"]: _way(row) for row in STANDARD}


def _way(row: Mapping[str, Any]) -> TenderWay:
    return TenderWay(
        row["code"],
        str(row["position"] or ""),
        both(row["name_zh"], row["name_en"]),
        row["account"],
        bool(row["reference"]),
        bool(row["drawer"]),
        bool(row["refunds"]),
        bool(row["offline"]),
        row["provider"],
        clears=row["clears"],
    )


def check_tenders(due: int, tenders: Listed[Tender], known: Ways | None = None) -> int:
    """The change in fen that tenders leave over what is due. NotAllowed says what is wrong with them."""
    known = known or standard()
    for tender in tenders:
        way = known.get(tender.kind)
        if way is None or tender.amount <= 0:
            raise NotAllowed(say("Each tender is one of the ways of paying, with an amount."), field="tenders")
        if way.reference and not as_compared(tender.reference):
            raise NotAllowed(say("{way} needs its reference number.", way=way.name), field="tenders")
    check_references(tenders, known)
    tendered = sum(tender.amount for tender in tenders)
    if tendered < due:
        raise NotAllowed(say("{missing} yuan are missing.", missing=yuan(due - tendered)), field="tenders")
    change = tendered - due
    if change > drawer_sum(tenders, known):
        raise NotAllowed(say("Only cash can be more than what is due: change is given in cash."), field="tenders")
    _check_rounding(tenders, known, change)
    return change


def as_compared(reference: str) -> str:
    """A reference in the one spelling that it is booked and compared in: half width, capitals, no blanks, nothing that
    can't be seen."""
    return "".join(sign for sign in folded(reference).upper() if is_visible(sign) and not sign.isspace())


def as_booked(tender: Tender, known: Ways) -> Tender:
    """A tender as it is written down: a reference that is compared in its one spelling."""
    way = known.get(tender.kind)
    compared = way is not None and way.reference and not way.provider
    return replace(tender, reference=as_compared(tender.reference) if compared else tender.reference.strip())


def check_references(tenders: Listed[Tender], known: Ways) -> None:
    """NotAllowed when a reference that pays once stands twice among the tenders of one payment."""
    seen: set[tuple[str, str]] = set()
    for tender in tenders:
        if tender.kind not in known or not known[tender.kind].once:
            continue
        key = tender.kind, as_compared(tender.reference)
        if key in seen:
            told = say(
                "{way} {reference} stands here twice: one number, one amount.",
                way=known[tender.kind].name,
                reference=key[1],
            )
            raise NotAllowed(told, field="tenders")
        seen.add(key)


def _check_rounding(tenders: Listed[Tender], known: Ways, change: int) -> None:
    """A sum in cash may be rounded to what coins pay, in the customer's favour: nothing else, and by no more."""
    rounded = sum(tender.amount for tender in tenders if tender.kind == ROUNDING)
    cash = drawer_sum(tenders, known) - change
    if rounded and (rounded >= JIAO or cash % JIAO or (not cash and len(tenders) > 1)):
        raise NotAllowed(say("Rounding is for the fen of what is paid in cash, down to the jiao."), field="tenders")


def drawer_sum(tenders: Listed[Tender], known: Ways | None = None) -> int:
    """Fen of the tenders that lie in the drawer."""
    known = known or standard()
    return sum(tender.amount for tender in tenders if tender.kind in known and known[tender.kind].drawer)


def without_rest(tenders: Listed[Tender]) -> tuple[int, list[Tender]]:
    """The fen of the change that stay in the customer's balance, and what was really handed over."""
    rest = sum(tender.amount for tender in tenders if tender.kind == REST)
    if any(tender.kind == REST and tender.amount <= 0 for tender in tenders):
        raise NotAllowed(say("Each tender is one of the ways of paying, with an amount."), field="tenders")
    return rest, [tender for tender in tenders if tender.kind != REST]


def shared_out(left: list[Tender], due: int) -> list[Tender]:
    """Take so many fen from tenders that several share, the first first; what is taken is gone from `left`."""
    taken = []
    while due > 0 and left:
        tender = left[0]
        part = min(due, tender.amount)
        taken.append(Tender(tender.kind, part, tender.reference))
        due -= part
        left[:1] = [Tender(tender.kind, tender.amount - part, tender.reference)] if tender.amount > part else []
    return taken


def net_of_change(tenders: Listed[Tender], change: int, known: Ways | None = None) -> tuple[Tender, ...]:
    """The tenders with the change taken out of the cash, last cash first; empty ones are left out."""
    known = known or standard()
    net = []
    for tender in reversed(tenders):
        back = min(change, tender.amount) if known[tender.kind].drawer else 0
        change -= back
        if tender.amount > back:
            net.append(as_booked(replace(tender, amount=tender.amount - back), known))
    return tuple(reversed(net))


__all__ = [
    "CASH",
    "JIAO",
    "REST",
    "ROUNDING",
    "SUSPENSE",
    "Ways",
    "as_booked",
    "as_compared",
    "check_references",
    "check_tenders",
    "drawer_sum",
    "net_of_change",
    "shared_out",
    "standard",
    "ways",
    "without_rest",
]
