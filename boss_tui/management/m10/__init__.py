"""M10 network elements and their commands (catalogue M10)."""
