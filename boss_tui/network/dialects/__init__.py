"""Dialects: the command languages of network elements (domain-facts 1). A third, such as ZTE's, is one more module."""

from __future__ import annotations

from collections.abc import Mapping

from boss_tui.network.dialects.answers import Code
from boss_tui.network.dialects.dialect import Dialect, Templates
from boss_tui.network.dialects.ericsson import Ericsson
from boss_tui.network.dialects.huawei import Huawei
from boss_tui.network.dialects.templates import Words
from data.errors import NotFound
from data.message import say

DIALECTS: dict[str, type[Huawei | Ericsson]] = {Huawei.name: Huawei, Ericsson.name: Ericsson}


def dialect(
    name: str,
    templates: Templates | None = None,
    values: Words | None = None,
    codes: Mapping[str, Code] | None = None,
) -> Dialect:
    """The dialect of that name, with the tables given, or those it brings. NotFound: there is none."""
    if name not in DIALECTS:
        raise NotFound(say("There is no dialect {name}.", name=name))
    return DIALECTS[name](templates, values, codes)
