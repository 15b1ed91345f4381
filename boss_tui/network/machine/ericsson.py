"""A simulated Ericsson element: obeys commands on a `State` and replies EXECUTED or NOT ACCEPTED (domain-facts 1.2).

Not the dialect: what it accepts is fixed here, as a machine's is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from boss_tui.network.dialects.ericsson_syntax import MmlCommand, data, read
from boss_tui.network.dialects.ericsson_tables import CODES
from boss_tui.network.machine.state import ElementRefusal, State
from data.characters import is_digits
from data.errors import NotAllowed

_NUMBERS: dict[str, str] = {code.meaning: number for number, code in CODES.items() if number.isdigit()}
_FORWARDING = ("CFU", "CFB", "CFNRY", "CFNRC")
NEW = {"NAM": "0", "OBO": "0", "OBI": "0", "OBR": "0", "PDPCP": "0", "EPSODB": "NONE"}
_SUD = frozenset(
    {
        "OBO",
        "OBI",
        "OBR",
        "OBA",
        "OBSSM",
        "PDPCP",
        "CAW",
        "HOLD",
        "MPTY",
        "CLIP",
        "CLIR",
        "PRBT",
        "CSP",
        "CFU",
    }
)


class EricssonMachine:
    """Obeys and replies. Every command runs inside a transaction that the caller holds."""

    def __init__(self, element: str) -> None:
        self.element = element

    def obey(self, state: State, text: str) -> str:
        """Act on a command; the printout. Refused says no."""
        try:
            call = read(text)
        except NotAllowed as fault:
            raise ElementRefusal("syntax", "FORMAT ERROR") from fault
        if call.verb not in _DOING:
            raise ElementRefusal("syntax", "COMMAND UNKNOWN")
        return _DOING[call.verb](state, call)

    def frame(self, text: str, body: str, refused: ElementRefusal | None, _at: datetime, _serial: int) -> str:
        """The reply. An AXE writes no time and no serial into it."""
        if refused is None:
            return f"<{text}\n{body or 'EXECUTED'}"
        fault = f"FAULT CODE {_NUMBERS.get(refused.meaning, '12')}"
        return "\n".join([f"<{text}", "NOT ACCEPTED", fault, refused.text.upper(), "END"])

    def numbers(self, text: str) -> frozenset[str]:
        """The subscriber numbers that a command names."""
        try:
            call = read(text)
        except NotAllowed:
            return frozenset()
        return frozenset(v for n, v in call.parameters.items() if n in {"MSISDN", "IMSI", "NIMSI"})

    def printout(self, state: State, imsi: str) -> str:
        """A subscriber as `HGSDP …,ALL` shows it."""
        _, msisdn = state.find(imsi=imsi)
        facts = state.facts(imsi)
        plain = [f"{name}-{value}" for name, value in facts.items() if name in _SUD or name == "EPSODB"]
        lines = [
            "HLR SUBSCRIBER DATA",
            "SUBSCRIBER IDENTITY",
            "MSISDN           IMSI             STATE          AUTHD",
            f"{msisdn:<15}  {imsi:<15}  CONNECTED      AVAILABLE",
            "PROFILE",
            facts["PROFILE"],
            "NAM",
            facts["NAM"],
            "PERMANENT SUBSCRIBER DATA",
            "  ".join(plain),
            "SUPPLEMENTARY SERVICE DATA",
            "SS       BSG      STATUS      FNUM",
            *(f"{k:<7}  TS10     ACTIVE-OP   {facts['SS ' + k]}" for k in _FORWARDING if "SS " + k in facts),
            "END",
        ]
        return "\n".join(lines)


def _who(state: State, call: MmlCommand) -> str:
    return state.find(imsi=call.parameters.get("IMSI", ""), msisdn=call.parameters.get("MSISDN", ""))[0]


def _need(call: MmlCommand, *names: str) -> list[str]:
    for name in names:
        if not call.parameters.get(name):
            raise ElementRefusal("syntax", f"PARAMETER {name} MISSING")
    return [call.parameters[name] for name in names]


def _add_key(state: State, call: MmlCommand) -> str:
    imsi, ki, _ = _need(call, "IMSI", "EKI", "A3A8IND")
    state.add_key(imsi, ki)
    return ""


def _remove_key(state: State, call: MmlCommand) -> str:
    state.drop_key(_need(call, "IMSI")[0])
    return ""


def _create(state: State, call: MmlCommand) -> str:
    imsi, msisdn, profile = _need(call, "IMSI", "MSISDN", "PROFILE")
    state.create(imsi, msisdn, {**NEW, "PROFILE": profile})
    return ""


def _remove(state: State, call: MmlCommand) -> str:
    state.remove(_who(state, call))
    return ""


def _change_card(state: State, call: MmlCommand) -> str:
    state.rechip(_who(state, call), _need(call, "NIMSI")[0], tuple(f"SS {kind}" for kind in _FORWARDING))
    return ""


def _set_data(state: State, call: MmlCommand) -> str:
    imsi = _who(state, call)
    try:
        wanted = data(_need(call, "SUD")[0])
    except NotAllowed as fault:
        raise ElementRefusal("syntax", "FORMAT ERROR") from fault
    for name, value in wanted.items():
        if name not in _SUD or not is_digits(value):
            raise ElementRefusal("syntax", f"UNREASONABLE VALUE {name}")
        state.set(imsi, name, value)
    return ""


def _access(state: State, call: MmlCommand) -> str:
    state.set(_who(state, call), "NAM", _need(call, "NAM")[0])
    return ""


def _packet_bar(state: State, call: MmlCommand) -> str:
    state.set(_who(state, call), "EPSODB", _need(call, "EPSODB")[0])
    return ""


def _forward(state: State, call: MmlCommand) -> str:
    imsi = _who(state, call)
    kind, number = _need(call, "SS", "FNUM")
    state.set(imsi, f"SS {_kind(kind)}", number)
    return ""


def _unforward(state: State, call: MmlCommand) -> str:
    state.unset(_who(state, call), f"SS {_kind(_need(call, 'SS')[0])}")
    return ""


def _kind(name: str) -> str:
    if name not in _FORWARDING:
        raise ElementRefusal("syntax", "UNREASONABLE VALUE SS")
    return name


def _print(state: State, call: MmlCommand) -> str:
    return EricssonMachine("").printout(state, _who(state, call))


_DOING: dict[str, Callable[[State, MmlCommand], str]] = {
    "AGSUI": _add_key,
    "AGSUE": _remove_key,
    "HGSUI": _create,
    "HGSUE": _remove,
    "HGICI": _change_card,
    "HGSDC": _set_data,
    "HGSNC": _access,
    "HSSEC": _packet_bar,
    "HGSSI": _forward,
    "HGSSE": _unforward,
    "HGSDP": _print,
}
