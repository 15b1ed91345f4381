"""Work orders → commands → batch files → answers; dialects; the simulated element (catalogue F10, design 7)."""
