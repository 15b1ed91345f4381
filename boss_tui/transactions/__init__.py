"""The rows C1–C13 of the catalogue: what is done for a customer. Each has a module, or a folder where it has several.

To add one: its form (`boss_tui.forms.Form`, named `…Form`), its case where `fill` works something out, and its
`Transaction` (on a number that a customer has: `LineTransaction`); an entry in `boss_tui/entries.py` with its name,
aliases, screen and what may be done offline; a screen of its own in `screens/` only where it shows something special;
its words and its tests. `look` checks, `act` does, `about` is what the papers say, `facts` what the outcome tells.

What several share stands beside the folders: `lines`, `services`, `reach`, `contracts`.
"""
