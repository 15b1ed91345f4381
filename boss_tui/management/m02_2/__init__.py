"""M2.2 which interface a business asks (catalogue M2.2)."""
