"""Invariant 3: a number and a card are in one place, with one holder, in one state.

A number that is sold or in use points at a living subscription, and that subscription at it; one that is idle points at
none. So with a card and its ICCID, and card and subscription agree on the IMSI. A blank card that was written
is a card of an ICCID and IMSI that were kept for it; what is still kept is on no card. No two living subscriptions
share a number, a card or an IMSI. What an active subscription holds is in use, unless an order on it is under way.
Nothing but free stock is reserved. The pieces of a lease are those that say they came with it.
Source: design 5.3, I1, I7.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, case, func, literal_column, or_, select

from boss_tui.sync.scarce import PIECES
from boss_tui.verify.rule import Rule, columns_of, exists
from data.message import say
from data.tables.order import ProductOrder, Subscription
from data.tables.resource import PhoneNumber, Reservation, SimCard
from data.tables.stock import BlankCard, ImsiReserve
from data.tables.sync import Lease

_n, _c, _s = columns_of(PhoneNumber), columns_of(SimCard), columns_of(Subscription)
_b, _i = columns_of(BlankCard), columns_of(ImsiReserve)
_o, _r, _le = columns_of(ProductOrder), columns_of(Reservation), columns_of(Lease)
_c2, _s2 = _c.alias(), _s.alias()

GIVEN = ("sold", "in_use")
ENDED = ("terminated", "cancelled")
UNDER_WAY = ("acknowledged", "inProgress", "held", "pending", "partial", "failed")

living = _s.c.state.not_in(ENDED)
_WORDS: list[Any] = [literal_column(f"'{word}'") for word in ENDED]
_indexed = _s.c.state.not_in(_WORDS)
"""The same with its words written out: so, and only so, the partial index of living numbers is used. It is right for
counting numbers, and slow for whatever needs the rest of the row."""
under_way = exists(_o.c.subscription_id == _s.c.id, _o.c.state.in_(UNDER_WAY))


def _given(table: Any, key: Any, points_back: Any) -> Select[Any]:
    """Stock that was given out, without a living subscription that points back at it. What is sold to exchange another
    is pointed at once the network has it."""
    return (
        select(key.label("key"), table.c.state.label("state"))
        .select_from(table.outerjoin(_s, _s.c.id == table.c.subscription_id))
        .where(
            table.c.state.in_(GIVEN),
            or_(
                _s.c.id.is_(None),
                _s.c.state.in_(ENDED),
                and_(points_back != key, or_(table.c.state != "sold", ~under_way)),
            ),
        )
    )


def _held(table: Any, key: Any, points_at: Any) -> Select[Any]:
    """Living subscriptions whose stock was not given out to them."""
    return (
        select(_s.c.id.label("key"), points_at.label("held"), func.coalesce(table.c.state, "").label("state"))
        .select_from(_s.outerjoin(table, key == points_at))
        .where(
            living,
            or_(
                key.is_(None),
                table.c.state.not_in(GIVEN),
                table.c.subscription_id.is_(None),
                table.c.subscription_id != _s.c.id,
            ),
        )
    )


def _free(table: Any, key: Any, state: str) -> Select[Any]:
    return select(key.label("key"), table.c.subscription_id.label("subscription")).where(
        table.c.state == state, table.c.subscription_id.is_not(None)
    )


def _not_in_use(table: Any, key: Any, points_at: Any) -> Select[Any]:
    """Stock of subscriptions whose state it does not have."""
    wanted = case((_s.c.state == "pendingActive", "sold"), else_="in_use")
    return (
        select(key.label("key"), table.c.state.label("state"), _s.c.state.label("of_subscription"))
        .select_from(_s.join(table, key == points_at))
        .where(
            living,
            table.c.state.in_(GIVEN),
            table.c.state != wanted,
            table.c.subscription_id == _s.c.id,
            or_(_s.c.state == "pendingActive", ~under_way),
        )
    )


def _doubles(name: str, *where: Any) -> Select[Any]:
    """Living subscriptions that share a value. What occurs twice at all is found in the value's index alone."""
    twice = select(_s.c[name].label("held")).where(*where).group_by(_s.c[name]).having(func.count() > 1).subquery()
    return (
        select(_s.c.id.label("key"), _s.c[name].label("held"))
        .select_from(_s.join(twice, twice.c.held == _s.c[name]))
        .where(living, exists(_s2.c[name] == _s.c[name], _s2.c.id != _s.c.id, _s2.c.state.not_in(_WORDS)))
        .order_by(_s.c[name], _s.c.id)
    )


