"""A document on A4: the same blocks as on a roll, in tables over the whole page, as a PDF that carries its font.

    blocks ──parts──▶ pieces (what stands where, and how high it is) ──pages──▶ pages ──pdf──▶ bytes

Nothing here writes a file or knows what a paper means.
"""

from printers.a4.pdf import Marks, bundle, pdf

__all__ = ["Marks", "bundle", "pdf"]
