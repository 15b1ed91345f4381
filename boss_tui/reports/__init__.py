"""Reports: X and Z of a shift, the end of a day; the same figures on paper, on the screen and in files."""
