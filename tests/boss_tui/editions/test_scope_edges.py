"""Whom an edition reaches: as it is typed, in words, and which outlets that are."""

from __future__ import annotations

from typing import Any

import pytest

from boss_tui.components import stations
from boss_tui.editions import scope as scopes
from boss_tui.locale import words
from data.errors import BadForm
from data.tables.organisation import Outlet
from data.tables.sync import Setting
from tests.boss_tui.components.rows import Rows, row


def outlet(code: str, region: str, channel: str, **values: Any) -> Any:
    return row(Outlet, code=code, region=region, channel=channel, name_zh=f"厅{code}", name_en=f"Hall {code}", **values)


THERE: Any = Rows(
    outlet("H1", "杭州", "own"),
    outlet("H2", "杭州", "agent"),
    outlet("H3", "", "own"),
    outlet("H4", "温州", "agent", state="closed"),
    outlet("HQ", "总部", "own"),
    row(Setting, name=stations.OFFICE, value="HQ"),
)
EVERY = ["", "channel:own", "channel:agent", "region:杭州", "outlet:H1", "outlet:H2", "outlet:H3"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ""),
        ("  ", ""),
        ("region:杭州", "region:杭州"),
        (" outlet: H1 ", "outlet:H1"),
        ("channel:own", "channel:own"),
        ("outlet:H:1", "outlet:H:1"),
        ("region", None),
        ("region:", None),
        ("region: ", None),
        ("outlet:H\t1", None),
        ("shop:H1", None),
        (":H1", None),
    ],
)
def test_a_scope_is_typed_by_its_kind_and_what_of_it(typed: str, meant: str | None) -> None:
    if meant is not None:
        assert scopes.checked(typed) == meant
        return
    with pytest.raises(BadForm) as refused:
        scopes.checked(typed)
    assert set(refused.value.errors) == {"scope"}


@pytest.mark.parametrize("typed", EVERY)
def test_a_scope_reaches_somebody_who_sells(typed: str) -> None:
    assert scopes.must_be(THERE, typed) == typed


@pytest.mark.parametrize("typed", ["region:温州", "region:总部", "outlet:H4", "outlet:HQ", "outlet:H9", "channel:web"])
def test_a_scope_that_reaches_nobody_is_refused(typed: str) -> None:
    with pytest.raises(BadForm, match=r"."):
        scopes.must_be(THERE, typed)


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        ("", "all outlets"),
        ("outlet:H1", "Hall H1"),
        ("outlet:H4", "H4"),  # it is closed
        ("channel:own", "own halls: 2 outlets"),
        ("channel:agent", "agents: 1 outlet"),
        ("region:杭州", "杭州: 2 outlets"),
        ("region:温州", "温州: 0 outlets"),
    ],
)
def test_a_scope_is_told_in_words(scope: str, said: str) -> None:
    assert words("en")(scopes.in_words(THERE, scope)) == said


def test_those_that_there_are_are_listed_each_once() -> None:
    assert [scope for scope, _ in scopes.choices(THERE)] == EVERY


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("H1", ("", "region:杭州", "channel:own", "outlet:H1")),
        ("H3", ("", "channel:own", "outlet:H3")),
        ("H9", ("", "outlet:H9")),
    ],
)
def test_an_outlet_is_in_all_that_name_it(code: str, found: tuple[str, ...]) -> None:
    assert scopes.scopes_of(THERE, code) == found


@pytest.mark.parametrize(("at", "code", "is_one"), [(THERE, "HQ", True), (THERE, "H1", False), (Rows(), "", False)])
def test_the_office_is_who_the_setting_names(at: Any, code: str, is_one: bool) -> None:
    assert stations.is_office(at, code) is is_one
    assert stations.shelf(at, code) == ("" if is_one else code)


def test_a_store_says_in_which_scopes_it_is() -> None:
    here: Any = Rows()
    assert scopes.scopes_here(here) is None
    for said in (["outlet:H1", ""], ["", "region:杭州", "outlet:H1"]):
        scopes.be_in(here, said)
        assert scopes.scopes_here(here) == frozenset(said)
    assert len(here.rows) == 1


@pytest.mark.parametrize(("code", "home"), [("H1", "outlet:H1"), ("", "")])
def test_a_row_of_an_outlet_is_told_to_it_alone(code: str, home: str) -> None:
    assert scopes.home_of({"outlet": code}) == home
