"""Time and data as they are typed: in the units that people think in; kept are seconds and KiB."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from boss_tui.forms.measured import Measure, kept, read, told
from data.errors import BadForm


@pytest.mark.parametrize(
    ("measure", "typed", "value", "again"),
    [
        ("time", "2 min", 120, "2 min"),
        ("time", "2分钟", 120, "2 min"),
        ("time", "１．５ ｍｉｎ", 90, "90 s"),
        ("time", "90s", 90, "90 s"),
        ("time", "59 秒", 59, "59 s"),
        ("time", "1 h", 3600, "60 min"),
        ("time", "60", 60, "1 min"),
        ("time", 61, 61, "61 s"),
        ("time", "0", 0, "0"),
        ("time", "1,000 min", 60_000, "1000 min"),
        ("volume", "500 MB", 512_000, "500 MB"),
        ("volume", "500m", 512_000, "500 MB"),
        ("volume", "1 GB", 1_048_576, "1 GB"),
        ("volume", "1.5gib", 1_572_864, "1.5 GB"),
        ("volume", "1023", 1023, "1023 KB"),
        ("volume", "1024 KB", 1024, "1 MB"),
        ("volume", "1025", 1025, "1025 KB"),
        ("volume", "0.25 MB", 256, "256 KB"),
        ("volume", "1.25 MB", 1280, "1.25 MB"),
        ("volume", "2 TB", 2_147_483_648, "2 TB"),
    ],
)
def test_what_is_typed_is_kept_and_told_again(measure: Measure, typed: Any, value: int, again: str) -> None:
    assert read(measure, typed) == value
    assert told(measure, value) == again
    assert read(measure, again) == value


@pytest.mark.parametrize("measure", ["time", "volume"])
@pytest.mark.parametrize("typed", ["", "min", "MB", "-1", "1.234", "1,00", "2 days", "1 min 30 s", True, None, "٣"])
def test_what_is_no_measure_is_refused(measure: Measure, typed: Any) -> None:
    with pytest.raises(PydanticCustomError):
        read(measure, typed)


@pytest.mark.parametrize(
    ("measure", "typed", "why"),
    [
        ("time", "2 MB", "such as 2 min"),
        ("volume", "2 min", "such as 500 MB"),
        ("time", "0.5", "whole number of s"),
        ("time", "0.01 min", "whole number of s"),
        ("volume", "1.33 MB", "whole number of KB"),
    ],
)
def test_why_is_said_beside_the_field(measure: Measure, typed: str, why: str) -> None:
    with pytest.raises(BadForm) as refused:
        kept(measure, typed, "included")
    assert why in str(refused.value.errors["included"])
