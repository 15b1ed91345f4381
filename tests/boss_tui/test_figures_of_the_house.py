"""Figures that have no source but the house itself: how much is listed, taken at once, looked back on; each once more.

As in `components/test_figures_of_rules.py`: the tests of a rule take its figure from the code.
"""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LINES = 400
"""Lines of a module at most: one that has more has a second subject, which wants a name of its own."""
FIGURES: dict[str, dict[str, Any]] = {
    "components.operators.at_work": {"LONGEST": timedelta(days=1)},
    "components.resources.blank_cards": {"SERIAL": 16},
    "components.credit.control_stages": {"MOST_DAYS": 999},
    "components.credit.credit_control": {"MEAN_DAYS": 90, "MEAN_MONTHS": 3},
    "components.qualification.expressions": {"LONGEST": 400},
    "components.extra_fields": {
        "MOST_TEXT": 200,
        "_MOST_DIGITS": 15,
        "_WIDTHS": {"text": 40, "number": 16, "amount": 12, "date": 12, "choice": 14, "flag": 3},
    },
    "components.resources.grading": {"DIGITS": 11, "MOST_LOOPS": 3, "LONGEST": 200},
    "components.credit.hall_credit": {"DAY_HOURS": 24},
    "components.identity.text": {"NAME_LENGTH": 64, "ORGANISATION_LENGTH": 128, "ADDRESS_LENGTH": 200},
    "components.inquiry": {"MOST": 60},
    "components.documents.number_stock": {"MOST": 1_000},
    "components.documents.paid_back": {"FACTS": 2},
    "components.stock.piece_count": {"LONGEST": 40},
    "components.products.subscriptions": {"TAIL": 4},
    "components.ledger.put_aside": {"MOST": 10**15},
    "components.qualification.questions": {"MOST_SENT": 20, "_REASON": 120},
    "components.slip_numbers": {"LENGTH": 20},
    "components.operators.staff_passwords": {"LENGTH": 8, "MANAGERS_LENGTH": 12, "LONGEST": 64, "_GROUPS": 3},
    "components.stock.stock_count": {"MOST": 1_000_000},
    "components.till.blind": {"ALONE": 2},
    "components.till.cash": {"MOST_PIECES": 20_000, "MOST_IN_SAFE": 200_000},
    "components.wording": {"_MOST_YUAN": 10**16},
    "components.operators.work_record": {"MOST": 2_000},
    "desk.asking": {"_ROUNDS": 3},
    "desk.editing": {"MOST": 200, "SOON": 2},
    "desk.electronic": {"LATEST": 200},
    "desk.hits": {"MOST": 20},
    "desk.numbers": {"DIGITS": 8},
    "desk.one_line": {"_SHORTEST": 6},
    "desk.order_search": {"MOST": 50, "_DAYS": 31, "_RUNNING": 4, "AS_PRINTED": 10, "_TAIL": 4},
    "desk.order_view": {"COLUMNS": 48},
    "desk.porting": {"LATEST": 200},
    "desk.reporting": {"REPORT_COLUMNS": 48},
    "desk.row_files": {"AT_ONCE": 20_000},
    "desk.signing": {"MOST_LINES": 1_000},
    "desk.timing": {"BESIDE": timedelta(days=1)},
    "desk.transfers": {"COLUMNS": 48},
    "desk.unattended": {"STILL_SECONDS": 10},
    "editions.rehearsal": {"MOST_LINES": 5_000},
    "editions.second": {"WHOLE": 10_000},
    "headquarters.absence": {"CALLS": timedelta(hours=1), "CLOCK": timedelta(days=2)},
    "headquarters.admission": {"MOST": 10**13, "AHEAD": timedelta(days=2), "BEHIND": timedelta(days=400)},
    "headquarters.app": {"PACK_OVER": 2_000},
    "headquarters.card_keys": {"PAGE": 5_000},
    "headquarters.feed": {"ITEM_ROWS": 500},
    "headquarters.founding": {"MANAGERS": 2},
    "headquarters.history": {"PAGE_BYTES": 2_000_000},
    "headquarters.note_sheets": {"MOST": 5_000},
    "headquarters.rules.stock": {"FILLED": timedelta(days=1)},
    "headquarters.transfers": {"MOST": 100_000},
    "headquarters.unlocking": {"CHALLENGE": 8},
    "management.kit.coming": {"FEW": 5, "MANY": 200},
    "management.kit.exporting": {"STEP": 2_000},
    "management.kit.filters": {"LAST_DIGITS": 4},
    "management.kit.importing": {"STEP": 1_000},
    "management.kit.jobs": {"LATEST": 50},
    "management.kit.listing": {"PAGE": 50, "COUNTED": 10_000},
    "management.kit.stock": {"PAGE": 10_000, "SHOWN": 2_000, "SAMPLE": 20, "KNOWN": 1_000},
    "management.kit.streamed": {"CHUNK": 1 << 20},
    "management.m02_2_bindings": {"_TOLD": 10},
    "management.m02_2_run": {"MOST": 500, "STEP": 25, "NAMED": 20},
    "management.m03_category_checks": {"_TOLD": 3},
    "management.m03_category_trial": {"ADULT": 30},
    "management.m03_class_trial": {"MOST": 20_000, "EXAMPLES": 3},
    "management.m03_classifying": {"PAGE": 500},
    "management.m03_conditions": {"MOST_MONTHS": 24},
    "management.m05_number_acts": {"MOST": 10_000},
    "management.m05_number_stock": {"PREFIX": 7},
    "management.m05_numbering": {"_NETWORK": 5},
    "management.m05_recharge_cards": {"_SEQUENCE": 999_999_999},
    "management.m05_regrade": {"STEP": 5_000},
    "management.m05_trial": {"PREFIX": 7, "PAGE": 10_000, "EXAMPLES": 3},
    "management.m07_people": {"WORKING_AGE": 16},
    "management.m08_checks": {"NUMBER_LENGTH": 11},
    "management.m08_control": {"PAGE": 200, "TOLD": 200},
    "management.m08_scoring": {"PAGE": 500, "MONTHS": 6, "FEN": 100},
    "management.m09_layout_checks": {"TOLD": 20},
    "management.m09_numbers": {"MOST": 10_000_000, "LAST": 99_999_999},
    "management.m19_processes": {"MOST_SHEETS": 9},
    "management.m19_running": {"_TOLD": 5},
    "management.m19_times": {"_BAR": 20, "_TEN": 10},
    "management.choosing": {"CHOICES": 100},
    "management.words": {"DESCRIBED": 4},
    "network.advance": {"BACK_OFF": (10, 60, 300, 900), "AT_ONCE": 500, "OLD_REFUSAL": 2},
    "network.queue": {"LIMIT_MINUTES": 60},
    "network.send": {"MOST": 500},
    "remote.simulated": {"LIMIT": 5},
    "remote.simulated_tax": {"LIMIT": 100_000_000, "LAPSES": 72},
    "sync.reasons": {"MOST_SAID": 500, "MOST_TOLD": 20},
    "transactions.c03.exchange_sim": {"BLANKS_SHOWN": 40},
    "transactions.c07_3_roaming": {"_OFFERED": (7, 15, 30)},
    "transactions.c11.form": {"SERIAL": 17},
    "transactions.lists": {"CARDS": 500},
}


@pytest.mark.parametrize("module", FIGURES)
def test_figures_are_those_that_were_decided(module: str) -> None:
    found = vars(import_module(f"boss_tui.{module}"))
    assert {name: found[name] for name in FIGURES[module]} == FIGURES[module]


def test_no_module_is_too_long_to_be_read() -> None:
    sources = [path for name in ("boss_tui", "screens", "data", "printers") for path in (ROOT / name).rglob("*.py")]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in sources}
    assert lengths["boss_tui/start/app.py"] > 0
    assert {path: lines for path, lines in lengths.items() if lines > LINES} == {}
