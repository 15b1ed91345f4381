"""The kit (design 12): from one declaration of a subject come its lists, editor, history, import, export, try-out."""
