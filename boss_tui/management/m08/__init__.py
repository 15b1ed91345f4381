"""M8 credit control (catalogue M8). Its SUBJECT is declared in `credit`."""
