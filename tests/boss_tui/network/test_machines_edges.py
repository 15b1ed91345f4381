"""The simulated machines, each command alone: what it needs, what it refuses, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from boss_tui.network.machine import ericsson, huawei
from boss_tui.network.machine.ericsson import EricssonMachine
from boss_tui.network.machine.faults import COUNTED, Faults, set_fault
from boss_tui.network.machine.huawei import HuaweiMachine
from boss_tui.network.machine.state import ElementRefusal, State
from data.errors import NotAllowed

ONE, TWO = "460000000000001", "460000000000002"
KI = "0123456789ABCDEF0123456789ABCDEF"


@pytest.fixture
def state() -> Iterator[State]:
    """One subscriber of its own making, and a second card's key."""
    made = State(Path(":memory:"))
    made.add_key(ONE, KI)
    made.add_key(TWO, KI)
    yield made
    made.close()


def facts(machine: HuaweiMachine | EricssonMachine) -> dict[str, str]:
    """A new subscriber's."""
    return {**huawei.NEW, "TPLID": "1"} if isinstance(machine, HuaweiMachine) else {**ericsson.NEW, "PROFILE": "1"}


def meanings(machine: HuaweiMachine | EricssonMachine, state: State, commands: Iterable[str]) -> dict[str, str]:
    """What each command is refused for, one after the other; empty: obeyed."""
    found = {}
    for text in commands:
        try:
            with state.transaction():
                machine.obey(state, text)
            found[text] = ""
        except ElementRefusal as refused:
            found[text] = refused.meaning
    return found


