"""Random managers bring rows and pieces in by file, and run rules over all: good files, bad ones, the same one again; a
job that rests is gone on with, also by a program that knows nothing of it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from boss_tui.desk import Desk
from boss_tui.desk.station import Files
from boss_tui.management.subjects import MODULES, subject
from data.check_digits import luhn
from data.store import Reading
from data.tables.customer import ListedPerson, ListFile
from data.tables.job import Job
from data.tables.resource import NumberSegment
from data.tables.stockroom import CardBatch
from data.tables.tariff import PriceRule
from tests.boss_tui.desk import card_batches, sim_batches
from tests.boss_tui.management.test_m03_list_files import person, written
from tests.simulation.at_office import AtOffice
from tests.simulation.province import CHECKER, MAKER, Province, at_office
from tests.simulation.tally import Tally

FEW, BAD = 6, 0.3
"""Rows of a file; how often one of them is wrong."""
SOURCE = "IN001"
SAID = {"title": "From a file", "reason": "as wanted"}
RUNS = [f"{code}/{entity}" for code in MODULES for entity in subject(code).runs]
"""Lists whose rules are run over all."""


def _prices(reading: Reading, chance: random.Random, path: Path) -> Path:
    """Other amounts of some prices."""
    rules = reading.all(PriceRule, state="published", order=("id",))
    some = chance.sample(rules, k=min(FEW, len(rules)))
    amounts = [_or_bad(chance, f"{chance.randrange(0, 200)}.00") for _ in some]
    return _plain(path, "id,amount", [f"{rule.id},{amount}" for rule, amount in zip(some, amounts, strict=True)])


def _numbers(reading: Reading, chance: random.Random, path: Path) -> Path:
    """Numbers of a segment: some are there already."""
    prefix = chance.choice(reading.all(NumberSegment, order=("prefix",))).prefix
    some = {f"{prefix}{chance.randrange(10 ** (11 - len(prefix))):0{11 - len(prefix)}d}" for _ in range(FEW)}
    return _plain(path, "number", [_or_bad(chance, number) for number in sorted(some)])


def _handsets(_reading: Reading, chance: random.Random, path: Path) -> Path:
    """A supplier's note."""
    bodies = [f"8601239{chance.randrange(10_000):07d}" for _ in range(FEW)]
    return _plain(path, "imei,model,colour", [f"{_or_bad(chance, body + luhn(body))},HS-A10,黑" for body in bodies])


def _sims(_reading: Reading, chance: random.Random, path: Path) -> Path:
    """A maker's batch, whole or not at all."""
    first = FEW * chance.randrange(50)
    rows = sim_batches.cards(first + FEW)[first:]
    rows[-1][0] = _or_bad(chance, rows[-1][0])
    said = {"order": f"DX-{first}", "first_iccid": rows[0][0], "first_imsi": rows[0][1]}
    return sim_batches.written(path.parent, rows, **said).rename(path)


def _cards(_reading: Reading, chance: random.Random, path: Path) -> Path:
    """A printer's batch of recharge cards."""
    n = chance.randrange(50)
    rows = card_batches.cards(FEW, card_batches.FIRST + FEW * n)
    rows[-1][0] = _or_bad(chance, rows[-1][0])
    return card_batches.written(path.parent, rows, order=f"CZ-{n}", sequence=str(n + 1)).rename(path)


def _plain(path: Path, heading: str, lines: Sequence[str]) -> Path:
    path.write_text("\n".join([heading, *lines, ""]), "utf-8")
    return path


def _or_bad(chance: random.Random, cell: str) -> str:
    """A cell, or what can't stand there."""
    return cell if chance.random() > BAD / FEW else f"{cell}x"


KINDS: dict[str, Callable[[Reading, random.Random, Path], Path]] = {
    "M6/price_rule": _prices,
    "M5/phone_number": _numbers,
    "M5/handset": _handsets,
    "M5/sim_card": _sims,
    "M5/recharge_card": _cards,
}
"""What comes in by file, and who writes such a one."""


