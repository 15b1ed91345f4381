"""Products (catalogue F4, M4): offerings, what each contains, needs and excludes."""

from typing import ClassVar

from data.tables.base import Table, headquarters, integer, options, ref, revision, state, text


class Product(Table, table=True):
    """A product offering (TMF620). kind: plan 套餐, prepaid card product, service 业务, bundle.

    A plan binds for `contract_months` (0: to nothing) to its monthly fee; ending it early costs `penalty_percent` of
    what is left. A contract that runs keeps the terms on which it began.
    """

    __owner__ = headquarters("products")
    __component__ = "F4"
    __ended__: ClassVar = {"state": "retired"}
    __identity__ = ("kind", "pay_type", "network_act")
    __refers__: ClassVar = {"partner": ("partner",)}
    __table_args__ = options()
    code: str = text(key=True)
    name_zh: str = text()
    name_en: str = text("")
    kind: str = state("kind", "plan", "service", "goods", default="plan")
    pay_type: str = state("pay_type", "postpaid", "prepaid", "any", default="any")
    state: str = state("state", "draft", "active", "retired", default="active")
    summary_zh: str = text("")
    summary_en: str = text("")
    sim_kinds: str = text("")
    categories: str = text("")
    outlets: str = text("")
    minimum_age: int = integer(0)
    valid_from: str = text("")
    valid_to: str = text("")
    network_act: str = text("")
    partner: str | None = text(None)
    contract_months: int = integer(0)
    penalty_percent: int = integer(0)
    rank: int = integer(100)
    revision: int = revision()


class ProductRelation(Table, table=True):
    """That one product contains, needs or excludes another."""

    __owner__ = headquarters("products")
    __component__ = "F4"
    __table_args__ = options()
    product: str = ref("product.code", key=True)
    other: str = ref("product.code", key=True)
    relation: str = state("relation", "contains", "needs", "excludes", default="contains")
    revision: int = revision()
