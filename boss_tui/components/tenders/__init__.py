"""F11 支付方式: the ways of paying, what was taken in them, what pays once, how money goes back."""
