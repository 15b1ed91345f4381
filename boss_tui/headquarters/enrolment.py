"""Making an outlet known: a one-time code made by a command, with which the outlet presents its device's key.

The code ends with the fingerprint of headquarters' own key, so that the outlet knows whom it is talking to.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from boss_tui.components.stations import OFFICE
from boss_tui.headquarters.office import Office, Refuse, author, enrolled_row
from boss_tui.sync.enrolment import CARD_SECRET
from boss_tui.sync.keys import enciphered_for, fingerprint, is_signed
from boss_tui.sync.shapes import Enrolled, Enrolment
from boss_tui.sync.wire import request_text
from data.card_pins import made_secret
from data.clock import Clock, moment, stamp
from data.errors import NotAllowed, NotFound
from data.message import say
from data.parameters import ENROLMENT_HOURS
from data.store import UnitOfWork
from data.tables.organisation import Outlet
from data.tables.sync import EnrolledOutlet, EnrolmentCode, Setting

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that are read as another


def _hashed(code: str) -> str:
    return hashlib.sha256(code.strip().encode()).hexdigest()


def _drawn(clock: Clock, letters: int = 16) -> str:
    bits = clock.random_bits(5 * letters)
    return "".join(_LETTERS[(bits >> 5 * place) & 31] for place in range(letters))


def make_code(office: Office, outlet: str, made_by: str) -> str:
    """A code for one outlet, good once and for three days. NotFound when headquarters has no such outlet, NotAllowed
    for its own station."""
    secret = _drawn(office.store.clock)
    code = f"{secret}-{fingerprint(office.key.public)}"
    with office.store.transaction(author(outlet, "enrol.code"), journalled=False, lock=outlet) as tx:
        row = tx.find(Outlet, code=outlet)
        if row is None:
            raise NotFound(say("There is no outlet {outlet}.", outlet=outlet))
        if row.state == "closed":
            raise NotAllowed(say("Outlet {outlet} is closed: an edition has to open it again first.", outlet=outlet))
        if (own := tx.find(Setting, name=OFFICE)) is not None and own.value == outlet:
            raise NotAllowed(say("{outlet} is headquarters' own station: it pushes to nobody.", outlet=outlet))
        expires = stamp(tx.clock.now() + timedelta(hours=ENROLMENT_HOURS.of(tx)))
        tx.add(EnrolmentCode, code_hash=_hashed(code), outlet=outlet, made_by=made_by, expires_at=expires)
    return code


def enrol(office: Office, request: Enrolment, body: bytes, signature: str) -> Enrolled:
    """Take an outlet's key. A repeat with the same code and key gets the same answer; anything else is refused."""
    if not is_signed(request.public_key, request_text("POST", "/v1/enrol", body), signature):
        raise Refuse(401, "signature", say("The request is not signed by the key that it presents."))
    with office.store.transaction(author(request.outlet, "enrol"), journalled=False, lock=request.outlet) as tx:
        code = tx.find(EnrolmentCode, code_hash=_hashed(request.code))
        if code is None or code.outlet != request.outlet or code.used_key not in ("", request.public_key):
            raise Refuse(401, "code", say("This code is not good for outlet {outlet}.", outlet=request.outlet))
        if not code.used_at:
            if moment(code.expires_at) < tx.clock.now():
                raise Refuse(401, "code", say("This code has expired: ask for a new one."))
            tx.change(code, used_at=tx.now(), used_key=request.public_key)
            _know(tx, request, office.key.public)
        standing = office.standing(enrolled_row(tx, request.outlet))
        cards = enciphered_for(request.public_key, made_secret(tx), CARD_SECRET.format(outlet=request.outlet))
    return Enrolled(headquarters_key=office.key.public, card_secret=cards, standing=standing)


def _know(tx: UnitOfWork, request: Enrolment, own_key: str) -> None:
    """Note the key; an outlet that was known keeps its cursors. Refuse the key of another outlet, or of this office:
    who has it would speak for both."""
    others = tx.all(EnrolledOutlet, public_key=request.public_key)
    if request.public_key == own_key or any(other.outlet != request.outlet for other in others):
        raise Refuse(401, "code", say("This device key is another's: make a home of its own for each outlet."))
    row = tx.find(EnrolledOutlet, outlet=request.outlet)
    if row is None:
        tx.add(
            EnrolledOutlet,
            outlet=request.outlet,
            public_key=request.public_key,
            last_contact=tx.now(),
            linked_at=tx.now(),
        )
    else:
        again = {"closed_at": "", "stopped": ""} if row.closed_at else {}
        tx.change(row, public_key=request.public_key, last_contact=tx.now(), **again)
