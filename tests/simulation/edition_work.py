"""Random managers change what headquarters publishes: editions of every subject, in every way that one goes."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import ClassVar

from boss_tui.desk import Desk
from data.errors import BossError
from data.tables.edition import Edition, EditionLine
from tests.simulation.at_office import AtOffice
from tests.simulation.changes import SUBJECTS, Changes, RowWish


class EditionWork(AtOffice):
    """Editions, from a draft on."""

    acts: ClassVar[dict[str, int]] = {
        "draft": 12,
        "prices": 6,
        "staff": 3,
        "process": 4,
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
    }

    def editions(self, *states: str, by: Desk | None = None) -> list[Edition]:
        with self.central.reading() as reading:
            found = [each for state in states for each in reading.all(Edition, state=state, order=("number",))]
        return [each for each in found if by is None or each.author == self.who(by)]

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
            self.tried("submit", lambda: desk.editions.submit(made))
            if chance.random() < 0.6:
                self.decided(chance, self._edition(made))

    def _edition(self, key: str) -> Edition:
        with self.central.reading() as reading:
            return reading.one(Edition, id=key)

    def decided(self, chance: random.Random, edition: Edition) -> None:
        desk = self.another(chance, edition.author, edition.first_approver)
        if chance.random() < 0.15:
            self.tried("reject", lambda: desk.editions.reject(edition.id, "not so"))
            return
        seen = desk.editions.show(edition.id).seen
        if self.tried("approve", lambda: desk.editions.approve(edition.id, seen)):
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

    def process(self, chance: random.Random, desk: Desk) -> None:
        """What a process asks for: whose word from which amount on, how long its steps may take, how many sheets."""
        self._made(chance, desk, self._wished(chance, desk, "process"), "M19")

    def go_on(self, chance: random.Random, desk: Desk) -> None:
        """More rows into what is worked on, or was sent back; or one taken out."""
        mine = self.editions("draft", "rejected", "submitted", by=desk)
        if mine:
            edition = chance.choice(mine)
            if chance.random() < 0.2:
                desk.editions.drop(edition.id, 0)
            else:
                self._put(desk, self._wished(chance, desk, "any", edition.subject), edition.id)

    def submit(self, chance: random.Random, desk: Desk) -> None:
        """A draft is handed over."""
        mine = self.editions("draft", by=desk)
        if mine:
            desk.editions.submit(chance.choice(mine).id)

    def decide(self, chance: random.Random, _desk: Desk) -> None:
        """What was submitted is approved, or sent back."""
        if waiting := self.editions("submitted"):
            self.decided(chance, chance.choice(waiting))

    def rebase(self, chance: random.Random, desk: Desk) -> None:
        """What has become stale, or may, is based on what stands; some fields are left as they are."""
        mine = self.editions("stale", by=desk) or self.editions("draft", "submitted", by=desk)
        if mine:
            edition = chance.choice(mine)
            moved = desk.editions.show(edition.id).moved
            desk.editions.rebase(edition.id, [(m.position, m.column) for m in moved if chance.random() < 0.3])

    def describe(self, chance: random.Random, desk: Desk) -> None:
        """Another date."""
        mine = self.editions("draft", "submitted", "rejected", by=desk)
        if mine:
            when = self.province.later(chance.randrange(-1, 4))
            desk.editions.describe(chance.choice(mine).id, effective_from=when)

    def withdraw(self, chance: random.Random, desk: Desk) -> None:
        """What waits, for a decision or its date, is taken back."""
        found = self.editions("approved") or self.editions("draft", "submitted", "stale", "rejected", by=desk)
        if found:
            desk.editions.withdraw(chance.choice(found).id, "not any more")

    def roll_back(self, chance: random.Random, desk: Desk) -> None:
        """What is in force is brought back, mostly the latest."""
        if done := self.editions("in_force"):
            edition = chance.choice(done[-4:])
            when = chance.choice(("", "", self.province.later(1)))
            made, _ = desk.editions.roll_back(edition.id, "was wrong", when)
            if self.tried("submit", lambda: desk.editions.submit(made.id)):
                self.decided(chance, self._edition(made.id))

    def emergency(self, chance: random.Random, desk: Desk) -> None:
        """A draft counts at once."""
        mine = [each for each in self.editions("draft", by=desk) if not each.effective_from]
        if mine:
            desk.editions.let_count_at_once(chance.choice(mine).id)
        else:
            made = self._put(desk, self._wished(chance, desk, "price"), title="At once", reason="wrong in print")
            self.tried("at once", lambda: desk.editions.let_count_at_once(made))

    def review(self, chance: random.Random, _desk: Desk) -> None:
        """What counted at once is looked at."""
        found = [each for each in self.editions("in_force") if each.emergency and not each.reviewed_at]
        if found:
            edition = chance.choice(found)
            self.another(chance, edition.author, edition.first_approver).editions.review(edition.id, "looked at")

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
        self.tried("at once", lambda: desk.editions.let_count_at_once(edition))

    def password(self, chance: random.Random, desk: Desk) -> None:
        """A password for once, for nobody in particular."""
        desk.personnel.give_password(chance.choice(("1002", "1003")), "forgotten")