HUAWEI = HuaweiMachine("HLR1")
HUAWEI_REFUSES = {
    "": "syntax",
    "XXX SUB: A=1;": "syntax",
    "REG CW: ISDN=1, FTN=2;": "syntax",
    "ERA CW: ISDN=1;": "syntax",
    "ADD CFU: ISDN=1, FTN=2;": "syntax",
    "ADD CW: ISDN=1, PROV=TRUE;": "syntax",
    "MOD CFU: ISDN=1, FTN=2;": "syntax",
    f"ADD KI: IMSI={ONE}, KIVALUE=A, K4SNO=1, ALG=COMP128_1, CARDTYPE=SIM;": "key_exists",
    "ADD KI: IMSI=9, K4SNO=1, ALG=COMP128_1, CARDTYPE=SIM;": "syntax",
    "ADD KI: IMSI=9, KIVALUE=A, ALG=COMP128_1, CARDTYPE=SIM;": "syntax",
    "ADD KI: IMSI=9, KIVALUE=A, K4SNO=1, CARDTYPE=SIM;": "syntax",
    "ADD KI: IMSI=9, KIVALUE=A, K4SNO=1, ALG=COMP128_1;": "syntax",
    "ADD KI: IMSI=9, KIVALUE=A, K4SNO=1, ALG=MILENAGE, CARDTYPE=SIM;": "syntax",
    "RMV KI: IMSI=9;": "no_key",
    "RMV KI: ISDN=1;": "syntax",
    f"RMV KI: IMSI={ONE};": "not_allowed",
    "LST KI: IMSI=9;": "no_key",
    "LST KI: ISDN=1;": "syntax",
    f"ADD TPLSUB: IMSI={ONE}, ISDN=2, TPLID=1;": "imsi_in_use",
    f"ADD TPLSUB: IMSI={TWO}, ISDN=1, TPLID=1;": "number_in_use",
    "ADD TPLSUB: IMSI=9, ISDN=2, TPLID=1;": "no_key",
    f"ADD TPLSUB: IMSI={TWO}, ISDN=2;": "syntax",
    "RMV SUB: ISDN=9;": "no_subscriber",
    f"RMV SUB: ISDN=1, IMSI={TWO};": "no_subscriber",
    f"RMV SUB: ISDN=2, IMSI={ONE};": "no_subscriber",
    "RMV SUB: ISDN=1, RMVKI=MAYBE;": "syntax",
    "MOD IMSI: ISDN=1;": "syntax",
    "MOD IMSI: ISDN=1, NEWIMSI=9;": "no_key",
    f"MOD IMSI: ISDN=1, NEWIMSI={ONE};": "imsi_in_use",
    "MOD ISDN: ISDN=1;": "syntax",
    "MOD ISDN: ISDN=1, NEWISDN=1;": "number_in_use",
    "MOD LCK: ISDN=1, IC=YES;": "syntax",
    "MOD TPLGPRS: ISDN=1;": "syntax",
    "MOD TPLGPRS: ISDN=1, PROV=1;": "syntax",
    "MOD NAM: ISDN=1, NAM=ALL;": "syntax",
    "MOD NAM: ISDN=1, ODBOC=BOTH;": "syntax",
    "MOD CW: ISDN=1;": "syntax",
    "MOD CW: ISDN=1, PROV=ON;": "syntax",
    "REG CFU: ISDN=1;": "syntax",
    "LST SUB: ISDN=9;": "no_subscriber",
}
HUAWEI_OBEYS = {
    "MOD LCK: ISDN=1, IC=TRUE, OC=TRUE;": {"IC": "TRUE", "OC": "TRUE"},
    f"MOD LCK: IMSI={ONE}, GPRSLOCK=TRUE;": {"GPRSLOCK": "TRUE"},
    "MOD TPLGPRS: ISDN=1, PROV=TRUE, TPLID=1;": {"GPRS": "TRUE"},
    "MOD NAM: ISDN=1, NAM=MSC;": {"NAM": "MSC"},
    "MOD ODBOC: ISDN=1, ODBOC=BAOC;": {"ODBOC": "BAOC"},
    "MOD ODBIC: ISDN=1, ODBIC=BAIC;": {"ODBIC": "BAIC"},
    "MOD CLIR: ISDN=1, PROV=TRUE;": {"CLIR": "TRUE"},
    "REG CFNRC: ISDN=1, FTN=8613;": {"CFNRC": "8613"},
}
ERICSSON = EricssonMachine("HLR1")
ERICSSON_REFUSES = {
    "": "syntax",
    "HGXXX:IMSI=1;": "syntax",
    f"AGSUI:IMSI={ONE},EKI=A,A3A8IND=1;": "key_exists",
    "AGSUI:IMSI=9,A3A8IND=1;": "syntax",
    "AGSUI:IMSI=9,EKI=A;": "syntax",
    "AGSUE:IMSI=9;": "no_key",
    "AGSUE:MSISDN=1;": "syntax",
    f"AGSUE:IMSI={ONE};": "not_allowed",
    f"HGSUI:MSISDN=1,IMSI={TWO},PROFILE=1;": "number_in_use",
    f"HGSUI:MSISDN=2,IMSI={TWO};": "syntax",
    "HGSUE:MSISDN=9;": "no_subscriber",
    "HGICI:MSISDN=1;": "syntax",
    "HGICI:MSISDN=1,NIMSI=9;": "no_key",
    "HGSDC:MSISDN=1;": "syntax",
    "HGSDC:MSISDN=1,SUD=OBO;": "syntax",
    "HGSDC:MSISDN=1,SUD=-1;": "syntax",
    "HGSDC:MSISDN=1,SUD=OBO-;": "syntax",
    "HGSDC:MSISDN=1,SUD=XYZ-1;": "syntax",
    "HGSDC:MSISDN=1,SUD=OBO-A;": "syntax",
    "HGSNC:MSISDN=1;": "syntax",
    f"HSSEC:IMSI={ONE};": "syntax",
    "HGSSI:MSISDN=1,SS=CFU;": "syntax",
    "HGSSI:MSISDN=1,FNUM=1;": "syntax",
    "HGSSI:MSISDN=1,SS=CAW,FNUM=1;": "syntax",
    "HGSSE:MSISDN=1,SS=CAW;": "syntax",
    "HGSSE:MSISDN=1;": "syntax",
    "HGSDP:MSISDN=9,ALL;": "no_subscriber",
}
ERICSSON_OBEYS = {
    "HGSDC:MSISDN=1,SUD=OBO-2&CAW-1;": {"OBO": "2", "CAW": "1"},
    "HGSNC:MSISDN=1,NAM=2;": {"NAM": "2"},
    f"HSSEC:IMSI={ONE},EPSODB=ALL;": {"EPSODB": "ALL"},
    'HGSSI:MSISDN=1,SS=CFB,BSG=TS10,FNUM="8613",OFA=512;': {"SS CFB": "8613"},
}
BOTH = [(HUAWEI, HUAWEI_REFUSES, HUAWEI_OBEYS), (ERICSSON, ERICSSON_REFUSES, ERICSSON_OBEYS)]


