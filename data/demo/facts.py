"""Where to look in the demonstration hall: people and numbers that are there whatever the seed."""

from __future__ import annotations

from msgspec import Struct

from data.demo.numbers import STOCK_PREFIX
from data.demo.people import resident_id, uscc


class KnownPerson(Struct, frozen=True):
    """Someone with a document: kind (national interface code) and number."""

    name: str
    document_kind: str
    document_number: str


class Facts(Struct, frozen=True):
    """What the demonstration hall is sure to hold.

    Attributes:
        outlet, counter, clerk, supervisor, manager, password: how to sign in.
        new_customer: nobody that the hall knows yet, with nothing against them.
        passport, minor, organization: the same, with other documents; the minor needs a guardian.
        blacklisted, blacklisted_by_partner, red_listed: on a list. The red-listed is no customer yet.
        customers: customers of the hall; their numbers are `numbers`, in the same order.
        key_account: a customer of the category key account.
        full_document: a customer who has five numbers already.
        stock_prefix: the first seven digits of the numbers in stock.
    """

    outlet: str
    counter: str
    clerk: str
    supervisor: str
    manager: str
    password: str
    new_customer: KnownPerson
    passport: KnownPerson
    minor: KnownPerson
    organization: KnownPerson
    blacklisted: KnownPerson
    blacklisted_by_partner: KnownPerson
    red_listed: KnownPerson
    customers: tuple[KnownPerson, ...]
    key_account: KnownPerson
    full_document: KnownPerson
    stock_prefix: str


def _person(name: str, first17: str) -> KnownPerson:
    return KnownPerson(name, "00", resident_id(first17))


CUSTOMERS = (
    _person("张小明", "33010219850412173"),
    _person("单国强", "33010319790923151"),
    _person("欧阳静", "33010619921107264"),
    KnownPerson("John Smith", "07", "E12345908"),
    _person("王秀英", "33018319580306282"),
    KnownPerson("杭州明天科技有限公司", "30", uscc("9133010207311234A")),
)
KEY_ACCOUNT, FULL_DOCUMENT = CUSTOMERS[1], CUSTOMERS[2]


def facts() -> Facts:
    """The facts of the demonstration hall."""
    from data.demo.hall import COUNTERS, OUTLET
    from data.demo_staff import CLERKS, MANAGER, PASSWORD, SUPERVISOR

    return Facts(
        outlet=OUTLET,
        counter=COUNTERS[0],
        clerk=CLERKS[0],
        supervisor=SUPERVISOR,
        manager=MANAGER,
        password=PASSWORD,
        new_customer=_person("仇丽华", "33010519900518346"),
        passport=KnownPerson("Maria Müller", "07", "C4J8R1KX2"),
        minor=KnownPerson("朱小宝", "02", resident_id("33010620160601157")),
        organization=KnownPerson("龙泉青瓷有限公司", "30", uscc("91331181MA2E1K7Q3")),
        blacklisted=_person("赵大海", "33010219760815193"),
        blacklisted_by_partner=_person("钱四方", "33010419830127117"),
        red_listed=_person("孙爱国", "33010319551001131"),
        customers=CUSTOMERS,
        key_account=KEY_ACCOUNT,
        full_document=FULL_DOCUMENT,
        stock_prefix=STOCK_PREFIX,
    )
