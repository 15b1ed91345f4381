"""One module per column of the catalogue: the rules that businesses draw on, over the store."""
