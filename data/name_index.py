"""The index by which a name is found from a part of it: one token for each character, kept by the database itself.

Most Chinese names have two or three characters, which a trigram index can't find. On SQLite an FTS5 table holds the
characters, fed by triggers in the same transaction as the customer; an old name stays in it (it would be searched for
in vain), so a hit is only a candidate and is compared with the name itself. On PostgreSQL an index over the array of
characters does the same. Triggers cost about 0.03 ms a customer and can't be forgotten by any way of writing.
"""

from __future__ import annotations

from sqlalchemy import TextClause, text

_SHORT, _LONG = 4, 64

_ADD = (
    "INSERT INTO customer_name_part(customer_id, characters) VALUES (new.id, CASE WHEN length(new.name_key) <= {short} "
    "THEN {few} ELSE (SELECT group_concat(substr(new.name_key, value, 1), ' ') FROM json_each('[{many}]') "
    "WHERE value <= length(new.name_key)) END)"
).format(
    short=_SHORT,
    few=" || ' ' || ".join(f"substr(new.name_key, {n}, 1)" for n in range(1, _SHORT + 1)),
    many=",".join(str(n) for n in range(1, _LONG + 1)),
)

SQLITE = (
    "CREATE VIRTUAL TABLE customer_name_part USING fts5(customer_id UNINDEXED, characters, columnsize=0, "
    "tokenize='unicode61 remove_diacritics 0')",
    f"CREATE TRIGGER customer_name_added AFTER INSERT ON customer BEGIN {_ADD}; END",
    "CREATE TRIGGER customer_name_changed AFTER UPDATE OF name_key ON customer WHEN old.name_key <> new.name_key "
    f"BEGIN {_ADD}; END",
)

POSTGRESQL = ("CREATE INDEX customer_name_part ON customer USING gin (string_to_array(name_key, NULL))",)

_COLUMNS = "customer.id, customer.name, customer.document_number"

_SQLITE_QUERY = text(
    f"SELECT {_COLUMNS} FROM customer_name_part CROSS JOIN customer ON customer.id = customer_name_part.customer_id "
    "WHERE customer_name_part MATCH :characters AND instr(customer.name_key, :part) > 0 LIMIT :most"
)
_POSTGRESQL_QUERY = text(
    f"SELECT {_COLUMNS} FROM customer WHERE string_to_array(name_key, NULL) @> string_to_array(:part, NULL) "
    "AND position(:part in name_key) > 0 LIMIT :most"
)


def ddl(is_sqlite: bool) -> tuple[str, ...]:
    """The statements that make the index, beside the tables."""
    return SQLITE if is_sqlite else POSTGRESQL


def query(is_sqlite: bool) -> TextClause:
    """The statement that finds customers by a part of their name; values: characters, part, most."""
    return _SQLITE_QUERY if is_sqlite else _POSTGRESQL_QUERY


def phrase(part: str) -> str:
    """The part of a name as an FTS5 phrase, one token for each character that is one."""
    return '"' + " ".join(c for c in part if c.isalnum()) + '"'
