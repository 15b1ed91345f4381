"""M3.2 classification of customers, by rule and by hand (catalogue M3.2). Its SUBJECT is declared in `classes`."""
