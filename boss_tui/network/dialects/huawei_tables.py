"""The tables that the Huawei dialect brings: templates, values, codes. A manager edits copies of them (M10).

Verbs and parameter names are those of domain-facts 1.1. What is marked M there, or below, was not verified against an
element and has to be checked when an element is connected.
"""

from __future__ import annotations

from boss_tui.network.dialects.answers import Code
from boss_tui.network.dialects.templates import Step

_SUB = 'ISDN="86{msisdn}"'
_NEW = 'ISDN="86{new_msisdn}"'


def _key(imsi: str) -> tuple[Step, Step]:
    """Load a card's key; a MILENAGE card brings its OPc. Undone when the subscriber is refused (domain-facts 1.4)."""
    head = (
        f'ADD KI: HLRSN=1, IMSI="{{{imsi}}}", OPERTYPE=ADD, KIVALUE="{{ki}}", K4SNO={{k4}}, '
        "CARDTYPE={card}, ALG={algorithm}"
    )
    undo = (f'RMV KI: IMSI="{{{imsi}}}";',)
    return (
        Step(f"{head};", undo, "ki !opc"),
        Step(f'{head}, OPCVALUE="{{opc}}", OPSNO=1;', undo, "ki opc"),
    )


_CREATE = Step(
    f'ADD TPLSUB: HLRSN=1, IMSI="{{imsi}}", {_SUB}, TPLTYPE=NORMAL, TPLID={{profile}};',
    (f"RMV SUB: {_SUB}, RMVKI=FALSE;",),
)

_REST = (
    Step(f"MOD NAM: {_SUB}, NAM={{access}};", (), "access"),
    Step(f"MOD TPLGPRS: {_SUB}, PROV=TRUE, TPLID=1;", (), "data=on"),
    Step(f"MOD TPLGPRS: {_SUB}, PROV=FALSE;", (), "data=off"),
    Step(f"MOD ODBOC: {_SUB}, ODBOC={{long_distance}};", (), "long_distance"),
    Step(f"MOD ODBROAM: {_SUB}, ODBROAM={{roaming}};", (), "roaming"),
)

_LIFT = f"MOD LCK: {_SUB}, IC=FALSE, OC=FALSE, GPRSLOCK=FALSE;"

TEMPLATES = {
    "create_subscriber": (*_key("imsi"), _CREATE, *_REST),
    "delete_subscriber": (Step(f"RMV SUB: {_SUB}, RMVKI=TRUE;"),),
    "change_number": (
        Step(f'MOD ISDN: {_SUB}, NEWISDN="86{{new_msisdn}}";', (f'MOD ISDN: {_NEW}, NEWISDN="86{{msisdn}}";',)),
    ),
    # No single command is known: made anew with the other template, the key kept.
    "change_profile": (Step(f"RMV SUB: {_SUB}, RMVKI=FALSE;"), Step(_CREATE.command), *_REST),
    "change_sim": (
        *_key("new_imsi"),
        Step(
            f'MOD IMSI: {_SUB}, IMSI="{{imsi}}", NEWIMSI="{{new_imsi}}";',
            (f'MOD IMSI: {_SUB}, IMSI="{{new_imsi}}", NEWIMSI="{{imsi}}";',),
        ),
        Step('RMV KI: IMSI="{imsi}";'),
    ),
    # Locks, not ODBOC=BAOC: a lock leaves the long-distance type alone, so lifting it needs no memory of it.
    "bar_outgoing": (Step(f"MOD LCK: {_SUB}, IC=FALSE, OC=TRUE, GPRSLOCK=FALSE;", (_LIFT,)),),
    "bar_all": (Step(f"MOD LCK: {_SUB}, IC=TRUE, OC=TRUE, GPRSLOCK=TRUE;", (_LIFT,)),),
    "unbar": (Step(_LIFT), Step(f"MOD ODBOC: {_SUB}, ODBOC={{long_distance}};")),
    "set_long_distance": (
        Step(f"MOD ODBOC: {_SUB}, ODBOC={{long_distance}};", (f"MOD ODBOC: {_SUB}, ODBOC={{old_long_distance}};",)),
    ),
    "set_roaming": (
        Step(f"MOD ODBROAM: {_SUB}, ODBROAM={{roaming}};", (f"MOD ODBROAM: {_SUB}, ODBROAM={{old_roaming}};",)),
    ),
    "register_forwarding": (
        Step(f'REG {{kind}}: {_SUB}, FTN="{{number}}", PROPERTY=INTERNATIONAL;', (f"ERA {{kind}}: {_SUB};",)),
    ),
    "erase_forwarding": (
        Step(f"ERA {{kind}}: {_SUB};", (f'REG {{kind}}: {_SUB}, FTN="{{number}}", PROPERTY=INTERNATIONAL;',)),
    ),
    # Objects named after the service: M.
    "set_supplementary": (
        Step(f"MOD {{service}}: {_SUB}, PROV=TRUE;", (f"MOD {{service}}: {_SUB}, PROV=FALSE;",), "on=on"),
        Step(f"MOD {{service}}: {_SUB}, PROV=FALSE;", (f"MOD {{service}}: {_SUB}, PROV=TRUE;",), "on=off"),
    ),
    "set_data": (
        Step(f"MOD TPLGPRS: {_SUB}, PROV=TRUE, TPLID=1;", (f"MOD TPLGPRS: {_SUB}, PROV=FALSE;",), "data=on"),
        Step(f"MOD TPLGPRS: {_SUB}, PROV=FALSE;", (f"MOD TPLGPRS: {_SUB}, PROV=TRUE, TPLID=1;",), "data=off"),
    ),
    "query": (
        Step(f"LST SUB: {_SUB}, DETAIL=TRUE;", (), "msisdn"),
        Step('LST SUB: IMSI="{imsi}", DETAIL=TRUE;', (), "imsi !msisdn"),
    ),
}

VALUES = {
    "card": {"sim": "SIM", "usim": "USIM"},
    "algorithm": {
        "comp128_1": "COMP128_1",
        "comp128_2": "COMP128_2",
        "comp128_3": "COMP128_3",
        "milenage": "MILENAGE",
    },
    "access": {"both": "BOTH", "circuit": "MSC", "packet": "GPRS"},  # BOTH verified, the others M
    "data": {"on": "TRUE", "off": "FALSE"},
    "long_distance": {"none": "BOIZC", "domestic": "BOIC", "international": "NOBOC"},  # M
    "roaming": {"none": "BROHPLMN", "province": "BROZONE", "national": "BROHPLMNC", "international": "NOBAR"},  # M
    "kind": {"always": "CFU", "busy": "CFB", "no_reply": "CFNRY", "not_reachable": "CFNRC"},
    "service": {"waiting": "CW", "hold": "HOLD", "conference": "MPTY", "clip": "CLIP", "clir": "CLIR"},  # M
    "services": {"waiting": "CW", "hold": "HOLD", "conference": "MPTY", "clip": "CLIP", "clir": "CLIR"},
    "on": {"on": "TRUE", "off": "FALSE"},
}

CODES = {
    "0": Code("done"),
    "3001": Code("no_subscriber"),
    "1033": Code("other"),  # number threshold exceeded: seen for what a ported-out number left behind
    # Real numbers for the rest were not found (domain-facts 1.1): these are the simulated element's.
    "3002": Code("imsi_in_use"),
    "3003": Code("number_in_use"),
    "3004": Code("key_exists"),
    "3005": Code("no_key"),
    "3010": Code("busy", retry=True),
    "3011": Code("not_allowed"),
    "3012": Code("syntax"),
}
