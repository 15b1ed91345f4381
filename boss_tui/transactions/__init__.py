"""One module per C row of the catalogue. Importing this package fills the table of businesses."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    if _module.name.startswith("c"):
        import_module(f"{__name__}.{_module.name}")
