"""How the program starts: what Textual finds in its environment, and what is not imported before the first frame."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("pydantic", "sqlmodel", "sqlalchemy", "sqlcipher3", "escpos", "argon2", "httpx", "paramiko", "typer", "stdnum",
         "fpdf", "fontTools", "openpyxl", "PIL")  # fmt: skip


def python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def test_the_environment_is_set_before_textual_is_imported() -> None:
    code = (
        "import boss_tui.app, textual.constants as c; print(c.DISABLE_KITTY_KEY, c.ESCAPE_DELAY, c.TEXTUAL_ANIMATIONS)"
    )
    assert python(code) == "True 0.025 none"


def test_what_the_user_has_set_stays() -> None:
    assert python("import os; os.environ['ESCDELAY'] = '80'; import screens; print(os.environ['ESCDELAY'])") == "80"


def test_nothing_heavy_is_imported_before_the_first_frame() -> None:
    code = f"import boss_tui.app, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    assert python(code) == "[]"


def test_an_outlet_starts_without_mapped_tables_and_without_the_drivers_of_another_engine() -> None:
    code = (
        "import boss_tui.desk, sys; from data.tables import all_tables; "
        "print('sqlalchemy.dialects.postgresql' in sys.modules, "
        "[name for name, model in all_tables().items() if hasattr(model, '__mapper__')])"
    )
    assert python(code) == "False []"


def test_without_a_terminal_no_keys_are_held() -> None:
    code = "from screens.early import hold_keys; print(hold_keys())"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert done.stdout.strip() == "False"
