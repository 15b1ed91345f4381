"""The rows M1–M19 of the catalogue: what managers do. The kit that they share is in `kit`; each row has a folder.

To add one, such as M11:

0. A new table: `data/tables/`, its part one of `PARTS` (`sync/items.py`), what a row is called (`data/table_words.py`),
   then `python -m data.migrations.freeze` (until the first release); rows of it that every headquarters begins with
   (`data/standard`; `tests/data/golden/standard.txt` has them all), and those of the demonstration (`data/demo`). What
   headquarters says of one customer is a row of its own, as `CustomerClass` is: no outlet's row is shared. Long work is
   a run in steps (`RuleRun`; `m03_2.run`).
1. `management/m11/finance.py`: a form (`boss_tui.forms.form.Form`) for each table, its fields named as the columns
   are; an `Entity` for each; one `Subject`, called SUBJECT, with its checks, an `example`, what can be tried, and the
   cells of the catalogue that are `empty`, each with a reason.
2. A line in `MODULES` (`subjects.py`), in the catalogue's order, and its name in the README of each language.
3. Its words in Chinese (`.ci/words.py gather`, `compile`), those of the codes that a column holds (`data/choices.py`,
   `data/states.py`), and by what everyday words it is found (`aliases.py`).
4. Tests of its own checks; beside them ten wrong inputs (`tests/boss_tui/management/wrong_rows.py`) and its fields
   (`fields.py` there).

List, filter, editor, history, difference, import, export, try-out, `boss manage CODE …` and `boss do CODE` come from
that; rights are `M11`, `M11.check`, `M11.emergency`. A new table says on its class who owns it and which component its
rows are of (`data/tables/base.py`): from that its cells in the matrix come alive. What all of them must do is asked by
`tests/boss_tui/test_every_management.py`.

Not every M code is free: the till's own acts are M11's already (`components/till/cash.py`), as is how exceptions end at
the office (`headquarters/deciding.py`), and the chart of accounts has its table (`LedgerAccount`). Nothing is in the
way: rows are changed at the office alone, the till's acts are done in a hall.
"""
