"""What a hall does of credit by itself: a limit that is lent, a word for a key account, both within bounds, both ended
by their date alone."""

from __future__ import annotations

import pytest

from boss_tui.components.credit.credit import Credit
from boss_tui.components.credit.credit_control import CreditControl
from boss_tui.desk import Desk
from boss_tui.editions.noting import ACTS
from boss_tui.verify import verify
from data.errors import BadForm, BossError, NotAllowed
from data.journal import Author
from data.tables.account import CustomerCredit
from data.tables.act import Act
from data.tables.credit import CreditRaise, HallCredit
from data.tables.customer import Customer, ListedPerson
from data.tables.order import Subscription
from data.tables.parameter import Parameter
from tests.boss_tui.chores.test_controlling import came, perform, told
from tests.boss_tui.transactions.following import next_day
from tests.boss_tui.transactions.test_c06_suspend import a_line
from tests.hall import FACTS, Hall
from tests.handed import hand_down, handed_change, row_line

pytestmark = pytest.mark.light

DAY, LATER, TOO_LATE = "2026-11-23", "2026-12-23", "2026-12-24"
MANAGER = "2002"
OWN = 10_000


@pytest.fixture
def manager(hall: Hall) -> Desk:
    """The hall's manager at a counter of their own."""
    return hall.counter(MANAGER, "HZ0103")


@pytest.fixture
def line(hall: Hall) -> Subscription:
    """A line of an ordinary customer, trusted with 100 yuan, who owes."""
    return a_line(hall, owing=True)


def owner(hall: Hall, line: Subscription) -> Customer:
    (found,) = hall.rows(Customer, id=line.customer_id)
    assert isinstance(found, Customer)
    return found


def do(desk: Desk, act: str, **typed: str) -> list[str]:
    return [str(fact.value) for fact in desk.acting.do("M8", act, {"reason": "客户申请", **typed})]


def lend(desk: Desk, line: Subscription, limit: str = "200.00", until: str = LATER, **typed: str) -> list[str]:
    return do(desk, "raise", number=line.number, credit_limit=limit, valid_to=until, **typed)


def limit(hall: Hall, line: Subscription) -> tuple[int, str]:
    """What the counter goes by now (F8)."""
    with hall.desk.seat.writing("test") as tx:
        context = hall.desk.runs.context(tx, "C1")
        found = Credit(context).standing(tx.one(Customer, id=line.customer_id))
        return found.limit, found.lent_until


def as_key_account(hall: Hall, line: Subscription) -> None:
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(Customer, id=line.customer_id), category="key")


def is_sound(hall: Hall) -> bool:
    with hall.store.reading() as reading:
        return verify(reading) == []


def test_what_a_hall_lends_counts_at_once_and_falls_back_on_its_day_by_itself(
    hall: Hall, manager: Desk, line: Subscription
) -> None:
    assert limit(hall, line) == (OWN, "")
    lend(manager, line, until="2026-11-24")
    assert limit(hall, line) == (2 * OWN, "2026-11-24")
    next_day(hall, "2026-11-24")
    assert limit(hall, line) == (2 * OWN, "2026-11-24")
    next_day(hall, "2026-11-25")
    assert limit(hall, line) == (OWN, "")
    assert is_sound(hall)


def test_it_stands_on_record_with_who_why_and_under_a_serial(hall: Hall, manager: Desk, line: Subscription) -> None:
    lend(manager, line, reason="出差，月底付清")
    (row,) = hall.rows(HallCredit)
    assert (row.operator, row.reason, row.business_date, row.valid_to) == (MANAGER, "出差，月底付清", DAY, LATER)
    (act,) = hall.rows(Act, business="M8")
    assert (act.act in ACTS, act.operator, "M8-F8" in act.cells) == (True, MANAGER, True)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"limit": "100.00"}, "credit_limit"),
        ({"limit": "200.01"}, "credit_limit"),
        ({"limit": "0"}, "credit_limit"),
        ({"limit": "-1"}, "credit_limit"),
        ({"limit": "99999999999"}, "credit_limit"),
        ({"until": "2026-11-22"}, "valid_to"),
        ({"until": TOO_LATE}, "valid_to"),
        ({"until": ""}, "valid_to"),
        ({"reason": " "}, "reason"),
        ({"number": "13400000000"}, "number"),
    ],
)
def test_what_is_beyond_a_hall_is_refused_beside_its_field(
    hall: Hall, manager: Desk, line: Subscription, typed: dict[str, str], field: str
) -> None:
    said = {"limit": "200.00", "until": LATER, **typed}
    about = {"number": line.number, "credit_limit": said.pop("limit"), "valid_to": said.pop("until"), **said}
    with pytest.raises((BadForm, NotAllowed)) as refused:
        do(manager, "raise", **about)
    fields = set(refused.value.errors) if isinstance(refused.value, BadForm) else {refused.value.field}
    assert fields == {field}
    assert (hall.rows(HallCredit), hall.rows(Act, business="M8")) == ([], [])


def test_one_limit_is_lent_at_a_time_whoever_lends_it(hall: Hall, manager: Desk, line: Subscription) -> None:
    lend(manager, line, "150.00", "2026-11-23")
    with pytest.raises(NotAllowed, match="one at a time"):
        lend(manager, line)
    next_day(hall, "2026-11-24")
    lend(manager, line)
    other = owner(hall, line)
    who = {"document_kind": other.document_kind, "document_number": other.document_number}
    do(manager, "withdraw", id=hall.rows(HallCredit, valid_to=LATER)[0].id)
    hand_down(hall.store, row_line(CreditRaise, "add", **who, credit_limit=90_000, valid_to=LATER, reason="省"))
    with pytest.raises(NotAllowed, match="one at a time"):
        lend(manager, line)
    assert limit(hall, line) == (90_000, LATER)


