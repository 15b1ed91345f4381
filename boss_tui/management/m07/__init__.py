"""M7 staff, roles and rights (catalogue M7)."""
