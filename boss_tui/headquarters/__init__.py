"""Headquarters: a service over the same tables, on PostgreSQL or SQLite. It takes journals and hands things down."""
