"""C12 collect or refund fees 收费/退费."""
