"""The Chinese font that a PDF carries: a file with a free licence, from a package or from the machine.

A PDF without its font shows boxes where the reader has none. The file that somebody names goes first; then the package
of the extra `fonts` (Noto Sans SC, SIL Open Font License); then what stands in the folders where systems keep fonts,
the free ones alone, by their file names. Only the characters of a paper go into its file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from data.errors import Outside
from data.message import say

PACKAGE, PACKAGED = "pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"
VARIABLE = "BOSS_PDF_FONT"


class Face(NamedTuple):
    """A font: its file, and which one of a file that holds several."""

    path: Path
    number: int = 0


_FREE = {
    "NotoSansSC-Regular.otf": 0,
    "NotoSansSC-Regular.ttf": 0,
    "NotoSansCJKsc-Regular.otf": 0,
    "NotoSansCJK-Regular.ttc": 2,
    "SourceHanSansSC-Regular.otf": 0,
    "SourceHanSansCN-Regular.otf": 0,
    "SourceHanSans-Regular.ttc": 2,
    "wqy-microhei.ttc": 0,
    "wqy-zenhei.ttc": 0,
    "FandolHei-Regular.otf": 0,
    "LXGWWenKai-Regular.ttf": 0,
    "DroidSansFallbackFull.ttf": 0,
    "DroidSansFallback.ttf": 0,
    "uming.ttc": 0,
}
"""Free Chinese fonts by file name, the best first, and which face of a collection is the simplified Chinese one."""


def face(named: str = "") -> Face:
    """The font to embed. `named`: a file that the house has a licence for. Outside, with what to do: there is none."""
    if named:
        path = Path(named).expanduser()
        if not path.is_file():
            raise Outside(say("{variable} names no file: {path}", variable=VARIABLE, path=str(path)))
        return Face(path, _FREE.get(path.name, 0))
    found = packaged() or installed(folders(os.environ))
    if found is None:
        raise Outside(
            say(
                "A PDF carries its own Chinese font, and no free one was found here. "
                "Install the extra boss-tui[fonts], or a font of the system such as Noto Sans CJK or "
                "WenQuanYi Micro Hei, or name a font file in {variable}.",
                variable=VARIABLE,
            )
        )
    return found


def packaged() -> Face | None:
    """The font of the extra `fonts`, if that is installed."""
    spec = find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / PACKAGED
        if path.is_file():
            return Face(path)
    return None


def installed(among: Iterator[Path]) -> Face | None:
    """The best free font in the folders and in what is beneath them."""
    found: dict[str, Path] = {}
    for folder in among:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.name in _FREE:
                found.setdefault(path.name, path)
    best = next((name for name in _FREE if name in found), None)
    return Face(found[best], _FREE[best]) if best else None


def folders(environment: Mapping[str, str], platform: str = sys.platform) -> Iterator[Path]:
    """Where a system keeps its fonts: a person's own first."""
    home = Path(environment.get("HOME") or Path.home())
    if platform == "win32":
        yield Path(environment.get("LOCALAPPDATA", str(home))) / "Microsoft" / "Windows" / "Fonts"
        yield Path(environment.get("SystemRoot", r"C:\Windows")) / "Fonts"
    elif platform == "darwin":
        yield from (home / "Library" / "Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    else:
        yield Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share") / "fonts"
        yield home / ".fonts"
        for shared in (environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":"):
            yield Path(shared) / "fonts"
