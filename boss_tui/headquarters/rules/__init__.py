"""The businesses' own rules, run again at headquarters over what an outlet tells of them (design 6).

One file for each thing that can be lied about; what is a business's own is asked from its Transaction. An entry is
judged by its business date and by what was published then: what was right on that day stands, whatever came after.
Where headquarters can't know what stood then, it takes the entry and notes what a person should look at.

- Who and when: `whose`, `people`, `worded`, `grants`, `trusted`, `offline`, `slips`, `moments`, `dates`, `filled`,
  `writes`.
- Business, customer and line: `moves`, `processes`, `reversals`, `applicants`, `interfaces`, `customers`, `contacts`,
  `named`, `lines`, `owned`, `reaches`, `paid_how`, `validity`, `stops`, `controls`, `let_go`, `portings`, `scheduled`,
  `histories`, `network`.
- What is sold, its price, the money: `products`, `contracts`, `prices`, `monthly_charges`, `items`, `sums`, `tenders`,
  `postings`, `accounts`, `balances`, `deposits`, `paid_back`, `bills`, `bill_payments`, `debts_paid`, `finals`, `owed`,
  `returned`, `points`, `partners`, `disputes`.
- Pieces and numbers: `stock`, `numbers`, `pins`, `counts`, `transfers`.
- Papers, tills and days: `papers`, `paper_ends`, `taxed`, `ranges`, `electronic`, `tills`, `cash`, `closes`, `figures`,
  `sold`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from boss_tui.headquarters.rules import (
    accounts,
    applicants,
    balances,
    bill_payments,
    bills,
    cash,
    closes,
    contacts,
    contracts,
    controls,
    counts,
    customers,
    dates,
    debts_paid,
    deposits,
    disputes,
    electronic,
    figures,
    filled,
    finals,
    grants,
    histories,
    interfaces,
    items,
    let_go,
    lines,
    moments,
    monthly_charges,
    moves,
    named,
    network,
    numbers,
    offline,
    owed,
    owned,
    paid_back,
    paid_how,
    paper_ends,
    papers,
    partners,
    people,
    pins,
    points,
    portings,
    postings,
    prices,
    processes,
    products,
    ranges,
    reaches,
    returned,
    reversals,
    scheduled,
    slips,
    sold,
    stock,
    stops,
    sums,
    taxed,
    tenders,
    tills,
    transfers,
    trusted,
    validity,
    whose,
    worded,
    writes,
)
from boss_tui.headquarters.rules.claim import Claim, Known
from boss_tui.sync.effects import Fault
from boss_tui.sync.shapes import Entry
from data.journal import Change

RULES: tuple[Callable[[Known, Claim], Iterator[Fault]], ...] = (
    whose.judge,
    filled.judge,
    moments.judge,
    people.judge,
    worded.judge,
    applicants.judge,
    interfaces.judge,
    processes.judge,
    reversals.judge,
    moves.judge,
    offline.judge,
    slips.judge,
    sums.judge,
    tenders.judge,
    prices.judge,
    contracts.judge,
    debts_paid.judge,
    bill_payments.judge,
    bills.judge,
    finals.judge,
    deposits.judge,
    returned.judge,
    stock.judge,
    pins.judge,
    counts.judge,
    numbers.judge,
    let_go.judge,
    portings.judge,
    transfers.judge,
    trusted.judge,
    closes.judge,
    cash.judge,
    postings.judge,
    writes.judge,
    tills.judge,
    lines.judge,
    owned.judge,
    named.judge,
    reaches.judge,
    accounts.judge,
    contacts.judge,
    products.judge,
    network.judge,
    stops.judge,
    controls.judge,
    monthly_charges.judge,
    items.judge,
    owed.judge,
    balances.judge,
    paid_back.judge,
    paid_how.judge,
    validity.judge,
    dates.judge,
    scheduled.judge,
    histories.judge,
    points.judge,
    partners.judge,
    disputes.judge,
    grants.judge,
    papers.judge,
    paper_ends.judge,
    taxed.judge,
    ranges.judge,
    electronic.judge,
    figures.judge,
    sold.judge,
    customers.judge,
)


def judged(known: Known, entry: Entry, changes: Sequence[Change]) -> list[Fault]:
    """All that is against an entry, and what is to be noted of it; nothing, or notes alone: it stands, and those
    behind it are judged by what it told."""
    told = Claim(entry, changes)
    found = [fault for rule in RULES for fault in rule(known, told)]
    if all(fault.note for fault in found):
        known.learn(told)
    return found
