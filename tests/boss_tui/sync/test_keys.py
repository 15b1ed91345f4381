"""Device keys in files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from boss_tui.sync.keys import DeviceKey, enciphered_for, is_signed, load_key, make_key
from data.errors import Damaged, Outside


def test_a_key_is_made_once_and_loaded(tmp_path: Path) -> None:
    path = tmp_path / "device.key"
    made = make_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    loaded = load_key(path)
    assert loaded.public == made.public
    assert is_signed(made.public, b"what", loaded.sign(b"what"))
    assert not is_signed(made.public, b"other", loaded.sign(b"what"))
    with pytest.raises(Outside, match="can't be made"):
        make_key(path)
    assert load_key(path).public == made.public


def test_a_key_that_others_can_read_or_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "device.key"
    make_key(path)
    path.chmod(0o640)
    with pytest.raises(Damaged, match="Others can read"):
        load_key(path)
    for content in (b"", b"not base64!", b"c2hvcnQ="):
        path.write_bytes(content)
        path.chmod(0o600)
        with pytest.raises(Damaged, match="not a device key"):
            load_key(path)
    with pytest.raises(Outside, match="can't be read"):
        load_key(tmp_path / "none")


def test_what_is_no_key_or_signature_signs_nothing() -> None:
    for public, signature in (("", ""), ("x", "y"), ("AAAA", "AAAA"), ("é", "é")):
        assert not is_signed(public, b"what", signature)


def test_a_seal_is_of_one_key_and_of_these_bytes() -> None:
    key, other = DeviceKey(b"a" * 32), DeviceKey(b"b" * 32)
    seal = key.seal(b"what")
    assert key.has_sealed(b"what", seal)
    assert DeviceKey(b"a" * 32).has_sealed(b"what", seal)
    assert not key.has_sealed(b"whaT", seal)
    assert not other.has_sealed(b"what", seal)
    for none in ("", "x", "é", seal[:-1], f"{seal}=", key.sign(b"what")):
        assert not key.has_sealed(b"what", none)


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_secret_of_another_length_is_no_key(length: int) -> None:
    with pytest.raises(ValueError, match="32"):
        DeviceKey(b"a" * length)


@pytest.mark.whole
def test_a_seal_needs_no_library_for_signatures() -> None:
    """A desk without headquarters never loads the 8 MB of it."""
    code = (
        "import sys, boss_tui.sync.noted; from boss_tui.sync.keys import DeviceKey; "
        "key = DeviceKey(bytes(32)); assert key.has_sealed(b'x', key.seal(b'x')); "
        "sys.exit('cryptography' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_only_its_reader_deciphers_and_only_for_its_purpose() -> None:
    reader, other = DeviceKey(b"a" * 32), DeviceKey(b"b" * 32)
    told = enciphered_for(reader.public, b"a secret", "cards of H01")
    assert reader.deciphered(told, "cards of H01") == b"a secret"
    assert enciphered_for(reader.public, b"a secret", "cards of H01") != told  # never twice the same
    altered = ("A" if told[20] != "A" else "B").join((told[:20], told[21:]))
    for key, content, purpose in (
        (other, told, "cards of H01"),
        (reader, told, "cards of H02"),
        (reader, altered, "cards of H01"),
        (reader, told[:-4], "cards of H01"),
        (reader, "", "cards of H01"),
        (reader, "é", "cards of H01"),
    ):
        with pytest.raises(Damaged, match="not enciphered for this machine"):
            key.deciphered(content, purpose)


@pytest.mark.parametrize("public", ["", "AAAA", "é", "AAAA" * 11])
def test_what_is_no_key_can_t_be_enciphered_for(public: str) -> None:
    with pytest.raises(Damaged, match="not a device's public key"):
        enciphered_for(public, b"what", "x")
