"""M6 tariffs and discounts (catalogue M6). Its SUBJECT is declared in `tariffs`."""
