"""No word of the store's own, and none of the wrong language, reaches a person: on papers, lists, forms and reports.

A hall is worked in for some days as customers want it (`tests.simulation.wishes`), each business many times and in
many ways; all that the desk answers and all that is printed is read in both languages.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Set
from contextlib import suppress
from dataclasses import dataclass, field
from typing import get_args

import pytest
from msgspec.structs import replace
from sqlalchemy import CheckConstraint

from boss_tui.answers.business import Tender
from boss_tui.business.registry import BUSINESSES, title_of
from boss_tui.components.inquiry import PARTS, InquiryScope
from boss_tui.components.wording import masked_document
from boss_tui.desk import Desk
from boss_tui.locale import LANGUAGES, words
from data.clock import stamp
from data.errors import BossError
from data.message import Message
from data.states import state_name
from data.tables import metadata
from data.tables.customer import Customer
from data.tables.document import PaperDocument
from data.tables.life import ValueChange
from data.tables.order import ProductOrder
from data.tables.organisation import Operator
from data.tables.product import Product
from data.tables.stock import Handset
from data.tables.sync import JournalHead, PrintJob
from tests.boss_tui.transactions.following import network_answers
from tests.boss_tui.words.stray import stray
from tests.boss_tui.words.told import messages, of_form, of_order
from tests.hall import FACTS, Hall
from tests.simulation.wishes import Wishes
from tests.tiers import nightly

ROUNDS = 6
OWN = ("name", "address", "contact_phone")
"""Columns of the history that hold what customers are called."""
TYPED = (
    "杭公证2026-118",
    "客户要求",
    "看不清",
    "花屏",
    "没有订购",
    "缴错号码",
    "查清",
    "刑侦2026-117号",
    "客户反悔",
    "王小明",
    "沈佳音",
    "余额多少",
)


@dataclass
class Reader:
    """Reads what a hall tells, and notes each stray word with where it stood."""

    hall: Hall
    since: str = ""
    found: dict[str, str] = field(default_factory=dict)
    _known: tuple[int, set[str]] = (-1, set())
    _clean: set[tuple[str, str]] = field(default_factory=set)

    def data(self) -> set[str]:
        """What customers, questions and stock are called: no language's words. Read anew once anything was written."""
        (head,) = self.hall.rows(JournalHead)
        if self._known[0] != head.seq:
            self._known = (head.seq, self._called())
        return self._known[1]

    def _called(self) -> set[str]:
        customers, changes = self.hall.rows(Customer), self.hall.rows(ValueChange)
        own = {getattr(c, name) for c in customers for name in OWN}
        own |= {masked_document(c.document_number) for c in customers} | {o.name for o in self.hall.rows(Operator)}
        own |= {value for row in changes if row.field in OWN for value in (row.before, row.after)}
        return own | {unit.colour for unit in self.hall.rows(Handset)} | set(TYPED)

    def read(self, where: str, text: str, language: str) -> None:
        """A text in one language; one that was found to be clean is not looked at again."""
        if (text, language) in self._clean:
            return
        strays = stray(text, language, self._data)
        for word in strays:
            self.found.setdefault(f"{language} {where}: {word}", text[:160])
        if not strays:
            self._clean.add((text, language))

    def tell(self, told: Iterator[tuple[str, Message]], typed: Set[str] = frozenset()) -> None:
        """Messages, in both languages. `typed`: codes that may stand there, since they are what is typed."""
        self._data = self.data() | typed
        for where, message in told:
            for language in LANGUAGES:
                self.read(where, words(language)(message), language)

    def papers(self, language: str) -> None:
        """All that was printed, block by block, in the language of the hall's papers; lists as they look."""
        self._data = self.data()
        business = {row.id: row.business for row in self.hall.rows(ProductOrder)}
        papers = {row.id: row for row in self.hall.rows(PaperDocument)}
        for job in self.hall.rows(PrintJob):
            if job.queued_at <= self.since:  # the hall opened its shift in its own language
                continue
            paper = papers.get(job.document_id)
            where = f"{paper.kind if paper else 'list'} {business.get(job.order_id, '')}"
            for text in blocks(paper.content) if paper else [job.preview]:
                self.read(where, text, language)
            self.read(f"title of {where}", job.title, language)


SAYS = ("text", "label", "value", "data")
"""The parts of a block that are printed; a row prints its cells."""


def blocks(content: str) -> Iterator[str]:
    """The texts of a stored paper."""
    for block in json.loads(content)["blocks"]:
        yield from (block[part] for part in SAYS if part in block)
        yield from block.get("cells", ())


