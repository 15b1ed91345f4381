"""Tests of the four packages, and whole days in `journeys/`.

Compiled code is kept even on a machine that is told not to: it goes beside pytest's own cache. Tests start hundreds of
processes, each of which would compile the program anew, and every worker would rewrite all tests' assertions again.
"""

import os
import sys
from pathlib import Path

if sys.dont_write_bytecode:
    kept = Path(__file__).resolve().parent.parent / ".pytest_cache" / "compiled"
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(kept)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # of the processes that tests start
    os.environ["PYTHONPYCACHEPREFIX"] = str(kept)
