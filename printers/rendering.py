"""What a job keeps of a document, and what is sent of it: bytes for a roll; for A4, the document, made a PDF when sent.

A roll's bytes are made with the job, and sent as they are. A PDF takes a second to make, which no sale waits for, and
a font that a machine may lack: the printing thread makes it from the document that the job keeps. The same document
and font make the same file, whoever sends it. Of a logo a job keeps the number: its picture is put in when it is sent.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, lru_cache

from data.clock import CHINA, moment
from data.store import Reading
from data.tables.sync import PrintJob
from printers import logos
from printers.document import Block, Document
from printers.escpos import PLAIN, START, Style, part, preview, styled
from printers.layout import layout, lined
from printers.profiles import Profile


def rendered(reading: Reading, document: Document, profile: Profile) -> tuple[bytes, tuple[str, ...]]:
    """What a job keeps to be sent, and how its paper looks line by line: with the logo of the hall, where its kind
    carries one."""
    document = logos.headed(reading, document)
    if profile.language == "pdf":
        return document.as_text().encode(), preview(layout(document, profile.columns))
    return rolled(document, profile)


Printed = tuple[bytes, Style, tuple[str, ...]]
"""A block: its bytes, the style in which they leave the printer, and its lines as they look."""


def rolled(document: Document, profile: Profile) -> tuple[bytes, tuple[str, ...]]:
    """A paper of a roll: what `to_bytes` and `preview` make of its lines, block by block."""
    printed, job, style, shown = _blocks(profile), bytearray(START), PLAIN, list[str]()
    for block in document.blocks:
        content, style, lines = printed(block, style)
        job += content
        shown += lines
    return bytes(job + styled(style, PLAIN)), tuple(shown)


@cache
def _blocks(profile: Profile) -> Callable[[Block, Style], Printed]:
    """What prints a block. The papers of one sale have most of their blocks in common, and those of one hall many:
    who sells, to whom, what, and what is agreed."""

    @lru_cache(maxsize=1024)
    def printed(block: Block, style: Style) -> Printed:
        lines = lined(block, profile.columns)
        content, left = part(lines, profile, style)
        return content, left, preview(lines)

    return printed


def sent(reading: Reading, job: PrintJob, profile: Profile, font: str = "") -> bytes:
    """What is sent of a job: its bytes, with the dots of its logo. `font`: the file that the house has named for PDFs,
    if any. Outside, with what to do: there is none."""
    if profile.language != "pdf":
        return logos.filled_in(reading, job.content, profile.columns)
    from printers.a4 import Marks, pdf  # late: the library takes its time to load
    from printers.fonts import face

    document, at = Document.from_json(json.loads(job.content)), moment(job.queued_at).astimezone(CHINA)
    marks = Marks(title=job.title, printed=f"{job.operator}  {at:%Y-%m-%d %H:%M:%S}", made_at=at)
    return pdf(document, marks, face(font), logos.pictures(reading, document))
