"""Colours are read easily, and stay apart for every kind of colour blindness."""

from __future__ import annotations

import math
from itertools import combinations, pairwise, product

import pytest
from textual.color import Color

from annotator.model.scheme import EntityLabel, Scheme
from annotator.tui.theme import ANSI, HUES, LABEL_HUES, THEMES, Palette, contrast

MIXING = [name for name, theme in THEMES.items() if not theme.ansi]
READABLE = {"ink": 4.5, "paper": 4.5, "ink-contrast": 7.0, "paper-contrast": 7.0}
APART = {"ink": 14.0, "paper": 10.0, "ink-contrast": 10.5, "paper-contrast": 8.5}
"""The least CIEDE2000 between two hues of a theme, to any eye."""

# Machado, Oliveira and Fernandes 2009, table 1, severity 1.0; for linear RGB.
VISION = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour):
    channels = Color.parse(colour).normalized
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(colour):
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def ratio(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb):
    """CIE L*a*b* of linear sRGB under D65."""
    r, g, b = (min(max(c, 0.0), 1.0) for c in rgb)
    xyz = (
        (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047,
        0.2126729 * r + 0.7151522 * g + 0.0721750 * b,
        (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour, vision):
    rgb = linear(colour)
    return lab([sum(a * b for a, b in zip(row, rgb, strict=True)) for row in VISION[vision]])


def ciede2000(one, other):
    """CIEDE2000 as in Sharma, Wu and Dalal 2005, equations 2 to 22."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    grey = 1.5 - 0.5 * math.sqrt(mean**7 / (mean**7 + 25**7))
    a1, a2 = a1 * grey, a2 * grey
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    hue = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    dl, dc = l2 - l1, c2 - c1
    dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * math.cos(math.radians(hue - 30))
        + 0.24 * math.cos(math.radians(2 * hue))
        + 0.32 * math.cos(math.radians(3 * hue + 6))
        - 0.20 * math.cos(math.radians(4 * hue - 63))
    )
    sl = 1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2)
    sc, sh = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    rotation = 2 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    rotation *= -math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2))))
    ls, cs, hs = dl / sl, dc / sc, dh / sh
    return math.sqrt(ls**2 + cs**2 + hs**2 + rotation * cs * hs)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
        ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
        ((50, 2.5, 0), (61, -5, 29), 22.8977),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_distance_is_that_of_the_published_pairs(one, other, distance):
    assert ciede2000(one, other) == pytest.approx(distance, abs=5e-5)


def palette(name):
    labels = tuple(EntityLabel(hue, colour=hue) for hue in HUES)
    return Palette(Scheme("hues", entities=labels), THEMES[name])


@pytest.mark.parametrize("name", MIXING)
def test_hues_stay_apart_for_every_kind_of_colour_blindness(name):
    hues = LABEL_HUES[name]
    distances = {
        (vision, one, other): ciede2000(seen(hues[one], vision), seen(hues[other], vision))
        for vision in VISION
        for one, other in combinations(hues, 2)
    }
    assert {pair: d for pair, d in distances.items() if d < APART[name]} == {}


@pytest.mark.parametrize("name", MIXING)
def test_tags_and_words_are_read_easily_on_the_background_and_on_panels(name):
    colours = palette(name)
    told = [*LABEL_HUES[name].values(), colours.foreground]
    for colour in (*told, colours.primary, colours.success, colours.warning):
        assert ratio(colour, colours.background) >= READABLE[name]
    for colour in (*told, colours.faint, colours.success):
        assert ratio(colour, colours.panel) >= 4.5


@pytest.mark.parametrize("name", MIXING)
def test_text_on_tints_is_read_easily_however_spans_nest(name):
    colours = palette(name)
    hues = [*LABEL_HUES[name].values()]
    for outer, inner in product(hues, repeat=2):
        ground = colours.tint(colours.background, outer, 0.42)
        for share in (0.09, 0.24, 0.34, 0.42):
            nested = colours.tint(ground, inner, share)
            assert ratio(nested, colours.foreground) >= READABLE[name]
            assert ratio(nested, colours.on(nested, colours.event)) >= READABLE[name]


@pytest.mark.parametrize("name", MIXING)
def test_what_is_out_of_focus_can_still_be_seen(name):
    colours = palette(name)
    least = 4.5 if name.endswith("contrast") else 3.0
    for hue in LABEL_HUES[name].values():
        faded = colours.faded(hue)
        assert least <= ratio(faded, colours.background) <= ratio(hue, colours.background)


@pytest.mark.parametrize("name", MIXING)
def test_stronger_tints_are_told_from_weaker_ones(name):
    colours = palette(name)
    for hue in LABEL_HUES[name].values():
        tints = [colours.tint(colours.background, hue, share) for share in (0.09, 0.24, 0.42)]
        steps = [colours.background, *tints]
        assert all(ciede2000(lab(linear(a)), lab(linear(b))) >= 1.5 for a, b in pairwise(steps))


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#fedcba") == contrast("#fedcba", "#123456")


def test_the_terminals_own_colours_are_never_mixed():
    colours = palette(ANSI.name)
    assert colours.is_flat
    assert colours.background == colours.foreground == "default"
    for hue in LABEL_HUES[ANSI.name].values():
        assert not hue.startswith("#")
        assert colours.tint(colours.background, hue, 0.4) == colours.background
        assert colours.faded(hue) == colours.on(colours.background, hue) == hue
        assert colours.chip(hue).reverse


def test_a_label_without_a_colour_gets_one_by_its_place():
    labels = (*(EntityLabel(f"L{i}") for i in range(9)), EntityLabel("X", colour="no such hue"))
    colours = Palette(Scheme("plain", entities=labels), THEMES["ink"])
    assert len({colours.label(f"L{i}") for i in range(8)}) == 8
    assert colours.label("L8") == colours.label("L0")
    assert colours.label("X") in LABEL_HUES["ink"].values()
    assert colours.label("anything else") == colours.event
