"""`boss waiting`: what waits for a person, and what they decide."""

from __future__ import annotations

import json

from tests.boss_tui.commands.conftest import Boss


def test_work_by_hand_is_listed_and_settled(boss: Boss) -> None:
    form = boss("do", "C7.4", "--example").json
    serial = boss("do", "C7.4", "--form", "-", typed=json.dumps(form)).json["serial"]
    (item,) = [each for each in boss("waiting", "list", "--json").json if serial in json.dumps(each)]
    assert (item["kind"], [way["name"] for way in item["ways"]]) == ("manual", ["done", "give_up"])
    assert serial in boss("waiting", "list").out
    paper = boss("waiting", "print").out
    assert serial in "".join(line.strip() for line in paper.splitlines())
    assert "queue-list" in str(boss("waiting", "print", "--json").json)
    refused = boss("waiting", "settle", "manual", item["key"], "give_up")
    assert (refused.code, "why" in refused.err) == (1, True)
    assert boss("waiting", "settle", "dated", item["key"], "burn").code == 1
    assert boss("waiting", "settle", "manual", item["key"], "done").code == 1, "nothing was said"
    settled = boss("waiting", "settle", "manual", item["key"], "done", "--words", "switched on at the platform")
    assert settled.code == 0, settled.err
    assert serial not in boss("waiting", "list").out
    assert boss("verify").code == 0
