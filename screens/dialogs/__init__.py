"""Dialogs: what asks or tells something in the middle of a flow. `dialog` is what they are made of."""
