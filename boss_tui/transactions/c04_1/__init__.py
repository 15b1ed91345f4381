"""C4.1 correct name and document 更名."""
