"""What is counted by the piece 库存 (F5): what the books say of it, its counts, its slips, the life of each piece."""
