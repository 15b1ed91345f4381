"""What columns that hold one of a few codes mean by each, in words: by table and column, since one code may mean much.

States that mean the same everywhere are in `data.states`.
"""

from __future__ import annotations

from collections.abc import Mapping

from data.message import Message, say
from data.states import state_name

_IN_USE = {"active": say("in use")}
_VERDICTS = {"yes": say("may be done"), "override": say("a supervisor allows"), "no": say("is refused")}
_CONTROLLED = {
    "remind": say("Reminder"),
    "call": say("Reminder and call"),
    "stop_outgoing": say("Outgoing stop"),
    "stop_all": say("Full stop"),
    "precancel": say("Number kept"),
    "cancel": say("Closed for arrears"),
}
_CHOICES: Mapping[tuple[str, str], Mapping[str, Message]] = {
    ("content", "kind"): {
        "notice": say("Notice"),
        "prompt": say("Prompt"),
        "script": say("Script"),
        "clause": say("Clause"),
    },
    ("extra_field", "kind"): {
        "text": say("Text"),
        "number": say("Number"),
        "amount": say("Amount"),
        "date": say("Date"),
        "choice": say("One of a list"),
        "flag": say("Yes or no"),
    },
    ("access_code", "kind"): {"sms_port": say("SMS port"), "access_code": say("Access code")},
    ("access_code", "state"): {"free": say("free"), "rented": say("rented"), "ended": say("ended")},
    ("interface", "kind"): {"local": say("a rule here"), "remote": say("a remote service")},
    ("interface", "offline"): {
        **_VERDICTS,
        "later": say("may be done, asked again later"),
        "rule": say("our own rule decides, asked again later"),
    },
    ("interface", "method"): {"POST": say("POST: in the body"), "GET": say("GET: in the address")},
    ("interface", "state"): _IN_USE,
    ("business_interface", "on_no"): _VERDICTS,
    ("category", "colour"): {
        "": say("none"),
        "red": say("Red"),
        "yellow": say("Yellow"),
        "green": say("Green"),
        "blue": say("Blue"),
        "violet": say("Violet"),
    },
    ("category", "state"): _IN_USE,
    ("document_kind", "holder"): {"individual": say("a person"), "organization": say("an organization")},
    ("document_kind", "state"): _IN_USE,
    ("class_rule", "state"): _IN_USE,
    ("customer_class", "how"): {"rule": say("by rule"), "hand": say("by hand")},
    ("listed_person", "list"): {"black": say("Blacklist"), "red": say("Red list")},
    ("list_file", "kind"): {"full": say("whole"), "delta": say("what changes")},
    ("credit_rating", "state"): _IN_USE,
    ("rating_score", "measure"): {
        "tenure": say("months with us"),
        "spend": say("yuan a month"),
        "overdue": say("bills overdue"),
    },
    ("rating_score", "state"): _IN_USE,
    ("customer_rating", "how"): {"score": say("by score"), "hand": say("by hand")},
    ("control_done", "outcome"): {
        "done": say("done"),
        "not_needed": say("not needed"),
        "spared": say("spared"),
        "refused": say("refused"),
    },
    ("credit_exemption", "kind"): {
        "red_list": say("Red list"),
        "key_account": say("Key account"),
        "disputed": say("Bill in dispute"),
        "instalment": say("Instalments"),
        "roaming": say("Roaming abroad"),
        "emergency": say("Emergency resume"),
    },
    ("hall_credit", "kind"): {
        "raise": say("Lent limit"),
        "vouch": say("Word for a key account"),
        "emergency": say("Emergency resume"),
    },
    ("control_stage", "pay_type"): {"postpaid": say("postpaid"), "prepaid": say("prepaid")},
    ("control_stage", "act"): _CONTROLLED,
    ("control_stage", "state"): _IN_USE,
    ("control_order", "act"): {"resume": say("Resume"), **_CONTROLLED},
    ("control_order", "state"): {"active": say("in force"), "undone": say("taken back")},
    ("product", "kind"): {"plan": say("Plan"), "service": say("Service"), "goods": say("Goods")},
    ("product", "pay_type"): {"postpaid": say("postpaid"), "prepaid": say("prepaid"), "any": say("either way")},
    ("product", "state"): {"active": say("on sale")},
    ("product_relation", "relation"): {
        "contains": say("contains"),
        "needs": say("needs"),
        "excludes": say("excludes"),
    },
    ("number_group", "state"): _IN_USE,
    ("number_segment", "state"): _IN_USE,
    ("number_grade", "state"): _IN_USE,
    ("number_pattern", "state"): _IN_USE,
    ("imsi_block", "state"): _IN_USE,
    ("number_lock", "state"): {"active": say("in force")},
    ("sim_kind", "state"): _IN_USE,
    ("number_lock", "cause"): {
        "porting": say("on its way to another operator"),
        "ported": say("with another operator"),
        "court": say("a court's order"),
        "dispute": say("in dispute"),
    },
    ("operator", "state"): {"active": say("at work")},
    ("role", "grade"): {"clerk": say("Clerk"), "supervisor": say("Supervisor"), "manager": say("Manager")},
    ("role", "state"): _IN_USE,
    ("role_right", "approval"): {"alone": say("alone"), "supervised": say("with a supervisor")},
    ("counter", "state"): _IN_USE,
    ("outlet", "channel"): {"own": say("our own"), "agent": say("an agent's")},
    ("outlet", "state"): _IN_USE,
    ("network_element", "state"): {"active": say("in use"), "stopped": say("commands are held")},
    ("answer_code", "meaning"): {"done": say("done"), "retry": say("to be tried again"), "refused": say("is refused")},
}


def choice_name(table: str, column: str, code: str) -> Message:
    """What a code in a column is called; a code that nothing is said of stays as it is."""
    return _CHOICES.get((table, column), {}).get(code) or state_name(code)
