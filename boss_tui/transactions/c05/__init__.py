"""C5 transfer of ownership 过户."""
