"""What is counted by the piece: each kind's table, what names a piece, in which state it can be sold.

The one list of such kinds: leases, boxes and counts of the stock are made of it. Source: catalogue M5, design 6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from data.characters import is_digits
from data.errors import NotAllowed
from data.message import say
from data.store import Reading
from data.tables.base import Table
from data.tables.resource import NumberGrade, PhoneNumber, SimCard, SimKind
from data.tables.stock import BlankCard, Handset, ImsiReserve, RechargeCard


class Pieces(Struct, frozen=True):
    """A kind that is counted by the piece.

    Attributes:
        model, key: its table, and the column that names a piece.
        free: the state in which a piece can be sold.
        sort: the column that says of what sort it is (grade, kind of card, model, face value); empty: all are alike.
        lost: the state of what is taken back without its holder's word, or was not found: it is never sold as new.
        by_sort: whether an outlet asks for more sort by sort, and of such alone as it was handed before.
        everywhere: the sorts that each outlet asks for besides; where there are any, it asks sort by sort.
        lies: whether its pieces lie somewhere, and go from one place to another in a box, with a note.
    """

    model: type[Table]
    key: str
    free: str
    sort: str
    lost: str
    by_sort: bool = False
    everywhere: Callable[[Reading], Iterable[str]] = lambda _: ()
    lies: bool = True

    def sort_of(self, typed: str) -> str | int | None:
        """A sort as its column has it; None where it can be none of them."""
        if not self.sort or self.model.model_fields[self.sort].annotation is not int:
            return typed
        return int(typed) if is_digits(typed) and len(typed) < 16 else None


def _plain_grades(reading: Reading) -> Iterable[str]:
    """Beautiful numbers lie with outlets that were handed some; all others everywhere."""
    return (row.code for row in reading.all(NumberGrade, state="active", fee=0, minimum_spend=0))


def _sim_kinds(reading: Reading) -> Iterable[str]:
    return (row.code for row in reading.all(SimKind, state="active"))


PIECES: Mapping[str, Pieces] = {
    "number": Pieces(PhoneNumber, "number", "idle", "grade", "quarantined", everywhere=_plain_grades, lies=False),
    "sim": Pieces(SimCard, "iccid", "in_stock", "kind", "void", everywhere=_sim_kinds),
    "blank": Pieces(BlankCard, "serial", "blank", "kind", "spoiled", by_sort=True),
    "imsi": Pieces(ImsiReserve, "imsi", "free", "", "void", by_sort=True, lies=False),
    "handset": Pieces(Handset, "imei", "in_stock", "model", "returned", by_sort=True),
    "card": Pieces(RechargeCard, "serial", "idle", "face_value", "locked", by_sort=True),
}
IN_TRANSIT = "in_transit"
"""The state of a piece that is in a box on its way: nobody sells it."""
LYING = tuple(kind for kind, about in PIECES.items() if about.lies)
"""The kinds whose pieces lie somewhere: they are sent with transfer notes, and counted."""


def named(text: str, among: Sequence[str], field: str) -> list[str]:
    """The serials that were typed or scanned, one after another; two with a dash are the first and the last of a run
    of what there is. NotAllowed: a serial is not `among` them, or a run is turned round."""
    at = {serial: place for place, serial in enumerate(among)}
    found: list[str] = []
    for part in text.replace(",", " ").split():
        first, _, last = part.partition("-")
        last = last or first
        strange = next((serial for serial in (first, last) if serial not in at), None)
        if strange is not None:
            raise NotAllowed(say("There is no {serial} among them.", serial=strange), field=field)
        if at[last] < at[first]:
            raise NotAllowed(say("{first} is after {last}.", first=first, last=last), field=field)
        found += among[at[first] : at[last] + 1]
    return found


def runs(serials: Sequence[str], among: Sequence[str]) -> list[tuple[str, str, int]]:
    """Serials as runs of what there is, each as first, last and pieces: what is typed and printed of them."""
    at, found = {serial: place for place, serial in enumerate(among)}, list[tuple[str, str, int]]()
    for serial in sorted(serials, key=lambda serial: at[serial]):
        if found and at[serial] == at[found[-1][1]] + 1:
            found[-1] = (found[-1][0], serial, found[-1][2] + 1)
        else:
            found.append((serial, serial, 1))
    return found
