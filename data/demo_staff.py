"""Who works in the demonstration hall and at its headquarters' office. Apart from what makes the hall (`data.demo`): a
program that opens one reads only this."""

from __future__ import annotations

CLERKS = ("1001", "1002", "1003", "1004")
SUPERVISOR, MANAGER = "2001", "2002"
OFFICE_MANAGERS = ("3001", "3002")
"""At headquarters' own station: what one of them changes, the other approves."""
THIRD_MANAGER = "3003"
"""Approves, too, where two people must."""
PASSWORD = "demo-1234"