@pytest.fixture(params=["en", *nightly("zh_CN")])
def worked(request: pytest.FixtureRequest, hall: Hall) -> tuple[Hall, str]:
    """A hall whose papers are in a language."""
    language: str = request.param
    hall.desk.seat.station = replace(hall.desk.seat.station, paper_language=language)
    return hall, language


def done(desk: Desk, code: str, wishes: Wishes, reader: Reader) -> str:
    """A business as somebody wants it, read at each step; its serial, or nothing where it could not be done."""
    wish = wishes.of(code)
    view = desk.forms.begin(code, wish.typed)
    for name in wish.lists:
        offered = desk.forms.choices(view.id, name, "")
        reader.tell((f"{code}.{name} list", message) for message in messages((c.label, c.detail) for c in offered))
        liked = [c.value for c in offered if wish.likes(c.value)] or [c.value for c in offered]
        view = desk.forms.fill(view.id, {name: wishes.chance.choice(liked)}) if liked else view
    typed = {str(value) for value in view.values.values() if value and not str(value).isascii()}
    reader.tell(of_form(view), typed | {product.code for product in reader.hall.rows(Product)})
    if view.qualification.verdict == "override":
        view = desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    due = view.quote.due
    outcome = desk.orders.complete(view.id, [Tender("cash", abs(due) if due > 0 else due)] if due else [])
    reader.tell(of_order(outcome))
    return outcome.serial


def test_no_stray_word_is_told_or_printed(worked: tuple[Hall, str]) -> None:
    hall, language = worked
    reader, chance = Reader(hall, stamp(hall.clock.now())), random.Random(20261128)
    wishes = Wishes(hall.desk, hall.store, chance)
    made: set[str] = set()
    for _ in range(ROUNDS):
        for code in sorted(BUSINESSES):
            hall.desk.serving.next_customer()
            with suppress(BossError):
                serial = done(hall.desk, code, wishes, reader)
                made.add(code)
                if chance.random() < 0.5:
                    network_answers(hall)
                if chance.random() < 0.4:
                    hall.desk.orders.cancel(serial, "客户反悔", FACTS.supervisor, FACTS.password)
    assert made == set(BUSINESSES)
    for view in hall.desk.lookups.orders(""):
        reader.tell(of_order(view))
        reader.tell(of_order(hall.desk.lookups.order(view.serial)))
    with hall.store.reading() as reading:
        customers = reading.all(Customer)
        rows = [
            (p, row) for p in PARTS for c in customers for row in PARTS[p].rows(reading, InquiryScope(c.id, title_of))
        ]
    for part, row in rows:
        shown = [cell if isinstance(cell, Message) else Message("{text}", {"text": cell}) for cell in row]
        reader.tell((f"inquiry {part}", message) for message in shown)
    reader.papers(language)
    hall.desk.signing.speak(language)
    reports = [
        hall.desk.reports.shown("x"),
        hall.desk.till.close_shift({}, "客户要求", FACTS.supervisor, FACTS.password),
    ]
    for report in (*reports, hall.desk.reports.shown("z"), hall.desk.reports.shown("day")):
        reader.read("report", "\n".join(report.preview), language)
    assert not reader.found, "\n".join(f"{where}\n     {text!r}" for where, text in sorted(reader.found.items()))


# what stands still


def test_no_chinese_word_of_the_catalogue_teaches_a_code() -> None:
    """What Chinese clerks are told to choose are the words of the list, not the codes that the store keeps."""
    codes = {
        value
        for business in BUSINESSES.values()
        for name, field in business.form.model_fields.items()
        if name != "by_agent"
        for value in get_args(field.annotation)
        if isinstance(value, str) and len(value) > 1
    }
    assert {"collect", "suspend", "none"} <= codes
    helps = {
        f"{business.code}.{spec.name}": words("zh_CN")(part)
        for business in BUSINESSES.values()
        for spec in business.form.fields()
        for part in (spec.ask.label, spec.ask.help, spec.ask.means)
    }
    taught = {where: text for where, text in helps.items() if codes & set(re.findall("[a-z_]+", text))}
    assert not taught


def test_every_state_of_every_table_has_a_name() -> None:
    states = {
        f"{table.name}.{value}": value
        for table in metadata().sorted_tables
        if "state" in table.columns
        for check in table.columns["state"].constraints
        if isinstance(check, CheckConstraint)
        for value in re.findall(r"'([\w-]+)'", str(check.sqltext))
    }
    assert "product_order.inProgress" in states
    assert not {where for where, value in states.items() if state_name(value).template == "{code}"}
