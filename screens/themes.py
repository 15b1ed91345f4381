"""Two themes of our own. Every text has a contrast of at least 10 : 1 with what it stands on; a test holds it."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="boss-dark",
    dark=True,
    primary="#9ecbff",
    secondary="#b8c7d9",
    accent="#ffd479",
    foreground="#ffffff",
    background="#000000",
    surface="#101418",
    panel="#1a222b",
    success="#8ff0a4",
    warning="#ffe08a",
    error="#ffb8b8",
    variables={
        "bar": "#d6e6ff",
        "bar-text": "#000000",
        "quiet": "#d0d0d0",
        "field": "#1c2733",
        "field-on": "#2a3a4d",
        "violet": "#e0c8ff",
    },
)

LIGHT = Theme(
    name="boss-light",
    dark=False,
    primary="#00294d",
    secondary="#1f2a36",
    accent="#4a2f00",
    foreground="#000000",
    background="#ffffff",
    surface="#f7f7f7",
    panel="#ececec",
    success="#003d10",
    warning="#4a2f00",
    error="#6b0000",
    variables={
        "bar": "#002b55",
        "bar-text": "#ffffff",
        "quiet": "#2e2e2e",
        "field": "#e6edf5",
        "field-on": "#d3e3f5",
        "violet": "#3d0066",
    },
)

THEMES = (DARK, LIGHT)
