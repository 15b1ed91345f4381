"""Whoever works in the province: they come, choose a password at first, and go."""

from __future__ import annotations

from typing import ClassVar

from data.message import Message
from screens.home import HomeScreen
from tests.driver import Keys

OFFICE_PASSWORD, COUNTER_PASSWORD = "Office-2026-x1", "Counter-2026-x1"
"""The passwords that everybody chooses, at the office and in the halls."""


class Person(Keys):
    """Somebody at the keys."""

    chosen: ClassVar[str]

    def word(self, template: str) -> str:
        """A word of the program in the language of the screen."""
        return self.app.words(template)

    def must_see(self, template: str, **values: object) -> None:
        """What stands there."""
        assert self.app.words(Message(template, values)) in self.text(), self.text()

    async def come(self, staff_no: str, language: str, once: str = "") -> None:
        """Sign on; with a password for once, another is chosen first."""
        await self.type(f"{staff_no}\n{once or self.chosen}\n")
        if once:
            await self.type(f"{once}\n{self.chosen}\n{self.chosen}\n")
            await self.press("f10")
        if self.app.words.language != language:
            await self.press("ctrl+t")
        assert isinstance(self.app.screen, HomeScreen), self.text()

    async def go(self) -> None:
        """Home, and signed off."""
        await self.home()
        await self.type("xb\n")

    async def home(self) -> None:
        """Back to the first screen."""
        while not isinstance(self.app.screen, HomeScreen):
            before = self.app.screen
            await self.press("f3")
            assert self.app.screen is not before, self.text()
