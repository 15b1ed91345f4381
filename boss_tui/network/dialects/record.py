"""A subscriber as an element knows it, in our neutral words: the network's copy, to be compared with the book.

Not the book's subscription, and not a printout: a dialect reads the one from the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct


class Record(Struct, frozen=True):
    """What an element holds of one subscriber. Empty or None: the element did not tell.

    Attributes:
        imsi: 15 digits.
        msisdn: 11 digits, no country code.
        profile: number of the template or profile the subscriber was made from.
        access: both, circuit, packet.
        data: whether packet data is provided.
        outgoing_barred, incoming_barred, data_barred: bars that an operator set.
        long_distance: none, domestic, international.
        roaming: none, province, national, international.
        forwarding: (kind, number with country code, see `acts.international`) in order of kind.
        services: supplementary services that are provided.
    """

    imsi: str
    msisdn: str
    profile: str = ""
    access: str = ""
    data: bool | None = None
    outgoing_barred: bool | None = None
    incoming_barred: bool | None = None
    data_barred: bool | None = None
    long_distance: str = ""
    roaming: str = ""
    forwarding: tuple[tuple[str, str], ...] | None = None
    services: frozenset[str] | None = None

    def differences(self, other: Record) -> Iterator[tuple[str, object, object]]:
        """Each (field, here, there) in which the two disagree; what either does not tell is passed over."""
        for field in self.__struct_fields__:
            here, there = getattr(self, field), getattr(other, field)
            if here != there and here not in ("", None) and there not in ("", None):
                yield field, here, there
