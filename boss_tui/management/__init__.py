"""The rows M1–M19 of the catalogue: what managers do. The kit that they share is in `kit`; each row has a module."""
