"""Which font a PDF carries: the named one, the package's, a free one of the machine; else a word that helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import Outside
from printers import fonts
from printers.fonts import Face, face, folders, installed, packaged


def test_the_package_has_one() -> None:
    found = packaged()
    assert found is not None
    assert found.path.is_file()


def test_a_file_that_is_named_goes_first(tmp_path: Path) -> None:
    own = tmp_path / "own.ttf"
    own.touch()
    assert face(str(own)) == Face(own)
    with pytest.raises(Outside, match=r"BOSS_PDF_FONT names no file: .*none\.ttf"):
        face(str(tmp_path / "none.ttf"))


def test_the_best_free_font_of_the_machine_is_taken(tmp_path: Path) -> None:
    for name in ("simsun.ttc", "msyh.ttc", "DejaVuSans.ttf"):  # not free, or not Chinese
        (tmp_path / name).touch()
    assert installed(iter([tmp_path, tmp_path / "missing"])) is None
    deep = tmp_path / "truetype" / "wqy"
    deep.mkdir(parents=True)
    (deep / "wqy-microhei.ttc").touch()
    assert installed(iter([tmp_path])) == Face(deep / "wqy-microhei.ttc")
    (tmp_path / "NotoSansCJK-Regular.ttc").touch()
    assert installed(iter([tmp_path])) == Face(tmp_path / "NotoSansCJK-Regular.ttc", 2)


def test_a_machine_without_one_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "packaged", lambda: None)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_DATA_DIRS"):
        monkeypatch.setenv(name, str(tmp_path))
    with pytest.raises(Outside) as refused:
        face()
    for way in ("boss-tui[fonts]", "WenQuanYi Micro Hei", "BOSS_PDF_FONT"):
        assert way in str(refused.value)


def test_folders_are_those_of_the_system(tmp_path: Path) -> None:
    at = {"HOME": str(tmp_path), "XDG_DATA_DIRS": "/one:/two", "SystemRoot": "C:/Windows"}
    linux = list(folders(at, "linux"))
    assert linux == [tmp_path / ".local/share/fonts", tmp_path / ".fonts", Path("/one/fonts"), Path("/two/fonts")]
    assert Path("/usr/share/fonts") in folders({"HOME": "/h"}, "linux")
    assert Path("/Library/Fonts") in folders(at, "darwin")
    assert Path("C:/Windows/Fonts") in folders(at, "win32")
