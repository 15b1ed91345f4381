"""C7.2 supplementary services (程控业务变更). What is on now and will be is shown as for the value-added ones."""

from __future__ import annotations

from screens.c07_4_value_added import ValueAddedScreen


class SupplementaryScreen(ValueAddedScreen):
    """Forwarding stands beside its fields; the services in the table."""
