"""A simulated Huawei element: obeys commands on a `State` and replies in frames (domain-facts 1.1).

Not the dialect: what it accepts is fixed here, as a machine's is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from boss_tui.network.dialects.huawei_printout import FORWARDING
from boss_tui.network.dialects.huawei_syntax import MmlCommand, read
from boss_tui.network.dialects.huawei_tables import CODES
from boss_tui.network.machine.state import ElementRefusal, State
from data.errors import NotAllowed

_NUMBERS: dict[str, str] = {code.meaning: number for number, code in CODES.items() if number != "1033"}
_SERVICES = ("CW", "HOLD", "MPTY", "CLIP", "CLIR")
_ODB = {
    "ODBOC": ("NOBOC", "BAOC", "BOIC", "BOICEXHC", "BOIZC"),
    "ODBIC": ("NOBIC", "BAIC"),
    "ODBROAM": ("NOBAR", "BROHPLMN", "BROHPLMNC", "BROZONE"),
    "NAM": ("BOTH", "MSC", "GPRS"),
}
NEW = {
    "NAM": "BOTH",
    "ODBOC": "NOBOC",
    "ODBIC": "NOBIC",
    "ODBROAM": "NOBAR",
    "IC": "FALSE",
    "OC": "FALSE",
    "GPRSLOCK": "FALSE",
    "GPRS": "FALSE",
}
_CHINA = timezone(timedelta(hours=8))


class HuaweiMachine:
    """Obeys and replies. Every command runs inside a transaction that the caller holds."""

    def __init__(self, element: str) -> None:
        self.element = element

    def obey(self, state: State, text: str) -> str:
        """Act on a command; the reply's body. Refused says no."""
        try:
            call = read(text)
        except NotAllowed as fault:
            raise ElementRefusal("syntax", "Syntax error") from fault
        doing = _DOING.get(call.name)
        if doing is None and call.verb in {"REG", "ERA"} and call.object in FORWARDING:
            doing = _register if call.verb == "REG" else _erase
        if doing is None and call.verb == "MOD" and call.object in (*_ODB, *_SERVICES):
            doing = _modify
        if doing is None:
            raise ElementRefusal("syntax", "Command not found")
        return doing(state, call)

    def frame(self, text: str, body: str, refused: ElementRefusal | None, at: datetime, serial: int) -> str:
        """The reply frame, variant (b)."""
        number = _NUMBERS.get(refused.meaning, "3012") if refused else "0"
        word = f"ERR{number}:{refused.text}" if refused else "SUCCESS0001:Operation is successful"
        when = at.astimezone(_CHINA).strftime("%Y-%m-%d %H:%M:%S+08:00")
        lines = [
            f"+++    {self.element}        {when}",
            f"SMU    #{serial}",
            f"%%{text}%%",
            f"RETCODE = {number}  {word}",
            *([body] if body else []),
            "",
            "---    END",
        ]
        return "\n".join(lines)

    def numbers(self, text: str) -> frozenset[str]:
        """The subscriber numbers that a command names."""
        try:
            call = read(text)
        except NotAllowed:
            return frozenset()
        return frozenset(v for n, v in call.parameters.items() if n in {"ISDN", "NEWISDN", "IMSI", "NEWIMSI"})

    def printout(self, state: State, imsi: str) -> str:
        """A subscriber as `LST SUB … DETAIL=TRUE` shows it."""
        _, isdn = state.find(imsi=imsi)
        facts = state.facts(imsi)
        parts = {
            "Basic Data": {"IMSI": imsi, "ISDN": isdn, "TPLID": facts["TPLID"], "NAM": facts["NAM"]},
            "Lock Data": {name: facts[name] for name in ("IC", "OC", "GPRSLOCK")},
            "ODB Data": {name: facts[name] for name in ("ODBOC", "ODBIC", "ODBROAM")},
            "GPRS Data": {"PROV": facts["GPRS"]},
            "SS Data": {name: facts.get(name, "FALSE") for name in _SERVICES},
        }
        lines = []
        for title, pairs in parts.items():
            lines += [f'"{title}"', *(f"{name:>16} = {value}" for name, value in pairs.items())]
        for kind in FORWARDING:
            if kind in facts:
                lines += [f"{kind:>16}", f"{'FTN':>16} = {facts[kind]}", f"{'STATUS':>16} = ACTIVE-OP"]
        return "\n".join(lines)


