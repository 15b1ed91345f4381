"""A gateway's secret: kept for its owner alone, shown nowhere, used at once when it becomes another."""

from __future__ import annotations

from pathlib import Path

import pytest

from boss_tui.network.gateway_address import open_gateway
from boss_tui.network.gateway_secrets import keep_secret, secret_of
from boss_tui.network.sftp import SftpGateway
from data.errors import Damaged, NotAllowed, Outside


def test_it_is_kept_changed_and_removed(tmp_path: Path) -> None:
    assert secret_of(tmp_path, "HLR01") == ""
    for secret in ("first", "密码 2", "x" * 1_024):
        keep_secret(tmp_path, "HLR01", secret)
        assert secret_of(tmp_path, "HLR01") == secret
        (file,) = (tmp_path / "keys").iterdir()
        assert file.stat().st_mode & 0o777 == 0o600
    assert secret_of(tmp_path, "HLR02") == ""
    keep_secret(tmp_path, "HLR01", "")
    assert secret_of(tmp_path, "HLR01") == ""
    keep_secret(tmp_path, "HLR01", "")


@pytest.mark.parametrize("secret", ["x" * 1_025, "two\nlines", "\x00"])
def test_it_is_one_line(tmp_path: Path, secret: str) -> None:
    keep_secret(tmp_path, "HLR01", "before")
    with pytest.raises(NotAllowed):
        keep_secret(tmp_path, "HLR01", secret)
    assert secret_of(tmp_path, "HLR01") == "before"


@pytest.mark.parametrize("code", ["../store", "a/b", "..", "HLR 1"])
def test_no_code_leads_out_of_the_folder(tmp_path: Path, code: str) -> None:
    keep_secret(tmp_path, code, "secret")
    assert secret_of(tmp_path, code) == "secret"
    assert len(list((tmp_path / "keys").iterdir())) == 1


def test_what_others_can_read_or_nobody_can_is_told(tmp_path: Path) -> None:
    keep_secret(tmp_path, "HLR01", "secret")
    (file,) = (tmp_path / "keys").iterdir()
    file.chmod(0o640)
    with pytest.raises(Damaged):
        secret_of(tmp_path, "HLR01")
    file.write_bytes(b"\xff\xfe")
    file.chmod(0o600)
    with pytest.raises(Outside):
        secret_of(tmp_path, "HLR01")


def test_an_address_and_its_secret_open_a_gateway(tmp_path: Path) -> None:
    made = open_gateway("sftp://boss@host:2222/in?key=keys/id", tmp_path, "secret")
    assert isinstance(made, SftpGateway)
    assert (made.host, made.port, made.user, made.path, made.password) == ("host", 2222, "boss", "/in", "secret")
    with pytest.raises(NotAllowed) as refused:
        open_gateway("sftp://boss:secret@host/in", tmp_path)
    assert refused.value.field == "gateway"
    assert "secret@" not in str(refused.value)
