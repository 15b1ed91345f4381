"""What an action of the table (`screens.actions`) means on a screen that has a use of its own for it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from data.message import Message, say


class Meaning(Struct, frozen=True):
    """What an action does on one screen: its word in the footer (as long as `Action.label`), and a sentence."""

    label: Message
    tooltip: Message


NOTHING = say("There is nothing of the kind on this screen.")
"""Why a key does nothing that means nothing where one is, at no time."""


def here(**means: Meaning) -> Mapping[str, Meaning]:
    """What actions mean on a screen, by their names."""
    return means


AGAIN = Meaning(say("Again"), say("Look again"))


FILE = Meaning(say("File"), say("What is shown, into a file"))


ACTS = Meaning(say("Acts"), say("What can be done here"))


TRY = Meaning(say("Try"), say("Try what would come of it"))


PAPERS = Meaning(say("Paper"), say("Its papers, and copies of them"))
