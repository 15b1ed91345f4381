"""What a kind of printer can do: our own table, since python-escpos knows no Chinese model (printing-facts 2.2).

A hall picks a profile by name in its settings; columns may be set apart, as some 80 mm models print 42.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from data.errors import NotFound
from data.message import say


class Profile(Struct, frozen=True):
    """A kind of printer.

    Attributes:
        name: by which settings know it.
        columns: Latin characters in a line: 32 on 58 mm, 48 on 80 mm.
        cutter: whether it cuts; else the paper is fed far enough to be torn.
        native_qr: whether it draws QR codes by itself; else they are sent as a picture.
        status: whether it answers DLE EOT.
        han: which codes it has beside GBK's: none (gbk), the two-byte ones of GB 18030 (gb18030-2), or all of them. The
            self-test page of the printer says so; models differ (printing-facts 3).
        draws: whether a line may hold a small picture (ESC * 33), by which a character it lacks can be drawn.
        ack: how it confirms a job: gs_r (it answers GS r 1 in order, after what came before) or none.
        language: what it prints: escpos, or pdf (an office printer, A4).
    """

    name: str
    columns: int
    cutter: bool = True
    native_qr: bool = True
    status: bool = True
    han: Literal["gbk", "gb18030-2", "gb18030"] = "gbk"
    draws: bool = True
    ack: Literal["gs_r", "none"] = "gs_r"
    language: Literal["escpos", "pdf"] = "escpos"


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("80mm", 48),
        Profile("80mm-42", 42),
        Profile("58mm", 32, cutter=False),
        Profile("58mm-cutter", 32),
        # models whose self-test says GB18030: all of it, or its two-byte codes alone
        Profile("80mm-gb18030", 48, han="gb18030"),
        Profile("80mm-gb18030-2", 48, han="gb18030-2"),
        Profile("58mm-gb18030", 32, cutter=False, han="gb18030"),
        # cheap models, and any printer behind a device file: they take bytes and say nothing
        Profile("80mm-silent", 48, status=False, ack="none"),
        Profile("58mm-silent", 32, cutter=False, native_qr=False, status=False, draws=False, ack="none"),
        # an office printer behind a queue of the print service, or on the network; or a folder of files
        Profile("a4", 80, status=False, han="gb18030", ack="none", language="pdf"),
    )
}


def profile(name: str) -> Profile:
    """The profile of that name. NotFound names those that exist."""
    if name not in PROFILES:
        told = say("There is no printer profile {name}. There are: {all}.", name=name, all=", ".join(PROFILES))
        raise NotFound(told, field="profile")
    return PROFILES[name]
