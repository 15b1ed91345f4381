"""M2.1 interfaces: rules of our own, services of others (catalogue M2.1). Its SUBJECT is declared in `interfaces`."""
