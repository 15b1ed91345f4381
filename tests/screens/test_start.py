"""How the program starts: what Textual finds in its environment, and what is not imported before the first frame."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

HEAVY = (
    "pydantic",
    "sqlmodel",
    "sqlalchemy",
    "sqlcipher3",
    "escpos",
    "argon2",
    "httpx",
    "paramiko",
    "typer",
    "stdnum",
    "fpdf",
    "fontTools",
    "openpyxl",
    "PIL",
)


def python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


@cache
def loaded(*modules: str) -> frozenset[str]:
    """All that is loaded once these modules are, in a process of their own."""
    told = python(
        f"import sys; from importlib import import_module; [import_module(name) for name in {modules!r}]; "
        "print(*sys.modules)"
    )
    return frozenset(told.split())


def test_the_environment_is_set_before_textual_is_imported() -> None:
    settings = "c.DISABLE_KITTY_KEY, c.ESCAPE_DELAY, c.TEXTUAL_ANIMATIONS"
    code = f"import boss_tui.start.app, textual.constants as c; print({settings})"
    assert python(code) == "True 0.025 none"


def test_what_the_user_has_set_stays() -> None:
    assert python("import os; os.environ['ESCDELAY'] = '80'; import screens; print(os.environ['ESCDELAY'])") == "80"


def test_nothing_heavy_is_imported_before_the_first_frame() -> None:
    assert [name for name in HEAVY if name in loaded("boss_tui.start.app")] == []


def test_an_outlet_starts_without_mapped_tables_and_without_the_drivers_of_another_engine() -> None:
    code = (
        "import boss_tui.desk, sys; from data.tables import all_tables; "
        "print('sqlalchemy.dialects.postgresql' in sys.modules, "
        "[name for name, model in all_tables().items() if hasattr(model, '__mapper__')])"
    )
    assert python(code) == "False []"


OPEN = (
    "boss_tui.start.opening",
    "boss_tui.home.settings",
    "boss_tui.start.background",
    "boss_tui.desk",
    "boss_tui.network.work",
    "boss_tui.payments",
    "boss_tui.sync.noted",
    "screens.home",
    "screens.find",
    "screens.business",
    "screens.dialogs",
)
"""What is loaded by the time that a form can be opened."""
UNUSED = {
    "argparse",
    "typer",
    "click",  # of the command line
    "httpx",
    "paramiko",
    "zstandard",
    "cryptography",
    "fastapi",
    "psycopg",  # of the link, and of headquarters
    "openpyxl",
    "fpdf",
    "fontTools",
    "PIL",
    "qrcode",
    "escpos",
    "serial",
    "usb",  # of what is drawn
    "alembic",
    "mako",
    "pypinyin",
    "stdnum",
    "pydoc",
    "unittest",
    "pydantic_settings",
    "dotenv",
    "babel",
}
"""Libraries that no form needs."""


def test_a_desk_at_work_holds_nothing_that_no_form_needs() -> None:
    code = (
        f"import sys; from importlib import import_module; [import_module(name) for name in {OPEN!r}]; "
        "from data.names import pinyin; assert pinyin('王小明') == 'wangxiaoming'; "
        f"print(sorted({UNUSED!r} & {{name.partition('.')[0] for name in sys.modules}}))"
    )
    assert python(code) == "[]"


AT_HOME = (
    "boss_tui.start.opening",
    "boss_tui.home.settings",
    "boss_tui.start.home_files",
    "boss_tui.payments",
    "boss_tui.sync.noted",
    "boss_tui.desk",
    "boss_tui.desk.signing",
    "boss_tui.desk.serving",
    "boss_tui.desk.queueing",
    "boss_tui.desk.held",
    "boss_tui.desk.finding",
    "screens.home",
)
"""What is loaded by the time that somebody who has signed on is at home, or has found something."""


def test_whoever_is_at_home_has_loaded_no_business_yet() -> None:
    businesses = ("boss_tui.transactions", "boss_tui.reports", "screens.ports")
    alone = {"boss_tui.business.process", "boss_tui.start.background"}
    assert [name for name in loaded(*AT_HOME) if name in alone or name.startswith(businesses)] == []


UNASKED = ("billing", "content", "edition", "provider", "resource", "tariff")
"""Tables of which nobody at home has asked anything."""


def test_whoever_is_at_home_has_loaded_no_tables_that_nobody_has_asked_for() -> None:
    assert [name for name in UNASKED if f"data.tables.{name}" in loaded(*AT_HOME)] == []


def test_a_counter_that_is_ready_for_its_first_business_has_loaded_nothing_of_management() -> None:
    code = (
        "import sys; from boss_tui.desk import Desk; Desk(None, None).warm_up(); "
        "print([name for name in sys.modules if name.startswith('boss_tui.management')])"
    )
    assert python(code) == "[]"


def test_without_a_terminal_no_keys_are_held() -> None:
    code = "from screens.early import hold_keys; print(hold_keys())"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert done.stdout.strip() == "False"


def test_all_that_a_run_reaches_for_is_loaded_beside_the_desk() -> None:
    code = (
        "import sys; from data.cached import cached_property; from boss_tui.business import run as runs\n"
        "runs.load_components(); before = set(sys.modules)\n"
        "class Nothing:\n"
        "    def __getattr__(self, name): return self\n"
        "run = runs.Run(Nothing())\n"
        "made = [getattr(run, name) for name, part in vars(runs.Run).items()\n"
        "        if isinstance(part, cached_property) and name != 'extras']\n"
        "print(len(made) >= len(runs.COMPONENTS), sorted(set(sys.modules) - before))"
    )
    assert python(code) == "True []"
