"""One Textual screen per business, management and report."""
