"""Search as you type (`boss find`, F2): the shape of the text decides which indexes are asked.

Every question is a range or an equality on an index, compared byte for byte (`>=` and `<`, never LIKE, which scans the
index: 1,700 times slower over a million subscribers). Nothing here decides who may see what is found: document numbers
come back as their last four characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from msgspec import Struct
from sqlalchemy import TextClause, text

from data import name_index
from data.characters import is_digits, is_han, is_visible
from data.message import Message, say
from data.names import name_key
from data.states import kind_name, state_name
from data.store import Reading
from data.tables.order import ProductOrder

Kind = Literal["customer", "subscription", "number", "order", "document", "sim", "card", "handset", "act"]

_PAPER = re.compile(r"[0-9A-Z]*[A-Z][0-9A-Z]*[0-9]{8}", re.ASCII)
"""A paper's code, of letters and digits, and its number; one of digits alone is asked for by `_of_digits`."""
_AFTER = "\U0010ffff"  # sorts after every character that a prefix can be followed by
_LIVE = "subscription.state NOT IN ('terminated', 'cancelled')"  # in the index's own words, so that it is used

_CUSTOMER = "SELECT id, name, document_number FROM customer WHERE "
_SUBSCRIPTION = (
    "SELECT subscription.id, subscription.number, customer.name, subscription.state "
    "FROM subscription JOIN customer ON customer.id = subscription.customer_id WHERE "
)
_ORDER = "SELECT id, serial, business, state FROM product_order WHERE "
_DOCUMENT = "SELECT id, kind, code, number, state FROM paper_document WHERE "
_SIM = "SELECT iccid, imsi, state FROM sim_card WHERE "


def _range(select: str, column: str, also: str = "") -> TextClause:
    return text(f"{select}{column} >= :low AND {column} < :high {also}ORDER BY {column} LIMIT :most")


QUERIES: dict[str, TextClause] = {
    "name": _range(_CUSTOMER, "name_key"),
    "initials": _range(_CUSTOMER, "initials"),
    "pinyin": _range(_CUSTOMER, "pinyin"),
    "identity": _range(_CUSTOMER, "document_number"),
    "number": _range(_SUBSCRIPTION, "subscription.number", f"AND {_LIVE} "),
    "tail": text(f"{_SUBSCRIPTION}subscription.tail = :exact AND {_LIVE} LIMIT :most"),
    "stock": text("SELECT number, grade, state, quarantine_until FROM phone_number WHERE number = :exact LIMIT :most"),
    "serial": _range(_ORDER, "serial"),
    "act": _range("SELECT id, serial, business, operator FROM act WHERE ", "serial"),
    "document": text(f"{_DOCUMENT}number = :exact LIMIT :most"),
    "iccid": _range(_SIM, "iccid"),
    "imsi": _range(_SIM, "imsi"),
    "card": _range("SELECT serial, face_value, state FROM recharge_card WHERE ", "serial"),
    "imei": _range("SELECT imei, model, state FROM handset WHERE ", "imei"),
}
"""Each question by its name; the part of a name is `name_index.query`. A test holds that none of them scans a table."""


class Found(Struct, frozen=True):
    """One thing that was found.

    Attributes:
        kind: what it is; its table's row has the primary key `key`.
        title: what it is known by: a name, a number, a serial.
        detail: what tells it from others of the same title.
    """

    kind: Kind
    key: str
    title: str
    detail: Message


def search(reading: Reading, text: str, limit: int = 20) -> list[Found]:
    """What fits the text, the likeliest kind first, at most `limit` in all; nothing for an empty text.

    Takes names and parts of names, pinyin, initials, phone numbers from the start or their last four digits, document
    numbers from the start, serials of orders and of acts of management, invoice numbers (with or without their code, as
    papers print them), ICCID and IMSI, serials of recharge cards and IMEIs from the start.
    """
    found: dict[tuple[str, str], Found] = {}
    for one in _answers(reading, text, limit):
        found.setdefault((one.kind, one.key), one)
        if len(found) == limit:
            break
    return list(found.values())


def _answers(reading: Reading, typed: str, limit: int) -> Iterator[Found]:
    key = name_key("".join(c for c in typed if is_visible(c)))
    if not key:
        return
    if any(is_han(c) for c in key):
        yield from _by_name(reading, key, limit)
        return
    digits = re.sub(r"[-.]", "", key)
    questions = _of_digits(digits) if is_digits(digits) else _of_letters(key)
    for name, value in questions:
        yield from _ask(reading, name, value, limit)
    if _PAPER.fullmatch(digits):
        yield from (f for f in _ask(reading, "document", int(digits[-8:]), limit) if f.title.replace(" ", "") == digits)
    if not digits.isdigit() and len(key) > 1:
        yield from _part(reading, key, limit)


