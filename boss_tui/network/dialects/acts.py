"""The acts: what we ask of any element, in our own neutral words, and the parameters that each act takes.

Not how an element is told: that is a dialect's templates. Acts follow domain-facts 2 (business → commands).
"""

from __future__ import annotations

from msgspec import Struct

PLAIN = {
    "imsi": r"[0-9]{15}",
    "new_imsi": r"[0-9]{15}",
    "msisdn": r"1[0-9]{10}",
    "new_msisdn": r"1[0-9]{10}",
    "number": r"[0-9]{3,15}",
    "ki": r"[0-9A-Fa-f]{32}",
    "opc": r"[0-9A-Fa-f]{32}",
    "k4": r"[0-9]{1,3}",
    "profile": r"[0-9]{1,5}",
}
"""Parameters that go onto the line as they are, and what they must look like. MSISDN: 11 digits, no country code."""

CHOSEN = frozenset(
    {
        "card",
        "algorithm",
        "access",
        "data",
        "long_distance",
        "old_long_distance",
        "roaming",
        "old_roaming",
        "kind",
        "service",
        "on",
    }
)
"""Parameters whose value is a neutral word, put into the element's word by the dialect's value table."""

LISTED = frozenset({"services"})
"""Parameters that hold several neutral words."""

SAMPLES = {
    "imsi": "460001234567890",
    "new_imsi": "460001234567891",
    "msisdn": "13900000001",
    "new_msisdn": "13900000002",
    "number": "8613900000003",
    "ki": "0123456789ABCDEF0123456789ABCDEF",
    "opc": "0123456789ABCDEF0123456789ABCDEF",
    "k4": "1",
    "profile": "1",
}
"""One lawful value of each plain parameter, to try a template with before it is published."""


class Act(Struct, frozen=True):
    """One act.

    Attributes:
        name: our verb.
        needs: parameters that must be given.
        may: parameters that may be given.
        together: among `may`, those of which all or none are given.
    """

    name: str
    needs: frozenset[str]
    may: frozenset[str] = frozenset()
    together: frozenset[str] = frozenset()


def _act(name: str, needs: str, may: str = "", together: str = "") -> tuple[str, Act]:
    rest = frozenset(together.split())
    return name, Act(name, frozenset(needs.split()), frozenset(may.split()) | rest, rest)


_KEY = "ki k4 card algorithm"  # a card's authentication key, unless it was loaded when the card was imported
_STATE = "access data long_distance roaming services"  # what must be put back where a subscriber is made anew

ACTS: dict[str, Act] = dict(
    [
        _act("create_subscriber", "imsi msisdn profile", "opc access data long_distance roaming", _KEY),
        _act("delete_subscriber", "imsi msisdn"),
        _act("change_number", "msisdn new_msisdn imsi profile", _STATE),
        _act("change_profile", "msisdn imsi profile", _STATE),
        _act("change_sim", "msisdn imsi new_imsi", "opc", _KEY),
        _act("bar_outgoing", "msisdn long_distance", "imsi"),
        _act("bar_all", "msisdn long_distance", "imsi"),
        _act("unbar", "msisdn long_distance", "imsi"),
        _act("set_long_distance", "msisdn long_distance old_long_distance"),
        _act("set_roaming", "msisdn roaming old_roaming"),
        _act("register_forwarding", "msisdn kind number"),
        _act("erase_forwarding", "msisdn kind", "number"),
        _act("set_supplementary", "msisdn service on"),
        _act("set_data", "msisdn data"),
        _act("query", "", "imsi msisdn"),
    ]
)
"""Every act by its name.

`change_sim` loses call forwarding (domain-facts 2, C3), and so does a number change on an element that makes the
subscriber anew: who orders it adds `register_forwarding` where the customer had it. `query` takes one of its two.
The bars are absolute: `bar_outgoing` lets incoming calls and data through. `long_distance` is the type that holds once
the bar is lifted; while a line is barred, `set_long_distance` must wait (on Ericsson the two share one field).
"""


def international(number: str) -> str:
    """A number as elements want it: country code, no plus. Short codes stay as they are. (domain-facts 1.1)

    A Chinese mobile number is 11 digits and begins with 1; a Chinese fixed one begins with its 0; 00 is dialled abroad.
    """
    if number.startswith("00"):
        return number[2:]
    if number.startswith("0"):
        return "86" + number[1:]
    if len(number) == 11 and number.startswith("1"):
        return "86" + number
    return number


def national(number: str) -> str:
    """A mobile number as we keep it: 8613900000001 is 13900000001. What is no Chinese mobile number stays as it is."""
    return number[2:] if len(number) == 13 and number.startswith("861") else number
