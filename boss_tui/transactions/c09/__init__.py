"""C9 close account 销户."""
