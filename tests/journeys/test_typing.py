"""What is typed ahead of the whole program, at once and as by a scanner: each night, as `tests.benchmarks.typing` does
40 times at each of five speeds. By day it is typed ahead of a quick desk: tests/screens/test_type_ahead.py."""

from __future__ import annotations

import pytest

from tests.benchmarks.typing import LONGEST, WAYS, Template, make_template, run_names, run_opening

pytestmark = [pytest.mark.pty, pytest.mark.nightly]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A home with a shift open."""
    return make_template(tmp_path_factory.mktemp("typing") / "home")


@pytest.mark.parametrize("gap", [0.0, 0.005])
def test_an_opening_typed_ahead_of_a_cold_start(template: Template, gap: float) -> None:
    assert run_opening(template, gap)


def test_chinese_names_arrive_whole(template: Template) -> None:
    assert run_names(template) == dict.fromkeys(WAYS, LONGEST)
