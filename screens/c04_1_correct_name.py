"""C4.1 correct the name (改名). Special here is what it is not."""

from __future__ import annotations

from data.message import say
from screens.business import BusinessScreen


class CorrectNameScreen(BusinessScreen):
    """The clerk is reminded that another person is a transfer."""

    tips = (say("The same person only: a new owner is a transfer (C5)."),)
