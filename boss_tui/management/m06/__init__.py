"""M6 tariffs and discounts (catalogue M6)."""
