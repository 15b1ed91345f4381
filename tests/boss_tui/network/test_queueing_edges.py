"""Which work becomes commands, what stands in them, and how an element that is away is got over."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.network import gateway_address, queue, rows
from boss_tui.network import work as network_work
from boss_tui.network.queue import LIMIT_MINUTES
from boss_tui.network.work import Network, status
from data.errors import NotAllowed, Outside
from data.journal import canonical
from data.message import say
from data.tables.network import NetworkBatch, NetworkCommand, NetworkElement, WorkOrder
from data.tables.order import ProductOrder, Sequence
from data.tables.resource import NumberSegment, PhoneNumber, SimCard
from data.tables.stock import ImsiReserve
from data.tables.sync import JournalEntry, JournalHead
from tests.boss_tui.components.conftest import empty_store, tx
from tests.boss_tui.components.loose import Loose, OneWork
from tests.boss_tui.components.rows import NOW, Rows, row

__all__ = ["empty_store", "tx"]
IMSI, OTHER, MSISDN, SECOND = "460000000000001", "460000000000002", "13900000001", "13900000002"
KI = "0123456789ABCDEF0123456789ABCDEF"


def work(key: str = "w", **values: Any) -> Any:
    parameters = canonical({"msisdn": MSISDN, "data": "on"})
    standard = {"order_id": "o", "kind": "automatic", "act": "set_data", "position": 1, "parameters": parameters}
    return row(WorkOrder, id=key, **{**standard, "element": "HLR1", "state": "open", **values})


def order(key: str = "o", **values: Any) -> Any:
    return row(ProductOrder, id=key, **{"created_at": key, "serial": key, **values})


def command(key: str = "c", **values: Any) -> Any:
    return row(NetworkCommand, command_key=key, **{"work_order_id": "x", "chain": "s", "element": "HLR1", **values})


def queued(tx: Loose, *more: Any) -> tuple[bool, list[str]]:
    """Whether there was work, and of which the commands were queued."""
    tx.put(
        *(row(JournalHead, outlet="HZ01", epoch=2, seq=8), row(Sequence, name="network command", value=9)),
        *(row(NetworkElement, code="HLR1", dialect="huawei", state="active"), *more),
    )
    before = {each.command_key for each in more if isinstance(each, NetworkCommand)}
    store: Any = OneWork(tx)
    found = queue.queue_open(store, "HZ01")
    after = tx.all(NetworkCommand, order=("number",))
    return found, [each.work_order_id for each in after if each.command_key not in before]


@pytest.mark.parametrize(
    ("more", "taken"),
    [
        ([order(), work()], ["w"]),
        ([order(), work(state="failed")], []),
        ([order(), work(kind="manual")], []),
        ([order(), work(), command(work_order_id="w")], []),
        ([order(), work(), command(work_order_id="w", closed=1)], ["w"]),
        ([order(), work(), command()], ["w"]),
        # on no line: as it comes
        ([order(), work(), work("v", position=2)], ["w", "v"]),
        # on a line: one after the other
        ([order(subscription_id="s"), work(), work("v", position=2)], ["w"]),
        ([order(subscription_id="s"), work(position=2), work("v", position=1, state="failed")], []),
        ([order(subscription_id="s"), work(position=2), work("v", position=1, state="done")], ["w"]),
        ([order(subscription_id="s"), work(position=2), work("v", position=1, kind="manual")], ["w"]),
        ([order(subscription_id="s"), work(position=2), work("v", position=3, state="failed")], ["w"]),
        ([order(subscription_id="s"), work(position=2), order("p"), work("v", state="failed", order_id="p")], ["w"]),
        ([order(subscription_id="s"), work(), command()], []),
        ([order(subscription_id="s"), work(), command(closed=1)], ["w"]),
        ([order(subscription_id="s"), work(), command(chain="t")], ["w"]),
        ([order(subscription_id="s"), work(), order("n", subscription_id="s"), work("v", order_id="n")], ["v"]),
        ([order(subscription_id="s"), work(), order("n", subscription_id="t"), work("v", order_id="n")], ["v", "w"]),
    ],
)
def test_work_becomes_commands_in_its_turn(tx: Loose, more: list[Any], taken: list[str]) -> None:
    assert queued(tx, *more) == (bool(taken), taken)


@pytest.mark.parametrize(
    "values",
    [{"element": "HLR9"}, {"act": "fly"}, {"parameters": "{}"}, {"parameters": "[]"}, {"parameters": "no JSON"}],
)
def test_what_cannot_be_said_fails(tx: Loose, values: dict[str, str]) -> None:
    assert queued(tx, order(), work(**values)) == (True, [])
    (failed, _), (_, stands_in) = tx.told(WorkOrder, "state", "kind", order=("position",))
    assert (failed, stands_in) == ("failed", "manual")


def entry(**values: Any) -> Any:
    standard = {"outlet": "HZ01", "epoch": 1, "seq": 3, "serial": "o", "kind": "C1"}
    return row(JournalEntry, **{**standard, **values})


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ([], {}),
        ([entry()], {"order_epoch": 1, "order_seq": 3}),
        ([entry(kind=rows.ANSWER)], {}),
        ([entry(serial="p")], {}),
        ([entry(outlet="HZ02")], {}),
        ([entry(), entry(seq=4), entry(seq=5, kind=rows.ANSWER)], {"order_epoch": 1, "order_seq": 4}),
        ([entry(), entry(epoch=2, seq=1)], {"order_epoch": 2, "order_seq": 1}),
        ([command(chain=MSISDN, position=4, closed=1)], {"position": 5}),
        ([command(chain="s", position=4, closed=1)], {}),
        ([row(PhoneNumber, number=MSISDN, outlet="HZ01", state="sold")], {"own": 1}),
        ([row(PhoneNumber, number=MSISDN, outlet="HZ02", state="sold")], {}),
        ([row(PhoneNumber, number=MSISDN, outlet="HZ01", state="inUse")], {}),
    ],
)
def test_a_command_says_whose_it_is(tx: Loose, more: list[Any], told: dict[str, Any]) -> None:
    assert queued(tx, order(), work(), *more) == (True, ["w"])
    (made,) = tx.all(NetworkCommand, work_order_id="w")
    standard = {"order_epoch": 2, "order_seq": 8, "own": 0, "position": 1, "subscriber": MSISDN, "chain": MSISDN}
    expected = {**standard, "command_key": "HZ01/2/10", "step": 1, "limit_minutes": LIMIT_MINUTES, **told}
    assert {name: getattr(made, name) for name in expected} == expected
    assert made.command.startswith("MOD TPLGPRS")
    assert (made.undo.count("MOD"), made.wants) == (1, canonical({"data": True}))


def test_the_commands_of_a_line_are_one_chain_whatever_its_number(tx: Loose) -> None:
    before = [command(position=4, closed=1), command("d", chain=MSISDN, position=9, closed=1)]
    assert queued(tx, order(subscription_id="s"), work(), *before) == (True, ["w"])
    assert tx.told(NetworkCommand, "chain", "position", "subscriber", work_order_id="w") == [("s", 5, MSISDN)]


@pytest.mark.parametrize(
    ("values", "put", "own"),
    [
        ({}, [], False),
        ({"msisdn": MSISDN}, [], False),
        ({"msisdn": MSISDN, "new_msisdn": SECOND}, [], False),
        ({"msisdn": MSISDN, "imsi": IMSI}, [], False),
        ({"imsi": IMSI, "new_imsi": OTHER}, [], False),
        ({"msisdn": MSISDN}, [MSISDN], True),
        ({"msisdn": MSISDN, "new_msisdn": SECOND}, [MSISDN], False),
        ({"msisdn": MSISDN, "new_msisdn": SECOND}, [MSISDN, SECOND], True),
        ({"msisdn": MSISDN, "imsi": IMSI}, [MSISDN], False),
        ({"msisdn": MSISDN, "imsi": IMSI}, [MSISDN, IMSI], True),
        ({"imsi": IMSI, "new_imsi": OTHER}, [IMSI], False),
        ({"imsi": IMSI, "new_imsi": OTHER}, [IMSI, OTHER], True),
    ],
)
def test_it_is_our_own_where_all_that_it_touches_is(values: dict[str, Any], put: list[str], own: bool) -> None:
    numbers = [row(PhoneNumber, number=each, outlet="HZ01", state="sold") for each in put if len(each) == 11]
    cards = [row(SimCard, iccid=each, imsi=each, outlet="HZ01", state="sold") for each in put if len(each) == 15]
    reading: Any = Rows(*numbers, *cards)
    assert queue._own(reading, "HZ01", values) is own


KEY = {"ki": KI, **queue.KEY_KIND}


@pytest.mark.parametrize(
    ("act", "values", "put", "more"),
    [
        ("create_subscriber", {"imsi": IMSI}, [row(SimCard, imsi=IMSI, ki=KI)], KEY),
        ("create_subscriber", {"imsi": IMSI}, [row(SimCard, imsi=IMSI, ki=KI, key_index="7")], {**KEY, "k4": "7"}),
        ("create_subscriber", {"imsi": IMSI}, [row(SimCard, imsi=IMSI, ki="")], {}),
        ("create_subscriber", {"imsi": IMSI}, [], {}),
        ("create_subscriber", {"imsi": IMSI, "ki": "told"}, [row(SimCard, imsi=IMSI, ki=KI)], {}),
        ("create_subscriber", {"imsi": 1}, [row(SimCard, imsi=IMSI, ki=KI)], {}),
        ("create_subscriber", {}, [row(SimCard, imsi=IMSI, ki=KI)], {}),
        ("create_subscriber", {"imsi": IMSI}, [row(ImsiReserve, imsi=IMSI, ki=KI)], KEY),
        (
            "create_subscriber",
            {"imsi": IMSI},
            [row(SimCard, imsi=IMSI, ki="", key_index="7"), row(ImsiReserve, imsi=IMSI, ki=KI)],
            KEY,
        ),
        (
            "create_subscriber",
            {"imsi": IMSI},
            [row(SimCard, imsi=IMSI, ki=KI), row(ImsiReserve, imsi=IMSI, ki="x")],
            KEY,
        ),
        ("change_sim", {"imsi": OTHER, "new_imsi": IMSI}, [row(SimCard, imsi=IMSI, ki=KI)], KEY),
        ("change_sim", {"imsi": IMSI, "new_imsi": OTHER}, [row(SimCard, imsi=IMSI, ki=KI)], {}),
        ("set_data", {"imsi": IMSI}, [row(SimCard, imsi=IMSI, ki=KI)], {}),
    ],
)
def test_the_key_of_the_card_is_put_in(act: str, values: dict[str, Any], put: list[Any], more: dict[str, str]) -> None:
    reading: Any = Rows(*put)
    assert queue._with_key(reading, act, values) == {**values, **more}


def test_more_work_comes_after_all_that_there_is(tx: Loose) -> None:
    tx.put(work(position=4), work("v", order_id="p", position=9), row(NumberSegment, prefix="1390000", element="HLR2"))
    rows.order_more(tx, order(), [("set_data", {"msisdn": MSISDN}), ("set_roaming", {"msisdn": SECOND})])
    made = tx.told(WorkOrder, "position", "act", "element", "kind", order=("position",), order_id="o")[1:]
    assert made == [(5, "set_data", "HLR2", "automatic"), (6, "set_roaming", "HLR2", "automatic")]


# how it stands, and one step of all


BATCHES = ("built", "answered")


def test_how_the_network_stands_is_counted(tx: Loose) -> None:
    tx.put(*(row(NetworkElement, code=code, dialect="huawei", state="active", gateway="g") for code in ("B", "A")))
    tx.put(
        *(command(str(at), element="A", state="queued", queued_at=f"t{at}") for at in (3, 2)),
        command("4", element="A", state="sent", queued_at="t4"),
        command("5", element="A", state="sent", queued_at="t1", closed=1),
        *(row(NetworkBatch, id=each, element="A", state=each, sequence=at) for at, each in enumerate(BATCHES)),
        *(work("a"), work("b", state="failed"), work("c", state="failed"), work("d", state="done")),
        *(work(f"m{at}", kind="manual") for at in range(3)),
        work("n", kind="manual", state="done"),
    )
    found = status(tx)
    assert (found.open, found.failed, found.manual) == (1, 2, 3)
    a, b = found.elements
    assert (a.code, a.commands, a.batches, a.oldest) == ("A", {"queued": 2, "sent": 1}, {"built": 1}, "t2")
    assert (b.code, b.commands, b.batches, b.oldest, b.gateway) == ("B", {}, {}, "", "g")


def stepped(
    monkeypatch: pytest.MonkeyPatch,
    tx: Loose,
    *,
    did: str = "",
    away: tuple[str, ...] = (),
    state: str = "active",
) -> tuple[Network, list[str]]:
    """A network of two elements of which `did` is the one thing that has something to do; who was sent to."""
    tx.put(row(NetworkElement, code="A", state="active"), row(NetworkElement, code="B", state=state))
    sent: list[str] = []
    store: Any = OneWork(tx)
    network = Network(store, "HZ01", Path())
    for name in ("queue_open", "overdue", "advance"):
        monkeypatch.setattr(network_work, name, lambda *_, name=name: did == name)

    def receive(element: NetworkElement, _: Any) -> bool:
        if element.code in away:
            raise Outside(say("The gateway is away."))
        return did == f"receive {element.code}"

    def send(element: NetworkElement, _: Any) -> bool:
        sent.append(element.code)
        return did == f"send {element.code}"

    monkeypatch.setattr(network, "_receiver", SimpleNamespace(receive=receive))
    monkeypatch.setattr(network, "_sender", SimpleNamespace(send=send))
    monkeypatch.setattr(network, "gateway", lambda _: None)
    return network, sent


DOES = ("queue_open", "receive A", "receive B", "overdue", "advance", "send A", "send B")


@pytest.mark.parametrize("did", ["", *DOES])
def test_a_step_says_whether_anything_was_done(monkeypatch: pytest.MonkeyPatch, tx: Loose, did: str) -> None:
    network, sent = stepped(monkeypatch, tx, did=did)
    assert network.step() is bool(did)
    assert (sent, network.faults) == (["A", "B"], {})


@pytest.mark.parametrize(
    ("did", "away", "state", "sent"),
    [
        ("", ("A",), "active", ["B"]),
        ("", ("A", "B"), "active", []),
        ("advance", ("A",), "active", ["B"]),
        ("send B", ("A",), "active", ["B"]),
        ("send A", ("B",), "active", ["A"]),
        ("", ("A",), "inactive", []),
        ("send A", (), "inactive", ["A"]),
    ],
)
def test_an_element_that_is_away_keeps_no_other_waiting(
    monkeypatch: pytest.MonkeyPatch, tx: Loose, did: str, away: tuple[str, ...], state: str, sent: list[str]
) -> None:
    network, to = stepped(monkeypatch, tx, did=did, away=away, state=state)
    if away and not did:
        with pytest.raises(Outside):
            network.step()
    else:
        assert network.step() is bool(did)
    assert (to, sorted(network.faults)) == (sent, sorted(away))


def test_a_fault_is_forgotten_once_it_is_over_and_told_once(
    monkeypatch: pytest.MonkeyPatch, tx: Loose, caplog: pytest.LogCaptureFixture
) -> None:
    network, _ = stepped(monkeypatch, tx, did="advance", away=("A",))
    assert network.step()
    assert network.step()
    assert (len(caplog.records), list(network.faults)) == (1, ["A"])
    monkeypatch.setattr(network, "_receiver", SimpleNamespace(receive=lambda *_: False))
    assert network.step()
    assert network.faults == {}


def test_a_bad_file_is_reported_once(tx: Loose, caplog: pytest.LogCaptureFixture) -> None:
    store: Any = OneWork(tx)
    network = Network(store, "HZ01", Path())
    for file, told in (("f", "cut"), ("f", "cut"), ("f", "rubbish"), ("g", "cut")):
        network._report(file, say("{what}", what=told))
    assert [(each.file, str(each.message)) for each in network.reports] == [
        ("f", "cut"),
        ("f", "rubbish"),
        ("g", "cut"),
    ]
    assert len(caplog.records) == 3
    assert network.reports[0].at.startswith(f"{NOW:%Y-%m-%dT%H:%M}")


# where a gateway is


@pytest.mark.parametrize(
    "address",
    [
        "",
        "folder:",
        "folder:../x",
        "folder:a/../../x",
        "sftp://",
        "sftp://host/path",
        "sftp://user@/path",
        "sftp://user@host:x/path",
        "sftp://user@host:99999/path",
        "sftp://user:secret@host/path",
        "sftp://user:@host/path",
        "ftp://user@host/path",
        "file:x",
    ],
)
def test_what_is_no_address_of_a_gateway_is_refused(address: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        gateway_address.open_gateway(address, Path("home"))
    assert refused.value.field == "gateway"
    assert "secret" not in str(refused.value.message).replace("network secret", "")


def test_a_gateway_s_address_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Any] = []
    monkeypatch.setattr("boss_tui.network.sftp.SftpGateway", lambda *told, **more: found.append((*told, more)))
    for address in ("sftp://u%40x@host", "sftp://u@host:2222/a%20b?key=k/id&host_key=ssh-rsa%20AB+C"):
        gateway_address.open_gateway(address, Path("home"), "word")
    assert found == [
        ("host", 22, "u@x", "/", {"password": "word", "key": None, "host_key": ""}),
        ("host", 2222, "u", "/a b", {"password": "word", "key": Path("home/k/id"), "host_key": "ssh-rsa AB+C"}),
    ]
