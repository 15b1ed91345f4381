"""The rows C1–C13 of the catalogue: what is done for a customer. Each has a module, or a folder where it has several.

To add one:

0. Where the operator's catalogue has no such row yet: its name in `boss_tui/catalogue.py`, its code in
   `data/standard/codes.py`, from which every new headquarters has its rights, process and parameters.
1. `transactions/c14_….py`: its form (`boss_tui.forms.form.Form`, named `…Form`), its case where `fill` works something
   out, its `Transaction` (on a number that a customer has: `LineTransaction`), and the cells of the catalogue that are
   `empty`, each with a reason. `look` checks, `act` does, `about` is what the papers say, `facts` what the outcome
   tells.
2. An entry in `boss_tui/business/entries.py`: name, aliases, what may be done offline, and its screen, where it has one
   of its own in `screens/` because it shows something special.
3. Its name in the README of each language, its words in Chinese (`.ci/words.py gather`, `compile`), and its tests. What
   all of them must do is asked by `tests/boss_tui/test_every_business.py`; it says, too, where headquarters has to be
   told what the business writes that no other does, so that it is not put aside as an outlet's lie.

What several share stands beside the folders: `lines`, `services`, `reach`, `contracts`.
"""
