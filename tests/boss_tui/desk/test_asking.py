"""Services of others are asked for a form: outside of transactions, once for each form, by their offline rule when they
can't be; whatever goes wrong there, nothing typed is lost and the counter goes on."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from boss_tui.answers.business import Tender
from boss_tui.desk.asking import Unasked
from boss_tui.remote.simulated import Simulated
from data.errors import BadForm, NeedsApproval, NotAllowed
from data.tables.customer import Customer
from data.tables.eligibility import InterfaceAnswer
from data.tables.order import Draft, Subscription
from tests.boss_tui.desk.served import NAME, NUMBER, QUICK, WHO, Served, served
from tests.boss_tui.remote.odd_service import certified
from tests.hall import FACTS, Hall

pytestmark = pytest.mark.whole  # services are asked by threads, which open the store
IDENTITY = {"C1": ("identity_check",)}
NUMBERS = {"C1": ("number_check",)}


@pytest.fixture
def asks(hall: Hall, tmp_path: Path) -> Iterator[Served]:
    """A hall whose C1 asks the police, which answer at once."""
    with served(hall, tmp_path, IDENTITY) as made:
        yield made


def complete(hall: Hall, **changes: Any) -> Any:
    view = hall.filled(**changes)
    return hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])


def kept(hall: Hall) -> list[tuple[str, str, str, str]]:
    return [(row.interface, row.verdict, row.offline, row.state) for row in hall.rows(InterfaceAnswer)]


# asked, and what comes of it


def test_asked_once_for_a_form_and_kept_with_its_order(asks: Served) -> None:
    view = asks.hall.filled()
    assert [each.state for each in view.asked] == ["asking"]
    assert view.asking
    assert view.qualification.verdict == "yes"
    view = asks.hall.desk.forms.asked(view.id)
    assert [(str(each.name), each.state) for each in view.asked] == [("Police identity check", "yes")]
    asks.hall.desk.forms.quote(view.id)
    done = asks.hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    (asked,) = asks.state.asked()
    assert asked.sent == {"number": view.values["document_number"], "name": view.values["name"]}
    assert asked.times == 1
    (row,) = asks.hall.rows(InterfaceAnswer)
    assert (row.order_id, row.verdict, row.state, row.operator) == (done.order_id, "yes", "answered", FACTS.clerk)
    assert (json.loads(row.sent), row.request) == (asked.sent, asked.key)
    assert row.tries == 1
    assert row.asked_at


def test_a_form_that_nobody_waited_for_is_asked_when_it_is_completed(asks: Served) -> None:
    complete(asks.hall)
    assert kept(asks.hall) == [("identity_check", "yes", "", "answered")]


def test_another_name_is_another_question_and_a_field_that_is_not_sent_is_none(asks: Served) -> None:
    view = asks.hall.filled()
    asks.hall.desk.forms.asked(view.id)
    asks.hall.desk.forms.fill(view.id, {"contact_phone": "13900000000"})
    assert not asks.hall.desk.forms.quote(view.id).asking
    assert asks.hall.desk.forms.fill(view.id, {"name": "别人"}).asking
    view = asks.hall.desk.forms.asked(view.id)
    assert view.qualification.verdict == "no"
    assert len(asks.state.asked()) == 2


def test_nothing_is_asked_before_all_that_is_sent_is_known(asks: Served) -> None:
    example = asks.hall.desk.forms.example("C1")
    view = asks.hall.desk.forms.begin("C1")
    view = asks.hall.desk.forms.fill(view.id, {"document_number": example["document_number"]})
    assert not view.asked
    assert asks.hall.desk.forms.fill(view.id, {"name": example["name"]}).asking


def test_a_no_stands_beside_its_field_in_both_words_and_nothing_is_done(asks: Served) -> None:
    asks.state.person(NUMBER, "另一人")
    before = len(asks.hall.rows(Customer)), len(asks.hall.rows(Subscription))
    with pytest.raises(BadForm) as refused:
        complete(asks.hall, **WHO)
    (told,) = refused.value.errors.values()
    assert set(refused.value.errors) == {"name"}
    assert str(told) == "The police do not confirm name and document. (姓名与证件号码不一致)"
    assert (len(asks.hall.rows(Customer)), len(asks.hall.rows(Subscription))) == before
    assert kept(asks.hall) == []


def test_a_supervisor_may_allow_what_a_service_leaves_to_one(asks: Served) -> None:
    asks.state.person(NUMBER, NAME, "协查")
    with pytest.raises(NeedsApproval):
        complete(asks.hall, **WHO)
    view = asks.hall.desk.forms.quote(asks.hall.rows(Draft, state="open")[-1].id)
    view = asks.hall.desk.approvals.approve(view.id, FACTS.supervisor, FACTS.password)
    asks.hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    assert kept(asks.hall) == [("identity_check", "override", "", "answered")]


@pytest.mark.parametrize(("elsewhere", "allowed"), [(4, True), (5, False)])
def test_five_numbers_in_the_country(hall: Hall, tmp_path: Path, elsewhere: int, allowed: bool) -> None:
    with served(hall, tmp_path, NUMBERS) as asks:
        asks.state.elsewhere(NUMBER, elsewhere)
        if allowed:
            complete(hall, **WHO)
        else:
            with pytest.raises(BadForm) as refused:
                complete(hall, **WHO)
            assert set(refused.value.errors) == {"document_number"}


def test_a_no_of_our_own_is_told_without_asking_anybody(asks: Served) -> None:
    person = FACTS.blacklisted
    with pytest.raises(BadForm):
        complete(
            asks.hall, document_kind=person.document_kind, document_number=person.document_number, name=person.name
        )
    assert asks.state.asked() == []


def test_one_that_needs_what_nobody_knows_goes_by_its_rule_and_is_told_nothing(hall: Hall, tmp_path: Path) -> None:
    sends = "document_number = customer.document_number\nagent = agent.name"
    with served(hall, tmp_path, NUMBERS) as asks:
        asks.changed("number_check", sends=sends)
        assert not hall.filled().asked
        complete(hall)
        asks.changed("number_check", offline="no")
        with pytest.raises((NotAllowed, BadForm)):
            complete(hall)
        assert asks.state.asked() == []
    assert kept(hall) == []


def test_nobody_is_told_of_an_owner_before_they_have_shown_who_they_are(hall: Hall, tmp_path: Path) -> None:
    with served(hall, tmp_path, {"C2": ("identity_check",)}) as asks:
        example = hall.desk.forms.example("C2")
        view = hall.desk.forms.begin("C2")
        view = hall.desk.forms.fill(view.id, {"number": example["number"]})
        assert not view.asking
        assert hall.desk.forms.fill(view.id, {"document_number": example["document_number"]}).asking
        assert asks.state.asked() == []


def test_the_new_owner_of_a_line_is_asked_about_beside_their_own_fields(hall: Hall, tmp_path: Path) -> None:
    with served(hall, tmp_path, {"C5": ("identity_check",)}) as asks:
        view = hall.desk.forms.begin("C5")
        view = hall.desk.forms.fill(view.id, hall.desk.forms.example("C5"))
        asks.state.person(view.values["new_document_number"], "另一人")
        assert "new_name" in hall.desk.forms.asked(view.id).errors
        assert view.values["new_name"] in [each.sent["name"] for each in asks.state.asked()]


# what goes wrong


def test_a_certificate_that_is_not_the_declared_one_is_no_service(hall: Hall, tmp_path: Path) -> None:
    (tmp_path / "tls").mkdir()
    context, known = certified(tmp_path / "tls")
    _, other = certified(tmp_path / "tls")
    with Simulated(tmp_path, tls=context) as simulated:
        asks = Served(hall, tmp_path, simulated.state, IDENTITY, address=simulated.address, certificate=known)
        assert hall.desk.forms.asked(hall.filled().id).asked[0].state == "yes"
        asks.changed("identity_check", certificate=other)
        (told,) = hall.desk.forms.asked(hall.filled().id).asked
        assert (told.state, "does not prove who it is" in str(told.words)) == ("", True)
        assert len(simulated.state.asked()) == 1


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (("slow", 1.0), "No answer within 0.15 s."),
        (("broken",), "status 500"),
        (("garbage",), "can't be read"),
        (("wrong",), "not understood"),
        (("down",), "can't be reached"),
        (("lose",), "can't be reached"),
    ],
)
def test_by_the_offline_rule_and_asked_again_later(hall: Hall, tmp_path: Path, fault: Any, words: str) -> None:
    with served(hall, tmp_path, IDENTITY, **QUICK) as asks:
        asks.state.fault(*fault)
        view = asks.hall.desk.forms.asked(hall.filled().id)
        ((asked,), errors) = view.asked, view.errors
        assert (asked.state, errors) == ("", {})
        assert words in str(asked.words)
        assert "asked again later" in str(asked.words)
        hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    assert kept(hall) == [("identity_check", "", "later", "waiting")]


def test_services_that_do_not_run(hall: Hall, tmp_path: Path) -> None:
    with served(hall, tmp_path, IDENTITY):
        pass
    complete(hall)
    assert kept(hall) == [("identity_check", "", "later", "waiting")]


def test_a_lost_reply_is_asked_again_under_its_key_and_counts_once(asks: Served) -> None:
    asks.state.fault("lose", times=1)
    complete(asks.hall)
    (asked,) = asks.state.asked()
    assert asked.times == 2
    ((row,)) = asks.hall.rows(InterfaceAnswer)
    assert (row.verdict, row.tries) == ("yes", 2)


@pytest.mark.parametrize(
    ("offline", "rule", "verdict", "state"),
    [
        ("yes", "", "yes", "unasked"),
        ("later", "", "yes", "waiting"),
        ("override", "", "override", ""),
        ("no", "", "no", ""),
        ("rule", "order.business == 'C1'", "yes", "waiting"),
        ("rule", "order.business == 'C2'", "no", ""),
        ("rule", "agent.age > 3", "override", ""),
    ],
)
def test_what_counts_while_it_cannot_be_asked(
    hall: Hall, tmp_path: Path, offline: str, rule: str, verdict: str, state: str
) -> None:
    with served(hall, tmp_path, IDENTITY, **QUICK, offline=offline, rule=rule) as asks:
        asks.state.fault("down")
        view = hall.desk.forms.asked(hall.filled().id)
        assert view.qualification.verdict == verdict
        if verdict == "yes":
            hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
            assert [row.state for row in hall.rows(InterfaceAnswer)] == [state]
        else:
            with pytest.raises((NotAllowed, BadForm)):
                hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])


def test_the_breaker_spares_the_next_forms_and_closes_again(hall: Hall, tmp_path: Path) -> None:
    with served(hall, tmp_path, IDENTITY, **QUICK, failures=2, rest_seconds=1) as asks:
        asks.state.fault("broken")
        for _ in range(2):
            assert "status 500" in str(hall.desk.forms.asked(hall.filled().id).asked[0].words)
        assert "left alone" in str(hall.desk.forms.asked(hall.filled().id).asked[0].words)
        asks.state.mend()
        asks.seconds.now = 1.0
        assert hall.desk.forms.asked(hall.filled().id).asked[0].state == "yes"


# while it is under way


def test_it_holds_no_lock_and_what_is_typed_meanwhile_stays(hall: Hall, tmp_path: Path) -> None:
    with served(hall, tmp_path, IDENTITY, timeout_ms=5_000) as asks:
        asks.state.fault("slow", 0.5, times=1)
        view = hall.filled()
        waiting = threading.Thread(target=hall.desk.asking.ask, args=(view.id,))
        waiting.start()
        view = hall.desk.forms.fill(view.id, {"contact_phone": "13900000001"})
        assert view.asking
        waiting.join()
        view = hall.desk.forms.quote(view.id)
        assert (view.asking, view.asked[0].state) == (False, "yes")
        assert view.values["contact_phone"] == "13900000001"
        assert [asked.times for asked in asks.state.asked()] == [1]


def test_two_that_wait_for_one_answer_ask_once(hall: Hall, tmp_path: Path) -> None:
    with served(hall, tmp_path, IDENTITY, timeout_ms=5_000) as asks:
        asks.state.fault("slow", 0.2, times=1)
        view = hall.filled()
        waiting = [threading.Thread(target=hall.desk.asking.ask, args=(view.id,)) for _ in range(3)]
        for each in waiting:
            each.start()
        for each in waiting:
            each.join()
        assert [asked.times for asked in asks.state.asked()] == [1]


def test_given_up_by_the_clerk_the_offline_rule_counts_at_once(hall: Hall, tmp_path: Path) -> None:
    with served(hall, tmp_path, IDENTITY, timeout_ms=30_000) as asks:
        asks.state.fault("slow", 60.0, times=1)
        view = hall.filled()
        waiting = threading.Thread(target=hall.desk.asking.ask, args=(view.id,))
        waiting.start()
        hall.desk.asking.give_up(view.id)
        waiting.join()
        view = hall.desk.forms.quote(view.id)
        assert (view.asking, view.qualification.verdict) == (False, "yes")
        assert f"Not waited for, by {FACTS.clerk}." in str(view.asked[0].words)
        hall.desk.orders.complete(view.id, [Tender("cash", view.quote.due)])
    assert kept(hall) == [("identity_check", "", "later", "waiting")]


def test_an_answer_that_comes_after_all_counts(hall: Hall, tmp_path: Path) -> None:
    with served(hall, tmp_path, IDENTITY, timeout_ms=5_000) as asks:
        asks.state.person(NUMBER, "另一人")
        asks.state.fault("slow", 0.3, times=1)
        view = hall.filled(**WHO)
        waiting = threading.Thread(target=hall.desk.asking.ask, args=(view.id,))
        waiting.start()
        waiting.join()
        hall.desk.asking.note(view.id, ())
        hall.desk.asking.give_up(view.id)
        assert hall.desk.forms.quote(view.id).qualification.verdict == "no"


def test_a_desk_that_was_killed_asks_again_under_the_same_key(asks: Served) -> None:
    view = asks.hall.filled()
    asks.hall.desk.asking.ask(view.id)
    with asks.hall.store.transaction(_author(asks.hall)) as tx:  # it died before the answer was on disk
        tx.change(tx.one(Draft, id=view.id), answers_json="{}")
    other = asks.hall.counter(FACTS.clerk, FACTS.counter)
    other.seat.services = lambda: asks.services
    found = other.forms.recall(view.number)
    assert found.values == view.values
    assert found.asking
    assert other.forms.asked(view.id).asked[0].state == "yes"
    assert [asked.times for asked in asks.state.asked()] == [2]


def _author(hall: Hall) -> Any:
    from data.journal import Author

    return Author(FACTS.outlet, "draft", FACTS.clerk, FACTS.counter)


def test_several_in_one_go_are_asked_each(asks: Served) -> None:
    first = asks.hall.filled()
    asks.hall.desk.basket.collect(first.id)
    basket = asks.hall.desk.basket.shown()
    asks.hall.desk.basket.complete([Tender("cash", basket.quote.due)])
    assert kept(asks.hall) == [("identity_check", "yes", "", "answered")]


def test_within_a_transaction_it_is_only_said_what_must_be_asked(asks: Served) -> None:
    view = asks.hall.filled()
    with pytest.raises(Unasked), asks.hall.desk.seat.writing("C1") as tx:
        asks.hall.desk.orders.perform(tx, tx.one(Draft, id=view.id), [Tender("cash", view.quote.due)])
    assert asks.state.asked() == []


def test_where_nothing_can_be_asked_from_the_offline_rule_counts(asks: Served) -> None:
    asks.hall.desk.seat.services = None
    complete(asks.hall)
    assert kept(asks.hall) == [("identity_check", "", "later", "waiting")]
