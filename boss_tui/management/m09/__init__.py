"""M9 papers: layouts and numbers (catalogue M9)."""
