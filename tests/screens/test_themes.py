"""Our own themes: contrast of every text with everything that it may stand on."""

from __future__ import annotations

import pytest
from rich.color import Color as RichColor
from textual.color import Color
from textual.theme import Theme

from screens.themes import THEMES
from screens.widgets.drawn import looks_of


def contrast(one: Color, other: Color) -> float:
    """The ratio of WCAG 2.1."""

    def luminance(colour: Color) -> float:
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def colours_of(theme: Theme) -> dict[str, str]:
    """What the stylesheet may name."""
    return {**theme.to_color_system().generate(), **theme.variables}


def of(colour: RichColor | None, otherwise: Color) -> Color:
    return Color.from_rich_color(colour) if colour is not None else otherwise


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_stands_out(theme: Theme) -> None:
    colours = colours_of(theme)
    front, back = (Color.parse(colours[name]) for name in ("foreground", "background"))
    for name, look in looks_of(colours).items():
        ratio = contrast(of(look.color, front), of(look.bgcolor, back))
        assert ratio >= 10, (name, ratio)
    for field in ("field", "field-on"):
        assert contrast(front, Color.parse(colours[field])) >= 10


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_no_two_tones_differ_by_colour_alone(theme: Theme) -> None:
    looks = looks_of(colours_of(theme))
    assert looks["key"].reverse
    assert looks["error"].bold
