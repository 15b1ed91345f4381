"""What headquarters has to hand down, and what outlets get of it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.boss_tui.commands.conftest import Boss, Ran
from tests.journeys.province.content import HANDSETS, PROVIDERS, RECHARGE_CARDS, stock
from tests.journeys.province.managers import CHECKER, CHOSEN, MAKER


def done(ran: Ran) -> Ran:
    """A command that must have worked."""
    assert ran.code == 0, (ran.out, ran.err)
    return ran


def stocked(office: Boss, folder: Path) -> None:
    """Stock at headquarters, and providers' services, which no manager's screen keeps yet."""
    (folder / "stock.json").write_text(json.dumps({**stock(), **PROVIDERS}), "utf-8")
    by_two = ("--operator", MAKER, "--approver", CHECKER)
    secrets = {"BOSS_PASSWORD": CHOSEN, "BOSS_APPROVER_PASSWORD": CHOSEN}
    done(office("headquarters", "load", folder / "stock.json", *by_two, **secrets))


def supplied(office: Boss, outlet: Boss, code: str) -> None:
    """What not every outlet sells, and none asks for by itself: handsets and recharge cards."""
    for kind, pieces, of in (("handset", HANDSETS, "HS-A10"), ("card", RECHARGE_CARDS, "5000")):
        done(office("headquarters", "lease", code, kind, str(pieces), "--of", of))
    done(outlet("sync"))
