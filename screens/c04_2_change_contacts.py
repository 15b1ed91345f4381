"""C4.2 change contacts (改联系方式). Special here is only how a field is emptied."""

from __future__ import annotations

from data.message import say
from screens.business import BusinessScreen


class ChangeContactsScreen(BusinessScreen):
    """The clerk is reminded that what stands in the fields is what is known."""

    tips = (say("Overtype what has changed; a - empties a field."),)
