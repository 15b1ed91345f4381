"""M4 products and plans (catalogue M4)."""