def test_headquarters_says_how_far_a_hall_may_go(hall: Hall, manager: Desk, line: Subscription) -> None:
    handed_change(hall.store, Parameter, name="hall_raise", business="", value=15_000)
    with pytest.raises(NotAllowed):
        lend(manager, line, "150.01")
    lend(manager, line, "150.00")


@pytest.mark.parametrize(("staff_no", "counter"), [(FACTS.supervisor, "HZ0102"), ("1002", "HZ0102")])
def test_only_the_halls_manager_lends(hall: Hall, line: Subscription, staff_no: str, counter: str) -> None:
    with pytest.raises(NotAllowed, match=r"M8\.raise"):
        lend(hall.counter(staff_no, counter), line)
    assert hall.rows(HallCredit) == []


def test_who_is_on_the_blacklist_is_lent_nothing(hall: Hall, manager: Desk, line: Subscription) -> None:
    about = owner(hall, line)
    who = {"document_kind": about.document_kind, "document_number": about.document_number}
    hand_down(hall.store, row_line(ListedPerson, "add", id="b", list="black", **who, reason="欠费", basis="协议"))
    for act in ({"act": "raise", "credit_limit": "200.00", "valid_to": LATER}, {"act": "vouch"}):
        with pytest.raises(NotAllowed, match="blacklist"):
            do(manager, number=line.number, **act)


def test_a_word_that_is_taken_back_counts_no_more(hall: Hall, manager: Desk, line: Subscription) -> None:
    lend(manager, line)
    (row,) = hall.rows(HallCredit)
    (shown,) = manager.acting.choices("M8", "withdraw", "id")
    assert (shown.value, line.number in str(shown.label)) == (line.number, True)
    do(manager, "withdraw", id=shown.value, reason="客户离网")
    assert limit(hall, line) == (OWN, "")
    (row,) = hall.rows(HallCredit)
    assert (row.state, row.withdrawn_by, row.withdrawn_for) == ("withdrawn", MANAGER, "客户离网")
    assert manager.acting.choices("M8", "withdraw", "id") == []
    with pytest.raises(NotAllowed):
        do(manager, "withdraw", id=row.id)


def test_a_key_accounts_stop_is_put_off_by_a_business_day(hall: Hall, manager: Desk, line: Subscription) -> None:
    as_key_account(hall, line)
    do(manager, "vouch", number=line.number)
    key = told(hall, line)
    assert perform(hall) == 1
    assert came(hall, key).outcome == "spared"
    next_day(hall, "2026-11-24")
    again = told(hall, line, made_on="2026-11-24")
    assert perform(hall) == 1
    assert came(hall, again).outcome == "done"
    assert is_sound(hall)


def test_a_hall_vouches_once_a_month_and_for_key_accounts_alone(hall: Hall, manager: Desk, line: Subscription) -> None:
    with pytest.raises(NotAllowed, match="no key account"):
        do(manager, "vouch", number=line.number)
    as_key_account(hall, line)
    do(manager, "vouch", number=line.number)
    with pytest.raises(NotAllowed, match="already"):
        do(manager, "vouch", number=line.number)
    next_day(hall, "2026-11-24")
    with pytest.raises(NotAllowed, match="1 time a month"):
        do(hall.counter(FACTS.supervisor, "HZ0102"), "vouch", number=line.number)
    next_day(hall, "2026-12-01")
    do(hall.counter(FACTS.supervisor, "HZ0102"), "vouch", number=line.number)


def test_a_clerk_vouches_for_nobody(hall: Hall, line: Subscription) -> None:
    as_key_account(hall, line)
    with pytest.raises(NotAllowed):
        do(hall.desk, "vouch", number=line.number)


def test_what_spares_a_line_says_who_answers_for_it(hall: Hall, manager: Desk, line: Subscription) -> None:
    as_key_account(hall, line)
    do(manager, "vouch", number=line.number, reason="总经理已答复")
    with hall.desk.seat.writing("test") as tx:
        verdict = CreditControl(hall.desk.runs.context(tx, "M8")).judge(tx.one(Subscription, id=line.id))
    ((kind, why),) = [(each.kind, str(each.why)) for each in verdict.spared]
    assert (kind, MANAGER in why, "总经理已答复" in why, DAY in why) == ("key_account", True, True, True)


def test_a_hall_is_offered_what_is_its_own_and_nothing_of_the_offices(manager: Desk, hall: Hall) -> None:
    assert [act.name for act in manager.acting.acts("M8")] == ["raise", "vouch", "withdraw"]
    assert manager.acting.acts("M5") == []
    assert manager.managing.page("M8/credit_raise").may_change is False
    with pytest.raises(BossError):
        manager.acting.do("M5", "release", {"numbers": ""})


def test_who_is_trusted_with_nothing_is_lent_nothing(hall: Hall, manager: Desk, line: Subscription) -> None:
    with hall.store.transaction(Author(FACTS.outlet, "test", "test")) as tx:
        tx.change(tx.one(CustomerCredit, customer_id=line.customer_id), rating="D", credit_limit=0)
        tx.change(tx.one(Customer, id=line.customer_id), category="black")
    with pytest.raises(NotAllowed, match="only headquarters lends"):
        lend(manager, line, "0.01")