class FileWork(AtOffice):
    """Files and jobs."""

    acts: ClassVar[dict[str, int]] = {"file": 8, "accept": 2, "listed": 2, "run": 6, "job": 4}

    def __init__(self, province: Province, folder: Path, tally: Tally) -> None:
        super().__init__(province, folder, tally)
        self.files: list[tuple[str, Path]] = []
        maker, checker = province.managers[MAKER], province.managers[CHECKER]
        card_batches.with_key(maker, checker, folder)
        for desk in province.managers.values():
            desk.seat.transport_key = maker.seat.transport_key
            desk.seat.files = Files(folder)

    def file(self, chance: random.Random, desk: Desk) -> None:
        """A file of one of these kinds, or one that was there before."""
        if self.files and chance.random() < 0.25:
            name, path = chance.choice(self.files)
        else:
            name, path = chance.choice([*KINDS]), self.folder / f"{len(self.files)}.csv"
            with self.central.reading() as reading:
                KINDS[name](reading, chance, path)
            self.files.append((name, path))
        files = desk.row_files
        judged = files.preview(name, path)
        while files.judge(judged):
            pass
        said = SAID if judged.entity.stock is None else {}
        good_rows, again = chance.random() < 0.5, chance.random() < 0.5
        job = files.begin_import(name, judged, path, good_rows=good_rows, again=again, **said)
        self._on(chance, desk, job)

    def accept(self, chance: random.Random, desk: Desk) -> None:
        """A batch of recharge cards is counted, mostly right."""
        with self.central.reading() as reading:
            waiting = reading.all(CardBatch, accepted_at="", order=("id",))
        if waiting:
            batch = chance.choice(waiting)
            pieces = FEW if chance.random() < 0.6 else FEW - 1
            said = {"missing": batch.first_serial, "reason": "the box was open"} if chance.random() < 0.4 else {}
            desk.acting.do("M5", "accept", {"order": batch.order_no, "pieces": str(pieces), **said})

    def listed(self, chance: random.Random, desk: Desk) -> None:
        """A partner's list of people, mostly the next one."""
        with self.central.reading() as reading:
            here = max((row.sequence for row in reading.all(ListFile, source=SOURCE, list="black")), default=0)
            there = {row.document_number for row in reading.all(ListedPerson, source=SOURCE, list="black")}
        numbers = sorted({f"E4826{chance.randrange(1000, 1020)}" for _ in range(FEW)})
        people = [person(each, op="end" if each in there and chance.random() < 0.5 else "add") for each in numbers]
        path = written(self.folder, *people, source=SOURCE, sequence=here + chance.choice((1, 1, 1, 1, 0, 2)))
        for edition in desk.list_files.take(path):
            self.tried("submit", partial(desk.editions.submit, edition.id))

    def run(self, chance: random.Random, desk: Desk) -> None:
        """Rules run over all: credit control, ratings, classes, grades, questions tried against orders of the past."""
        self._on(chance, desk, desk.row_files.begin_run(chance.choice(RUNS), **SAID))

    def job(self, chance: random.Random, _desk: Desk) -> None:
        """A job that rests is gone on with by whose it is, sometimes in a program that knows nothing of it."""
        with self.central.reading() as reading:
            rest = [job for state in ("running", "stopped") for job in reading.all(Job, state=state, order=("id",))]
        if rest:
            job = chance.choice(rest)
            desk = self.province.managers[job.operator]
            if chance.random() < 0.5:
                made = at_office(self.province.office, job.operator)
                made.seat.transport_key, made.seat.files = desk.seat.transport_key, desk.seat.files
                desk = made
            self._on(chance, desk, desk.row_files.go_on(job.id))

    def _on(self, chance: random.Random, desk: Desk, job: Job) -> None:
        """To its end, or until somebody stops it, or its program is gone. What came of it is submitted, or left."""
        files = desk.row_files
        while job.state == "running":
            rests = chance.random()
            if rests < 0.15:
                files.stop(job.id)
                return
            if rests < 0.2 or not self.tried("step", partial(files.step, job.id)):
                return
            with self.central.reading() as reading:
                job = reading.one(Job, id=job.id)
        self.tally.others[f"{job.kind} {job.entity}: {job.state}"] += 1
        for edition, _ in json.loads(job.said).get("editions", ()):
            if chance.random() < 0.7:
                self.tried("submit", partial(desk.editions.submit, edition))
