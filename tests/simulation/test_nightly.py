"""The nightly run draws new seeds, and its failures can be found again."""

from __future__ import annotations

import pytest

from tests.simulation import nightly


def test_seeds_are_drawn_anew_and_can_be_drawn_again() -> None:
    assert nightly.drawn(7, 20) == nightly.drawn(7, 20) != nightly.drawn(8, 20)
    assert len(set(nightly.drawn(7, 20))) == 20


def test_all_seeds_are_run_and_a_failure_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = nightly.drawn(7, 3)[1]
    monkeypatch.setattr("sys.argv", ["nightly", "3", "1", "1", "--draw", "7"])
    monkeypatch.setattr(nightly, "run_one", lambda seed, _examples, _steps: seed != bad)
    assert nightly.main() == 1
    assert f"2 of 3 seeds hold; failed: [{bad}]" in capsys.readouterr().out
    monkeypatch.setattr(nightly, "run_one", lambda *_: True)
    assert nightly.main() == 0
