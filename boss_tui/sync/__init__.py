"""The outlet's side of headquarters: what it pushes, pulls, and shows of both. It knows no screen and no service."""
