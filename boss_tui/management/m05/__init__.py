"""M5 resources: numbers, cards, handsets, codes (catalogue M5)."""
