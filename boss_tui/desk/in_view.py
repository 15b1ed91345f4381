"""The customer in view 眼前的客户: whom the desk serves, by which of their numbers, and what they have proven.

One thing for all of it: the header shows it, forms begin with it, and proof of identity lives in it. It is this desk's
memory alone, never the store's: a command is a desk of its own, which begins with nobody in view.

A document that was shown stands for the person: for all of their numbers. A service password stands for its own number.
Either lapses when somebody else comes into view, on lock and on sign-off, and once nothing was done for them for some
minutes (`PROOF_MINUTES`): longer than a payment and its papers take, shorter than it takes to serve the next one.
What was typed into a form stays with that form; whether it proves anything to another one is said here.
"""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime, timedelta


class InView:
    """Nobody, or a customer.

    Attributes:
        customer_id: whose key; empty: nobody is in view.
        number: the number of theirs that was chosen, or worked on last; it may be theirs no longer. Empty: none was.
        sought: whether somebody looked for them. Whom only a form brought into view need not be the one who opens an
            account next.
        found_by: what was looked for last, as documents are stored: who was found by their document has shown it.
    """

    def __init__(self) -> None:
        self.customer_id = self.number = self.found_by = ""
        self.sought = False
        self._proofs: set[str] = set()
        self._forms: set[str] = set()  # drafts on which what proves it was typed since this customer is in view
        self._served: datetime | None = None  # when something was done for them last
        self._lasts = timedelta()

    @property
    def key(self) -> tuple[str, str]:
        """Customer and number, for whoever shows them."""
        return self.customer_id, self.number

    def come(
        self,
        customer_id: str,
        number: str,
        now: datetime,
        lasts: timedelta,
        *,
        draft_id: str = "",
        sought: bool = False,
    ) -> None:
        """A customer comes into view, or stays in it; with the number that it is about, if one was said.

        `lasts`: how long what they prove holds while nothing more is done for them. `draft_id`: the form that brought
        them. `sought`: they were looked for.
        """
        if customer_id != self.customer_id:
            self._proofs.clear()
            self._forms &= {draft_id}
            self.customer_id, self.number, self.sought = customer_id, "", False
            self.found_by = self.found_by if sought else ""
        self.number = number or self.number
        self.sought = self.sought or sought
        self._served, self._lasts = now, lasts

    def leave(self) -> None:
        """Nobody is in view, and nothing is proven."""
        self.__init__()  # type: ignore[misc]  # all of it is as it was at first

    def typed_on(self, draft_id: str, now: datetime) -> None:
        """A document or a password was typed on this form just now."""
        self._lapse(now)
        self._forms.add(draft_id)

    def prove(self, proofs: Set[str], draft_id: str) -> None:
        """What the form's customer has proven: remembered where it was typed on the form in this visit of theirs."""
        if draft_id in self._forms:
            self._proofs |= proofs

    def proven(self, now: datetime) -> frozenset[str]:
        """What is proven still."""
        self._lapse(now)
        return frozenset(self._proofs)

    def fresh(self, draft_id: str, now: datetime) -> bool:
        """Whether what proves it was typed on this form in this visit."""
        self._lapse(now)
        return draft_id in self._forms

    def lapse(self) -> None:
        """Whoever is in view shows again who they are."""
        self._proofs.clear()
        self._forms.clear()
        self.found_by, self._served = "", None

    def _lapse(self, now: datetime) -> None:
        """A clock that was put back is no proof either."""
        if self._served is not None and not timedelta(0) <= now - self._served <= self._lasts:
            self.lapse()
