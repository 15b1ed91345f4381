"""M10 network elements and their commands (catalogue M10). Its SUBJECT is declared in `elements`."""
