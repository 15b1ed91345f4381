"""F11 财务: what a business means to the books, mobile payment, money in suspense."""
