"""C11 recharge cards 充值卡."""