def _by_name(reading: Reading, key: str, limit: int) -> Iterator[Found]:
    """Names that begin with the text, then names that hold it."""
    yield from _ask(reading, "name", key, limit)
    yield from _part(reading, key, limit)


def _of_digits(digits: str) -> Iterator[tuple[str, str | int]]:
    """The questions that a run of digits can be meant as, the likeliest first."""
    length = len(digits)
    if digits.startswith("8986"):
        yield "iccid", digits
    if digits.startswith("460") and length <= 15:
        yield "imsi", digits
    if length == 4:
        yield "tail", digits
    if digits.startswith("1") and 3 <= length <= 11:
        yield "number", digits
    if length == 11:
        yield "stock", digits
    if length <= 8:
        yield "document", int(digits)
    if length in (18, 20):
        yield "document", int(digits[-8:])
    if length >= 6:
        yield from (("identity", digits), ("serial", digits), ("act", digits), ("card", digits), ("imei", digits))


def _of_letters(key: str) -> Iterator[tuple[str, str | int]]:
    """The questions that Latin letters, with or without digits, can be meant as."""
    plain = re.sub(r"[-.]", "", key)
    if any(c.isdigit() for c in key):
        yield from (("serial", plain), ("act", plain), ("identity", plain))
    small = "".join(c for c in key.lower() if c.isalnum())
    if small:
        yield from (("initials", small), ("pinyin", small))
    yield "name", key


def _ask(reading: Reading, name: str, value: str | int, limit: int) -> Iterator[Found]:
    if isinstance(value, int) or name in ("tail", "stock"):
        rows = reading.rows(QUERIES[name], exact=value, most=limit)
    else:
        rows = reading.rows(QUERIES[name], low=value, high=value + _AFTER, most=limit)
    show = _SHOW.get(name, _customer)
    return (show(row) for row in rows)


def _part(reading: Reading, part: str, limit: int) -> Iterator[Found]:
    """Customers whose name holds the text anywhere."""
    if not any(c.isalnum() for c in part):
        return iter(())
    statement = name_index.query(reading.store.is_sqlite)
    values: dict[str, Any] = {"part": part, "most": limit}
    if reading.store.is_sqlite:
        values["characters"] = name_index.phrase(part)
    return (_customer(row) for row in reading.rows(statement, **values))


def _customer(row: tuple[Any, ...]) -> Found:
    return Found("customer", row[0], row[1], say("document ending in {tail}", tail=row[2][-4:]))


def _subscription(row: tuple[Any, ...]) -> Found:
    return Found("subscription", row[0], row[1], say("{name}: {state}", name=row[2], state=state_name(row[3])))


def _stock(row: tuple[Any, ...]) -> Found:
    number, grade, state, until = row
    told = say("grade {grade}: {state}", grade=grade, state=state_name(state))
    if until:
        told = say("{state}, until {day}", state=told, day=until)
    return Found("number", number, number, told)


def _order(row: tuple[Any, ...]) -> Found:
    return Found("order", row[0], row[1], say("{business}: {state}", business=row[2], state=state_name(row[3])))


def _act(row: tuple[Any, ...]) -> Found:
    return Found("act", row[0], row[1], say("{business} by {staff_no}", business=row[2], staff_no=row[3]))


def of_order(row: ProductOrder) -> Found:
    """An order that was found in another way, as this module shows it."""
    return _order((row.id, row.serial, row.business, row.state))


def _recharge_card(row: tuple[Any, ...]) -> Found:
    yuan = f"{row[1] // 100}.{row[1] % 100:02d}"
    return Found("card", row[0], row[0], say("{yuan} yuan: {state}", yuan=yuan, state=state_name(row[2])))


def _handset(row: tuple[Any, ...]) -> Found:
    return Found("handset", row[0], row[0], say("{model}: {state}", model=row[1], state=state_name(row[2])))


def _document(row: tuple[Any, ...]) -> Found:
    detail = say("{kind}: {state}", kind=kind_name(row[1]), state=state_name(row[4]))
    return Found("document", row[0], f"{row[2]} {row[3]:08d}".strip(), detail)


def _sim(row: tuple[Any, ...]) -> Found:
    return Found("sim", row[0], row[0], say("IMSI {imsi}: {state}", imsi=row[1], state=state_name(row[2])))


_SHOW: dict[str, Any] = {
    "number": _subscription,
    "tail": _subscription,
    "stock": _stock,
    "serial": _order,
    "document": _document,
    "iccid": _sim,
    "imsi": _sim,
    "card": _recharge_card,
    "imei": _handset,
    "act": _act,
}
