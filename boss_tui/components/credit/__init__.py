"""F8 用户信用: rating and limit, what a hall trusts a customer with, credit control by stages."""
