"""Gateways: the same promises kept by a folder and by a real SFTP server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import paramiko
import pytest

from boss_tui.network.batch import Batch, BatchEntry, write_batch
from boss_tui.network.dialects import dialect
from boss_tui.network.element import Element
from boss_tui.network.gateway import FolderGateway, Gateway
from boss_tui.network.replies import read_replies
from boss_tui.network.sftp import SftpGateway
from data.clock import SeededClock, stamp
from data.errors import Conflict, Damaged, Outside

from .conftest import CREATE, NUMBER
from .sftp_server import LoopbackSftp

B, A = "HLR-1_0571-01_0001_00000001.batch", "HLR-1_0571-01_0001_00000001.0001.answers"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LoopbackSftp]:
    (tmp_path / "far").mkdir()
    running = LoopbackSftp(tmp_path / "far")
    yield running
    running.close()


def sftp(server: LoopbackSftp, password: str = "secret", host_key: str = "") -> SftpGateway:
    return SftpGateway(
        "127.0.0.1", server.port, "boss", "/", password=password, host_key=host_key or server.host_key, seconds=10
    )


@pytest.fixture(params=["folder", "sftp"])
def place(request: pytest.FixtureRequest, server: LoopbackSftp) -> Iterator[Gateway]:
    if request.param == "folder":
        yield FolderGateway(server.root)
        return
    gateway = sftp(server)
    yield gateway
    gateway.close()


def test_a_batch_is_put_once_and_stays_the_same(place: Gateway) -> None:
    place.put(B, b"one")
    place.put(B, b"one")
    assert place.batches() == (B,)
    assert place.batch(B) == b"one"
    with pytest.raises(Conflict):
        place.put(B, b"two")
    place.taken(B)
    assert place.batches() == ()
    place.put(B, b"one")
    assert place.batches() == ()
    with pytest.raises(Conflict):
        place.put(B, b"two")


def test_responses_wait_until_they_are_archived(place: Gateway) -> None:
    content = bytes(range(256)) * 1000
    place.respond(A, content)
    place.respond(A, content)
    assert place.responses() == (A,)
    assert place.fetch(A) == content
    assert place.responses() == (A,)
    place.archive(A)
    place.archive(A)
    assert place.responses() == ()
    place.respond(A, content)
    assert place.responses() == ()


def test_nothing_is_overwritten_in_the_archive(place: Gateway, server: LoopbackSftp) -> None:
    for content in (b"first", b"second", b"third"):
        (server.root / "inbox").mkdir(exist_ok=True)
        (server.root / "inbox" / A).write_bytes(content)
        place.archive(A)
    kept = server.root / "inbox/archive"
    assert [(kept / name).read_bytes() for name in (A, f"{A}.2", f"{A}.3")] == [b"first", b"second", b"third"]


def test_only_lawful_names_are_listed_and_taken(place: Gateway, server: LoopbackSftp) -> None:
    assert place.responses() == ()
    for name in (f".{A}.part", "notes.txt", "a b.answers", A):
        (server.root / "inbox" / name).write_bytes(b"")
    (server.root / "inbox" / "folder.answers").mkdir()
    assert place.responses() == (A,)
    for name in ("../secret", "/etc/passwd", ".hidden"):
        with pytest.raises(Damaged):
            place.fetch(name)
        with pytest.raises(Damaged):
            place.put(name, b"")


def test_what_is_not_there_is_said(place: Gateway) -> None:
    with pytest.raises(Outside):
        place.fetch(A)
    place.put(B, b"one")  # and the gateway is usable still


def test_a_link_that_was_cut_is_made_anew(server: LoopbackSftp) -> None:
    gateway = sftp(server)
    gateway.put(B, b"one")
    server.hang_up()
    with pytest.raises(Outside):
        gateway.put("HLR-1_0571-01_0001_00000002.batch", b"two")
    gateway.put("HLR-1_0571-01_0001_00000002.batch", b"two")
    assert len(gateway.batches()) == 2
    gateway.close()


@pytest.mark.parametrize("name", ["huawei", "ericsson"])
def test_a_whole_journey_over_sftp(server: LoopbackSftp, tmp_path: Path, name: str) -> None:
    """We are on this side of the link, the element on the other."""
    clock, spoken, ours = SeededClock(), dialect(name), sftp(server)
    element = Element(tmp_path / "state.db", spoken, FolderGateway(server.root), clock=clock, code="HLR-1")
    commands = [*spoken.render("create_subscriber", CREATE), *spoken.render("query", {"msisdn": NUMBER})]
    entries = tuple(BatchEntry(f"0571-01/1/1/{n}", one.text) for n, one in enumerate(commands))
    batch = Batch("HLR-1", "0571-01", 1, 1, stamp(clock.now()), name, entries)
    path = write_batch(tmp_path, batch)
    ours.put(path.name, path.read_bytes())
    assert element.step().commands == len(commands)
    (answered,) = ours.responses()
    replies = read_replies(ours.fetch(answered))
    answers = [spoken.answer(entry.text, reply.raw) for entry, reply in zip(entries, replies.replies, strict=True)]
    assert {answer.state for answer in answers} == {"done"}
    assert (answers[-1].record,) == element.subscribers()
    ours.archive(answered)
    assert (ours.responses(), ours.batches()) == ((), ())
    ours.close()
    element.close()


def test_a_wrong_password_a_foreign_machine_and_no_machine_are_refused(server: LoopbackSftp) -> None:
    other = paramiko.ECDSAKey.generate()
    for gateway in (
        sftp(server, password="wrong"),
        sftp(server, host_key=f"{other.get_name()} {other.get_base64()}"),
        sftp(server, host_key="nonsense"),
        SftpGateway("127.0.0.1", server.port, "boss", "/", password="secret", seconds=10),  # its key is known to nobody
        SftpGateway("127.0.0.1", 1, "boss", "/", password="x", host_key=server.host_key, seconds=5),
    ):
        with pytest.raises(Outside):
            gateway.put(B, b"one")
        gateway.close()
    assert not (server.root / "outbox").exists()


def test_a_folder_that_can_not_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Outside):
        FolderGateway(tmp_path / "file").responses()


@pytest.mark.whole
def test_paramiko_is_not_loaded_before_it_is_needed() -> None:
    code = "import sys, boss_tui.network.sftp, boss_tui.network.simulate; sys.exit('paramiko' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")
