"""Who may approve an edition is said with it: nobody who made it, nobody twice, nobody without the right."""

from data.journal import Author
from data.tables.organisation import Operator
from tests.head_office import CHECKER, HeadOffice

THIRD = "3003"


def deciders(office: HeadOffice, edition: str) -> list[str]:
    return [who.split()[0] for who in office.maker.editions.show(edition).deciders]


def test_who_may_approve_is_said_until_it_is_decided(head_office: HeadOffice) -> None:
    made = head_office.made("M9").edition.id
    assert deciders(head_office, made) == [CHECKER, THIRD]
    with head_office.store.transaction(Author("", "test", ""), journalled=False) as tx, tx.received():
        tx.change(tx.one(Operator, staff_no=THIRD), state="locked")
    assert deciders(head_office, made) == [CHECKER]
    assert head_office.checker.editions.approve(made).state == "in_force"
    assert deciders(head_office, made) == []
