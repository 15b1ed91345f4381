"""What holds at the element once a command has acted, and whether a subscriber's record shows it.

It is what an unanswered command is compared with (design 7). Read from the parameters that a template line names, so
that it also holds for lines that a manager wrote. Where a record can't tell, the answer is that it can't be told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from boss_tui.network.dialects.acts import international
from boss_tui.network.dialects.record import Record
from boss_tui.network.dialects.templates import Step, names

Expected = dict[str, Any]
"""Fields of `Record` with the values they must have; `services` and `forwarding` by name; and `absent` (nobody there),
`absent_or` (nobody, or somebody who has this), `key`, `no_key` (of an IMSI, which no record shows)."""

_BARS = {"bar_outgoing": (True, False, False), "bar_all": (True, True, True), "unbar": (False, False, False)}
_KEYS_REMOVED = {"delete_subscriber", "change_sim"}
_IDENTITY = {"msisdn", "imsi"}


def expected(act: str, step: Step, values: Mapping[str, Any]) -> Expected:
    """What one line of an act brings about; empty where that is not known."""
    named = names(step.command)
    told = named | {term.partition("=")[0] for term in step.when.split() if "=" in term}
    if "ki" in named:
        return {"key": values["new_imsi" if "new_imsi" in named else "imsi"]}
    found = _settings(act, told, values)
    if "profile" in named:
        number = values["new_msisdn" if "new_msisdn" in named else "msisdn"]
        found |= {"imsi": values["imsi"], "msisdn": number, "profile": values["profile"]}
    elif "new_msisdn" in named:
        found["msisdn"] = values["new_msisdn"]
    elif "new_imsi" in named:
        found["imsi"] = values["new_imsi"]
    return found or (_by_act(act, named, values) if told <= _IDENTITY else {})


def _settings(act: str, told: frozenset[str] | set[str], values: Mapping[str, Any]) -> Expected:
    found: Expected = {name: values[name] for name in ("access", "long_distance", "roaming") if name in told}
    if "long_distance" in told and act == "unbar":
        found["outgoing_barred"] = False  # on Ericsson the two share a field
    if "data" in told:
        found["data"] = values["data"] == "on"
    if "services" in told:
        found["services"] = dict.fromkeys(values["services"], True)
    if "service" in told:
        found["services"] = {values["service"]: values["on"] == "on"}
    if "kind" in told:
        number = international(values["number"]) if act == "register_forwarding" else None
        found["forwarding"] = {values["kind"]: number}
    return found


def _by_act(act: str, named: frozenset[str], values: Mapping[str, Any]) -> Expected:
    """What a line that names nobody but the subscriber does: that is up to the act."""
    if act in _BARS:
        outgoing, incoming, data = _BARS[act]
        bars = {"outgoing_barred": outgoing, "incoming_barred": incoming}
        return {**bars, "data_barred": data} if "imsi" in values else bars
    if act in _KEYS_REMOVED and named == {"imsi"}:
        return {"no_key": values["imsi"]}
    if act == "delete_subscriber":
        return {"absent": True}
    if act == "change_number":
        return {"absent_or": {"msisdn": values["new_msisdn"]}}
    if act == "change_profile":
        return {"absent_or": {"profile": values["profile"]}}
    return {}


def shown(wants: Expected, record: Record | None) -> bool | None:
    """Whether the record (None: nobody there) shows what was wanted; None when it can't tell."""
    if not wants:
        return None
    if "key" in wants:
        return True if record and record.imsi == wants["key"] else None
    if "no_key" in wants:
        return False if record and record.imsi == wants["no_key"] else None
    if "absent" in wants:
        return record is None
    if "absent_or" in wants:
        return True if record is None else shown(wants["absent_or"], record)
    return record is not None and _all(wants, record)


def _all(wants: Expected, record: Record) -> bool | None:
    verdicts = [_one(name, value, record) for name, value in wants.items()]
    return False if False in verdicts else None if None in verdicts else True


def _one(name: str, value: Any, record: Record) -> bool | None:
    told = getattr(record, name)
    if told is None or told == "":
        return None
    if name == "services":
        return all((service in told) == on for service, on in value.items())
    if name == "forwarding":
        there = dict(told)
        return all(there.get(kind) == number for kind, number in value.items())
    return bool(told == value)


def asked_by(values: Mapping[str, Any]) -> dict[str, str]:
    """How to ask for the subscriber of an act: by what the act does not change."""
    name = "imsi" if "imsi" in values and "new_imsi" not in values else "msisdn"
    return {name: str(values[name])} if name in values else {}
