"""M5 product resources 产品资源管理: number segments, groups, grades and the patterns that grade, blocks of IMSIs,
kinds of SIM card, SMS ports and access codes.

What is published stands here; the stock itself, which is no published row, in its own modules. Not here: how long a
form keeps a number, a card or a handset, which is a rule of what is sold and M4's (`m04.products.LIMITS`). Source:
catalogue M5; management-facts 5.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Annotated

from pydantic import AfterValidator, Field

from boss_tui.components.identity.numbers import check_mobile
from boss_tui.forms.fields import Ask
from boss_tui.forms.form import Form
from boss_tui.forms.typed import Codes, Day, Fen, Flag, Named, Whole, wrong
from boss_tui.management.kit.checks import ends_unnamed
from boss_tui.management.kit.entity import FIRST_DAY, LAST_DAY, Entity
from boss_tui.management.kit.one_form import adding, first_free, free_code
from boss_tui.management.kit.subject import Change, Subject, TryOut
from boss_tui.management.m05.codes import ACCESS_CODES, CODE_CHECKS, SIM_KINDS
from boss_tui.management.m05.found_pieces import FOUND
from boss_tui.management.m05.goods import BLANKS, GOODS_ACTS, HANDSETS
from boss_tui.management.m05.number_acts import NUMBER_ACTS
from boss_tui.management.m05.number_stock import NUMBERS
from boss_tui.management.m05.numbering import NUMBERING_CHECKS
from boss_tui.management.m05.recharge_cards import CARD_ACTS, CARDS
from boss_tui.management.m05.regrade import REGRADE
from boss_tui.management.m05.sim_batches import SIMS
from boss_tui.management.m05.trial import GradingTrialForm, graded
from data.characters import is_digits
from data.errors import NotAllowed
from data.message import say
from data.store import Reading
from data.tables.network import NetworkElement
from data.tables.organisation import Outlet
from data.tables.resource import (
    AccessCode,
    ImsiBlock,
    NumberGrade,
    NumberGroup,
    NumberLock,
    NumberPattern,
    NumberSegment,
    SimKind,
)
from data.tables.service import Partner

_RECEIVED = say("When it was given to us; empty: not known.")
_PAPER = say("Of the paper by which it was given.")


def _exactly(n: int) -> AfterValidator:
    """So many digits and nothing else."""

    def check(typed: str) -> str:
        if not (is_digits(typed) and len(typed) == n):
            raise wrong("Exactly {n} digits.", n=n)
        return typed

    return AfterValidator(check)


def _prefix(typed: str) -> str:
    if not ("13" <= typed[:2] <= "19"):
        raise wrong("No mobile number begins with {prefix}.", prefix=typed[:3])
    return typed


_Four = Annotated[str, _exactly(4)]
_Imsi = Annotated[str, _exactly(15)]


class SegmentForm(Form):
    """A segment, as it is typed."""

    prefix: Annotated[
        str,
        Ask(say("Segment"), "digits", help=say("The first 7 digits of its numbers."), length=7),
        _exactly(7),
        AfterValidator(_prefix),
    ]
    first: Annotated[
        _Four, Ask(say("First number"), "digits", help=say("The last four digits of its first number."), length=4)
    ] = "0000"
    last: Annotated[
        _Four, Ask(say("Last number"), "digits", help=say("The last four digits of its last number."), length=4)
    ] = "9999"
    element: Annotated[str, Ask(say("Element"), "code", help=say("Which serves its numbers."), length=20)] = ""
    region: Annotated[str, Ask(say("Region"), length=20)] = ""
    number_group: Annotated[str, Ask(say("Group"), "code", help=say("Empty: of none."), length=20)] = ""
    received_on: Annotated[Day | None, Ask(say("Received on"), "date", help=_RECEIVED)] = None
    document_no: Annotated[str, Ask(say("Paper no."), help=_PAPER, length=40)] = ""
    state: Annotated[str, Ask(say("State"), "choice")] = "active"


class GroupForm(Form):
    """A group of segments."""

    code: Annotated[Named, Ask(say("Group"), "code", length=20)]
    name_zh: Annotated[str, Ask(say("Chinese name"), length=30)]
    name_en: Annotated[str, Ask(say("English name"), length=30)] = ""
    region: Annotated[str, Ask(say("Region"), length=20)] = ""
    state: Annotated[str, Ask(say("State"), "choice")] = "active"


class GradeForm(Form):
    """A grade of numbers."""

    code: Annotated[Named, Ask(say("Grade"), "code", length=20)]
    name_zh: Annotated[str, Ask(say("Chinese name"), length=30)]
    name_en: Annotated[str, Ask(say("English name"), length=30)] = ""
    fee: Annotated[Fen, Ask(say("Fee"), "money", help=say("Once, when it is sold.")), Field(ge=0)] = 0
    minimum_spend: Annotated[Fen, Ask(say("Least a month"), "money"), Field(ge=0)] = 0
    contract_months: Annotated[
        Whole, Ask(say("Months bound"), "digits", help=say("0: as long as the number is kept.")), Field(le=360)
    ] = 0
    transfer_ban_months: Annotated[
        Whole, Ask(say("No transfer"), "digits", help=say("Months from the opening.")), Field(le=360)
    ] = 0
    quarantine_days: Annotated[
        Whole,
        Ask(say("Days of rest"), "digits", help=say("Before it is sold again; 0: as M19 says.")),
        Field(le=3_650),
    ] = 0
    state: Annotated[str, Ask(say("State"), "choice")] = "active"


class PatternForm(Form):
    """Which numbers are of a grade."""

    code: Annotated[Named, Ask(say("Pattern"), "code", length=20)]
    rank: Annotated[Whole, Ask(say("Rank"), "digits", help=say("The smallest is looked at first.")), Field(le=9_999)]
    grade: Annotated[str, Ask(say("Grade"), "code", length=20)]
    pattern: Annotated[
        str,
        Ask(
            say("Looks like"),
            help=say("Such as (\\d)\\1\\1$ for three alike at the end; empty: any number."),
            length=200,
        ),
    ] = ""
    forbids_four: Annotated[Flag, Ask(say("No 4"), "flag", help=say("y: none in what was found."))] = False
    must_contain: Annotated[
        Codes,
        Ask(
            say("One of"),
            "text",
            help=say("Digits with commas: one is in what was found."),
            several=True,
            length=60,
        ),
    ] = ()
    state: Annotated[str, Ask(say("State"), "choice")] = "active"


class ImsiBlockForm(Form):
    """A block of IMSIs."""

    first: Annotated[_Imsi, Ask(say("First IMSI"), "digits", length=15)]
    last: Annotated[_Imsi, Ask(say("Last IMSI"), "digits", length=15)]
    element: Annotated[str, Ask(say("Element"), "code", help=say("Which knows them."), length=20)]
    received_on: Annotated[Day | None, Ask(say("Received on"), "date", help=_RECEIVED)] = None
    document_no: Annotated[str, Ask(say("Paper no."), help=_PAPER, length=40)] = ""
    state: Annotated[str, Ask(say("State"), "choice")] = "active"


class LockForm(Form):
    """A number that stays as it is."""

    number: Annotated[str, Ask(say("Number"), "digits", length=11), AfterValidator(check_mobile)]
    cause: Annotated[str, Ask(say("Cause"), "choice")] = "porting"
    reason: Annotated[str, Ask(say("Ground"), help=say("Such as the request's or the letter's number."), length=60)]
    valid_from: Annotated[Day | None, Ask(say("From"), "date", help=FIRST_DAY)] = None
    valid_to: Annotated[Day | None, Ask(say("Until"), "date", help=LAST_DAY)] = None
    state: Annotated[str, Ask(say("State"), "choice")] = "active"


_OF_OUTLETS = {"region": (Outlet, "region")}
SEGMENTS = Entity(
    NumberSegment,
    SegmentForm,
    say("Segments"),
    ("prefix", "region", "number_group", "document_no"),
    listed=("prefix", "first", "last", "element", "region", "number_group", "received_on", "state"),
    stands_in=_OF_OUTLETS,
)
GROUPS = Entity(
    NumberGroup, GroupForm, say("Number groups"), ("code", "name_zh", "name_en", "region"), stands_in=_OF_OUTLETS
)
GRADES = Entity(NumberGrade, GradeForm, say("Grades of numbers"), ("code", "name_zh", "name_en"))
PATTERNS = Entity(
    NumberPattern,
    PatternForm,
    say("Patterns"),
    ("code", "grade", "pattern"),
    listed=("rank", "code", "grade", "pattern", "forbids_four", "must_contain", "state"),
    sort="rank",
    trial=lambda _: {"numbers": ""},
)
IMSIS = Entity(ImsiBlock, ImsiBlockForm, say("IMSI blocks"), ("first", "last", "element"))

LOCKS = Entity(NumberLock, LockForm, say("Locked numbers"), ("number", "cause", "reason"), numbers=("number",))


def _example(reading: Reading) -> Iterable[Change]:
    """A group with a segment of it that was just received, a grade with its pattern, a kind of card, a port that is
    rented out, a block of IMSIs."""
    element = next(iter(reading.all(NetworkElement, state="active", order=("code",))), None)
    if element is None:
        raise NotAllowed(say("There is nothing here yet to make an example of."))
    group, grade = free_code(reading, NumberGroup, "G"), free_code(reading, NumberGrade, "SYM")
    prefix = first_free(reading, NumberSegment, map(str, count(1_795_700)))
    block = first_free(reading, ImsiBlock, (f"{n}00000" for n in count(4_600_200_000)))
    ranks = {row.rank for row in reading.all(NumberPattern)}
    yield adding("number_group", code=group, name_zh="政企专用号群", name_en="For companies")
    yield adding(
        "number_segment",
        prefix=prefix,
        element=element.code,
        number_group=group,
        received_on="2026-11-02",
        document_no="工信网〔2026〕118号",
    )
    yield adding(
        "number_grade",
        code=grade,
        name_zh="对称号 ABCCBA",
        name_en="Same both ways",
        fee="300.00",
        minimum_spend="69.00",
        contract_months="12",
        quarantine_days="180",
    )
    yield adding(
        "number_pattern",
        code=grade,
        rank=str(next(rank for rank in count(55) if rank not in ranks)),
        grade=grade,
        pattern=r"(\d)(\d)(\d)\3\2\1$",
        forbids_four="y",
    )
    yield adding(
        "sim_kind", code=free_code(reading, SimKind, "NFC"), name_zh="NFC 支付卡", name_en="NFC", memory_kb="256"
    )
    provider = next(iter(reading.all(Partner, kind="provider", state="active", order=("code",))), None)
    rent = {"state": "rented", "partner": provider.code, "rented_from": "2026-11-02"} if provider else {}
    yield adding("access_code", code=first_free(reading, AccessCode, (f"1069{n}" for n in count(8_600))), **rent)
    yield adding("imsi_block", first=block, last=f"{block[:10]}99999", element=element.code, document_no="IMSI-2026-07")


def _tried(reading: Reading) -> dict[str, str]:
    """A segment whose numbers are there, if there is one."""
    found = reading.all(NumberSegment, state="active", order=("-prefix",))
    return {"numbers": found[0].prefix} if found else {}


SUBJECT = Subject(
    "M5",
    (SEGMENTS, GROUPS, GRADES, PATTERNS, LOCKS, IMSIS, SIM_KINDS, ACCESS_CODES, NUMBERS, SIMS, CARDS, HANDSETS, BLANKS),
    checks=(*NUMBERING_CHECKS, *CODE_CHECKS, ends_unnamed(NumberGroup, SEGMENTS, "number_group")),
    tries=TryOut(GradingTrialForm, graded, _tried),
    acts=(*NUMBER_ACTS, *CARD_ACTS, *GOODS_ACTS, FOUND),
    runs={NUMBERS.name: REGRADE},
    example=_example,
    empty={
        "F3": say("Stock is nobody's before it is sold."),
        "F4": say("Which cards a product works on is M4's."),
        "F8": say("A number's minimum spend binds whoever takes it, whatever their credit."),
        "F9": say("Numbers of papers are M9's."),
        "F11": say("Stock is booked when it is sold."),
        "F12": say("No account is touched: what a number costs is charged when it is sold."),
        "A1": say("Who opens many numbers is watched by rules of M14."),
        "A2": say("What customers are told of numbers is an article of M1's."),
        "A3": say("Points go by what was paid, whatever the number."),
        "B1": say("A minimum spend is billed by the contract that the sale made."),
        "B2": say("Partners are settled with by their contracts (M18)."),
    },
)
