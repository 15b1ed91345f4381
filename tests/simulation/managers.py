"""Random managers beside random customers: three people at headquarters change whatever is published, three outlets
sell, go offline for days and come back; days are closed and opened, here and there.

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
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import func, select

from boss_tui.answers import DraftView
from boss_tui.businesses import BUSINESSES
from boss_tui.components.tariff import DEPOSIT, NUMBER_FEE, PREPAYMENT
from boss_tui.desk import Desk
from boss_tui.editions.scope import scopes_of
from boss_tui.verify import verify
from boss_tui.verify.rule import Check, columns_of
from boss_tui.verify.run import RULES
from data.errors import BossError
from data.message import Message
from data.store import Store
from data.tables.act import Act
from data.tables.edition import Edition, EditionLine, PublishedLine
from data.tables.resource import PhoneNumber
from data.tables.sync import JournalHead, Lease, SyncException, WaitingItem
from tests.simulation import playing
from tests.simulation.changes import SUBJECTS, Changes, RowWish
from tests.simulation.customers import QUICK, WHOLE_AT
from tests.simulation.handed_down import Book, Row, differences
from tests.simulation.province import MANAGERS, Province, Shop, make_template
from tests.simulation.tally import Tally

OFFICE_ACTS = {
    "draft": 12,
    "prices": 6,
    "staff": 3,
    "go_on": 3,
    "submit": 6,
    "decide": 12,
    "rebase": 3,
    "describe": 2,
    "withdraw": 3,
    "roll_back": 4,
    "emergency": 3,
    "review": 2,
    "put_right": 2,
    "password": 1,
    "lease": 3,
    "recall": 2,
}
"""What managers do, and how often."""
AROUND = {"exchange": 12, "sell": 24, "network": 3, "cut": 4, "mend": 3, "night": 6}
"""What goes on at the outlets."""
STEPS = [*(what for what, times in (AROUND | OFFICE_ACTS).items() for _ in range(times))]
HANDSET = "handset"
BY_OTHER_MEANS = (PREPAYMENT, DEPOSIT, NUMBER_FEE, "points_spent", "late_fee")
"""Items whose amount is not that of a rule alone: what they come to is reckoned with it."""
_counted = [func.count().label("n")]


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
        self.book, self.played = Book(), 0
        self.touched: set[str] = set()
        for shop in self.province.shops.values():
            self._exchanged(shop)
        self.touched.clear()

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
        if what in OFFICE_ACTS:
            self.touched.add("")
            self._tried(what, lambda: getattr(self, what)(chance, self._manager(chance)))
        else:
            shop = chance.choice([*self.province.shops.values()])
            shop.clerk.desk.forms.expire()
            getattr(self, what)(chance, shop)

    # what managers do

    def _manager(self, chance: random.Random) -> Desk:
        return self.province.managers[chance.choice(MANAGERS)]

    def _other(self, edition: Edition, chance: random.Random) -> Desk:
        """Who may decide it: as a rule not who made it."""
        others = [who for who in MANAGERS if who not in (edition.author, edition.first_approver)]
        return self.province.managers[chance.choice(others if others and chance.random() < 0.9 else MANAGERS)]

    def _tried(self, what: str, act: Callable[[], object]) -> bool:
        """Whether it was done; what was refused has changed nothing."""
        before = self._published()
        try:
            act()
        except BossError as refusal:
            self.tally.others[f"{what}: refused"] += 1
            self.tally.reasons[self._why(refusal)] += 1
        else:
            self.tally.others[what] += 1
            return True
        assert self._published() == before, "a refusal changed what is published"
        return False

    @staticmethod
    def _why(refusal: BossError) -> str:
        told = [*getattr(refusal, "reasons", ()), *getattr(refusal, "errors", {}).values()] or [refusal.message]
        why = told[0].values.get("why")
        return why.template if isinstance(why, Message) else str(told[0].template)

    def _published(self) -> Any:
        with self.central.reading() as reading:
            editions = [dict(row.__dict__) for row in reading.all(Edition, order=("number",))]
            counted = [reading.scalar(select(*_counted).select_from(columns_of(model))) for model in COUNTED]
        return editions, counted

    def _editions(self, *states: str, by: Desk | None = None) -> list[Edition]:
        with self.central.reading() as reading:
            found = [each for state in states for each in reading.all(Edition, state=state, order=("number",))]
        return [each for each in found if by is None or each.author == self._who(by)]

    @staticmethod
    def _who(desk: Desk) -> str:
        assert desk.seat.operator is not None
        return desk.seat.operator.staff_no

    def _wished(self, chance: random.Random, desk: Desk, which: str, *said: str) -> RowWish:
        with self.central.reading() as reading:
            found: RowWish = getattr(Changes(desk, reading, chance, self.province.office_day()), which)(*said)
        return found

    def _put(self, desk: Desk, wish: RowWish, edition: str = "", **said: str) -> str:
        """Into a draft: the named one, or a new one; its key."""
        managing = desk.managing
        if wish.op == "add":
            return managing.add(wish.name, wish.typed, edition, **said).edition.id
        if wish.op == "end":
            return managing.end(wish.name, wish.keys, edition, **said).edition.id
        return managing.change(wish.name, wish.keys, wish.typed, edition, **said).edition.id

    def _made(self, chance: random.Random, desk: Desk, wish: RowWish, code: str) -> None:
        """A draft with a row or a few, which mostly goes on at once."""
        scope = chance.choice([each.value for each in desk.managing.scopes()]) if chance.random() < 0.3 else ""
        when = chance.choice(("", "", "", self.province.later(1), self.province.later(2), self.province.later(5)))
        said = {"title": f"Change of {code}", "reason": "as wanted", "effective_from": when, "scope": scope}
        made = self._put(desk, wish, **said)
        if chance.random() < 0.4:
            with suppress(BossError):
                self._put(desk, self._wished(chance, desk, "any", code), made)
        if chance.random() < 0.75:
            self._tried("submit", lambda: desk.editions.submit(made))
            if chance.random() < 0.6:
                self._decided(chance, self._edition(made))

    def _edition(self, key: str) -> Edition:
        with self.central.reading() as reading:
            return reading.one(Edition, id=key)

    def _decided(self, chance: random.Random, edition: Edition) -> None:
        desk = self._other(edition, chance)
        if chance.random() < 0.15:
            self._tried("reject", lambda: desk.editions.reject(edition.id, "not so"))
            return
        seen = desk.editions.show(edition.id).seen
        if self._tried("approve", lambda: desk.editions.approve(edition.id, seen)):
            self.tally.ways[edition.subject, self._edition(edition.id).state] += 1

    def draft(self, chance: random.Random, desk: Desk) -> None:
        """Something of a subject."""
        code = chance.choice(SUBJECTS)
        self._made(chance, desk, self._wished(chance, desk, "any", code), code)

    def prices(self, chance: random.Random, desk: Desk) -> None:
        """Prices."""
        self._made(chance, desk, self._wished(chance, desk, "price"), "M6")

    def staff(self, chance: random.Random, desk: Desk) -> None:
        """Staff dismissed, engaged, moved."""
        self._made(chance, desk, self._wished(chance, desk, "staff"), "M7")

    def go_on(self, chance: random.Random, desk: Desk) -> None:
        """More rows into what is worked on, or was sent back; or one taken out."""
        mine = self._editions("draft", "rejected", "submitted", by=desk)
        if mine:
            edition = chance.choice(mine)
            if chance.random() < 0.2:
                desk.editions.drop(edition.id, 0)
            else:
                self._put(desk, self._wished(chance, desk, "any", edition.subject), edition.id)

    def submit(self, chance: random.Random, desk: Desk) -> None:
        """A draft is handed over."""
        mine = self._editions("draft", by=desk)
        if mine:
            desk.editions.submit(chance.choice(mine).id)

    def decide(self, chance: random.Random, _desk: Desk) -> None:
        """What was submitted is approved, or sent back."""
        if waiting := self._editions("submitted"):
            self._decided(chance, chance.choice(waiting))

    def rebase(self, chance: random.Random, desk: Desk) -> None:
        """What has become stale, or may, is based on what stands; some fields are left as they are."""
        mine = self._editions("stale", by=desk) or self._editions("draft", "submitted", by=desk)
        if mine:
            edition = chance.choice(mine)
            moved = desk.editions.show(edition.id).moved
            desk.editions.rebase(edition.id, [(m.position, m.column) for m in moved if chance.random() < 0.3])

    def describe(self, chance: random.Random, desk: Desk) -> None:
        """Another date."""
        mine = self._editions("draft", "submitted", "rejected", by=desk)
        if mine:
            when = self.province.later(chance.randrange(-1, 4))
            desk.editions.describe(chance.choice(mine).id, effective_from=when)

    def withdraw(self, chance: random.Random, desk: Desk) -> None:
        """What waits, for a decision or its date, is taken back."""
        found = self._editions("approved") or self._editions("draft", "submitted", "stale", "rejected", by=desk)
        if found:
            desk.editions.withdraw(chance.choice(found).id, "not any more")

    def roll_back(self, chance: random.Random, desk: Desk) -> None:
        """What is in force is brought back, mostly the latest."""
        if done := self._editions("in_force"):
            edition = chance.choice(done[-4:])
            when = chance.choice(("", "", self.province.later(1)))
            made, _ = desk.editions.roll_back(edition.id, "was wrong", when)
            if self._tried("submit", lambda: desk.editions.submit(made.id)):
                self._decided(chance, self._edition(made.id))

    def emergency(self, chance: random.Random, desk: Desk) -> None:
        """A draft counts at once."""
        mine = [each for each in self._editions("draft", by=desk) if not each.effective_from]
        if mine:
            desk.editions.let_count_at_once(chance.choice(mine).id)
        else:
            made = self._put(desk, self._wished(chance, desk, "price"), title="At once", reason="wrong in print")
            self._tried("at once", lambda: desk.editions.let_count_at_once(made))

    def review(self, chance: random.Random, _desk: Desk) -> None:
        """What counted at once is looked at."""
        found = [each for each in self._editions("in_force") if each.emergency and not each.reviewed_at]
        if found:
            edition = chance.choice(found)
            self._other(edition, chance).editions.review(edition.id, "looked at")

    def put_right(self, _chance: random.Random, desk: Desk) -> None:
        """The outlets' own people work there again, whoever dismissed or moved them."""
        edition = ""
        for shop in self.province.shops.values():
            for staff_no, role in ((shop.place.clerk, "clerk"), (shop.place.supervisor, "supervisor")):
                back = {"state": "active", "outlet": shop.name, "role": role}
                wish = RowWish("M7/operator", "change", ((staff_no,),), back)
                said = {} if edition else {"title": "Back to work", "reason": "wanted there"}
                edition = self._put(desk, wish, edition, **said)
        with self.central.reading() as reading:
            lines = reading.all(EditionLine, edition=edition, dropped=0)
        for line in lines:
            if line.after == "{}":
                desk.editions.drop(edition, line.position)
        self._tried("at once", lambda: desk.editions.let_count_at_once(edition))

    def password(self, chance: random.Random, desk: Desk) -> None:
        """A password for once, for nobody in particular."""
        desk.personnel.give_password(chance.choice(("1002", "1003")), "forgotten")

    def lease(self, chance: random.Random, desk: Desk) -> None:
        """Numbers to an outlet."""
        outlet = chance.choice([*self.province.shops])
        pieces = str(chance.choice((5, 50)))
        desk.acting.do("M5/phone_number", "lease", {"outlet": outlet, "pieces": pieces})

    def recall(self, chance: random.Random, desk: Desk) -> None:
        """A block of numbers is asked back."""
        with self.central.reading() as reading:
            blocks = reading.all(Lease, kind="number", recalled_at="", order=("handed_at", "id"))
            left = [block.id for block in blocks if reading.all(PhoneNumber, lease_id=block.id, state="idle")]
        if len(left) > len(self.province.shops):
            desk.acting.do("M5/phone_number", "recall", {"lease": chance.choice(left)})

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
            self.tally.reasons[f"{code}: {self._why(refusal)}"] += 1
        else:
            self.tally.ends[code, "completed"] += 1
            self._charged_what_is_in_force(shop, shown)

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
            shop.clerk.desk.forms.expire()
        chief = self._manager(chance)
        chief.day.close()
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
            self.tally.reasons[self._why(refusal)] += 1

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
            if line.item in BY_OTHER_MEANS or not of_item:
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


COUNTED = (EditionLine, PublishedLine, Act)
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
