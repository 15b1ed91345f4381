"""F12 账户: customers' own money in buckets, and what of it a service rests on."""
