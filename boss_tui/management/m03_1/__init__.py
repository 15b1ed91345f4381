"""M3.1 categories of customers (catalogue M3.1). Its SUBJECT is declared in `categories`."""
