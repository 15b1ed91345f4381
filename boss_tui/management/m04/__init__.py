"""M4 products and plans (catalogue M4). Its SUBJECT is declared in `products`."""
