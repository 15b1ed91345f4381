"""C8 change plan 变更套餐."""
