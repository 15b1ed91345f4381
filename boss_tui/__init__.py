"""boss: the counter desk of a mobile operator, in a terminal."""