@pytest.mark.parametrize(("machine", "refuses", "obeys"), BOTH, ids=["huawei", "ericsson"])
def test_each_command_is_obeyed_or_refused_for_its_reason(
    state: State,
    machine: HuaweiMachine | EricssonMachine,
    refuses: dict[str, str],
    obeys: dict[str, dict[str, str]],
) -> None:
    new = facts(machine)
    state.create(ONE, "1", new)
    assert meanings(machine, state, refuses) == refuses
    assert (state.facts(ONE), state.everyone(), state.has_key(ONE)) == (new, [ONE], True)
    for text, changed in obeys.items():
        assert machine.obey(state, text) == ""
        new |= changed
        assert state.facts(ONE) == new, text


@pytest.mark.parametrize(
    ("machine", "commands", "subscriber", "keys"),
    [
        (HUAWEI, [f"ADD TPLSUB: IMSI={ONE}, ISDN=1, TPLID=7;"], (ONE, "1"), [ONE, TWO]),
        (HUAWEI, [f"ADD TPLSUB: IMSI={ONE}, ISDN=1, TPLID=7;", "MOD ISDN: ISDN=1, NEWISDN=2;"], (ONE, "2"), [ONE, TWO]),
        (
            HUAWEI,
            [
                f"ADD TPLSUB: IMSI={ONE}, ISDN=1, TPLID=7;",
                "REG CFU: ISDN=1, FTN=5;",
                f"MOD IMSI: ISDN=1, NEWIMSI={TWO};",
                f"RMV KI: IMSI={ONE};",
            ],
            (TWO, "1"),
            [TWO],
        ),
        (HUAWEI, [f"ADD TPLSUB: IMSI={ONE}, ISDN=1, TPLID=7;", "RMV SUB: ISDN=1, RMVKI=TRUE;"], None, [TWO]),
        (HUAWEI, [f"ADD TPLSUB: IMSI={ONE}, ISDN=1, TPLID=7;", "RMV SUB: ISDN=1, RMVKI=FALSE;"], None, [ONE, TWO]),
        (HUAWEI, [f"ADD TPLSUB: IMSI={ONE}, ISDN=1, TPLID=7;", "RMV SUB: ISDN=1;"], None, [ONE, TWO]),
        (ERICSSON, [f"HGSUI:MSISDN=1,IMSI={ONE},PROFILE=7;"], (ONE, "1"), [ONE, TWO]),
        (
            ERICSSON,
            [
                f"HGSUI:MSISDN=1,IMSI={ONE},PROFILE=7;",
                'HGSSI:MSISDN=1,SS=CFU,FNUM="5";',
                f"HGICI:MSISDN=1,NIMSI={TWO};",
                f"AGSUE:IMSI={ONE};",
            ],
            (TWO, "1"),
            [TWO],
        ),
        (ERICSSON, [f"HGSUI:MSISDN=1,IMSI={ONE},PROFILE=7;", "HGSUE:MSISDN=1;"], None, [ONE, TWO]),
    ],
)
def test_a_subscriber_is_made_moved_and_removed(
    state: State,
    machine: HuaweiMachine | EricssonMachine,
    commands: list[str],
    subscriber: tuple[str, str] | None,
    keys: list[str],
) -> None:
    assert meanings(machine, state, commands) == dict.fromkeys(commands, "")
    assert state.everyone() == ([subscriber[0]] if subscriber else [])
    assert state.count() == len(state.everyone())
    assert [one for one in (ONE, TWO) if state.has_key(one)] == keys
    if subscriber:
        assert state.find(imsi=subscriber[0]) == state.find(msisdn=subscriber[1]) == subscriber
        template = "TPLID" if machine is HUAWEI else "PROFILE"
        assert state.facts(subscriber[0]) == {**facts(machine), template: "7"}  # forwarding is lost with the card


def test_a_key_is_kept_as_it_was_told(state: State) -> None:
    for text in (
        "ADD KI: IMSI=3, KIVALUE=A, K4SNO=1, ALG=MILENAGE, CARDTYPE=USIM, OPCVALUE=B;",
        "ADD KI: IMSI=4, KIVALUE=A, K4SNO=1, ALG=COMP128_1, CARDTYPE=SIM, OPCVALUE=B;",
    ):
        HUAWEI.obey(state, text)
    ERICSSON.obey(state, "AGSUI:IMSI=5,EKI=C,KIND=1,A3A8IND=1;")
    kept = state.db.execute("SELECT * FROM auth WHERE imsi < '9' AND length(imsi) = 1 ORDER BY imsi").fetchall()
    assert kept == [("3", "A", "B"), ("4", "A", ""), ("5", "C", "")]
    assert "IMSI = 3\n" in HUAWEI.obey(state, "LST KI: IMSI=3;")


