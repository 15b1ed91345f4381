"""F5 产品资源: numbers, with their grades, locks and rests; cards, handsets; what is reserved, and leased."""
