"""C4.3 change payment 变更付费."""