def _who(state: State, call: MmlCommand) -> str:
    return state.find(imsi=call.parameters.get("IMSI", ""), msisdn=call.parameters.get("ISDN", ""))[0]


def _need(call: MmlCommand, *names: str) -> list[str]:
    """Parameters that the command can't do without."""
    for name in names:
        if not call.parameters.get(name):
            raise ElementRefusal("syntax", f"Parameter {name} is missing")
    return [call.parameters[name] for name in names]


def _flag(value: str) -> str:
    if value not in {"TRUE", "FALSE"}:
        raise ElementRefusal("syntax", f"Value {value} is out of range")
    return value


def _add_key(state: State, call: MmlCommand) -> str:
    imsi, ki, _, algorithm, _ = _need(call, "IMSI", "KIVALUE", "K4SNO", "ALG", "CARDTYPE")
    opc = _need(call, "OPCVALUE")[0] if algorithm == "MILENAGE" else ""
    state.add_key(imsi, ki, opc)
    return ""


def _remove_key(state: State, call: MmlCommand) -> str:
    state.drop_key(_need(call, "IMSI")[0])
    return ""


def _list_key(state: State, call: MmlCommand) -> str:
    imsi = _need(call, "IMSI")[0]
    if not state.has_key(imsi):
        raise ElementRefusal("no_key", "KI not defined")
    return f"结果如下\n---------\n{'IMSI':>16} = {imsi}\n---------\n(结果个数 = 1)"


def _add_subscriber(state: State, call: MmlCommand) -> str:
    imsi, isdn, template = _need(call, "IMSI", "ISDN", "TPLID")
    state.create(imsi, isdn, {**NEW, "TPLID": template})
    return ""


def _remove_subscriber(state: State, call: MmlCommand) -> str:
    imsi = _who(state, call)
    state.remove(imsi)
    if _flag(call.parameters.get("RMVKI", "FALSE")) == "TRUE":
        state.drop_key(imsi)
    return ""


def _change_imsi(state: State, call: MmlCommand) -> str:
    state.rechip(_who(state, call), _need(call, "NEWIMSI")[0], FORWARDING)
    return ""


def _change_isdn(state: State, call: MmlCommand) -> str:
    state.renumber(_who(state, call), _need(call, "NEWISDN")[0])
    return ""


def _lock(state: State, call: MmlCommand) -> str:
    imsi = _who(state, call)
    for name in ("IC", "OC", "GPRSLOCK"):
        if name in call.parameters:
            state.set(imsi, name, _flag(call.parameters[name]))
    return ""


def _packet(state: State, call: MmlCommand) -> str:
    imsi = _who(state, call)
    state.set(imsi, "GPRS", _flag(_need(call, "PROV")[0]))
    return ""


def _modify(state: State, call: MmlCommand) -> str:
    imsi = _who(state, call)
    if call.object in _ODB:
        value = _need(call, call.object)[0]
        if value not in _ODB[call.object]:
            raise ElementRefusal("syntax", f"Value {value} is out of range")
    else:
        value = _flag(_need(call, "PROV")[0])
    state.set(imsi, call.object, value)
    return ""


def _register(state: State, call: MmlCommand) -> str:
    imsi = _who(state, call)
    state.set(imsi, call.object, _need(call, "FTN")[0])
    return ""


def _erase(state: State, call: MmlCommand) -> str:
    state.unset(_who(state, call), call.object)
    return ""


def _list(state: State, call: MmlCommand) -> str:
    return HuaweiMachine("").printout(state, _who(state, call))


_DOING: dict[str, Callable[[State, MmlCommand], str]] = {
    "ADD KI": _add_key,
    "RMV KI": _remove_key,
    "LST KI": _list_key,
    "ADD TPLSUB": _add_subscriber,
    "RMV SUB": _remove_subscriber,
    "MOD IMSI": _change_imsi,
    "MOD ISDN": _change_isdn,
    "MOD LCK": _lock,
    "MOD TPLGPRS": _packet,
    "LST SUB": _list,
}
