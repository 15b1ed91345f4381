"""What headquarters takes into stock and hands to its outlets: numbers and papers by lease, the rest in boxes that are
counted at both ends."""

from __future__ import annotations

import json
from pathlib import Path

from boss_tui.management.m09.numbers import KINDS
from data.clock import Clock
from tests.boss_tui.commands.conftest import Boss, Ran
from tests.boss_tui.desk import card_batches, sim_batches
from tests.journeys.province.content import HANDSETS, NUMBERS, PROVIDERS, RECHARGE_CARDS, SIMS, handsets
from tests.journeys.province.managers import CHECKER, MAKER, office
from tests.journeys.province.people import OFFICE_PASSWORD

BOXES = {"sim": (SIMS, ""), "handset": (HANDSETS, "HS-A10"), "card": (RECHARGE_CARDS, "5000")}
"""What goes to each outlet in a box: how many pieces, of what sort."""
_PAPERS = 1_000
_BY_TWO = ("--operator", MAKER, "--approver", CHECKER)
_SECRETS = {"BOSS_PASSWORD": OFFICE_PASSWORD, "BOSS_APPROVER_PASSWORD": OFFICE_PASSWORD}


def done(ran: Ran) -> Ran:
    """A command that must have worked."""
    assert ran.code == 0, (ran.out, ran.err)
    return ran


def before_stock(boss: Boss, folder: Path) -> None:
    """What no screen keeps: the makers' key, of which each of two people knows a part; who sells through us."""
    parts = dict(zip(("BOSS_KEY_PART_1", "BOSS_KEY_PART_2"), card_batches.PARTS, strict=True))
    done(boss("manage", "M5", "key", "7", *_BY_TWO, **parts, **_SECRETS))
    (folder / "providers.json").write_text(json.dumps(PROVIDERS), "utf-8")
    done(boss("headquarters", "load", folder / "providers.json", *_BY_TWO, **_SECRETS))


async def take_in_and_hand_out(boss: Boss, outlets: tuple[str, ...], clock: Clock, language: str, folder: Path) -> None:
    """By keys: one manager takes deliveries in, the other one counts the recharge cards and hands out papers."""
    (folder / "handsets.csv").write_text(handsets(), "utf-8")
    sims = sim_batches.written(folder, sim_batches.cards(SIMS * len(outlets)))
    cards = card_batches.written(folder, card_batches.cards(RECHARGE_CARDS * len(outlets)))
    async with office(boss.folder, clock, language) as m:
        await m.come(MAKER, language)
        await m.act("m5/phone_number", "Make numbers of a segment", numbers="13958001")
        for kind, file in (("sim_card", sims), ("handset", folder / "handsets.csv"), ("recharge_card", cards)):
            await m.take_stock(f"m5/{kind}", file)
        for paper in KINDS:
            run = {"kind": paper, "code": CODES[paper], "first": 1, "last": 9_000}
            await m.act("pz", "Take a delivery of numbers in", **run, supplier="票证印制厂", paper="YS-1")
        await m.go()
        await m.come(CHECKER, language)
        await m.act("m5/recharge_card", "Accept a batch that was counted", pieces=RECHARGE_CARDS * len(outlets))
        for outlet in outlets:
            await m.act(
                "m5/phone_number", "Lease numbers to an outlet", outlet=outlet, grade="ORDINARY", pieces=NUMBERS
            )
            for paper in KINDS:
                run = {"outlet": outlet, "kind": paper, "code": CODES[paper], "pieces": _PAPERS}
                await m.act("pz", "Hand numbers to an outlet", **run, reason="开张")


CODES = {"invoice": "033002600111", "receipt": "ZJSJ", "slip": "ZJDJ", "contract": "ZJHT"}
"""What is printed before the numbers of each kind of paper."""


def boxes(boss: Boss, outlet: str) -> None:
    """A box of each kind is packed by two people, and on its way."""
    for kind, (pieces, of) in BOXES.items():
        sort = ("--of", of) if of else ()
        note = ("headquarters", "note")
        written = done(
            boss(*note, "draft", kind, str(pieces), *sort, "--to", outlet, "--operator", MAKER, "--json", **_SECRETS)
        )
        done(boss(*note, "send", str(written.json["number"]), *_BY_TWO, **_SECRETS))
