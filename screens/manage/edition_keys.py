"""Which keys do something with an edition in the state that it is in, for whoever looks at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.message import Message, say
from screens.meanings import Meaning

if TYPE_CHECKING:
    from data.tables.edition import Edition

SUBMIT = Meaning(say("Submit"), say("Submit it, for another to approve"))
NEXT = Meaning(say("Go on"), say("What is to be done next, now that it is in force"))
APPROVE = Meaning(say("Approve"), say("Approve what another submitted, as it is shown"))
_LOOK = say("F9: try it. F4: who did what with it")
_AUTHORS = {
    "draft": say("Enter: change the row. F9: try it. F10: submit it. F4: more"),
    "submitted": say("It waits for another person. F9: try it. F4: withdraw it, and more"),
    "rejected": say("Enter: change the row. F9: try it. F10: make it a draft again. F4: more"),
    "stale": say("Enter: change the row. F9: try it. F10: base it on what stands now. F4: more"),
}
_OTHERS = {
    "submitted": say("F9: try it. F10: approve it. F4: reject it, who did what"),
    "approved": say("It waits for its date. F9: try it. F4: withdraw it, who did what"),
    "in_force": say("It counts. F4: roll it back, who did what"),
}


def keys_of(edition: Edition, *, mine: bool, is_to_do: bool, leads_on: bool) -> Message:
    """They in a line. `is_to_do`: F10 does something; `leads_on`: it is gone on with, being in force."""
    if mine and edition.state in _AUTHORS:
        return _AUTHORS[edition.state]
    if leads_on:
        return say("It counts. F10: what is to be done next. F4: roll it back, who did what")
    if edition.state == "in_force" and edition.emergency and not edition.reviewed_at:
        return say("It counts, not reviewed yet. F4: review it, roll it back, who did what")
    if edition.state == "submitted" and not is_to_do:
        return say("You approved it; it waits for another, too. F4: reject it, who did what")
    return _OTHERS.get(edition.state, _LOOK)
