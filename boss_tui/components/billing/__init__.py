"""B1 计费: monthly charges, bills and their taxes, the final bill of a line that is closed."""
