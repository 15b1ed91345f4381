"""What the forms of businesses ask: each field, how much it takes, what it hangs on; and terms of those on numbers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from boss_tui.business.registry import BUSINESSES
from boss_tui.business.reversal import NEVER, ON_THE_SPOT, Reversal
from boss_tui.transactions.lines import LineTransaction
from tests.boss_tui.transactions.acts import Acts
from tests.boss_tui.transactions.stand_in import line

OWNER = """
        number digits 11 lines
        document_number= code 30
        by_agent=False flag 0
        agent_document_kind=00 choice 0 document_kinds by_agent
        agent_document_number= code 30  by_agent
        agent_name= name 64  by_agent
        agent_phone= digits 20  by_agent
"""
FIELDS = {
    "C1": """
        document_kind=00 choice 0 document_kinds
        document_number code 30
        name name 64
        birth_date=None date 10  document_kind!=30 answered
        document_expires=None date 10
        address text 120
        contact_phone digits 20
        email= text 80
        by_agent=False flag 0
        agent_document_kind=00 choice 0 document_kinds by_agent
        agent_document_number= code 30  by_agent
        agent_name= name 64  by_agent
        agent_phone= digits 20  by_agent
        plan choice 0 plans  same
        number digits 11 numbers
        iccid code 20 sims
        long_distance=domestic choice 0 long_distance  same
        roaming=national choice 0 roaming  same
        services=() text 120 services  same several
        prepayment=0 money 10
        password password 6
        repeat_password password 6
    """,
    "C2": """
        OWNER
        new_number digits 11 numbers
        announce=False flag 0
    """,
    "C3": """
        OWNER
        why choice 0 whys
        returned=False flag 0  why=exchange|broken
        lift=False flag 0  why=lost
        iccid code 20 cards
    """,
    "C4.1": """
        OWNER
        name= name 128
        ground= choice 10 grounds
        certificate= text 40  ground=renamed
        document_expires=None date 10
        mistyped=False flag 0
        document_kind= choice 2 document_kinds mistyped
    """,
    "C4.2": """
        number digits 11 lines
        document_number= code 30
        password= password 6
        address= text 200
        contact_phone= text 30
        email= text 254
        postcode= digits 6
        bill_medium= choice 10 bill_media
    """,
    "C4.3": """
        OWNER
        change choice 10 changes
        bank= choice 6 banks change=debit
        bank_account= digits 30  change=debit
        account= code 30 accounts change=merge
        plan= choice 20 plans change=prepaid|postpaid
    """,
    "C4.4": """
        number digits 11 lines
        document_number= code 30
        password= password 6
        new_password password 6
        repeat_password password 6
    """,
    "C5": """
        OWNER
        penalty=False flag 0
        balance= choice 6 balances
        month= choice 6 months
        new_document_kind=00 choice 2 document_kinds
        new_document_number code 32
        new_name name 128
        new_birth_date=None date 10  new_document_kind!=30 answered
        new_expires=None date 10
        new_address text 200
        new_phone text 30
        new_by_agent=False flag 0
        new_agent_document_kind=00 choice 0 document_kinds new_by_agent
        new_agent_document_number= code 30  new_by_agent
        new_agent_name= name 64  new_by_agent
        new_agent_phone= digits 20  new_by_agent
        new_password password 6
        repeat_password password 6
    """,
    "C6": """
        number digits 11 lines
        action choice 0 action
        cause choice 0 cause
        emergency=False flag 0  cause=arrears_outgoing|arrears_all
        password= password 6  cause=loss
        document_number= code 30
        by_agent=False flag 0
        agent_document_kind=00 choice 0 document_kinds by_agent
        agent_document_number= code 30  by_agent
        agent_name= name 64  by_agent
        agent_phone= digits 20  by_agent
        starts_on=None date 10  cause=request
        ends_on=None date 10  cause=request
        reason= text 80  cause=fraud|court|identity emergency
    """,
    "C7.1": """
        number digits 11 lines
        document_number= code 30
        password= password 6
        long_distance choice 0 long_distance
    """,
    "C7.2": """
        number digits 11 lines
        document_number= code 30
        password= password 6
        cfu= code 15
        cfb= code 15
        cfnry= code 15
        cfnrc= code 15
        waiting= choice 0 switch
        hold= choice 0 switch
        conference= choice 0 switch
        clip= choice 0 switch
        clir= choice 0 switch
        barring= choice 0 barring
    """,
    "C7.3": """
        number digits 11 lines
        document_number= code 30
        password= password 6
        roaming choice 0 roaming
        until=None date 10 until roaming=international
    """,
    "C7.4": """
        number digits 11 lines
        document_number= code 30
        password= password 6
        subscribe=() text 120 subscribe several
        cancel=() text 120 cancel several
    """,
    "C7.5": """
        number digits 11 lines
        document_number= code 30
        password= password 6
        action choice 0 action
        service choice 20 service
        price_told=False flag 0 action=subscribe
        agrees_again=False flag 0 action=subscribe
        month= code 7 action=dispute
        amount=None money 0 action=dispute
        reason= text 80 action=dispute
    """,
    "C8": """
        number digits 11 lines
        document_number= code 30
        password= password 6
        plan choice 20 plans
        starts= choice 0 starts
        keep=False flag 0
    """,
    "C9": """
        OWNER
        action=close choice 0 actions
        points=spend choice 0 points action=close
    """,
    "C10": """
        action=sell choice 10 actions
        imei= digits 15 handsets action=sell|exchange|return
        new_imei= digits 15 handsets action=exchange
        number= digits 11 lines action=sell|end
        buyer= name 64 action=sell
        bundle= choice 12 bundles action=sell|end
        document_number= code 30 action=sell|end
        faulty=True flag 0 action=exchange|return
        reason= text 80 action=exchange|return|end
    """,
    "C11": """
        action=sell choice 10 actions
        number= digits 11 lines action=redeem
        pin= password 18 action=redeem
        serial= digits 17 cards
        count=1 digits 3 action=sell|damaged|void
        more= text 200 action=sell
        new_serial= digits 17 cards action=exchange
        reason= text 80 action=redeem|exchange|return|damaged|void
    """,
    "C12": """
        who text 64 payers
        action=collect choice 0 actions
        accounts= code 200 accounts
        amount=None money 0
        surplus= code 30 surplus action=collect
        waive=False flag 0 action=collect
        document_number= code 30 action=refund
        serial= code 30 payments action=correct
        right= text 64 payers serial
        reason= text 80 action=refund|correct waive
    """,
    "C13": """
        number digits 11 lines
        document_number= code 30
        password= password 6
        reason= text 80
        part= choice 12 parts
        matter= text 120 articles
        paper=none choice 6 prints
    """,
}
"""Name and default (none: it must be filled), kind, most characters (0: any number), list, what it hangs on."""


def described(field: Any, form: Any) -> list[str]:
    """One field, word by word."""
    ask, default = field.ask, form.model_fields[field.name].get_default()
    marks = [word for word in ("same", "several", "answered") if getattr(ask, word)]
    name = field.name if field.required else f"{field.name}={default}"
    return [word for word in (name, ask.kind, str(ask.length), ask.choices, *ask.when.split(), *marks) if word]


@pytest.mark.parametrize("code", FIELDS)
def test_a_form_asks_for_this(code: str) -> None:
    form = BUSINESSES[code].form
    asked = FIELDS[code].replace("OWNER", OWNER).strip().splitlines()
    assert [described(field, form) for field in form.fields()] == [words.split() for words in asked if words.strip()]


ANY_STATE = ("active", "suspended", "pendingActive", "pendingTerminate")


@pytest.mark.parametrize(
    ("code", "identity", "states", "touched", "paid", "offline"),
    [
        ("C2", "document", ("active",), ("number",), True, "allowed"),
        ("C3", "document", ("active", "suspended"), ("card",), True, "allowed"),
        ("C4.1", "document", ANY_STATE, (), False, "form_only"),
        ("C4.2", "password", ANY_STATE, (), False, "allowed"),
        ("C4.3", "document", ("active",), ("line",), True, "form_only"),
        ("C4.4", "password", ("active", "suspended", "pendingActive"), (), False, "allowed"),
        ("C5", "document", ("active",), ("line",), True, "form_only"),
        ("C6", "password", ("active", "suspended"), ("line",), False, "allowed"),
    ],
)
def test_whom_a_business_serves_and_whether_money_moves(
    code: str, identity: str, states: tuple[str, ...], touched: tuple[str, ...], paid: bool, offline: str
) -> None:
    one = BUSINESSES[code]
    assert isinstance(one, LineTransaction)
    found = (one.identity, one.states, one.touched, one.paid, one.offline, one.binds)
    assert found == (identity, states, touched, paid, offline, True)


@pytest.mark.parametrize(
    ("code", "reversal"),
    [
        ("C1", Reversal("day", same_operator=True)),
        ("C2", ON_THE_SPOT),
        ("C3", ON_THE_SPOT),
        ("C4.1", NEVER),
        ("C4.2", NEVER),
        ("C4.3", NEVER),
        ("C4.4", NEVER),
        ("C5", NEVER),
        ("C6", NEVER),
    ],
)
def test_until_when_a_business_is_taken_back(code: str, reversal: Reversal) -> None:
    assert BUSINESSES[code].reversal == reversal
    assert (Reversal("day", same_operator=True, minutes=30), Reversal("never")) == (ON_THE_SPOT, NEVER)


@pytest.mark.parametrize(
    ("word", "fields"),
    [
        ("停机", {"action": "suspend"}),
        ("jg", {"action": "resume", "cause": "loss"}),
        ("gs", {"action": "suspend", "cause": "loss"}),
        ("bt", {"action": "suspend", "cause": "request"}),
    ],
)
def test_a_word_fills_what_it_means(word: str, fields: dict[str, str]) -> None:
    assert BUSINESSES["C6"].means[word] == fields


@pytest.mark.parametrize(
    ("code", "typed", "against"),
    [
        ("C1", {"password": "135790", "document_number": "ID"}, "ID"),
        ("C1", {"password": "135790"}, ""),
        ("C4.4", {"new_password": "135790", "document_number": "ID"}, "ID"),
        ("C4.4", {"new_password": "135790"}, ""),
        ("C5", {"new_password": "135790", "document_number": "OLD", "new_document_number": "ID"}, "ID"),
        ("C5", {"new_password": "135790", "document_number": "OLD"}, ""),
    ],
)
def test_a_new_password_is_held_against_whose_it_will_be(code: str, typed: dict[str, str], against: str) -> None:
    vault: Any = SimpleNamespace(chosen=lambda number, password, document: f"{password} of {number} and {document}")
    kept = BUSINESSES[code].protect({"number": "139", **typed}, vault)
    assert list(kept.values()) == [f"135790 of 139 and {against}"]


def test_an_old_password_proves_who_asks_for_a_new_one() -> None:
    vault: Any = SimpleNamespace(proof=lambda number, password: f"proof of {password} for {number}")
    kept = BUSINESSES["C4.4"].protect({"number": "139", "password": "135790"}, vault)
    assert kept == {"password": "proof of 135790 for 139"}


@pytest.mark.parametrize("code", [code for code in FIELDS if code not in ("C1", "C12")])
def test_numbers_are_listed_on_every_form_about_one(code: str) -> None:
    one = line(customer={"name": "张小明"})
    run = Acts().step(products={"find_lines": [one.subscription], "name": "Plan"}, customers={"owner": one.customer})
    found = BUSINESSES[code].choices(run, SimpleNamespace(change="cash", number=""), "number", "0001")
    assert [choice.value for choice in found] == ["13957000001"]
