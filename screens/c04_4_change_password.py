"""C4.4 change product password (改产品密码). Special here is only who types what."""

from __future__ import annotations

from data.message import say
from screens.business import BusinessScreen


class ChangePasswordScreen(BusinessScreen):
    """The clerk is reminded that the customer types, and what a forgotten password needs."""

    tips = (
        say("The customer types both passwords; don't say them aloud."),
        say("Forgotten: the owner's document resets it."),
    )
