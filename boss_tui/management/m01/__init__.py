"""M1 screen content: texts of the counter, extra fields (catalogue M1). Its SUBJECT is declared in `content`."""