def _reserved(kind: str, table: Any, key: Any, state: str) -> Select[Any]:
    return (
        select(_r.c.id.label("key"), _r.c.resource.label("held"), func.coalesce(table.c.state, "").label("state"))
        .select_from(_r.outerjoin(table, key == _r.c.resource))
        .where(_r.c.kind == kind, _r.c.state == "active", or_(key.is_(None), table.c.state != state))
    )


def _whole(kind: str) -> Rule:
    """The pieces of a lease are those that say they came with it; of one that was given back, what was sold of it."""
    about = PIECES[kind]
    table = columns_of(about.model)
    pieces = select(func.count()).where(table.c.lease_id == _le.c.id).scalar_subquery()
    free = exists(table.c.lease_id == _le.c.id, table.c.state == about.free)
    return Rule(
        3,
        f"lease is whole: {kind}",
        Lease,
        select(_le.c.id.label("key"), _le.c.pieces.label("pieces"), pieces.label("found")).where(
            _le.c.kind == kind,
            or_(
                and_(_le.c.state != "returned", _le.c.pieces != pieces),
                and_(_le.c.state == "returned", or_(_le.c.pieces < pieces, free)),
            ),
        ),
        say("The lease is of {pieces} {pieces:piece|pieces}; {found} {found:says|say} that they came with it."),
    )


def _of_a_lease(kind: str) -> Rule:
    """What says that it came with a lease, came with one of its kind, to the outlet that holds it."""
    about = PIECES[kind]
    table = columns_of(about.model)
    fits = exists(
        _le.c.id == table.c.lease_id, _le.c.kind == kind, or_(table.c.outlet == "", table.c.outlet == _le.c.outlet)
    )
    return Rule(
        3,
        f"piece is of its lease: {kind}",
        about.model,
        select(table.c[about.key].label("key"), table.c.lease_id.label("lease")).where(table.c.lease_id != "", ~fits),
        say("It says that it came with the lease {lease}, which is not of its kind or its holder."),
    )


_twice_reserved = (
    select(_r.c.kind, _r.c.resource)
    .where(_r.c.state == "active")
    .group_by(_r.c.kind, _r.c.resource)
    .having(func.count() > 1)
    .subquery()
)

