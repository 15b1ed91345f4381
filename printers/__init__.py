"""Paper: documents to lines to ESC/POS bytes or a preview; devices; spool."""
