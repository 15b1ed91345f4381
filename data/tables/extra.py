"""Fields that managers add to businesses (catalogue F2, M1), and what was typed into them."""

from typing import ClassVar

from data.tables.base import OUTLET, Index, Table, headquarters, integer, options, ref, revision, state, text


class ExtraField(Table, table=True):
    """A field that a business asks for beside its own 附加字段, from a business date until another (empty: for good).

    `choices`: JSON, a list of [code, Chinese, English], of a field of kind choice. `length`: the most characters of a
    text, digits of a number. `printed`: on the slip. `searched`: orders are found by what was typed.
    """

    __owner__ = headquarters("notices")
    __component__ = "F2"
    __ended__: ClassVar = {"state": "withdrawn"}
    __table_args__ = options()
    business: str = text(key=True)
    code: str = text(key=True)
    kind: str = state("kind", "text", "number", "amount", "date", "choice", "flag", default="text")
    label_zh: str = text()
    label_en: str = text("")
    help_zh: str = text("")
    help_en: str = text("")
    choices: str = text("[]")
    length: int = integer(0)
    required: int = integer(0)
    printed: int = integer(0)
    searched: int = integer(0)
    position: int = integer(0)
    state: str = state("state", "draft", "published", "withdrawn", default="published")
    valid_from: str = text("")
    valid_to: str = text("")
    revision: int = revision()


class ExtraValue(Table, table=True):
    """What an order was told in an extra field: text as it was read, an amount in fen, a day, y or n.

    `label_zh`, `label_en`: what the field was called then. `found_by`: the value, folded, where orders are found by it.
    """

    __owner__ = OUTLET
    __append_only__ = True
    __table_args__ = options(Index("extra_value_found_by", "found_by"), Index("extra_value_field", "business", "field"))
    order_id: str = ref("product_order.id", key=True)
    field: str = text(key=True)
    business: str = text()
    outlet: str = text()
    kind: str = text()
    label_zh: str = text()
    label_en: str = text("")
    value: str = text()
    found_by: str | None = text(None)