@pytest.mark.parametrize(
    ("machine", "text", "numbers"),
    [
        (HUAWEI, "MOD ISDN: ISDN=1, NEWISDN=2, TPLID=3;", {"1", "2"}),
        (HUAWEI, "MOD IMSI: IMSI=1, NEWIMSI=2;", {"1", "2"}),
        (HUAWEI, "nonsense", set()),
        (ERICSSON, "HGICI:MSISDN=1,NIMSI=2,PROFILE=3;", {"1", "2"}),
        (ERICSSON, "AGSUE:IMSI=1;", {"1"}),
        (ERICSSON, "nonsense", set()),
    ],
)
def test_the_numbers_that_a_command_names(
    machine: HuaweiMachine | EricssonMachine, text: str, numbers: set[str]
) -> None:
    assert machine.numbers(text) == numbers


@pytest.mark.parametrize(
    ("machine", "refused", "told"),
    [
        (HUAWEI, None, ["RETCODE = 0  SUCCESS0001:Operation is successful", "body", "", "---    END"]),
        (HUAWEI, ElementRefusal("busy", "Why"), ["RETCODE = 3010  ERR3010:Why", "body", "", "---    END"]),
        (HUAWEI, ElementRefusal("other", "Why"), ["RETCODE = 3012  ERR3012:Why", "body", "", "---    END"]),
        (ERICSSON, None, ["body"]),
        (ERICSSON, ElementRefusal("busy", "Why"), ["NOT ACCEPTED", "FAULT CODE 10", "WHY", "END"]),
        (ERICSSON, ElementRefusal("other", "Why"), ["NOT ACCEPTED", "FAULT CODE 12", "WHY", "END"]),
    ],
)
def test_a_reply_says_done_or_why_not(
    machine: HuaweiMachine | EricssonMachine, refused: ElementRefusal | None, told: list[str]
) -> None:
    frame = machine.frame("COMMAND:;", "body", refused, datetime(2026, 11, 23, 17, 0, tzinfo=UTC), 7)
    head, *rest = frame.split("COMMAND:;")
    assert rest[-1].lstrip("%\n").split("\n") == told
    assert ("2026-11-24 01:00:00+08:00" in head) == (machine is HUAWEI)


def test_what_is_undone_is_undone_alone(state: State) -> None:
    def failing(act: Callable[..., None], *told: str) -> None:
        with state.transaction():
            act(ONE, *told)
            raise KeyError

    with state.transaction():
        state.create(ONE, "1", {"A": "1"})
        with pytest.raises(KeyError):
            failing(state.set, "A", "2")
        with state.transaction():
            state.set(ONE, "B", "3")
    with pytest.raises(KeyError):
        failing(state.remove)
    assert state.facts(ONE) == {"A": "1", "B": "3"}
    assert list(state.numbers()) == ["1"]


# faults


def test_a_fault_strikes_so_many_times_and_first_those_who_are_barred() -> None:
    faults = Faults(refuse=2, numbers={"1"})
    told = [faults.refusal(frozenset(each)) for each in (("1", "2"), ("2",), (), ("3",))]
    assert [each and each.meaning for each in told] == ["not_allowed", "busy", "busy", None]
    assert faults.refuse == 0
    assert [faults.use("lose"), faults.lose] == [False, 0]


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        *((f"{word} 3", {word: 3}) for word in COUNTED),
        (" lose  999999 ", {"lose": 999_999}),
        ("bar 13", {"numbers": {"1", "13"}}),
        ("allow 1", {"numbers": set()}),
        ("allow 2", {}),
        ("off", {"off": True}),
        ("on", {"off": False}),
    ],
)
def test_a_fault_is_set_by_a_line(line: str, changed: dict[str, object]) -> None:
    faults = Faults(numbers={"1"})
    assert set_fault(faults, line) is not None
    assert faults == Faults(**{"numbers": {"1"}, **changed})  # type: ignore[arg-type]


def test_what_is_no_fault_sets_none() -> None:
    faults = Faults()
    assert [set_fault(faults, line) for line in ("", "state", "bar", "allow ", "off 1", "on now")] == [None] * 6
    for line in ("lose", "lose x", "lose -1", "lose 1000000"):
        with pytest.raises(NotAllowed):
            set_fault(faults, line)
    assert faults == Faults()
    assert str(set_fault(faults, "off")) != str(set_fault(faults, "on"))
