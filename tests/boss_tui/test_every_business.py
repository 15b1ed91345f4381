"""What holds for every business of the table: its example works, its words fit, a wrong form changes nothing.

The same is asked of what managers do in `test_every_management`.
"""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from rich.cells import cell_len

from boss_tui.answers.business import Tender
from boss_tui.business.registry import BUSINESSES
from boss_tui.catalogue import BUSINESS_NAMES, COMPONENTS
from boss_tui.headquarters.rules import items, postings, writes
from boss_tui.headquarters.rules.claim import Claim, Known
from boss_tui.locale import words
from boss_tui.sync.effects import changes_in
from boss_tui.sync.shapes import Entry, entry_values
from data.errors import BadForm, BossError, OutOfStock
from data.journal import Author
from data.tables.base import Table
from data.tables.order import ProductOrder, Subscription
from data.tables.organisation import RoleRight
from data.tables.resource import PhoneNumber, SimCard
from data.tables.stock import Handset, RechargeCard
from data.tables.sync import JournalEntry
from screens.actions import ACTIONS
from screens.business import BusinessScreen
from screens.registry import screen_of
from tests.boss_tui.transactions.following import network_answers, sound
from tests.hall import FACTS, Hall

CODES = sorted(BUSINESSES)
LABEL = 14
NOTHING: dict[type[Table], str] = {
    Subscription: "terminated",
    PhoneNumber: "withdrawn",
    SimCard: "void",
    Handset: "scrapped",
    RechargeCard: "void",
}
"""By its table, the state in which a row is no use to anybody."""

PUT_ASIDE = """headquarters would put that aside. What a business writes of a table stands in WRITES
(boss_tui/headquarters/rules/writes.py); that it gives back what was earned, in its `gives_back`; what it enters in the
books without a payment, in `_unpaid` (boss_tui/headquarters/rules/postings.py)."""


def put_aside(hall: Hall) -> list[str]:
    """What headquarters would not believe of a hall's entries, by who may write what and enter what in the books."""
    found = []
    with hall.store.reading() as reading:
        for entry in reading.all(JournalEntry, outlet=FACTS.outlet, order=("seq",)):
            told = Claim(Entry.model_validate(entry_values(entry)), changes_in(entry.body, FACTS.outlet))
            for rule in (writes, postings, items):
                found += [f"{entry.kind}: {fault.reason} {fault.detail}" for fault in rule.judge(Known(reading), told)]
    return found


@pytest.mark.parametrize("code", CODES)
def test_its_example_works_and_all_that_holds_holds(hall: Hall, code: str) -> None:
    form = json.loads(json.dumps(hall.desk.forms.example(code)))  # as the command line hands it on
    view = hall.desk.forms.begin(code, form)
    assert not view.errors, view.errors
    if view.qualification.verdict == "override":
        view = hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    due = view.quote.due
    outcome = hall.desk.orders.complete(view.id, [Tender("cash", abs(due))] if due else [])
    assert (outcome.code, outcome.due) == (code, due)
    assert sound(hall)
    network_answers(hall)
    assert not put_aside(hall), PUT_ASIDE
    assert hall.rows(ProductOrder, serial=outcome.serial)[0].state in {"completed", "pending"}
    assert sound(hall)
    assert hall.desk.orders.complete(view.id, []).serial == outcome.serial  # done once, whoever asks again


def test_where_there_is_nothing_yet_it_says_that_no_example_can_be_made(hall: Hall) -> None:
    """An outlet on its first day, before it has stock or customers."""
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        for model, state in NOTHING.items():
            for row in tx.all(model):
                tx.change(row, state=state)
    for code in CODES:
        with suppress(OutOfStock):
            assert code == hall.desk.forms.begin(code, hall.desk.forms.example(code)).code


@pytest.mark.parametrize("code", CODES)
def test_what_a_supervisor_was_shown_is_what_is_done(hall: Hall, code: str) -> None:
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(RoleRight, role="clerk", business=code), approval="supervised")
    view = hall.desk.forms.begin(code, hall.desk.forms.example(code))
    view = hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    assert view.qualification.verdict == "yes", view.qualification
    due = view.quote.due
    assert hall.desk.orders.complete(view.id, [Tender("cash", abs(due))] if due else []).code == code


@pytest.mark.parametrize("code", CODES)
def test_an_empty_form_is_refused_beside_its_fields_and_changes_nothing(hall: Hall, code: str) -> None:
    view = hall.desk.forms.begin(code)
    with pytest.raises(BadForm) as refused:
        hall.desk.orders.complete(view.id, [])
    assert set(refused.value.errors) <= set(hall.desk.forms.form(code).model_fields)
    assert not hall.rows(ProductOrder, business=code, draft_id=view.id)


@pytest.mark.parametrize("code", CODES)
def test_a_form_with_a_field_too_many_is_refused(hall: Hall, code: str) -> None:
    view = hall.desk.forms.begin(code, {**hall.desk.forms.example(code), "no_such_field": "x"})
    with pytest.raises(BossError):
        hall.desk.orders.complete(view.id, [Tender("cash", abs(view.quote.due))] if view.quote.due else [])


NOBODY = ("13957099999", "1", "张三", "110105194912310021", "😀", "%")
"""What may stand in the first field and means nobody, or several."""


@pytest.mark.parametrize("code", CODES)
def test_every_list_opens_whatever_stands_above_it(hall: Hall, code: str) -> None:
    names = [spec.name for spec in hall.desk.forms.form(code).fields()]
    for typed in NOBODY:
        view = hall.desk.forms.begin(code, {names[0]: typed})
        for name in names:
            hall.desk.forms.choices(view.id, name, "")
            hall.desk.forms.choices(view.id, name, "1")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("code", CODES)
def test_its_labels_fit_in_both_languages(code: str, language: str) -> None:
    speak = words(language)
    wide = [speak(spec.ask.label) for spec in BUSINESSES[code].form.fields() if cell_len(speak(spec.ask.label)) > LABEL]
    assert not wide


@pytest.mark.parametrize("code", CODES)
def test_it_is_of_the_catalogue_and_has_a_screen(code: str) -> None:
    business = BUSINESSES[code]
    assert words("zh_CN")(business.name) == words("zh_CN")(BUSINESS_NAMES[code])
    assert issubclass(screen_of(code), BusinessScreen)
    assert set(business.empty) <= set(COMPONENTS)
    names = [alias for other in BUSINESSES.values() for alias in other.aliases]
    names += [word for action in ACTIONS for word in action.words]
    assert all(names.count(alias) == 1 for alias in business.aliases)


def test_no_two_places_share_a_word_of_the_prompt() -> None:
    words_of_places = [word for action in ACTIONS for word in action.words]
    assert len(words_of_places) == len(set(words_of_places))
