"""M3.2 classify customers 客户分类: the rules by which it is done, who was classified by hand, red and black lists.

A run of the rules puts who moves into editions (`m03_2.run`); a partner's list comes as a file (`m03_2.list_files`).
Source: catalogue M3.2, F3.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Annotated

from pydantic import Field

from boss_tui.editions.standing import on_row
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Day, Named, Whole
from boss_tui.management.kit.entity import Entity
from boss_tui.management.kit.one_form import AMONG, free_code
from boss_tui.management.kit.repeating import rows_of
from boss_tui.management.kit.subject import Change, RuleRun, Subject, TryOut
from boss_tui.management.m03_2.checks import CLASS_CHECKS, OWN
from boss_tui.management.m03_2.conditions import CELLS, ConditionForm
from boss_tui.management.m03_2.run import begin, step, told
from boss_tui.management.m03_2.trial import ClassTrialForm, would_move
from data.message import say
from data.statements import table_name
from data.store import Reading
from data.tables.customer import Category, ClassRule, Customer, CustomerClass, DocumentKind, ListedPerson
from data.tables.service import Partner

_LAST = say("The last business date; empty: for good.")
_PASSPORT = "07"


class ClassRuleForm(Form):
    """A rule, as it is typed."""

    code: Annotated[Named, Ask(say("Rule"), "code", length=20)]
    name_zh: Annotated[str, Ask(say("Chinese name"), length=30)]
    name_en: Annotated[str, Ask(say("English name"), length=30)] = ""
    category: Annotated[str, Ask(say("Category"), help=say("Of whom it fits."), length=20)]
    rank: Annotated[
        Whole, Ask(say("Rank"), "digits", help=say("The smallest is looked at first.")), Field(le=9_999)
    ] = 100
    conditions: Annotated[
        str,
        rows_of(ConditionForm),
        Ask(
            say("Conditions"),
            "multiline",
            help=say("A line each, such as spend | >= | 300 | 3, age | >= | 60, document_kind | = | 00,01"),
        ),
    ]
    valid_from: Annotated[Day | None, Ask(say("From"), "date")] = None
    valid_to: Annotated[Day | None, Ask(say("Until"), "date", help=_LAST)] = None
    state: Annotated[str, Ask(say("State"), "choice")] = "active"


class ClassForm(Form):
    """Somebody who is classified by hand."""

    document_kind: Annotated[str, Ask(say("Document kind"), "code", length=4)]
    document_number: Annotated[str, Ask(say("Document no."), "code", length=30)]
    category: Annotated[str, Ask(say("Category"), length=20)]
    reason: Annotated[str, Ask(say("Reason"), help=say("Needed where it is by hand."), length=60)] = ""
    valid_to: Annotated[Day | None, Ask(say("Until"), "date", help=_LAST)] = None
    outlet: Annotated[
        str, Ask(say("Outlet"), "code", help=say("Whose customer it is; empty: all outlets are told."), length=20)
    ] = ""
    how: Annotated[str, Ask(say("How"), "choice", help=say("By hand it stays, whatever rules say."))] = "hand"
    rule: Annotated[str, Ask(say("Rule"), "code", length=20)] = ""


class ListedForm(Form):
    """Somebody on a list."""

    id: Annotated[str, Ask(say("Entry no."), help=say("Left empty, a new entry is given a key."), length=60)] = ""
    list: Annotated[str, Ask(say("Which list"), "choice")] = "black"
    document_kind: Annotated[str, Ask(say("Document kind"), "code", length=4)]
    document_number: Annotated[str, Ask(say("Document no."), "code", length=30)]
    name: Annotated[str, Ask(say("Name"), length=60)] = ""
    reason: Annotated[str, Ask(say("Reason"), length=60)]
    basis: Annotated[str, Ask(say("Legal base"), help=say("A law, a contract, a letter: with its number."), length=60)]
    source: Annotated[str, Ask(say("Source"), help=say("own, or a partner's code."), length=20)] = OWN
    valid_from: Annotated[Day | None, Ask(say("Since"), "date")] = None
    valid_to: Annotated[Day | None, Ask(say("Until"), "date", help=_LAST)] = None


RULES = Entity(
    ClassRule,
    ClassRuleForm,
    say("Rules of classes"),
    ("code", "name_zh", "name_en"),
    listed=("rank", "code", "name_zh", "name_en", "category", "valid_from", "valid_to", "state"),
    sort="rank",
    rows={"conditions": ConditionForm},
    cells={"conditions": CELLS},
)
CLASSES = Entity(
    CustomerClass,
    ClassForm,
    say("Classified"),
    ("document_number", "category", "reason", "rule"),
    numbers=("document_number",),
)
LISTED = Entity(
    ListedPerson,
    ListedForm,
    say("Lists"),
    ("document_number", "name", "reason", "source"),
    listed=("list", "document_kind", "document_number", "name", "reason", "source", "valid_from", "valid_to", "basis"),
    sort="document_number",
    numbers=("document_number",),
    named_by={"source": Partner, "document_kind": DocumentKind},
    words={"source": {OWN: say("our own list")}},
    whole_file=True,
)


def _example(reading: Reading) -> Iterable[Change]:
    """A rule for who spends much, somebody whom the manager knows, an entry of a partner's list, else of our own."""
    category = next(iter(reading.all(Category, state="active", order=("rank",))))
    key = next((row for row in reading.all(Category, code="key", state="active")), category)
    ranks = {row.rank for row in reading.all(ClassRule)}
    yield Change(
        RULES.name,
        "add",
        values={
            "code": free_code(reading, ClassRule, "SPEND"),
            "name_zh": "三月消费满五百",
            "name_en": "Spends 500 in 3 months",
            "category": key.code,
            "rank": str(next(rank for rank in count(1) if rank not in ranks)),
            "conditions": "spend | >= | 500 | 3\nowed | <= | 0",
        },
    )
    person = next((each for each in reading.few(Customer, AMONG, order=("id",)) if _free(reading, each)), None)
    if person is not None:
        known = {"document_kind": person.document_kind, "document_number": person.document_number}
        yield Change(CLASSES.name, "add", values={**known, "category": key.code, "reason": "总经理室批准"})
    numbers = (f"E{n}" for n in count(48_261_973))
    number = next(each for each in numbers if reading.find(ListedPerson, document_number=each) is None)
    partner = next(iter(reading.all(Partner, kind="information", state="active", order=("code",))), None)
    yield Change(
        LISTED.name,
        "add",
        values={
            "document_kind": _PASSPORT,
            "document_number": number,
            "name": "TEST PERSON",
            "reason": "冒用他人证件",
            "basis": "工信部令第25号",
            **({"source": partner.code} if partner else {}),
        },
    )


