"""Random managers beside random customers: three people at headquarters change whatever is published (`edition_work`),
hand stock out and ask it back (`stock_work`), bring files in and run rules (`file_work`); three outlets sell, pack and
unpack boxes, hand rights over, go offline for days and come back; days are closed and opened, here and there.

After each step, at every store that it touched, all that `boss verify` asks must hold (that the whole file is sound and
all rows are what the journal says: after every eighth step and at the end). An outlet's published rows are exactly what
headquarters' lines give for its business date, as far as it has read them (`handed_down`). A price charged is one in
force there. What was refused has changed nothing. Whatever headquarters notes of an honest outlet follows from what was
done here. In the end all links are up, and everybody has everything.

usage: python -m tests.simulation.managers [EXAMPLES] [STEPS] [SEED] [--shrink] [--replay FILE]
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from boss_tui.answers.business import DraftView
from boss_tui.business.registry import BUSINESSES
from boss_tui.components.tariff.tariff import DEPOSIT, NUMBER_FEE, PREPAYMENT
from boss_tui.desk import Desk
from boss_tui.editions.scope import scopes_of
from boss_tui.verify import verify
from boss_tui.verify.rule import Check
from boss_tui.verify.run import RULES
from data.errors import BossError
from data.store import Store
from data.tables.edition import PublishedLine
from data.tables.sync import JournalHead, SyncException, WaitingItem
from tests.simulation import playing
from tests.simulation.at_office import AtOffice, why
from tests.simulation.customers import QUICK, WHOLE_AT
from tests.simulation.edition_work import EditionWork
from tests.simulation.file_work import FileWork
from tests.simulation.handed_down import Book, Row, differences
from tests.simulation.province import MANAGERS, Province, Shop, make_template
from tests.simulation.stock_work import StockWork, boxes
from tests.simulation.tally import Tally

WORK = (EditionWork, StockWork, FileWork)
"""What managers do."""
OFFICE_ACTS = {what: times for work in WORK for what, times in work.acts.items()}
AROUND = {"exchange": 12, "sell": 24, "boxes": 5, "delegate": 2, "network": 3, "cut": 4, "mend": 3, "night": 6}
"""What goes on at the outlets, and how often."""
STEPS = [*(what for what, times in (AROUND | OFFICE_ACTS).items() for _ in range(times))]
HANDSET = "handset"
BY_OTHER_MEANS = (PREPAYMENT, DEPOSIT, NUMBER_FEE, "points_spent", "late_fee")
"""Items whose amount is not that of a rule alone: what they come to is reckoned with it."""


class Managers:
    """A province, for as many days as it lasts."""

    steps: ClassVar[Sequence[str]] = STEPS
    holds = False
    """Whether all held after the last step."""

    def __init__(self, template: Path, tally: Tally) -> None:
        self.template, self.tally = template, tally

    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="boss-managers-"))
        self.province = Province(self.template, self.folder)
        self.central: Store = self.province.office.store
        self.office = {what: work for work in self._work() for what in work.acts}
        self.book, self.played = Book(), 0
        self.touched: set[str] = set()
        for shop in self.province.shops.values():
            self._exchanged(shop)
        self.touched.clear()

    def _work(self) -> list[AtOffice]:
        (files := self.folder / "files").mkdir()
        return [work(self.province, files, self.tally) for work in WORK]

    def teardown(self) -> None:
        """The day is over: if all held so far, every link is up, everybody has everything, and all holds everywhere."""
        self.tally.day_over()
        try:
            if self.holds:
                self._all_together_at_last()
        finally:
            self.province.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def step(self, *, what: str, seed: int) -> None:
        """Something that somebody does: a manager at the office, or what goes on at an outlet."""
        chance, self.holds = random.Random(seed), False
        self.province.clock.move(minutes=chance.randrange(1, 20))
        for shop in self.province.shops.values():
            shop.forms_end()
        if what in OFFICE_ACTS:
            self.touched.add("")
            work, desk = self.office[what], self._manager(chance)
            work.tried(what, lambda: getattr(work, what)(chance, desk))
        else:
            shop = chance.choice([*self.province.shops.values()])
            getattr(self, what)(chance, shop)

    def _manager(self, chance: random.Random) -> Desk:
        return self.province.managers[chance.choice(MANAGERS)]

    # what goes on at an outlet

    def sell(self, chance: random.Random, shop: Shop) -> None:
        """A customer, mostly right and sometimes not."""
        self.touched.add(shop.name)
        code = chance.choice(("C1", "C1", "C10", "C11", "C12", *sorted(BUSINESSES)))
        try:
            view = shop.clerk.filled(code, chance)
            shown = shop.clerk.desk.forms.quote(view.id)
            shop.clerk.completed(shown)
        except BossError as refusal:
            self.tally.ends[code, "refused"] += 1
            self.tally.reasons[f"{code}: {why(refusal)}"] += 1
        else:
            self.tally.ends[code, "completed"] += 1
            self._charged_what_is_in_force(shop, shown)

    def boxes(self, chance: random.Random, shop: Shop) -> None:
        """A box that came, or is asked for."""
        self._refused_or_done("box of an outlet", shop, lambda: boxes(chance, shop))

    def delegate(self, chance: random.Random, shop: Shop) -> None:
        """The supervisor's word, or a right, is handed to the clerk for some days; or taken back."""
        self._refused_or_done("delegation", shop, lambda: self._delegated(chance, shop))

    def _delegated(self, chance: random.Random, shop: Shop) -> None:
        hands = shop.chief.delegating
        standing = [each.number for each in hands.listed()]  # refused to who was dismissed meanwhile
        if standing and chance.random() < 0.5:
            hands.withdraw(chance.choice(standing))
            return
        right, until = chance.choice(("approvals", "C9", "C10", "C12")), self.province.later(chance.randrange(0, 5))
        hands.hand(shop.place.clerk, right, "", until, "away")

    def _refused_or_done(self, what: str, shop: Shop, act: Callable[[], object]) -> None:
        self.touched.add(shop.name)
        try:
            act()
        except BossError as refusal:
            self.tally.others[f"{what}: refused"] += 1
            self.tally.reasons[why(refusal)] += 1
        else:
            self.tally.others[what] += 1

    def network(self, _chance: random.Random, shop: Shop) -> None:
        """The network does what waits."""
        self.touched.add(shop.name)
        shop.network_answers()

    def exchange(self, _chance: random.Random, shop: Shop) -> None:
        """The link does its work."""
        if shop.linked:
            self._exchanged(shop)

    def _exchanged(self, shop: Shop) -> None:
        self.touched |= {shop.name, ""}
        done = shop.link().exchange()
        assert done.fault is None, done.fault
        assert done.stopped is None, done.stopped
        with self.central.reading() as reading:
            self.book.read(reading)
            scopes, last = scopes_of(reading, shop.name), self.book.last()
        with shop.store.reading() as reading:
            cursor = reading.one(JournalHead, outlet=shop.name).stream_cursor
            waiting = reading.all(WaitingItem, outlet="", state="waiting")
        assert cursor == last, f"{shop.name} has read up to {cursor} of {last}"
        assert not waiting, f"waits at {shop.name}: {waiting}"
        shop.read = (cursor, scopes)

    def cut(self, _chance: random.Random, shop: Shop) -> None:
        """The link is gone."""
        shop.linked = False

    def mend(self, _chance: random.Random, shop: Shop) -> None:
        """It is back."""
        shop.linked = True
        self._exchanged(shop)

    def night(self, chance: random.Random, _shop: Shop) -> None:
        """A day passes: at the office, and at most outlets, one business date is closed and the next is opened."""
        self.touched |= {"", *self.province.shops}
        self.province.clock.move(days=chance.choice((1, 1, 1, 2)))
        for shop in self.province.shops.values():
            shop.forms_end()
        chief = self._manager(chance)
        chief.day.close("seen to tomorrow")
        chief.day.open(self.province.today())
        for shop in self.province.shops.values():
            if chance.random() < 0.8:
                self._next_day(shop)

    def _next_day(self, shop: Shop) -> None:
        """An outlet closes its date, if it is open, and opens the next: unless those who do that were dismissed."""
        try:
            shop.at_work()
            if shop.day():
                shop.close_day()
            shop.open_day(self.province.today())
            shop.fall_due()
            self.tally.others["a day that is opened"] += 1
        except BossError as refusal:
            self.tally.others["a day that is not opened"] += 1
            self.tally.reasons[why(refusal)] += 1

    # what always holds

    def all_holds(self) -> None:
        """Wherever the last step did something."""
        self.tally.steps += 1
        self.played += 1
        self._must_hold(QUICK if self.played % WHOLE_AT else RULES)

    def _must_hold(self, rules: Sequence[Check]) -> None:
        self.holds = False
        if "" in self.touched:
            self._sound("headquarters", self.central, rules)
            self._explained()
            with self.central.reading() as reading:
                self.book.read(reading)
        for name, shop in self.province.shops.items():
            if name in self.touched:
                self._sound(name, shop.store, rules)
                found = differences(self.book, shop.store, *shop.read)
                assert not found, f"{name} has other rows: {found[:3]}"
        self.touched.clear()
        self.holds = True

    def _sound(self, name: str, store: Store, rules: Sequence[Check]) -> None:
        with store.reading() as reading:
            found = verify(reading, rules=rules)
        assert not found, f"{name}: {found[:5]}"

    def _charged_what_is_in_force(self, shop: Shop, view: DraftView) -> None:
        """Each line of a price is what a rule says that is in force there, by headquarters' lines."""
        day = shop.day()
        rows = self.book.rows(*shop.read, day)
        rules = [row for (table, _), row in rows.items() if table == "price_rule" and row["business"] == view.code]
        bundles = [row for (table, _), row in rows.items() if table == "handset_bundle"]
        for line in view.quote.lines:
            of_item = [row for row in rules if row["item"] == line.item and row["product"] == line.resource]
            if line.item in BY_OTHER_MEANS or line.source or not of_item:  # what is given back is what was taken then
                continue
            in_force = {
                row["amount"] * row["percent"] // 100
                for row in of_item
                if row["state"] == "published"
                and row["monthly"] == line.monthly
                and row["outlet"] in ("", shop.name)
                and _holds(row, day)
            }
            if line.item == HANDSET:
                in_force |= {row["price"] for row in bundles if _holds(row, day)}
            assert line.amount in in_force, f"{view.code} at {shop.name} on {day}: {line}, in force: {in_force}"

    def _explained(self) -> None:
        """What headquarters notes of honest outlets has a cause: what it goes by was changed since it was handed."""
        with self.central.reading() as reading:
            told = reading.all(SyncException, order=("outlet", "seq"))
            changed = {line.table_name for line in reading.all(PublishedLine) if line.number > FIRST}
        for each in told:
            causes = CAUSES.get(each.reason, frozenset())
            assert each.state == "noted", f"{each.reason} {each.detail} of {each.outlet} {each.seq} is put aside"
            assert causes & changed, f"{each.reason} {each.detail} of {each.outlet} {each.seq} has no cause"

    def _all_together_at_last(self) -> None:
        for _ in range(2):
            for shop in self.province.shops.values():
                shop.linked = True
                self._exchanged(shop)
        self._must_hold(RULES)


def _holds(row: Row, day: str) -> bool:
    return row["valid_from"] <= day and (not row["valid_to"] or day <= row["valid_to"])


FIRST = 9
"""The last item of the stream that the province began with."""
CAUSES = {
    "price": frozenset({"price_rule", "number_grade", "category", "charge_item", "product", "customer_class"}),
    "staff": frozenset({"operator"}),
    "right": frozenset({"role_right", "role", "operator"}),
    "approval": frozenset({"role_right", "role", "operator"}),
}
"""By the reason of a note: the tables of which a change explains it."""


def province(folder: Path) -> Path:
    """A province to copy, in a folder."""
    (made := folder / "province").mkdir()
    return make_template(made)


def main() -> None:
    """Run from the command line."""

    def made(folder: Path, tally: Tally) -> Callable[[], Managers]:
        return partial(Managers, province(folder), tally)

    playing.main("managers", made, playing.run_seeds)


if __name__ == "__main__":
    main()
