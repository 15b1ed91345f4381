"""C6 suspend and resume 停机/复机."""
