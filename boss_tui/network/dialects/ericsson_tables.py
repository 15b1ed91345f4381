"""The tables that the Ericsson dialect brings: templates, values, codes. A manager edits copies of them (M10).

Commands are those of domain-facts 1.2. What is marked M there, or below, was not verified against an element and has to
be checked when an element is connected.
"""

from __future__ import annotations

from boss_tui.network.dialects.answers import Code
from boss_tui.network.dialects.templates import Step

_OLD = "MSISDN=86{msisdn}"
_NEW = "MSISDN=86{new_msisdn}"


def _data(sud: str, number: str = _OLD) -> str:
    return f"HGSDC:{number},SUD={sud};"


def _key(imsi: str) -> Step:
    """Load a card's key. Undone when the subscriber is refused."""
    load = f"AGSUI:IMSI={{{imsi}}},EKI={{ki}},KIND={{k4}},A3A8IND={{algorithm}};"
    return Step(load, (f"AGSUE:IMSI={{{imsi}}};",), "ki")


def _rest(number: str) -> tuple[Step, ...]:
    """Put the subscriber's data on a subscriber that was just made."""
    return (
        Step(f"HGSNC:{number},NAM={{access}};", (), "access"),
        Step(_data("PDPCP-{data}", number), (), "data"),
        Step(_data("OBO-{long_distance}", number), (), "long_distance"),
        Step(_data("OBR-{roaming}", number), (), "roaming"),
        Step(_data("{services}", number), (), "services"),
    )


def _made(number: str) -> str:
    return f"HGSUI:{number},IMSI={{imsi}},PROFILE={{profile}};"


_BACK = (
    _made(_OLD),
    f"HGSNC:{_OLD},NAM={{access}};",
    _data("PDPCP-{data}"),
    _data("OBO-{long_distance}"),
    _data("OBR-{roaming}"),
    _data("{services}"),
)

TEMPLATES = {
    "create_subscriber": (_key("imsi"), Step(_made(_OLD), (f"HGSUE:{_OLD};",)), *_rest(_OLD)[:4]),
    "delete_subscriber": (Step(f"HGSUE:{_OLD};"), Step("AGSUE:IMSI={imsi};")),
    # No single command was found: registered anew, its data put back. That this is the way: M.
    "change_number": (Step(f"HGSUE:{_OLD};", _BACK), Step(_made(_NEW), (f"HGSUE:{_NEW};",)), *_rest(_NEW)),
    "change_profile": (Step(f"HGSUE:{_OLD};"), Step(_made(_OLD)), *_rest(_OLD)),
    "change_sim": (
        _key("new_imsi"),
        Step(f"HGICI:{_OLD},NIMSI={{new_imsi}};", (f"HGICI:{_OLD},NIMSI={{imsi}};",)),
        Step("AGSUE:IMSI={imsi};"),
    ),
    # The bar and the long-distance type share OBO, so lifting the bar sets the type again.
    "bar_outgoing": (
        Step(_data("OBO-1"), (_data("OBO-{long_distance}"),)),
        Step(_data("OBI-0")),
        Step("HSSEC:IMSI={imsi},EPSODB=NONE;", (), "imsi"),
    ),
    "bar_all": (
        Step(_data("OBO-1"), (_data("OBO-{long_distance}"),)),
        Step(_data("OBI-1"), (_data("OBI-0"),)),
        Step("HSSEC:IMSI={imsi},EPSODB=ALL;", ("HSSEC:IMSI={imsi},EPSODB=NONE;",), "imsi"),  # the value ALL: M
    ),
    "unbar": (
        Step(_data("OBO-{long_distance}")),
        Step(_data("OBI-0")),
        Step("HSSEC:IMSI={imsi},EPSODB=NONE;", (), "imsi"),
    ),
    "set_long_distance": (Step(_data("OBO-{long_distance}"), (_data("OBO-{old_long_distance}"),)),),
    "set_roaming": (Step(_data("OBR-{roaming}"), (_data("OBR-{old_roaming}"),)),),
    "register_forwarding": (
        Step(f'HGSSI:{_OLD},SS={{kind}},BSG=TS10,FNUM="{{number}}",OFA=512;', (f"HGSSE:{_OLD},SS={{kind}},BSG=TS10;",)),
    ),
    "erase_forwarding": (
        Step(f"HGSSE:{_OLD},SS={{kind}},BSG=TS10;", (f'HGSSI:{_OLD},SS={{kind}},BSG=TS10,FNUM="{{number}}",OFA=512;',)),
    ),
    "set_supplementary": (
        Step(_data("{service}-1"), (_data("{service}-0"),), "on=on"),
        Step(_data("{service}-0"), (_data("{service}-1"),), "on=off"),
    ),
    "set_data": (
        Step(_data("PDPCP-1"), (_data("PDPCP-0"),), "data=on"),
        Step(_data("PDPCP-0"), (_data("PDPCP-1"),), "data=off"),
    ),
    "query": (Step(f"HGSDP:{_OLD},ALL;", (), "msisdn"), Step("HGSDP:IMSI={imsi},ALL;", (), "imsi !msisdn")),
}

VALUES = {
    "card": {"sim": "1", "usim": "2"},  # no template uses it
    "algorithm": {"comp128_1": "0", "comp128_2": "1", "comp128_3": "2", "milenage": "3"},  # M
    "access": {"both": "0", "circuit": "1", "packet": "2"},
    "data": {"on": "1", "off": "0"},
    "long_distance": {"none": "4", "domestic": "2", "international": "0"},  # 1 is the operator's bar; others M
    "roaming": {"none": "1", "province": "3", "national": "2", "international": "0"},  # 2 and 0 verified, others M
    "kind": {"always": "CFU", "busy": "CFB", "no_reply": "CFNRY", "not_reachable": "CFNRC"},  # M (CFS was seen)
    "service": {
        "waiting": "CAW",
        "hold": "HOLD",
        "conference": "MPTY",
        "clip": "CLIP",
        "clir": "CLIR",
        "ring_back": "PRBT",
    },
    "services": {
        "waiting": "CAW-1",
        "hold": "HOLD-1",
        "conference": "MPTY-1",
        "clip": "CLIP-1",
        "clir": "CLIR-1",
        "ring_back": "PRBT-1",
    },
    "on": {"on": "1", "off": "0"},
}

CODES = {
    "EXECUTED": Code("done"),
    "FORMAT ERROR": Code("syntax"),  # this and the next three: M
    "UNREASONABLE VALUE": Code("syntax"),
    "FUNCTION BUSY": Code("busy", retry=True),
    "INHIBITED": Code("not_allowed", retry=True),
    # Fault code numbers were not found (domain-facts 1.2): these are the simulated element's.
    "1": Code("no_subscriber"),
    "2": Code("imsi_in_use"),
    "3": Code("number_in_use"),
    "4": Code("key_exists"),
    "5": Code("no_key"),
    "10": Code("busy", retry=True),
    "11": Code("not_allowed"),
    "12": Code("syntax"),
}
