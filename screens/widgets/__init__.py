"""Widgets of the desk. Each draws its own lines, so that a screen has few of them."""
