"""M19 processes of the businesses (catalogue M19)."""
