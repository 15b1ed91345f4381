"""M5 resources: numbers, cards, handsets, codes (catalogue M5). Its SUBJECT is declared in `resources`."""
