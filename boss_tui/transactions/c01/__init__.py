"""C1 open account 开户."""
