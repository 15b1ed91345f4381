"""F6 资费优惠: the price, line by line, and which price rule counts."""
