"""F9 票据: what papers say, the numbers that they bear, slips that are signed, slips written by hand."""
