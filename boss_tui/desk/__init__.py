"""The desk: one operator at one counter, and the only door through which a business is done."""

from __future__ import annotations

from boss_tui.desk.desk import Desk
from boss_tui.desk.station import Station

__all__ = ["Desk", "Station"]
