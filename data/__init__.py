"""The store: tables, unit of work, journal, search, migrations, backup, demonstration data."""
