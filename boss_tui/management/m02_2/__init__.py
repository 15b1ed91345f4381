"""M2.2 which interface a business asks (catalogue M2.2). Its SUBJECT is declared in `bindings`."""
