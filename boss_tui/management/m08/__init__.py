"""M8 credit control (catalogue M8)."""
