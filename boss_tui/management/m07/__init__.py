"""M7 staff, roles and rights (catalogue M7). Its SUBJECT is declared in `operators`."""
