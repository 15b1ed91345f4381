"""A home: the folder of one station, its settings, whose desk is open there, and what its terminal speaks."""