def _free(reading: Reading, person: Customer) -> bool:
    """Whether nothing is said of somebody, and nobody is about to."""
    key = person.document_kind, person.document_number
    said = reading.find(CustomerClass, document_kind=key[0], document_number=key[1])
    return said is None and not on_row(reading, table_name(CustomerClass), key)


SUBJECT = Subject(
    "M3.2",
    (RULES, CLASSES, LISTED),
    checks=CLASS_CHECKS,
    tries=TryOut(ClassTrialForm, would_move, lambda _: {}),
    example=_example,
    runs={CLASSES.name: RuleRun(say("Run the rules over all customers"), begin, step, told)},
    empty={
        "F4": say("Which products a category may buy is M4's."),
        "F5": say("No number and no card is touched."),
        "F6": say("What a category pays is said by price rules (M6)."),
        "F8": say("Ratings and limits of one customer are M8's; those of a category M3.1's."),
        "F9": say("How papers look is M9's."),
        "F10": say("The network knows of no categories."),
        "F11": say("What a category pays less is booked by the sale."),
        "F12": say("No account is touched: what is charged follows at the next sale or bill."),
        "A1": say("Who behaves strangely is watched by rules of M14; a black list is put together here."),
        "A2": say("What customers are told of benefits is an article of M1's."),
        "A3": say("Points go by what was paid, in every category."),
        "B2": say("Partners are settled with by their contracts (M18)."),
    },
)
