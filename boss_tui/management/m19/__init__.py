"""M19 processes of the businesses (catalogue M19). Its SUBJECT is declared in `processes`."""
