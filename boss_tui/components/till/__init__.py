"""The till (M11): shifts and their drawers, cash and the safe, counting, and the figures of it all (F13)."""
