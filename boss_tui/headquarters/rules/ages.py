"""How old somebody is on a business date, by their document where it tells that (F3)."""

from __future__ import annotations

from datetime import date

from pydantic_core import PydanticCustomError

from boss_tui.components.identity.kinds import DocumentFacts, age_on, check_document
from boss_tui.headquarters.rules.claim import Known, Row
from data.tables.customer import DocumentKind


def said_by(known: Known, holder: Row, day: str) -> DocumentFacts | None:
    """What a document says of its holder on a business date; None: it is none of its kind."""
    kind = known.row(DocumentKind, holder["document_kind"])
    if kind is None:
        return None
    try:
        return check_document(kind["rule"], holder["document_number"], date.fromisoformat(day))
    except (PydanticCustomError, KeyError):
        return None


def age_by_document(known: Known, holder: Row, day: str) -> int | None:
    """Whole years, where the document tells them."""
    said = said_by(known, holder, day)
    return age_on(said.birth_date, date.fromisoformat(day)) if said is not None and said.birth_date else None


def age_of(known: Known, customer: Row, day: str) -> int | None:
    """A customer's whole years, by their document, else as they were entered; None: an organisation, or unknown."""
    if customer["holder"] != "individual":
        return None
    age, born = age_by_document(known, customer, day), customer["birth_date"]
    return age if age is not None or not born else age_on(date.fromisoformat(born), date.fromisoformat(day))
