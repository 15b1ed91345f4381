"""M9 papers: layouts and numbers (catalogue M9). Its SUBJECT is declared in `papers`."""
