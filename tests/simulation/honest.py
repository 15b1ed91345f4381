"""Random days of a hall, told to headquarters: an honest outlet is believed, whatever it does.

Each day's journal is pushed to a headquarters that publishes the same, in batches of any size and at any time
later; no entry may be put aside, and what headquarters then holds of the outlet's tables is what the outlet has.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from boss_tui.components.operators.passwords import hashed
from boss_tui.headquarters.office import Office, author
from boss_tui.headquarters.push import take_batch
from boss_tui.sync.first import FirstEdition
from boss_tui.sync.keys import DeviceKey
from boss_tui.sync.outbox import packed_batch, tail
from boss_tui.verify import verify
from data import demo, schema
from data.clock import SeededClock
from data.store import Store
from data.tables.sync import EnrolledOutlet, JournalHead, SyncException
from tests.engines import Copy
from tests.hall import FACTS, START
from tests.simulation.any_business import CUSTOMERS
from tests.simulation.customers import AnyBusiness

DEVICE, OWN = DeviceKey(bytes(range(32))), DeviceKey(bytes(range(1, 33)))
BATCH = 40


def make_headquarters(url: str) -> None:
    """A headquarters of the hall that `any_business` plays in, in an empty database; closed."""
    store = Store(url, clock=SeededClock(START))
    schema.create(store)
    demo.make(store, hasher=hashed, publish=FirstEdition(), clock=store.clock, customers=CUSTOMERS, role="headquarters")
    with store.transaction(author(FACTS.outlet, "enrol"), journalled=False) as tx:
        tx.add(EnrolledOutlet, outlet=FACTS.outlet, public_key=DEVICE.public)
    store.close()


def tell(outlet: Store, office: Office) -> list[SyncException]:
    """Push all of an outlet's journal; answers what was put aside or noted."""
    with outlet.reading() as reading:
        head, after = reading.one(JournalHead, outlet=FACTS.outlet), 0
        while entries := tail(reading, head, after, BATCH):
            packed = packed_batch(head, entries, DEVICE)
            after = take_batch(office, FACTS.outlet, packed.body, packed.signature).next_seq - 1
    with office.store.reading() as reading:
        return reading.all(SyncException, order=("seq",))


class Honest(AnyBusiness):
    """A hall whose days headquarters hears of."""

    headquarters: ClassVar[tuple[Copy]]
    told: ClassVar[list[str]]

    def teardown(self) -> None:
        """What the day told is believed, and holds there too."""
        if hasattr(self, "store"):
            clock = SeededClock(self.store.clock.now())
            folder = Path(self.folder) / "headquarters"
            folder.mkdir()
            office = Office(Store(self.headquarters[0](folder), clock=clock), OWN)
            found = tell(self.store, office)
            with office.store.reading() as reading:
                wrong = verify(reading)
            office.store.close()
            type(self).told.extend(str(finding) for finding in wrong)
            type(self).told.extend(f"{row.seq} {row.reason} {row.detail} {row.state}" for row in found)
        super().teardown()

    def _must_hold(self, rules: Any) -> None:
        """`any_business` asks that."""
