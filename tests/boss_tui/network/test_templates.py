"""Templates: what they render, and what they refuse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_tui.network.dialects import DIALECTS, dialect
from boss_tui.network.dialects.acts import ACTS, PLAIN, SAMPLES
from boss_tui.network.dialects.huawei import Huawei
from boss_tui.network.dialects.huawei_syntax import QUOTED, MmlCommand, read, write
from boss_tui.network.dialects.templates import Step, undoing
from data.errors import NotAllowed, NotFound

from .conftest import CREATE, IMSI, NUMBER

BOTH = pytest.mark.parametrize("name", DIALECTS)


def texts(name: str, act: str, **values: str) -> list[str]:
    return [command.text for command in dialect(name).render(act, values)]


@BOTH
def test_the_templates_that_come_along_are_sound_and_complete(name: str) -> None:
    spoken = dialect(name)
    assert set(spoken.templates) == set(ACTS)
    assert [spoken.check(act, steps) for act, steps in spoken.templates.items()] == [()] * len(ACTS)


def test_opening_an_account_on_huawei() -> None:
    commands = Huawei().render("create_subscriber", CREATE)
    assert [command.text for command in commands] == [
        'ADD KI: HLRSN=1, IMSI="460001234567890", OPERTYPE=ADD, KIVALUE="0123456789ABCDEF0123456789ABCDEF", K4SNO=1, '
        "CARDTYPE=USIM, ALG=COMP128_3;",
        'ADD TPLSUB: HLRSN=1, IMSI="460001234567890", ISDN="8613900000001", TPLTYPE=NORMAL, TPLID=1;',
        'MOD TPLGPRS: ISDN="8613900000001", PROV=TRUE, TPLID=1;',
        'MOD ODBOC: ISDN="8613900000001", ODBOC=BOIC;',
        'MOD ODBROAM: ISDN="8613900000001", ODBROAM=BROHPLMNC;',
    ]
    assert undoing(commands) == ('RMV SUB: ISDN="8613900000001", RMVKI=FALSE;', 'RMV KI: IMSI="460001234567890";')


def test_a_card_whose_key_was_loaded_before_needs_no_key() -> None:
    values = {name: value for name, value in CREATE.items() if name not in {"ki", "k4", "card", "algorithm"}}
    first = Huawei().render("create_subscriber", values)[0]
    assert first.text.startswith("ADD TPLSUB: ")


def test_two_way_stop_on_both() -> None:
    values = {"msisdn": NUMBER, "long_distance": "domestic", "imsi": IMSI}
    assert texts("huawei", "bar_all", **values) == ['MOD LCK: ISDN="8613900000001", IC=TRUE, OC=TRUE, GPRSLOCK=TRUE;']
    assert texts("ericsson", "bar_all", **values) == [
        "HGSDC:MSISDN=8613900000001,SUD=OBO-1;",
        "HGSDC:MSISDN=8613900000001,SUD=OBI-1;",
        "HSSEC:IMSI=460001234567890,EPSODB=ALL;",
    ]
    assert texts("ericsson", "unbar", **values)[0] == "HGSDC:MSISDN=8613900000001,SUD=OBO-2;"


@BOTH
def test_what_is_missing_unknown_or_half_is_refused(name: str) -> None:
    spoken = dialect(name)
    for act, values, field in [
        ("change_number", {"msisdn": NUMBER, "new_msisdn": NUMBER, "profile": "1"}, "imsi"),
        ("change_number", {"colour": "red"}, "colour"),
        ("create_subscriber", {"imsi": IMSI, "msisdn": NUMBER, "profile": "1", "ki": "0" * 32}, "algorithm"),
        ("set_roaming", {"msisdn": NUMBER, "roaming": "moon", "old_roaming": "none"}, "roaming"),
        ("change_profile", {"msisdn": NUMBER, "imsi": IMSI, "profile": "1", "services": "waiting"}, "services"),
        ("set_data", {"msisdn": ("1", "2"), "data": "on"}, "msisdn"),
        ("query", {}, "act"),
        ("dance", {}, "act"),
    ]:
        with pytest.raises(NotAllowed) as refused:
            spoken.render(act, values)  # type: ignore[arg-type]
        assert refused.value.field == field
    with pytest.raises(NotFound):
        dialect("zte")


@BOTH
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("msisdn", "1390000001"),
        ("msisdn", "8613900000001"),
        ("msisdn", "23900000001"),
        ("imsi", "46000123456789"),
        ("imsi", "46000123456789A"),
        ("ki", "0" * 31),
        ("ki", "G" * 32),
        ("k4", ""),
        ("profile", "one"),
    ],
)
def test_a_value_that_does_not_look_as_it_must_is_refused(name: str, field: str, value: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        dialect(name).render("create_subscriber", {**CREATE, field: value})
    assert refused.value.field == field


@BOTH
@given(data=st.data())
def test_no_value_breaks_out_of_its_command(name: str, data: st.DataObject) -> None:
    """Whatever is typed as a plain parameter, it is refused, or the command keeps the shape of its template."""
    spoken = dialect(name)
    act = data.draw(st.sampled_from([a for a in ACTS.values() if a.needs & set(PLAIN)]))
    victim = data.draw(st.sampled_from(sorted(act.needs & set(PLAIN))))
    choices = {n: next(iter(spoken.values[n.removeprefix("old_")])) for n in act.needs - set(PLAIN)}
    good = {n: SAMPLES[n] for n in act.needs & set(PLAIN)} | choices
    nasty = st.text(st.sampled_from('"; ,&=%{}\n\r\t\x00１1390000000x\\'), max_size=20) | st.text(max_size=20)
    suffixed = nasty.map(lambda text: SAMPLES[victim] + text)
    value = data.draw(nasty | suffixed | st.just(SAMPLES[victim]))
    try:
        rendered = spoken.render(act.name, good | {victim: value})
    except NotAllowed:
        assert value != SAMPLES[victim]
        return
    expected = spoken.render(act.name, good)
    assert [spoken.shape(c.text) for c in rendered] == [spoken.shape(c.text) for c in expected]


def test_a_value_table_can_not_break_out_either() -> None:
    values = {**Huawei().values, "roaming": {"none": "X, IC=TRUE"}}
    with pytest.raises(NotAllowed):
        Huawei(values=values).render("set_roaming", {"msisdn": NUMBER, "roaming": "none", "old_roaming": "none"})


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ('MOD NAM: ISDN="86{msisdn}", NAM={access};', ""),  # no such parameter of this act
        ('MOD LCK: ISDN="86{msisdn}", X={imsi};', ""),  # may be absent
        ('MOD LCK: ISDN="86{msisdn}", OC=TRUE;', "colour"),
        ('MOD LCK: ISDN="86{msisdn}", OC=TRUE;', "imsi=4600"),
        ('MOD LCK: ISDN="86{msisdn}", OC=TRUE; RMV SUB: ISDN="86{msisdn}";', ""),
        ('MOD LCK: ISDN="86{msisdn}", OC={TRUE};', ""),
        ('MOD LCK: ISDN="86{msisdn}, OC=TRUE;', ""),
        ('MOD LCK: ISDN="86{msisdn}", OC=TRUE', ""),
        ('MOD LCK: ISDN="86{msisdn}", ISDN="86{msisdn}";', ""),
        ('MOD LCK: ISDN="86{msisdn}",;', ""),
    ],
)
def test_a_bad_template_is_not_published(line: str, when: str) -> None:
    assert Huawei().check("bar_all", [Step(line, (), when)])


def test_a_good_template_of_a_managers_own_is() -> None:
    steps = [
        Step('MOD ODBOC: ISDN="86{msisdn}", ODBOC=BAOC;', ('MOD ODBOC: ISDN="86{msisdn}", ODBOC={long_distance};',))
    ]
    assert Huawei().check("bar_all", steps) == ()
    own = Huawei(templates={**Huawei().templates, "bar_all": steps})
    (command,) = own.render("bar_all", {"msisdn": NUMBER, "long_distance": "none"})
    assert command.undo == ('MOD ODBOC: ISDN="8613900000001", ODBOC=BOIZC;',)
    assert Huawei().check("bar_all", [])
    assert Huawei().check("dance", steps)


NAMES = st.from_regex(r"[A-Z][A-Z0-9_]{0,8}", fullmatch=True)
QUOTABLE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters='";%'), max_size=12)
BARE = st.from_regex(r"[A-Za-z0-9_.:&+-]{1,12}", fullmatch=True)


@given(
    st.from_regex(r"[A-Z]{3}", fullmatch=True),
    NAMES,
    st.dictionaries(NAMES, BARE),
    st.dictionaries(st.sampled_from(sorted(QUOTED)), QUOTABLE),
)
def test_a_huawei_command_reads_as_it_was_written(
    verb: str, what: str, bare: dict[str, str], quoted: dict[str, str]
) -> None:
    call = MmlCommand(verb, what, bare | quoted)
    assert read(write(call, QUOTED)) == call
