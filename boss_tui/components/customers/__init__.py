"""F3 客户资料: customers, whom a business binds, who acts for them, their category; whether what is typed fits."""