RULES = (
    Rule(
        3,
        "number given out has its subscription",
        PhoneNumber,
        _given(_n, _n.c.number, _s.c.number),
        say("The number is {state}, but no living subscription that it points at has it."),
    ),
    Rule(
        3,
        "card given out has its subscription",
        SimCard,
        _given(_c, _c.c.iccid, _s.c.iccid),
        say("The card is {state}, but no living subscription that it points at has it."),
    ),
    Rule(
        3,
        "subscription has its number",
        Subscription,
        _held(_n, _n.c.number, _s.c.number),
        say("The subscription's number {held} is not given out to it ({state})."),
    ),
    Rule(
        3,
        "subscription has its card",
        Subscription,
        _held(_c, _c.c.iccid, _s.c.iccid),
        say("The subscription's card {held} is not given out to it ({state})."),
    ),
    Rule(
        3,
        "free number has no subscription",
        PhoneNumber,
        _free(_n, _n.c.number, "idle"),
        say("The number is idle, but points at subscription {subscription}."),
    ),
    Rule(
        3,
        "free card has no subscription",
        SimCard,
        _free(_c, _c.c.iccid, "in_stock"),
        say("The card is in stock, but points at subscription {subscription}."),
    ),
    Rule(
        3,
        "number state fits its subscription",
        PhoneNumber,
        _not_in_use(_n, _n.c.number, _s.c.number),
        say("The number is {state}, but its subscription is {of_subscription}."),
    ),
    Rule(
        3,
        "card state fits its subscription",
        SimCard,
        _not_in_use(_c, _c.c.iccid, _s.c.iccid),
        say("The card is {state}, but its subscription is {of_subscription}."),
    ),
    Rule(
        3,
        "card and subscription agree on the IMSI",
        Subscription,
        select(_s.c.id.label("key"), _s.c.imsi.label("imsi"), _c.c.imsi.label("of_card"))
        .select_from(_s.join(_c, _c.c.iccid == _s.c.iccid))
        .where(living, _s.c.imsi != _c.c.imsi),
        say("The subscription has IMSI {imsi}, its card {of_card}."),
    ),
    Rule(
        3,
        "IMSI is of one card",
        SimCard,
        select(_c.c.iccid.label("key"), _c.c.imsi.label("imsi")).where(
            _c.c.imsi.in_(select(_c2.c.imsi).group_by(_c2.c.imsi).having(func.count() > 1))
        ),
        say("Another card has the IMSI {imsi} too."),
    ),
    Rule(
        3,
        "number is of one subscription",
        Subscription,
        _doubles("number", _indexed),
        say("Another living subscription has the number {held} too."),
    ),
    Rule(
        3,
        "card is of one subscription",
        Subscription,
        _doubles("iccid"),
        say("Another living subscription has the card {held} too."),
    ),
    Rule(
        3,
        "IMSI is of one subscription",
        Subscription,
        _doubles("imsi"),
        say("Another living subscription has the IMSI {held} too."),
    ),
    Rule(
        3,
        "only free numbers are reserved",
        Reservation,
        _reserved("number", _n, _n.c.number, "idle"),
        say("The number {held} is reserved, but not free ({state})."),
    ),
    Rule(
        3,
        "only free cards are reserved",
        Reservation,
        _reserved("sim", _c, _c.c.iccid, "in_stock"),
        say("The card {held} is reserved, but not free ({state})."),
    ),
    Rule(
        3,
        "only blank cards are reserved as such",
        Reservation,
        _reserved("blank", _b, _b.c.serial, "blank"),
        say("The card {held} is reserved, but not free ({state})."),
    ),
    Rule(
        3,
        "written card is a SIM card",
        BlankCard,
        select(_b.c.serial.label("key"), _b.c.state.label("state"), func.coalesce(_b.c.iccid, "").label("iccid"))
        .select_from(_b.outerjoin(_c, _c.c.iccid == _b.c.iccid).outerjoin(_i, _i.c.iccid == _b.c.iccid))
        .where(
            or_(
                and_(_b.c.state == "written", or_(_c.c.iccid.is_(None), _i.c.iccid.is_(None))),
                and_(_b.c.state != "written", _b.c.iccid.is_not(None)),
            )
        ),
        say("The blank card is {state}, with the ICCID {iccid}."),
    ),
    Rule(
        3,
        "written once",
        BlankCard,
        select(func.max(_b.c.serial).label("key"), _b.c.iccid.label("iccid"))
        .where(_b.c.iccid.is_not(None))
        .group_by(_b.c.iccid)
        .having(func.count() > 1),
        say("Another blank card was written with the ICCID {iccid} too."),
    ),
    Rule(
        3,
        "kept IMSI is on a card when it is used",
        ImsiReserve,
        select(_i.c.imsi.label("key"), _i.c.state.label("state"), func.coalesce(_c.c.imsi, "").label("of_card"))
        .select_from(_i.outerjoin(_c, or_(_c.c.iccid == _i.c.iccid, _c.c.imsi == _i.c.imsi)))
        .where(
            or_(
                and_(_i.c.state == "free", _c.c.iccid.is_not(None)),
                and_(
                    _i.c.state == "used",
                    or_(_c.c.iccid.is_(None), _c.c.iccid != _i.c.iccid, _c.c.imsi != _i.c.imsi),
                ),
            )
        ),
        say("The kept IMSI is {state}; a card with it, or with its ICCID, has the IMSI '{of_card}'."),
    ),
    Rule(
        3,
        "reserved once",
        Reservation,
        select(_r.c.id.label("key"), _r.c.resource.label("held"))
        .select_from(
            _r.join(
                _twice_reserved,
                and_(_twice_reserved.c.kind == _r.c.kind, _twice_reserved.c.resource == _r.c.resource),
            )
        )
        .where(_r.c.state == "active"),
        say("{held} is reserved twice."),
    ),
    *(_whole(kind) for kind in PIECES),
    *(_of_a_lease(kind) for kind in PIECES),
)
